/** A piece of a text; `hit`: it is one of the words that were looked for. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** Shown before the first word that was found, and in all; in characters. */
const BEFORE = 40;
const MOST = 160;

const wordsOf = (query: string): string[] => query.trim().split(/\s+/).filter(Boolean);
const plain = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text has all words of a query, in any order and case. */
export function matches(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  return wordsOf(query).every((word) => lower.includes(word.toLowerCase()));
}

/** What of a text is around the words that were looked for, in pieces. */
export function excerpt(text: string, query: string): Piece[] {
  const words = wordsOf(query).map(plain);
  const line = text.replace(/\s+/g, ' ').trim();
  if (!words.length) return [{ text: line.slice(0, MOST), hit: false }];
  const pattern = new RegExp(`(${words.join('|')})`, 'giu');
  const first = line.search(pattern);
  const from = first > BEFORE ? line.indexOf(' ', first - BEFORE) + 1 || first - BEFORE : 0;
  const start = from <= first ? from : first - BEFORE;
  const shown = line.slice(Math.max(start, 0), Math.max(start, 0) + MOST);
  // Every other piece of a split is what the pattern has caught.
  const pieces = shown.split(pattern).map((piece, i) => ({ text: piece, hit: i % 2 === 1 }));
  const all = [
    { text: start > 0 ? '…' : '', hit: false },
    ...pieces,
    { text: Math.max(start, 0) + MOST < line.length ? '…' : '', hit: false },
  ];
  return all.filter((piece) => piece.text);
}
