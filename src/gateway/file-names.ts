import { BackendError } from '../core/backend.js';

/** Names of files in `Content-Disposition`: RFC 6266, and RFC 8187 for what is not ASCII. */

const MOST_CHARACTERS = 255;

/** `filename*` as an extended value: UTF-8, percent-encoded. */
const FILENAME = /(?:^|;)\s*filename\*\s*=\s*utf-8'[\w-]*'((?:[\w!#$&+.^`|~-]|%[\da-f]{2})+)\s*(?=;|$)/gi;

const refused = (detail: string) =>
  new BackendError('invalid', 'The name of the file is wrong.', { errors: [{ pointer: '', detail }] });

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused('filename* must be UTF-8');
  }
}

/** A name is text, never a path: on one line, without what turns a line around or is not seen. */
const cleaned = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[/\\]/g, '_')
    // The joiners belong to letters and signs.
    .replace(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^[\s\u200C\u200D]+|[\s.\u200C\u200D]+$/g, '');

/**
 * The name that came with an upload, made safe to keep.
 * @throws BackendError `invalid`
 */
export function fileNameIn(header: string | null): string {
  const [given, another] = [...(header ?? '').matchAll(FILENAME)].map((match) => match[1] as string);
  if (given === undefined || another !== undefined)
    throw refused("Content-Disposition must have one filename*, such as filename*=UTF-8''trace.log");
  const name = cleaned(decoded(given));
  if (!name) throw refused('filename* must not be empty');
  if ([...name].length > MOST_CHARACTERS)
    throw refused(`filename* must have at most ${MOST_CHARACTERS} characters`);
  return name;
}
