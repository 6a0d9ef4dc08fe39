import fc from 'fast-check';
import { HttpResponse } from 'msw';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servicenow, type ServiceNowOptions } from '../../../src/adapters/servicenow.js';
import type { Action, User } from '../../../src/core/model.js';
import { channelFor } from '../../../src/core/eligibility.js';
import { people, policy, request } from '../../desk.js';
import { keepsEveryText, peopleAtCase, personAt, readBack, readOn, refusesWhatIsMadeUp } from '../person.js';
import { asDelivered, STATES, type Dialect } from './dialect.js';
import { heldAgainstTheDocs } from './documented.js';
import { adapterFor, callOf, instanceWith } from './instance.js';
import { loginOf, staffAndCustomers } from './people.js';
import { line, type Row, type ServiceNow } from './server.js';
import { denied } from './words.js';

beforeAll(() => line.listen({ onUnhandledRequest: 'error' }));
afterAll(() => line.close());

const { customer, colleague, stranger, owner, engineer } = staffAndCustomers;

/** What somebody does on the case of an instance. */
function desk(options: Partial<ServiceNowOptions> = {}, dialect: Dialect = asDelivered, values: Row = {}) {
  const { instance, caseId, theirs } = instanceWith(dialect, values);
  const backend = adapterFor(instance, options);
  return { instance, caseId, theirs, backend, by: peopleAtCase(backend, callOf, caseId) };
}

const escalationsOf = (instance: ServiceNow) => instance.escalations;
const comment = (
  instance: ServiceNow,
  id: string,
  value: string,
  user: User = customer,
  element = 'comments',
) => {
  instance.pass(1);
  return instance.comment(instance.dialect.tables.escalation, { sys_id: id }, element, value, loginOf(user));
};

describe('the mapping is configuration', () => {
  const elsewhere: Dialect = {
    tables: { case: 'x_acme_case', escalation: 'x_acme_escalation' },
    fields: {
      case: 'u_case', state: 'u_status', requestedBy: 'u_asked_by', owner: 'assigned_to', subject: 'u_title',
      description: 'u_words', request: 'u_asked', review: 'u_answered', key: 'u_key', closedAt: 'u_closed',
      number: 'number',
    },
    caseFields: { state: 'u_state', waitingOn: 'u_turn', plan: 'u_level', customer: 'account.name', subject: 'u_about' },
    caseColumns: ['number', 'u_state', 'u_turn', 'u_level', 'u_about', 'priority', 'assigned_to', 'account', 'product'],
    escalationColumns: [
      'u_case', 'u_status', 'u_asked_by', 'assigned_to', 'u_title', 'u_words', 'u_asked', 'u_answered', 'u_key',
      'u_closed', 'number',
    ],
  }; // prettier-ignore
  const options = {
    tables: elsewhere.tables,
    fields: elsewhere.fields,
    caseFields: elsewhere.caseFields,
    caseStates: { live: 'open' as const },
    waitingOnValues: { dev: 'development' as const },
    casePriorities: { '3': 'high' as const },
    pollSeconds: 90,
  };

  it('of tables, columns, values and pace', async () => {
    const values = { u_state: 'live', u_turn: 'dev', u_level: 'Gold', u_about: 'Export' };
    const { by, backend, instance } = desk(options, elsewhere, values);
    const made = (await by(customer).escalate('k-1')).escalation;
    expect(instance.escalations[0]).toMatchObject({ u_status: '1', u_asked_by: customer.id });
    expect(instance.escalations[0]!['u_key']).toMatch(/^k-1 /);
    await by(owner).act(made.id, { kind: 'take' });
    const state = await by(customer).load();
    expect(state.case).toMatchObject({
      status: 'open', waitingOn: 'development', plan: 'Gold', subject: 'Export', priority: 'high',
      customer: { name: 'Acme Ltd' }, assignee: { name: 'Dana Reyes', role: 'engineer' },
    }); // prettier-ignore
    expect(state.openEscalation).toMatchObject({ status: 'under-review', owner: { name: 'Sam Okoro' } });
    expect(backend.guarantees).toMatchObject({ pollSeconds: 90, dedup: 'none', unique: 'none', live: false });
    expect((await by(owner).queue()).escalations[0]?.case).toMatchObject({
      subject: 'Export',
      priority: 'high',
    });
  });

  it('a fact without a column is not known; one with an empty column is none', async () => {
    const { by } = desk();
    const { case: kase } = await by(customer).load();
    expect(kase).toMatchObject({
      rcaRequestedAt: null,
      program: null,
      plan: 'Platinum',
      deployment: 'cloud',
    });
    const { by: bare } = desk({ caseFields: {} });
    const facts = (await bare(customer).load()).case;
    for (const name of ['rcaRequestedAt', 'program', 'plan', 'deployment', 'rma'])
      expect(facts).not.toHaveProperty(name);
  });

  it.each(['a misnamed column', 'a column that this person may not read'])(
    'a fact is not known where its column does not come: %s',
    async (what) => {
      const caseColumns = asDelivered.caseColumns.filter((name) => name !== 'u_program');
      const { by, instance } = desk({}, what === 'a misnamed column' ? { ...asDelivered, caseColumns } : asDelivered);
      const columns = ['u_program', 'u_plan', 'u_rca_requested', 'u_deployment', 'product.name', 'account.name', 'number'];
      if (what !== 'a misnamed column') instance.unreadable.set(customer, columns);
      const { case: kase } = await by(customer).load();
      expect(kase).not.toHaveProperty('program');
      if (what === 'a misnamed column') return expect(kase).toMatchObject({ plan: 'Platinum', rcaRequestedAt: null });
      for (const name of ['plan', 'rcaRequestedAt', 'deployment', 'product', 'customer', 'number'])
        expect(kase).not.toHaveProperty(name);
    },
  ); // prettier-ignore

  it('a case whose program cannot be read is not sent through the page', async () => {
    const { by, instance } = desk();
    instance.unreadable.set(customer, ['u_program']);
    const { case: kase } = await by(customer).load();
    expect(channelFor(policy, { case: kase, user: customer })?.use).toBe('email');
  });

  it('roles of people are configurable', async () => {
    const { by } = desk({ roleOf: ({ table }) => (table === 'customer_contact' ? 'partner' : 'manager') });
    const state = await by(colleague).load();
    expect(state.case.assignee?.role).toBe('manager');
  });

  const valid = { baseUrl: 'https://acme.service-now.test', headers: () => ({}), states: STATES };
  it.each<[string, Partial<ServiceNowOptions>, string]>([
    ['no value for a status', { states: { ...STATES, declined: '' } }, 'invalid'],
    ['one value for two', { states: { ...STATES, declined: '1' } }, 'invalid'],
    ['a value that is a query', { states: { ...STATES, declined: '1^active=true' } }, 'invalid'],
    ['no name of a column', { fields: { case: '' } }, 'invalid'],
    ['a column that is a query', { fields: { case: 'a=1^b' } }, 'invalid'],
    ['a table that is a path', { tables: { case: '../sys_user' } }, 'invalid'],
    ['no address', { baseUrl: 'acme' }, 'bad-address'],
  ])('refused: %s', (_what, options, code) => {
    expect(() => servicenow({ ...valid, ...options })).toThrow(expect.objectContaining({ code }));
  });
});

describe('rights are those of ServiceNow', () => {
  it('an engineer reads, and writes nothing on an escalation', async () => {
    const { by } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    expect((await by(engineer).load()).openEscalation?.id).toBe(id);
    await expect(by(engineer).post(id, 'About me?')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('a customer withdraws and reopens; their field of the owners stays as it is', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    const accept: Action = { kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' };
    await by(owner).act(id, accept);
    await by(owner).act(id, { kind: 'resolve', summary: 'Fixed.' });
    const review = escalationsOf(instance)[0]!['u_escalation_review'];
    expect((await by(customer).act(id, { kind: 'reopen', text: 'Not quite.' })).status).toBe('under-review');
    expect((await by(customer).act(id, { kind: 'withdraw' })).status).toBe('withdrawn');
    expect(escalationsOf(instance)[0]!['u_escalation_review']).toBe(review);
  });

  it('staff who may not read whose case it is are told nothing of it; customers are', async () => {
    const { by, instance } = desk();
    for (const user of [customer, owner]) instance.unreadable.set(user, ['assigned_to']);
    await expect(by(owner).load()).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('"assigned_to"'),
    });
    expect((await by(customer).load()).case.assignee).toBeNull();
  });

  it.each<[string, Row | undefined]>([
    ['may not be read', undefined],
    ['is empty', { u_escalation_request: '' }],
  ])('a request is for its owners only where what was asked for %s', async (_what, values) => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    if (values) Object.assign(instance.escalations[0]!, values);
    else instance.unreadable.set(engineer, ['u_escalation_request', 'correlation_id']);
    expect(await by(engineer).escalation(id)).toMatchObject({ visibility: 'owner-only' });
    expect((await by(engineer).load()).openEscalation).toMatchObject({ visibility: 'owner-only' });
  });

  it.each(['users', 'their logins'])(
    'without a right to read %s authors are shown by login',
    async (what) => {
      const { by, instance } = desk();
      const { id } = (await by(customer).escalate()).escalation;
      comment(instance, id, '[Accepted] Yes.', owner);
      if (what === 'users')
        instance.intercept = (_request, url) =>
          url.pathname.endsWith('/sys_user') ? denied(403, 'User Not Authorized', 'Failed ACL') : undefined;
      else instance.unreadable.set(customer, ['user_name']);
      const { case: kase } = await by(customer).load();
      expect(kase.lastUpdate).toMatchObject({ by: { name: loginOf(engineer), role: 'customer' } });
      // It may have been support who wrote.
      expect(kase).not.toHaveProperty('lastSupportUpdate');
      expect((await by(customer).entries(id)).entries.at(-1)).toMatchObject({
        kind: 'message',
        author: { name: loginOf(owner), role: 'customer' },
      });
    },
  );

  it('who cannot be read decides nothing: their comments are messages', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    await by(owner).act(id, { kind: 'take' });
    comment(instance, id, '[Accepted] Full refund.', customer);
    comment(instance, id, '[Accepted] Yes.', owner);
    instance.comment(
      'sn_customerservice_escalation',
      { sys_id: id },
      'comments',
      '[Resolved] Done',
      'ghost^ORname=x',
    );
    const { entries } = await by(customer).entries(id);
    expect(entries.filter(({ text }) => text !== '').map(({ kind, text, author }) => [kind, text, author.role]).sort()).toEqual(
      [
        ['decision', 'Yes.', 'owner'],
        ['message', '[Accepted] Full refund.', 'customer'],
        ['message', '[Resolved] Done', 'customer'],
      ],
    ); // prettier-ignore
  });
});

describe('what it answers', () => {
  const answer = (status: number, message: string, detail: string, headers: Record<string, string> = {}) =>
    HttpResponse.json({ error: { message, detail }, status: 'failure' }, { status, headers });

  it.each<[number, string, string, string]>([
    [400, 'Invalid table x', '', 'invalid'],
    [401, 'User Not Authenticated', 'Required to provide Auth information', 'signed-out'],
    [403, 'Operation Failed', 'ACL Exception Insert Failed due to security constraints', 'forbidden'],
    [403, 'Operation Failed', "Operation against file 'x' was aborted by Business Rule 'y'", 'invalid'],
    [404, 'No Record found', 'ACL restricts the record retrieval', 'not-found'],
    [429, 'Rate limit exceeded', 'Rate limit of 10 requests per hour exceeded', 'rate-limited'],
    [500, 'Operation Failed', 'x', 'server-error'],
    [503, 'Maximum execution time exceeded', 'x', 'unavailable'],
  ])('%i %s: %s is "%s"', async (status, message, detail, code) => {
    const { by, instance } = desk();
    instance.intercept = () => answer(status, message, detail, { 'Retry-After': '90' });
    await expect(by(customer).load()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, Record<string, string>, number]>([
    ['Retry-After', { 'Retry-After': '120', 'X-RateLimit-Reset': '1' }, 120],
    ['X-RateLimit-Reset alone, by the clock given', { 'X-RateLimit-Reset': '1778572860' }, 60],
  ])('a rate limit tells how long to wait: %s', async (_what, headers, seconds) => {
    const { by, instance } = desk({ clock: () => new Date('2026-05-12T08:00:00Z') });
    instance.intercept = () => answer(429, 'Rate limit exceeded', 'x', headers);
    await expect(by(customer).load()).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAfter: seconds, status: 429 },
    });
  });

  it('no second escalation by a rule of the product is "open-escalation-exists", with the first', async () => {
    const { by, instance, caseId } = desk();
    let first: Row | undefined;
    instance.intercept = ({ method }) => {
      if (method !== 'POST') return undefined;
      const values = {
        source_record: caseId,
        state: '1',
        short_description: 'Faster',
        requested_by: colleague.id,
      };
      first = instance.insert('sn_customerservice_escalation', values, loginOf(colleague));
      return answer(403, 'Operation Failed', 'aborted by Business Rule: already escalated');
    };
    const error = await by(customer)
      .escalate()
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'open-escalation-exists',
      details: { escalation: { id: first?.['sys_id'] } },
    });
  });
});

describe('once, and one at a time, as far as it goes', () => {
  it('a request with its key again is what it made; with another body it is refused', async () => {
    const { by, instance } = desk();
    const first = await by(customer).escalate('k-1');
    const again = await by(customer).escalate('k-1');
    expect(again).toMatchObject({ replayed: true, escalation: { id: first.escalation.id } });
    const other = { ...request, details: 'Something else altogether, long enough.' };
    await expect(by(customer).escalate('k-1', other)).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    await expect(by(colleague).escalate('k-1')).rejects.toMatchObject({ code: 'open-escalation-exists' });
    expect(instance.escalations).toHaveLength(1);
  });

  it('of many within one second the one with the lowest number stays', async () => {
    const { by, instance } = desk();
    instance.secondsPerWrite = 0;
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => by(customer).escalate()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const open = instance.escalations.filter(({ state }) => state === STATES.requested);
    const numbers = instance.escalations.map(({ number }) => number!).sort();
    expect(open.map(({ number }) => number)).toEqual(numbers.slice(0, 1));
    expect(instance.escalations.length).toBeGreaterThan(1);
  });
});

describe('what it drops without a word', () => {
  const without = (column: string): Dialect => ({
    ...asDelivered,
    escalationColumns: asDelivered.escalationColumns.filter((name) => name !== column),
  });

  it.each(['u_escalation_request', 'correlation_id', 'requested_by', 'source_record'])(
    '%s is missed, and what was made is taken back',
    async (column) => {
      const { by, instance } = desk({}, without(column));
      instance.findsNothingInvalid = true;
      // Another try would only leave another row: nothing is asked to come again.
      await expect(by(owner).escalate()).rejects.toMatchObject({
        code: 'server-error',
        message: expect.stringContaining(`"${column}"`),
      });
      expect(instance.escalations.map(({ state }) => state)).toEqual([STATES.withdrawn]);
    },
  );

  it('what owners decide is missed', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    instance.unwritable.add('u_escalation_review');
    const decline: Action = { kind: 'decline', text: 'No.', criteria: [] };
    await expect(by(owner).act(id, decline)).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('"u_escalation_review"'),
    });
  });

  it.each(['message', 'note'])('a comment is missed: %s', async (what) => {
    const { by, instance, backend, caseId } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    instance.unwritable.add('comments');
    const work =
      what === 'message'
        ? by(customer).post(id, 'Any news?')
        : backend.note!(caseId, { kind: 'reply', text: 'Logs' }, callOf(customer));
    await expect(work).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('"comments"'),
    });
  });

  it.each(['message', 'note'])(
    'a comment is missed also where the same was said before: %s',
    async (what) => {
      const { by, instance, backend, caseId } = desk();
      const { tables } = instance.dialect;
      const { id } = (await by(customer).escalate()).escalation;
      const say = () =>
        what === 'message'
          ? by(customer).post(id, 'Any news?')
          : backend.note!(caseId, { kind: 'reply', text: 'Any news?' }, callOf(customer));
      await say();
      instance.unwritable.add('comments');
      await expect(say()).rejects.toMatchObject({ code: 'protocol' });
      // Somebody else says it in that very moment.
      instance.intercept = ({ method }) => {
        const [table, record] = what === 'message' ? [tables.escalation, id] : [tables.case, caseId];
        if (method === 'PATCH')
          instance.comment(table, { sys_id: record }, 'comments', 'Any news?', loginOf(owner));
        return undefined;
      };
      await expect(say()).rejects.toMatchObject({ code: 'protocol' });
    },
  );

  it.each(['message', 'note'])('where nobody can look for a comment, nothing says to repeat it: %s', async (what) => {
    const { by, instance, backend, caseId } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    instance.intercept = ({ method }, url) =>
      method === 'GET' && url.pathname.endsWith('/sys_journal_field') && instance.asked.some(isWrite)
        ? denied(429, 'Rate limit exceeded', 'x')
        : undefined;
    const from = instance.asked.length;
    const isWrite = (one: ServiceNow['asked'][number]) => one.method === 'PATCH' && instance.asked.indexOf(one) >= from;
    const failure = await (
      what === 'message'
        ? by(customer).post(id, 'Any news?')
        : backend.note!(caseId, { kind: 'reply', text: 'Any news?' }, callOf(customer))
    ).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unconfirmed', retryable: false });
    expect(instance.rows('sys_journal_field').filter(({ value }) => value === 'Any news?')).toHaveLength(1);
  }); // prettier-ignore

  it('a comment whose white space was cut has arrived', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    instance.trims = true;
    const said = await by(customer).post(id, 'Any news?\n\n');
    expect((await by(customer).entries(id)).entries.at(-1)).toMatchObject({ id: said.id, text: 'Any news?' });
  });

  it.each(['source_record', 'element_id'])('a condition on %s is missed', async (column) => {
    const { by, instance, theirs } = desk();
    const values = { source_record: theirs, state: '1', short_description: 'Theirs' };
    instance.insert('sn_customerservice_escalation', values, loginOf(stranger));
    const { id } = (await by(owner).escalate()).escalation;
    instance.unsearchable.add(column);
    const work = column === 'source_record' ? by(owner).load() : by(owner).entries(id);
    await expect(work).rejects.toMatchObject({ code: 'protocol' });
  });
});

describe('the conversation', () => {
  it.each([
    [0, 0],
    [1, 0],
    [3600, 0],
    [3600, 14],
    [3600, -12],
  ])('every entry once over many pages, %i s apart, queries %i h ahead of UTC', async (seconds, hours) => {
    const { by, instance } = desk();
    instance.hoursAhead = hours;
    const { id } = (await by(customer).escalate()).escalation;
    const written = Array.from({ length: 130 }, (_, n) => `Message ${n}`);
    const from = Date.parse('2026-05-13T00:00:00Z');
    written.forEach((text, n) => {
      const at = new Date(from + n * seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
      comment(instance, id, text)['sys_created_on'] = at;
    });
    const read = await readBack(by(customer), id, 37);
    expect(
      read
        .map(({ text }) => text)
        .slice(1)
        .sort(),
    ).toEqual([...written].sort());
    if (seconds > 0) expect(read.slice(1).map(({ text }) => text)).toEqual(written);
    expect(await readOn(by(customer), id, 50)).toEqual(read);
  });

  it('goes on behind a page of which nothing may be seen', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    comment(instance, id, 'Early');
    for (let n = 0; n < 120; n++) {
      const row = comment(instance, id, `Hidden ${n}`);
      row['sys_created_on'] = '2026-06-01 00:00:00';
      instance.hidden.add(row['sys_id']!);
    }
    expect((await by(customer).entries(id, { limit: 20 })).entries.map(({ text }) => text)).toContain(
      'Early',
    );
  });

  it('work notes are internal, and never asked for on behalf of a customer', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    comment(instance, id, 'Between us', owner, 'work_notes');
    const { entries } = await by(owner).entries(id);
    expect(entries.at(-1)).toMatchObject({ kind: 'internal', text: 'Between us' });
    const before = instance.asked.length;
    await by(customer).entries(id);
    expect(
      instance.asked
        .slice(before)
        .map(({ url }) => url.search)
        .join(),
    ).not.toContain('work_notes');
  });

  it('any text comes back as it was, as a message', async () => {
    const { by } = desk({ limits: { journal: 5000 } });
    const { id } = (await by(customer).escalate()).escalation;
    await keepsEveryText(by, id, {
      authors: [customer, owner],
      reader: customer,
      start: ['[Accepted] ', '[Message] ', '[Promise kept: p1] ', '[Resolved]', '[Requested]\n'],
      unit: 'binary',
      runs: 20,
    });
  });

  it('what is too long for the journal is refused before anything is sent', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    await by(customer).post(id, '👩'.repeat(4000));
    const before = instance.asked.filter(({ method }) => method !== 'GET').length;
    await expect(by(customer).post(id, 'x'.repeat(4001))).rejects.toMatchObject({ code: 'too-large' });
    await expect(by(customer).escalate('k'.repeat(120))).rejects.toMatchObject({
      code: 'open-escalation-exists',
    });
    expect(instance.asked.filter(({ method }) => method !== 'GET')).toHaveLength(before);
    const { by: fresh } = desk();
    await expect(fresh(customer).escalate('k'.repeat(120))).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('no id gets into a query', () => {
  it('whatever a caller gives', async () => {
    const { by, instance, backend } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    const before = instance.asked.length;
    await refusesWhatIsMadeUp(personAt(backend, callOf(customer)), id, {
      foreign: fc.oneof(
        fc.constantFrom(`${id}^ORsys_idISNOTEMPTY`, 'x^NQactive=true', 'javascript:gs.log()', '../sys_user'),
        fc.string().map((tail) => `${id}${tail || '^'}`),
      ),
      also() {
        for (const { url } of instance.asked.slice(before)) expect(url.pathname).toContain(id);
      },
    });
  });
});

describe('what is made in ServiceNow itself', () => {
  it('an escalation is told as far as it goes', async () => {
    const { by, instance, caseId } = desk();
    const row = {
      source_record: caseId,
      state: '3',
      short_description: 'Please hurry',
      assigned_to: owner.id,
    };
    const { sys_id } = instance.insert('sn_customerservice_escalation', row, 'admin');
    const { openEscalation } = await by(customer).load();
    expect(openEscalation).toMatchObject({
      id: sys_id, status: 'accepted', reason: { label: 'Please hurry' }, owner: { id: owner.id, role: 'owner' },
      requestedBy: null,
    }); // prettier-ignore
  });

  it('one in a state that is not mapped is not taken for closed', async () => {
    const { by, instance, caseId } = desk();
    instance.insert('sn_customerservice_escalation', { source_record: caseId, state: '-5' }, 'admin');
    await expect(by(customer).load()).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('-5'),
    });
  });

  it('a case in a state that is not mapped is in the queue with the others', async () => {
    const { by, instance } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    instance.rows('sn_customerservice_case')[0]!['state'] = '11';
    expect((await by(owner).queue()).escalations).toMatchObject([
      { id, case: { number: 'CS0000871', priority: 'medium', customer: { name: 'Acme Ltd' } } },
    ]);
    await expect(by(owner).load()).rejects.toMatchObject({ code: 'protocol' });
  });

  it('of two within one second the one with the lower number came first', async () => {
    const { by, instance, caseId } = desk();
    const make = (number: string, sys_id: string) =>
      instance.insert(
        'sn_customerservice_escalation',
        { source_record: caseId, state: '1', number, sys_id },
        'admin',
      );
    make('ESC0000900', 'f'.repeat(32));
    make('ESC0000901', '0'.repeat(32));
    expect((await by(customer).load()).openEscalation?.id).toBe('f'.repeat(32));
  });

  it('the newest comment of the case is its last update, that of support its last update by support', async () => {
    const { by, instance, caseId } = desk();
    for (let n = 0; n < 30; n++)
      instance.comment(
        'sn_customerservice_case',
        { sys_id: caseId },
        'comments',
        `Any news? ${n}`,
        loginOf(customer),
      )['sys_created_on'] = `2026-05-12 09:00:${String(n).padStart(2, '0')}`;
    instance.comment(
      'sn_customerservice_case',
      { sys_id: caseId },
      'work_notes',
      'Internal',
      loginOf(engineer),
    );
    const { lastUpdate, lastSupportUpdate } = (await by(colleague).load()).case;
    expect(lastUpdate).toMatchObject({
      at: '2026-05-12T09:00:29Z',
      excerpt: 'Any news? 29',
      by: { id: customer.id },
    });
    expect(lastSupportUpdate).toMatchObject({
      at: '2026-05-11T12:00:00Z',
      by: { name: people.engineer.name, role: 'engineer' },
    });
  });

  it('a look at a case takes four requests, three of them at once', async () => {
    const { by, instance } = desk();
    await by(customer).escalate();
    const before = instance.asked.length;
    await by(customer).load();
    expect(instance.asked.length - before).toBe(4);
  });
});

heldAgainstTheDocs();
