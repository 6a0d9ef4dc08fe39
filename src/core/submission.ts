import { BackendError, isBackendError } from './backend.js';
import { hashOf } from './hash.js';
import { newId } from './id.js';
import type { Escalation, EscalationRequest, JudgedState } from './model.js';
import { isOutcomeUnknown } from './outcome.js';
import { callOf } from './session-actions.js';
import type { Session } from './session.js';
import { list, number, object, oneOf, optional, text } from './shape.js';

/** A request that is filed exactly once, whatever happens on the way and in however many tabs. */

/** What the tabs of one user and case know of a request. There is no text in it. */
export interface SubmitRecord {
  v: 1;
  /** Idempotency key: the first tab to open the dialog makes it, all others take it over. */
  key: string;
  /** Of the body that went with the key; empty: none has. */
  hash: string;
  /** `sent`: the outcome may not be known. `done`: the help desk has it. */
  state: 'open' | 'sent' | 'done';
  /** When it came to be so, by the clock of the device, in milliseconds. */
  at: number;
  /** Of the escalation, once that is known. */
  id?: string;
}

/** A request as it was sent: until its outcome is known it is repeated with this key and this body, never with another. */
export interface Attempt {
  key: string;
  request: EscalationRequest;
  /** When it was first sent, by the clock of the help desk, in milliseconds. */
  at: number;
}

/** Where tabs keep what they know of a request; without a place for it, as long as the page. */
export interface Ledger {
  /** The clock of the device, in milliseconds. */
  now(): number;
  /** @returns null: there is none, or it is not one, or it is older than a day */
  read(): SubmitRecord | null;
  write(record: SubmitRecord | null): void;
  /** What this tab has sent, also before a reload; null: nothing whose outcome is unknown. */
  attempt(): Attempt | null;
  /** Keeps in this tab what is about to be sent; null: its outcome is known. */
  keep(attempt: Attempt | null): void;
  /** Does something while no other tab does. */
  alone<T>(work: () => T): Promise<T>;
}

/** For who shares nothing, and keeps nothing. */
export const noLedger: Ledger = {
  now: () => 0,
  read: () => null,
  write: () => undefined,
  attempt: () => null,
  keep: () => undefined,
  alone: async (work) => work(),
};

/** Whether what was kept is a record, as this version writes them. */
export const isSubmitRecord = object({
  v: (value) => value === 1,
  key: text,
  hash: text,
  state: oneOf('open', 'sent', 'done'),
  at: number,
  id: optional(text),
}) as (value: unknown) => value is SubmitRecord;

/** Whether what was kept is a request that was sent, as this version writes them. */
export const isAttempt = object({
  key: text,
  at: number,
  request: object({
    reasonId: text,
    details: optional(text),
    impact: optional(text),
    confirmed: list(text),
    policyVersion: text,
  }),
}) as (value: unknown) => value is Attempt;

/** As long as a request may be on its way with all its tries, and until every look shows what came of it. */
export const SETTLES_MS = 120_000;

/** A filed escalation; `replayed`: the help desk had it already. */
export interface Filed {
  escalation: Escalation;
  replayed: boolean;
}

const isRepeatable = ({ plain }: Session): boolean => plain?.guarantees.dedup !== 'none';

/** The dialog has opened: now the key is made, so that tabs that open it share one. */
export const openSubmission = (ledger: Ledger): Promise<void> =>
  ledger.alone(() => {
    if (!ledger.read()) ledger.write({ v: 1, key: newId(), hash: '', state: 'open', at: ledger.now() });
  });

/**
 * The key to send a body with.
 * @param seen the case, after a look that was made because of the record
 * @returns undefined: the request of another tab comes first
 */
export function keyFor(
  record: SubmitRecord | null,
  hash: string,
  now: number,
  repeatable: boolean,
  seen?: JudgedState,
): string | undefined {
  if (!record) return newId();
  if (record.state === 'open') return record.key;
  if (record.state === 'sent' && record.hash === hash && repeatable) return record.key;
  if (!seen) return undefined;
  const isOver = now - record.at >= SETTLES_MS;
  // Whoever sent it does not tell any more: with its key the help desk knows whether it has arrived.
  if (record.state === 'sent') return isOver ? record.key : undefined;
  const hasEnded = seen.past.some(({ id }) => id === record.id);
  // Where a case can have two, a look may be older than the request.
  return hasEnded || isOver || seen.guarantees.unique !== 'none' ? newId() : undefined;
}

const sending = new WeakMap<Session, Promise<Filed>>();

/**
 * Files an escalation. While the outcome of an earlier try is unknown, that one is repeated with its key and its
 * body, whatever is given: a second request could be a second escalation. Several callers at once share one request (C06);
 * of several tabs the first one sends, and the others look what came of it (C04).
 * @throws BackendError; `request-in-progress` without an attempt: another tab's request is on its way
 */
export function escalate(
  session: Session,
  request: EscalationRequest,
  ledger: Ledger = noLedger,
): Promise<Filed> {
  const work = sending.get(session) ?? send(session, request, ledger).finally(() => sending.delete(session));
  sending.set(session, work);
  return work;
}

async function send(session: Session, request: EscalationRequest, ledger: Ledger): Promise<Filed> {
  const { backend } = session.desk;
  const attempt = (session.attempt ??= await begin(session, request, ledger));
  try {
    // Where no server judges, refused here is what a server would refuse.
    if (session.plain && !session.plain.verdict)
      (await import('./judge-in-page.js')).assertInPage(session, session.plain, attempt.request);
    const call = callOf(session, { key: attempt.key });
    const filed = await backend.escalate(session.caseId, attempt.request, call);
    done(session, ledger, attempt.key, filed.escalation.id);
    session.adopt(filed.escalation);
    return filed;
  } catch (error) {
    if (!isBackendError(error)) throw error;
    if (error.code === 'idempotency-key-reused') {
      // Another tab's body has arrived with this key: what came of it is what counts.
      done(session, ledger, attempt.key);
      assertNoneOpen(await look(session));
      throw fromOtherTab();
    }
    // Only a definite refusal releases the key.
    if (!isOutcomeUnknown(error) && !error.retryable && error.code !== 'signed-out')
      release(session, ledger, attempt.key);
    if (error.code === 'open-escalation-exists' && error.details.escalation)
      session.adopt(error.details.escalation);
    else if (!error.retryable) void session.again();
    throw error;
  }
}

/** Claims a key for a body, and keeps both before anything is sent (T24). */
async function begin(session: Session, request: EscalationRequest, ledger: Ledger): Promise<Attempt> {
  const hash = hashOf(request);
  const claim = (seen?: JudgedState) =>
    ledger.alone(() => {
      const now = ledger.now();
      const key = keyFor(ledger.read(), hash, now, isRepeatable(session), seen);
      if (!key) return undefined;
      const attempt = { key, request, at: session.now().getTime() };
      ledger.write({ v: 1, key, hash, state: 'sent', at: now });
      ledger.keep(attempt);
      return attempt;
    });
  const claimed = (await claim()) ?? (await claim(assertNoneOpen(await look(session))));
  if (claimed) return claimed;
  throw fromOtherTab();
}

const fromOtherTab = () =>
  new BackendError('request-in-progress', 'A request from another tab is on its way.');

async function look(session: Session): Promise<JudgedState> {
  await session.again();
  const { state, problem } = session.snapshot;
  if (state && !problem) return state;
  throw problem ?? new BackendError('network');
}

function assertNoneOpen(state: JudgedState): JudgedState {
  const { openEscalation: escalation } = state;
  if (!escalation) return state;
  throw new BackendError('open-escalation-exists', 'This case already has an open escalation.', {
    escalation,
  });
}

function settle(session: Session, ledger: Ledger, key: string): SubmitRecord | null {
  // Another user may have begun since.
  if (session.attempt?.key === key) session.attempt = undefined;
  if (ledger.attempt()?.key === key) ledger.keep(null);
  const record = ledger.read();
  return record?.key === key ? record : null;
}

function done(session: Session, ledger: Ledger, key: string, id?: string): void {
  const record = settle(session, ledger, key);
  if (record) ledger.write({ ...record, state: 'done', at: ledger.now(), ...(id && { id }) });
}

/** The outcome is known, and nothing has been filed: the next request has another key. */
export function release(session: Session, ledger: Ledger, key = session.attempt?.key): void {
  if (key && settle(session, ledger, key)) ledger.write(null);
}

/**
 * After a reload: takes up a request whose outcome was not known.
 * @returns `filed`: the case shows that it has arrived; `unknown`: {@link Session.attempt} has it again; `none`: there is none
 */
export function recallAttempt(
  session: Session,
  ledger: Ledger,
  { openEscalation: open, past }: JudgedState,
): 'none' | 'filed' | 'unknown' {
  const attempt = ledger.attempt();
  if (!attempt || session.attempt) return 'none';
  const { key, request, at } = attempt;
  // A second for the rounding of times.
  const isIt = (row: Pick<Escalation, 'reason' | 'requestedAt'>) =>
    row.reason.id === request.reasonId && Date.parse(row.requestedAt) >= at - 1000;
  const mine = open?.requestedBy?.me && isIt(open) ? open : undefined;
  const record = ledger.read();
  if (mine || (record?.key === key && record.state === 'done')) {
    done(session, ledger, key, mine?.id);
    return 'filed';
  }
  // It has ended since, or was somebody else's: nothing to repeat, and the text stays.
  if (past.some(isIt)) release(session, ledger, key);
  // Another tab has come to know of it, or has gone on with another text.
  else if (record && (record.key !== key || record.hash !== hashOf(request))) ledger.keep(null);
  else session.attempt = attempt;
  return session.attempt ? 'unknown' : 'none';
}
