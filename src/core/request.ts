import { matches, type Facts } from './facts.js';
import type { CriterionResult } from './model.js';
import type { Criterion, Policy, Reason } from './policy.js';

/** A criterion of the policy by its id. */
export const criterionOf = (policy: Policy, id: string): Criterion | undefined =>
  policy.criteria.find((criterion) => criterion.id === id);

/** The criteria that keep the form away: blocking, not met, and not contested by the requester. */
export function blocking(
  policy: Policy,
  results: readonly CriterionResult[],
  confirmed: readonly string[] = [],
): CriterionResult[] {
  return results.filter(
    ({ id, result, contestable }) =>
      result === 'not-met' &&
      criterionOf(policy, id)?.effect === 'blocks' &&
      !(contestable && confirmed.includes(id)),
  );
}

/** The questions that a request must confirm. */
export function questions(policy: Policy, results: readonly CriterionResult[]): CriterionResult[] {
  return results.filter(
    ({ id, result }) => result === 'ask' && criterionOf(policy, id)?.effect !== 'advises',
  );
}

/** The questions that come before the form: the other answer leads to a better way (G6, G22). */
export const doors = (policy: Policy, results: readonly CriterionResult[]): CriterionResult[] =>
  results.filter(({ id }) => {
    const criterion = criterionOf(policy, id);
    return criterion?.kind === 'confirm' && criterion.before;
  });

/** Reasons that may be chosen for this case now, in the policy's order (P5, P10, P12, P13). */
export function reasonsFor(policy: Policy, facts: Facts): Reason[] {
  return policy.reasons.filter(
    (reason) =>
      reason.active &&
      (!reason.plans || reason.plans.includes(facts.case.plan ?? '')) &&
      matches(reason.when, facts),
  );
}

/** A fault of a request: the JSON pointer of the member and a message id with which the page makes words. */
export interface RequestFault {
  pointer: string;
  code: 'missing' | 'too-short' | 'too-long' | 'not-offered' | 'elsewhere' | 'not-confirmed';
  limit?: number;
}
