import { localParts } from './business-time.js';
import { meeting, type Table } from './lint-cases.js';
import { error, listed, warning, type Finding, type Path } from './lint-finding.js';
import { english } from './lint-words.js';
import type { Criterion, Policy } from './policy.js';

/** Contradictions in what must be so before a request: a guidance without a way out, and clocks that mislead. */

/** Asked before the form, whatever the effect: the wrong answer leads to the remedies. */
const isDoor = (criterion: Criterion): boolean => criterion.kind === 'confirm' && criterion.before;

/** Whether a wrong answer or a fact keeps the form away. */
const stops = (criterion: Criterion): boolean =>
  criterion.effect === 'blocks' ||
  (criterion.kind === 'confirm' && criterion.effect === 'asks') ||
  isDoor(criterion);

/** What ends "not met": time, somebody else's act that the guidance names, the customer's word, or a remedy. */
function hasWayOut(criterion: Criterion): boolean {
  switch (criterion.kind) {
    case 'elapsed-since-update':
    case 'business-days-since':
    case 'recent-update-read':
    case 'not-waiting-on-customer':
      return true;
    case 'assigned':
      return criterion.guidance !== undefined || criterion.remedies.length > 0;
    default:
      return criterion.remedies.length > 0;
  }
}

function lintWaysOut(criterion: Criterion, at: Path): Finding[] {
  const findings: Finding[] = [];
  const { id, kind, effect, remedies } = criterion;
  if (stops(criterion) && !hasWayOut(criterion))
    findings.push(
      error(
        'no-way-out',
        at,
        kind === 'assigned'
          ? `"${id}" stops a request until somebody is assigned, and nothing says so; add a "guidance" or a remedy.`
          : `"${id}" stops a request, and neither time nor anything on the page ends that; add a remedy.`,
      ),
    );
  // A computed criterion is asked only where it blocks and its fact is missing; a question that advises never is.
  const asksNothing = effect === 'asks' && kind !== 'confirm' && kind !== 'recent-update-read';
  if (asksNothing || (effect === 'advises' && kind === 'confirm' && !isDoor(criterion)))
    findings.push(
      warning(
        'never-asked',
        [...at, 'effect'],
        `"${id}" is never asked: "${effect}" has nothing to do for the kind "${kind}"; use ${asksNothing ? '"blocks" or "advises"' : '"asks", or "before": true'}.`,
      ),
    );
  remedies.forEach((remedy, i) => {
    if (remedy.kind === 'reply-on-case' && kind === 'elapsed-since-update' && criterion.by === 'anyone')
      findings.push(
        error(
          'remedy-restarts-clock',
          [...at, 'remedies', i],
          `A reply restarts the clock of "${id}", which counts from anyone's update, so this remedy makes people wait longer; take it out, or use "by": "support" (G9).`,
        ),
      );
    if (
      remedy.kind === 'request-priority' &&
      kind === 'priority-not' &&
      criterion.priorities.includes(remedy.priority)
    )
      findings.push(
        error(
          'remedy-does-not-help',
          [...at, 'remedies', i, 'priority'],
          `The remedy asks for the priority "${remedy.priority}", which "${id}" stops as well; ask for another (G12).`,
        ),
      );
  });
  return findings;
}

const SAYS_BUSINESS = /\b(?:business|working|office|weekdays?)\b/i;
const NUMBERS = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 };
const numbersBefore = (unit: string, words: string): number[] =>
  [...words.matchAll(new RegExp(`(\\d+|${Object.keys(NUMBERS).join('|')})[\\s-]+${unit}\\b`, 'gi'))].map(
    ([, number = '']) => NUMBERS[number.toLowerCase() as keyof typeof NUMBERS] ?? Number(number),
  );

/** "24 hours" and "5 business days" stand in one list, and are two clocks (trap 4): the words must tell which. */
function lintClock(policy: Policy, criterion: Criterion, at: Path): Finding[] {
  const words = english(policy, criterion.title, criterion.guidance);
  const { id, kind } = criterion;
  if (!words || (kind !== 'elapsed-since-update' && kind !== 'business-days-since')) return [];
  const [unit, counted] =
    kind === 'elapsed-since-update'
      ? (['(?:(?:business|working) )?hours?', [criterion.hours]] as const)
      : (['(?:business|working) days?', Object.values(criterion.days)] as const);
  const said = numbersBefore(unit, words);
  const findings: Finding[] = [];
  if (said.length && !said.some((number) => counted.includes(number)))
    findings.push(
      warning(
        'number-differs',
        at,
        `The words of "${id}" say ${said[0]} where it counts ${listed([...new Set(counted)].map(String), 'or')}; make them agree.`,
      ),
    );
  if (kind === 'business-days-since' && !/\b(?:business|working)[\s-]days?\b/i.test(words))
    findings.push(
      warning(
        'clock-unclear',
        [...at, 'guidance'],
        `"${id}" counts business days and its words do not say so; write "business days" (G7).`,
      ),
    );
  if (
    kind === 'elapsed-since-update' &&
    criterion.clock === 'business' &&
    /\bhours?\b/i.test(words) &&
    !SAYS_BUSINESS.test(words)
  )
    findings.push(
      warning(
        'clock-unclear',
        [...at, 'guidance'],
        `"${id}" counts business hours and its words say plain hours; write "business hours" (G9).`,
      ),
    );
  if (
    kind === 'elapsed-since-update' &&
    criterion.clock === 'elapsed' &&
    /\b(?:business|working)[\s-]hours?\b/i.test(words)
  )
    findings.push(
      warning(
        'clock-unclear',
        [...at, 'clock'],
        `The words of "${id}" say business hours and it counts hours as they pass; use "clock": "business", or write "hours" (G9).`,
      ),
    );
  return findings;
}

/** Business impact in words comes with a "yes", in a field of the form (G10). */
function lintImpact(policy: Policy, criterion: Criterion, at: Path): Finding[] {
  if (criterion.kind !== 'confirm' || !criterion.impact) return [];
  const findings: Finding[] = [];
  if (!policy.form.impact)
    findings.push(
      error(
        'impact-without-field',
        [...at, 'impact'],
        `"${criterion.id}" asks for the business impact and "form" has no "impact" field for it; add one (G10).`,
      ),
    );
  if (criterion.expects === 'no')
    findings.push(
      error(
        'impact-of-a-no',
        [...at, 'impact'],
        `"${criterion.id}" goes on with a "no" and then asks for the impact of what is not so; take "impact" out, or expect a "yes" (G10).`,
      ),
    );
  return findings;
}

/** All rules about criteria. */
export function lintCriteria(policy: Policy, table: Table | null): Finding[] {
  return policy.criteria.flatMap((criterion, i) => {
    const at = ['criteria', i];
    const dead = table && table.form.length > 0 && meeting(table.form, criterion.when).length === 0;
    return [
      ...lintWaysOut(criterion, at),
      ...lintClock(policy, criterion, at),
      ...lintImpact(policy, criterion, at),
      ...(dead
        ? [
            warning(
              'unreachable-criterion',
              [...at, 'when'],
              `No case that gets a form meets the "when" of "${criterion.id}", so it is never judged; widen it, or take it out.`,
            ),
          ]
        : []),
    ];
  });
}

/** Days off that never come, or have all been: from then on business time is counted wrong (G7). */
export function lintCalendar({ calendar }: Policy, now?: Date): Finding[] {
  if (!calendar) return [];
  const findings = calendar.holidays.flatMap((day, i) => {
    const read = new Date(`${day}T00:00:00Z`);
    if (!Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)) return [];
    return [
      error(
        'no-such-day',
        ['calendar', 'holidays', i],
        `There is no ${day} in the calendar; correct the date.`,
      ),
    ];
  });
  const last = [...calendar.holidays].sort().at(-1);
  if (now && last) {
    const { year, month, day } = localParts(now, calendar.timeZone);
    const today = [
      String(year).padStart(4, '0'),
      String(month).padStart(2, '0'),
      String(day).padStart(2, '0'),
    ];
    if (last < today.join('-'))
      findings.push(
        warning(
          'holidays-over',
          ['calendar', 'holidays'],
          `The last holiday was ${last}; add the coming ones, or every holiday counts as a business day.`,
        ),
      );
  }
  return findings;
}
