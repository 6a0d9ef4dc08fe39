/** The word on a button that copies: what it does, or what has become of it. */
export const copyWord = ({ copied }: { copied: string }, name: string, word: string): string =>
  copied === name ? 'copied' : copied === `${name}?` ? 'selected' : word;
