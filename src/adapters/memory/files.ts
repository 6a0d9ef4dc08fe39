import { BackendError, type FileUpload } from '../../core/backend.js';
import { assertTaken, mediaType, tooLarge } from '../../core/file-refusals.js';
import type { FileLimits } from '../../core/files.js';
import type { Attachment, User } from '../../core/model.js';
import { visibleEntries } from '../../core/record.js';
import { caseOf, notFound, type FileRecord, type MemoryState } from './state.js';

/** How long an uploaded file waits for the request or message that names it. */
const HOUR = 3_600_000;

const isDropped = ({ isNamed, at }: FileRecord, now: Date): boolean =>
  !isNamed && now.getTime() - Date.parse(at) >= HOUR;

/**
 * Keeps a file for an hour.
 * @throws BackendError `not-found`, `file-too-large`, `file-type-refused`
 */
export function keepFile(
  state: MemoryState,
  caseId: string,
  { name, data }: FileUpload,
  { user, now, newId, limits }: { user: User; now: Date; newId: () => string; limits: FileLimits },
): Attachment {
  caseOf(state, caseId, user);
  const type = mediaType(data.type) || 'application/octet-stream';
  assertTaken(limits, { name, type });
  if (data.size > limits.maxBytes) throw tooLarge(limits);
  for (const [id, file] of Object.entries(state.files)) if (isDropped(file, now)) delete state.files[id];
  const id = newId();
  const href = `/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(id)}`;
  const attachment = { id, name, bytes: data.size, type, href };
  state.files[id] = { attachment, caseId, by: user.id, at: now.toISOString(), data };
  return attachment;
}

const fileOf = (state: MemoryState, caseId: string, id: string): FileRecord | undefined => {
  const file = Object.hasOwn(state.files, id) ? state.files[id] : undefined;
  return file?.caseId === caseId ? file : undefined;
};

/**
 * The files that a request or a message names, theirs from now on. What is not there, somebody else's, or named already
 * is told alike.
 * @throws BackendError `invalid`
 */
export function takeFiles(
  state: MemoryState,
  caseId: string,
  ids: readonly string[] = [],
  { user, now }: { user: User; now: Date },
): Attachment[] {
  return ids.map((id, i) => {
    const file = fileOf(state, caseId, id);
    if (!file || file.isNamed || file.by !== user.id || isDropped(file, now))
      throw new BackendError('invalid', 'There is no such file.', {
        errors: [
          { pointer: `/attachmentIds/${i}`, detail: 'must be a file of yours, uploaded within the hour' },
        ],
      });
    file.isNamed = true;
    return file.attachment;
  });
}

/**
 * The bytes of a file that something this user may see names, with its name.
 * @throws BackendError `not-found`
 */
export function readFile(state: MemoryState, caseId: string, id: string, user: User): File {
  caseOf(state, caseId, user);
  const file = fileOf(state, caseId, id);
  const isSeen = Object.values(state.escalations)
    .filter(({ escalation }) => escalation.caseId === caseId)
    .flatMap((record) => [record.escalation, ...visibleEntries(record, user)])
    .some(({ attachments = [] }) => attachments.some((attachment) => attachment.id === id));
  if (!file || !isSeen) throw notFound('file');
  const { name, type } = file.attachment;
  return new File([file.data], name, { type });
}
