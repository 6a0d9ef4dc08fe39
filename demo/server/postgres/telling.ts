import { sql, type Insertable } from 'kysely';
import { CHANNEL, type EventRow, type Trx } from './schema.js';

/**
 * What happens on a case is a row in `events`, in the transaction that makes it happen. Its number is drawn under the lock
 * of the case's row, so that numbers are committed in their order: whoever has read to 7 has missed nothing before it.
 */

/** An event without what every one has. */
export type News = Pick<Insertable<EventRow>, 'kind' | 'escalation_id' | 'entry' | 'user_id'>;

/** Writes events, and wakes who watches when the transaction ends. The notification carries the id of the case only. */
export async function tellOf(trx: Trx, caseId: string, news: readonly News[], now: Date): Promise<void> {
  const { events: last } = await trx
    .updateTable('cases')
    .set((eb) => ({ events: eb('events', '+', news.length) }))
    .where('id', '=', caseId)
    .returning('events')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('events')
    .values(news.map((row, i) => ({ ...row, case_id: caseId, number: last - news.length + 1 + i, at: now })))
    .execute();
  await sql`select pg_notify(${CHANNEL}, ${caseId})`.execute(trx);
}
