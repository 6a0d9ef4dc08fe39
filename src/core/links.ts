import { safeHref } from './href.js';

/** A stretch of plain text, or of a link when `href` is there. */
export type Piece = { text: string; href?: string };

/** Quotes and the full-width punctuation of Chinese and Japanese, which set no spaces, end an address. */
const LINK = /\b(?:https?:\/\/|mailto:)[^\s<>"`“”«»。、，！？；：（）「」【】]+/gi;

/** Without the punctuation and the unbalanced brackets at the end, which belong to the sentence. */
function withoutTail(text: string): string {
  // Counted once, not at each step: a row of 100,000 brackets must stay linear (T18).
  let surplus = (text.match(/[)\]}]/g)?.length ?? 0) - (text.match(/[([{]/g)?.length ?? 0);
  let end = text.length;
  for (; end > 0; end--) {
    const last = text.charAt(end - 1);
    if (/[)\]}]/.test(last)) {
      if (surplus-- <= 0) break;
    } else if (/[([{]/.test(last)) {
      surplus++;
    } else if (!/[.,:;!?'*’…]/.test(last)) break;
  }
  return text.slice(0, end);
}

/**
 * The text of a link, so that it shows where it leads: no look-alike letters in the host, nothing invisible.
 */
function plainly(text: string, href: string): string {
  const address = (of: string) => /^(?:https?:\/\/[^/?#\\]*|mailto:[^?]*)/i.exec(of)?.[0] ?? '';
  const shown = address(text);
  const real = address(href);
  const plain = shown.toLowerCase() === real.toLowerCase() ? text : real + text.slice(shown.length);
  return plain.replace(/\p{Cf}/gu, encodeURIComponent);
}

/**
 * Splits text into plain pieces and links: https, http and mailto only, without credentials (T2). The shown
 * text of a link has the host as the browser reads it: punycode for international names. In linear time,
 * whatever the text (T18).
 * @param text - already through `safeBody` where it is foreign
 * @returns the pieces in order; but for such hosts, and what is invisible in links, they make up the text
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plainFrom = 0;
  for (const match of text.matchAll(LINK)) {
    const link = withoutTail(match[0]);
    const href = safeHref(link);
    if (href === null) continue;
    if (match.index > plainFrom) pieces.push({ text: text.slice(plainFrom, match.index) });
    pieces.push({ text: plainly(link, href), href });
    plainFrom = match.index + link.length;
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom) });
  return pieces;
}
