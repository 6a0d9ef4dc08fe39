import { BackendError, type Call } from './backend.js';
import { newId } from './id.js';
import type { Action, CaseNote, Escalation, Feedback } from './model.js';
import type { Session } from './session.js';

/** What goes with a call on this case. Where the help desk would not know a write again, it is sent once, key or not. */
export const callOf = ({ desk, plain }: Session, more: Partial<Call> = {}): Call => {
  const { user, languages, policy } = desk;
  return { user, languages, policy, ...(plain?.guarantees.dedup === 'none' && { once: true }), ...more };
};

const missing = () => new BackendError('not-found', 'This help desk does not offer that.');

/**
 * Acts on an escalation of the case.
 * @param key of the action: the same one when it is tried again
 * @returns the escalation as it is then
 */
export async function act(
  session: Session,
  { id, version }: Pick<Escalation, 'id' | 'version'>,
  action: Action,
  key: string = newId(),
): Promise<Escalation> {
  const { backend } = session.desk;
  if (!backend.act) throw missing();
  const { value } = await backend.act(id, action, callOf(session, { key, etag: version }));
  void session.again();
  return value;
}

/** Answers "Was this article helpful?" for the policy of a session (P20). */
export async function feedback(session: Session, policyId: string, given: Feedback): Promise<void> {
  const { backend } = session.desk;
  if (!backend.feedback) throw missing();
  await backend.feedback(policyId, given, callOf(session));
}

/**
 * Puts a text on the case itself.
 * @param key of the text: the same one when it is tried again
 */
export async function note(session: Session, text: CaseNote, key: string = newId()): Promise<void> {
  const { backend } = session.desk;
  if (!backend.note) throw missing();
  await backend.note(session.caseId, text, callOf(session, { key }));
  void session.again();
}
