import { seenBy } from '../../core/access.js';
import type { Call } from '../../core/backend.js';
import { isEscalation } from '../../core/guard-escalation.js';
import { hashOf } from '../../core/hash.js';
import { isOpen } from '../../core/status.js';
import type {
  Attachment,
  Case,
  CaseNote,
  Entry,
  Escalation,
  Guarantees,
  Person,
  Status,
  User,
} from '../../core/model.js';

/** How a help desk that knows only tickets and comments keeps an escalation: what `ticketDesk` asks of it. */

/** What somebody asked for, frozen: JSON in a field that the requester writes once, with the ticket. */
export type Asked = Pick<
  Escalation,
  | 'policy'
  | 'reason'
  | 'promises'
  | 'details'
  | 'impact'
  | 'contact'
  | 'fields'
  | 'confirmed'
  | 'onBehalfOf'
  | 'corrects'
  | 'nextUpdateDueAt'
  | 'visibility'
>;

/** What its owners made of it: JSON in a field that only staff may write. `promises` are all of them, ticked off. */
export type Reviewed = Partial<
  Pick<
    Escalation,
    | 'decision'
    | 'importance'
    | 'urgency'
    | 'priority'
    | 'nextSteps'
    | 'nextUpdateDueAt'
    | 'promises'
    | 'closed'
    | 'reopenUntil'
  >
>;

const ASKED = [
  'policy', 'reason', 'promises', 'details', 'impact', 'contact', 'fields', 'confirmed', 'onBehalfOf', 'corrects',
  'nextUpdateDueAt', 'visibility',
] as const satisfies (keyof Asked)[]; // prettier-ignore
const REVIEWED = [
  'decision', 'importance', 'urgency', 'priority', 'nextSteps', 'nextUpdateDueAt', 'promises', 'closed', 'reopenUntil',
] as const satisfies (keyof Reviewed)[]; // prettier-ignore

const MINUTE = 60_000;

/** A ticket that stands for an escalation. */
export interface Ticket {
  id: string;
  caseId: string;
  status: Status;
  /** When it came into this status, or as near as the help desk can say. */
  statusAt: string;
  requestedAt: string;
  requestedBy: Person | null;
  owner: Person | null;
  /**
   * The field as it was read. Null: nobody asked by us, it was made by hand. Any text that is not ours says that a request is
   * there and cannot be read, also where the help desk keeps it from this person: then it is for owners only.
   */
  asked: string | null;
  /** The field as it was read: JSON, or whatever else stands there. */
  reviewed: string | null;
  /** Its subject: the reason of a ticket that somebody made by hand. */
  subject: string;
  /**
   * The id of the newest entry that this user may see, or what else changes with each of them and is never the id of an older
   * one: by it a page knows that there is something to ask for. Null: there are none.
   */
  latestEntryId: string | null;
  /** Ids of those who follow it. */
  followers?: string[];
  /** What {@link TicketDraft.key} was, where the help desk has a field for it. */
  key?: string | null;
  attachments?: Attachment[];
}

/** A ticket to be made. */
export interface TicketDraft {
  caseId: string;
  subject: string;
  /** The request in words, for whoever works in the help desk itself. */
  description: string;
  reason: Escalation['reason'];
  /** JSON for the field that {@link Ticket.asked} is read from. */
  asked: string;
  /** To be found again by: one line of at most 300 characters; absent: the caller gave none. */
  key?: string;
}

/** An entry to be written. */
export type Said = Pick<Entry, 'kind' | 'text' | 'status' | 'about' | 'clientId' | 'alsoOnCase'>;

/** What becomes of a ticket; what is absent stays. */
export interface TicketChange {
  status?: Status;
  owner?: Person;
  /** JSON for the field that {@link Ticket.reviewed} is read from. Never there for the customer's side. */
  reviewed?: string;
  /** Entries that belong to it, in order; a status without words where the help desk records none by itself, too. */
  said: readonly Said[];
  /** Id of a user who follows it from now on. */
  follower?: string;
}

/** Which entries: the newest before `before` (an id), the oldest after `after`, or the newest of all. */
export interface Range {
  before?: string;
  /** '0': before the first. */
  after?: string;
  limit: number;
}

/**
 * A help desk of tickets and comments, in the words of its own interface; `ticketDesk` makes a backend of it. Everybody acts
 * as themself, so that its own rights decide. Every method rejects with a `BackendError`: `not-found` also for what is
 * somebody else's, `signed-out`, `forbidden`, `rate-limited`, `protocol` where it dropped what was written.
 */
export interface TicketSystem {
  /** `acts`: what it can carry out; `unique: 'store'`: `create` itself rejects `open-escalation-exists`. */
  guarantees: Guarantees & Required<Pick<Guarantees, 'acts'>>;
  /** Names it to other tabs, where a page asks it without a gateway. */
  address?: string;
  case(id: string, call: Call): Promise<Case>;
  /** Every escalation of a case that this user may see, the oldest first: of two at once the first wins. */
  tickets(caseId: string, call: Call): Promise<Ticket[]>;
  ticket(id: string, call: Call): Promise<Ticket>;
  /** Makes a ticket and reads it back. */
  create(draft: TicketDraft, call: Call): Promise<Ticket>;
  /** In as few requests as can be; what was refused without an error is found by reading back. */
  change(ticket: Ticket, change: TicketChange, call: Call): Promise<void>;
  /** Oldest first. Rejects `bad-cursor` for an id that cannot be one. */
  entries(ticket: Ticket, range: Range, call: Call): Promise<Entry[]>;
  /** @returns the message as it will be read */
  say(ticket: Ticket, message: Said, call: Call): Promise<Entry>;
  /** Puts a text on the case itself. */
  note?(caseId: string, note: CaseNote, call: Call): Promise<void>;
  /** Open tickets of all cases that this user may review, with what a queue says of each case. */
  open?(call: Call): Promise<(Ticket & Required<Pick<Escalation, 'case'>>)[]>;
}

const pick = (from: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

/** Only the members that belong there: who may write one field must not speak for the other. Null: it is none of ours. */
function read(json: string | null, names: readonly string[]): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return typeof value === 'object' && value && !Array.isArray(value) ? pick(value, names) : null;
  } catch {
    return null;
  }
}

/** Who may know of it. What cannot be read may be about the very person who asks, and so may what has gone from its field. */
function visibilityOf({ asked, key }: Ticket): Pick<Escalation, 'visibility'> {
  const told = read(asked, ASKED);
  const isForAll = told ? told['visibility'] === undefined : asked === null && !key;
  return isForAll ? {} : { visibility: 'owner-only' };
}

/** Opened again by who may not write what the owner wrote: that still tells how it ended. */
export const isReopened = (ticket: Ticket): boolean =>
  isOpen(ticket) && read(ticket.reviewed, REVIEWED)?.['closed'] !== undefined;

/** An answer is due again, as soon as the first one was after the request. */
function dueAgain({ asked, requestedAt, statusAt }: Ticket): string | null {
  const first = Date.parse(String(read(asked, ASKED)?.['nextUpdateDueAt']));
  // The promise was made by our clock, a moment before the help desk's.
  const minutes = Math.round((first - Date.parse(requestedAt)) / MINUTE);
  const due = Date.parse(statusAt) + minutes * MINUTE;
  return minutes >= 0 ? new Date(due).toISOString() : null;
}

/** What the owners wrote, as far as it still holds: of what is open again, not how it ended. */
function holding(ticket: Ticket): Record<string, unknown> {
  const { closed: _closed, reopenUntil: _until, ...open } = read(ticket.reviewed, REVIEWED) ?? {};
  if (isReopened(ticket)) return { ...open, nextUpdateDueAt: dueAgain(ticket) };
  return isOpen(ticket) ? open : (read(ticket.reviewed, REVIEWED) ?? {});
}

export const askedOf = (escalation: object): string => JSON.stringify(pick(escalation, ASKED));
export const reviewedOf = (escalation: object): string => JSON.stringify(pick(escalation, REVIEWED));

/** Tells one state of a ticket from the next; a message leaves it. */
const versionOf = ({ status, owner, reviewed }: Ticket): string =>
  hashOf([status, owner?.id ?? null, reviewed]);

/** How it ended: in the owner's words, else as far as the help desk tells. */
function closedOf({ status, statusAt, owner, requestedBy }: Ticket): Pick<Escalation, 'closed'> {
  const by = status === 'withdrawn' ? requestedBy : (owner ?? requestedBy);
  return by ? { closed: { at: statusAt, by } } : {};
}

/**
 * A ticket as an escalation. Where its fields hold something else, such as of a ticket that was made by hand, it is told
 * with what the help desk itself knows.
 */
export function escalationOf(ticket: Ticket, user: User): Escalation {
  const { id, caseId, status, requestedAt, subject, followers = [], attachments } = ticket;
  const visible = visibilityOf(ticket);
  const bare: Escalation = {
    policy: { id: '', version: '' },
    reason: { id: '', label: subject },
    promises: [],
    confirmed: [],
    id, caseId, status, requestedAt, attachments,
    version: versionOf(ticket),
    requestedBy: seenBy(ticket.requestedBy, user),
    owner: seenBy(ticket.owner, user),
    followers: followers.length,
    following: followers.includes(user.id),
    latestEntryId: ticket.latestEntryId,
    unread: 0,
    can: { post: isOpen(ticket), act: [] },
  }; // prettier-ignore
  const ended = !isOpen(ticket) && closedOf(ticket);
  const full: unknown = { ...bare, ...read(ticket.asked, ASKED), ...ended, ...holding(ticket), ...visible };
  if (!isEscalation(full)) return { ...bare, ...ended, ...visible };
  const { closed } = full;
  return closed ? { ...full, closed: { ...closed, by: seenBy(closed.by, user) } } : full;
}

/** A request in words. */
export function describe({ reason, details, impact, contact, onBehalfOf }: Asked): string {
  const lines = [
    `Reason: ${reason.label}`,
    onBehalfOf && `On behalf of: ${onBehalfOf}`,
    contact &&
      `Contact: ${[contact.method, contact.value, contact.when, contact.timeZone].filter(Boolean).join(', ')}`,
    details && `\n${details}`,
    impact && `\nBusiness impact: ${impact}`,
  ];
  return lines.filter(Boolean).join('\n');
}
