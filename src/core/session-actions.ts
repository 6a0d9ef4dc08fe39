import { BackendError, isBackendError, type Call } from './backend.js';
import { isOutcomeUnknown } from './outcome.js';
import { newId } from './id.js';
import type { Action, CaseNote, Escalation, EscalationRequest, Feedback } from './model.js';
import type { Session } from './session.js';

const callOf = ({ desk: { user, languages, policy } }: Session, more: Partial<Call> = {}): Call => ({
  user,
  languages,
  policy,
  ...more,
});

const missing = () => new BackendError('not-found', 'This help desk does not offer that.');

/** A filed escalation; `replayed`: the help desk had it already. */
export interface Filed {
  escalation: Escalation;
  replayed: boolean;
}

const sending = new WeakMap<Session, Promise<Filed>>();

/**
 * Files an escalation. While the outcome of an earlier try is unknown, that one is repeated with its key and its
 * body, whatever is given: a second request could be a second escalation. Several callers at once share one request (C06). */
export function escalate(session: Session, request: EscalationRequest): Promise<Filed> {
  const work = sending.get(session) ?? send(session, request).finally(() => sending.delete(session));
  sending.set(session, work);
  return work;
}

async function send(session: Session, request: EscalationRequest): Promise<Filed> {
  const { backend } = session.desk;
  const attempt = (session.attempt ??= { key: newId(), request });
  try {
    // Where no server judges, refused here is what a server would refuse.
    if (session.plain && !session.plain.verdict)
      (await import('./judge-in-page.js')).assertInPage(session, session.plain, attempt.request);
    const filed = await backend.escalate(
      session.caseId,
      attempt.request,
      callOf(session, { key: attempt.key }),
    );
    session.attempt = undefined;
    session.adopt(filed.escalation);
    return filed;
  } catch (error) {
    if (!isBackendError(error)) throw error;
    // Only a definite refusal releases the key.
    if (!isOutcomeUnknown(error) && !error.retryable && error.code !== 'signed-out')
      session.attempt = undefined;
    if (error.code === 'open-escalation-exists' && error.details.escalation)
      session.adopt(error.details.escalation);
    else if (!error.retryable) void session.again();
    throw error;
  }
}

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
