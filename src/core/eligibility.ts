import { judgeCriterion } from './criteria.js';
import { localText, matches, type Facts } from './facts.js';
import type { CriterionResult, Escalation, Verdict } from './model.js';
import type { Channel, Policy } from './policy.js';
import { blocking } from './request.js';

/** What judging needs besides the policy. */
export interface Judged extends Facts {
  openEscalation: Pick<Escalation, 'id'> | null;
}

/**
 * Whether the policy is for this case at all (P13).
 * @returns null when it is; else the plans that would be needed, where a plan is what is missing
 */
export function refusal(policy: Policy, { case: kase }: Facts): { requiredPlans?: string[] } | null {
  const { plans, programs, products } = policy.appliesTo;
  if (plans && !plans.includes(kase.plan ?? '')) return { requiredPlans: plans };
  if (programs && !programs.includes(kase.program ?? null)) return {};
  if (products && !products.includes(kase.product ?? '')) return {};
  return null;
}

/**
 * The first channel whose condition the case meets (G43). An unknown program (absent, not null) takes the e-mail
 * channel of a program, wherever it stands: what may not be sent stays here until it is known that it may (G14).
 */
export function channelFor(policy: Policy, facts: Facts): Channel | undefined {
  const cautious =
    facts.case.program === undefined &&
    policy.channels.find((row) => row.use === 'email' && row.when.program !== undefined);
  return cautious || policy.channels.find((row) => matches(row.when, facts));
}

/** Nothing of this case may leave the page (G14, G38). */
export const isByEmail = (policy: Policy, facts: Facts): boolean =>
  channelFor(policy, facts)?.use === 'email';

/** Whether entries may be read and written for this case (G38); never where it goes by e-mail (G14). */
export function isFeedOn(policy: Policy, facts: Facts): boolean {
  const { offFor } = policy.feed;
  const { program } = facts.case;
  const off = offFor.length > 0 && (program === undefined || offFor.includes(program ?? ''));
  return !off && !isByEmail(policy, facts);
}

/** Every criterion that exists for this case, judged. A blocking one whose fact is missing is asked instead. */
export function judgeCriteria(policy: Policy, facts: Facts, now: Date): CriterionResult[] {
  return policy.criteria
    .filter((criterion) => matches(criterion.when, facts))
    .map((criterion) => {
      const outcome = judgeCriterion(criterion, facts, now, policy.calendar);
      const asked = outcome.result === 'unknown' && criterion.effect === 'blocks';
      return { id: criterion.id, ...outcome, ...(asked && { result: 'ask' as const }) };
    });
}

/** The last instant for which something waits, when everything that blocks will pass by itself. */
function availableAt(blockers: readonly CriterionResult[]): string | undefined {
  if (!blockers.every((blocker) => blocker.availableAt)) return undefined;
  return blockers
    .map((blocker) => blocker.availableAt as string)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}

/**
 * Judges a case, in the contract's order: open escalation · not offered · elsewhere · blocked · available.
 * @param now the instant to judge at
 * @param languages for the texts of the policy, best first
 */
export function judge(policy: Policy, facts: Judged, now: Date, languages: readonly string[] = []): Verdict {
  const say = (text: Parameters<typeof localText>[0] | undefined) =>
    localText(text, languages, policy.language);
  if (facts.openEscalation) return { kind: 'open-escalation' };
  const button = { label: say(policy.labels['button']) ?? '', icon: 'escalate' };
  if (refusal(policy, facts)) return { kind: 'not-offered', policyReason: say(policy.appliesTo.otherwise) };
  const channel = channelFor(policy, facts);
  if (!channel || channel.use === 'none')
    return { kind: 'not-offered', channel: channel?.id, policyReason: say(channel?.text) };
  if (channel.use !== 'form')
    return { kind: 'elsewhere', channel: channel.id, button, note: say(channel.title) };
  const criteria = judgeCriteria(policy, facts, now);
  const blockers = blocking(policy, criteria);
  if (blockers.length === 0) return { kind: 'available', channel: channel.id, button, criteria };
  return { kind: 'blocked', channel: channel.id, button, criteria, availableAt: availableAt(blockers) };
}
