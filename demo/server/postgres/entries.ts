import type { Entry, EntryPage, EntryQuery, User } from 'escalation-elements';
import { BackendError, soughtWords, visibleEntries } from 'escalation-elements/backend';
import { sql } from 'kysely';
import { idOf, isReadable, numberOf } from './records.js';
import type { Db } from './schema.js';

/** Pages of a conversation, and what a search finds in it, by keys and not by counting. */

/** Whose page it is. `notes`: they may read internal notes. */
export interface Reader {
  user: User;
  notes: boolean;
}

/** As long as `q` may be: every word costs a look at every entry. */
const MOST_SOUGHT = 200;

/** `%` and `_` of a word stand for themselves. */
const containing = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

/** What this reader may see of an escalation, and what of it has all the words. */
const foundIn = (db: Db, escalationId: string, words: string | undefined, { notes }: Reader) =>
  [...new Set(soughtWords((words ?? '').replaceAll('\0', '')))].reduce(
    (query, word) => query.where('entries.sought', 'like', containing(word)),
    db.selectFrom('entries').where('entries.escalation_id', '=', escalationId).where(isReadable(notes)),
  );
type FoundIn = ReturnType<typeof foundIn>;

/** One entry, as it is kept. */
export async function entryOf(db: Db, escalationId: string, id: string): Promise<Entry | undefined> {
  const found = await db
    .selectFrom('entries')
    .select('entry')
    .where('escalation_id', '=', escalationId)
    .where('number', '=', numberOf(id))
    .executeTakeFirst();
  return found?.entry;
}

/** The number of a cursor's entry; 0 is before the first. */
async function positionOf(found: FoundIn, id: string): Promise<number> {
  if (id === '0') return 0;
  const number = numberOf(id);
  if (!(await found.select('number').where('number', '=', number).executeTakeFirst()))
    throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
  return number;
}

/** The number of the first entry from an instant on. */
async function firstFrom(found: FoundIn, at: string): Promise<number | null> {
  const from = new Date(at);
  const { first } = await found
    .select((eb) => eb.fn.min('number').as('first'))
    .where('at', '>=', from)
    .executeTakeFirstOrThrow();
  return first;
}

/** The rows of a page, oldest first. */
async function rowsOf(found: FoundIn, query: EntryQuery, position: number | undefined): Promise<Entry[]> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 500);
  const first = query.at === undefined ? null : await firstFrom(found, query.at);
  const page = found.select('entry').limit(limit);
  if (first !== null || (position !== undefined && query.before === undefined)) {
    const rows = await page
      .where('number', '>', first === null ? (position as number) : first - 1)
      .orderBy('number')
      .execute();
    return rows.map(({ entry }) => entry);
  }
  const older = position === undefined ? page : page.where('number', '<', position);
  const rows = await older.orderBy('number', 'desc').execute();
  return rows.map(({ entry }) => entry).reverse();
}

/**
 * The page that a query asks for. A cursor is the id of an entry, in a search with a space and its words after it.
 * @throws BackendError `bad-cursor`
 */
export async function pageOf(
  db: Db,
  escalationId: string,
  query: EntryQuery,
  reader: Reader,
): Promise<EntryPage> {
  const [cursor, ...rest] = (query.before ?? query.after)?.split(' ') ?? [];
  const words = rest.length > 0 ? rest.join(' ') : query.q;
  if (rest.length > 0 && words!.length > MOST_SOUGHT)
    throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
  const found = foundIn(db, escalationId, words, reader);
  const position = cursor === undefined ? undefined : await positionOf(found, cursor);
  const entries = await rowsOf(found, query, position);
  const cursorOf = (id: string) => (words === undefined ? id : `${id} ${words}`);
  const first = entries[0];
  const older =
    first &&
    (await found
      .select(sql<number>`1`.as('one'))
      .where('number', '<', numberOf(first.id))
      .limit(1)
      .executeTakeFirst());
  const last = entries.at(-1)?.id ?? (query.before === undefined && position ? idOf(position) : '0');
  return {
    entries: visibleEntries({ entries }, reader.user),
    before: first && older ? cursorOf(first.id) : null,
    after: cursorOf(last),
  };
}
