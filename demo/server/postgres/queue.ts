import type { Queue, QueueQuery, User } from 'escalation-elements';
import { assertQueues, BackendError, OPEN } from 'escalation-elements/backend';
import { sql } from 'kysely';
import { escalationsFor, shown } from './records.js';
import type { Db } from './schema.js';

/**
 * Open escalations in the order of `compareUrgency`. What is overdue longest is due earliest, so that the order does not
 * hang on the present, and a cursor stays where it is.
 * @throws BackendError `forbidden`, `cursor-expired`
 */
export async function queueOf(db: Db, { limit = 50, after }: QueueQuery, user: User): Promise<Queue> {
  assertQueues(user);
  const open = escalationsFor(db, user).where('escalations.status', 'in', OPEN);
  if (after !== undefined && !(await open.where('escalations.id', '=', after).executeTakeFirst()))
    throw new BackendError('cursor-expired', 'What the cursor named is not in the queue any more.');
  const place = sql`(escalations.rank, escalations.due_at, escalations.requested_at, escalations.id)`;
  const last = sql`(select rank, due_at, requested_at, id from escalations where id = ${after})`;
  const rows = await open
    .$if(after !== undefined, (query) => query.where(sql<boolean>`${place} > ${last}`))
    .orderBy('escalations.rank')
    .orderBy('escalations.due_at')
    .orderBy('escalations.requested_at')
    .orderBy('escalations.id')
    .limit(limit + 1)
    .execute();
  const escalations = rows.slice(0, limit).map((row) => {
    const { id, number, subject, priority, customer } = row.document;
    return { ...shown(row, user), case: { id, number, subject, priority, customer } };
  });
  return { escalations, after: rows.length > limit ? (escalations.at(-1)?.id ?? null) : null };
}
