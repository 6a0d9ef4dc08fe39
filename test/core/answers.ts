import fc from 'fast-check';
import { document, validate, type Json } from '../openapi.js';

/** Answers of a server as `openapi.yaml` allows them, and ways to spoil them. */

/** Whether the contract allows this as what it calls `name`. */
export const isContract = (name: string, value: unknown): boolean =>
  validate(document.components.schemas[name], value).length === 0;
export const example = (name: string): Json => structuredClone(document.components.examples[name].value);

const some = (members: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[]) =>
  fc.record(members, { requiredKeys }) as fc.Arbitrary<Json>;
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const few = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 2 });
const words = fc.string({ maxLength: 12 });
const id = fc.string({ minLength: 1, maxLength: 12 });
const time = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
  .chain((at) => fc.constantFrom(at.toISOString(), `${at.toISOString().slice(0, 19)}+00:00`));

const person = some({ id, name: words, role: id, me: fc.boolean() }, ['id', 'name', 'role']);
const update = some({ at: time, by: orNull(person), excerpt: words }, ['at', 'by']);
const status = fc.constantFrom('requested', 'under-review', 'accepted', 'declined', 'resolved', 'withdrawn');
const level = fc.constantFrom('low', 'medium', 'high');
const priority = orNull(fc.constantFrom('low', 'medium', 'high', 'critical'));
const customer = orNull(some({ name: words, region: words }, ['name']));
const reason = fc.record({ id, label: words });
const policyRef = fc.record({ id, version: id });
const closed = some({ at: time, by: person, summary: words, rating: fc.integer({ min: 1, max: 5 }) }, [
  'at',
  'by',
]);
export const attachment = fc.record({
  id,
  name: id,
  bytes: fc.nat(),
  type: id,
  href: fc.constant('/files/1'),
});
const idText = fc.record({ id, text: words });
export const criterion = some(
  {
    id,
    result: fc.constantFrom('met', 'not-met', 'ask', 'unknown'),
    evidence: fc.record({
      code: id,
      values: fc.dictionary(id, fc.oneof(words, fc.integer(), fc.constant(null)), { maxKeys: 2 }),
    }),
    availableAt: time,
    contestable: fc.constant(true),
  },
  ['id', 'result'],
);
const decision = some(
  {
    outcome: fc.constantFrom('accepted', 'declined'),
    text: words,
    criteria: few(idText),
    links: few(
      fc.record({ label: words, href: fc.constantFrom('https://example.com/a', '/b', 'javascript:1') }),
    ),
    at: time,
  },
  ['outcome', 'text', 'at'],
);

export const escalation = some(
  {
    id, caseId: id, status, version: id, policy: policyRef, reason,
    promises: few(some({ id, text: words, dueAt: time, keptAt: time }, ['id', 'text'])),
    confirmed: few(id), requestedBy: orNull(person), requestedAt: time, owner: orNull(person),
    followers: fc.nat(), following: fc.boolean(), latestEntryId: orNull(id), unread: fc.nat(),
    can: fc.record({ post: fc.boolean(), act: few(fc.constantFrom('take', 'withdraw', 'nudge', 'read')) }),
    details: words, impact: words, fields: fc.dictionary(id, words, { maxKeys: 2 }), attachments: few(attachment),
    contact: some({ method: fc.constantFrom('telephone', 'email'), value: words, when: words, timeZone: words }, ['method']),
    onBehalfOf: words, corrects: id, decision, importance: level, urgency: level, priority: level,
    nextSteps: few(some({ text: words, who: words, dueAt: time }, ['text'])), nextUpdateDueAt: orNull(time), closed, reopenUntil: time,
    criteria: few(criterion), case: some({ id, number: words, subject: words, priority, customer }, ['id', 'priority']), visibility: fc.constant('owner-only'),
  },
  ['id', 'caseId', 'status', 'version', 'policy', 'reason', 'promises', 'confirmed', 'requestedBy', 'requestedAt', 'owner', 'followers', 'following', 'latestEntryId', 'unread', 'can'],
); // prettier-ignore

export const entry = some(
  {
    id, clientId: id, kind: fc.constantFrom('message', 'status', 'decision', 'next-steps', 'promise', 'moved', 'notice', 'internal'),
    about: id, at: time, author: person, text: words, attachments: few(attachment), status, alsoOnCase: fc.boolean(),
  },
  ['id', 'kind', 'at', 'author', 'text'],
); // prettier-ignore

export const kase = some(
  {
    id, number: words, subject: words, status: fc.constantFrom('open', 'pending', 'resolved', 'closed'), statusLabel: words,
    priority, assignee: orNull(person), waitingOn: orNull(fc.constantFrom('support', 'customer', 'development', 'cloud-operations', 'third-party')),
    lastUpdate: orNull(update), lastSupportUpdate: orNull(update), rcaRequestedAt: orNull(time), waitingSince: orNull(time), waitingFor: orNull(words),
    deployment: orNull(fc.constantFrom('cloud', 'premises')), program: orNull(words), plan: orNull(words), product: orNull(words), rma: orNull(words),
    customer, caseFeedUrl: fc.constant('/cases/1#feed'),
  },
  ['id', 'status', 'priority', 'assignee', 'waitingOn', 'lastUpdate'],
); // prettier-ignore
const verdict = some(
  {
    kind: fc.constantFrom('available', 'blocked', 'elsewhere', 'open-escalation', 'not-offered'),
    button: some({ label: words, icon: words }, ['label']),
    note: words, channel: id, criteria: few(criterion), availableAt: time, policyReason: words,
  },
  ['kind'],
); // prettier-ignore

export const caseState = some(
  {
    case: kase,
    openEscalation: orNull(escalation),
    past: few(some({ id, status, reason, requestedAt: time, owner: orNull(person), closed, visibility: fc.constant('owner-only') }, ['id', 'status', 'reason', 'requestedAt', 'owner'])),
    verdict,
    policy: policyRef,
    user: fc.record({ id, name: words, role: id, audience: fc.constantFrom('direct', 'partner') }),
    can: fc.record({ review: fc.boolean(), note: fc.boolean(), feed: fc.boolean(), attach: orNull(fc.record({ maxBytes: fc.integer({ min: 1 }), types: few(id) })) }),
    guarantees: some({ dedup: fc.constantFrom('key', 'none'), unique: fc.constantFrom('store', 'process', 'none'), live: fc.boolean(), pollSeconds: fc.integer({ min: 1 }) }, ['dedup', 'unique', 'live']),
    serverTime: time,
    newer: fc.jsonValue({ maxDepth: 1 }),
  },
  ['case', 'openEscalation', 'past', 'verdict', 'policy', 'user', 'can', 'guarantees', 'serverTime'],
); // prettier-ignore

/** A member that is not there any more. */
export const REMOVED = Symbol('removed');

/** What a fault may put in the place of a member. */
export const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom<unknown>(null, '', 0, 1, true, [], {}, 'never', '1', REMOVED),
);

/** Every place in a value, as a path. */
function places(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...at, name], ...places(inner, [...at, name])]);
}

/** A copy with something else at one place. */
export function changed<T extends Json>(value: T, path: string | string[], to: unknown): T {
  const copy = structuredClone(value);
  const steps = typeof path === 'string' ? path.split('.') : path;
  const holder = steps.slice(0, -1).reduce<Json>((node, step) => node[step], copy);
  if (to === REMOVED && Array.isArray(holder)) holder.splice(Number(steps.at(-1)), 1);
  else if (to === REMOVED) Reflect.deleteProperty(holder, steps.at(-1)!);
  else holder[steps.at(-1)!] = to;
  return copy;
}

/** A copy with something else at the place of this number. */
export function changedAt<T extends Json>(value: T, n: number, to: unknown): T {
  const all = places(value);
  return changed(value, all[n % all.length]!, to);
}

/** Values of these, each with something else at one place. */
export const spoilt = (values: fc.Arbitrary<Json>, by: fc.Arbitrary<unknown> = odd): fc.Arbitrary<Json> =>
  fc.tuple(values, fc.nat(), by).map(([value, n, to]) => changedAt(value, n, to));
