import type { Entry } from './model.js';

/** Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic: people search without them. */
const ACCENTS = /[\u0300-\u036F\u0591-\u05C7\u064B-\u065F\u0670]/g;
/** In capitals `ß` is `SS`, and both small sigmas are one. */
const folded = (text: string): string => text.normalize('NFD').replace(ACCENTS, '').toUpperCase();

/** What a search looks through: the text of an entry and the name of its author, without case and accents. */
export const soughtIn = ({ text, author }: Pick<Entry, 'text' | 'author'>): string =>
  folded(`${text}\n${author.name}`);

/** The words of a search, likewise; {@link soughtIn} has to contain all of them. */
export const soughtWords = (query: string): string[] => folded(query).split(/\s+/).filter(Boolean);
