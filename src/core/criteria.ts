import { addBusinessDays, addBusinessHours, businessDayNumber, type Calendar } from './business-time.js';
import type { Facts } from './facts.js';
import type { CriterionResult } from './model.js';
import type { Criterion } from './policy.js';

type Outcome = Omit<CriterionResult, 'id'>;
type Of<K extends Criterion['kind']> = Extract<Criterion, { kind: K }>;

const HOUR = 3_600_000;
const unknown = (code: string): Outcome => ({ result: 'unknown', evidence: { code, values: {} } });
const decided = (
  met: boolean,
  code: string,
  values: Record<string, string | number | null> = {},
): Outcome => ({
  result: met ? 'met' : 'not-met',
  evidence: { code, values },
});

/** Not met until an instant, with the evidence beside it; met from then on. */
const metFrom = (
  at: Date,
  now: Date,
  code: string,
  values: Record<string, string | number | null>,
): Outcome =>
  now >= at
    ? decided(true, code, values)
    : { ...decided(false, code, values), availableAt: at.toISOString() };

/** G9: so many hours since the last update. Whether the customer's own reply counts is the policy's `by`. */
function elapsedSinceUpdate(
  criterion: Of<'elapsed-since-update'>,
  { case: kase }: Facts,
  now: Date,
  calendar?: Calendar,
): Outcome {
  const update =
    criterion.by === 'support' && kase.lastSupportUpdate !== undefined
      ? kase.lastSupportUpdate
      : kase.lastUpdate;
  if (update === undefined) return unknown('last-update-unknown');
  if (update === null) return decided(true, 'never-updated');
  const start = new Date(update.at);
  if (Number.isNaN(start.getTime())) return unknown('last-update-unknown');
  const from =
    criterion.clock === 'business' && calendar
      ? addBusinessHours(start, criterion.hours, calendar)
      : new Date(start.getTime() + criterion.hours * HOUR);
  return metFrom(from, now, 'last-update', {
    at: update.at,
    by: update.by?.name ?? null,
    hours: criterion.hours,
    counts: criterion.by,
  });
}

/** G7: business days since a root cause analysis was asked for; no request, nothing to wait for. */
function businessDaysSince(
  criterion: Of<'business-days-since'>,
  { case: kase }: Facts,
  now: Date,
  calendar?: Calendar,
): Outcome {
  const since = kase[criterion.since];
  if (since === null) return decided(true, 'no-rca');
  if (since === undefined || !kase.deployment || !calendar) return unknown('rca-unknown');
  const start = new Date(since);
  if (Number.isNaN(start.getTime())) return unknown('rca-unknown');
  const days = criterion.days[kase.deployment];
  const from = addBusinessDays(start, days, calendar);
  // Counting days costs time: not for a request of years ago.
  const day = now < from ? businessDayNumber(start, now, calendar) : null;
  return metFrom(from, now, 'rca-day', { at: since, day, days });
}

/**
 * Judges one criterion. A fact that is missing is `unknown`; eligibility makes a question of it.
 * @param now the instant to judge at
 * @param calendar of the policy, for the kinds that count business time
 */
export function judgeCriterion(criterion: Criterion, facts: Facts, now: Date, calendar?: Calendar): Outcome {
  const kase = facts.case;
  switch (criterion.kind) {
    case 'case-open': // G3
      return kase.status === undefined
        ? unknown('status-unknown')
        : decided(kase.status !== 'closed' && kase.status !== 'resolved', 'status', { status: kase.status });
    case 'assigned': // G19
      return kase.assignee === undefined
        ? unknown('assignee-unknown')
        : decided(kase.assignee !== null, 'assignee', { name: kase.assignee?.name ?? null });
    case 'priority-not': // G11
      return kase.priority === null || kase.priority === undefined
        ? unknown('priority-unknown')
        : decided(!criterion.priorities.includes(kase.priority), 'priority', { priority: kase.priority });
    case 'elapsed-since-update':
      return elapsedSinceUpdate(criterion, facts, now, calendar);
    case 'business-days-since':
      return businessDaysSince(criterion, facts, now, calendar);
    case 'not-waiting-on-customer': {
      // G5: the customer may have answered by another way
      const waiting = kase.waitingOn === 'customer';
      const outcome = decided(!waiting, waiting ? 'waiting-on-customer' : 'not-waiting', {
        since: (waiting && kase.waitingSince) || null,
        asked: (waiting && kase.waitingFor) || null,
      });
      return waiting ? { ...outcome, contestable: true } : outcome;
    }
    case 'recent-update-read': // G4
      return kase.lastUpdate
        ? {
            result: 'ask',
            evidence: {
              code: 'last-update',
              values: { at: kase.lastUpdate.at, by: kase.lastUpdate.by?.name ?? null },
            },
          }
        : decided(true, 'never-updated');
    case 'confirm': // G6, G10
      return { result: 'ask' };
  }
}
