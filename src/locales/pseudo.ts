import { en } from './en.js';
import { enActs } from './en-acts.js';
import { enCountdown } from './en-countdown.js';
import { enCounter } from './en-counter.js';
import { enDialog } from './en-dialog.js';
import { enElsewhere } from './en-elsewhere.js';
import { enEndings } from './en-endings.js';
import { enEvidence } from './en-evidence.js';
import { enFeed } from './en-feed.js';
import { enFiles } from './en-files.js';
import { enLater } from './en-later.js';
import { enWays } from './en-ways.js';
import { enReview } from './en-review.js';
import { enTools } from './en-tools.js';
import { registerLocale, type Message, type Words } from './registry.js';

/**
 * A language for tests: English that can be read and yet be told from English, 40 % longer, right to left. Importing
 * this file registers it; `<html lang="ar-XB" dir="rtl">` speaks it, with the dates and numbers of Arabic.
 */
export const PSEUDO = 'ar-XB';

/** Every piece of English; a test finds one that is missing. */
const pieces: readonly Words[] = [
  en,
  enActs,
  enCountdown,
  enCounter,
  enDialog,
  enElsewhere,
  enEndings,
  enEvidence,
  enFeed,
  enFiles,
  enLater,
  enReview,
  enTools,
  enWays,
];

const PLAIN = 'aceginorsuyzACEGINORSUYZ';
const ACCENTED = 'àçéğîñöŕşûýžÀÇÉĞÎÑÖŔŞÛÝŽ';
const accented = (letter: string): string => ACCENTED[PLAIN.indexOf(letter)] ?? letter;

/** One run of words without names: vowels twice, so that every word grows, and the rest at its end. */
function longer(text: string): string {
  const letters = [...text]
    .map((letter) => accented(letter).repeat(/[aeiou]/i.test(letter) ? 2 : 1))
    .join('');
  return letters.padEnd(Math.ceil(text.length * 1.4), '~');
}

/**
 * A text in the pseudo-language: `⟦Çlöösééé {number}~⟧`. Names in braces stay, so that their values can be put in; what
 * is outside of the brackets on a page did not come through here.
 */
export const pseudo = (text: string): string =>
  `⟦${text
    .split(/(\{\w+\})/)
    .map((piece) => (/^\{\w+\}$/.test(piece) ? piece : longer(piece)))
    .join('')}⟧`;

const pseudoMessage = (message: Message): Message =>
  typeof message === 'string' ? pseudo(message) : (values) => pseudo(message(values));

for (const words of pieces)
  registerLocale(
    PSEUDO,
    Object.fromEntries(Object.entries(words).map(([id, message]) => [id, pseudoMessage(message)])),
  );
