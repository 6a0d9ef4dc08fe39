import { BackendError } from './backend.js';
import type { Policy } from './policy.js';
import type { Session } from './session.js';

const policies = new WeakMap<Session, Map<string, Promise<Policy>>>();

/** The policy of a session: the desk's own, else fetched once per version. */
export function policyOf(session: Session): Promise<Policy> {
  const { snapshot, desk } = session;
  const { user, languages } = desk;
  if (desk.policy) return Promise.resolve(desk.policy);
  const ref = snapshot.phase === 'ready' ? snapshot.state.policy : undefined;
  if (!ref || !desk.backend.policy)
    return Promise.reject(new BackendError('unavailable', 'No policy is known for this case yet.'));
  const known = policies.get(session) ?? new Map<string, Promise<Policy>>();
  policies.set(session, known);
  const name = `${ref.id} ${ref.version}`;
  const asked = known.get(name) ?? desk.backend.policy(ref.id, ref.version, { user, languages });
  known.set(name, asked);
  asked.catch(() => known.delete(name));
  return asked;
}
