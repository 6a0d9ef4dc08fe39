import type { Story } from './case-file.js';
import { asPerson, ines, marek, priya } from './people.js';

/** Commercial cases of the Genesys process: what their priority and their state make of them. */

const me = asPerson(priya);
const genesys = { program: null, deployment: 'cloud' as const, product: 'Genesys Cloud CX', plan: null };
const open = { status: 'open' as const, statusLabel: 'In progress', waitingOn: 'support' as const };

export const genesysStories: Story[] = [
  {
    case: {
      ...genesys, ...open, id: '00481466', number: '00481466', subject: 'Queue names are cut off on the wallboard',
      priority: 'low', assignee: ines,
    },
    description: 'Names of more than 24 characters are cut off on the wallboard. Supervisors tell the queues apart by colour.',
    environment: 'Production, EU Central',
    feed: [
      [121, me, 'Names of more than 24 characters are cut off on the wallboard. Two of our queues look the same now.'],
      [96, ines, 'The width is fixed in this view. I have written the request down for the team that owns the wallboard.'],
    ],
  },
  {
    case: {
      ...genesys, ...open, id: '00481498', number: '00481498', subject: 'Agents lose audio after a transfer',
      statusLabel: 'With Development', priority: 'medium', assignee: marek, waitingOn: 'development',
    },
    description: 'When a call is transferred between Sales and Service, the second agent hears nothing for ten to fifteen seconds.',
    environment: 'Production, EU Central',
    feed: [
      [220, me, 'After a transfer from Sales to Service the second agent hears nothing for ten to fifteen seconds. It concerns about one call in five.'],
      [214, marek, 'Thank you. Please name three calls with their times, so that we can look at the media path.'],
      [190, me, 'Three calls with times are in the attached list.'],
      [98, marek, 'All three took the same media server. I have handed the traces to Development.'],
    ],
  },
  {
    case: {
      ...genesys, ...open, id: '00481502', number: '00481502', subject: 'Outbound campaign pauses after every list upload',
      priority: 'high', assignee: ines,
    },
    description: 'Each time we upload a contact list, the running campaign pauses and a supervisor has to start it again by hand.',
    environment: 'Production, EU Central',
    feed: [
      [49, me, 'Every upload of a contact list pauses the running campaign. A supervisor has to start it again by hand, about six times a day.'],
      [46, ines, 'I have reproduced the pause with a list of 20,000 contacts. With a small list it does not happen. I am looking for the limit.'],
      [20, me, 'Our lists have 8,000 to 30,000 contacts, so smaller lists are not a way out.'],
      [3, ines, 'The limit is at 10,000 contacts. A change of the upload is in test; I will tell you the result.'],
    ],
  },
  {
    case: {
      ...genesys, ...open, id: '00481419', number: '00481419', subject: 'Supervisors cannot listen in on live calls',
      priority: 'high', assignee: marek,
    },
    description: 'Monitoring a live call ends after two seconds with “Not available”. Training of new agents stands still.',
    environment: 'Production, EU Central',
    feed: [
      [143, me, 'Monitoring ends after two seconds with “Not available”, for all twelve supervisors. We train 40 new agents this week.'],
      [139, marek, 'I can see the sessions end on our side. Which browsers do the supervisors use?'],
      [122, me, 'Chrome and Edge, current versions, in Oslo and Bergen.'],
      [31, marek, 'The session is refused by a permission that was renamed in the last release. I am asking for the right one.'],
    ],
  },
  {
    case: {
      ...genesys, ...open, id: '00481471', number: '00481471', subject: 'Inbound calls fail for the Oslo site',
      statusLabel: 'Investigating', priority: 'critical', assignee: marek,
    },
    description: 'Since this morning no inbound call reaches the Oslo site. Callers hear a busy tone.',
    environment: 'Production, EU Central',
    feed: [
      [5.5, me, 'No inbound call reaches Oslo. Callers hear a busy tone. Outbound calls work.'],
      [5.2, marek, 'I am on it. The trunk answers, but the calls are refused behind it.'],
      [0.6, marek, 'We have moved Oslo to the second trunk group as a test. Please call the main number and tell me what you hear.'],
    ],
  },
  {
    case: {
      ...genesys, id: '00481408', number: '00481408', subject: 'Chat transcripts miss the last message',
      status: 'pending', statusLabel: 'Waiting for you', priority: 'medium', assignee: ines, waitingOn: 'customer',
      waitingFor: 'Please send the conversation ids of three transcripts that are cut off.',
    },
    description: 'The stored transcript of a web chat ends before the last message of the customer.',
    environment: 'Production, EU Central',
    feed: [
      [168, me, 'The stored transcript of a web chat ends before the last message. In the live view the message is there.'],
      [75, ines, 'Thank you. Please send the conversation ids of three transcripts that are cut off. With them I can compare the store with the live view.'],
    ],
  },
  {
    case: {
      ...genesys, ...open, id: '00481377', number: '00481377', subject: 'Call recordings missing for two queues',
      priority: 'medium', assignee: ines,
    },
    description: 'Recordings of the queues Claims and Billing cannot be found in the archive.',
    environment: 'Production, EU Central',
    feed: [
      [125, me, 'Recordings of the queues Claims and Billing cannot be found in the archive. Other queues are complete.'],
      [118, ines, 'Thank you. I am checking whether the recordings were made at all.'],
      [60, me, 'Is there any news? We have to show recordings to our auditors soon.'],
      [26, ines, 'The files are on the storage. What is missing is their index; it is being rebuilt.'],
    ],
  },
  {
    case: {
      ...genesys, id: '00480904', number: '00480904', subject: 'Callback requests arrive twice',
      status: 'closed', statusLabel: 'Closed', priority: 'medium', assignee: ines, waitingOn: null,
    },
    description: 'Customers who ask for a callback are called twice.',
    environment: 'Production, EU Central',
    feed: [
      [520, me, 'Customers who ask for a callback are called twice.'],
      [400, ines, 'The flow had two callback actions. I have corrected it in the test organisation.'],
      [216, ines, 'Corrected in production too, and no doubles for a week. I am closing this case.'],
    ],
  },
]; // prettier-ignore
