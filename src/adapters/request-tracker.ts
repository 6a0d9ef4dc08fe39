import type { Backend, Call } from '../core/backend.js';
import { OPEN } from '../core/status.js';
import type { ActionKind, CaseStatus, Status } from '../core/model.js';
import { rtCases } from './request-tracker/case-rows.js';
import { briefOf, caseOf } from './request-tracker/case.js';
import type { CaseFields, EntryFields, EscalationFields, Naming } from './request-tracker/naming.js';
import { roleByOrganization, type RoleOf } from './request-tracker/people.js';
import { rtTickets } from './request-tracker/tickets.js';
import { rtWire } from './request-tracker/wire.js';
import { rtWriting } from './request-tracker/writing.js';
import { perOperation } from './lib/operations.js';
import { ticketDesk } from './lib/ticket-desk.js';
import type { TicketSystem } from './lib/tickets.js';
import type { VendorOptions } from './lib/vendor.js';

export type { RoleOf, TrackerUser } from './request-tracker/people.js';

/** Options of {@link requestTracker}. */
export interface RequestTrackerOptions extends VendorOptions {
  /** The queue that escalations are in; "Escalations" by default. Every ticket elsewhere is a case. */
  queue?: string;
  /** Names of the custom fields that are called something else there. */
  fields?: Partial<CaseFields & EscalationFields & EntryFields>;
  /** What each status of an escalation means; where several mean the same, the first is written. */
  statuses?: Record<string, Status>;
  /** What each status of a case means; others count as open. By default those of Request Tracker's own lifecycle. */
  caseStatuses?: Record<string, CaseStatus>;
  /** Value of the field "Program" of a case that has none; "commercial" by default. */
  commercial?: string;
  /** By default who has an organization is a customer; the others own escalations, and are engineers on a case. */
  roleOf?: RoleOf;
  /** Smallest polling interval, in seconds; 10 by default. */
  pollSeconds?: number;
}

const FIELDS: Naming['fields'] = {
  priority: 'Severity',
  waitingOn: 'Waiting On',
  program: 'Program',
  plan: 'Plan',
  product: 'Product',
  deployment: 'Deployment',
  rcaRequestedAt: 'RCA Requested',
  rma: 'RMA',
  customer: 'Customer',
  region: 'Region',
  case: 'Case',
  reason: 'Reason',
  key: 'Idempotency Key',
  asked: 'Request',
  reviewed: 'Review',
  clientId: 'Client Id',
  entryKind: 'Entry Kind',
};
const STATUSES: Naming['statuses'] = {
  requested: 'requested',
  'under review': 'under-review',
  accepted: 'accepted',
  declined: 'declined',
  resolved: 'resolved',
  withdrawn: 'withdrawn',
};
const CASE_STATUSES: Naming['caseStatuses'] = {
  new: 'open',
  open: 'open',
  stalled: 'pending',
  resolved: 'resolved',
  rejected: 'closed',
};

/** Nothing there keeps what each person has read, and a customer may not write a rating where the owners write. */
const ACTS: ActionKind[] = [
  'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve',
  'withdraw', 'reopen', 'follow', 'nudge',
]; // prettier-ignore

/** Request Tracker in the words of `ticketDesk`. */
function systemOf(options: RequestTrackerOptions): TicketSystem {
  const naming: Naming = {
    queue: options.queue ?? 'Escalations',
    fields: { ...FIELDS, ...options.fields },
    statuses: options.statuses ?? STATUSES,
    caseStatuses: options.caseStatuses ?? CASE_STATUSES,
    commercial: options.commercial ?? 'commercial',
    roleOf: options.roleOf ?? roleByOrganization,
  };
  const wire = rtWire(options);
  const cases = rtCases(wire, naming.queue);
  const tickets = rtTickets(wire, cases, naming);
  const { create, change, say } = rtWriting(wire, naming, tickets);
  const { entries, people, ticket, ofCase, withStatus } = tickets;

  /** Open escalations with what a queue says of their cases. */
  async function open(call: Call) {
    const found = await withStatus(OPEN, call);
    const ids = new Set(found.map(({ caseId }) => caseId).filter((id) => /^\d+$/.test(id)));
    const named = await cases.named([...ids], call);
    return found.map((row) => {
      const kase = named(row.caseId);
      return { ...row, case: kase ? briefOf(kase, naming.fields) : { id: row.caseId, priority: null } };
    });
  }

  return {
    guarantees: {
      dedup: 'key',
      unique: 'none',
      live: false,
      pollSeconds: options.pollSeconds ?? 10,
      acts: ACTS,
    },
    address: options.baseUrl,
    case: (id, call) => caseOf(wire, naming, cases, id, people(call, 'case'), call),
    tickets: ofCase,
    ticket,
    create,
    change,
    entries: ({ id }, range, call) => entries.list(id, range, people(call, 'escalation'), call),
    say: ({ id }, message, call) => say(id, message, people(call, 'escalation'), call),
    async note(caseId, { text }, call) {
      // Who does not see the case is told that it is not there, as everywhere.
      const { row } = await cases.row(caseId, call);
      await say(row.id, { kind: 'message', text, clientId: call.key }, people(call, 'case'), call);
    },
    open,
  };
}

/**
 * A Request Tracker 5, through its REST2 interface: a case is a ticket, an escalation is a ticket in a queue of its own.
 * Everybody acts as themself: `headers(call)` signs `call.user` in, whose id is the name of a user there, and what they may
 * see and do Request Tracker decides. A key is a field of the ticket, looked up before: two requests with one key at the very
 * same moment, and any two for one case, make two tickets, of which all but the first withdraw themselves. It has no CORS:
 * put a gateway in front.
 * @throws BackendError `bad-address`
 */
export const requestTracker = (options: RequestTrackerOptions): Backend =>
  perOperation(ticketDesk(systemOf(options), options.clock));
