import type { Story } from './case-file.js';
import { asPerson, dana, ines, jonas, kim, marek, priya } from './people.js';

/** Cases whose escalations have come some way: what was asked and answered is in `escalations.ts`. */

const me = asPerson(priya);
const open = { status: 'open' as const, statusLabel: 'In progress', waitingOn: 'support' as const };
const cloud = { program: null, deployment: 'cloud' as const, product: 'Genesys Cloud CX', plan: null };

export const escalatedStories: Story[] = [
  {
    case: {
      ...cloud, ...open, id: '00481325', number: '00481325', subject: 'Survey is offered before the call ends',
      priority: 'medium', assignee: marek,
    },
    description: 'Callers hear the survey while they still talk to an agent. It concerns calls that were put on hold.',
    environment: 'Production, EU Central',
    feed: [
      [98, me, 'Callers hear the survey while they still talk to an agent, when the call was on hold before.'],
      [92, marek, 'I can hear it on the two recordings. The hold is counted as the end of the call.'],
      [31, marek, 'A rule that ignores the hold is in test with your flow. I expect the result this week.'],
    ],
  },
  {
    case: {
      ...cloud, ...open, id: '00481262', number: '00481262', subject: 'Schedules lose the last shift of the week',
      statusLabel: 'Monitoring', priority: 'medium', assignee: ines,
    },
    description: 'Published schedules end on Friday evening. The night shift to Saturday is missing.',
    environment: 'Production, EU Central',
    feed: [
      [290, me, 'The published schedules lack the night shift from Friday to Saturday, for three weeks now.'],
      [262, ines, 'The end of the week is taken in another time zone than yours. I am looking for the place.'],
      [80, ines, 'The correction is live. I keep this case open until two weeks have been published with it.'],
    ],
  },
  {
    case: {
      ...cloud, ...open, id: '00481433', number: '00481433', subject: 'Transfers to the Bergen site are refused',
      priority: 'high', assignee: marek,
    },
    description: 'Transfers from Oslo to Bergen are refused for about one call in three, mostly in the morning.',
    environment: 'Production, EU Central',
    feed: [
      [70, me, 'Transfers from Oslo to Bergen are refused for about one call in three, mostly before ten.'],
      [64, marek, 'The refusals come from the capacity check of the Bergen trunk. I am asking why it counts twice.'],
      [29, marek, 'The count is wrong after a restart of the edge. Engineering has the traces.'],
    ],
  },
  {
    case: {
      ...cloud, ...open, id: '00481483', number: '00481483', subject: 'Two agents receive the same chat',
      priority: 'medium', assignee: ines,
    },
    description: 'A chat is shown to two agents at once. Both answer, and the customer reads two answers.',
    environment: 'Production, EU Central',
    feed: [
      [52, asPerson(jonas), 'About ten times a day a chat is shown to two agents at once, and both answer.'],
      [47, ines, 'Thank you. The two offers are less than a second apart; I have reported that to Development.'],
    ],
  },
  {
    case: {
      ...open, program: null, deployment: 'premises', product: 'Pulse Connect Secure 9.1', plan: 'Platinum',
      id: '00481459', number: '00481459', subject: 'Sign-in takes 40 seconds after eight', priority: 'medium', assignee: dana,
    },
    description: 'Between eight and nine in the morning a sign-in takes about 40 seconds. Later it takes three.',
    environment: 'Production, Oslo',
    feed: [
      [118, me, 'Between eight and nine in the morning a sign-in takes about 40 seconds. Later it takes three.'],
      [110, dana, 'Please send the log of one such morning.'],
      [93, me, 'Attached: the logs of two mornings.'],
      [45, dana, 'Please send the log of one such morning.'],
    ],
  },
  {
    case: {
      ...cloud, ...open, id: '00481346', number: '00481346', subject: 'Report of skills counts trainees twice',
      priority: 'medium', assignee: ines,
    },
    description: 'The monthly report of skills counts everybody twice who changed from trainee to agent in that month.',
    environment: 'Production, EU Central',
    feed: [
      [140, me, 'The monthly report of skills counts everybody twice who changed from trainee to agent in that month.'],
      [76, ines, 'I have found the two rows. The report joins by role, and that changes within the month.'],
    ],
  },
  {
    case: {
      ...cloud, ...open, id: '00481248', number: '00481248', subject: 'Agents drop out of the queue at night',
      priority: 'medium', assignee: marek,
    },
    description: 'Between one and four in the night agents are signed out of the queue without a word.',
    environment: 'Production, EU Central',
    feed: [
      [2710, me, 'Between one and four in the night agents are signed out of the queue without a word.'],
      [2690, marek, 'Their sessions end in the hour of maintenance. I have asked the platform team why they are not moved.'],
      [30, marek, 'The session service of the last site is on the new version.'],
    ],
  },
  {
    case: {
      ...open, program: null, deployment: 'premises', product: 'PureConnect', plan: null,
      id: '00481395', number: '00481395', subject: 'Faxes are stored without their last page', priority: 'medium', assignee: marek,
      customer: { name: 'Acme Ltd', region: 'Norway' },
    },
    description: 'Faxes of more than nine pages are stored without their last page.',
    environment: 'Production, Bergen',
    feed: [
      [88, asPerson(kim), 'Faxes of more than nine pages are stored without their last page, at Acme in Bergen.'],
      [61, marek, 'I have sent myself a fax of ten pages and can see it. I am comparing the versions of the fax service.'],
    ],
  },
]; // prettier-ignore
