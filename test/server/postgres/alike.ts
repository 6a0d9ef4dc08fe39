import fc from 'fast-check';
import { isBackendError, type Backend, type Call } from '../../../src/core/backend.js';
import type { Action, EntryQuery, User } from '../../../src/core/model.js';
import { people, policy, request } from '../../desk.js';

/** What people do on one case, at random, so that two help desks can be held against each other. */

type Who = 'customer' | 'colleague' | 'stranger' | 'owner' | 'engineer';
/** Some actions need ids, which differ from desk to desk. */
type Act = (entryId: string, promiseId: string) => Action;
/** `nth`: an entry of the conversation, from its end. */
type Command = { who: Who; key: string } & (
  | { do: 'escalate'; details: string }
  | { do: 'post'; text: string }
  | {
      do: 'act';
      action: Act;
      nth: number;
      etag?: string;
    }
  | { do: 'note'; text: string }
  | { do: 'entries'; query: EntryQuery }
  | { do: 'load' | 'escalation' | 'queue' }
);

const text = fc.constantFrom('Any news?', 'Été 100 % \u0000 \ud800', 'any_thing', 'ANY NEWS, once more');
const level = fc.constantFrom('low' as const, 'medium' as const, 'high' as const);
const always = (act: Act) => fc.constant(act);
const action: fc.Arbitrary<Act> = fc.oneof(
  always(() => ({ kind: 'take' })),
  fc.tuple(level, level).map(([importance, urgency]): Act => () => ({ kind: 'accept', importance, urgency, text: 'Yes.', nextSteps: [{ text: 'Look' }] })),
  always(() => ({ kind: 'decline', text: 'No.', criteria: [] })),
  always(() => ({ kind: 'promise', text: 'A patch', dueAt: '2026-06-01T00:00:00.000Z' })),
  always((_: string, promiseId: string) => ({ kind: 'keep-promise', promiseId })),
  always(() => ({ kind: 'next-update', dueAt: '2026-05-20T00:00:00.000Z' })),
  always((entryId: string) => ({ kind: 'move-to-case-feed', entryId })),
  always(() => ({ kind: 'note', text: 'Between any of us' })),
  always(() => ({ kind: 'resolve', summary: 'Done' })),
  always(() => ({ kind: 'withdraw' })),
  always(() => ({ kind: 'reopen', text: 'Not done' })),
  fc.constantFrom({}, { impact: 'Us too' }).map((more): Act => () => ({ kind: 'follow', ...more })),
  always(() => ({ kind: 'nudge' })),
  fc.constantFrom({}, { text: 'Quick' }).map((more): Act => () => ({ kind: 'rate', value: 4, ...more })),
  always((entryId: string) => ({ kind: 'read', entryId })),
); // prettier-ignore

const query: fc.Arbitrary<EntryQuery> = fc.oneof(
  fc.record({ limit: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ q: fc.constantFrom('any', 'NEWS any', 'ete', '%', '_', '\\', ' '), limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ at: fc.constantFrom('2026-05-12', '2026-05-12T14:12:00Z', '2030-01-01'), limit: fc.constant(3) }),
); // prettier-ignore

const acting = {
  who: fc.constantFrom<Who>('customer', 'customer', 'owner', 'owner', 'colleague', 'engineer', 'stranger'),
  key: fc.constantFrom('k1', 'k2', ...Array.from({ length: 30 }, (_, i) => `key ${i}`)),
};
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ...acting, do: fc.constant('escalate' as const), details: text }) },
  { weight: 3, arbitrary: fc.record({ ...acting, do: fc.constant('post' as const), text }) },
  {
    weight: 8,
    arbitrary: fc.record({
      ...acting,
      do: fc.constant('act' as const),
      action,
      nth: fc.nat(3),
      etag: fc.constantFrom(undefined, undefined, undefined, '1', '2.x'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...acting, do: fc.constant('note' as const), text }) },
  { weight: 2, arbitrary: fc.record({ ...acting, do: fc.constant('entries' as const), query }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...acting,
      do: fc.constantFrom('load' as const, 'escalation' as const, 'queue' as const),
    }),
  },
);
/** What is done, one thing after the other. */
export const commands = fc.array(command, { minLength: 5, maxLength: 40 });

/** One help desk, and the last escalation that was made on it. */
export interface Side {
  backend: Required<
    Pick<Backend, 'load' | 'escalate' | 'escalation' | 'entries' | 'post' | 'act' | 'note' | 'queue'>
  >;
  latest?: string;
}

/** Ids differ from desk to desk; everything else must not. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (key, inner: unknown) => {
      if (key === 'etag') return undefined;
      return typeof inner === 'string' ? inner.replace(/^(\d{9}|[0-9a-f-]{36})(?= |$)/, 'id') : inner;
    }),
  );

async function carriedOut(side: Side, it: Command): Promise<unknown> {
  const { backend } = side;
  const user: User = people[it.who];
  const call: Call = { user, policy, key: it.key };
  const id = side.latest ?? 'none';
  switch (it.do) {
    case 'escalate': {
      const made = await backend.escalate('c-1', { ...request, details: it.details }, call);
      side.latest = made.escalation.id;
      return made;
    }
    case 'post':
      return backend.post(id, { clientId: it.key, text: it.text }, call);
    case 'act': {
      const page = await backend.entries(id, {}, { user: people.owner, policy });
      const found = await backend.escalation(id, { user: people.owner });
      if (page === 'not-modified' || found === 'not-modified') return undefined;
      const entryId = page.value.entries.at(-1 - it.nth)?.id ?? 'none';
      const does = it.action(entryId, found.value.promises[0]?.id ?? 'none');
      return backend.act(id, does, { ...call, etag: it.etag });
    }
    case 'note':
      return backend.note('c-1', { kind: 'reply', text: it.text }, call);
    case 'entries': {
      const page = await backend.entries(id, it.query, call);
      if (page === 'not-modified' || page.value.before === null) return page;
      return [page, await backend.entries(id, { limit: 2, before: page.value.before }, call)];
    }
    case 'escalation':
      return backend.escalation(id, call);
    case 'queue':
      return backend.queue({}, call);
    case 'load':
      return backend.load('c-1', call);
  }
}

/** What came of it: an answer, or why not. */
export const outcomeOf = async (side: Side, it: Command): Promise<unknown> => {
  try {
    return plain(await carriedOut(side, it));
  } catch (error) {
    if (!isBackendError(error)) throw error;
    const { code, details } = error;
    return plain({ code, details });
  }
};
