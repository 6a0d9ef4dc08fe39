import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JiraServiceManagementOptions } from '../../../src/adapters/jira-service-management.js';
import type { BackendError } from '../../../src/core/backend.js';
import type { Action, User } from '../../../src/core/model.js';
import { policy, request } from '../../desk.js';
import { codeOf, keepsEveryText, personAt } from '../person.js';
import {
  addCase,
  adapter,
  aJira,
  as,
  description,
  ESCALATION,
  FIELDS,
  msw,
  people,
  RULES,
  SUPPORT,
} from './desk.js';
import { ORIGIN, type Held, type JiraRules, type JiraServer } from './server.js';

const { customer, colleague, stranger, owner, engineer } = people;

beforeAll(() => msw.listen({ onUnhandledRequest: 'error' }));
afterAll(() => {
  msw.close();
  expect(description.mismatches).toEqual([]);
});

/** What people do, as themselves. */
function person(user: User, options: Partial<JiraServiceManagementOptions> = {}) {
  const { backend, call } = as(user, options);
  const at = personAt(backend, call);
  return {
    ...at,
    act: async (id: string, action: Action) => at.act(id, action, (await at.escalation(id)).version),
  };
}

function scene(rules: Partial<JiraRules> = {}, kase: Partial<Held> = {}) {
  const server = aJira(rules);
  return { server, kase: addCase(server, kase) };
}

const byHand = (server: JiraServer, kase: Held, more: Partial<Held> = {}) =>
  server.put({
    summary: 'Please hurry',
    reporter: customer.id,
    requestType: ESCALATION,
    ...more,
    fields: new Map<string, unknown>([[FIELDS.case, kase.key], ...(more.fields ?? [])]),
  });

const move = (server: JiraServer, held: Held, status: string) =>
  Object.assign(held, { status, statusAt: server.tick() });

describe('the mapping', () => {
  it('tells a case by its request, its comments and the configured fields', async () => {
    const { kase } = scene();
    const { case: told } = await person(customer).load(kase.key);
    const update = {
      at: '2026-05-11T12:00:00.000Z',
      by: { id: engineer.id, name: 'Dana Reyes', role: 'engineer' },
      excerpt: 'Logs received.',
    };
    expect(told).toEqual({
      id: kase.key,
      number: kase.key,
      subject: 'Nightly export stops at 2 GB',
      status: 'open',
      statusLabel: 'In progress',
      priority: 'medium',
      assignee: { id: 'team', name: 'Support', role: 'engineer' },
      waitingOn: 'support',
      lastUpdate: update,
      lastSupportUpdate: update,
      program: null,
      plan: 'Platinum',
      product: 'Genesys Cloud CX',
      rcaRequestedAt: null,
      caseFeedUrl: `${ORIGIN}/servicedesk/customer/portal/10/${kase.key}`,
    });
  });

  it.each([
    ['Waiting for support', 'open', 'support', null],
    ['In progress', 'open', 'support', 'team'],
    ['Waiting for customer', 'pending', 'customer', 'team'],
    ['Resolved', 'resolved', null, 'team'],
    ['Closed', 'closed', null, 'team'],
  ])('a case that is "%s" is %s, waits for %s and has %s', async (status, expected, waitingOn, assignee) => {
    const { kase } = scene({}, { status });
    const told = (await person(customer).load(kase.key)).case;
    expect([told.status, told.waitingOn, told.assignee?.id ?? null]).toEqual([expected, waitingOn, assignee]);
  });

  it.each([
    ['Waiting for support', 'requested'],
    ['In progress', 'under-review'],
    ['Accepted', 'accepted'],
    ['Declined', 'declined'],
    ['Resolved', 'resolved'],
    ['Canceled', 'withdrawn'],
    ['A name that nobody configured', 'requested'],
  ])('an escalation that is "%s" is %s', async (status, expected) => {
    const { server, kase } = scene();
    expect((await person(customer).escalation(byHand(server, kase, { status }).key)).status).toBe(expected);
  });

  it('is configuration: other fields, statuses, priorities, values and roles', async () => {
    const { kase } = scene(
      {
        requestTypes: { [SUPPORT]: ['customfield_1', 'customfield_2'], '77': ['customfield_3', 'customfield_4'] },
        initial: 'Neu',
        statuses: { Neu: 'NEW', Kunde: 'INDETERMINATE', Storniert: 'DONE' },
        transitions: [{ name: 'Zurückziehen', to: 'Storniert', from: ['Neu'] }],
      },
      { status: 'Kunde', fields: new Map([['customfield_1', 'P1'], ['customfield_2', 'g']]) },
    ); // prettier-ignore
    const options: Partial<JiraServiceManagementOptions> = {
      requestType: 77,
      fields: {
        case: 'customfield_3',
        asked: 'customfield_4',
        priority: 'customfield_1',
        plan: { id: 'customfield_2', values: { g: 'Gold' } },
      },
      statuses: { Storniert: 'withdrawn', 'WAITING FOR SUPPORT': 'under-review' },
      caseStatuses: { kunde: { status: 'pending', waitingOn: 'customer' } },
      priorities: { p1: 'critical' },
      transitions: { withdraw: 'zurückziehen', reopen: null },
      roleOf: ({ isCustomer }) => (isCustomer ? 'partner' : 'manager'),
      team: 'Acme Hilfe',
    };
    const { case: told } = await person(customer, options).load(kase.key);
    expect(told).toMatchObject({
      status: 'pending', waitingOn: 'customer', priority: 'critical', plan: 'Gold',
      assignee: { name: 'Acme Hilfe', role: 'manager' }, lastUpdate: { by: { role: 'manager' } },
    }); // prettier-ignore
    expect('program' in told).toBe(false);
    const { escalation } = await person(customer, options).escalate(kase.key);
    const seen = await person(colleague, options).escalation(escalation.id);
    expect(seen.requestedBy).toEqual({ id: customer.id, name: 'Priya Nair', role: 'partner' });
    expect((await person(customer, options).act(escalation.id, { kind: 'withdraw' })).status).toBe(
      'withdrawn',
    );
    expect(adapter(options).guarantees.acts).not.toContain('reopen');
  });

  it.each<[string, unknown, string | null | undefined]>([
    ['one that is named', { id: '1', value: 'FedRAMP' }, 'FedRAMP Cloud CX'],
    ['one that is named as none', { id: '2', value: 'Commercial' }, null],
    ['one that nobody named', { id: '3', value: 'FedRAMP High' }, undefined],
    ['a name that every object has', 'constructor', undefined],
    ['an empty field', null, undefined],
  ])('a program is known only by a value that the mapping names: %s', async (_, value, expected) => {
    const { kase } = scene();
    kase.fields.set(FIELDS.program.id, value);
    const told = (await person(customer).load(kase.key)).case;
    expect([told.program, 'program' in told]).toEqual([expected, expected !== undefined]);
  });

  it('a case without a word of support has none; its beginning is its last update', async () => {
    const { kase } = scene({}, { comments: [] });
    kase.comments.length = 0;
    const told = (await person(colleague).load(kase.key)).case;
    expect(told.lastSupportUpdate).toBeNull();
    expect(told.lastUpdate).toMatchObject({ at: '2026-05-04T09:00:00.000Z', by: { id: customer.id } });
  });

  it('a colleague who takes part is no word of support', async () => {
    const { server, kase } = scene({}, { participants: [colleague.id] });
    server.say(kase, colleague.id, 'Any news?');
    const told = (await person(customer).load(kase.key)).case;
    expect([told.lastUpdate?.excerpt, told.lastSupportUpdate?.excerpt]).toEqual([
      'Any news?',
      'Logs received.',
    ]);
  });

  it('a colleague who takes no part in it is no word of support where roleOf knows better', async () => {
    const { server, kase } = scene();
    server.say(kase, colleague.id, 'Any news?');
    const roleOf: JiraServiceManagementOptions['roleOf'] = ({ id }) =>
      id === engineer.id || id === 'team' ? 'engineer' : 'customer';
    const told = (await person(customer, { roleOf }).load(kase.key)).case;
    expect(told.lastUpdate).toMatchObject({ excerpt: 'Any news?', by: { role: 'customer' } });
    expect(told.lastSupportUpdate?.excerpt).toBe('Logs received.');
    // To themself they are who they are.
    expect((await person(colleague).load(kase.key)).case.lastSupportUpdate?.excerpt).toBe('Logs received.');
  });

  it.each<[string, Partial<JiraServiceManagementOptions>, RegExp]>([
    ['a field is missing', { fields: { ...FIELDS, asked: undefined as never } }, /fields\.asked is missing/],
    ['no fields', { fields: undefined }, /fields/],
    ['a name for an id', { fields: { ...FIELDS, case: 'Case number' } }, /fields\.case is no id/],
    ['one id twice', { fields: { ...FIELDS, plan: FIELDS.case } }, /are one field/],
    ['a name for a request type', { requestType: 'Escalation' }, /requestType is no id/],
    ['a key for a service desk', { serviceDesk: 'HELP' }, /serviceDesk is no id/],
    ['no address', { baseUrl: 'acme' }, /http/],
  ])('%s is refused when the adapter is made', (_, options, words) => {
    expect(() => adapter(options)).toThrow(words);
  });
});

describe('who sees and does what', () => {
  it("a stranger's request that names a case is nothing to its customer", async () => {
    const { server, kase } = scene();
    byHand(server, kase, { reporter: stranger.id });
    expect((await person(customer).load(kase.key)).openEscalation).toBeNull();
    await person(customer).escalate(kase.key);
  });

  it('an engineer reads the conversation, without the notes among owners; a customer has no notes at all', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    await person(owner).act(id, { kind: 'note', text: 'Between us' });
    const texts = async (user: User) => (await person(user).entries(id)).entries.map(({ text }) => text);
    expect(await texts(engineer)).toEqual([]);
    expect(await texts(customer)).toEqual([]);
    expect(await texts(owner)).toEqual(['Between us']);
    expect(server.requests.get(id)?.comments[0]?.public).toBe(false);
  });

  it.each([customer, engineer, owner])('an escalation is no case, to the $role either', async (user) => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    server.asked.length = 0;
    const { backend, call, load, escalate } = person(user);
    const note = backend.note!(id, { kind: 'reply', text: 'Written into it' }, call);
    expect(await Promise.all([load(id), escalate(id), note].map(codeOf))).toEqual(
      Array<string>(3).fill('not-found'),
    );
    expect(server.asked.filter((asked) => asked.startsWith('POST'))).toEqual([]);
  });

  it('a request that is not shared with the organization is not the colleague’s', async () => {
    const { kase } = scene({}, { shared: false });
    expect(await codeOf(person(colleague).load(kase.key))).toBe('not-found');
    expect(await codeOf(person(customer).escalate(kase.key))).toBe('an answer');
  });

  it('an agent does not escalate, and nobody has a queue', async () => {
    const { kase } = scene();
    expect(await codeOf(person(owner).escalate(kase.key))).toBe('forbidden');
    expect(adapter().queue).toBeUndefined();
  });

  it.each<Action>([
    { kind: 'take' },
    { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' },
    { kind: 'decline', text: 'No.', criteria: [] },
    { kind: 'promise', text: 'Soon.' },
    { kind: 'resolve', summary: 'Done.' },
    { kind: 'rate', value: 5 },
    { kind: 'follow' },
  ])('what is decided in Jira itself is refused here: $kind', async (action) => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    server.asked.length = 0;
    expect(await codeOf(person(owner).act(id, action))).toBe('forbidden');
    expect(server.asked.filter((asked) => asked.startsWith('POST'))).toEqual([]);
  });

  it('who is not signed in, or whom Jira does not know, is signed out', async () => {
    const { kase } = scene();
    const { backend } = person(customer);
    expect(await codeOf(backend.load(kase.key, { policy }))).toBe('signed-out');
    expect(await codeOf(backend.load(kase.key, { policy, user: { ...customer, id: 'x' } }))).toBe(
      'signed-out',
    );
  });
});

describe('the workflow', () => {
  it('what its owner does in Jira is told: under review, accepted, resolved; and it is opened again here', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    const held = server.requests.get(id)!;
    expect((await person(customer).escalation(id)).owner).toBeNull();
    const { version } = await person(customer).escalation(id);
    move(server, held, 'Accepted');
    server.say(held, owner.id, '[Accepted] We take it on.');
    const accepted = await person(customer).escalation(id);
    expect(accepted).toMatchObject({
      status: 'accepted',
      owner: { id: 'team', name: 'Support', role: 'owner' },
    });
    expect(accepted.version).not.toBe(version);
    const [entry] = (await person(customer).entries(id)).entries;
    expect(entry).toMatchObject({
      kind: 'message',
      text: '[Accepted] We take it on.',
      author: { role: 'owner' },
    });
    move(server, held, 'Resolved');
    expect((await person(customer).load(kase.key)).past[0]).toMatchObject({ id, status: 'resolved' });
    const again = await person(customer).act(id, { kind: 'reopen', text: 'It is not fixed.' });
    expect(again.status).toBe('under-review');
    expect((await person(owner).entries(id)).entries.at(-1)).toMatchObject({
      kind: 'status', status: 'under-review', text: 'It is not fixed.',
    }); // prettier-ignore
  });

  it('withdrawing goes by the transition of that name, with the words', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    const gone = await person(customer).act(id, { kind: 'withdraw', text: 'It works again.' });
    expect(gone).toMatchObject({ status: 'withdrawn', closed: { by: { id: customer.id } } });
    expect(server.requests.get(id)).toMatchObject({
      status: 'Canceled',
      comments: [{ body: '[Withdrawn] It works again.' }],
    });
  });

  it('a transition that is not offered to this person is forbidden; one that leads elsewhere is found out', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    expect(await codeOf(person(colleague).act(id, { kind: 'withdraw' }))).toBe('forbidden');
    expect(server.requests.get(id)?.status).toBe('Waiting for support');
    const wrong = { statuses: { canceled: 'resolved' as const } };
    const error = await person(customer, wrong)
      .act(id, { kind: 'withdraw' })
      .catch((thrown: BackendError) => thrown);
    expect(error).toMatchObject({ code: 'protocol', message: expect.stringContaining('Canceled') as string });
  });

  it('an answer is due until support gives one: after that Jira keeps no date, and none is late', async () => {
    const { server, kase } = scene();
    const { id, nextUpdateDueAt } = (await person(customer).escalate(kase.key)).escalation;
    expect(nextUpdateDueAt).toMatch(/Z$/);
    const due = async () => (await person(customer).escalation(id)).nextUpdateDueAt;
    await person(colleague, { roleOf: () => 'customer' }).post(id, 'Any news?');
    await person(owner).act(id, { kind: 'note', text: 'Between us' });
    const roleOf: JiraServiceManagementOptions['roleOf'] = ({ id: who }) =>
      who === owner.id || who === 'team' ? 'owner' : 'customer';
    expect((await person(customer, { roleOf }).escalation(id)).nextUpdateDueAt).toBe(nextUpdateDueAt);
    const { version } = await person(customer).escalation(id);
    await person(owner).post(id, 'We are on it; next news on Friday.');
    expect(await due()).toBeUndefined();
    expect((await person(customer).escalation(id)).version).toBe(version);
    expect((await person(customer).load(kase.key)).openEscalation?.nextUpdateDueAt).toBeUndefined();
    expect(server.requests.get(id)?.comments).toHaveLength(3);
  });

  it.each(['Accepted', 'Resolved'])('an escalation that is %s is due for no first answer', async (status) => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    move(server, server.requests.get(id)!, status);
    expect((await person(customer).escalation(id)).nextUpdateDueAt).toBeUndefined();
  });

  it('a request made by hand in the portal is an escalation, told by its summary', async () => {
    const { server, kase } = scene();
    const made = byHand(server, kase, {
      summary: 'Please call Priya',
      fields: new Map([[FIELDS.asked, 'please!']]),
    });
    expect((await person(colleague).load(kase.key)).openEscalation).toMatchObject({
      id: made.key, status: 'requested', reason: { label: 'Please call Priya' }, latestEntryId: null,
    }); // prettier-ignore
  });

  it.each(['Waiting for support', 'Accepted', 'Resolved'])(
    'a request that holds what nobody can read is for owners only, while it is %s',
    async (status) => {
      const { server, kase } = scene();
      const made = byHand(server, kase, { status, fields: new Map([[FIELDS.asked, 'please!']]) });
      expect((await person(owner).escalation(made.key)).visibility).toBe('owner-only');
    },
  );

  it('a case may be named by its number as well as by its key', async () => {
    const { server, kase } = scene();
    const made = byHand(server, kase, { fields: new Map([[FIELDS.case, String(kase.issueId)]]) });
    expect((await person(customer).load(kase.key)).openEscalation?.id).toBe(made.key);
    expect((await person(customer).load(String(kase.issueId))).openEscalation?.id).toBe(made.key);
  });

  it('a case that moved to another project keeps its escalation, by its new key and by its old one', async () => {
    const { server, kase } = scene();
    const old = kase.key;
    const { id } = (await person(customer).escalate(old)).escalation;
    // Jira goes on answering by the old key.
    server.requests.set('TIER2-7', Object.assign(kase, { key: 'TIER2-7' }));
    for (const key of ['TIER2-7', old, String(kase.issueId)])
      expect((await person(customer).load(key)).openEscalation?.id).toBe(id);
    expect(await codeOf(person(customer).escalate('TIER2-7'))).toBe('open-escalation-exists');
    expect((await person(customer).escalation(id)).caseId).toBe(old);
  });

  it('a case is the one that the field names now, whatever it named when the request was filed', async () => {
    const { server, kase } = scene();
    const other = addCase(server);
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    server.requests.get(id)!.fields.set(FIELDS.case, other.key);
    expect((await person(customer).load(kase.key)).openEscalation).toBeNull();
    expect((await person(customer).load(other.key)).openEscalation?.id).toBe(id);
  });

  it('an answer about another request of the project is refused', async () => {
    const { server, kase } = scene();
    const other = addCase(server);
    server.requests.set(kase.key, other);
    expect(await codeOf(person(customer).load(kase.key))).toBe('protocol');
  });

  it('a request of another type is no escalation, whatever it holds', async () => {
    const { server, kase } = scene();
    const other = byHand(server, kase, { requestType: SUPPORT });
    expect(await codeOf(person(customer).escalation(other.key))).toBe('not-found');
    expect(await codeOf(person(customer).escalation(kase.key))).toBe('not-found');
  });
});

describe('what Jira drops without a word is found out', () => {
  it.each([
    ['case', [FIELDS.asked]],
    ['asked', [FIELDS.case]],
  ])('a request type without the field %s', async (name, visible) => {
    const { kase } = scene({ requestTypes: { ...RULES.requestTypes, [ESCALATION]: visible } });
    const error = await person(customer)
      .escalate(kase.key)
      .catch((thrown: BackendError) => thrown);
    expect(error).toMatchObject({
      code: 'protocol',
      message: expect.stringContaining(`fields.${name}`) as string,
    });
  });
  it('escalations whose case is hidden never read as "nothing is open"', async () => {
    const { server, kase } = scene({ requestTypes: { ...RULES.requestTypes } });
    await person(customer).escalate(kase.key);
    server.rules.requestTypes[ESCALATION] = [FIELDS.asked];
    expect(await codeOf(person(customer).load(kase.key))).toBe('protocol');
  });
  it.each([
    ['with words in the field of the request', 'x'],
    ['without any', undefined],
  ])('a request filed in the portal without its case, %s, is nobody’s and stops nobody', async (_, asked) => {
    const { server, kase } = scene();
    const more = asked === undefined ? [] : ([[FIELDS.asked, asked]] as const);
    const made = server.put({
      summary: 'Hello?',
      reporter: stranger.id,
      requestType: ESCALATION,
      fields: new Map<string, unknown>(more),
    });
    const other = addCase(server, { reporter: stranger.id });
    // Also where it is the only one.
    expect((await person(owner).load(kase.key)).openEscalation).toBeNull();
    expect((await person(stranger).load(other.key)).openEscalation).toBeNull();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    expect((await person(engineer).load(kase.key)).openEscalation?.id).toBe(id);
    expect(await codeOf(person(stranger).escalation(made.key))).toBe('not-found');
  });
  it('one escalation whose case an agent has emptied stops nobody', async () => {
    const { server, kase } = scene();
    const other = addCase(server);
    const gone = (await person(customer).escalate(other.key)).escalation;
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    server.requests.get(gone.id)!.fields.delete(FIELDS.case);
    expect((await person(customer).load(kase.key)).openEscalation?.id).toBe(id);
    expect((await person(customer).load(other.key)).openEscalation).toBeNull();
  });
  it('a note that came out public is told as a failure', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch(input, {
        ...init,
        body: (init?.body as string | undefined)?.replace('false', 'true'),
      });
    expect(await codeOf(person(owner, { fetch }).act(id, { kind: 'note', text: 'Between us' }))).toBe(
      'protocol',
    );
    expect(server.requests.get(id)?.comments).toHaveLength(1);
  });
});

describe('a request whose answer was lost', () => {
  it('is known again by its key, and by nobody else’s', async () => {
    const { server, kase } = scene();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await globalThis.fetch(input, init);
      if (init?.method === 'POST') throw new TypeError('connection reset');
      return answer;
    };
    expect(await codeOf(person(customer, { fetch }).escalate(kase.key, 'k-1'))).toBe('network');
    const again = await person(customer).escalate(kase.key, 'k-1');
    expect(again).toMatchObject({ replayed: true, escalation: { details: request.details } });
    const codes = [
      person(customer).escalate(kase.key, 'k-1', { ...request, details: 'Something else' }),
      person(customer).escalate(kase.key, 'k-2'),
      person(colleague).escalate(kase.key, 'k-1'),
    ].map(codeOf);
    expect(await Promise.all(codes)).toEqual([
      'idempotency-key-reused', 'open-escalation-exists', 'open-escalation-exists',
    ]); // prettier-ignore
    const made = [...server.requests.values()].filter(({ requestType }) => requestType === ESCALATION);
    expect(made.map(({ key }) => key)).toEqual([again.escalation.id]);
  });
});

describe('errors of Jira', () => {
  const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    Promise.resolve(
      new Response(JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json', ...headers },
      }),
    );
  it.each<[number, string]>([
    [400, 'invalid'],
    [401, 'signed-out'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [503, 'unavailable'],
  ])('%i is %s, in their words', async (status, code) => {
    const { kase } = scene();
    const refusal = { errorMessage: 'Nein.', i18nErrorMessage: { i18nKey: 'x', parameters: [] } };
    const fetch: typeof globalThis.fetch = (input, init) =>
      init?.method === 'POST' ? answering(status, refusal) : globalThis.fetch(input, init);
    const { backend, call } = person(customer, { fetch });
    await expect(backend.note!(kase.key, { kind: 'reply', text: 'x' }, call)).rejects.toMatchObject({
      code, message: 'Nein.', details: { status },
    }); // prettier-ignore
  });
  it.each([
    [{ 'Retry-After': '35' }, 35],
    [{}, undefined],
  ])('too many requests, with %j', async (headers, retryAfter) => {
    const fetch = () => answering(429, { errorMessage: 'Too many.' }, headers);
    const { backend, call } = person(customer, { fetch });
    const error = await backend
      .load('HELP-1', { ...call, background: true })
      .catch((thrown: BackendError) => thrown);
    expect(error).toMatchObject({ code: 'rate-limited', details: { status: 429 } });
    expect((error as BackendError).details.retryAfter).toBe(retryAfter);
  });
});

describe('many', () => {
  it('a conversation of 230 is read whole, every entry once', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    const held = server.requests.get(id)!;
    for (let i = 1; i <= 230; i++) server.say(held, i % 2 ? customer.id : owner.id, `Message ${i}`);
    const { entries, escalation } = person(customer);
    const all: string[] = [];
    let page = await entries(id, { limit: 60 });
    const { after } = page;
    for (all.unshift(...page.entries.map(({ text }) => text)); page.before;) {
      page = await entries(id, { limit: 60, before: page.before });
      all.unshift(...page.entries.map(({ text }) => text));
    }
    expect(all).toEqual(Array.from({ length: 230 }, (_, i) => `Message ${i + 1}`));
    expect((await escalation(id)).latestEntryId).toBe(after);
    server.asked.length = 0;
    await entries(id, { q: 'message 17' });
    expect(server.asked.filter((asked) => asked.endsWith('/comment'))).toHaveLength(5);
  });

  it.each(['start=1', 'start=0'])('a page that is not the one asked for (%s) is found out', async (other) => {
    const { server, kase } = scene({ pageSize: 3 });
    for (let i = 0; i < 5; i++) server.say(kase, customer.id, `And ${i}`);
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch((input as string).replace('start=2', other), init);
    expect(await codeOf(person(customer, { fetch }).load(kase.key))).toBe('protocol');
  });

  /** Somebody else's past: escalations of another case, all resolved. */
  function past(server: JiraServer, count: number): void {
    const other = addCase(server);
    for (let i = 0; i < count; i++) byHand(server, other, { status: 'Resolved', reporter: colleague.id });
  }
  /** A line on which something happens while a list is read: before its second page, so many times. */
  const meanwhile = (times: number, happens: () => void): typeof globalThis.fetch => {
    let pages = 0;
    return (input, init) => {
      const url = input as string;
      if (url.includes('/request?')) {
        pages = url.includes('start=0&') ? 1 : pages + 1;
        if (pages === 2 && times-- > 0) happens();
      }
      return globalThis.fetch(input, init);
    };
  };

  it('an old escalation is found behind a hundred others', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    past(server, 120);
    expect((await person(customer).load(kase.key)).openEscalation?.id).toBe(id);
  });

  it('an escalation that moves to the front while the list is read is not missed', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    past(server, 60);
    const fetch = meanwhile(1, () => server.say(server.requests.get(id)!, owner.id, 'We are on it.'));
    expect((await person(customer, { fetch }).load(kase.key)).openEscalation?.id).toBe(id);
  });

  it('an escalation that follows one which leaves the list is not missed', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    past(server, 50);
    const last = [...server.requests.keys()].at(-1)!;
    const fetch = meanwhile(1, () => server.requests.delete(last));
    expect((await person(customer, { fetch }).load(kase.key)).openEscalation?.id).toBe(id);
  });

  it('a list that never holds still is no answer, and is not read for ever', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    past(server, 60);
    const fetch = meanwhile(Infinity, () => byHand(server, kase));
    server.asked.length = 0;
    expect(await codeOf(person(customer, { fetch }).load(kase.key))).toBe('protocol');
    expect(server.asked.filter((asked) => asked.endsWith('/request'))).toHaveLength(6);
    expect((await person(customer).load(kase.key)).openEscalation?.id).toBe(id);
  });

  it('of a long past the newest is read; an open escalation is found behind all of it', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    const old = byHand(server, kase, { status: 'Resolved' });
    past(server, 1_100);
    const recent = byHand(server, kase, { status: 'Declined' });
    server.asked.length = 0;
    const told = await person(owner).load(kase.key);
    expect(told.openEscalation?.id).toBe(id);
    expect(told.past.map((row) => row.id)).toEqual([recent.key]);
    expect(server.asked.filter((asked) => asked.endsWith('/request'))).toHaveLength(11);
    expect((await person(owner).escalation(old.key)).status).toBe('resolved');
  });
});

describe('texts', () => {
  it('every message comes back byte for byte, and is a message', async () => {
    const { kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    await keepsEveryText(person, id, {
      authors: [customer, owner],
      reader: colleague,
      start: ['[Accepted] ', '[Resolved] ', '[Message] ', '[Withdrawn] ', '[Promise kept: 7] ', '[Declined]'],
      unit: 'grapheme',
      runs: 30,
    });
  });

  it('a request keeps every character in a paragraph that may hold only letters', async () => {
    const { server, kase } = scene();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 80 }), async (details) => {
        const { backend, call } = person(customer);
        const { escalation } = await backend.escalate(kase.key, { ...request, details }, call);
        expect((await person(owner).escalation(escalation.id)).details).toBe(details);
        expect(server.requests.get(escalation.id)?.fields.get(FIELDS.asked)).toMatch(/^[\w-]+$/);
        server.requests.delete(escalation.id);
      }),
      { numRuns: 30 },
    );
  });

  it('a text that Jira would not take is refused before it is sent', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.key)).escalation;
    server.asked.length = 0;
    expect(await codeOf(person(customer).post(id, 'x'.repeat(32_768)))).toBe('too-large');
    expect(server.asked.filter((asked) => asked.startsWith('POST'))).toEqual([]);
  });

  it('an id that is none reaches no other address', async () => {
    const { server } = scene();
    const { backend, call } = person(owner);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 30 }),
          fc.constantFrom(
            '../servicedesk',
            'HELP-1/comment',
            'HELP-1?expand=sla',
            'help-1',
            'HELP-0',
            'HELP-',
            '-1',
            '٣',
          ),
        ),
        async (id) => {
          fc.pre(!/^([A-Z][A-Z0-9_]*-[1-9]\d*|[1-9]\d*)$/.test(id));
          expect(await codeOf(backend.load(id, call))).toBe('not-found');
          expect(await codeOf(backend.escalation!(id, call))).toBe('not-found');
        },
      ),
    );
    // The list of escalations names no id.
    expect(new Set(server.asked)).toEqual(new Set(['GET /rest/servicedeskapi/request']));
  });
});

it('declares what it cannot do', () => {
  expect(adapter().guarantees).toEqual({
    dedup: 'none',
    unique: 'none',
    live: false,
    pollSeconds: 60,
    acts: ['move-to-case-feed', 'note', 'nudge', 'withdraw', 'reopen'],
  });
  expect(adapter({ transitions: { withdraw: null, reopen: null } }).guarantees.acts).toEqual([
    'move-to-case-feed', 'note', 'nudge',
  ]); // prettier-ignore
});
