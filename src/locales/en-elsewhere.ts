/** English for what is being written in two tabs at once. */
export const enElsewhere = {
  elsewhere: 'You are also writing this in another tab. Each tab keeps its own text.',
  fromOtherTab: 'A request from another tab is on its way. Your text is kept; try again in a moment.',
};
