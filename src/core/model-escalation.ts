import type { Case, CriterionResult, Person, PolicyRef } from './model.js';

/**
 * The nouns of an escalation: the request, its life and its conversation. Public through `model.ts`.
 */

/** Life of an escalation. `requested`, `under-review` and `accepted` are open: no button while one lasts (G21). */
export type Status = 'requested' | 'under-review' | 'accepted' | 'declined' | 'resolved' | 'withdrawn';
/** Importance, urgency and priority of an escalation; the priority follows from the other two (G35). */
export type Level = 'low' | 'medium' | 'high';

/** A link to read on (G34). Foreign: opened only where it is https, http or mailto. */
export interface Link {
  label: string;
  href: string;
}

/** How the requester wants to be reached (P8). */
export interface Contact {
  method: 'telephone' | 'email';
  /** Number or address. */
  value?: string;
  /** Good times, in words. */
  when?: string;
  /** IANA name such as Europe/Berlin. */
  timeZone?: string;
}

/** Something promised to the requester, by the reason chosen (P12) or by the owner (G36). */
export interface Promised {
  id: string;
  text: string;
  dueAt?: string;
  keptAt?: string;
}

/** What happens next, who does it and by when (G33, G36). */
export interface NextStep {
  text: string;
  who?: string;
  dueAt?: string;
}

/** A file, fetched through the adapter and saved as a download, never shown in the page. */
export interface Attachment {
  id: string;
  name: string;
  /** Size, in bytes. */
  bytes: number;
  /** Media type. */
  type: string;
  href: string;
}

/** The owner's answer to a request: accepted (G35), or declined with reasons and where to read on (G34). */
export interface Decision {
  outcome: 'accepted' | 'declined';
  text: string;
  criteria?: { id: string; text: string }[];
  links?: Link[];
  at: string;
}

/** An escalation of a case, as one user may see it. At most one of a case is open (G21). */
export interface Escalation {
  id: string;
  caseId: string;
  status: Status;
  /** Raised by every change that others see; the version part of the ETag. */
  version: string;
  policy: PolicyRef;
  /** Frozen as it was shown when the request was made (P12). */
  reason: { id: string; label: string };
  /** Frozen likewise, ticked off by the owner. */
  promises: Promised[];
  details?: string;
  impact?: string;
  contact?: Contact;
  fields?: Record<string, string>;
  /** Ids of the criteria that the requester confirmed. */
  confirmed: string[];
  attachments?: Attachment[];
  /** null: the name is not for this user. */
  requestedBy: Person | null;
  requestedAt: string;
  /** For whom a partner asked (G31). */
  onBehalfOf?: string;
  /** Id of the declined escalation that this one corrects. */
  corrects?: string;
  owner: Person | null;
  /** How many follow it. */
  followers: number;
  /** Whether this user does. */
  following: boolean;
  decision?: Decision;
  importance?: Level;
  urgency?: Level;
  priority?: Level;
  nextSteps?: NextStep[];
  /** When the owner has to be heard of again; null: nothing is promised. */
  nextUpdateDueAt?: string | null;
  /** `rating`: 1 to 5, 5 is best. */
  closed?: { at: string; by: Person; summary?: string; rating?: number };
  /** The first instant at which it can no longer be reopened. */
  reopenUntil?: string;
  /** Changes when there is something new to read; null: there are no entries. */
  latestEntryId: string | null;
  /** Entries that this user has not read. */
  unread: number;
  can: { post: boolean; act: ActionKind[] };
  /** For those who may review: judged now. */
  criteria?: CriterionResult[];
  /** In the queue. */
  case?: Pick<Case, 'id' | 'number' | 'subject' | 'priority' | 'customer'>;
  /** The reason was marked owner-only when the request was made (P9). */
  visibility?: 'owner-only';
}

/** A past escalation of a case, in a list. */
export type EscalationSummary = Pick<
  Escalation,
  'id' | 'status' | 'reason' | 'requestedAt' | 'owner' | 'closed' | 'visibility'
>;

/** What a customer or partner asks for (G31): a reason (P5), in words (P14), with the criteria confirmed (G10). */
export interface EscalationRequest {
  reasonId: string;
  details?: string;
  impact?: string;
  contact?: Contact;
  /** Ids of the criteria that the requester confirmed or contests (G5, G10). */
  confirmed: string[];
  /** For whom a partner asks (G31). */
  onBehalfOf?: string;
  /** Id of the declined escalation of the same case that this one corrects (G34). */
  corrects?: string;
  /** Further fields of the form, by their id. */
  fields?: Record<string, string>;
  /** Files uploaded within the hour. */
  attachmentIds?: string[];
  /** The version that the requester saw. */
  policyVersion: string;
}

/** What a row of the conversation is; `internal` ones are among owners (P9). */
export type EntryKind =
  'message' | 'status' | 'decision' | 'next-steps' | 'promise' | 'moved' | 'notice' | 'internal';

/** One row of the conversation. Entries never change: a later one names the earlier that it is about. */
export interface Entry {
  id: string;
  clientId?: string;
  kind: EntryKind;
  /** Id of the earlier entry, or promise, that this one is about. */
  about?: string;
  at: string;
  author: Person;
  text: string;
  attachments?: Attachment[];
  /** What the escalation became. */
  status?: Status;
  /** The text is on the case too (G37). */
  alsoOnCase?: boolean;
}

/** A message to be sent (G39), at most 10,000 characters. */
export interface EntryDraft {
  /** Made by the client; the idempotency key of the message. */
  clientId: string;
  text: string;
  attachmentIds?: string[];
  /** Puts the text on the case too (G37); counts for owners only. */
  alsoOnCase?: boolean;
}

/** A page of the conversation. */
export interface EntryPage {
  /** Oldest first. */
  entries: Entry[];
  /** Cursor of the older page; null: there is none. */
  before: string | null;
  /** Cursor where newer entries will be found. */
  after: string;
  /** How many entries an adapter has left out, because they are not what the contract says. */
  skipped?: number;
}

/** A page of the owner's queue: open escalations by priority, then by how long they are overdue. */
export interface Queue {
  /** Each with its `case`. */
  escalations: Escalation[];
  /** Cursor of the next page; null: there is none. */
  after: string | null;
}

/** Which page of the queue. `limit`: 1 to 500 escalations, 50 by default. */
export interface QueueQuery {
  limit?: number;
  after?: string;
}

/**
 * Which page: at most one of the cursors `before` and `after`, of `at` and of `q`; else the newest. `limit`: 1 to 500
 * entries, 50 by default. The cursors of a page that `at` or `q` found go on in the same search.
 */
export interface EntryQuery {
  limit?: number;
  before?: string;
  after?: string;
  /** A day (UTC) or an instant, RFC 3339: the page begins with the first entry from then on; after the last, the newest page. */
  at?: string;
  /** Words that the text has, all of them, in any order and case: the newest of what is found. */
  q?: string;
}

/**
 * Something to do with an escalation; `can.act` says what this user may do now. Customers withdraw, follow, nudge and
 * rate; owners do the rest (G32–G36); either side moves a message to the case (G41) and reopens; everybody reads.
 */
export type Action =
  | { kind: 'take' }
  | {
      kind: 'accept';
      importance: Level;
      urgency: Level;
      text: string;
      nextSteps?: NextStep[];
      nextUpdateDueAt?: string;
    }
  | { kind: 'decline'; text: string; criteria: { id: string; text: string }[]; links?: Link[] }
  | { kind: 'promise'; text: string; dueAt?: string }
  | { kind: 'keep-promise'; promiseId: string }
  | { kind: 'next-update'; dueAt: string }
  | { kind: 'move-to-case-feed'; entryId: string }
  | { kind: 'note'; text: string }
  | { kind: 'resolve'; summary: string }
  | { kind: 'withdraw'; text?: string }
  | { kind: 'reopen'; text: string }
  | { kind: 'follow'; impact?: string }
  | { kind: 'nudge' }
  | { kind: 'rate'; value: 1 | 2 | 3 | 4 | 5; text?: string }
  | { kind: 'read'; entryId: string };
/** Name of an action. */
export type ActionKind = Action['kind'];

/** A text for the case: an answer to support (G5), a wish for another priority (G12), a message that belonged there (G41). */
export interface CaseNote {
  kind: 'reply' | 'priority-change' | 'moved';
  text: string;
}

/** "Was this article helpful?" (P20), about a version of the policy. */
export interface Feedback {
  version: string;
  helpful: boolean;
  /** At most 255 characters. */
  text?: string;
}
