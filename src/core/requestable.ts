import { isCustomerSide } from './roles.js';
import { BackendError } from './backend.js';
import { channelFor, judgeCriteria, refusal } from './eligibility.js';
import { blocking, questions } from './request.js';
import { checkRequest } from './check-request.js';
import type { CaseState, EscalationRequest, JudgedState, User } from './model.js';
import type { Policy } from './policy.js';

/** While an escalation is open that this user may not know of, the case takes no request from them (P9). */
function assertNoneHidden(plain: CaseState, state: CaseState): void {
  if (plain.openEscalation && !state.openEscalation)
    throw new BackendError('not-found', 'There is no such case.');
}

/**
 * Refuses where an escalation is open.
 * @throws BackendError `not-found` (one that this user may not know of), `open-escalation-exists`
 */
export function assertNoneOpen(plain: CaseState, state: CaseState): void {
  assertNoneHidden(plain, state);
  if (state.openEscalation)
    throw new BackendError('open-escalation-exists', 'This case already has an open escalation.', {
      escalation: state.openEscalation,
    });
}

/** Whether an id is that of a declined escalation of the case (G34), as far as this user may know. */
const declined = ({ past }: CaseState, corrected: string): boolean =>
  past.some(({ id, status }) => id === corrected && status === 'declined');

/**
 * Refuses a request that the policy does not allow, in the order of judging. The gateway asks this before every write;
 * a desk whose backend gives no verdict asks it in the page.
 * @param plain as the help desk has it
 * @param state the same, completed for this user
 * @throws BackendError `not-found` (an escalation is open that this user may not know of), `forbidden` (not on the
 * customer's side), `open-escalation-exists`, `not-entitled`, `channel-not-offered`, `criteria-not-met`, `invalid`
 */
export function assertRequestable(
  plain: CaseState,
  state: JudgedState,
  policy: Policy,
  request: EscalationRequest,
  user: User,
  now: Date,
): void {
  const facts = { case: plain.case, user };
  assertNoneHidden(plain, state);
  // G31: customers and partners ask; who reviews would decide on their own request.
  if (!isCustomerSide(user))
    throw new BackendError('forbidden', `The role "${user.role}" may not ask for an escalation.`);
  assertNoneOpen(plain, state);
  const refused = refusal(policy, facts);
  if (refused)
    throw new BackendError('not-entitled', state.verdict.policyReason ?? 'This case cannot be escalated.', {
      plan: plain.case.plan ?? null,
      requiredPlans: refused.requiredPlans ?? [],
    });
  const channel = channelFor(policy, facts);
  if (channel?.use !== 'form')
    throw new BackendError('channel-not-offered', 'This case is not escalated by a form.', {
      channel: channel?.id ?? 'none',
    });
  const criteria = judgeCriteria(policy, facts, now);
  const unmet = [
    ...blocking(policy, criteria, request.confirmed),
    ...questions(policy, criteria).filter(({ id }) => !request.confirmed.includes(id)),
  ];
  if (unmet.length)
    throw new BackendError('criteria-not-met', 'Not all criteria for an escalation are met.', {
      criteria: unmet,
    });
  const errors = checkRequest(policy, facts, criteria, request).map(({ pointer, code, limit }) => ({
    pointer,
    detail: limit === undefined ? code : `${code}: ${limit}`,
  }));
  if (request.corrects !== undefined && !declined(state, request.corrects))
    errors.push({ pointer: '/corrects', detail: 'must be the id of a declined escalation of this case' });
  if (errors.length)
    throw new BackendError('invalid', 'Some members of the request are missing or wrong.', { errors });
}
