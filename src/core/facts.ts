import type { Case, User } from './model.js';
import type { Condition, Text } from './policy.js';

/** What judging looks at: the case, who asks, and whether an escalation is open. */
export interface Facts {
  case: Case;
  user: Pick<User, 'role' | 'audience'>;
}

/** Whether all facts that a condition names have one of its values; a fact that is absent counts as `null`. */
export function matches(condition: Condition | undefined, { case: kase, user }: Facts): boolean {
  if (!condition) return true;
  const among = <T>(wanted: readonly T[] | undefined, value: T | null | undefined) =>
    !wanted || wanted.includes((value ?? null) as T);
  const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
  return (
    among(condition.priority, kase.priority) &&
    among(condition.status, kase.status) &&
    among(condition.program, kase.program) &&
    among(condition.plan, kase.plan) &&
    among(condition.product, kase.product) &&
    among(condition.deployment, kase.deployment) &&
    among(condition.audience, user.audience) &&
    is(condition.assigned, kase.assignee !== null) &&
    is(condition.rma, Boolean(kase.rma)) &&
    is(condition.rca, Boolean(kase.rcaRequestedAt))
  );
}

/**
 * A text of the policy in the language that fits best.
 * @param languages BCP 47 tags, best first
 * @param own the policy's own language, used when none fits
 */
export function localText(text: Text, languages: readonly string[], own: string): string;
export function localText(
  text: Text | undefined,
  languages: readonly string[],
  own: string,
): string | undefined;
export function localText(
  text: Text | undefined,
  languages: readonly string[],
  own: string,
): string | undefined {
  if (text === undefined || typeof text === 'string') return text;
  for (const tag of [...languages, own, 'en']) {
    const found = text[tag] ?? text[tag.split('-')[0] as string];
    if (found) return found;
  }
  return Object.values(text)[0];
}
