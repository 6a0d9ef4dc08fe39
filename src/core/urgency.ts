import type { Escalation } from './model.js';
import { isOverdue } from './status.js';

type Urgency = Pick<Escalation, 'status' | 'priority' | 'nextUpdateDueAt' | 'requestedAt'>;

const RANK = { high: 0, medium: 1, low: 2 };
/** 0 is first. Nobody has judged a new request yet: it may be as important as the most important one. */
export const rankOf = ({ priority }: Pick<Escalation, 'priority'>): number => RANK[priority ?? 'high'];

const dueAt = ({ nextUpdateDueAt }: Urgency): number =>
  nextUpdateDueAt ? Date.parse(nextUpdateDueAt) : Infinity;

/** Order of the owner's queue: by priority, then what is overdue longest, then what is due next, then the oldest. */
export function compareUrgency(now: Date) {
  return (a: Urgency, b: Urgency): number =>
    rankOf(a) - rankOf(b) ||
    Number(isOverdue(b, now)) - Number(isOverdue(a, now)) ||
    Math.sign(dueAt(a) - dueAt(b) || 0) ||
    Date.parse(a.requestedAt) - Date.parse(b.requestedAt);
}
