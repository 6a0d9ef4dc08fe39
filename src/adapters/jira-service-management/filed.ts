/** What the field `asked` of an escalation holds: the request, and beside it what finds it again. */

/** The request as it was filed. */
export interface Filed {
  /** JSON of what was asked for; of a request that was made by hand, whatever stands there. */
  asked: string | null;
  /** The key of whoever filed it. */
  key: string | null;
  /** Its case as the field `case` named it, and by its number, which a case keeps when it moves to another project. */
  of: [named: string, issueId: string] | null;
  /** Filed by this adapter: so it had a case. */
  isOurs: boolean;
}

/** Letters, digits, `-` and `_` only: what a paragraph makes of brackets and stars depends on its renderer. */
function encoded(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @returns what was encoded; the text itself where it was not, such as of a request that was made by hand */
function decoded(text: string): string {
  try {
    const binary = atob(text.trim().replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}

function objectIn(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** @param asked JSON of an object */
export const toFile = (asked: string, filed: Pick<Filed, 'key' | 'of'>): string =>
  encoded(JSON.stringify({ ...objectIn(asked), filed }));

/** @param held what stands in the field */
export function filedIn(held: string | null | undefined): Filed {
  const asked = held ? decoded(held) : null;
  const request = asked === null ? null : objectIn(asked);
  const { key, of } = (request?.['filed'] ?? {}) as Record<string, unknown>;
  const [named, issueId] = Array.isArray(of) ? (of as unknown[]) : [];
  return {
    asked,
    key: typeof key === 'string' ? key : null,
    of: typeof named === 'string' && typeof issueId === 'string' ? [named, issueId] : null,
    isOurs: request !== null && 'reason' in request,
  };
}

/** The request without the instant by which it was to be answered; what is none stays what it is. */
export function withoutDue(asked: string | null): string | null {
  const request = asked === null ? null : objectIn(asked);
  return request ? JSON.stringify({ ...request, nextUpdateDueAt: undefined }) : asked;
}
