import { listed, pointerTo, type Path } from '../core/lint-finding.js';
import type { Case, Escalation, User } from '../core/model.js';
import { OPEN } from '../core/status.js';

/** The file that `explain` reads: a case, and what else a verdict depends on. */

/** What was given, checked. */
export interface Given {
  case: Case;
  user: User;
  openEscalation: Partial<Escalation> | null;
  now?: string;
}

/** What a member must be; of an object, what its members must be. */
interface Shape {
  words: string;
  is(value: unknown): boolean;
  needed?: boolean;
  members?: Record<string, Shape>;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;
/** A time that says its zone: RFC 3339, seconds may be left out. */
export const isTime = (value: unknown): boolean =>
  typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Shape = { words: 'a text', is: (value) => typeof value === 'string' };
const time: Shape = { words: 'a time such as "2026-05-12T14:00:00Z"', is: isTime };
const oneOf = (...values: readonly string[]): Shape => ({
  words: listed(
    values.map((value) => JSON.stringify(value)),
    'or',
  ),
  is: (value) => values.includes(value as string),
});
const object = (members: Record<string, Shape>): Shape => ({ words: 'an object', is: isObject, members });
const orNull = (shape: Shape): Shape => ({
  ...shape,
  words: `${shape.words}, or null`,
  is: (value) => value === null || shape.is(value),
});
const needed = (shape: Shape): Shape => ({ ...shape, needed: true });

const person = object({
  id: text,
  name: needed(text),
  role: text,
  me: { words: 'true', is: (v) => v === true },
});
const update = object({ at: needed(time), by: orNull(person), excerpt: text });

/** Needed is what the contract needs, but for the id: nothing here depends on it. */
const CASE: Record<keyof Case, Shape> = {
  id: text,
  number: text,
  subject: text,
  status: needed(oneOf('open', 'pending', 'resolved', 'closed')),
  statusLabel: text,
  priority: needed(orNull(oneOf('low', 'medium', 'high', 'critical'))),
  assignee: needed(orNull(person)),
  waitingOn: needed(orNull(oneOf('support', 'customer', 'development', 'cloud-operations', 'third-party'))),
  lastUpdate: needed(orNull(update)),
  lastSupportUpdate: orNull(update),
  rcaRequestedAt: orNull(time),
  waitingSince: orNull(time),
  waitingFor: orNull(text),
  deployment: orNull(oneOf('cloud', 'premises')),
  program: orNull(text),
  plan: orNull(text),
  product: orNull(text),
  rma: orNull(text),
  customer: orNull(object({ name: needed(text), region: text })),
  caseFeedUrl: text,
};

const USER: Record<keyof User, Shape> = {
  id: text,
  name: text,
  role: text,
  audience: oneOf('direct', 'partner'),
  account: text,
};

const escalation: Shape = {
  words: 'true, false, null, or an object',
  is: (value) => value === null || typeof value === 'boolean' || isObject(value),
};
const FILE: Record<keyof Given, Shape> = {
  case: needed(object(CASE)),
  user: object(USER),
  openEscalation: escalation,
  now: time,
};

/** What is wrong with a facts file, and what in it is nothing that a verdict looks at. */
export interface FactsCheck {
  faults: { pointer: string; reason: string }[];
  unused: string[];
}

function check(value: unknown, shape: Shape, path: Path, found: FactsCheck): void {
  if (!shape.is(value)) {
    const reason = `${value === undefined ? 'is missing: it ' : ''}must be ${shape.words}`;
    found.faults.push({ pointer: pointerTo(path), reason });
    return;
  }
  if (!shape.members || !isObject(value)) return;
  for (const [name, member] of Object.entries(shape.members))
    if (value[name] !== undefined || member.needed) check(value[name], member, [...path, name], found);
  for (const name of Object.keys(value))
    if (!Object.hasOwn(shape.members, name)) found.unused.push(pointerTo([...path, name]));
}

const isBare = (value: unknown): boolean =>
  isObject(value) && !('case' in value) && Object.keys(CASE).some((name) => name in value);

function checked(value: unknown): FactsCheck {
  const found: FactsCheck = { faults: [], unused: [] };
  check(value, isBare(value) ? object(CASE) : object(FILE), [], found);
  const open = isObject(value) ? value['openEscalation'] : undefined;
  // Of a whole escalation only these two make a difference.
  if (isObject(open))
    for (const [name, shape] of Object.entries({ status: oneOf(...OPEN), visibility: oneOf('owner-only') }))
      if (open[name] !== undefined) check(open[name], shape, ['openEscalation', name], found);
  return found;
}

/**
 * Reads the facts: `{case, user?, openEscalation?, now?}`, or a case alone. Who asks is a direct customer unless said.
 * @returns the facts, or null with the faults
 */
export function readFacts(value: unknown): FactsCheck & { given: Given | null } {
  const found = checked(value);
  if (found.faults.length) return { ...found, given: null };
  const file = (isBare(value) ? { case: value } : value) as {
    case: Case;
    user?: Partial<User>;
    openEscalation?: Partial<Escalation> | boolean | null;
    now?: string;
  };
  const open = file.openEscalation;
  const given: Given = {
    case: { ...file.case, id: file.case.id ?? 'case' },
    user: { id: 'user', name: '', role: 'customer', audience: 'direct', ...file.user },
    openEscalation: open === true ? {} : open || null,
    ...(file.now !== undefined && { now: file.now }),
  };
  return { ...found, given };
}
