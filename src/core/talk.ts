import { BackendError, isBackendError } from './backend.js';
import { isEntry } from './guard-escalation.js';
import type { Attachment, Entry, EntryPage, Escalation, JudgedState } from './model.js';

/** What a conversation holds: its picture, and what may be in it. */

/** A message on its way: it becomes an entry, or stays until somebody retries or deletes it. */
export interface Outgoing {
  clientId: string;
  text: string;
  state: 'sending' | 'failed';
  /** Whether it goes on the case too (G37); the policy decides where this is not given. */
  alsoOnCase?: boolean;
  /** Files that go with it, uploaded already. */
  attachments?: readonly Attachment[];
  /** Set once it has arrived: the entry that it became. */
  entryId?: string;
  problem?: BackendError;
}

/** One frozen picture of a conversation. */
export interface Talk {
  /** `ready` once the first page is there; `failed` before that. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly escalation: Escalation | null;
  /** Oldest first, each id once. */
  readonly entries: readonly Entry[];
  /** Cursor of the older page; null: this is the beginning. */
  readonly older: string | null;
  /** Cursor of what follows the last entry, where that is not the newest: somebody looks at an earlier day. Else null. */
  readonly newer: string | null;
  /** What has come since then, and is not among `entries`; oldest first. */
  readonly waiting: readonly Entry[];
  readonly outbox: readonly Outgoing[];
  /** How many entries came that cannot be shown (M02). */
  readonly skipped: number;
  readonly problem: BackendError | null;
}

/** Nothing is known yet. */
export const start: Talk = Object.freeze({
  phase: 'loading',
  escalation: null,
  entries: [],
  older: null,
  newer: null,
  waiting: [],
  outbox: [],
  skipped: 0,
  problem: null,
});

export const asProblem = (error: unknown): BackendError =>
  isBackendError(error) ? error : new BackendError('server-error', 'The backend failed.');

/** The session's guard has looked at what a button paints; a conversation draws all of an escalation. */
export const unreadable = new BackendError('protocol', 'The escalation is not what the contract says.');

/**
 * Whether an escalation may be asked for and shown. Where entries are off, only one that the case itself names; and not
 * one with which nothing may be done, not even reading it: that case goes by e-mail, and nothing of it leaves the page (G14).
 */
export function isShown({ can, openEscalation: open, past }: JudgedState, escalationId: string): boolean {
  if (can.feed) return true;
  // The session's guard has not looked as far as that.
  if (open?.id === escalationId) return Boolean(open.can?.act?.length);
  return past.some(({ id }) => id === escalationId);
}

/** A page without what cannot be shown; `skipped`: how many those were. */
export function readablePage(value: EntryPage): EntryPage & { skipped: number } {
  // An adapter that checks its answers has left some out itself, and says how many.
  const { skipped = 0, ...page } = value;
  const entries = page.entries.filter(isEntry);
  return { ...page, entries, skipped: skipped + page.entries.length - entries.length };
}
