import { completeEscalation, completeState, seesEntry, seesEscalation } from '../core/access.js';
import { BackendError, isBackendError, type Backend, type Call } from '../core/backend.js';
import { channelFor, isByEmail, isFeedOn } from '../core/eligibility.js';
import { canonical, hashOf } from '../core/hash.js';
import { assertAllowed, isPersonal } from '../core/lifecycle.js';
import { isOpen } from '../core/status.js';
import type { Case, CaseState, EntryQuery, Escalation, User } from '../core/model.js';
import type { Policy } from '../core/policy.js';
import { actionSchema, entryDraftSchema, feedbackSchema, noteSchema, requestSchema } from '../core/bodies.js';
import { assertNoneOpen, assertRequestable } from '../core/requestable.js';
import type { GatewayEvent, GatewayOptions } from './gateway.js';
import { json, readBody, tagged, tagIn } from './http.js';
import { keyOf, once, type KeyStore } from './keys.js';

/** One request with everything that answering it needs. */
export interface Context extends Pick<GatewayOptions, 'policyFor' | 'policies'> {
  backend: Backend;
  keys: KeyStore;
  serially: <T>(caseId: string, work: () => Promise<T>) => Promise<T>;
  notify: (event: GatewayEvent) => void;
  basePath: string;
  request: Request;
  user: User;
  now: Date;
  languages: string[];
  /** The ids in the path, in order. */
  params: string[];
}

const notFound = () => new BackendError('not-found', 'There is nothing at this address for you.');

const callOf = (context: Context, more: Partial<Call> = {}): Call => ({
  user: context.user,
  signal: context.request.signal,
  languages: context.languages,
  ...more,
});

/** The case as the help desk has it, its policy, and the same as this user may see it. */
async function caseFor(context: Context, caseId: string) {
  const { backend, policyFor, user, now, languages } = context;
  const loaded = await backend.load(caseId, callOf(context));
  if (loaded === 'not-modified')
    throw new BackendError('server-error', 'The backend answered without a value.');
  const plain: CaseState = {
    ...loaded.value,
    guarantees: {
      ...loaded.value.guarantees,
      // What the help desk does not keep, this process does.
      dedup: 'key',
      unique: loaded.value.guarantees.unique === 'none' ? 'process' : loaded.value.guarantees.unique,
    },
    serverTime: now.toISOString(),
  };
  const policy = await policyFor(plain.case, user);
  return { plain, policy, state: completeState(plain, policy, user, now, languages) };
}

/** An escalation of the path with its case and policy; 404 when this user may not know of it. */
async function escalationFor(context: Context) {
  const { backend, user, now, params } = context;
  const found = await need(backend.escalation)(params[0] as string, callOf(context));
  if (found === 'not-modified') throw notFound();
  const { plain, policy } = await caseFor(context, found.value.caseId);
  if (!seesEscalation(policy, found.value, user, plain.case)) throw notFound();
  if (isByEmail(policy, { case: plain.case, user })) throw notFound();
  return {
    kase: plain.case,
    policy,
    escalation: completeEscalation(found.value, plain.case, policy, user, now),
  };
}

/** A method that this backend may not have. */
function need<T extends (...rest: never[]) => unknown>(method: T | undefined): T {
  if (!method) throw new BackendError('not-found', 'This help desk does not offer that.');
  return method;
}

/** The version, which `If-Match` compares, and a hash of all: messages and ratings leave the version. */
const escalationTag = (escalation: Escalation): string => `${escalation.version}.${hashOf(escalation)}`;

const getCase = async (context: Context): Promise<Response> => {
  const { state } = await caseFor(context, context.params[0] as string);
  const { serverTime: _serverTime, ...lasting } = state;
  return tagged(context.request, state, hashOf([context.user.id, lasting]));
};

/** No events yet, so a page polls; and whether there is such a case stays as untold as anywhere else. */
const getEvents = async (context: Context): Promise<Response> => {
  await caseFor(context, context.params[0] as string);
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
};

const getPolicy = async ({ policies, params, request }: Context): Promise<Response> => {
  const policy = await policies(params[0] as string, params[1] as string);
  if (!policy) throw notFound();
  const answer = tagged(request, policy, hashOf(policy));
  answer.headers.set('Cache-Control', 'private, max-age=31536000, immutable');
  return answer;
};

/** Every write with a key goes through here: key, body, and the answer kept. */
async function write<T>(
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

const postEscalation = (context: Context): Promise<Response> =>
  write(context, requestSchema, (body, key) => {
    const { backend, user, now, basePath, notify } = context;
    const caseId = context.params[0] as string;
    return context.serially(caseId, async () => {
      const { plain, state, policy } = await caseFor(context, caseId);
      assertRequestable(plain, state, policy, body, user, now);
      try {
        const made = await backend.escalate(caseId, body, callOf(context, { key, policy }));
        const escalation = completeEscalation(made.escalation, plain.case, policy, user, now);
        notify({ kind: 'requested', escalation, user });
        const location = `${basePath}/escalations/${encodeURIComponent(escalation.id)}`;
        return json(escalation, {
          status: 201,
          headers: { Location: location, ...(made.replayed && { 'Idempotency-Replayed': 'true' }) },
        });
      } catch (error) {
        throw winnerFor(error, context, plain.case, policy);
      }
    });
  });

/** The help desk itself knew of a faster one: it is shown as this user may see it. */
function winnerFor(error: unknown, { user, now }: Context, kase: Case, policy: Policy): unknown {
  if (!isBackendError(error) || error.code !== 'open-escalation-exists') return error;
  const winner = error.details.escalation;
  if (winner && !seesEscalation(policy, winner, user, kase)) return notFound();
  const escalation = winner && completeEscalation(winner, kase, policy, user, now);
  return new BackendError(error.code, error.message, escalation && { escalation });
}

const postNote = (context: Context): Promise<Response> =>
  write(context, noteSchema, async (note, key) => {
    const caseId = context.params[0] as string;
    const { plain, policy } = await caseFor(context, caseId);
    const facts = { case: plain.case, user: context.user };
    if (isByEmail(policy, facts))
      throw new BackendError('channel-not-offered', 'Communication for this case is by e-mail.', {
        channel: channelFor(policy, facts)?.id,
      });
    await need(context.backend.note)(caseId, note, callOf(context, { key, policy }));
    return json({}, { status: 201 });
  });

const getEscalation = async (context: Context): Promise<Response> => {
  const { escalation } = await escalationFor(context);
  return tagged(context.request, escalation, escalationTag(escalation));
};

function entryQuery(given: URLSearchParams): EntryQuery {
  const limit = Number(given.get('limit') ?? 50);
  const wrong = (detail: string) =>
    new BackendError('invalid', 'The query is wrong.', { errors: [{ pointer: '', detail }] });
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw wrong('limit must be 1 to 500');
  const [before, after] = [given.get('before') ?? undefined, given.get('after') ?? undefined];
  if (before !== undefined && after !== undefined) throw wrong('at most one of before and after');
  return { limit, before, after };
}

const getEntries = async (context: Context): Promise<Response> => {
  const { kase, policy, escalation } = await escalationFor(context);
  if (!isFeedOn(policy, { case: kase, user: context.user })) throw notFound();
  const query = entryQuery(new URL(context.request.url).searchParams);
  const found = await need(context.backend.entries)(escalation.id, query, callOf(context));
  if (found === 'not-modified') throw notFound();
  const entries = found.value.entries.filter((entry) => seesEntry(policy, entry, context.user, kase));
  const page = { ...found.value, entries };
  return tagged(context.request, page, hashOf(page));
};

const postEntry = (context: Context): Promise<Response> =>
  write(context, entryDraftSchema, async (draft, key) => {
    const { kase, policy, escalation } = await escalationFor(context);
    if (draft.clientId !== key)
      throw new BackendError('invalid', 'The key of a message is its clientId.', {
        errors: [{ pointer: '/clientId', detail: 'must equal the Idempotency-Key' }],
      });
    if (!isOpen(escalation))
      throw new BackendError('escalation-closed', 'This escalation is closed: it takes no more messages.');
    if (!isFeedOn(policy, { case: kase, user: context.user })) throw notFound();
    // What is for the owners only is never copied to the case (P9).
    const sent = escalation.visibility === 'owner-only' ? { ...draft, alsoOnCase: false } : draft;
    const entry = await need(context.backend.post)(escalation.id, sent, callOf(context, { key, policy }));
    context.notify({ kind: 'message', escalation, entry, user: context.user });
    return json(entry, { status: 201 });
  });

const postAction = (context: Context): Promise<Response> =>
  write(context, actionSchema, async (action, key) => {
    const { backend, user, now, request } = context;
    const { kase, policy, escalation } = await escalationFor(context);
    const etag = tagIn(request.headers.get('If-Match'));
    if (!isPersonal(action.kind)) {
      if (!etag) throw new BackendError('if-match-missing', 'Send If-Match with the ETag that you have.');
      if (etag.split('.')[0] !== escalation.version)
        throw new BackendError('version-changed', 'The escalation changed in the meantime.', {
          escalation,
        });
    }
    assertAllowed(escalation, action, user, policy, now);
    return context.serially(escalation.caseId, async () => {
      if (action.kind === 'reopen') {
        const { plain, state } = await caseFor(context, escalation.caseId);
        assertNoneOpen(plain, state);
      }
      const call = callOf(context, { key, policy, ...(!isPersonal(action.kind) && { etag }) });
      const acted = await need(backend.act)(escalation.id, action, call).catch((error: unknown) => {
        throw winnerFor(error, context, kase, policy);
      });
      const changed = completeEscalation(acted.value, kase, policy, user, now);
      if (!isPersonal(action.kind)) context.notify({ kind: 'changed', escalation: changed, user });
      return tagged(request, changed, escalationTag(changed));
    });
  });

const postFeedback = async (context: Context): Promise<Response> => {
  const feedback = await readBody(context.request, feedbackSchema);
  const id = context.params[0] as string;
  if (!(await context.policies(id, feedback.version))) throw notFound();
  await need(context.backend.feedback)(id, feedback, callOf(context));
  return new Response(null, { status: 204 });
};

/** The contract's calls. `*` takes one segment of the path. */
export const routes: {
  method: string;
  pattern: string[];
  handle: (context: Context) => Promise<Response>;
}[] = [
  { method: 'GET', pattern: ['cases', '*'], handle: getCase },
  { method: 'GET', pattern: ['cases', '*', 'events'], handle: getEvents },
  { method: 'POST', pattern: ['cases', '*', 'escalations'], handle: postEscalation },
  { method: 'POST', pattern: ['cases', '*', 'notes'], handle: postNote },
  { method: 'GET', pattern: ['policies', '*', '*'], handle: getPolicy },
  { method: 'POST', pattern: ['policies', '*', 'feedback'], handle: postFeedback },
  { method: 'GET', pattern: ['escalations', '*'], handle: getEscalation },
  { method: 'GET', pattern: ['escalations', '*', 'entries'], handle: getEntries },
  { method: 'POST', pattern: ['escalations', '*', 'entries'], handle: postEntry },
  { method: 'POST', pattern: ['escalations', '*', 'actions'], handle: postAction },
];
