import type { Ticket, TicketSystem } from '../../src/adapters/lib/tickets.js';
import { marked, unmarked } from '../../src/adapters/lib/marked.js';
import { BackendError, type Call } from '../../src/core/backend.js';
import type { ActionKind, Case, Entry, Person, User } from '../../src/core/model.js';
import { isCustomerSide } from '../../src/core/roles.js';
import { caseOf } from '../desk.js';

/** A help desk of tickets and text comments, in memory, in which every request takes a turn: so races are real. */

interface Comment {
  id: number;
  at: string;
  by: Person;
  text: string;
  isInternal: boolean;
  clientId?: string;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const personOf = ({ id, name, role }: User): Person => ({ id, name, role });

/** What a member of staff, or a customer by the help desk's own page, could write there. */
export interface Desk extends TicketSystem {
  rows: (Ticket & { comments: Comment[] })[];
  kase: Case;
  isBroken?: (what: 'change' | 'say', ticket: Ticket) => boolean;
}

export function ticketSystem(
  acts: ActionKind[] = [
    'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve',
    'withdraw', 'reopen', 'follow', 'nudge',
  ], // prettier-ignore
  keys: 'key' | 'none' = 'none',
  clock: () => Date = () => new Date(),
): Desk {
  const now = () => clock().toISOString();
  let count = 0;
  const userOf = (call: Call): User => call.user as User;
  const mayRead = (call: Call) => !isCustomerSide(userOf(call)) || userOf(call).account === 'acme';
  const gone = () => new BackendError('not-found', 'There is no such thing.');
  const assertReadable = async (call: Call) => {
    await turn();
    call.signal?.throwIfAborted();
    if (!mayRead(call)) throw gone();
  };
  const rowOf = (id: string) => {
    const row = desk.rows.find((one) => one.id === id);
    if (!row) throw gone();
    return row;
  };
  const shown = (row: Desk['rows'][number], call: Call): Ticket => {
    const { comments, ...ticket } = row;
    const seen = comments.filter(({ isInternal }) => !isInternal || !isCustomerSide(userOf(call)));
    return structuredClone({ ...ticket, latestEntryId: String(seen.at(-1)?.id ?? '') || null });
  };
  const add = (row: Desk['rows'][number], text: string, call: Call, isInternal = false): Comment => {
    const comment = { id: ++count, at: now(), by: personOf(userOf(call)), text, isInternal };
    row.comments.push(comment);
    return comment;
  };
  const entryOf = ({ id, at, by, text, isInternal }: Comment): Entry => ({
    id: String(id),
    at,
    author: by,
    ...(isInternal ? { kind: 'internal' as const, text } : unmarked(text, isCustomerSide(by))),
  });

  const desk: Desk = {
    guarantees: { dedup: keys, unique: 'none', live: false, pollSeconds: 10, acts },
    rows: [],
    kase: caseOf(),
    async case(id, call) {
      await assertReadable(call);
      if (id !== desk.kase.id) throw gone();
      return desk.kase;
    },
    async tickets(caseId, call) {
      await assertReadable(call);
      return desk.rows.filter((row) => row.caseId === caseId).map((row) => shown(row, call));
    },
    async ticket(id, call) {
      await assertReadable(call);
      return shown(rowOf(id), call);
    },
    async create({ caseId, subject, asked, key }, call) {
      await assertReadable(call);
      const at = now();
      const row: Desk['rows'][number] = {
        id: String(++count), caseId, subject, asked, reviewed: null, status: 'requested', statusAt: at,
        requestedAt: at, requestedBy: personOf(userOf(call)), owner: null, latestEntryId: null, comments: [],
        ...(keys === 'key' && { key: key ?? null }),
      }; // prettier-ignore
      add(row, '[Requested]', call);
      desk.rows.push(row);
      await turn();
      return shown(row, call);
    },
    async change(ticket, { status, owner, reviewed, said, follower }, call) {
      await assertReadable(call);
      if (desk.isBroken?.('change', ticket)) throw new BackendError('unavailable');
      const row = rowOf(ticket.id);
      if (reviewed !== undefined && isCustomerSide(userOf(call))) throw new BackendError('forbidden');
      Object.assign(row, status && { status, statusAt: now() }, owner && { owner }, reviewed && { reviewed });
      if (follower) row.followers = [...(row.followers ?? []), follower];
      for (const one of said) add(row, marked(one), call, one.kind === 'internal');
    },
    async entries(ticket, { before, after, limit }, call) {
      await assertReadable(call);
      for (const cursor of [before, after])
        if (cursor !== undefined && !/^\d+$/.test(cursor)) throw new BackendError('bad-cursor');
      const rows = rowOf(ticket.id).comments.filter(
        ({ id, isInternal }) =>
          (!isInternal || !isCustomerSide(userOf(call))) &&
          (before === undefined || id < Number(before)) &&
          (after === undefined || id > Number(after)),
      );
      return (after === undefined ? rows.slice(-limit) : rows.slice(0, limit)).map(entryOf);
    },
    async say(ticket, message, call) {
      await assertReadable(call);
      const row = rowOf(ticket.id);
      const known = keys === 'key' && row.comments.find(({ clientId }) => clientId === message.clientId);
      if (known && known.text !== marked(message))
        throw new BackendError('idempotency-key-reused', 'This key came with another text before.');
      if (known) return entryOf(known);
      const made = add(row, marked(message), call);
      made.clientId = message.clientId;
      return entryOf(made);
    },
    async note(caseId, { text }, call) {
      await assertReadable(call);
      if (caseId !== desk.kase.id) throw gone();
      desk.kase = { ...desk.kase, lastUpdate: { at: now(), by: personOf(userOf(call)), excerpt: text } };
    },
    async open(call) {
      await assertReadable(call);
      const { id, number, subject, priority } = desk.kase;
      return desk.rows
        .filter(({ status }) => ['requested', 'under-review', 'accepted'].includes(status))
        .map((row) => ({ ...shown(row, call), case: { id, number, subject, priority } }));
    },
  };
  return desk;
}
