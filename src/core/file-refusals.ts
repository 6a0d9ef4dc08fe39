import { BackendError } from './backend.js';
import { takes, type FileLimits } from './files.js';

/** How whoever keeps files refuses them. */

/** The media type without parameters, in lower case; empty where there is none. */
export const mediaType = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

/** A file of more bytes than may be. */
export const tooLarge = ({ maxBytes }: FileLimits): BackendError =>
  new BackendError('file-too-large', `A file may have at most ${maxBytes} bytes.`, { maxBytes });

/** @throws BackendError `file-type-refused` */
export function assertTaken({ types }: FileLimits, { name, type }: { name: string; type: string }): void {
  if (!types.some((rule) => takes(rule, name, mediaType(type))))
    throw new BackendError('file-type-refused', 'Files of this type are not taken.', { allowed: types });
}
