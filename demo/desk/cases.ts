import type { Case, Person } from 'escalation-elements';
import { holidays } from './policies.js';
import { asPerson, dana, ines, marek, priya } from './people.js';

/** One row of a case feed, the host's own. */
export interface CaseFeedEntry {
  at: string;
  by: Person;
  text: string;
  /** Why it is here, where it is not simply a reply. */
  mark?: string;
}

/** What the portal itself knows of a case, beside what escalating needs. */
export interface CaseFile {
  openedAt: string;
  description: string;
  environment: string;
  feed: CaseFeedEntry[];
}

export interface SeedCase {
  case: Case;
  account: string;
  file: CaseFile;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const newYorkDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });

/** The morning of the business day that makes today, or the last business day before it, the `count`-th. */
function businessDaysAgo(count: number, now: Date): string {
  for (let at = now.getTime(), left = count; ; at -= DAY) {
    const day = newYorkDay.format(at);
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(day) && --left === 0)
      return `${day}T15:00:00.000Z`;
  }
}

type Told = [hoursAgo: number, by: Person, text: string];

/** @returns the cases of the first day, newest number first */
export function seedCases(now: Date): SeedCase[] {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR).toISOString();

  function seed(
    kase: Omit<Case, 'lastUpdate' | 'customer' | 'rcaRequestedAt'> & Partial<Case>,
    { description, environment, feed }: { description: string; environment: string; feed: Told[] },
    account = 'acme',
  ): SeedCase {
    const told = feed.map(([hours, by, text]) => ({ at: ago(hours), by, text }));
    const last = told.at(-1);
    return {
      case: {
        customer: { name: 'Acme Ltd', region: 'Norway' },
        rcaRequestedAt: null,
        lastUpdate: last ? { at: last.at, by: last.by, excerpt: last.text.slice(0, 140) } : null,
        ...kase,
      },
      account,
      file: { openedAt: told[0]?.at ?? ago(1), description, environment, feed: told },
    };
  }

  const me = asPerson(priya);
  const pulse = { program: null, deployment: 'premises' as const, product: 'Pulse Connect Secure 9.1' };
  const genesys = { program: null, deployment: 'cloud' as const, product: 'Genesys Cloud CX', plan: null };

  return [
    seed(
      {
        ...pulse, id: '00481516', number: '00481516', subject: 'Nightly export stops at 2 GB',
        plan: 'Platinum', status: 'open', statusLabel: 'In progress', priority: 'high', assignee: dana, waitingOn: 'support',
      },
      {
        description:
          'The nightly export of the user access log stops after exactly 2 GB. The archive that arrives on our SFTP server is cut off and cannot be opened. It started with the upgrade to 9.1R15 and happens every night.',
        environment: 'Production, Oslo and Bergen',
        feed: [
          [147, me, 'The export of the access log stops after exactly 2 GB, every night since the upgrade to 9.1R15. We need complete logs for our auditors.'],
          [141, dana, 'Thank you for the details. Please send the export log of one night and the size of the archive on the SFTP server.'],
          [120, me, 'Both attached: the export log of last night and a listing of the server. The archive has 2,147,483,647 bytes.'],
          [72, dana, 'That number is the limit of a signed 32-bit counter, so I have asked engineering which part of the export still counts that way. Can you export in two halves until then?'],
          [54, me, 'Two halves work, but somebody has to join them every morning. That is no solution for the audit.'],
          [3, dana, 'Logs received, thank you. I can see the transfer end on our side too. Engineering looks at the trace now.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00481502', number: '00481502', subject: 'Outbound campaign pauses after every list upload',
        status: 'open', statusLabel: 'In progress', priority: 'high', assignee: ines, waitingOn: 'support',
      },
      {
        description:
          'Each time we upload a contact list, the running campaign pauses and a supervisor has to start it again by hand.',
        environment: 'Production, EU Central',
        feed: [
          [49, me, 'Every upload of a contact list pauses the running campaign. A supervisor has to start it again by hand, about six times a day.'],
          [46, ines, 'I have reproduced the pause with a list of 20,000 contacts. With a small list it does not happen. I am looking for the limit.'],
          [20, me, 'Our lists have 8,000 to 30,000 contacts, so smaller lists are not a way out.'],
          [3, ines, 'The limit is at 10,000 contacts. A change of the upload is in test; I will tell you the result.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00481498', number: '00481498', subject: 'Agents lose audio after a transfer',
        status: 'open', statusLabel: 'With Development', priority: 'medium', assignee: marek, waitingOn: 'development',
      },
      {
        description:
          'When a call is transferred between Sales and Service, the second agent hears nothing for ten to fifteen seconds.',
        environment: 'Production, EU Central',
        feed: [
          [220, me, 'After a transfer from Sales to Service the second agent hears nothing for ten to fifteen seconds. It concerns about one call in five.'],
          [214, marek, 'Thank you. Please name three calls with their times, so that we can look at the media path.'],
          [190, me, 'Three calls with times are in the attached list.'],
          [98, marek, 'All three took the same media server. I have handed the traces to Development.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00481471', number: '00481471', subject: 'Inbound calls fail for the Oslo site',
        status: 'open', statusLabel: 'Investigating', priority: 'critical', assignee: marek, waitingOn: 'support',
      },
      {
        description: 'Since this morning no inbound call reaches the Oslo site. Callers hear a busy tone.',
        environment: 'Production, EU Central',
        feed: [
          [5.5, me, 'No inbound call reaches Oslo. Callers hear a busy tone. Outbound calls work.'],
          [5.2, marek, 'I am on it. The trunk answers, but the calls are refused behind it.'],
          [0.6, marek, 'We have moved Oslo to the second trunk group as a test. Please call the main number and tell me what you hear.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00481440', number: '00481440', subject: 'Queue report shows no data',
        program: 'fedramp-cloud-cx', status: 'open', statusLabel: 'In progress', priority: 'medium', assignee: ines, waitingOn: 'support',
        customer: { name: 'Acme Federal', region: 'United States' },
      },
      {
        description: 'The queue performance report is empty for all queues of the FedRAMP organisation.',
        environment: 'FedRAMP, US West',
        feed: [
          [97, me, 'The queue performance report is empty for all queues. Other reports are fine.'],
          [74, ines, 'I can see the empty report. The data is there, so the fault is in the report itself.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00481377', number: '00481377', subject: 'Call recordings missing for two queues',
        status: 'open', statusLabel: 'In progress', priority: 'medium', assignee: ines, waitingOn: 'support',
      },
      {
        description: 'Recordings of the queues Claims and Billing cannot be found in the archive.',
        environment: 'Production, EU Central',
        feed: [
          [125, me, 'Recordings of the queues Claims and Billing cannot be found in the archive. Other queues are complete.'],
          [118, ines, 'Thank you. I am checking whether the recordings were made at all.'],
          [60, me, 'Is there any news? We have to show recordings to our auditors soon.'],
          [26, ines, 'The files are on the storage. What is missing is their index; it is being rebuilt.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00481355', number: '00481355', subject: 'Root cause of the voice outage',
        status: 'open', statusLabel: 'Root cause analysis', priority: 'medium', assignee: marek, waitingOn: 'support',
        rcaRequestedAt: businessDaysAgo(3, now),
      },
      {
        description: 'The voice platform was down for 40 minutes. It works again; we ask for a root cause analysis.',
        environment: 'Production, EU Central',
        feed: [
          [150, me, 'The voice platform was down for 40 minutes and came back by itself.'],
          [148, marek, 'Service was restored by a failover. I keep this case open for the analysis.'],
          [52, marek, 'The root cause analysis has started. Logs of all nodes are secured.'],
        ],
      },
    ),
    seed(
      {
        ...pulse, id: '00481290', number: '00481290', subject: 'Certificate warning on macOS clients',
        plan: 'Gold', status: 'open', statusLabel: 'In progress', priority: 'medium', assignee: dana, waitingOn: 'support',
      },
      {
        description: 'Clients on macOS show a certificate warning at every sign-in, although the certificate is valid.',
        environment: 'Production, Bergen',
        feed: [
          [170, me, 'Clients on macOS warn about the certificate at every sign-in. Windows clients do not.'],
          [100, dana, 'The intermediate certificate is not sent. I am preparing the steps to install it.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00480904', number: '00480904', subject: 'Callback requests arrive twice',
        status: 'closed', statusLabel: 'Closed', priority: 'medium', assignee: ines, waitingOn: null,
      },
      {
        description: 'Customers who ask for a callback are called twice.',
        environment: 'Production, EU Central',
        feed: [
          [520, me, 'Customers who ask for a callback are called twice.'],
          [400, ines, 'The flow had two callback actions. I have corrected it in the test organisation.'],
          [216, ines, 'Corrected in production too, and no doubles for a week. I am closing this case.'],
        ],
      },
    ),
    seed(
      {
        ...genesys, id: '00481533', number: '00481533', subject: 'Wallboard freezes at midnight',
        status: 'open', statusLabel: 'New', priority: 'medium', assignee: null, waitingOn: 'support',
        customer: { name: 'Globex GmbH', region: 'Germany' },
      },
      { description: 'The wallboard freezes at midnight.', environment: 'Production', feed: [[9, marek, 'Received.']] },
      'globex',
    ),
  ]; // prettier-ignore
}
