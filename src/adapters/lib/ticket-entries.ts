import { seesEntry } from '../../core/access.js';
import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import { hashOf } from '../../core/hash.js';
import type { Action, Entry, EntryPage, EntryQuery, User } from '../../core/model.js';
import { visibleEntries } from '../../core/record.js';
import { isCustomerSide } from '../../core/roles.js';
import { pageOf } from './pages.js';
import { isReopened, type Ticket, type TicketSystem } from './tickets.js';

/** The conversation on a ticket: its pages, and the entries that an action is about. */

/** Entries that are read at once, and at most, to search where the help desk cannot. */
const AT_ONCE = 100;
const MOST = 10_000;
/** Reopenings that are remembered. */
const MOST_KNOWN = 1_000;

/** @throws BackendError `signed-out` */
export const signedIn = ({ user }: Call): User => {
  if (user) return user;
  throw new BackendError('signed-out', 'Nobody is signed in.');
};

/**
 * Reads back what has been written: that this failed must not make anybody write it again.
 * @throws BackendError `unconfirmed`; or what `call.signal` was aborted with
 */
export const readBack = <T>(reading: Promise<T>, { signal }: Call): Promise<T> =>
  reading.catch((error: unknown) => {
    signal?.throwIfAborted();
    if (!isBackendError(error) || error.code === 'protocol') throw error;
    throw new BackendError(
      'unconfirmed',
      'It was sent, and could not be read back. Look before you send it again.',
    );
  });

/** Which entry opened a ticket again: it says so, or it is the first word of a customer since it was resolved. */
function reopening(entries: readonly Entry[]): Entry | undefined {
  const since = entries.slice(entries.findLastIndex(({ status }) => status === 'resolved') + 1);
  return (
    since.find(({ status }) => status === 'under-review') ??
    since.find(({ author }) => isCustomerSide(author))
  );
}

/** Since when a ticket is open again: many a help desk knows of a status only when it last changed anything. */
export function reopenings(system: TicketSystem) {
  const known = new Map<string, string>();
  return async <T extends Ticket>(ticket: T, call: Call): Promise<T> => {
    if (!isReopened(ticket)) return ticket;
    // What its owner wrote stays the same for as long as this reopening lasts.
    const name = `${ticket.id} ${hashOf(ticket.reviewed)}`;
    const at = known.get(name) ?? reopening(await system.entries(ticket, { limit: AT_ONCE }, call))?.at;
    if (at === undefined) return ticket;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, at);
    // Systems know their tickets again by identity.
    return Object.assign(ticket, { statusAt: at });
  };
}

/** The conversation of every ticket of a help desk. */
export function ticketEntries(system: TicketSystem) {
  /** What is older than an entry; a help desk that tells the entry itself again would go on without end. */
  async function older(
    ticket: Ticket,
    before: string | undefined,
    limit: number,
    call: Call,
  ): Promise<Entry[]> {
    const rows = await system.entries(ticket, { before, limit }, call);
    if (!rows.some(({ id }) => id === before)) return rows;
    throw new BackendError('protocol', 'The help desk repeats its pages.');
  }

  /** Newest first, page by page. */
  async function* backwards(ticket: Ticket, call: Call): AsyncGenerator<Entry[]> {
    let before: string | undefined;
    for (let read = 0; read < MOST; read += AT_ONCE) {
      const rows = await older(ticket, before, AT_ONCE, call);
      yield rows;
      if (rows.length < AT_ONCE) return;
      before = rows[0]?.id;
    }
  }

  async function whole(ticket: Ticket, call: Call): Promise<Entry[]> {
    const pages: Entry[][] = [];
    for await (const page of backwards(ticket, call)) pages.unshift(page);
    return pages.flat();
  }

  /** The entries that an action is about: the one that it names, and when an update was last asked for. */
  async function entriesFor(ticket: Ticket, action: Action, call: Call): Promise<Entry[]> {
    if (action.kind === 'nudge') return system.entries(ticket, { limit: AT_ONCE }, call);
    if (!('entryId' in action)) return [];
    for await (const page of backwards(ticket, call)) {
      const found = page.filter(({ id }) => id === action.entryId);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** What this user may read; where the policy comes with the call, what it keeps from them is not found either (P9). */
  async function readable(ticket: Ticket, call: Call): Promise<(rows: Entry[]) => Entry[]> {
    const user = signedIn(call);
    const { policy } = call;
    const visible = (entries: Entry[]) => visibleEntries({ entries }, user);
    if (!policy || isCustomerSide(user)) return visible;
    const kase = await system.case(ticket.caseId, call);
    return (rows) => visible(rows).filter((row) => seesEntry(policy, row, user, kase));
  }

  /** @throws BackendError `bad-cursor`, `protocol` */
  async function pageFor(ticket: Ticket, query: EntryQuery, call: Call): Promise<EntryPage> {
    const visible = await readable(ticket, call);
    const isSearch =
      query.at !== undefined || query.q !== undefined || /\s/.test(query.before ?? query.after ?? '');
    if (isSearch) return pageOf(visible(await whole(ticket, call)), query);
    const { before, after } = query;
    const limit = Math.min(Math.max(query.limit ?? 50, 1), 500);
    if (after !== undefined) {
      const rows = await system.entries(ticket, { after, limit }, call);
      return { entries: visible(rows), before: null, after: rows.at(-1)?.id ?? after };
    }
    // One more than asked for tells whether there is an older page.
    const rows = await older(ticket, before, limit + 1, call);
    const page = rows.slice(-limit);
    const first = rows.length > limit ? page[0]?.id : undefined;
    return { entries: visible(page), before: first ?? null, after: page.at(-1)?.id ?? '0' };
  }

  return { pageFor, entriesFor };
}
