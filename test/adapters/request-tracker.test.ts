import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted } from '../../src/adapters/request-tracker/wire.js';
import type { RequestTrackerOptions } from '../../src/adapters/request-tracker.js';
import { dana, nobody, over, principal, priya, ticket, transaction, user } from './request-tracker-rows.js';
import { code, json } from './scripted.js';

/** What needs no Request Tracker to be seen; against a real one are the tests in test/rt/ (npm run test:rt). */

describe('TicketSQL', () => {
  it('a value never ends before its quote', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^['\\a]*$/)), (value) => {
        const inside = quoted(value).slice(1, -1);
        expect(quoted(value)).toBe(`'${inside}'`);
        expect(inside.replace(/\\[\\']/g, '')).not.toMatch(/[\\']/);
        expect(inside.replace(/\\([\\'])/g, '$1')).toBe(value);
      }),
    );
  });

  it.each(['no-such-case', '', '0', '1 OR 1=1', "1'", '٣', '1.5', '-1', '9'.repeat(16)])(
    'what cannot be the number of a ticket is not asked for: %j',
    async (id) => {
      const { backend, asked } = over({});
      expect(await code(backend.load(id, { user }))).toBe('not-found');
      expect(await code(backend.escalation!(id, { user }))).toBe('not-found');
      expect(asked).toEqual([]);
    },
  );

  it.each(['never-given-out', '1)OR(1=1', '-1', '1.5'])(
    'a cursor that is none is refused: %j',
    async (cursor) => {
      const { backend, asked } = over({ tickets: [ticket('9', { Case: '7' }, { Status: 'requested' })] });
      for (const query of [{ before: cursor }, { after: cursor }])
        expect(await code(backend.entries!('9', query, { user }))).toBe('bad-cursor');
      expect(asked.filter(({ query }) => query.get('query')?.includes(cursor))).toEqual([]);
    },
  );
});

describe('what an answer means', () => {
  const said = (status: number, message?: string) => () => json(message ? { message } : {}, status);
  it.each<[string, () => Response, string]>([
    ['a wrong token', said(401, 'Unauthorized'), 'signed-out'],
    ['a ticket of somebody else', said(403, 'Forbidden'), 'not-found'],
    [
      'a queue without a right',
      said(403, "No permission to create tickets in the queue 'Escalations'"),
      'forbidden',
    ],
    ['a right that is missing', said(400, 'Permission Denied'), 'forbidden'],
    ['a query that it does not understand', said(400, 'Incomplete query'), 'server-error'],
    ['a ticket that is not there', said(404), 'not-found'],
    ['another version', said(412, 'Precondition Failed'), 'version-changed'],
    ['a fault without words', () => new Response('', { status: 500 }), 'server-error'],
    [
      'its sign-in page',
      () => new Response('Login required', { status: 302, headers: { Location: '/' } }),
      'protocol',
    ],
    [
      'a page with status 200',
      () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }),
      'protocol',
    ],
    ['no rows', () => json({ items: [] }), 'not-found'],
    ['a row that is none', () => json({ items: [{ id: '7' }] }), 'protocol'],
    ['something else', () => json({}), 'protocol'],
  ])('%s', async (_what, answer, expected) => {
    expect(await code(over(answer).load())).toBe(expected);
  });
});

describe('a case', () => {
  const facts = {
    Severity: 'High', 'Waiting On': 'Third Party', Program: 'commercial', Plan: 'Platinum', Product: '',
    'RCA Requested': '2026-05-01T08:00:00Z', Customer: 'Acme Ltd', Region: 'Norway', Deployment: 'cloud',
  }; // prettier-ignore

  it('has the facts that its fields have, and does not know the others', async () => {
    const { load } = over({ tickets: [ticket('7', facts)] });
    expect((await load()).case).toEqual({
      id: '7',
      number: '7',
      subject: 'Nightly export stops',
      status: 'open',
      statusLabel: 'open',
      priority: 'high',
      waitingOn: 'third-party',
      assignee: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' },
      program: null,
      plan: 'Platinum',
      deployment: 'cloud',
      rcaRequestedAt: '2026-05-01T08:00:00Z',
      customer: { name: 'Acme Ltd', region: 'Norway' },
      lastUpdate: null,
      lastSupportUpdate: null,
    });
  });

  it.each<[string, Record<string, string>, object]>([
    ['an empty program is unknown, not commercial', { Program: '' }, { program: 'unknown' }],
    ['so is one that there is no field for', {}, { program: 'unknown' }],
    ['another program is told', { Program: 'fedramp-cloud-cx' }, { program: 'fedramp-cloud-cx' }],
    ['a priority that nobody knows is none', { Severity: 'P1' }, { priority: null }],
    ['no analysis was asked for', { 'RCA Requested': '' }, { rcaRequestedAt: null }],
  ])('%s', async (_what, values, expected) => {
    const { load } = over({ tickets: [ticket('7', values)] });
    const { case: kase } = await load();
    expect({ ...kase, program: kase.program === undefined ? 'unknown' : kase.program }).toMatchObject(
      expected,
    );
  });

  it.each([
    ['new', 'open'], ['open', 'open'], ['stalled', 'pending'], ['resolved', 'resolved'], ['rejected', 'closed'],
    ['waiting for parts', 'open'],
  ])('%s is %s', async (Status, status) => {
    const { load } = over({ tickets: [ticket('7', {}, { Status, Owner: nobody })] });
    expect((await load()).case).toMatchObject({ status, statusLabel: Status, assignee: null });
  }); // prettier-ignore

  it('tells its last update, and that of support', async () => {
    const { load } = over({
      tickets: [ticket('7', {})],
      transactions: [
        transaction('3', 'Correspond', priya),
        transaction('2', 'Correspond', dana),
        transaction('1', 'Create', dana),
      ],
      attachments: [
        { id: '31', TransactionId: '3', ContentType: 'text/plain', Content: `${'Any news? '.repeat(30)}\n` },
        {
          id: '21',
          TransactionId: '2',
          ContentType: 'text/html',
          Content: '<p>Logs &amp; traces received.</p>',
        },
      ],
    });
    const { lastUpdate, lastSupportUpdate } = (await load()).case;
    expect(lastUpdate).toMatchObject({ at: '2026-05-11T12:00:03Z', by: { id: 'u-1', role: 'customer' } });
    expect(lastUpdate?.excerpt).toHaveLength(140);
    expect(lastSupportUpdate).toEqual({
      at: '2026-05-11T12:00:02Z',
      by: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' },
      excerpt: 'Logs & traces received.',
    });
  });
});

describe('an instance that calls things by other names', () => {
  const names: Partial<RequestTrackerOptions> = {
    queue: "Management's attention",
    fields: { case: 'For case', priority: 'Prio', asked: 'Anfrage' },
    statuses: { neu: 'requested', 'wird geprüft': 'under-review', wartet: 'under-review', ja: 'accepted' },
    caseStatuses: { offen: 'open', zu: 'closed' },
    roleOf: ({ email }) => (email.endsWith('@desk.example') ? 'manager' : 'customer'),
    commercial: 'none',
  };

  it('is asked by them', async () => {
    const { load, asked } = over(
      { tickets: [ticket('7', { Prio: 'low', Program: 'none' }, { Status: 'zu' })] },
      names,
    );
    expect((await load()).case).toMatchObject({ priority: 'low', program: null, status: 'closed' });
    const queries = asked.flatMap(({ query }) => query.getAll('query'));
    expect(queries).toContain(`Queue='Management\\'s attention' AND (CF.{For case}='7')`);
    expect(asked.every(({ headers }) => headers.get('Authorization') === 'token of u-1')).toBe(true);
  });

  it('tells its escalations by them', async () => {
    const boss = principal('o-1', 'Sam Okoro', { EmailAddress: 'sam@desk.example' });
    const asked = JSON.stringify({
      details: 'Please.',
      reason: { id: 'r', label: 'R' },
      policy: { id: 'p', version: '1' },
    });
    const row = ticket('9', { 'For case': '7', Anfrage: asked }, { Status: 'wartet', Owner: boss });
    const { backend } = over({ tickets: [row] }, names);
    const found = await backend.escalation!('9', { user });
    expect(found).toMatchObject({
      value: {
        status: 'under-review',
        details: 'Please.',
        owner: { id: 'o-1', role: 'manager' },
        requestedBy: { me: true },
      },
    });
  });

  it('a field for the case that nobody has is not taken for "nothing is open"', async () => {
    const { load } = over({ tickets: [ticket('7', {})], fields: ['Case', 'Reason'] }, names);
    expect(await code(load())).toBe('protocol');
  });

  it('a status that nobody has explained is not taken for "nothing is open"', async () => {
    const rows = [ticket('7', {}), ticket('9', { 'For case': '7' }, { Status: 'unheard of' })];
    expect(await code(over({ tickets: rows }, names).load())).toBe('protocol');
  });
});
