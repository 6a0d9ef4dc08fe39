import { isCustomerSide, isReviewer } from './roles.js';
import { BackendError } from './backend.js';
import { isOpen, isOverdue, OPEN } from './status.js';
import type { Action, ActionKind, Escalation, Level, Status, User } from './model.js';
import type { Policy } from './policy.js';

const ANY: readonly Status[] = [...OPEN, 'declined', 'resolved', 'withdrawn'];

/** `both`: either side, but no engineer and no third party. */
type Who = 'reviewer' | 'customer' | 'withdrawer' | 'both' | 'anyone';

/** Who may do what from which status. Neither process describes an end; the last five rows are ours. */
const RULES: Record<ActionKind, { from: readonly Status[]; who: Who }> = {
  take: { from: ['requested'], who: 'reviewer' }, // G32
  accept: { from: ['requested', 'under-review'], who: 'reviewer' }, // G35
  decline: { from: ['requested', 'under-review'], who: 'reviewer' }, // G34
  promise: { from: ['under-review', 'accepted'], who: 'reviewer' }, // G36
  'keep-promise': { from: ['under-review', 'accepted'], who: 'reviewer' },
  'next-update': { from: ['under-review', 'accepted'], who: 'reviewer' }, // G36
  'move-to-case-feed': { from: OPEN, who: 'both' }, // G41
  note: { from: ANY, who: 'reviewer' },
  resolve: { from: ['accepted'], who: 'reviewer' },
  withdraw: { from: OPEN, who: 'withdrawer' },
  reopen: { from: ['resolved'], who: 'both' },
  follow: { from: OPEN, who: 'customer' },
  nudge: { from: OPEN, who: 'customer' },
  rate: { from: ['resolved'], who: 'customer' },
  read: { from: ANY, who: 'anyone' },
};

/** Actions that leave the version alone and need no `If-Match`. */
export const isPersonal = (kind: ActionKind): boolean => ['read', 'follow', 'nudge', 'rate'].includes(kind);

const mayAct = (kind: ActionKind, user: Pick<User, 'role'>, policy: Policy): boolean => {
  const { who } = RULES[kind];
  if (who === 'anyone') return true;
  if (who === 'both') return isReviewer(policy, user) || isCustomerSide(user);
  if (who === 'reviewer') return isReviewer(policy, user);
  if (who === 'withdrawer') return policy.lifecycle.withdraw.includes(user.role);
  return isCustomerSide(user);
};

/** Whether this escalation, at this moment, takes an action whose status and actor are right. */
function isTimely(kind: ActionKind, escalation: Escalation, now: Date): boolean {
  if (kind === 'reopen') return !escalation.reopenUntil || now < new Date(escalation.reopenUntil);
  if (kind === 'nudge') return isOverdue(escalation, now);
  if (kind === 'rate') return escalation.closed?.rating === undefined;
  if (kind === 'follow') return !escalation.following && !escalation.requestedBy?.me;
  if (kind === 'keep-promise') return escalation.promises.some(({ keptAt }) => !keptAt);
  // What is for the owners only stays apart from the case (P9).
  if (kind === 'move-to-case-feed') return escalation.visibility !== 'owner-only';
  return true;
}

/** What this user may do with an escalation now. */
export function allowedActions(
  escalation: Escalation,
  user: Pick<User, 'role'>,
  policy: Policy,
  now: Date,
): ActionKind[] {
  return (Object.keys(RULES) as ActionKind[]).filter(
    (kind) =>
      RULES[kind].from.includes(escalation.status) &&
      mayAct(kind, user, policy) &&
      isTimely(kind, escalation, now),
  );
}

/** The escalation with what this user may do with it now. */
export const withActions = (
  escalation: Escalation,
  user: Pick<User, 'role'>,
  policy: Policy,
  now: Date,
): Escalation => ({
  ...escalation,
  can: { post: isOpen(escalation), act: allowedActions(escalation, user, policy, now) },
});

/**
 * Refuses what the lifecycle does not allow.
 * @throws BackendError `forbidden` (this role never may), `transition-not-allowed` (not from here, or not now),
 * `invalid` (names a promise that is not there, or is kept)
 */
export function assertAllowed(
  escalation: Escalation,
  action: Action,
  user: Pick<User, 'role'>,
  policy: Policy,
  now: Date,
): void {
  if (!mayAct(action.kind, user, policy))
    throw new BackendError('forbidden', `The role "${user.role}" may not ${action.kind}.`);
  const allowed = allowedActions(escalation, user, policy, now);
  if (!allowed.includes(action.kind))
    throw new BackendError(
      'transition-not-allowed',
      `"${action.kind}" is not possible while the escalation is ${escalation.status}.`,
      { from: escalation.status, allowed },
    );
  if (
    action.kind === 'keep-promise' &&
    !escalation.promises.some(({ id, keptAt }) => id === action.promiseId && !keptAt)
  )
    throw new BackendError('invalid', 'There is no such promise to keep.', {
      errors: [{ pointer: '/promiseId', detail: 'must be the id of a promise that is not yet kept' }],
    });
}

/** Priority of an escalation by the policy's matrix, importance × urgency (G35). */
export const escalationPriority = (policy: Policy, importance: Level, urgency: Level): Level =>
  policy.lifecycle.priority[importance][urgency];
