import { completeEscalation, completeState, offerOf, seesEscalation } from '../core/access.js';
import { BackendError, isBackendError, type Backend, type Call } from '../core/backend.js';
import { isByEmail } from '../core/eligibility.js';
import { canonical } from '../core/hash.js';
import { isOutcomeUnknown } from '../core/outcome.js';
import type { Attachment, Case, CaseState, Escalation, User } from '../core/model.js';
import type { Policy } from '../core/policy.js';
import type { GatewayEvent, GatewayOptions } from './gateway.js';
import { readBody } from './http.js';
import { keyOf, once, type KeyStore } from './keys.js';

/** What every route works with: the request, its case and policy, and a write that happens once. */

/** One request with everything that answering it needs. */
export interface Context extends Pick<GatewayOptions, 'policyFor' | 'policies'> {
  backend: Backend;
  keys: KeyStore;
  serially: <T>(caseId: string, work: () => Promise<T>) => Promise<T>;
  notify: (event: GatewayEvent) => void;
  basePath: string;
  request: Request;
  user: User;
  /** When the request came. */
  now: Date;
  clock: () => Date;
  languages: string[];
  /** The ids in the path, in order. */
  params: string[];
}

export const notFound = () => new BackendError('not-found', 'There is nothing at this address for you.');

export const callOf = (context: Context, more: Partial<Call> = {}): Call => ({
  user: context.user,
  // A write goes on when whoever asked for it has gone: when they come back with its key, they hear what came of it.
  ...(more.key === undefined && { signal: context.request.signal }),
  languages: context.languages,
  ...more,
});

/** Files are fetched through this gateway, wherever the help desk keeps them. */
export const linked = <T extends { attachments?: Attachment[] }>(
  { basePath }: Context,
  caseId: string,
  thing: T,
): T =>
  thing.attachments
    ? { ...thing, attachments: thing.attachments.map((file) => linkedFile(basePath, caseId, file)) }
    : thing;

const linkedFile = (basePath: string, caseId: string, file: Attachment): Attachment => ({
  ...file,
  href: `${basePath}/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(file.id)}`,
});

/** An escalation as this user may see it. */
export const complete = (context: Context, escalation: Escalation, kase: Case, policy: Policy): Escalation =>
  linked(
    context,
    kase.id,
    completeEscalation(escalation, kase, policy, context.user, context.now, offerOf(context.backend)),
  );

/** The case as the help desk has it, its policy, and the same as this user may see it. */
export async function caseFor(context: Context, caseId: string) {
  const { backend, policyFor, user, now, languages } = context;
  const loaded = await backend.load(caseId, callOf(context));
  if (loaded === 'not-modified')
    throw new BackendError('server-error', 'The backend answered without a value.');
  const { can, guarantees } = loaded.value;
  const { feed, acts } = offerOf(backend);
  const plain: CaseState = {
    ...loaded.value,
    can: {
      review: false,
      note: Boolean(backend.note),
      attach: null,
      ...can,
      feed: feed && can?.feed !== false,
    },
    guarantees: {
      ...guarantees,
      ...(acts && { acts }),
      // What the help desk does not keep, this process does.
      dedup: 'key',
      unique: guarantees.unique === 'none' ? 'process' : guarantees.unique,
    },
    serverTime: now.toISOString(),
  };
  const policy = await policyFor(plain.case, user);
  const state = completeState(plain, policy, user, now, languages);
  const { openEscalation: open } = state;
  return { plain, policy, state: { ...state, openEscalation: open && linked(context, caseId, open) } };
}

/** An escalation of the path with its case and policy; 404 when this user may not know of it. */
export async function escalationFor(context: Context) {
  const { backend, user, params } = context;
  const found = await need(backend.escalation)(params[0] as string, callOf(context));
  if (found === 'not-modified') throw notFound();
  const { plain, policy } = await caseFor(context, found.value.caseId);
  if (!seesEscalation(policy, found.value, user, plain.case)) throw notFound();
  if (isByEmail(policy, { case: plain.case, user })) throw notFound();
  return { kase: plain.case, policy, escalation: complete(context, found.value, plain.case, policy) };
}

/** A method that this backend may not have. */
export function need<T extends (...rest: never[]) => unknown>(method: T | undefined): T {
  if (!method) throw new BackendError('not-found', 'This help desk does not offer that.');
  return method;
}

/** Every write with a key goes through here: key, body, and the answer kept. */
export async function write<T>(
  context: Context,
  schema: Parameters<typeof readBody<T>>[1],
  work: (body: T, key: string) => Promise<Response>,
): Promise<Response> {
  const { request, keys, user } = context;
  const key = keyOf(request);
  const body = await readBody(request, schema);
  const scope = `${user.id} ${request.method} ${new URL(request.url).pathname} ${key}`;
  return once(keys, scope, canonical(body), () => work(body, key));
}

/**
 * Waits for a write.
 * @param isKnownAgain the help desk would know it by its key
 * @throws BackendError `unconfirmed`, where it may have arrived and, done again, could be there twice
 */
export async function confirmed<T>(asked: Promise<T>, isKnownAgain: boolean): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (isKnownAgain || !isBackendError(error) || !isOutcomeUnknown(error)) throw error;
    throw new BackendError(
      'unconfirmed',
      'The help desk may have taken this, and did not confirm it. Look before you send it again.',
    );
  }
}

/** Whether the help desk knows a write again by its key. */
export const knowsKeys = ({ guarantees }: Backend): boolean => guarantees.dedup === 'key';

/** An escalation of the case is open. */
export const isTaken = (error: unknown): error is BackendError =>
  isBackendError(error) && error.code === 'open-escalation-exists';

/** The help desk itself knew of a faster one: it is shown as this user may see it. */
export function winnerFor(error: unknown, context: Context, kase: Case, policy: Policy): unknown {
  if (!isTaken(error)) return error;
  const winner = error.details.escalation;
  if (winner && !seesEscalation(policy, winner, context.user, kase)) return notFound();
  const escalation = winner && complete(context, winner, kase, policy);
  return new BackendError(error.code, error.message, escalation && { escalation });
}
