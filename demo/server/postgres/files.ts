import { randomUUID } from 'node:crypto';
import type { Attachment, User } from 'escalation-elements';
import {
  assertTaken,
  BackendError,
  mayReadNotes,
  mediaType,
  tooLarge,
  type FileLimits,
  type FileUpload,
} from 'escalation-elements/backend';
import { sql } from 'kysely';
import { caseOf, notFound } from './cases.js';
import type { Db, Trx } from './schema.js';

/** Files: kept for an hour, and for good once a request or a message names them. */

/** How long an uploaded file waits for the request or message that names it, in milliseconds. */
export const WAITING_MS = 3_600_000;

const attachmentOf = (caseId: string, id: string, name: string, type: string, bytes: number): Attachment => ({
  id,
  name,
  bytes,
  type,
  href: `/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(id)}`,
});

/** @throws BackendError `not-found`, `file-too-large`, `file-type-refused` */
export async function keepFile(
  db: Db,
  caseId: string,
  { name, data }: FileUpload,
  { user, now, limits }: { user: User; now: Date; limits: FileLimits },
): Promise<Attachment> {
  await caseOf(db, caseId, user);
  const type = mediaType(data.type) || 'application/octet-stream';
  assertTaken(limits, { name, type });
  if (data.size > limits.maxBytes) throw tooLarge(limits);
  const id = randomUUID();
  await db
    .insertInto('files')
    .values({
      id,
      case_id: caseId,
      by_id: user.id,
      at: now,
      about: JSON.stringify({ name, type }),
      data: Buffer.from(await data.arrayBuffer()),
    })
    .execute();
  return attachmentOf(caseId, id, name, type, data.size);
}

/**
 * The files that a request or a message names, theirs from now on. What is not there, somebody else's, or named already
 * is told alike.
 * @param names the escalation, and the number of its entry; of a request none
 * @throws BackendError `invalid`
 */
export async function takeFiles(
  trx: Trx,
  caseId: string,
  ids: readonly string[] = [],
  { user, now }: { user: User; now: Date },
  names: { escalation_id: string; entry?: number },
): Promise<Attachment[]> {
  const taken: Attachment[] = [];
  for (const [i, id] of ids.entries()) {
    const file = await trx
      .updateTable('files')
      .set(names)
      .where('id', '=', id)
      .where('case_id', '=', caseId)
      .where('by_id', '=', user.id)
      .where('escalation_id', 'is', null)
      .where('at', '>', new Date(now.getTime() - WAITING_MS))
      .returning(['about', sql<number>`octet_length(data)`.as('bytes')])
      .executeTakeFirst();
    if (!file)
      throw new BackendError('invalid', 'There is no such file.', {
        errors: [
          { pointer: `/attachmentIds/${i}`, detail: 'must be a file of yours, uploaded within the hour' },
        ],
      });
    taken.push(attachmentOf(caseId, id, file.about.name, file.about.type, file.bytes));
  }
  return taken;
}

/**
 * The bytes of a file that something this user may see names, with its name.
 * @throws BackendError `not-found`
 */
export async function readFile(db: Db, caseId: string, id: string, user: User): Promise<File> {
  await caseOf(db, caseId, user);
  const { about, data } = await db
    .selectFrom('files')
    .leftJoin('entries', (join) =>
      join
        .onRef('entries.escalation_id', '=', 'files.escalation_id')
        .onRef('entries.number', '=', 'files.entry'),
    )
    .select(['files.about', 'files.data'])
    .where('files.case_id', '=', caseId)
    .where('files.id', '=', id)
    .where('files.escalation_id', 'is not', null)
    .$if(!mayReadNotes(user), (query) => query.where('entries.kind', 'is distinct from', 'internal'))
    .executeTakeFirstOrThrow(() => notFound('file'));
  return new File([new Uint8Array(data)], about.name, { type: about.type });
}
