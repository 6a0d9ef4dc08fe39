import { clockTime, day, moment } from '../format.js';

const WEEK = 6 * 24 * 60 * 60 * 1000;

/** A moment in the reader's zone: near ones as they are promised, "Tue 14:05"; others with their date, and their year. */
export const when = (at: Date, now: Date, language: string): string =>
  Math.abs(at.getTime() - now.getTime()) < WEEK ? moment(at, now, language) : dated(at, now, language);

/** With its date in any case: "12 May, 14:05". */
export const dated = (at: Date, now: Date, language: string): string =>
  `${day(at, now, language)}, ${clockTime(at, language)}`;
