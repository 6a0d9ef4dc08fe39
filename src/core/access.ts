import { isByEmail, isFeedOn, judge, judgeCriteria } from './eligibility.js';
import { withActions } from './lifecycle.js';
import { BackendError, type Backend } from './backend.js';
import type { ActionKind, Case, CaseState, Entry, Escalation, JudgedState, Person, User } from './model.js';
import type { Policy } from './policy.js';
import { isCustomerSide, isReviewer } from './roles.js';

/**
 * Whether this user may know of an escalation. An owner-only request (P9) is for its owners and the customer's side:
 * never for the engineer whom it is about.
 */
export function seesEscalation(
  policy: Policy,
  escalation: Pick<Escalation, 'visibility'>,
  user: Pick<User, 'id' | 'role'>,
  kase: Pick<Case, 'assignee'>,
): boolean {
  return escalation.visibility !== 'owner-only' || isCustomerSide(user) || ownsAside(policy, user, kase);
}

/** Reviews, and neither is an engineer nor has this case. */
const ownsAside = (policy: Policy, user: Pick<User, 'id' | 'role'>, kase: Pick<Case, 'assignee'>): boolean =>
  isReviewer(policy, user) && user.role !== 'engineer' && user.id !== kase.assignee?.id;

/** Internal notes are for reviewers, and never for the engineer or the assignee of the case. */
export const seesEntry = (
  policy: Policy,
  entry: Pick<Entry, 'kind'>,
  user: Pick<User, 'id' | 'role'>,
  kase: Pick<Case, 'assignee'>,
): boolean => entry.kind !== 'internal' || ownsAside(policy, user, kase);

/**
 * The queue is for those who review; the customer's side has its cases.
 * @throws BackendError `forbidden`
 */
export function assertQueues(user: Pick<User, 'role'>): void {
  if (isCustomerSide(user)) throw new BackendError('forbidden', 'The queue is for those who review.');
}

/** Marks the user's own person, so that the page can say "You". */
export const seenBy = <P extends Person | null>(person: P, user: Pick<User, 'id'>): P =>
  person && person.id === user.id ? { ...person, me: true } : person;

/** Without what must not reach a page whose escalation goes by e-mail (G14). */
function redacted(kase: Case): Case {
  const { subject: _subject, waitingFor: _waitingFor, ...rest } = kase;
  const bare = <U extends Case['lastUpdate'] | undefined>(update: U): U =>
    update ? ({ at: update.at, by: update.by } as U) : update;
  return {
    ...rest,
    lastUpdate: bare(kase.lastUpdate),
    ...(kase.lastSupportUpdate !== undefined && { lastSupportUpdate: bare(kase.lastSupportUpdate) }),
  };
}

/** An escalation without anything that somebody has written (G14). */
const statusOnly = ({
  details: _details,
  impact: _impact,
  contact: _contact,
  fields: _fields,
  attachments: _attachments,
  ...rest
}: Escalation) => ({
  ...rest,
  can: { post: false, act: [] },
});

/** What the help desk takes: see {@link offerOf}. */
export interface Offer {
  /** Whether there are entries, both ways. */
  feed: boolean;
  acts?: readonly ActionKind[];
}

/** What a help desk takes, by what it has and what it declares: nothing else is offered to anybody. */
export const offerOf = ({ act, entries, post, guarantees }: Backend): Offer => ({
  feed: Boolean(entries && post),
  acts: act ? guarantees.acts : [],
});

/** An escalation with what this user may do, and for reviewers with the criteria judged now. */
export function completeEscalation(
  escalation: Escalation,
  kase: Case,
  policy: Policy,
  user: User,
  now: Date,
  { feed, acts }: Offer,
): Escalation {
  const acting = withActions(escalation, user, policy, now);
  const posting = feed && isFeedOn(policy, { case: kase, user }) && acting.can.post;
  return {
    ...acting,
    can: { post: posting, act: acting.can.act.filter((kind) => !acts || acts.includes(kind)) },
    ...(isReviewer(policy, user) && { criteria: judgeCriteria(policy, { case: kase, user }, now) }),
  };
}

/**
 * Completes what a plain help desk answered: judged by the policy, without what this user may not see. The gateway
 * does this before every answer; a desk does it in the page for a backend that gives no verdict.
 * @param now the instant to judge at
 * @param languages for the policy's texts, best first
 */
export function completeState(
  plain: CaseState,
  policy: Policy,
  user: User,
  now: Date,
  languages: readonly string[] = [],
): JudgedState {
  const facts = { case: plain.case, user };
  const offer = { feed: plain.can?.feed ?? true, acts: plain.guarantees.acts };
  const byEmail = isByEmail(policy, facts);
  const open = plain.openEscalation;
  const visible = open !== null && seesEscalation(policy, open, user, plain.case);
  // Customers and partners escalate (G31): to the others the process is not offered, and an owner-only one is not known.
  const verdict =
    visible || (!open && isCustomerSide(user))
      ? judge(policy, { ...facts, openEscalation: open }, now, languages)
      : { kind: 'not-offered' as const };
  const { id, name, role, audience } = user;
  const shown = visible ? completeEscalation(open, plain.case, policy, user, now, offer) : null;
  return {
    ...plain,
    case: byEmail ? redacted(plain.case) : plain.case,
    openEscalation: shown && byEmail ? statusOnly(shown) : shown,
    past: byEmail ? [] : plain.past.filter((summary) => seesEscalation(policy, summary, user, plain.case)),
    verdict,
    policy: { id: policy.id, version: policy.version },
    user: { id, name, role, audience },
    can: {
      review: isReviewer(policy, user),
      note: !byEmail && (plain.can?.note ?? false),
      feed: offer.feed && isFeedOn(policy, facts),
      attach: byEmail ? null : (plain.can?.attach ?? null),
    },
  };
}
