const plain = (words: string): string => words.replace(/\r\n?/g, '\n').trim();

/** Whether a text is the one that was written: help desks cut white space at its ends, and write line ends their own way. */
export const sameWords = (one: string, other: string): boolean => plain(one) === plain(other);
