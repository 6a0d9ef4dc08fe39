import type { User } from 'escalation-elements';
import { visibleEntries, type CaseEvent } from 'escalation-elements/backend';
import { sql } from 'kysely';
import { caseOf } from './cases.js';
import { escalationsFor, shown } from './records.js';
import type { Db } from './schema.js';

/** What happened on a case, read from `events` by whoever watches it. */

/** Whoever goes on after more events than these loads anew. */
const MOST = 500;

/** Where a watcher begins: after `since`, if all that came after it is there, and not too much; else now. */
export async function startOf(
  db: Db,
  caseId: string,
  since: string | undefined,
  user: User,
): Promise<{ position: number; isReset: boolean }> {
  const { events: last } = await caseOf(db, caseId, user);
  const position = /^\d{1,9}$/.test(since ?? '') ? Number(since) : Infinity;
  if (position > last || last - position > MOST) return { position: last, isReset: true };
  const { count } = await db
    .selectFrom('events')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('case_id', '=', caseId)
    .where('number', '>', position)
    .where('number', '<=', last)
    .executeTakeFirstOrThrow();
  // Some have been cleared away.
  if (count < last - position) return { position: last, isReset: true };
  return { position, isReset: false };
}

const rowsAfter = (db: Db, caseId: string, position: number, user: User) =>
  db
    .selectFrom('events')
    .leftJoin('entries', (join) =>
      join
        .onRef('entries.escalation_id', '=', 'events.escalation_id')
        .onRef('entries.number', '=', 'events.entry'),
    )
    .select(['events.number', 'events.kind', 'events.escalation_id', 'entries.entry'])
    .where('events.case_id', '=', caseId)
    .where('events.number', '>', position)
    .where((eb) => eb.or([eb('events.user_id', 'is', null), eb('events.user_id', '=', user.id)]))
    .orderBy('events.number')
    .limit(MOST)
    .execute();

type Row = Awaited<ReturnType<typeof rowsAfter>>[number];
const about = ({ kind, escalation_id }: Row) => `${kind} ${escalation_id}`;

/**
 * What happened after a position, in order, as this user may see it: entries as they are, a case or an escalation as it
 * stands now, once, where it was last changed.
 * @returns `position`: go on from there, at once where it is not all
 * @throws BackendError `not-found`: the case is not, or no longer, for this user
 */
export async function newsAfter(
  db: Db,
  caseId: string,
  position: number,
  user: User,
): Promise<{ events: CaseEvent[]; position: number; isAll: boolean }> {
  // The rows first: how something stands is then at least as new as the event that tells of it.
  const rows = await rowsAfter(db, caseId, position, user);
  const { document } = await caseOf(db, caseId, user);
  const ids = rows.flatMap(({ kind, escalation_id }) => (kind === 'escalation' ? [escalation_id ?? ''] : []));
  const found =
    ids.length > 0 ? await escalationsFor(db, user).where('escalations.id', 'in', ids).execute() : [];
  const states = new Map(found.map((row) => [row.record.escalation.id, shown(row, user)]));
  const lastOf = new Map(rows.map((row) => [about(row), row.number]));

  const eventOf = (row: Row): CaseEvent[] => {
    const id = String(row.number);
    if (row.kind === 'entry')
      return visibleEntries({ entries: row.entry ? [row.entry] : [] }, user).map((entry) => ({
        kind: 'entry',
        id,
        escalationId: row.escalation_id ?? '',
        entry,
      }));
    if (lastOf.get(about(row)) !== row.number) return [];
    if (row.kind === 'case') return [{ kind: 'case', id, case: document }];
    const escalation = states.get(row.escalation_id ?? '');
    return escalation ? [{ kind: 'escalation', id, escalation }] : [];
  };
  return {
    events: rows.flatMap(eventOf),
    position: rows.at(-1)?.number ?? position,
    isAll: rows.length < MOST,
  };
}
