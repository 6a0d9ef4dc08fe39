import type { Story } from './case-file.js';
import { asPerson, dana, priya } from './people.js';

/** Cases of the Pulse Secure process. */

const me = asPerson(priya);
const pulse = { program: null, deployment: 'premises' as const, product: 'Pulse Connect Secure 9.1' };

export const pulseStories: Story[] = [
  {
    case: {
      ...pulse, id: '00481516', number: '00481516', subject: 'Nightly export stops at 2 GB',
      plan: 'Platinum', status: 'open', statusLabel: 'In progress', priority: 'high', assignee: dana, waitingOn: 'support',
    },
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
  {
    case: {
      ...pulse, id: '00481384', number: '00481384', subject: 'Power supply of the second appliance failed',
      plan: 'Platinum', status: 'open', statusLabel: 'Replacement under way', priority: 'medium', assignee: dana, waitingOn: 'third-party',
      rma: 'RMA-204117',
    },
    description: 'One of the two power supplies of the PSA7000 in Bergen has failed. The appliance runs on the other one.',
    environment: 'Production, Bergen',
    feed: [
      [190, me, 'One of the two power supplies of the PSA7000 in Bergen has failed. The appliance runs on the other one.'],
      [185, dana, 'Thank you for the picture of the light. I have ordered the replacement: RMA-204117.'],
      [93, dana, 'The replacement has left our warehouse. I have no tracking number yet.'],
      [27, me, 'Nothing has arrived so far. By when can we expect it?'],
    ],
  },
  {
    case: {
      ...pulse, id: '00481290', number: '00481290', subject: 'Certificate warning on macOS clients',
      plan: 'Gold', status: 'open', statusLabel: 'In progress', priority: 'medium', assignee: dana, waitingOn: 'support',
    },
    description: 'Clients on macOS show a certificate warning at every sign-in, although the certificate is valid.',
    environment: 'Production, Bergen',
    feed: [
      [170, me, 'Clients on macOS warn about the certificate at every sign-in. Windows clients do not.'],
      [100, dana, 'The intermediate certificate is not sent. I am preparing the steps to install it.'],
    ],
  },
]; // prettier-ignore
