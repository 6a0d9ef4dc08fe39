/**
 * Foreign text made safe to show, and the links in it (security.md T1–T5, T18). What comes back are
 * plain strings for text bindings; nothing here is HTML.
 */

/** Legitimate scripts need a few marks on one letter; 100,000 freeze a browser for 40 s (finding 7). */
const MAX_MARKS = 8;

/** Cuts without leaving half a surrogate pair. */
const cut = (text: string, length: number): string =>
  text.length > length ? text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '') : text;

/** At most eight marks per base. Invisible format characters between marks do not make a new base. */
function capMarks(text: string): string {
  return text.replace(/[\p{M}\p{Cf}]{9,}/gu, (run) => {
    let marks = 0;
    return run.replace(/\p{M}/gu, (mark) => (++marks > MAX_MARKS ? '' : mark));
  });
}

/**
 * Body text made safe to show (T5): control characters but line feed and tab dropped, lone surrogates
 * replaced by U+FFFD, at most eight combining marks per base.
 * @param text - as it came from somebody else
 * @param maxLength - in UTF-16 units (`length`); counted before cleaning, so that the work is bounded too
 * @returns `truncated`: there is more than is shown
 */
export function safeBody(text: string, maxLength = 100_000): { text: string; truncated: boolean } {
  const shown = cut(text, maxLength)
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD');
  return { text: capMarks(shown), truncated: text.length > maxLength };
}

/**
 * A name or subject made safe to show: as a body, but on one line, and with its bidi controls visible, as
 * `⟨U+202E⟩`, so that it cannot turn its neighbours around (T3).
 * @param text - as it came from somebody else
 * @param maxLength - in UTF-16 units, with the `…` that stands for the rest
 */
export function safeLine(text: string, maxLength = 200): string {
  const body = safeBody(text.trim().replace(/[\t-\r\x85\u2028\u2029]+/g, ' '), maxLength);
  const line = body.text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase()}⟩`)
    .trim();
  return body.truncated || line.length > maxLength ? `${cut(line, maxLength - 1)}…` : line;
}

/** A foreign name inside a sentence of ours: safe, and isolated, so that its direction stays its own (T3). */
export const isolated = (text: string): string => `\u2068${safeLine(text)}\u2069`;
