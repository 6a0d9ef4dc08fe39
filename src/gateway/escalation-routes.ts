import { assertQueues, seesEntry, seesEscalation } from '../core/access.js';
import { BackendError, isBackendError } from '../core/backend.js';
import { actionSchema, entryDraftSchema, isUtcTime } from '../core/bodies.js';
import { isByEmail, isFeedOn } from '../core/eligibility.js';
import { hashOf } from '../core/hash.js';
import { ladderRoles } from '../core/ladder.js';
import { assertAllowed, isPersonal } from '../core/lifecycle.js';
import type { Action, EntryQuery, Escalation, QueueQuery, Status } from '../core/model.js';
import type { Policy } from '../core/policy.js';
import { assertNoneOpen } from '../core/requestable.js';
import { isReviewer } from '../core/roles.js';
import { isOpen } from '../core/status.js';
import type { About } from './gateway.js';
import {
  callOf,
  caseFor,
  complete,
  confirmed,
  escalationFor,
  knowsKeys,
  linked,
  need,
  notFound,
  winnerFor,
  write,
  type Context,
} from './context.js';
import { json, tagged, tagIn } from './http.js';

/** The calls about escalations: the queue, one of them, its entries and what is done with it. */

/** The version, which `If-Match` compares, and a hash of all: messages and ratings leave the version. */
const escalationTag = (escalation: Escalation): string => `${escalation.version}.${hashOf(escalation)}`;

export const getEscalation = async (context: Context): Promise<Response> => {
  const { escalation } = await escalationFor(context);
  return tagged(context.request, escalation, escalationTag(escalation));
};

const wrong = (detail: string) =>
  new BackendError('invalid', 'The query is wrong.', { errors: [{ pointer: '', detail }] });

function limitOf(given: URLSearchParams): number {
  const limit = Number(given.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw wrong('limit must be 1 to 500');
  return limit;
}

function queueQuery(given: URLSearchParams): QueueQuery {
  if (!['', 'true'].includes(given.get('open') ?? 'no')) throw wrong('open must be there: ?open');
  return { limit: limitOf(given), after: given.get('after') ?? undefined };
}

/** An escalation of the queue as this user may see it; null: it is not theirs to review. */
async function reviewable(context: Context, found: Escalation): Promise<Escalation | null> {
  const { user } = context;
  const { plain, policy } = await caseFor(context, found.caseId);
  const facts = { case: plain.case, user };
  if (!isReviewer(policy, user) || !seesEscalation(policy, found, user, plain.case)) return null;
  if (isByEmail(policy, facts)) return null;
  return complete(context, found, plain.case, policy);
}

/** A row whose case has gone takes nothing else of the queue with it. */
export const getQueue = async (context: Context): Promise<Response> => {
  const { backend, request, user } = context;
  assertQueues(user);
  const query = queueQuery(new URL(request.url).searchParams);
  const found = await need(backend.queue)(query, callOf(context));
  if (found === 'not-modified') throw notFound();
  const rows = await Promise.all(
    found.value.escalations.map((row) =>
      reviewable(context, row).catch((error: unknown) => {
        if (isBackendError(error) && error.code === 'not-found') return null;
        throw error;
      }),
    ),
  );
  const queue = { escalations: rows.filter((row) => row !== null), after: found.value.after };
  return tagged(request, queue, hashOf([user.id, queue]));
};

/** Characters of a search. */
const MOST_SOUGHT = 200;

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && isUtcTime(`${text}T00:00:00Z`);

function entryQuery(given: URLSearchParams): EntryQuery {
  const limit = limitOf(given);
  const one = (name: string) => given.get(name) ?? undefined;
  const [before, after, at, q] = [one('before'), one('after'), one('at'), one('q')?.trim()];
  if ([before, after, at, q].filter((value) => value !== undefined).length > 1)
    throw wrong('at most one of before, after, at and q');
  if (at !== undefined && !isDay(at) && !isUtcTime(at))
    throw wrong('at must be a day or an RFC 3339 time in UTC');
  if (q !== undefined && !(q && [...q].length <= MOST_SOUGHT))
    throw wrong(`q must have 1 to ${MOST_SOUGHT} characters`);
  return { limit, before, after, at, q };
}

export const getEntries = async (context: Context): Promise<Response> => {
  const { kase, policy, escalation } = await escalationFor(context);
  if (!isFeedOn(policy, { case: kase, user: context.user })) throw notFound();
  const query = entryQuery(new URL(context.request.url).searchParams);
  // With the policy, so that what is kept from this user is not found by its words either.
  const found = await need(context.backend.entries)(escalation.id, query, callOf(context, { policy }));
  if (found === 'not-modified') throw notFound();
  const entries = found.value.entries
    .filter((entry) => seesEntry(policy, entry, context.user, kase))
    .map((entry) => linked(context, kase.id, entry));
  const page = { ...found.value, entries };
  return tagged(context.request, page, hashOf(page));
};

export const postEntry = (context: Context): Promise<Response> =>
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
    const posted = need(context.backend.post)(escalation.id, sent, callOf(context, { key, policy }));
    const entry = await confirmed(posted, knowsKeys(context.backend));
    context.notify({ kind: 'message', escalation, case: kase, entry, user: context.user });
    return json(linked(context, kase.id, entry), { status: 201 });
  });

/** Tells of an action; what somebody has read is theirs alone. */
function told(
  { notify, now }: Context,
  { kind }: Action,
  policy: Policy,
  previous: Status,
  about: About,
): void {
  if (kind === 'read') return;
  if (kind === 'nudge')
    notify({ ...about, kind: 'nudged', roles: ladderRoles(policy, about.escalation, now) });
  else if (kind === 'follow') notify({ ...about, kind: 'followed' });
  else if (kind === 'rate') notify({ ...about, kind: 'rated' });
  else notify({ ...about, kind: 'changed', action: kind, previous });
}

export const postAction = (context: Context): Promise<Response> =>
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
    if (!escalation.can.act.includes(action.kind))
      throw new BackendError('forbidden', `This help desk does not take "${action.kind}".`);
    return context.serially(escalation.caseId, async () => {
      if (action.kind === 'reopen') {
        const { plain, state } = await caseFor(context, escalation.caseId);
        assertNoneOpen(plain, state);
      }
      const call = callOf(context, { key, policy, ...(!isPersonal(action.kind) && { etag }) });
      const asked = need(backend.act)(escalation.id, action, call);
      const acted = await confirmed(asked, knowsKeys(backend)).catch((error: unknown) => {
        throw winnerFor(error, context, kase, policy);
      });
      const changed = complete(context, acted.value, kase, policy);
      told(context, action, policy, escalation.status, { escalation: changed, case: kase, user });
      return tagged(request, changed, escalationTag(changed));
    });
  });
