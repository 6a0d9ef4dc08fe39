import { http } from 'msw';
import { setupServer } from 'msw/node';
import { zendesk, type ZendeskOptions } from '../../../src/adapters/zendesk.js';
import type { User } from '../../../src/core/model.js';
import { people as ours, policy } from '../../desk.js';
import { describedBy, type Json } from '../described.js';
import { ORIGIN, ZendeskServer, type Held, type ZendeskRules } from './server.js';

/** The people and the case of test/desk.ts, in a Zendesk of their own. */

const ids = { customer: 2101, partner: 2102, colleague: 2103, stranger: 2104, owner: 1101, engineer: 1102 };
export const people = Object.fromEntries(
  Object.entries(ours).map(([name, user]) => [name, { ...user, id: String(ids[name as keyof typeof ids]) }]),
) as Record<keyof typeof ids, User>;

export const FIELDS = {
  case: 9001, asked: 9002, reviewed: 9003, stage: 9004, key: 9005, program: 9006, plan: 9007, product: 9008,
  rcaRequestedAt: 9009,
}; // prettier-ignore
export const FORM = 7001;

const ACME = 501;
export const RULES: ZendeskRules = {
  people: Object.entries(ids).map(([name, id]) => {
    const { name: called, role, account } = ours[name as keyof typeof ids];
    const isAgent = role === 'owner' || role === 'engineer';
    return isAgent
      ? { id, name: called, role: 'agent' as const }
      : {
          id,
          name: called,
          role: 'end-user' as const,
          organization: account === 'acme' ? ACME : 502,
          shares: true,
        };
  }),
  organizations: [
    { id: ACME, name: 'Acme Ltd' },
    { id: 502, name: 'Globex' },
  ],
  fields: Object.entries(FIELDS).map(([name, id]) => ({
    id,
    visible: true,
    editable: ['case', 'asked', 'key'].includes(name),
  })),
  forms: { [FORM]: [FIELDS.case, FIELDS.asked, FIELDS.reviewed, FIELDS.stage, FIELDS.key] },
  assign: { form: FORM, to: ids.owner },
};

/** A case that Genesys' policy lets be escalated. */
export function addCase(server: ZendeskServer, more: Partial<Held> = {}): Held {
  const kase = server.put({
    subject: 'Nightly export stops at 2 GB',
    requester: ids.customer,
    status: 'open',
    assignee: ids.engineer,
    created: '2026-05-04T09:00:00Z',
    updated: '2026-05-11T12:00:00Z',
    fields: new Map([
      [FIELDS.plan, 'Platinum'],
      [FIELDS.product, 'Genesys Cloud CX'],
    ]),
    ...more,
  });
  server.say(kase, kase.assignee ?? ids.engineer, 'Logs received.', true, '2026-05-11T12:00:00Z');
  return kase;
}

const orNull = (schema: Json): void => {
  schema['nullable'] = true;
  if (schema['enum']) schema['enum'] = [...(schema['enum'] as unknown[]), null];
};

/** Held against their OAS, with three corrections of it. */
export const description = describedBy('zendesk', {
  // Told in the text of the operations, or on the pages about paging and side-loading.
  query: ['page', 'per_page', 'page[size]', 'page[after]', 'sort', 'include'],
  amend({ components: { schemas } }) {
    // What is empty comes as null, which the description says of `due_at` in tickets only.
    for (const name of ['RequestObject', 'TicketObject']) {
      const { properties } = schemas[name];
      for (const member of ['subject', 'assignee_id', 'organization_id', 'priority', 'type', 'due_at'])
        orNull(properties[member]);
      orNull(properties.custom_fields.items.properties.value);
    }
    // An update has values of custom fields, as a ticket has; the description names the definition of a field.
    schemas.TicketUpdateInput.properties.custom_fields = schemas.TicketObject.properties.custom_fields;
  },
});

let current: ZendeskServer | undefined;
export const msw = setupServer(
  http.all(`${ORIGIN}/*`, ({ request }) =>
    current ? description.watched(current.handle)(request) : new Response(null, { status: 500 }),
  ),
);

/** A Zendesk of its own for a test, behind the address of all. */
export function aZendesk(rules: Partial<ZendeskRules> = {}): ZendeskServer {
  current = new ZendeskServer({ ...RULES, ...rules });
  return current;
}

export const adapter = (options: Partial<ZendeskOptions> = {}) =>
  zendesk({
    baseUrl: ORIGIN,
    headers: ({ user }) => ({ Authorization: `Bearer ${user?.id}` }),
    fields: FIELDS,
    form: FORM,
    ...options,
  });

export const as = (user: User, options: Partial<ZendeskOptions> = {}) => ({
  backend: adapter(options),
  call: { user, policy },
});
