import type { Escalation, Status } from './model.js';

/** The statuses of an open escalation. */
export const OPEN: readonly Status[] = ['requested', 'under-review', 'accepted'];

/** While one of these lasts, the case has no button (G21). */
export const isOpen = (escalation: Pick<Escalation, 'status'>): boolean => OPEN.includes(escalation.status);

/** The promised update has not come. */
export const isOverdue = (escalation: Pick<Escalation, 'status' | 'nextUpdateDueAt'>, now: Date): boolean =>
  isOpen(escalation) &&
  Boolean(escalation.nextUpdateDueAt) &&
  new Date(escalation.nextUpdateDueAt as string) < now;
