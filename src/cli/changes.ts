import { channelFor, judgeCriteria, refusal } from '../core/eligibility.js';
import { listed } from '../core/lint-finding.js';
import type { Case, CasePriority, CriterionResult } from '../core/model.js';
import type { Criterion, Policy } from '../core/policy.js';
import { blocking, criterionOf } from '../core/request.js';
import { isCustomerSide } from '../core/roles.js';
import type { Given } from './facts-file.js';
import { conditionWords } from './explain-words.js';
import { stateOf, verdictWords, type Asked } from './verdict.js';

/** When a verdict will change, and what the judge says then: asked again, with the facts as they would be. */

/** One way in which the verdict changes. */
export interface Change {
  /** Continues "when …". */
  when: string;
  /** The verdict at that moment, in words. */
  then: string;
  /** The moment, where it comes by itself. */
  at?: string;
}

const change = (asked: Asked, when: string, over: Partial<Given>, now = asked.now): Change => ({
  when,
  then: verdictWords({ ...asked, now, given: { ...asked.given, ...over } }),
});
const withCase = ({ given }: Asked, over: Partial<Case>): Partial<Given> => ({
  case: { ...given.case, ...over },
});

const FROM_LOW: readonly CasePriority[] = ['medium', 'high', 'critical', 'low'];

/** The fact that meets a criterion which time does not. */
function mended(criterion: Criterion): Partial<Case> {
  switch (criterion.kind) {
    case 'case-open':
      return { status: 'open' };
    case 'assigned':
      return { assignee: { id: 'somebody', name: 'somebody', role: 'engineer' } };
    case 'priority-not': {
      const remedy = criterion.remedies.find((item) => item.kind === 'request-priority');
      const free = FROM_LOW.find((priority) => !criterion.priorities.includes(priority));
      return { priority: remedy?.priority ?? free ?? null };
    }
    case 'not-waiting-on-customer':
      return { waitingOn: 'support' };
    default:
      return {};
  }
}

/** Everything that blocks, ended: what passes by itself at its latest moment, the rest by its fact. */
function afterBlockers(asked: Asked, blockers: readonly CriterionResult[]): Change {
  const { policy, now } = asked;
  const rows = blockers.map((result) => ({ result, criterion: criterionOf(policy, result.id) as Criterion }));
  const times = blockers.flatMap(({ availableAt }) => availableAt ?? []).map((at) => Date.parse(at));
  const later = new Date(Math.max(now.getTime(), ...times));
  const over = Object.assign(
    {},
    ...rows.map(({ result, criterion }) => (result.availableAt ? {} : mended(criterion))),
  ) as Partial<Case>;
  const when = listed(rows.map(({ result, criterion }) => conditionWords(criterion, result, now)));
  const byItself = rows.every(({ result }) => result.availableAt);
  return {
    ...change(asked, when, withCase(asked, over), later),
    ...(byItself && { at: later.toISOString() }),
  };
}

/** What the process is for, as far as this case is not. */
function afterRefusal(asked: Asked): Change {
  const { plans, programs, products } = asked.policy.appliesTo;
  const { plan, program, product } = asked.given.case;
  const wrong = [
    ['plan', plans, plan],
    ['program', programs, program],
    ['product', products, product],
  ] as const;
  const failing = wrong.filter(
    ([, wanted, has]) => wanted && !(wanted as readonly (string | null)[]).includes(has ?? null),
  );
  const words = failing.map(
    ([fact, wanted]) =>
      `its ${fact} is ${listed(
        (wanted ?? []).map((name) => name ?? 'none'),
        'or',
      )}`,
  );
  const over = Object.fromEntries(failing.map(([fact, wanted]) => [fact, wanted?.[0]])) as Partial<Case>;
  return change(asked, listed(words), withCase(asked, over));
}

type Looked = 'priority' | 'status' | 'deployment' | 'program' | 'plan' | 'product';
type Values = readonly (string | null)[];

/** The facts that can be put otherwise, each with its values; of names, those that the policy mentions. */
const LOOKED: Record<Looked, Values | null> = {
  priority: ['low', 'medium', 'high', 'critical', null],
  status: ['open', 'pending', 'resolved', 'closed'],
  deployment: ['cloud', 'premises', null],
  program: null,
  plan: null,
  product: null,
};

/** What the decision table looks at, with the values that it tells apart. */
function looked({ channels }: Policy): [fact: Looked, values: Values][] {
  return (Object.keys(LOOKED) as Looked[])
    .filter((fact) => channels.some(({ when }) => when[fact] !== undefined))
    .map((fact) => {
      const named = new Set(channels.flatMap(({ when }): Values => when[fact] ?? []));
      named.delete(null);
      return [fact, LOOKED[fact] ?? [...named, null]];
    });
}

/** One other fact that would lead another way, by fact and by where it leads. */
function afterFacts(asked: Asked): Change[] {
  const { policy, given } = asked;
  const here = channelFor(policy, given)?.id;
  return looked(policy).flatMap(([fact, values]) => {
    const byVerdict = new Map<string, string[]>();
    for (const value of values) {
      const over = withCase(asked, { [fact]: value });
      if (channelFor(policy, { ...given, ...over })?.id === here) continue;
      const { then } = change(asked, '', over);
      byVerdict.set(then, [...(byVerdict.get(then) ?? []), value ?? 'none']);
    }
    const unknown = given.case[fact] === undefined ? 'the help desk says that ' : '';
    return [...byVerdict].map(([then, names]) => ({
      when: `${unknown}its ${fact} is ${listed(names, 'or')}`,
      then,
    }));
  });
}

/** In which ways the verdict changes; empty: in none that is known, or it can be escalated. */
export function changesOf(asked: Asked): Change[] {
  const { policy, given, now } = asked;
  const { verdict } = stateOf(asked);
  if (verdict.kind === 'available') return [];
  if (verdict.kind === 'open-escalation')
    return [
      change(asked, 'the open escalation is declined, withdrawn or resolved', { openEscalation: null }),
    ];
  if (!isCustomerSide(given.user) && !given.openEscalation)
    return [
      change(asked, 'a customer or a partner asks', {
        user: { ...given.user, role: given.user.audience === 'partner' ? 'partner' : 'customer' },
      }),
    ];
  // An escalation that this user may not know of: nothing that they could be told.
  if (given.openEscalation) return [];
  if (refusal(policy, given)) return [afterRefusal(asked)];
  if (verdict.kind === 'blocked')
    return [afterBlockers(asked, blocking(policy, judgeCriteria(policy, given, now)))];
  return afterFacts(asked);
}
