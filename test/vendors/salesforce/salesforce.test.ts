import fc from 'fast-check';
import { HttpResponse } from 'msw';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { salesforce, type SalesforceOptions } from '../../../src/adapters/salesforce.js';
import type { User } from '../../../src/core/model.js';
import { people } from '../../desk.js';
import { keepsEveryText, peopleAtCase, personAt, readBack, readOn, refusesWhatIsMadeUp } from '../person.js';
import { adapterFor, callOf, orgWith } from './org.js';
import { staffAndCustomers } from './people.js';
import type { Row } from './schema.js';
import { line, type Salesforce } from './server.js';

beforeAll(() => {
  console.info(
    'salesforce: no description of its API is published; the replies of these tests are made by hand.',
  );
  line.listen({ onUnhandledRequest: 'error' });
});
afterAll(() => line.close());

const { customer, colleague, owner, engineer, partner } = staffAndCustomers;

/** What somebody does on the case of an org. */
function desk(options: Partial<SalesforceOptions> = {}, values: Row = {}) {
  const { org, caseId, theirs } = orgWith(values);
  const backend = adapterFor(org, options);
  return { org, caseId, theirs, backend, by: peopleAtCase(backend, callOf, caseId) };
}

const entry = (org: Salesforce, id: string, values: Row, by: User = customer) =>
  org.insert('Escalation_Entry__c', { Escalation__c: id, Kind__c: 'message', ...values }, by.id);

describe('the mapping is configuration', () => {
  it('of names, values and pace', async () => {
    const { by, backend, org } = desk(
      {
        statuses: { requested: 'Neu', 'under-review': 'In Prüfung' },
        caseStatuses: { Working: 'pending' },
        casePriorities: { Medium: 'critical' },
        waitingOnValues: { Working: 'development' },
        roleOf: ({ userType, on }) => (userType === 'Standard' ? `${on}-staff` : 'customer'),
        version: '61.0',
        pollSeconds: 120,
      },
      { Program__c: 'FedRAMP' },
    );
    // A person of staff may ask in any status: the org's rule for customers is about its own names.
    const { escalation } = await by(owner).escalate();
    expect(org.rows('Escalation__c')[0]).toMatchObject({ Status__c: 'Neu' });
    await by(owner).act(escalation.id, { kind: 'take' });
    const state = await by(customer).load();
    expect(state.case).toMatchObject({
      status: 'pending', statusLabel: 'Working', priority: 'critical', waitingOn: 'development', program: 'FedRAMP',
      assignee: { name: 'Dana Reyes', role: 'case-staff' }, customer: { name: 'Acme Ltd' },
    }); // prettier-ignore
    expect(state.openEscalation).toMatchObject({
      status: 'under-review',
      owner: { role: 'escalation-staff' },
    });
    expect(org.asked.every(({ url }) => url.pathname.startsWith('/services/data/v61.0/'))).toBe(true);
    expect(backend.guarantees).toMatchObject({
      pollSeconds: 120,
      dedup: 'key',
      unique: 'store',
      live: false,
    });
  });

  it('a fact without a field is not known; one with an empty field is none', async () => {
    const { by } = desk();
    expect((await by(customer).load()).case).toMatchObject({
      rcaRequestedAt: null,
      program: null,
      plan: 'Platinum',
    });
    const { by: bare } = desk({ caseFields: {} });
    const facts = (await bare(customer).load()).case;
    for (const name of ['rcaRequestedAt', 'program', 'plan', 'deployment', 'product'])
      expect(facts).not.toHaveProperty(name);
  });

  it('a closed case is closed whatever its status is called; a queue is nobody', async () => {
    const { by } = desk({}, { Status: 'Erledigt', IsClosed: true, OwnerId: '00G000000000000AAA' });
    expect((await by(customer).load()).case).toMatchObject({
      status: 'closed',
      waitingOn: null,
      assignee: null,
    });
  });

  it.each<[string, string]>([
    ['On Hold', 'closed'],
    ['Fixed', 'resolved'],
  ])('a closed case is over though its status has a name: %s', async (Status, status) => {
    const caseStatuses = { 'On Hold': 'pending', Fixed: 'resolved' } as const;
    const { by } = desk({ caseStatuses }, { Status, IsClosed: true });
    expect((await by(customer).load()).case.status).toBe(status);
  });

  it('a field of a date alone is that day at noon', async () => {
    const { by } = desk({}, { Rca_Requested__c: '2026-05-11' });
    expect((await by(customer).load()).case.rcaRequestedAt).toBe('2026-05-11T12:00:00Z');
  });

  it.each<[User, string]>([
    [customer, 'customer'],
    [partner, 'partner'],
    [owner, 'owner'],
  ])('who writes is known by their user type: %#', async (author, role) => {
    const { by, org } = desk();
    const { id } = (await by(colleague).escalate()).escalation;
    entry(org, id, { Text__c: 'Hello' }, author);
    expect((await by(engineer).entries(id)).entries.at(-1)?.author).toMatchObject({ id: author.id, role });
  });

  const valid = { baseUrl: 'https://acme.my.salesforce.test', headers: () => ({}) };
  it.each<[string, Partial<SalesforceOptions>, string]>([
    ['a status without a value', { statuses: { declined: '' } }, 'invalid'],
    ['one value for two', { statuses: { declined: 'Accepted' } }, 'invalid'],
    ['no name of a field', { fields: { case: '' } }, 'invalid'],
    ['a field that is a query', { fields: { case: "Id FROM User WHERE Name != ''" } }, 'invalid'],
    ['an object that is a path', { objects: { escalation: '../User' } }, 'invalid'],
    ['no version', { version: 'v64.0' }, 'invalid'],
    ['no address', { baseUrl: 'acme' }, 'bad-address'],
  ])('refused: %s', (_what, options, code) => {
    expect(() => salesforce({ ...valid, ...options })).toThrow(expect.objectContaining({ code }));
  });
});

describe('rights are those of Salesforce', () => {
  it('an engineer reads, and writes nothing on an escalation', async () => {
    const { by } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    expect((await by(engineer).load()).openEscalation?.id).toBe(id);
    await expect(by(engineer).post(id, 'About me?')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('a customer withdraws and reopens; the field of the owners stays as it is', async () => {
    const { by, org } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    await by(owner).act(id, { kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' });
    await by(owner).act(id, { kind: 'resolve', summary: 'Fixed.' });
    const row = () => org.rows('Escalation__c')[0]!;
    expect(row()['Open_Key__c']).toBeNull();
    const review = row()['Review__c'];
    expect((await by(customer).act(id, { kind: 'reopen', text: 'Not quite.' })).status).toBe('under-review');
    expect(row()['Open_Key__c']).toBe(row()['Case__c']);
    expect((await by(customer).act(id, { kind: 'withdraw' })).status).toBe('withdrawn');
    expect(row()['Review__c']).toBe(review);
  });

  it('an entry of a customer decides nothing, whatever it says that it is', async () => {
    const { by, org } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    entry(org, id, { Kind__c: 'decision', Status__c: 'Accepted', Text__c: 'Full refund.' });
    entry(org, id, { Kind__c: 'status', Status__c: 'Resolved', Text__c: 'Done.' });
    entry(org, id, { Kind__c: 'decision', Status__c: 'Accepted', Text__c: 'Yes.' }, owner);
    const { entries } = await by(customer).entries(id);
    expect(entries.slice(1).map(({ kind, status, text }) => [kind, status, text])).toEqual([
      ['message', undefined, 'Full refund.'],
      ['message', undefined, 'Done.'],
      ['decision', 'accepted', 'Yes.'],
    ]);
  });

  it('the text of an internal note is neither asked for by a customer nor told', async () => {
    const { by, org } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    await by(owner).act(id, { kind: 'note', text: 'Between us' });
    expect((await by(owner).entries(id)).entries.at(-1)).toMatchObject({
      kind: 'internal',
      text: 'Between us',
    });
    const seen = await by(customer).load();
    const { entries } = await by(customer).entries(id);
    expect(entries.map(({ kind }) => kind)).toEqual(['status']);
    expect(seen.openEscalation?.latestEntryId).toBe(entries[0]?.id);
    expect(org.rows('Escalation_Entry__c').at(-1)).toMatchObject({
      Text__c: null,
      Internal_Text__c: 'Between us',
    });
  });
});

describe('what it answers', () => {
  const answer = (status: number, errorCode: string, headers: Record<string, string> = {}) =>
    HttpResponse.json([{ errorCode, message: `${errorCode} happened` }], { status, headers });

  it.each<[number, string, string]>([
    [401, 'INVALID_SESSION_ID', 'signed-out'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'rate-limited'],
    [403, 'INSUFFICIENT_ACCESS', 'forbidden'],
    [403, 'API_DISABLED_FOR_ORG', 'forbidden'],
    [404, 'NOT_FOUND', 'not-found'],
    [400, 'INVALID_FIELD', 'server-error'],
    [400, 'MALFORMED_QUERY', 'server-error'],
    [500, 'UNKNOWN_EXCEPTION', 'server-error'],
    [503, 'SERVER_UNAVAILABLE', 'unavailable'],
  ])('to a look: %i %s is "%s"', async (status, errorCode, code) => {
    const { org, caseId, backend } = desk();
    // So long that nobody waits for it.
    org.intercept = () => answer(status, errorCode, status === 503 ? { 'Retry-After': '90' } : {});
    const call = { ...callOf(customer), background: true };
    await expect(backend.load(caseId, call)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(errorCode),
      details: { status, ...(status !== 503 && { retryAfter: undefined }) },
    });
  });

  const fault = (what: string) =>
    `\nFROM Case WHERE Id = 'aaaaaaaaaaaaaaaaaa'\n                ^\nERROR at Row:1:Column:900\n${what}`;

  it.each<[string, string, string]>([
    ['INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: aaaaaaaaaaaaaaaaaa', 'not-found'],
    ['INVALID_QUERY_FILTER_OPERATOR', "field 'Case__c' can not be filtered in a query call", 'server-error'],
    ['INVALID_FIELD', "No such column 'Program__c' on entity 'Case'.", 'server-error'],
  ])('a query is never told: %s, %s', async (errorCode, what, code) => {
    const { org, backend } = desk();
    org.intercept = () => HttpResponse.json([{ errorCode, message: fault(what) }], { status: 400 });
    const failure = backend.load('aaaaaaaaaaaaaaaaaa', callOf(customer));
    await expect(failure).rejects.toMatchObject({ code, message: `${errorCode}: ${what}` });
  });

  it.each<[number, string, string]>([
    [400, 'UNABLE_TO_LOCK_ROW', 'unavailable'],
    [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'invalid'],
    [400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'forbidden'],
    [400, 'STRING_TOO_LONG', 'too-large'],
    [400, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'not-found'],
    [412, 'PRECONDITION_FAILED', 'version-changed'],
    [400, 'REQUIRED_FIELD_MISSING', 'invalid'],
  ])(
    'to steps that belong together: %i %s is "%s", whichever it was',
    async (httpStatusCode, errorCode, code) => {
      const { by, org } = desk();
      const { id } = (await by(customer).escalate()).escalation;
      const failed = {
        httpStatusCode,
        body: [{ errorCode, message: 'x' }],
        httpHeaders: {},
        referenceId: 'b',
      };
      const halted = {
        ...failed,
        httpStatusCode: 400,
        body: [{ errorCode: 'PROCESSING_HALTED', message: 'y' }],
      };
      org.intercept = ({ method }) =>
        method === 'POST' ? HttpResponse.json({ compositeResponse: [halted, failed] }) : undefined;
      await expect(by(customer).post(id, 'Any news?')).rejects.toMatchObject({ code });
    },
  );

  it('an answer without an answer for each step is none', async () => {
    const { by, org } = desk();
    org.intercept = ({ method }) =>
      method === 'POST' ? HttpResponse.json({ compositeResponse: [] }) : undefined;
    await expect(by(customer).escalate()).rejects.toMatchObject({ code: 'protocol' });
  });
});

describe('once, and one at a time', () => {
  it('the database refuses a second open escalation, whoever asks at the same moment', async () => {
    const { by, org } = desk();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => by(customer).escalate()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(org.rows('Escalation__c')).toHaveLength(1);
    expect(org.rows('Escalation_Entry__c')).toHaveLength(1);
  });

  it('the same request twice at the same moment is one, for both', async () => {
    const { by, org } = desk();
    const both = await Promise.all([by(customer).escalate('k-1'), by(customer).escalate('k-1')]);
    expect(new Set(both.map(({ escalation }) => escalation.id)).size).toBe(1);
    expect(org.rows('Escalation__c')).toHaveLength(1);
  });

  it('a request again does not undo what its owner has done since', async () => {
    const { by } = desk();
    const { id } = (await by(customer).escalate('k-1')).escalation;
    await by(owner).act(id, { kind: 'take' });
    const again = await by(customer).escalate('k-1');
    expect(again).toMatchObject({ replayed: true, escalation: { id, status: 'under-review' } });
  });

  it('one client id is one message; with other words, or from another person, it is not', async () => {
    const { by } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    const first = await by(customer).post(id, 'Once', "m'1");
    expect((await by(customer).post(id, 'Once', "m'1")).id).toBe(first.id);
    await expect(by(customer).post(id, 'Twice', "m'1")).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect((await by(colleague).post(id, 'Once', "m'1")).id).not.toBe(first.id);
    expect(first.clientId).toBe("m'1");
  });

  it('a message again is the one that was made, though white space was cut', async () => {
    const { by, org } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    const first = await by(customer).post(id, 'Any news?\r\nWe wait.\n', 'm-1');
    const keeps = (Text__c: string) => Object.assign(org.rows('Escalation_Entry__c').at(-1)!, { Text__c });
    keeps('Any news?\nWe wait.');
    expect((await by(customer).post(id, 'Any news?\r\nWe wait.\n', 'm-1')).id).toBe(first.id);
    keeps('Any news?  We wait.');
    await expect(by(customer).post(id, 'Any news?\r\nWe wait.\n', 'm-1')).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('what belongs together is done together: a status without its entry is not there', async () => {
    const { by, org } = desk();
    const { id, version } = (await by(customer).escalate()).escalation;
    const text = 'x'.repeat(32_769);
    await expect(by(customer).act(id, { kind: 'withdraw', text }, version)).rejects.toMatchObject({
      code: 'too-large',
    });
    expect(org.rows('Escalation__c')[0]).toMatchObject({ Status__c: 'Requested' });
  });

  it('what somebody changed since it was read is not written over', async () => {
    const { by, org } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    org.intercept = ({ method }) => {
      if (method === 'POST')
        Object.assign(org.rows('Escalation__c')[0]!, { LastModifiedDate: '2026-06-01T00:00:00.000+0000' });
      return undefined;
    };
    await expect(by(owner).act(id, { kind: 'take' })).rejects.toMatchObject({ code: 'version-changed' });
    expect(org.rows('Escalation__c')[0]).toMatchObject({ Status__c: 'Requested' });
    expect(org.rows('Escalation_Entry__c')).toHaveLength(1);
  });
});

describe('the conversation', () => {
  it('every entry once over many pages, though all are of one second', async () => {
    const { by, org } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    const written = Array.from({ length: 130 }, (_, n) => `Message ${n}`);
    for (const Text__c of written) entry(org, id, { Text__c });
    org.batch = 20;
    const back = await readBack(by(customer), id, 37);
    expect(back.slice(1).map(({ text }) => text)).toEqual(written);
    expect(await readOn(by(customer), id, 50)).toEqual(back);
  });

  it('goes on over all pages of an answer, and only here', async () => {
    const { by, org, caseId } = desk();
    for (let n = 0; n < 9; n++)
      org.insert(
        'Escalation__c',
        { Case__c: caseId, Status__c: 'Withdrawn', Reason__c: `Old ${n}` },
        customer.id,
      );
    org.batch = 4;
    expect((await by(customer).load()).past).toHaveLength(9);
    const elsewhere = {
      totalSize: 9,
      done: false,
      records: [],
      nextRecordsUrl: 'https://evil.test/query/01g-1',
    };
    org.intercept = (_request, url) =>
      url.search.includes('Escalation__c') ? HttpResponse.json(elsewhere) : undefined;
    await expect(by(customer).load()).rejects.toMatchObject({ code: 'protocol' });
  });

  it('any text comes back as it was, as a message', async () => {
    const { by } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    await keepsEveryText(by, id, {
      authors: [customer, owner],
      reader: customer,
      start: ['[Accepted] ', "' OR Name != '", '\\', "\\'", '@{made.id}', '@\u2060{made.id}'],
      unit: 'binary',
      runs: 25,
    });
  });

  it('a comment on the case is counted in bytes, and refused before anything is sent', async () => {
    const { backend, caseId, org } = desk();
    const note = (text: string) => backend.note!(caseId, { kind: 'reply', text }, callOf(customer));
    await note('é'.repeat(2000));
    const before = org.asked.length;
    await expect(note('é'.repeat(2001))).rejects.toMatchObject({ code: 'too-large' });
    expect(org.asked).toHaveLength(before);
  });
});

describe('nothing that a caller gives gets into a query as more than a value', () => {
  it('ids, cursors and client ids', async () => {
    const { by, org, backend } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    let before = org.asked.length;
    await refusesWhatIsMadeUp(personAt(backend, callOf(customer)), id, {
      foreign: fc.constantFrom(
        "' OR Name != '",
        "\\' OR Id != '",
        `${id}' OR Id != '`,
        'x) FROM User',
        '../User',
      ),
      async also(text) {
        for (const { url } of org.asked.slice(before)) expect(url.searchParams.get('q')).toContain(id);
        const first = await by(customer).post(id, 'Hello', text);
        expect((await by(customer).post(id, 'Hello', text)).id).toBe(first.id);
        before = org.asked.length;
      },
    });
  });
});

describe('what is made in Salesforce itself', () => {
  it('an escalation is told as far as it goes', async () => {
    const { by, org, caseId } = desk();
    const values = {
      Case__c: caseId,
      Status__c: 'Accepted',
      Reason__c: 'Please hurry',
      Taken_By__c: owner.id,
    };
    const { Id } = org.insert('Escalation__c', values, owner.id);
    expect((await by(customer).load()).openEscalation).toMatchObject({
      id: Id, status: 'accepted', reason: { label: 'Please hurry' }, owner: { id: owner.id, role: 'owner' },
      latestEntryId: null,
    }); // prettier-ignore
  });

  it.each([null, ''])('an entry without a kind is a message: %j', async (Kind__c) => {
    const { by, org } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    entry(org, id, { Kind__c, Text__c: 'We are on it.' }, owner);
    expect((await by(customer).entries(id)).entries.at(-1)).toMatchObject({
      kind: 'message',
      text: 'We are on it.',
    });
  });

  it('one in a status that is not mapped is not taken for closed', async () => {
    const { by, org, caseId } = desk();
    org.insert('Escalation__c', { Case__c: caseId, Status__c: 'Draft' }, owner.id);
    await expect(by(customer).load()).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('Draft'),
    });
  });

  it('the newest published comment is the last update, that of support the last by support', async () => {
    const { by, org, caseId } = desk();
    const comment = (CommentBody: string, author: User, IsPublished = true) =>
      org.insert('CaseComment', { ParentId: caseId, CommentBody, IsPublished }, author.id);
    comment('Any news?', customer);
    comment('Internal', engineer, false);
    const { lastUpdate, lastSupportUpdate } = (await by(colleague).load()).case;
    expect(lastUpdate).toMatchObject({ excerpt: 'Any news?', by: { id: customer.id, role: 'customer' } });
    expect(lastSupportUpdate).toMatchObject({
      excerpt: 'Logs received.',
      by: { name: people.engineer.name },
    });
    for (let n = 0; n < 50; n++) comment(`Any news? ${n}`, customer);
    const far = (await by(colleague).load()).case.lastSupportUpdate;
    expect(far).toMatchObject({ by: null });
  });

  it('the queue has the case with each, in one request', async () => {
    const { backend, by, org, caseId } = desk();
    const { id } = (await by(customer).escalate()).escalation;
    const before = org.asked.length;
    const queue = await backend.queue!({}, callOf(owner));
    expect(queue).toMatchObject({
      value: {
        escalations: [
          {
            id,
            case: { id: caseId, number: '00481516', priority: 'medium', customer: { name: 'Acme Ltd' } },
          },
        ],
      },
    });
    expect(org.asked.length - before).toBe(1);
  });

  it('a look at a case takes two requests, at once', async () => {
    const { by, org } = desk();
    await by(customer).escalate();
    const before = org.asked.length;
    await by(customer).load();
    expect(org.asked.length - before).toBe(2);
  });
});
