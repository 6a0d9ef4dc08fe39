import { completeState } from './access.js';
import { BackendError } from './backend.js';
import type { CaseState, EscalationRequest, JudgedState, User } from './model.js';
import type { Policy } from './policy.js';
import { assertRequestable } from './requestable.js';
import type { Session } from './session.js';

/** What judging in the page needs of a desk. */
function judgeOf({ desk: { policy, user } }: Session): { policy: Policy; user: User } {
  if (policy && user) return { policy, user };
  throw new BackendError('protocol', 'This backend gives no verdict: the desk needs a policy and a user.');
}

/** For a backend that gives no verdict: judged by the desk's policy, with the core that a gateway would use. */
export function judgeInPage(session: Session, plain: CaseState): JudgedState {
  const { policy, user } = judgeOf(session);
  return completeState(plain, policy, user, session.now(), session.desk.languages);
}

/** Refuses in the page what a server would refuse; see {@link assertRequestable} for the errors. */
export function assertInPage(session: Session, plain: CaseState, request: EscalationRequest): void {
  const { policy, user } = judgeOf(session);
  assertRequestable(plain, judgeInPage(session, plain), policy, request, user, session.now());
}
