import type { Action, EscalationRequest, User } from 'escalation-elements';
import { lostCalls, playedSample, type SeedFile } from './files.js';
import { nightReports } from './night-reports.js';
import { jonas, priya, sam } from './people.js';
import type { Process } from './policies.js';

/** What was asked for and answered before the demo begins. */

/** Text: a message, with its file; else what somebody did. Its times are hours from now. */
export type Step = [hoursAgo: number, by: User, what: string | Action, file?: SeedFile];

export interface Course {
  caseId: string;
  process: Process;
  request: [
    hoursAgo: number,
    by: User,
    request: Omit<EscalationRequest, 'policyVersion' | 'confirmed'>,
    file?: SeedFile,
  ];
  /** @param from makes an instant of hours from now */
  steps: (from: (hours: number) => string) => Step[];
}

const take: Action = { kind: 'take' };

export const COURSES: readonly Course[] = [
  nightReports,
  {
    caseId: '00481377',
    process: 'genesys',
    request: [51.2, priya, {
      reasonId: 'lack-of-updates',
      details: 'Recordings of Claims and Billing are missing since last week. We have to show them to our auditors, and nobody can tell us yet whether they are lost.',
    }],
    steps: (from) => [
      [50.6, sam, take],
      [49.9, sam, {
        kind: 'accept', importance: 'high', urgency: 'high',
        text: 'Your request meets the criteria. I own this escalation until the recordings are back.',
        nextSteps: [
          { text: 'Check whether the recordings are complete on the storage', who: 'Ines Carvalho' },
          { text: 'Tell you by when they can be played again', who: 'Sam Okoro' },
        ],
      }],
      [49.9, sam, { kind: 'keep-promise', promiseId: 'review' }],
      [49.9, sam, { kind: 'keep-promise', promiseId: 'reply' }],
      [47.5, priya, 'Thank you for taking this. The audit is in eight days, so a date would help us a lot.'],
      [26, sam, 'All recordings are on the storage: nothing is lost. What is broken is the index of the two queues. Ines rebuilds it queue by queue, and we then play a sample of 200 recordings.'],
      [26, sam, { kind: 'promise', text: 'tell you the result of the sample', dueAt: from(19) }],
      [5, sam, 'Billing is done: 12,480 recordings can be played again. Claims is larger and runs through the night.', playedSample],
      [4.4, priya, 'Billing works here as well. Thank you, we wait for Claims.'],
    ],
  },
  {
    caseId: '00481433',
    process: 'genesys',
    request: [28.5, priya, {
      reasonId: 'lack-of-updates',
      details: 'One call in three to Bergen is lost in the morning. We need somebody who brings the two teams together.',
      impact: 'About 90 calls every morning; callers ring again and wait twice.',
    }, lostCalls],
    steps: (from) => [
      [27.8, sam, take],
      [27.5, sam, {
        kind: 'accept', importance: 'high', urgency: 'medium',
        text: 'Accepted. I bring support and engineering to one table tomorrow morning.',
        nextSteps: [{ text: 'Agree on the way to a fix', who: 'Sam Okoro' }],
        nextUpdateDueAt: from(-3),
      }],
      [27.4, sam, { kind: 'keep-promise', promiseId: 'review' }],
    ],
  },
  {
    caseId: '00481459',
    process: 'pulse-secure',
    request: [7.2, priya, {
      reasonId: 'case-reassignment',
      details: 'We are asked for the same log again and again. Please give the case to somebody else.',
    }],
    steps: () => [
      [6.4, sam, take],
      [6.1, sam, {
        kind: 'accept', importance: 'medium', urgency: 'medium',
        text: 'I have read the case and understand. I will find another engineer for you today.',
      }],
      [6, sam, { kind: 'note', text: 'Ines and Marek have room. Ask Marek first: he knows the sign-in.' }],
    ],
  },
  {
    caseId: '00481346',
    process: 'genesys',
    request: [20, priya, { reasonId: 'other', details: 'The report goes to our board each month. We need a date by which it is right.' }],
    steps: () => [
      [19.2, sam, take],
      [19, sam, {
        kind: 'accept', importance: 'low', urgency: 'low',
        text: 'Accepted. Ines gets the time that she needs for the report.',
      }],
    ],
  },
  {
    caseId: '00481483',
    process: 'genesys',
    request: [4.6, jonas, { reasonId: 'lack-of-updates', details: 'Customers complain about double answers. By when can we expect news from Development?' }],
    steps: () => [],
  },
  {
    caseId: '00481325',
    process: 'genesys',
    request: [29, priya, { reasonId: 'lack-of-updates', details: 'More and more callers hear the survey too early. Please make it faster.' }],
    steps: () => [
      [27, sam, take],
      [25.5, sam, {
        kind: 'decline',
        text: 'I cannot accept the request as it is. What you describe is a change of urgency, and Marek answered two hours before you asked.',
        criteria: [
          { id: 'no-change-of-urgency', text: 'More callers than before is a change of impact: Product Support can raise the priority to High.' },
          { id: 'recent-update', text: 'Marek wrote on the case that a rule is in test. His result is due this week.' },
        ],
        links: [{ label: 'Case escalation process', href: 'https://example.com/case-escalation' }],
      }],
    ],
  },
  {
    caseId: '00481262',
    process: 'genesys',
    request: [218, priya, { reasonId: 'lack-of-updates', details: 'Night shifts are planned by hand for three weeks. We need a date.' }],
    steps: () => [
      [216, sam, take],
      [215, sam, {
        kind: 'accept', importance: 'medium', urgency: 'high',
        text: 'Accepted. I stay with it until your schedules are complete.',
        nextSteps: [{ text: 'Find the place where the week ends too early', who: 'Ines Carvalho' }],
      }],
      [214, sam, { kind: 'keep-promise', promiseId: 'review' }],
      [214, sam, { kind: 'keep-promise', promiseId: 'reply' }],
      [122, sam, 'The place is found. The correction goes live in the night to Thursday.'],
      [98, priya, 'This week is complete for the first time. Thank you.'],
      [72, sam, { kind: 'resolve', summary: 'Schedules end at the end of your week again. Two weeks have been checked by both sides.' }],
    ],
  },
]; // prettier-ignore
