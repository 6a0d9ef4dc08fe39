// What is weighed as the list of the feed: the rows, the window over them, and what scrolls it and is told of reading.
export * from '../../dist/elements/conversation/entries.js';
export * from '../../dist/elements/conversation/row-list.js';
export * from '../../dist/elements/conversation/scroller.js';
export * from '../../dist/elements/conversation/reading.js';
