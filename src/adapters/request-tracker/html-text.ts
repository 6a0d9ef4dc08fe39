const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A code point that may stand in a text, else the sign for what cannot be read. */
const character = (code: number): string =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';

const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (all, hex, decimal, name) => {
    if (hex) return character(Number.parseInt(hex as string, 16));
    if (decimal) return character(Number(decimal));
    return ENTITIES[(name as string).toLowerCase()] ?? all;
  });

/**
 * The words of a message that somebody wrote as HTML, in lines. The answer is text and must be shown as such: what looks
 * like a tag in it was text before.
 */
export function htmlToText(html: string): string {
  // What never closes runs to the end: else every opening would look through all of the rest, again and again.
  const lines = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/blockquote)\b[^>]*(?:>|$)/gi, '\n')
    .replace(/<li\b[^>]*(?:>|$)/gi, '- ')
    .replace(/<\/?[a-z][^>]*(?:>|$)/gi, '');
  return decoded(lines)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
