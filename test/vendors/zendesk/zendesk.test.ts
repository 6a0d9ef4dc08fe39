import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zendesk, type ZendeskOptions } from '../../../src/adapters/zendesk.js';
import type { BackendError } from '../../../src/core/backend.js';
import type { Action, User } from '../../../src/core/model.js';
import { policy, request } from '../../desk.js';
import type { Json } from '../described.js';
import { codeOf, keepsEveryText, personAt } from '../person.js';
import { addCase, adapter, as, aZendesk, description, FIELDS, FORM, msw, people, RULES } from './desk.js';
import { ORIGIN, type Held, type ZendeskRules, type ZendeskServer } from './server.js';

const { customer, colleague, stranger, owner, engineer } = people;

beforeAll(() => msw.listen({ onUnhandledRequest: 'error' }));
afterAll(() => {
  msw.close();
  expect(description.mismatches).toEqual([]);
});

/** What people do, as themselves. */
function person(user: User, options: Partial<ZendeskOptions> = {}) {
  const { backend, call } = as(user, options);
  const at = personAt(backend, call);
  return {
    ...at,
    act: async (id: string, action: Action) => at.act(id, action, (await at.escalation(id)).version),
  };
}

function scene(rules: Partial<ZendeskRules> = {}, kase: Partial<Held> = {}) {
  const server = aZendesk(rules);
  return { server, kase: addCase(server, kase) };
}

const escalationTicket = (server: ZendeskServer, kase: Held, more: Partial<Held> = {}) =>
  server.put({
    subject: 'Please hurry',
    requester: Number(customer.id),
    form: FORM,
    ...more,
    fields: new Map([[FIELDS.case, String(kase.id)], ...(more.fields ?? [])]),
  });

describe('the mapping', () => {
  it('tells a case by its ticket, its comments and the configured fields', async () => {
    const { kase } = scene();
    const { case: told } = await person(customer).load(kase.id);
    const support = { id: engineer.id, name: 'Dana Reyes', role: 'engineer' };
    expect(told).toEqual({
      id: String(kase.id),
      number: String(kase.id),
      subject: 'Nightly export stops at 2 GB',
      status: 'open',
      priority: 'medium',
      assignee: support,
      waitingOn: 'support',
      lastUpdate: { at: '2026-05-11T12:00:00.000Z', by: support, excerpt: 'Logs received.' },
      lastSupportUpdate: { at: '2026-05-11T12:00:00.000Z', by: support, excerpt: 'Logs received.' },
      program: null,
      plan: 'Platinum',
      product: 'Genesys Cloud CX',
      rcaRequestedAt: null,
      caseFeedUrl: `${ORIGIN}/hc/requests/${kase.id}`,
    });
    const seen = await person(owner).load(kase.id);
    expect(seen.case.customer).toEqual({ name: 'Acme Ltd' });
    expect(seen.case.caseFeedUrl).toBe(`${ORIGIN}/agent/tickets/${kase.id}`);
  });

  it.each([
    ['new', 'open', 'support'],
    ['open', 'open', 'support'],
    ['pending', 'pending', 'customer'],
    ['hold', 'open', 'third-party'],
    ['solved', 'resolved', null],
    ['closed', 'closed', null],
  ] as const)('a case that is %s is %s and waits for %s', async (status, expected, waitingOn) => {
    const { kase } = scene({}, { status });
    expect((await person(customer).load(kase.id)).case).toMatchObject({ status: expected, waitingOn });
  });

  it('is configuration: other ids, stages, priorities, values and roles', async () => {
    const other = { case: 11, asked: 12, reviewed: 13, stage: 14, waits: 15, plan: 16 };
    const { server, kase } = scene(
      {
        fields: Object.values(other).map((id) => ({ id, visible: true, editable: id < 13 })),
        forms: {},
        assign: undefined,
      },
      { priority: 'urgent', fields: new Map([[15, 'waits_dev'], [16, 'plan_gold']]) },
    ); // prettier-ignore
    const options: Partial<ZendeskOptions> = {
      fields: {
        case: '11', asked: '12', reviewed: '13', stage: '14',
        waitingOn: { id: 15, values: { waits_dev: 'development' } },
        plan: { id: '16', values: { plan_gold: 'Gold' } },
      },
      form: undefined,
      stages: { accepted: 'we_are_on_it' },
      priorities: { urgent: 'high' },
      roleOf: ({ isAgent }) => (isAgent ? 'manager' : 'partner'),
    }; // prettier-ignore
    const state = await person(customer, options).load(kase.id);
    expect(state.case).toMatchObject({
      priority: 'high',
      waitingOn: 'development',
      plan: 'Gold',
      rcaRequestedAt: null,
    });
    expect(state.case.assignee?.role).toBe('manager');
    expect('program' in state.case).toBe(false);
    const { escalation } = await person(customer, options).escalate(kase.id);
    const { id } = escalation;
    await person(owner, options).act(id, {
      kind: 'accept',
      importance: 'high',
      urgency: 'low',
      text: 'Yes.',
    });
    expect(server.tickets.get(Number(id))?.fields.get(14)).toBe('we_are_on_it');
    expect((await person(colleague, options).load(kase.id)).openEscalation).toMatchObject({
      status: 'accepted',
      requestedBy: { name: 'Priya Nair', role: 'partner' },
      owner: { name: 'Sam Okoro', role: 'manager' },
    });
  });

  it('a hidden assignee is the team, once a case is not new', async () => {
    const { kase } = scene({ showsAssignee: false });
    const { assignee } = (await person(customer, { team: 'Acme help' }).load(kase.id)).case;
    expect(assignee).toEqual({ id: 'team', name: 'Acme help', role: 'engineer' });
    const fresh = scene({ showsAssignee: false }, { status: 'new', assignee: null });
    expect((await person(customer).load(fresh.kase.id)).case.assignee).toBeNull();
  });

  it('a fact that this person may not see is not known, which is not "none"', async () => {
    const { kase } = scene({
      fields: RULES.fields.map((rule) => (rule.id === FIELDS.program ? { ...rule, visible: false } : rule)),
    });
    expect('program' in (await person(customer).load(kase.id)).case).toBe(false);
    expect((await person(owner).load(kase.id)).case.program).toBeNull();
  });

  it('the last word of support is found behind many of the customer', async () => {
    const { server, kase } = scene();
    for (let i = 0; i < 150; i++) server.say(kase, Number(customer.id), `And ${i}`);
    const told = (await person(customer).load(kase.id)).case;
    expect(told.lastUpdate?.excerpt).toBe('And 149');
    expect(told.lastSupportUpdate?.excerpt).toBe('Logs received.');
  });

  it.each<[string, Partial<ZendeskOptions>, RegExp]>([
    ['a field is missing', { fields: { ...FIELDS, stage: undefined as never } }, /fields\.stage is missing/],
    ['no fields', { fields: undefined }, /fields\.case is missing/],
    ['a name for an id', { fields: { ...FIELDS, asked: 'Request' } }, /fields\.asked is no id/],
    [
      'a fact without an id',
      { fields: { ...FIELDS, plan: { id: '', values: {} } } },
      /fields\.plan is no id/,
    ],
    ['one id twice', { fields: { ...FIELDS, asked: 9003 } }, /are one field/],
    ['a name for a form', { form: 'Escalation' }, /form is no id/],
    ['one tag twice', { stages: { accepted: 'escalation_declined' } }, /a tag of its own/],
    ['no address', { baseUrl: 'acme' }, /http/],
  ])('%s is refused when the adapter is made', (_, options, words) => {
    expect(() => adapter(options)).toThrow(words);
  });
});

describe('who sees and does what', () => {
  it("a stranger's ticket that names a case does not speak for it", async () => {
    const { server, kase } = scene();
    const forged = escalationTicket(server, kase, { requester: Number(stranger.id) });
    expect((await person(customer).load(kase.id)).openEscalation).toBeNull();
    expect((await person(owner).load(kase.id)).openEscalation).toBeNull();
    expect(await codeOf(person(owner).escalation(String(forged.id)))).toBe('not-found');
    const { backend, call } = person(owner);
    expect(await backend.queue!({}, call)).toMatchObject({ value: { escalations: [] } });
  });

  it('a customer who sees their own requests only still sees their own escalation', async () => {
    const { kase } = scene({ people: RULES.people.map((row) => ({ ...row, shares: false })) });
    const { escalation } = await person(customer).escalate(kase.id);
    expect((await person(customer).load(kase.id)).openEscalation?.id).toBe(escalation.id);
    expect(await codeOf(person(colleague).load(kase.id))).toBe('not-found');
  });

  it('a customer without an organization escalates as well', async () => {
    const { kase } = scene({ people: RULES.people.map(({ organization: _, ...row }) => row) });
    const { escalation } = await person(customer).escalate(kase.id);
    expect((await person(customer).load(kase.id)).openEscalation?.id).toBe(escalation.id);
    expect((await person(owner).load(kase.id)).openEscalation?.id).toBe(escalation.id);
  });

  it('who only follows a case of another organization is refused, and nothing is written', async () => {
    const { server, kase } = scene({}, { ccs: [Number(stranger.id)] });
    expect((await person(stranger).load(kase.id)).case.id).toBe(String(kase.id));
    expect(await codeOf(person(stranger).escalate(kase.id))).toBe('forbidden');
    expect(server.tickets.size).toBe(1);
  });

  it('who only follows a case of nobody’s organization is refused likewise', async () => {
    const { server, kase } = scene(
      { people: RULES.people.map(({ organization: _, ...row }) => row) },
      { ccs: [Number(stranger.id)] },
    );
    expect(await codeOf(person(stranger).escalate(kase.id))).toBe('forbidden');
    expect(server.tickets.size).toBe(1);
  });

  it('what turns out to be of another organization is taken back', async () => {
    const { server, kase } = scene({}, { ccs: [Number(stranger.id)] });
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await globalThis.fetch(input, init);
      return (input as string).includes('/users/me') ? Response.json({ user: {} }) : answer;
    };
    expect(await codeOf(person(stranger, { fetch }).escalate(kase.id))).toBe('forbidden');
    const made = [...server.tickets.values()].find(({ form }) => form === FORM);
    expect(made).toMatchObject({ status: 'solved', requester: Number(stranger.id) });
    expect(made?.comments.at(-1)?.body).toBe('[Withdrawn]');
  });

  it('a case that was moved to another organization keeps its escalation: its requester and the owner see it', async () => {
    const { kase } = scene({}, { organization: 502 });
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    expect((await person(customer).load(kase.id)).openEscalation?.id).toBe(id);
    expect((await person(owner).load(kase.id)).openEscalation?.id).toBe(id);
    expect(await codeOf(person(customer).escalate(kase.id))).toBe('open-escalation-exists');
  });

  it.each<[string, Partial<ZendeskOptions>]>([
    ['on a form of its own', {}],
    ['on the form of all', { form: undefined }],
  ])('an escalation is no case: an engineer does not get at it that way, %s', async (_, options) => {
    const { server, kase } = scene(options.form === undefined ? { assign: undefined } : {});
    const { id } = (await person(customer, options).escalate(kase.id)).escalation;
    const before = server.tickets.get(Number(id))!.comments.length;
    for (const user of [engineer, owner, customer]) {
      const { backend, call, load, escalate } = person(user, options);
      expect(await codeOf(load(id))).toBe('not-found');
      expect(await codeOf(backend.note!(id, { kind: 'reply', text: 'I read that.' }, call))).toBe(
        'not-found',
      );
      expect(await codeOf(escalate(id))).toMatch(/^(not-found|forbidden)$/);
    }
    expect(server.tickets.get(Number(id))!.comments).toHaveLength(before);
  });

  it('an escalation whose form or whose case somebody took away is no case either', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const held = server.tickets.get(Number(id))!;
    held.form = null;
    expect(await codeOf(person(engineer).load(id))).toBe('not-found');
    held.form = FORM;
    held.fields.delete(FIELDS.case);
    expect(await codeOf(person(engineer).load(id))).toBe('not-found');
  });

  it('what an agent may not read of a request is for owners only', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const body = (await (await globalThis.fetch(input, init)).json()) as { ticket?: Json };
      if (body.ticket)
        body.ticket['custom_fields'] = body.ticket['custom_fields'].filter(
          (row: Json) => row['id'] !== FIELDS.asked,
        );
      return Response.json(body);
    };
    expect((await person(engineer).escalation(id)).visibility).toBeUndefined();
    expect((await person(engineer, { fetch }).escalation(id)).visibility).toBe('owner-only');
    server.tickets.get(Number(id))!.fields.set(FIELDS.asked, '{"reason"');
    expect((await person(engineer).escalation(id)).visibility).toBe('owner-only');
  });

  it('an agent does not escalate', async () => {
    const { kase } = scene();
    expect(await codeOf(person(owner).escalate(kase.id))).toBe('forbidden');
  });

  it('an engineer reads the conversation, without the notes among owners', async () => {
    const { kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    await person(owner).act(id, { kind: 'note', text: 'Between us' });
    const texts = async (user: User) => (await person(user).entries(id)).entries.map(({ text }) => text);
    expect(await texts(engineer)).not.toContain('Between us');
    expect(await texts(customer)).not.toContain('Between us');
    expect(await texts(owner)).toContain('Between us');
  });

  it('who is not signed in, or whom Zendesk does not know, is signed out', async () => {
    const { kase } = scene();
    const { backend } = person(customer);
    expect(await codeOf(backend.load(String(kase.id), { policy }))).toBe('signed-out');
    expect(await codeOf(backend.load(String(kase.id), { policy, user: { ...customer, id: '9' } }))).toBe(
      'signed-out',
    );
  });
});

describe('withdrawing', () => {
  it.each<[string, Partial<ZendeskRules>, User]>([
    ['a request that is assigned to nobody', { assign: undefined }, customer],
    ["a colleague's request", {}, colleague],
  ])('%s is refused, and nothing is written', async (_, rules, user) => {
    const { server, kase } = scene(rules);
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const before = server.tickets.get(Number(id))?.comments.length;
    expect(await codeOf(person(user).act(id, { kind: 'withdraw' }))).toBe('forbidden');
    expect(server.tickets.get(Number(id))).toMatchObject({ comments: { length: before } });
    expect((await person(customer).escalation(id)).status).toBe('requested');
  });

  it('of two at once the second is told of the first, also where it cannot be withdrawn', async () => {
    const { server, kase } = scene({ assign: undefined });
    const [first, second] = await Promise.allSettled([
      person(customer).escalate(kase.id),
      person(colleague).escalate(kase.id),
    ]);
    const made = [first, second].filter(({ status }) => status === 'fulfilled');
    const lost = [first, second].find((one) => one?.status === 'rejected') as PromiseRejectedResult;
    const { openEscalation } = await person(customer).load(kase.id);
    expect(made).toHaveLength(1);
    expect(lost.reason).toMatchObject({
      code: 'open-escalation-exists', details: { escalation: { id: openEscalation?.id } },
    });
    expect(server.tickets.size).toBe(3);
  }); // prettier-ignore

  it('after it was taken and accepted it is still withdrawn, not resolved', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    await person(owner).act(id, { kind: 'take' });
    await person(owner).act(id, { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' });
    const gone = await person(customer).act(id, { kind: 'withdraw', text: 'It works again.' });
    expect(gone).toMatchObject({ status: 'withdrawn', closed: { by: { id: customer.id } } });
    expect(server.tickets.get(Number(id))?.comments.at(-1)?.body).toBe('[Withdrawn] It works again.');
  });

  it('what was resolved, reopened and then withdrawn is withdrawn', async () => {
    const { kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    await person(owner).act(id, { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' });
    await person(owner).act(id, { kind: 'resolve', summary: 'Fixed.' });
    expect((await person(customer).load(kase.id)).past[0]).toMatchObject({ status: 'resolved' });
    const again = await person(customer).act(id, { kind: 'reopen', text: 'It is not.' });
    expect(again).toMatchObject({ status: 'under-review', owner: { id: owner.id } });
    expect((await person(customer).act(id, { kind: 'withdraw' })).status).toBe('withdrawn');
  });
});

describe('what Zendesk drops without a word is found out', () => {
  const without = (field: number): Partial<ZendeskRules> => ({
    forms: { [FORM]: RULES.forms[FORM]!.filter((id) => id !== field) },
  });
  it.each([
    ['case', FIELDS.case],
    ['asked', FIELDS.asked],
    ['key', FIELDS.key],
  ])('a form without the field %s', async (name, field) => {
    const { server, kase } = scene(without(field));
    const error = await person(customer)
      .escalate(kase.id, 'a-key')
      .catch((thrown: BackendError) => thrown);
    expect(error).toMatchObject({
      code: 'protocol',
      message: expect.stringContaining(`fields.${name}`) as string,
    });
    // An escalation without it must not stay.
    expect([...server.tickets.values()].at(-1)).toMatchObject({ form: FORM, status: 'solved' });
  });
  it.each([
    ['stage', FIELDS.stage],
    ['reviewed', FIELDS.reviewed],
  ])('a form without the field %s', async (name, field) => {
    const { kase } = scene(without(field));
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const error = await person(owner)
      .act(id, { kind: 'take' })
      .catch((thrown: BackendError) => thrown);
    expect(error).toMatchObject({
      code: 'protocol',
      message: expect.stringContaining(`fields.${name}`) as string,
    });
  });
  it('a field that customers may not write', async () => {
    const { kase } = scene({
      fields: RULES.fields.map((rule) => (rule.id === FIELDS.asked ? { ...rule, editable: false } : rule)),
    });
    expect(await codeOf(person(customer).escalate(kase.id))).toBe('protocol');
  });
  it('a field of cases that customers may not see never reads as "nothing is open"', async () => {
    const { server, kase } = scene({
      fields: RULES.fields.map((rule) => (rule.id === FIELDS.case ? { ...rule, visible: false } : rule)),
    });
    const { id } = escalationTicket(server, kase);
    expect(await codeOf(person(customer).load(kase.id))).toBe('protocol');
    expect(await codeOf(person(customer).escalation(String(id)))).toBe('protocol');
  });
  it('a request that is not solved although it may be', async () => {
    const { kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch(input, {
        ...init,
        body: (init?.body as string | undefined)?.replace('"solved"', '"resolved"'),
      });
    expect(await codeOf(person(customer, { fetch }).act(id, { kind: 'withdraw' }))).toBe('protocol');
  });
  it('a stage that is none of ours', async () => {
    const { server, kase } = scene();
    escalationTicket(server, kase, { fields: new Map([[FIELDS.stage, 'something_else']]) });
    expect(await codeOf(person(customer).load(kase.id))).toBe('protocol');
    expect(await codeOf(person(owner).queue())).toBe('protocol');
  });
  it('a stage that is none of ours takes no other out of the queue', async () => {
    const { server, kase } = scene();
    escalationTicket(server, addCase(server), { fields: new Map([[FIELDS.stage, 'something_else']]) });
    const made = escalationTicket(server, kase);
    const { escalations } = await person(owner).queue();
    expect(escalations.map(({ id }) => id)).toEqual([String(made.id)]);
  });
});

describe('errors of Zendesk', () => {
  const answered = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    const fetch = () =>
      Promise.resolve(
        new Response(JSON.stringify(body), {
          status,
          headers: { 'Content-Type': 'application/json', ...headers },
        }),
      );
    return person(customer, { fetch });
  };
  it.each<[number, unknown, string]>([
    [400, { error: 'InvalidPaginationParameter' }, 'invalid'],
    [401, { error: "Couldn't authenticate you" }, 'signed-out'],
    [404, { error: 'RecordNotFound', description: 'Not found' }, 'not-found'],
    [404, { error: { title: 'No such page', message: 'There is nothing here' } }, 'not-found'],
    [409, { error: 'UpdateConflict', description: 'Safe Update prevented the update' }, 'version-changed'],
    [409, { error: 'DatabaseConflict', description: 'Try again' }, 'unavailable'],
    [422, { error: 'RecordInvalid', details: { status: [{ description: 'Status: closed prevents ticket update' }] } }, 'escalation-closed'],
    [422, { error: 'RecordInvalid', details: { comment: [{ description: 'Comment: is too long' }] } }, 'too-large'],
    [422, { error: 'RecordInvalid', description: 'Record validation errors' }, 'invalid'],
    [429, { error: 'APIRateLimitExceeded', description: 'Number of allowed API requests per minute exceeded' }, 'rate-limited'],
    [500, { error: 'InternalError' }, 'server-error'],
    [503, { error: 'unavailable', description: 'Please try again in a moment.' }, 'unavailable'],
  ])('%i %j is %s', async (status, body, code) => {
    const { backend, call } = answered(status, body);
    const error = await backend.note!('1', { kind: 'reply', text: 'x' }, call).catch((thrown: BackendError) => thrown);
    expect(error).toMatchObject({ code, details: { status } });
  }); // prettier-ignore
  it('their words are told', async () => {
    const { backend, call } = answered(422, {
      error: 'RecordInvalid',
      description: 'Record validation errors',
    });
    await expect(backend.note!('1', { kind: 'reply', text: 'x' }, call)).rejects.toThrow(
      'Record validation errors',
    );
  });
  it('too many requests: the seconds to wait', async () => {
    const { backend, call } = answered(429, { error: 'APIRateLimitExceeded' }, { 'Retry-After': '93' });
    await expect(backend.load('1', call)).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAfter: 93 },
    });
  });
});

describe('many', () => {
  it('a conversation of 230 is read whole, every entry once, and from its middle', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const ticket = server.tickets.get(Number(id))!;
    for (let i = 1; i <= 230; i++) server.say(ticket, Number(i % 2 ? customer.id : owner.id), `Message ${i}`);
    const { entries } = person(customer);
    const all: string[] = [];
    let page = await entries(id, { limit: 60 });
    const { after } = page;
    for (all.unshift(...page.entries.map(({ text }) => text)); page.before;) {
      page = await entries(id, { limit: 60, before: page.before });
      all.unshift(...page.entries.map(({ text }) => text));
    }
    expect(all).toEqual(['', ...Array.from({ length: 230 }, (_, i) => `Message ${i + 1}`)]);
    server.say(ticket, Number(owner.id), 'New');
    expect((await entries(id, { after })).entries.map(({ text }) => text)).toEqual(['New']);
    expect((await entries(id, { q: 'message 17' })).entries.length).toBeGreaterThan(1);
  });

  it('an old escalation is found behind hundreds of other requests, and no page before the case is asked for', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    for (let i = 0; i < 220; i++) server.put({ subject: `Other ${i}`, requester: Number(colleague.id) });
    for (let i = 0; i < 500; i++)
      server.put({
        subject: `Before ${i}`,
        requester: Number(colleague.id),
        created: '2020-01-01T00:00:00Z',
      });
    server.asked.length = 0;
    expect((await person(customer).load(kase.id)).openEscalation?.id).toBe(id);
    expect(server.asked.filter((asked) => asked.includes('organizations'))).toHaveLength(3);
  });

  it('an order that is not kept hides nothing', async () => {
    const { server, kase } = scene({ isUnsorted: true });
    for (let i = 0; i < 150; i++)
      server.put({
        subject: `Before ${i}`,
        requester: Number(colleague.id),
        created: '2020-01-01T00:00:00Z',
      });
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    expect((await person(customer).load(kase.id)).openEscalation?.id).toBe(id);
  });

  it('a list that repeats its pages is found out', async () => {
    const { server, kase } = scene();
    await person(customer).escalate(kase.id);
    for (let i = 0; i < 120; i++) server.put({ subject: `Other ${i}`, requester: Number(colleague.id) });
    server.asked.length = 0;
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch((input as string).replace(/&page=\d+$/, '&page=1'), init);
    expect(await codeOf(person(colleague, { fetch }).load(kase.id))).toBe('protocol');
    expect(server.asked.filter((asked) => asked.includes('organizations')).length).toBeLessThan(5);
  });

  it('two identical messages at the same moment are two entries', async () => {
    const { kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    await Promise.all([person(customer).post(id, 'Hello?'), person(customer).post(id, 'Hello?')]);
    const { entries } = await person(owner).entries(id);
    expect(entries.filter(({ text }) => text === 'Hello?')).toHaveLength(2);
  });
});

describe('tickets that were made or changed in Zendesk itself', () => {
  it('one made by hand is an escalation, told by its subject', async () => {
    const { server, kase } = scene();
    const made = escalationTicket(server, kase, { subject: 'Please call Priya' });
    const { openEscalation } = await person(colleague).load(kase.id);
    expect(openEscalation).toMatchObject({
      id: String(made.id), status: 'requested', reason: { label: 'Please call Priya' }, owner: null, requestedBy: null,
    }); // prettier-ignore
    expect((await person(customer).load(kase.id)).openEscalation?.requestedBy).toMatchObject({ me: true });
    expect((await person(owner).load(kase.id)).openEscalation?.requestedBy?.name).toBe('Priya Nair');
    const [first] = (await person(colleague).entries(String(made.id))).entries;
    expect(first).toMatchObject({ kind: 'status', status: 'requested', text: 'Please call Priya' });
    const taken = await person(owner).act(String(made.id), { kind: 'take' });
    expect(taken).toMatchObject({ status: 'under-review', owner: { id: owner.id, me: true } });
  });
  it('one that an agent solved there is resolved', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    Object.assign(server.tickets.get(Number(id))!, { status: 'solved', updated: server.tick() });
    expect((await person(customer).load(kase.id)).past[0]).toMatchObject({ id, status: 'resolved' });
  });
  it('one that its customer solved there, without a word, is resolved as well', async () => {
    const { server, kase } = scene();
    escalationTicket(server, kase, { status: 'closed' });
    expect((await person(customer).load(kase.id)).past[0]).toMatchObject({ status: 'resolved' });
  });
  it('an answer by mail to what was resolved opens it again; what was declined stays declined', async () => {
    const { server, kase } = scene();
    const at = (stage: string) => new Map([[FIELDS.stage, stage]]);
    escalationTicket(server, kase, { status: 'open', fields: at('escalation_declined') });
    expect((await person(customer).load(kase.id)).openEscalation).toBeNull();
    const made = escalationTicket(server, kase, { status: 'open', fields: at('escalation_resolved') });
    const { openEscalation } = await person(customer).load(kase.id);
    expect(openEscalation).toMatchObject({ id: String(made.id), status: 'under-review' });
  });
  it('fields that hold something else than ours harm nothing', async () => {
    const { server, kase } = scene();
    const fields = new Map([
      [FIELDS.asked, 'please!'],
      [FIELDS.reviewed, '[1,2'],
      [FIELDS.stage, 'escalation_under_review'],
    ]);
    const made = escalationTicket(server, kase, { assignee: Number(owner.id), status: 'open', fields });
    const accepted = await person(owner).act(String(made.id), {
      kind: 'accept',
      importance: 'high',
      urgency: 'low',
      text: 'Yes.',
    });
    expect(accepted).toMatchObject({ status: 'accepted', decision: { text: 'Yes.' } });
  });
  it('a case that names itself is no escalation of itself', async () => {
    const { kase } = scene();
    kase.fields.set(FIELDS.case, String(kase.id));
    kase.form = FORM;
    expect(await codeOf(person(customer).load(kase.id))).toBe('not-found');
    expect(await codeOf(person(owner).escalation(String(kase.id)))).toBe('not-found');
  });
  it('a ticket without a subject, which Zendesk allows, is told by its number, and harms no other', async () => {
    const { server, kase } = scene();
    const bare = server.put({ subject: null, requester: Number(colleague.id) });
    expect((await person(customer).load(kase.id)).case.subject).toBe('Nightly export stops at 2 GB');
    expect((await person(customer).load(bare.id)).case).toMatchObject({ number: String(bare.id) });
    const made = escalationTicket(server, kase, { subject: null });
    const { openEscalation } = await person(customer).load(kase.id);
    expect(openEscalation).toMatchObject({ reason: { label: String(made.id) } });
  });
  it('what a customer opens again has a deadline, from then on', async () => {
    const { server, kase } = scene({ now: Date.now() / 1000 });
    const call = { policy: { ...policy, lifecycle: { ...policy.lifecycle, responseHours: 4 } } };
    const { backend } = person(customer);
    const { id } = (await backend.escalate(String(kase.id), request, { ...call, user: customer })).escalation;
    await person(owner).act(id, { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' });
    await person(owner).act(id, { kind: 'resolve', summary: 'Fixed.' });
    const before = Date.parse(server.tick(3_600));
    const told = await person(customer).act(id, { kind: 'reopen', text: 'It is not.' });
    expect(Date.parse(told.nextUpdateDueAt!) - before).toBeGreaterThanOrEqual(4 * 3_600_000);
    server.tick(3_600);
    await person(customer).post(id, 'Hello?');
    const { openEscalation } = await person(owner).load(kase.id);
    expect(openEscalation?.nextUpdateDueAt).toBe(told.nextUpdateDueAt);
  });
  it('what a ticket of another form names is no escalation', async () => {
    const { server, kase } = scene();
    escalationTicket(server, kase, { form: 7099 });
    expect((await person(customer).load(kase.id)).openEscalation).toBeNull();
  });
  it('an agent who changes it at the same moment: the second is refused', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const ticket = server.tickets.get(Number(id))!;
    const fetch: typeof globalThis.fetch = (input, init) => {
      if (init?.method === 'PUT') server.say(ticket, Number(engineer.id), 'I was faster', false);
      return globalThis.fetch(input, init);
    };
    expect(await codeOf(person(owner, { fetch }).act(id, { kind: 'take' }))).toBe('version-changed');
    expect(ticket.fields.has(FIELDS.stage)).toBe(false);
  });
});

describe('texts', () => {
  it('every message comes back byte for byte, and decides nothing that its author may not decide', async () => {
    const { kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    await keepsEveryText(person, id, {
      authors: [customer, owner],
      reader: colleague,
      start: ['[Accepted] ', '[Resolved] ', '[Message] ', '[Withdrawn] ', '[Promise kept: 7] ', '[Declined]'],
      unit: 'grapheme',
      runs: 30,
    });
    expect((await person(colleague).load(kase.id)).openEscalation?.status).toBe('requested');
  });

  it('what a customer writes in Zendesk itself, in our brackets, is a message', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    server.say(server.tickets.get(Number(id))!, Number(customer.id), '[Accepted] I decide.');
    const last = (await person(owner).entries(id)).entries.at(-1);
    expect(last).toMatchObject({ kind: 'message', text: '[Accepted] I decide.' });
  });

  it('a message that Zendesk keeps otherwise has arrived', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    await person(customer).post(id, 'My card:');
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch(input, {
        ...init,
        body: (init?.body as string | undefined)?.replace(/4111 1111 1111/, '▇▇▇▇ ▇▇▇▇ ▇▇▇▇'),
      });
    server.tick(60);
    const made = await person(customer, { fetch }).post(id, '4111 1111 1111 1111');
    expect(made).toMatchObject({ kind: 'message', text: '▇▇▇▇ ▇▇▇▇ ▇▇▇▇ 1111' });
    expect((await person(owner).entries(id)).entries.at(-1)?.id).toBe(made.id);
  });

  it('a message that was not kept is not taken for an older one', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    await person(customer).post(id, 'Hello?');
    server.tick(60);
    const fetch: typeof globalThis.fetch = (input, init) => {
      const dropped = init?.method === 'PUT' && JSON.stringify({ request: { status: 'open' } });
      if (dropped) server.tickets.get(Number(id))!.updated = server.tick();
      return globalThis.fetch(input, dropped ? { ...init, body: dropped } : init);
    };
    expect(await codeOf(person(customer, { fetch }).post(id, 'And now?'))).toBe('protocol');
  });

  it('a message that has arrived is never sent again by itself, though the look after it fails', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const fetch: typeof globalThis.fetch = (input, init) =>
      (input as string).includes('/comments')
        ? Promise.resolve(Response.json({}, { status: 429, headers: { 'Retry-After': '2' } }))
        : globalThis.fetch(input, init);
    const failed = await person(customer, { fetch })
      .post(id, 'Any news?')
      .catch((thrown: BackendError) => thrown);
    expect(failed).toMatchObject({ code: 'unconfirmed', retryable: false });
    expect(server.tickets.get(Number(id))?.comments.at(-1)?.body).toBe('Any news?');
  });

  it('a text that Zendesk would not take is refused before it is sent', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    server.asked.length = 0;
    expect(await codeOf(person(customer).post(id, 'x'.repeat(65_537)))).toBe('too-large');
    expect(server.asked.filter((asked) => asked.startsWith('PUT'))).toEqual([]);
  });

  it('an id that is none reaches no other address, and no query', async () => {
    const { server } = scene();
    const { backend, call } = person(owner);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 30 }),
          fc.constantFrom(
            '../users/1',
            '1/comments',
            '1?x=1',
            '1 OR status:open',
            '٣',
            '0',
            '-1',
            '1e3',
            '007',
          ),
        ),
        async (id) => {
          fc.pre(!/^[1-9]\d{0,15}$/.test(id));
          expect(await codeOf(backend.load(id, call))).toBe('not-found');
          expect(await codeOf(backend.escalation!(id, call))).toBe('not-found');
        },
      ),
    );
    expect(server.asked).toEqual([]);
  });
});

describe('how old an answer may be', () => {
  it('the queue is as old as their index; the case is not', async () => {
    const { kase } = scene({ lag: 1 });
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    const { backend, call, load } = person(owner);
    const queued = async () => {
      const found = await backend.queue!({}, call);
      return found === 'not-modified'
        ? []
        : found.value.escalations.map((row) => [row.id, row.case?.customer?.name]);
    };
    expect(await queued()).toEqual([]);
    expect((await load(kase.id)).openEscalation?.id).toBe(id);
    await person(customer).post(id, 'Hello?');
    expect(await queued()).toEqual([[id, 'Acme Ltd']]);
  });

  it('the queue is found by any search, of which only escalations count', async () => {
    const { server, kase } = scene();
    const { id } = (await person(customer).escalate(kase.id)).escalation;
    server.put({ subject: 'On the form, of no case', requester: Number(customer.id), form: FORM });
    const { backend, call } = person(owner, { queue: 'type:ticket status<solved form:Escalation' });
    const found = await backend.queue!({}, call);
    expect(found).toMatchObject({
      value: { escalations: [{ id, case: { id: String(kase.id) } }], after: null },
    });
  });

  it('an update of this very second is told once more when no other can have the same stamp', async () => {
    let now = Date.parse('2026-11-20T08:00:00Z');
    const { server, kase } = scene({ now: now / 1000 });
    const { load, escalate } = person(customer, { clock: () => new Date(now) });
    const { id } = (await escalate(kase.id)).escalation;
    now = Date.parse(server.tickets.get(Number(id))!.updated);
    const fresh = (await load(kase.id)).openEscalation?.latestEntryId;
    now += 5_000;
    const settled = (await load(kase.id)).openEscalation?.latestEntryId;
    expect(settled).not.toBe(fresh);
    expect((await load(kase.id)).openEscalation?.latestEntryId).toBe(settled);
  });
});

it('needs nothing but what its options name', () => {
  expect(zendesk({ baseUrl: `${ORIGIN}/`, headers: () => ({}), fields: FIELDS }).guarantees).toEqual({
    dedup: 'none',
    unique: 'none',
    live: false,
    pollSeconds: 60,
    acts: [
      'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve',
      'withdraw', 'reopen', 'nudge',
    ],
  }); // prettier-ignore
});
