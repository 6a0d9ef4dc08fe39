import type { DraftFile } from './draft.js';

/** The most files that go with one request or one message. */
export const MOST_FILES = 10;

/** What a help desk takes: bytes of one file, and media types such as `image/png`, `image/*`, or endings such as `.log`. */
export interface FileLimits {
  maxBytes: number;
  types: string[];
}

/** Why a file cannot go: told before anything of it is sent. */
export type FileFault = 'empty' | 'too-large' | 'type';

/** Media types by ending, for files of which the system does not know one, or knows its own name for it. */
const TYPES: Record<string, string> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  har: 'application/json',
  xml: 'application/xml',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  zip: 'application/zip',
  gz: 'application/gzip',
};

const endingOf = (name: string): string => /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '';

/** Whether one rule of a list takes a file. `type`: in lower case, without parameters. */
export function takes(rule: string, name: string, type: string): boolean {
  const wanted = rule.trim().toLowerCase();
  if (wanted.startsWith('.')) return name.toLowerCase().endsWith(wanted);
  return wanted === '*/*' || (wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted);
}

/**
 * The media type to send a file with: its own, unless only the one that its name says is taken.
 * @param given as the browser says, which may be nothing
 * @returns null: the help desk does not take such a file
 */
export function typeOf(name: string, given: string, allowed: readonly string[]): string | null {
  const own = given.toLowerCase().split(';')[0]?.trim() ?? '';
  const byName = Object.hasOwn(TYPES, endingOf(name)) ? TYPES[endingOf(name)] : undefined;
  const types = [own, byName ?? '', 'application/octet-stream'].filter(Boolean);
  return types.find((type) => allowed.some((rule) => takes(rule, name, type))) ?? null;
}

/** What is wrong with a file by the limits of the help desk; null: nothing. */
export function faultOf({ name, bytes, type }: DraftFile, { maxBytes, types }: FileLimits): FileFault | null {
  if (typeOf(name, type, types) === null) return 'type';
  if (bytes > maxBytes) return 'too-large';
  return bytes === 0 ? 'empty' : null;
}

/** The limits as a page may rely on them; null: nothing can be attached. */
export function limitsOf(can: { attach?: unknown } | undefined): FileLimits | null {
  const { maxBytes, types } = (can?.attach ?? {}) as Partial<FileLimits>;
  if (typeof maxBytes !== 'number' || !Array.isArray(types)) return null;
  return { maxBytes, types: types.filter((type) => typeof type === 'string') };
}

/** The endings that a file of this rule may have, as far as they are known: `image/png` → `png`. */
const endingsOf = (rule: string): string[] =>
  rule.startsWith('.')
    ? [rule.slice(1)]
    : Object.keys(TYPES).filter((ending) => takes(rule, '', TYPES[ending] ?? ''));

/** What to choose from: the rules, and the endings by which a system knows its files. */
export const acceptOf = (types: readonly string[]): string =>
  [...new Set([...types, ...types.flatMap(endingsOf).map((ending) => `.${ending}`)])].join(',');

/**
 * The rules in words that people know: endings in capitals; a whole kind, such as `image/*`, by its first word.
 * @param kind says a whole kind of files; undefined: there is no word for it
 */
export function typeNames(types: readonly string[], kind: (name: string) => string | undefined): string[] {
  const names = types.flatMap((rule) => {
    const word = rule.endsWith('/*') ? kind(rule.slice(0, -2)) : undefined;
    if (word) return [word];
    const endings = endingsOf(rule.toLowerCase());
    return (endings.length ? endings : [rule]).map((ending) => ending.toUpperCase());
  });
  return [...new Set(names)];
}

/** The files of a request that a refusal names by JSON pointers (`/attachmentIds/0`): they are not there any more. */
export function filesGone<T>(files: readonly T[], errors: readonly { pointer: string }[] = []): T[] {
  const places = errors.flatMap(({ pointer }) => /^\/attachmentIds\/(\d+)$/.exec(pointer)?.[1] ?? []);
  return files.filter((_, i) => places.includes(String(i)));
}
