import type { Entry, Escalation, User } from 'escalation-elements';
import {
  mayReadNotes,
  OPEN,
  present,
  rankOf,
  soughtIn,
  type EscalationRecord,
} from 'escalation-elements/backend';
import { expressionBuilder, sql, type Insertable } from 'kysely';
import { isFor, notFound } from './cases.js';
import type { Db, EscalationRow, Tables, Trx } from './schema.js';
import { tellOf, type News } from './telling.js';

/** Escalations as they are kept: a record without its entries, which may be many, and rows of entries. */

/** Ids of entries count upwards and sort so. */
export const idOf = (number: number): string => String(number).padStart(9, '0');
/** -1: it is no id of an entry. */
export const numberOf = (id: string): number => (/^\d{9}$/.test(id) ? Number(id) : -1);

const rows = expressionBuilder<Tables, 'escalations' | 'entries'>();
/** Internal notes are for few. */
export const isReadable = (notes: boolean) =>
  notes ? rows.lit(true) : rows('entries.kind', '<>', 'internal');

const ofThis = (user: User) =>
  rows
    .selectFrom('entries')
    .whereRef('entries.escalation_id', '=', 'escalations.id')
    .where(isReadable(mayReadNotes(user)));

/** Escalations of cases that this user may see, each with what its entries come to for them. */
export function escalationsFor(db: Db, user: User) {
  const read = rows
    .selectFrom('reads')
    .select('reads.number')
    .whereRef('reads.escalation_id', '=', 'escalations.id')
    .where('reads.user_id', '=', user.id);
  const followers = rows
    .selectFrom('followers')
    .select('user_id')
    .whereRef('followers.escalation_id', '=', 'escalations.id');
  return db
    .selectFrom('escalations')
    .innerJoin('cases', 'cases.id', 'escalations.case_id')
    .where(isFor(user))
    .select(['escalations.record', 'escalations.entries', 'cases.document'])
    .select([
      sql<string[]>`array(${followers})`.as('followers'),
      ofThis(user)
        .select((eb) => eb.fn.max('entries.number').as('latest'))
        .as('latest'),
      ofThis(user)
        .select(sql<number>`count(*)::integer`.as('unread'))
        .where('entries.kind', '<>', 'status')
        .where('entries.author_id', '<>', user.id)
        .where((eb) => eb('entries.number', '>', eb.fn.coalesce(read, eb.lit(0))))
        .as('unread'),
    ]);
}

/** One of {@link escalationsFor}. */
export type Found = Awaited<ReturnType<ReturnType<typeof escalationsFor>['execute']>>[number];

/** The record, with those of its entries that a change is about. */
export const recordOf = ({ record, followers }: Found, entries: Entry[] = []): EscalationRecord => ({
  ...record,
  followers,
  reads: {},
  entries,
});

/** The escalation as one user sees it. */
export const shown = (found: Found, user: User): Escalation => ({
  ...present(recordOf(found), user),
  latestEntryId: found.latest === null ? null : idOf(found.latest),
  unread: found.unread ?? 0,
});

/** @throws BackendError `not-found` */
export const escalationOf = (db: Db, id: string, user: User): Promise<Found> =>
  escalationsFor(db, user)
    .where('escalations.id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('escalation'));

/**
 * The case of an escalation, whoever asks.
 * @throws BackendError `not-found`
 */
export const caseIdOf = async (db: Db, id: string): Promise<string> => {
  const row = await db
    .selectFrom('escalations')
    .select('case_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('escalation'));
  return row.case_id;
};

/** The open one of a case; the index keeps it at one. */
export const openOf = (db: Db, caseId: string, user: User): Promise<Found | undefined> =>
  escalationsFor(db, user)
    .where('escalations.case_id', '=', caseId)
    .where('escalations.status', 'in', OPEN)
    .executeTakeFirst();

/**
 * The same, and its row is locked; its case has been before.
 * @throws BackendError `not-found`
 */
export const lockEscalation = (trx: Trx, id: string, user: User): Promise<Found> =>
  escalationsFor(trx, user)
    .where('escalations.id', '=', id)
    .forUpdate('escalations')
    .executeTakeFirstOrThrow(() => notFound('escalation'));

/** @returns gives out the ids after `last`; whoever calls it holds the escalation's row */
export const idsAfter = (last: number) => () => idOf(++last);

const columnsOf = ({ escalation, requester, nudgedAt }: EscalationRecord) =>
  ({
    status: escalation.status,
    rank: rankOf(escalation),
    due_at: escalation.nextUpdateDueAt ?? 'infinity',
    record: JSON.stringify({ escalation, requester, nudgedAt }),
  }) satisfies Partial<Insertable<EscalationRow>>;

const addEntries = (trx: Trx, escalationId: string, entries: readonly Entry[]) =>
  trx
    .insertInto('entries')
    .values(
      entries.map((entry) => ({
        escalation_id: escalationId,
        number: numberOf(entry.id),
        kind: entry.kind,
        author_id: entry.author.id,
        at: entry.at,
        entry: JSON.stringify(entry),
        sought: soughtIn(entry).replaceAll('\0', ''),
      })),
    )
    .execute();

const newsOf = (escalationId: string, entries: readonly Entry[], userId?: string): News[] => [
  ...entries.map(({ id }) => ({
    kind: 'entry' as const,
    escalation_id: escalationId,
    entry: numberOf(id),
  })),
  { kind: 'escalation', escalation_id: escalationId, user_id: userId },
];

/** Keeps a new escalation; the unique index refuses a second open one of the case. */
export async function insertRecord(trx: Trx, record: EscalationRecord, now: Date): Promise<void> {
  const { escalation, entries } = record;
  await trx
    .insertInto('escalations')
    .values({
      ...columnsOf(record),
      id: escalation.id,
      case_id: escalation.caseId,
      requested_at: escalation.requestedAt,
      entries: entries.length,
    })
    .execute();
  await addEntries(trx, escalation.id, entries);
  await tellOf(trx, escalation.caseId, newsOf(escalation.id, entries), now);
}

/**
 * Keeps what an action or a message has made of a locked escalation.
 * @param entries the new ones
 */
export async function saveRecord(
  trx: Trx,
  before: Found,
  after: EscalationRecord,
  entries: readonly Entry[],
  { user, now }: { user: User; now: Date },
): Promise<void> {
  const { id, caseId } = after.escalation;
  await trx
    .updateTable('escalations')
    .set({ ...columnsOf(after), entries: before.entries + entries.length })
    .where('id', '=', id)
    .execute();
  if (entries.length > 0) await addEntries(trx, id, entries);
  const follower = after.followers.find((one) => !before.followers.includes(one));
  if (follower !== undefined)
    await trx.insertInto('followers').values({ escalation_id: id, user_id: follower }).execute();
  const read = after.reads[user.id];
  if (read !== undefined) await saveRead(trx, id, user, numberOf(read));
  // What somebody has read is news to them alone.
  await tellOf(trx, caseId, newsOf(id, entries, read === undefined ? undefined : user.id), now);
}

/** Readings can overtake each other on their way here. */
const saveRead = (trx: Trx, escalationId: string, user: User, number: number) =>
  trx
    .insertInto('reads')
    .values({ escalation_id: escalationId, user_id: user.id, number })
    .onConflict((conflict) =>
      conflict
        .columns(['escalation_id', 'user_id'])
        .doUpdateSet({ number: sql<number>`greatest(reads.number, excluded.number)` }),
    )
    .execute();
