import { seenBy } from './access.js';
import { isCustomerSide, isReviewer } from './roles.js';
import { BackendError } from './backend.js';
import { localText } from './facts.js';
import { isOpen } from './status.js';
import type {
  Attachment,
  Entry,
  EntryDraft,
  EntryKind,
  Escalation,
  EscalationRequest,
  EscalationSummary,
  Person,
  User,
} from './model.js';
import type { Policy } from './policy.js';

/** An escalation as a store keeps it: what all share, and what is each person's. */
export interface EscalationRecord {
  escalation: Omit<Escalation, 'followers' | 'following' | 'unread' | 'can' | 'latestEntryId'>;
  /** Whose it is: the name is shown to this account and to reviewers only. */
  requester: { id: string; account?: string };
  followers: string[];
  /** By user id: the last entry read. */
  reads: Record<string, string>;
  nudgedAt?: string;
  /** Append-only. */
  entries: Entry[];
}

/** What a change needs from outside. */
export interface Change {
  user: User;
  policy: Policy;
  now: Date;
  /** A fresh id; ids of entries must sort in the order in which they were made. */
  newId: () => string;
  languages?: readonly string[];
}

const HOUR = 3_600_000;
/** The instant so many hours later; null where no hours are given. */
export const after = (now: Date, hours: number | undefined): string | null =>
  hours === undefined ? null : new Date(now.getTime() + hours * HOUR).toISOString();
export const personOf = ({ id, name, role }: User): Person => ({ id, name, role });

/** A row of the conversation, by whoever makes the change. */
export function entry(change: Change, kind: EntryKind, text: string, more: Partial<Entry> = {}): Entry {
  return {
    id: change.newId(),
    kind,
    at: change.now.toISOString(),
    author: personOf(change.user),
    text,
    ...more,
  };
}

const withFiles = (attachments: readonly Attachment[]) =>
  attachments.length > 0 && { attachments: [...attachments] };

/**
 * Makes the record of a new request; label and promises are frozen as they were shown (P12).
 * @param attachments what `request.attachmentIds` names
 */
export function fileRequest(
  id: string,
  caseId: string,
  request: EscalationRequest,
  change: Change,
  attachments: readonly Attachment[] = [],
): EscalationRecord {
  const { policy, user, now, languages = [] } = change;
  const reason = policy.reasons.find((row) => row.id === request.reasonId);
  const say = (text: Parameters<typeof localText>[0] | undefined) =>
    localText(text, languages, policy.language);
  const { policyVersion: _version, attachmentIds: _ids, reasonId, ...typed } = request;
  return {
    escalation: {
      ...typed,
      ...withFiles(attachments),
      id,
      caseId,
      status: 'requested',
      version: '1',
      policy: { id: policy.id, version: policy.version },
      reason: { id: reasonId, label: say(reason?.label) ?? reasonId },
      promises: (reason?.promises ?? []).map((promise) => ({
        id: promise.id,
        text: say(promise.text) ?? '',
        ...(promise.withinHours && { dueAt: after(now, promise.withinHours) as string }),
      })),
      requestedBy: personOf(user),
      requestedAt: now.toISOString(),
      owner: null,
      nextUpdateDueAt: after(now, policy.lifecycle.responseHours),
      ...(reason?.visibility === 'owner-only' && { visibility: 'owner-only' as const }),
    },
    requester: { id: user.id, account: user.account },
    followers: [],
    reads: {},
    entries: [entry(change, 'status', '', { status: 'requested' })],
  };
}

/**
 * A message from either side (G39).
 * @param attachments what `draft.attachmentIds` names
 * @throws BackendError `escalation-closed`
 */
export function addMessage(
  record: EscalationRecord,
  draft: EntryDraft,
  change: Change,
  attachments: readonly Attachment[] = [],
): EscalationRecord {
  const { policy, user, now } = change;
  if (!isOpen(record.escalation))
    throw new BackendError('escalation-closed', 'This escalation is closed: it takes no more messages.');
  const owns = isReviewer(policy, user);
  const { priority, status } = record.escalation;
  const message = entry(change, 'message', draft.text, {
    clientId: draft.clientId,
    ...withFiles(attachments),
    ...(owns && (draft.alsoOnCase ?? policy.feed.alsoOnCase) && { alsoOnCase: true }),
  });
  // An owner's message is the update that was promised; the next one is due from here.
  const next =
    owns && status === 'accepted' && priority && after(now, policy.lifecycle.updateHours?.[priority]);
  return {
    ...record,
    escalation: { ...record.escalation, ...(next && { nextUpdateDueAt: next }) },
    entries: [...record.entries, message],
  };
}

/** Internal notes are among owners (P9); the gateway, which knows policy and case, narrows further (`seesEntry`). */
export const mayReadNotes = (user: User): boolean => !isCustomerSide(user) && user.role !== 'engineer';

/** The entries that a user may see; only these count as unread, and as the latest. */
export const visibleEntries = (record: Pick<EscalationRecord, 'entries'>, user: User): Entry[] =>
  record.entries
    .filter((row) => row.kind !== 'internal' || mayReadNotes(user))
    .map((row) => ({ ...row, author: seenBy(row.author, user) }));

/** The escalation as one user sees it, before anybody judged what they may do with it ({@link withActions}). */
export function present(record: EscalationRecord, user: User): Escalation {
  const { escalation, requester } = record;
  const entries = visibleEntries(record, user);
  const named =
    !isCustomerSide(user) ||
    requester.id === user.id ||
    (requester.account !== undefined && requester.account === user.account);
  const read = record.reads[user.id] ?? '';
  return {
    ...escalation,
    requestedBy: named ? seenBy(escalation.requestedBy, user) : null,
    owner: seenBy(escalation.owner, user),
    ...(escalation.closed && { closed: { ...escalation.closed, by: seenBy(escalation.closed.by, user) } }),
    followers: record.followers.length,
    following: record.followers.includes(user.id),
    latestEntryId: entries.at(-1)?.id ?? null,
    unread: entries.filter((row) => row.id > read && row.author.id !== user.id && row.kind !== 'status')
      .length,
    can: { post: isOpen(escalation), act: [] },
  };
}

/** What a case tells of an escalation that is over. */
export const summaryOf = ({ escalation }: Pick<EscalationRecord, 'escalation'>): EscalationSummary => {
  const { id, status, reason, requestedAt, owner, closed, visibility } = escalation;
  return {
    id,
    status,
    reason,
    requestedAt,
    owner,
    ...(closed && { closed }),
    ...(visibility && { visibility }),
  };
};
