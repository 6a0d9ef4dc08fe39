import { assertQueues } from '../../core/access.js';
import { BackendError, isBackendError, type Backend, type Call } from '../../core/backend.js';
import { textToMove } from '../../core/case-note.js';
import { hashOf } from '../../core/hash.js';
import type { CaseState, Entry, Escalation, User } from '../../core/model.js';
import { actOn } from '../../core/record-actions.js';
import { addMessage, fileRequest, summaryOf, type Change, type EscalationRecord } from '../../core/record.js';
import { newId } from '../../core/id.js';
import { isCustomerSide } from '../../core/roles.js';
import { isOpen } from '../../core/status.js';
import { compareUrgency } from '../../core/urgency.js';
import { readBack, reopenings, signedIn, ticketEntries } from './ticket-entries.js';
import {
  askedOf,
  describe,
  escalationOf,
  reviewedOf,
  type Asked,
  type Ticket,
  type TicketChange,
  type TicketSystem,
} from './tickets.js';

/** The state of a ticket as the rules of `core/record` want it; of its entries only those that matter to them. */
function recordOf(ticket: Ticket, user: User, entries: Entry[]): EscalationRecord {
  const {
    followers: _f,
    following: _g,
    unread: _u,
    can: _c,
    latestEntryId: _l,
    ...escalation
  } = escalationOf(ticket, user);
  return {
    escalation,
    requester: { id: ticket.requestedBy?.id ?? '' },
    followers: ticket.followers ?? [],
    reads: {},
    nudgedAt: entries.findLast(({ kind }) => kind === 'notice')?.at,
    entries,
  };
}

/** What the help desk has to write, so that `before` becomes `after`. */
function changeOf(before: EscalationRecord, after: EscalationRecord, user: User): TicketChange {
  const [was, is] = [before.escalation, after.escalation];
  const reviewed = reviewedOf(is);
  return {
    ...(is.status !== was.status && { status: is.status }),
    ...(is.owner && is.owner.id !== was.owner?.id && { owner: is.owner }),
    // What owners wrote is theirs: the customer's side changes the status, and says so.
    ...(!isCustomerSide(user) && reviewed !== reviewedOf(was) && { reviewed }),
    ...(after.followers.length > before.followers.length && { follower: user.id }),
    said: after.entries.slice(before.entries.length),
  };
}

const firstOpen = (tickets: readonly Ticket[]): Ticket | undefined => tickets.find(isOpen);

/** Named in a ticket: the caller's key, and a hash of what it was sent with. */
const keyOf = ({ key }: Call, body: unknown): string | undefined => key && `${key} ${hashOf(body)}`;

/**
 * Makes a backend of a help desk of tickets and comments. What such a help desk cannot keep in one transaction is done in
 * steps: a key is looked up before, and of several tickets at once all but the first withdraw themselves.
 * @param clock the instant to promise from; the wall clock by default
 */
export function ticketDesk(system: TicketSystem, clock: () => Date = () => new Date()): Backend {
  const { guarantees } = system;
  const dated = reopenings(system);
  const ticketFor = async (id: string, call: Call) => dated(await system.ticket(id, call), call);
  const ticketsOf = async (caseId: string, call: Call) =>
    Promise.all((await system.tickets(caseId, call)).map((ticket) => dated(ticket, call)));
  const { pageFor, entriesFor } = ticketEntries(system);

  const changeBy = (call: Call): Change => {
    if (!call.policy) throw new BackendError('server-error', 'This backend needs the policy in every call.');
    return { user: signedIn(call), policy: call.policy, now: clock(), newId, languages: call.languages };
  };
  const shown = (ticket: Ticket, call: Call): Escalation => escalationOf(ticket, signedIn(call));
  const taken = (winner: Ticket | undefined, call: Call) =>
    new BackendError('open-escalation-exists', 'This case already has an open escalation.', {
      ...(winner && { escalation: shown(winner, call) }),
    });

  /** The ticket that this very request made before. */
  function madeBefore(tickets: readonly Ticket[], call: Call, key: string | undefined): Ticket | undefined {
    const [id] = key?.split(' ') ?? [];
    const found = tickets.find(
      (ticket) => key && ticket.requestedBy?.id === call.user?.id && ticket.key?.split(' ')[0] === id,
    );
    if (found && found.key !== key)
      throw new BackendError('idempotency-key-reused', 'This key came with another body before.');
    return found;
  }

  /** Of several at once the first stays; the others take themselves back. */
  async function settle(made: Ticket, key: string | undefined, call: Call) {
    const tickets = await ticketsOf(made.caseId, call);
    const winner = firstOpen(tickets) ?? made;
    if (winner.id === made.id) return { escalation: shown(made, call), replayed: false };
    await system.change(made, { status: 'withdrawn', said: [] }, call).catch((error: unknown) => {
      // Who may not take it back leaves it to the owners: the case has its winner all the same.
      if (!isBackendError(error) || error.code !== 'forbidden') throw error;
    });
    const before = madeBefore([winner], call, key);
    if (before) return { escalation: shown(before, call), replayed: true };
    throw taken(winner, call);
  }

  async function assertNoOther(caseId: string, call: Call): Promise<void> {
    const open = firstOpen(await ticketsOf(caseId, call));
    if (open) throw taken(open, call);
  }

  /** Whether the case has taken a message as well: that it did not must not keep the message back. */
  const copied = async (caseId: string, text: string, call: Call): Promise<boolean> => {
    if (!system.note) return false;
    return system.note(caseId, { kind: 'moved', text }, call).then(
      () => true,
      () => false,
    );
  };

  const tagged = <T>(value: T, lasting: unknown, call: Call) => {
    const etag = hashOf([call.user?.id, lasting]);
    return etag === call.etag ? ('not-modified' as const) : { value, etag };
  };

  return {
    guarantees,
    ...(system.address !== undefined && { address: system.address }),

    async load(caseId, call) {
      const user = signedIn(call);
      const [kase, tickets] = await Promise.all([system.case(caseId, call), ticketsOf(caseId, call)]);
      const open = firstOpen(tickets);
      const past = tickets.filter((ticket) => !isOpen(ticket)).reverse();
      const lasting: Omit<CaseState, 'serverTime'> = {
        case: kase,
        openEscalation: open ? escalationOf(open, user) : null,
        past: past.map((ticket) => summaryOf({ escalation: escalationOf(ticket, user) })),
        can: { review: false, note: Boolean(system.note), feed: true, attach: null },
        guarantees,
      };
      return tagged({ ...lasting, serverTime: clock().toISOString() }, lasting, call);
    },

    async escalate(caseId, request, call) {
      const change = changeBy(call);
      const key = keyOf(call, request);
      const tickets = await ticketsOf(caseId, call);
      const before = madeBefore(tickets, call, key);
      if (before) return { escalation: shown(before, call), replayed: true };
      const open = firstOpen(tickets);
      if (open) throw taken(open, call);
      const { escalation } = fileRequest('', caseId, request, change);
      const asked = escalation as Asked;
      const draft = {
        caseId, key, reason: asked.reason, asked: askedOf(asked),
        subject: asked.reason.label, description: describe(asked),
      }; // prettier-ignore
      const made = await system.create(draft, call).catch((error: unknown) => {
        if (!isBackendError(error) || error.code !== 'open-escalation-exists') throw error;
      });
      if (made && guarantees.unique !== 'store') return settle(made, key, call);
      if (made) return { escalation: shown(made, call), replayed: false };
      // The help desk refused a second one; the first may have come with this very key, at the same moment.
      const now = await ticketsOf(caseId, call);
      const same = madeBefore(now, call, key);
      if (same) return { escalation: shown(same, call), replayed: true };
      throw taken(firstOpen(now), call);
    },

    async escalation(id, call) {
      const escalation = shown(await ticketFor(id, call), call);
      return tagged(escalation, escalation, call);
    },

    async entries(id, query, call) {
      const page = await pageFor(await system.ticket(id, call), query, call);
      return tagged(page, [query, page], call);
    },

    async post(id, draft, call) {
      const change = changeBy(call);
      const ticket = await ticketFor(id, call);
      const record = recordOf(ticket, change.user, []);
      const after = addMessage(record, draft, change);
      const { said, ...rest } = changeOf(record, after, change.user);
      const message = said[0] as Entry;
      // The copy first: the message says for good whether there is one (G37).
      const isCopied = message.alsoOnCase && (await copied(ticket.caseId, draft.text, call));
      const made = await system.say(ticket, { ...message, alsoOnCase: isCopied || undefined }, call);
      // The message has arrived: that its promise of the next update did not must not make anybody send it again.
      if (rest.reviewed) await system.change(ticket, { ...rest, said: [] }, call).catch(() => undefined);
      return { ...made, clientId: draft.clientId };
    },

    async act(id, action, call) {
      const change = changeBy(call);
      if (!guarantees.acts.includes(action.kind))
        throw new BackendError('forbidden', `This help desk does not take "${action.kind}".`);
      const ticket = await ticketFor(id, call);
      const record = recordOf(ticket, change.user, await entriesFor(ticket, action, call));
      if (call.etag !== undefined && call.etag.split('.')[0] !== record.escalation.version)
        throw new BackendError('version-changed', 'The escalation changed in the meantime.');
      if (action.kind === 'reopen') await assertNoOther(ticket.caseId, call);
      const after = actOn(record, action, change);
      if (action.kind === 'move-to-case-feed') {
        const text = textToMove(record, action.entryId);
        await system.note?.(ticket.caseId, { kind: 'moved', text }, call);
      }
      await system.change(ticket, changeOf(record, after, change.user), call);
      const value = shown(await readBack(ticketFor(id, call), call), call);
      return { value, etag: `${value.version}.${hashOf([change.user.id, value])}` };
    },

    ...(system.note && {
      note: (caseId, note, call) => system.note?.(caseId, note, call) ?? Promise.resolve(),
    }),

    ...(system.open && {
      async queue({ limit = 50, after }, call) {
        const user = signedIn(call);
        assertQueues(user);
        const rows = (await system.open?.(call)) ?? [];
        const open = (await Promise.all(rows.map((row) => dated(row, call))))
          .map((row) => ({ ...escalationOf(row, user), case: row.case }))
          .sort(compareUrgency(clock()));
        const from = after === undefined ? 0 : open.findIndex(({ id }) => id === after) + 1;
        if (after !== undefined && from === 0)
          throw new BackendError('cursor-expired', 'What the cursor named is not in the queue any more.');
        const escalations = open.slice(from, from + limit);
        const isLast = from + limit >= open.length;
        const value = { escalations, after: isLast ? null : (escalations.at(-1)?.id ?? null) };
        return tagged(value, value, call);
      },
    }),
  };
}
