import { listed } from '../core/lint-finding.js';
import type { CriterionResult } from '../core/model.js';
import type { Criterion } from '../core/policy.js';
import { safeLine } from '../core/text.js';

/** What a verdict hangs on, in words. The zone of times is that of the process: TZ. */

const MINUTE = 60_000;

/** "Tue 12 May 2026 10:05 GMT-4". */
export function moment(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(at);
  const part = (type: string) => parts.find((item) => item.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')} ${part('hour')}:${part('minute')} ${part('timeZoneName')}`;
}

/** "21 h 3 min", "3 d 4 h": how far off, in the two largest units. */
export function span(milliseconds: number): string {
  const minutes = Math.ceil(Math.abs(milliseconds) / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = [days && `${days} d`, hours && `${hours} h`, !days && rest && `${rest} min`].filter(Boolean);
  return parts.join(' ') || '0 min';
}

const WAITING: Record<string, string> = {
  'last-update-unknown': 'The help desk does not say when the case was last updated.',
  'never-updated': 'The case was never updated.',
  'no-rca': 'No root cause analysis was asked for.',
  'rca-unknown':
    'The help desk does not say whether a root cause analysis was asked for, or the deployment is not known.',
  'status-unknown': 'The help desk does not say the status of the case.',
  'assignee-unknown': 'The help desk does not say whether somebody is assigned.',
  'priority-unknown': 'The case has no priority.',
  'not-waiting': 'The case does not wait on the customer.',
};

type Values = Record<string, string | number | null>;

/** When and by whom; and of a clock, what it counts. */
function lastUpdate({ at, by, hours, counts }: Values, business: boolean): string {
  const author = by === null || by === undefined ? '' : ` by ${safeLine(String(by))}`;
  const whose = counts === 'support' ? 'an update by support' : "anyone's update";
  const clock =
    hours === undefined ? '' : ` The clock: ${hours} ${business ? 'business ' : ''}hours from ${whose}.`;
  return `Last update ${moment(new Date(String(at)))}${author}.${clock}`;
}

/** The evidence of a judged criterion; empty where there is none. */
export function evidenceWords(criterion: Criterion, { evidence, result }: CriterionResult): string {
  if (criterion.kind === 'confirm') {
    const impact = criterion.impact ? ', and the business impact is asked for in words' : '';
    return `The answer "${criterion.expects}" lets the request go on${impact}.`;
  }
  if (!evidence) return '';
  const { code, values } = evidence;
  const known = WAITING[code];
  // A blocking criterion without its fact becomes a question.
  if (known) return result === 'ask' ? `${known} So the customer is asked.` : known;
  switch (code) {
    case 'status':
      return `The case is ${values['status']}.`;
    case 'assignee':
      return values['name'] === null
        ? 'Nobody is assigned.'
        : `Assigned to ${safeLine(String(values['name']))}.`;
    case 'priority':
      return `The priority is ${values['priority']}.`;
    case 'last-update':
      return lastUpdate(values, criterion.kind === 'elapsed-since-update' && criterion.clock === 'business');
    case 'rca-day':
      return `Asked for ${moment(new Date(String(values['at'])))}; ${values['days']} business days are needed${values['day'] === null ? '' : `, this is day ${values['day']}`}.`;
    case 'waiting-on-customer':
      return `Support waits on the customer${values['since'] ? ` since ${moment(new Date(String(values['since'])))}` : ''}${values['asked'] ? `: ${safeLine(String(values['asked']))}` : ''}.`;
    default:
      return code;
  }
}

const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const;

/** What would have to be so for a criterion that blocks. */
export function conditionWords(criterion: Criterion, { availableAt }: CriterionResult, now: Date): string {
  if (availableAt) {
    const at = new Date(availableAt);
    const unless =
      criterion.kind === 'elapsed-since-update'
        ? `, if ${criterion.by === 'support' ? 'support does not write' : 'nobody writes'} on the case before`
        : '';
    return `it is ${moment(at)} (in ${span(at.getTime() - now.getTime())})${unless}`;
  }
  switch (criterion.kind) {
    case 'case-open':
      return 'the case is reopened';
    case 'assigned':
      return 'the case is assigned';
    case 'priority-not': {
      const others = PRIORITIES.filter((priority) => !criterion.priorities.includes(priority));
      return `its priority is ${listed(others, 'or')}`;
    }
    case 'not-waiting-on-customer':
      return 'the customer has replied, or says so in the dialog';
    default:
      return `"${criterion.id}" is met`;
  }
}
