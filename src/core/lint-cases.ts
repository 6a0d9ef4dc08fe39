import { listed } from './lint-finding.js';
import type { Condition, Policy, Reason } from './policy.js';

/**
 * The cases that a policy can tell apart, counted out. A policy looks at a case through few facts with few values, so
 * whether rows cover each other is a question about finite sets, and the answer is exact.
 */

/** A name that the policy does not mention: all of them are alike to it. */
const ANOTHER = Symbol('another');
/** A program that the help desk does not say (G14). */
const UNKNOWN = Symbol('unknown');
type Value = string | boolean | null | typeof ANOTHER | typeof UNKNOWN;

/** All cases whose facts have any of these values. */
export type Cases = Record<keyof Condition, readonly Value[]>;

/** Who gets which cases in the decision table. */
export interface Table {
  all: Cases;
  /** By row of `channels`. */
  rows: Cases[][];
  /** Whom no row is for. */
  rest: Cases[];
  /** The cases that the process is for and that reach a form. */
  form: Cases[];
}

/** Beyond so many parts a table is taken as right: a linter that does not end finds nothing either. */
const MAX_PARTS = 2_000;

function allCases({ appliesTo, channels, criteria, reasons, feed }: Policy): Cases {
  const conditions = [...channels, ...criteria, ...reasons].map(({ when }) => when ?? {});
  const named = (fact: 'program' | 'plan' | 'product', more: readonly (string | null)[] = []): Value[] => [
    ...new Set([...conditions.flatMap((when) => when[fact] ?? []), ...more, null]),
    ANOTHER,
  ];
  return {
    priority: ['low', 'medium', 'high', 'critical', null],
    status: ['open', 'pending', 'resolved', 'closed'],
    program: named('program', [...(appliesTo.programs ?? []), ...feed.offFor]),
    plan: named('plan', [...(appliesTo.plans ?? []), ...reasons.flatMap(({ plans }) => plans ?? [])]),
    product: named('product', appliesTo.products),
    deployment: ['cloud', 'premises', null],
    audience: ['direct', 'partner'],
    assigned: [true, false],
    rma: [true, false],
    rca: [true, false],
  };
}

/** Splits cases by a condition: those that meet it and those that do not, in parts that do not overlap. */
function split(cases: Cases, when: Condition): { inside: Cases[]; outside: Cases[] } {
  let inside = cases;
  const outside: Cases[] = [];
  for (const [name, wanted] of Object.entries(when)) {
    if (wanted === undefined) continue;
    const fact = name as keyof Condition;
    const among = (value: Value) => (Array.isArray(wanted) ? (wanted as Value[]) : [wanted]).includes(value);
    const rest = inside[fact].filter((value) => !among(value));
    if (rest.length) outside.push({ ...inside, [fact]: rest });
    inside = { ...inside, [fact]: inside[fact].filter(among) };
    if (inside[fact].length === 0) return { inside: [], outside };
  }
  return { inside: [inside], outside };
}

/** Those of the cases that meet a condition. */
export const meeting = (cases: readonly Cases[], when: Condition = {}): Cases[] =>
  cases.flatMap((part) => split(part, when).inside);

/** Those that do not, or null when they fall into too many parts. */
export function except(cases: Cases[], when: Condition): Cases[] | null {
  const outside = cases.flatMap((part) => split(part, when).outside);
  return outside.length > MAX_PARTS ? null : outside;
}

/** The whole process as a condition (P13). */
export const applied = ({ appliesTo: { programs, plans, products } }: Policy): Condition => ({
  ...(programs && { program: programs }),
  ...(plans && { plan: plans }),
  ...(products && { product: products }),
});

/** When a reason may be chosen: its plans and its `when` together; a plan that only one of them has is none. */
export const choosable = (cases: readonly Cases[], { plans, when }: Reason): Cases[] =>
  meeting(meeting(cases, plans && { plan: plans }), when);

/**
 * Plays the decision table (G43) on all cases at once, as `channelFor` does on one: the first row that matches, but a
 * case whose program is not known goes to the first e-mail row that names programs, wherever it stands (G14).
 * @returns null when there are too many kinds of cases to count
 */
export function tableOf(policy: Policy): Table | null {
  const all = allCases(policy);
  const cautious = policy.channels.findIndex((row) => row.use === 'email' && row.when.program !== undefined);
  let left: Cases[] | null = [all];
  const rows: Cases[][] = [];
  for (const [i, { when }] of policy.channels.entries()) {
    const unknown: Cases[] = i === cautious ? [{ ...all, program: [UNKNOWN] }] : [];
    rows.push([...unknown, ...meeting(left, when)]);
    left = except(left, when);
    if (!left) return null;
  }
  const form = policy.channels.flatMap(({ use }, i) =>
    use === 'form' ? meeting(rows[i] as Cases[], applied(policy)) : [],
  );
  return { all, rows, rest: meeting(left, applied(policy)), form };
}

/** Whether any of the cases has a program that the help desk says. */
export const isProgramKnown = (cases: readonly Cases[]): boolean =>
  cases.some(({ program }) => !program.includes(UNKNOWN));

const FLAGS: Partial<Record<keyof Condition, [yes: string, no: string]>> = {
  assigned: ['assigned', 'not assigned'],
  rma: ['with an RMA', 'without an RMA'],
  rca: ['with a root cause analysis asked for', 'without a root cause analysis asked for'],
};

function say(fact: keyof Condition, value: Value): string {
  if (typeof value === 'boolean') return FLAGS[fact]?.[value ? 0 : 1] ?? fact;
  if (value === null) return `no ${fact}`;
  if (value === ANOTHER) return `a ${fact} that this policy does not name`;
  return value === UNKNOWN ? `a ${fact} that is not known` : `${fact} ${value}`;
}

/** One of the cases in words: the facts that set it apart. */
export function example(cases: Cases, all: Cases): string {
  const facts = (Object.keys(all) as (keyof Condition)[]).filter(
    (fact) => cases[fact].length < all[fact].length,
  );
  return facts.length
    ? listed(facts.map((fact) => say(fact, cases[fact][0] as Value)))
    : 'any facts whatsoever';
}
