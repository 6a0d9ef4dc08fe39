import { http } from 'msw';
import { setupServer } from 'msw/node';
import {
  jiraServiceManagement,
  type JiraServiceManagementOptions,
} from '../../../src/adapters/jira-service-management.js';
import type { User } from '../../../src/core/model.js';
import { people as ours, policy } from '../../desk.js';
import { describedBy } from '../described.js';
import { JiraServer, ORIGIN, type Held, type JiraRules } from './server.js';

/** The people and the case of test/desk.ts, in a Jira of their own. */

const ids = {
  customer: 'qm:acme:1', partner: 'qm:acme:2', colleague: '5f00000000000000000000a3', stranger: 'qm:globex:4',
  owner: '5f00000000000000000000b1', engineer: '5f00000000000000000000b2',
}; // prettier-ignore
export const people = Object.fromEntries(
  Object.entries(ours).map(([name, user]) => [name, { ...user, id: ids[name as keyof typeof ids] }]),
) as Record<keyof typeof ids, User>;

const PROGRAM = 'customfield_10043';
export const FIELDS = {
  case: 'customfield_10041', asked: 'customfield_10042', priority: 'priority', program: { id: PROGRAM, values: { FedRAMP: 'FedRAMP Cloud CX', Commercial: null } },
  plan: 'customfield_10044', product: 'customfield_10045', rcaRequestedAt: 'customfield_10046',
}; // prettier-ignore
export const [SUPPORT, ESCALATION] = ['25', '31'];

export const RULES: JiraRules = {
  people: Object.entries(ids).map(([name, id]) => {
    const { name: called, role, account } = ours[name as keyof typeof ids];
    const isAgent = role === 'owner' || role === 'engineer';
    return { id, name: called, isAgent, organization: account };
  }),
  requestTypes: {
    [SUPPORT]: [
      'description', 'priority', PROGRAM, FIELDS.plan, FIELDS.product, FIELDS.rcaRequestedAt,
    ], // prettier-ignore
    [ESCALATION]: ['description', FIELDS.case, FIELDS.asked],
  },
  statuses: {
    'Waiting for support': 'NEW',
    'Waiting for customer': 'INDETERMINATE',
    'In progress': 'INDETERMINATE',
    Accepted: 'INDETERMINATE',
    Declined: 'DONE',
    Resolved: 'DONE',
    Closed: 'DONE',
    Canceled: 'DONE',
  },
  transitions: [
    { name: 'Cancel request', to: 'Canceled', from: ['Waiting for support', 'In progress', 'Accepted'] },
    { name: 'Reopen', to: 'In progress', from: ['Resolved'] },
  ],
};

/** A case that Genesys' policy lets be escalated. */
export function addCase(server: JiraServer, more: Partial<Held> = {}): Held {
  const kase = server.put({
    summary: 'Nightly export stops at 2 GB',
    reporter: people.customer.id,
    requestType: SUPPORT,
    status: 'In progress',
    created: Date.parse('2026-05-04T09:00:00Z'),
    fields: new Map<string, unknown>([
      ['priority', { id: '3', name: 'Medium' }],
      [FIELDS.plan, { id: '10100', value: 'Platinum' }],
      [FIELDS.product, 'Genesys Cloud CX'],
      [PROGRAM, { id: '10201', value: 'Commercial' }],
    ]),
    ...more,
  });
  server.say(kase, people.engineer.id, 'Logs received.', true, Date.parse('2026-05-11T12:00:00Z'));
  return kase;
}

export const description = describedBy('jira-service-management');

let current: JiraServer | undefined;
export const msw = setupServer(
  http.all(`${ORIGIN}/*`, ({ request }) =>
    current ? description.watched(current.handle)(request) : new Response(null, { status: 500 }),
  ),
);

/** A Jira of its own for a test, behind the address of all. */
export function aJira(rules: Partial<JiraRules> = {}): JiraServer {
  current = new JiraServer({ ...RULES, ...rules });
  return current;
}

export const adapter = (options: Partial<JiraServiceManagementOptions> = {}) =>
  jiraServiceManagement({
    baseUrl: ORIGIN,
    headers: ({ user }) => ({ Authorization: `Bearer ${user?.id}` }),
    serviceDesk: 10,
    requestType: ESCALATION,
    fields: FIELDS,
    ...options,
  });

export const as = (user: User, options: Partial<JiraServiceManagementOptions> = {}) => ({
  backend: adapter(options),
  call: { user, policy },
});
