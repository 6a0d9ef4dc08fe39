import type { User } from './model.js';
import type { Policy } from './policy.js';

/** Who may take and decide escalations: the actors that the policy marks so (G32). */
export const isReviewer = (policy: Policy, user: Pick<User, 'role'>): boolean =>
  policy.actors[user.role]?.reviews ?? false;

/** The requester's side: customer or partner (G31). */
export const isCustomerSide = (user: Pick<User, 'role'>): boolean =>
  user.role === 'customer' || user.role === 'partner';
