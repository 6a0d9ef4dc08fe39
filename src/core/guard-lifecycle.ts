import type { Policy } from './policy.js';
import { number, object, oneOf, optional, type Shape } from './shape.js';

const byLevel = (shape: Shape) => object({ low: shape, medium: shape, high: shape });
const lifecycle = object({
  priority: byLevel(byLevel(oneOf('low', 'medium', 'high'))),
  updateHours: optional(byLevel(number)),
});

/** Whether a policy says how an escalation gets its priority; what draws a page from a policy has not looked at that. */
export const hasLifecycle = (policy: Policy | undefined): policy is Policy => lifecycle(policy?.lifecycle);
