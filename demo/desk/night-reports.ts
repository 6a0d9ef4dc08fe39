import type { Course, Step } from './escalations.js';
import { jonas, priya, sam } from './people.js';

/** An escalation that went on for a summer: long enough for a conversation of several pages. */

const NIGHTS = 110;
const DAY = 24;
const dayOf = (instant: string) =>
  new Date(instant).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'long' });

/** What was counted in a night: less and less, and not evenly. */
const dropped = (night: number) => Math.max(0, Math.round(34 - night * 0.28 + ((night * 7919) % 13) - 6));

function nightOf(night: number, from: (hours: number) => string): Step[] {
  const hours = (NIGHTS - night) * DAY + 4;
  const count = dropped(night);
  const report =
    count === 0
      ? `Night to ${dayOf(from(-hours))}: nobody dropped out.`
      : `Night to ${dayOf(from(-hours))}: ${count} of 2,160 agents dropped out of the queue, the longest for ${3 + (count % 9)} minutes.`;
  const steps: Step[] = [[hours, jonas, report]];
  if (night % 9 === 0)
    steps.push([
      hours - 2,
      priya,
      'The supervisors of the night shift ask what they should tell their teams.',
    ]);
  if (night % 14 === 0)
    steps.push([
      hours - 3,
      sam,
      `Thank you for the figures. Engineering has them next to the log of the session service; step ${night / 14} of the plan is live since yesterday evening.`,
    ]);
  return steps;
}

export const nightReports: Course = {
  caseId: '00481248',
  process: 'genesys',
  request: [
    NIGHTS * DAY + 30,
    priya,
    {
      reasonId: 'lack-of-updates',
      details:
        'Every night agents drop out of the queue without a word. It is counted every morning, and nothing changes.',
    },
  ],
  steps: (from) => [
    [NIGHTS * DAY + 28, sam, { kind: 'take' }],
    [
      NIGHTS * DAY + 27,
      sam,
      {
        kind: 'accept',
        importance: 'medium',
        urgency: 'medium',
        text: 'Accepted. Please send the count of every night here: it tells us which step has helped.',
        nextSteps: [{ text: 'Bring the session service to the new version, site by site', who: 'Sam Okoro' }],
      },
    ],
    [NIGHTS * DAY + 27, sam, { kind: 'keep-promise', promiseId: 'review' }],
    ...Array.from({ length: NIGHTS }, (_, i) => nightOf(i + 1, from)).flat(),
    [2, sam, { kind: 'next-update', dueAt: from(26) }],
  ],
};
