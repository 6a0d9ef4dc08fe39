import { memory } from 'escalation-elements/adapters/memory';
import { jiraServiceManagement } from 'escalation-elements/adapters/jira-service-management';
import { requestTracker } from 'escalation-elements/adapters/request-tracker';
import { salesforce } from 'escalation-elements/adapters/salesforce';
import { servicenow } from 'escalation-elements/adapters/servicenow';
import { zendesk } from 'escalation-elements/adapters/zendesk';
import type { Backend } from 'escalation-elements/backend';
import { postgres } from '../../demo/server/postgres/backend.js';
import { connect } from '../../demo/server/postgres/connect.js';

/** Every backend there is, as its options make it by default, for the table of what each does. */

const desk = { baseUrl: 'https://desk.test', headers: () => ({}) };
const attach = { maxBytes: 1000, types: ['*/*'] };
const states = {
  requested: '1',
  'under-review': '2',
  accepted: '3',
  declined: '4',
  resolved: '5',
  withdrawn: '6',
};

export async function backends(): Promise<{ name: string; backend: Backend; files: boolean }[]> {
  const own = postgres({ database: await connect({}), attach });
  const all: Record<string, Backend> = {
    memory: memory({ cases: [], attach }),
    postgres: own,
    'request-tracker': requestTracker(desk),
    zendesk: zendesk({ ...desk, fields: { case: 1, asked: 2, reviewed: 3, stage: 4 } }),
    'jira-service-management': jiraServiceManagement({
      ...desk,
      serviceDesk: '1',
      requestType: '2',
      fields: { case: 'customfield_1', asked: 'customfield_2' },
    }),
    servicenow: servicenow({ ...desk, states }),
    salesforce: salesforce(desk),
  };
  await own.close();
  return Object.entries(all).map(([name, backend]) => ({ name, backend, files: Boolean(backend.upload) }));
}
