import type { Story } from './case-file.js';
import { asPerson, ines, marek, priya } from './people.js';

/** Cases for which the Genesys process has rules of its own: FedRAMP and root cause analyses; and one of a stranger. */

const me = asPerson(priya);
const open = {
  status: 'open' as const,
  statusLabel: 'In progress',
  waitingOn: 'support' as const,
  plan: null,
};
const federal = { deployment: 'cloud' as const, customer: { name: 'Acme Federal', region: 'United States' } };
const engage = { ...federal, program: 'fedramp-engage', product: 'Genesys Engage' };
const cloud = { program: null, deployment: 'cloud' as const, product: 'Genesys Cloud CX' };

export const specialStories: Story[] = [
  {
    case: {
      ...open, ...engage, id: '00481511', number: '00481511', subject: 'Agents are signed out at shift change',
      statusLabel: 'New', priority: 'medium', assignee: null,
    },
    description: 'When the early shift hands over, agents of the late shift are signed out as well and have to sign in twice.',
    environment: 'FedRAMP, US East',
    feed: [[2.2, me, 'At every shift change agents of the late shift are signed out as well. They sign in twice and lose three minutes.']],
  },
  {
    case: {
      ...open, ...engage, id: '00481437', number: '00481437', subject: 'Routing ignores a new skill',
      priority: 'medium', assignee: marek,
    },
    description: 'Interactions with the skill “Benefits” are offered to agents who do not have it.',
    environment: 'FedRAMP, US East',
    feed: [
      [102, me, 'Interactions with the skill “Benefits” are offered to agents who do not have it, since the skill was added last week.'],
      [77, marek, 'The routing strategy was published before the skill was. I am checking whether publishing it again is enough.'],
    ],
  },
  {
    case: {
      ...open, ...federal, id: '00481440', number: '00481440', subject: 'Queue report shows no data',
      program: 'fedramp-cloud-cx', product: 'Genesys Cloud CX', priority: 'medium', assignee: ines,
    },
    description: 'The queue performance report is empty for all queues of the FedRAMP organisation.',
    environment: 'FedRAMP, US West',
    feed: [
      [97, me, 'The queue performance report is empty for all queues. Other reports are fine.'],
      [74, ines, 'I can see the empty report. The data is there, so the fault is in the report itself.'],
    ],
  },
  {
    case: {
      ...open, ...cloud, id: '00481355', number: '00481355', subject: 'Root cause of the voice outage',
      statusLabel: 'Root cause analysis', priority: 'medium', assignee: marek,
    },
    description: 'The voice platform was down for 40 minutes. It works again; we ask for a root cause analysis.',
    environment: 'Production, EU Central',
    feed: [
      [150, me, 'The voice platform was down for 40 minutes and came back by itself.'],
      [148, marek, 'Service was restored by a failover. I keep this case open for the analysis.'],
      [28, marek, 'The root cause analysis has started. Logs of all nodes are secured.'],
    ],
    rcaDay: 3,
  },
  {
    case: {
      ...open, ...cloud, id: '00481301', number: '00481301', subject: 'Root cause of the delayed callbacks',
      statusLabel: 'Root cause analysis', priority: 'medium', assignee: ines,
    },
    description: 'For two hours callbacks were made up to 50 minutes late. We ask why, and what keeps it from happening again.',
    environment: 'Production, EU Central',
    feed: [
      [312, me, 'For two hours callbacks were made up to 50 minutes late. It is over now; we ask for the root cause.'],
      [308, ines, 'The queue has caught up. I keep this case open for the analysis.'],
      [52, ines, 'The analysis is with the platform team. They compare the load of that day with the weeks before.'],
    ],
    rcaDay: 6,
  },
  {
    case: {
      ...open, ...cloud, id: '00481533', number: '00481533', subject: 'Wallboard freezes at midnight',
      statusLabel: 'New', priority: 'medium', assignee: null, customer: { name: 'Globex GmbH', region: 'Germany' },
    },
    description: 'The wallboard freezes at midnight.',
    environment: 'Production',
    feed: [[9, marek, 'Received.']],
    account: 'globex',
  },
]; // prettier-ignore
