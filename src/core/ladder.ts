import type { Escalation } from './model.js';
import type { Policy } from './policy.js';

const HOUR = 3_600_000;

/**
 * Who else should hear of an update that is late: the roles of the policy's ladder whose hours have passed since it was
 * due. Neither process says what happens when nobody answers; this does.
 */
export function ladderRoles(
  { lifecycle }: Pick<Policy, 'lifecycle'>,
  { nextUpdateDueAt }: Pick<Escalation, 'nextUpdateDueAt'>,
  now: Date,
): string[] {
  if (!nextUpdateDueAt) return [];
  const late = (now.getTime() - Date.parse(nextUpdateDueAt)) / HOUR;
  return lifecycle.ladder.filter(({ afterHours }) => afterHours <= late).map(({ role }) => role);
}
