import type { Policy } from './policy.js';
import { list, number, object, oneOf, optional, text, type Shape } from './shape.js';

const byLevel = (shape: Shape) => object({ low: shape, medium: shape, high: shape });
const lifecycle = object({
  priority: byLevel(byLevel(oneOf('low', 'medium', 'high'))),
  updateHours: optional(byLevel(number)),
});

/** Whether a policy says how an escalation gets its priority; what draws a page from a policy has not looked at that. */
export const hasLifecycle = (policy: Policy | undefined): policy is Policy => lifecycle(policy?.lifecycle);

const silence = object({ ladder: list(object({ afterHours: number, role: text })), nudgeMinutes: number });

/** Whether a policy says what happens when nobody answers. */
export const hasLadder = (policy: Policy | undefined): policy is Policy => silence(policy?.lifecycle);
