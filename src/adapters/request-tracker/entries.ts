import type { EntryFields } from './naming.js';
import { BackendError, type Call } from '../../core/backend.js';
import type { Entry, EntryKind, Status } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { OPEN } from '../../core/status.js';
import type { People } from './people.js';
import { fieldOf, PAGE, type AttachmentRow, type RtWire, type TransactionRow } from './wire.js';
import { textOf, wordsOf } from './words.js';
import type { Range, Said } from '../lib/tickets.js';

/** The conversation on a ticket: its transactions, and the words that are attached to them. */

const KINDS: readonly string[] = [
  'message', 'status', 'decision', 'next-steps', 'promise', 'moved', 'notice',
] satisfies EntryKind[]; // prettier-ignore
/** What somebody on the customer's side can have said, and what an escalation can have become by it. */
const THEIRS = ['message', 'status', 'moved', 'notice'];
const BY_THEM: readonly string[] = ['withdrawn', 'under-review'];
const BECOMES: readonly string[] = [...OPEN, 'declined', 'resolved', 'withdrawn'];

/** For the field "Entry Kind": `decision; status=accepted`. */
export function kindOf({ kind, status, about, alsoOnCase }: Said): string {
  const parts = [kind, status && `status=${status}`, about && `about=${about}`, alsoOnCase && 'also-on-case'];
  return parts.filter(Boolean).join('; ');
}

type Meaning = Pick<Entry, 'kind' | 'status' | 'about' | 'alsoOnCase'>;

/** What stands in "Entry Kind"; a message where it is nothing that is known, or not for them to say. */
function meaningOf(field: string | null | undefined, isTheirs: boolean): Meaning {
  const [kind = '', ...rest] = (field ?? '').split('; ');
  const told = (name: string) => rest.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const [status, about] = [told('status'), told('about')];
  const isKnown = (isTheirs ? THEIRS : KINDS).includes(kind);
  const isTrue = isKnown && (status === undefined || (isTheirs ? BY_THEM : BECOMES).includes(status));
  if (!isTrue) return { kind: 'message' };
  return {
    kind: kind as EntryKind,
    ...(status !== undefined && { status: status as Status }),
    ...(about !== undefined && { about }),
    ...(!isTheirs && rest.includes('also-on-case') && { alsoOnCase: true }),
  };
}

const WRITTEN = ['Correspond', 'Comment'];
const either = (types: readonly string[]): string =>
  `(${types.map((type) => `Type='${type}'`).join(' OR ')})`;
/** The part of a query that names a ticket; its number is one of Request Tracker's own. */
const onTicket = (ticketId: string): string => `ObjectType='RT::Ticket' AND ObjectId=${ticketId}`;

/** @throws BackendError `bad-cursor` */
function cursorOf(id: string): number {
  if (/^\d{1,15}$/.test(id)) return Number(id);
  throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
}

/**
 * @param statuses what each status of Request Tracker means
 */
export function rtEntries(wire: RtWire, fields: EntryFields, statuses: Record<string, Status>) {
  /** The rows of some types, away from a number (exclusive), page by page, as a search has them: the last is short. */
  async function* pages(
    ticketId: string,
    types: readonly string[],
    order: 'ASC' | 'DESC',
    from: number | undefined,
    limit: number,
    call: Call,
  ) {
    for (let edge = from, isLast = false; !isLast;) {
      const beyond = edge === undefined ? '' : ` AND id ${order === 'ASC' ? '>' : '<'} ${edge}`;
      const sql = `${onTicket(ticketId)} AND ${either(types)}${beyond}`;
      const page = await wire.transactions(sql, { order, limit }, call);
      isLast = page.length < limit;
      edge = Number(page.at(-1)?.id);
      yield { page, isLast };
    }
  }

  /** An entry that brought a status comes right before Request Tracker's own record of it: one of them is enough. */
  const isTold = (row: TransactionRow, before: TransactionRow | undefined): boolean =>
    row.Type === 'Status' &&
    before?.Type === 'Correspond' &&
    before.Creator.id === row.Creator.id &&
    meaningOf(fieldOf(before, fields.entryKind), false).status === statuses[row.NewValue];

  /**
   * What everybody on the ticket sees, oldest first. Of these types Request Tracker hides none: so no page is short, or empty,
   * for those who may not see comments.
   */
  async function shared(ticketId: string, { before, after, limit }: Range, call: Call) {
    const isForward = after !== undefined;
    // From the cursor's own row on: whether the next one has been told is seen from it.
    const edge = isForward ? cursorOf(after) - 1 : before === undefined ? undefined : cursorOf(before);
    const types = ['Create', 'Correspond', 'Status'];
    let raw: TransactionRow[] = [];
    const size = Math.min(limit + 3, PAGE);
    for await (const { page, isLast } of pages(
      ticketId,
      types,
      isForward ? 'ASC' : 'DESC',
      edge,
      size,
      call,
    )) {
      raw = isForward ? [...raw, ...page] : [...page.toReversed(), ...raw];
      // So is the oldest row, while there are older ones.
      const seenFrom = isForward ? after : isLast ? undefined : raw[0]?.id;
      const found = raw.filter((row, i) => row.id !== seenFrom && !isTold(row, raw[i - 1]));
      if (isLast || found.length >= limit) return isForward ? found.slice(0, limit) : found.slice(-limit);
    }
    return [];
  }

  /** Comments are among staff: whoever may not see them gets none of them. */
  async function comments(ticketId: string, { before, after, limit }: Range, call: Call) {
    const edge = after ?? before;
    const from = edge === undefined ? undefined : cursorOf(edge);
    const found: TransactionRow[] = [];
    const order = after === undefined ? 'DESC' : 'ASC';
    for await (const { page } of pages(ticketId, ['Comment'], order, from, Math.min(limit, PAGE), call)) {
      found.push(...page);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Oldest first. */
  async function rows(ticketId: string, range: Range, call: Call): Promise<TransactionRow[]> {
    const isStaff = call.user !== undefined && !isCustomerSide(call.user);
    const found = await Promise.all([
      shared(ticketId, range, call),
      isStaff ? comments(ticketId, range, call) : [],
    ]);
    const all = found.flat().sort((a, b) => Number(a.id) - Number(b.id));
    return range.after !== undefined ? all.slice(0, range.limit) : all.slice(-range.limit);
  }

  function entryOf(row: TransactionRow, words: readonly AttachmentRow[], people: People): Entry {
    const bare = { id: row.id, at: row.Created, author: people.person(row.Creator), text: '' };
    if (row.Type === 'Create') return { ...bare, kind: 'status', status: 'requested' };
    const status = statuses[row.NewValue];
    if (row.Type === 'Status') return { ...bare, kind: 'status', ...(status && { status }) };
    const clientId = fieldOf(row, fields.clientId);
    const meaning: Meaning =
      row.Type === 'Comment'
        ? { kind: 'internal' }
        : meaningOf(fieldOf(row, fields.entryKind), people.isTheirs(row.Creator));
    return { ...bare, ...meaning, text: textOf(words, row.id), ...(clientId && { clientId }) };
  }

  const entriesOf = async (found: TransactionRow[], people: People, call: Call): Promise<Entry[]> => {
    const written = found.filter(({ Type }) => WRITTEN.includes(Type)).map(({ id }) => id);
    const words = await wordsOf(wire, written, call);
    return found.map((row) => entryOf(row, words, people));
  };

  return {
    /** @returns oldest first. Rejects `bad-cursor`. */
    list: async (ticketId: string, range: Range, people: People, call: Call): Promise<Entry[]> =>
      entriesOf(await rows(ticketId, range, call), people, call),
    /** @returns id of the newest entry that this user may see */
    latest: async (ticketId: string, call: Call): Promise<string | null> =>
      (await rows(ticketId, { limit: 1 }, call)).at(-1)?.id ?? null,
    /** @returns the one entry that these rows are, if there is one */
    one: async (sql: string, ticketId: string, people: People, call: Call): Promise<Entry | undefined> => {
      const found = await wire.transactions(`${onTicket(ticketId)} AND ${sql}`, { limit: 1 }, call);
      return (await entriesOf(found, people, call))[0];
    },
  };
}
