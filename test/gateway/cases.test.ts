import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/core/policy.js';
import genesysDocument from '../../src/policies/genesys.json' with { type: 'json' };
import { caseOf, everyone, genesys, NOW, open, pulse, request, told, type Who } from './client.js';

const answered = (at: string) => ({
  priority: 'high' as const,
  lastUpdate: { at, by: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' } },
});

describe('GET /cases/{id}: one request paints', () => {
  it('available: button, channel and criteria', async () => {
    const { body, status, headers } = await open().get('customer', '/cases/c-1');
    expect(status).toBe(200);
    expect(headers.get('Cache-Control')).toBe('private, no-cache');
    expect(body.verdict).toMatchObject({
      kind: 'available',
      button: { label: 'Escalate Case' },
      channel: 'my-support',
    });
    expect(body.verdict.criteria).toContainEqual({ id: 'no-change-of-urgency', result: 'ask' });
    expect(body).toMatchObject({
      case: { id: 'c-1', subject: 'Nightly export stops at 2 GB' },
      openEscalation: null,
      past: [],
      policy: { id: 'genesys', version: genesys.version },
      user: { id: 'u-1', name: 'Priya Nair', role: 'customer', audience: 'direct' },
      can: { review: false, note: true, feed: true, attach: null },
      guarantees: { dedup: 'key', unique: 'store', live: true },
      serverTime: NOW,
    });
  });

  it('G9 blocked: with the instant from when on, and available by itself then', async () => {
    const desk = open({ cases: [caseOf(answered('2026-05-12T11:00:00Z'))] });
    const first = await desk.get('customer', '/cases/c-1');
    expect(first.body.verdict).toMatchObject({ kind: 'blocked', availableAt: '2026-05-13T11:00:00.000Z' });
    expect(first.body.verdict.criteria).toContainEqual(
      expect.objectContaining({
        id: 'high-24-hours',
        result: 'not-met',
        availableAt: '2026-05-13T11:00:00.000Z',
      }),
    );
    desk.setClock('2026-05-13T10:59:59.999Z');
    expect((await desk.get('customer', '/cases/c-1')).body.verdict.kind).toBe('blocked');
    desk.setClock('2026-05-13T11:00:00Z');
    expect((await desk.get('customer', '/cases/c-1')).body.verdict.kind).toBe('available');
  });

  it('G22 elsewhere: a critical case is for the telephone', async () => {
    const { body } = await open({ cases: [caseOf({ priority: 'critical' })] }).get('customer', '/cases/c-1');
    expect(body.verdict).toEqual({
      kind: 'elsewhere',
      channel: 'critical-contact',
      button: { label: 'Escalate Case', icon: 'escalate' },
      note: 'Contact Product Support',
    });
  });

  it.each<Who>(['customer', 'colleague', 'partner', 'owner', 'engineer'])(
    'G21 open-escalation: no button, for %s as for anybody',
    async (who) => {
      const desk = open();
      const { body: made } = await desk.escalate('customer');
      const { body } = await desk.get(who, '/cases/c-1');
      expect(body.verdict).toEqual({ kind: 'open-escalation' });
      expect(body.openEscalation.id).toBe(made.id);
    },
  );

  it('P13 not-offered: with the words of the policy', async () => {
    const { body } = await open({ cases: [caseOf({ plan: 'Gold' })], policy: pulse }).get(
      'customer',
      '/cases/c-1',
    );
    expect(body.verdict.kind).toBe('not-offered');
    expect(body.verdict.policyReason).toMatch(/^Escalation is available for Platinum customers only/);
    expect(body.verdict).not.toHaveProperty('button');
  });

  it('past: closed escalations, newest first', async () => {
    const desk = open();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { body, etag } = await desk.escalate('customer');
      ids.unshift(body.id);
      await desk.act('customer', body.id, { kind: 'withdraw' }, etag || `"${body.version}"`);
      desk.wait(1);
    }
    const { body } = await desk.get('customer', '/cases/c-1');
    expect(body.past.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(body.past[0]).toMatchObject({ status: 'withdrawn', closed: { by: { id: 'u-1' } } });
    expect(body.verdict.kind).toBe('available');
  });

  it('can.review is for those who review by the policy', async () => {
    const desk = open();
    for (const [who, review] of [
      ['owner', true],
      ['engineer', false],
      ['customer', false],
    ] as const)
      expect((await desk.get(who, '/cases/c-1')).body.can.review, who).toBe(review);
  });

  it('guarantees: what the help desk does not keep, the gateway does', async () => {
    const desk = open({ memory: { guarantees: { dedup: 'none', unique: 'none' } } });
    expect((await desk.get('customer', '/cases/c-1')).body.guarantees).toMatchObject({
      dedup: 'key',
      unique: 'process',
    });
  });
});

describe('ETag of a case', () => {
  it('304 without a body for who has it; serverTime is no part of it', async () => {
    const desk = open();
    const { etag } = await desk.get('customer', '/cases/c-1');
    desk.wait(1);
    const again = await desk.get('customer', '/cases/c-1', { 'If-None-Match': etag });
    expect([again.status, again.body, again.etag]).toEqual([304, undefined, etag]);
  });

  it('tolerates the W/ that a proxy put before it', async () => {
    const desk = open();
    const { etag } = await desk.get('customer', '/cases/c-1');
    expect((await desk.get('customer', '/cases/c-1', { 'If-None-Match': `W/${etag}` })).status).toBe(304);
  });

  it('is each user’s own', async () => {
    const desk = open();
    const { etag } = await desk.get('customer', '/cases/c-1');
    const other = await desk.get('colleague', '/cases/c-1', { 'If-None-Match': etag });
    expect([other.status, other.body.user.id]).toEqual([200, 'u-2']);
    expect(other.etag).not.toBe(etag);
  });

  it('changes when the verdict changes by the clock alone', async () => {
    const desk = open({ cases: [caseOf(answered('2026-05-12T11:00:00Z'))] });
    const { etag } = await desk.get('customer', '/cases/c-1');
    desk.wait(60);
    expect((await desk.get('customer', '/cases/c-1', { 'If-None-Match': etag })).status).toBe(304);
    desk.setClock('2026-05-13T11:00:00Z');
    const later = await desk.get('customer', '/cases/c-1', { 'If-None-Match': etag });
    expect([later.status, later.body.verdict.kind]).toEqual([200, 'available']);
  });

  it.each([
    [
      'another update of the case',
      (desk: ReturnType<typeof open>) =>
        desk.post('engineer', '/cases/c-1/notes', { kind: 'reply', text: 'Logs, please.' }),
    ],
    ['an escalation', (desk: ReturnType<typeof open>) => desk.escalate('colleague')],
  ])('changes with %s', async (_what, change) => {
    const desk = open();
    const { etag } = await desk.get('customer', '/cases/c-1');
    expect((await change(desk)).status).toBe(201);
    expect((await desk.get('customer', '/cases/c-1', { 'If-None-Match': etag })).status).toBe(200);
  });

  it('an old tag and an empty one do not get 304', async () => {
    const desk = open();
    for (const tag of ['"0000000000000000"', '""'])
      expect((await desk.get('customer', '/cases/c-1', { 'If-None-Match': tag })).status, tag).toBe(200);
  });
});

describe('Accept-Language picks the texts of the policy', () => {
  const bilingual = parsePolicy({
    ...genesysDocument,
    labels: { button: { en: 'Escalate Case', de: 'Fall eskalieren', 'pt-BR': 'Escalar caso' } },
  });
  it.each([
    ['de', 'Fall eskalieren'],
    ['de-AT, en;q=0.5', 'Fall eskalieren'],
    ['en;q=0.5, de', 'Fall eskalieren'],
    ['fr;q=0.9, de;q=0.4, en;q=0.3', 'Fall eskalieren'],
    ['pt-BR', 'Escalar caso'],
    ['en', 'Escalate Case'],
    ['fr', 'Escalate Case'],
    ['de;q=0, en', 'Escalate Case'],
    ['*', 'Escalate Case'],
    ['; ,,=q;;;', 'Escalate Case'],
  ])('%s', async (language, label) => {
    const desk = open({ policy: bilingual });
    const { body } = await desk.get('customer', '/cases/c-1', { 'Accept-Language': language });
    expect(body.verdict.button.label).toBe(label);
  });
});

describe('who may read a case', () => {
  it('401 for nobody', async () => {
    const { status, body } = await open().get(null, '/cases/c-1');
    expect([status, body.code]).toEqual([401, 'signed-out']);
  });

  it('404 alike for what is unknown and what is somebody else’s', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    for (const [unknown, foreign] of [
      ['/cases/c-none', '/cases/c-1'],
      ['/escalations/none', `/escalations/${made.id}`],
      ['/escalations/none/entries', `/escalations/${made.id}/entries`],
    ] as const) {
      const answers = [await desk.get('stranger', unknown), await desk.get('stranger', foreign)].map(told);
      expect(answers[0], unknown).toMatchObject({ status: 404, code: 'not-found' });
      expect(answers[1], foreign).toEqual(answers[0]);
    }
    for (const [unknown, foreign, body] of [
      ['/cases/c-none/escalations', '/cases/c-1/escalations', request],
      ['/cases/c-none/notes', '/cases/c-1/notes', { kind: 'reply', text: 'Hello' }],
      ['/escalations/none/entries', `/escalations/${made.id}/entries`, { clientId: 'k', text: 'Hello' }],
      ['/escalations/none/actions', `/escalations/${made.id}/actions`, { kind: 'take' }],
    ] as const) {
      const key = { 'Idempotency-Key': '"k"' };
      const answers = [
        await desk.post('stranger', unknown, body, key),
        await desk.post('stranger', foreign, body, key),
      ].map(told);
      expect(answers[0], unknown).toMatchObject({ status: 404, code: 'not-found' });
      expect(answers[1], foreign).toEqual(answers[0]);
    }
  });
});

const secrets = ['Outage at the agency', 'Please send the trace', 'We saw the crash', 'Support said so'];
const fedramp = () => ({
  program: 'fedramp-cloud-cx',
  subject: 'Outage at the agency',
  waitingOn: 'customer' as const,
  waitingFor: 'Please send the trace',
  lastUpdate: { at: '2026-05-11T12:00:00Z', by: null, excerpt: 'We saw the crash' },
  lastSupportUpdate: { at: '2026-05-11T10:00:00Z', by: null, excerpt: 'Support said so' },
});
const programs: [string, ReturnType<typeof caseOf>][] = [
  ['FedRAMP Cloud CX', caseOf(fedramp())],
  ['program absent = e-mail', (({ program: _program, ...rest }) => rest)(caseOf(fedramp()))],
];

describe.each(programs)('G14 %s: all communication is by e-mail', (_name, kase) => {
  it('the verdict leads to e-mail, with the button', async () => {
    const { body } = await open({ cases: [kase] }).get('customer', '/cases/c-1');
    expect(body.verdict).toMatchObject({ kind: 'elsewhere', channel: 'fedramp-cloud-cx-email' });
    expect(body.can).toEqual({ review: false, note: false, feed: false, attach: null });
  });

  it.each<Who>(['customer', 'owner', 'engineer'])('%s gets no subject, excerpt, waitingFor', async (who) => {
    const { body } = await open({ cases: [kase] }).get(who, '/cases/c-1');
    for (const secret of secrets) expect(JSON.stringify(body)).not.toContain(secret);
    expect(body.case).not.toHaveProperty('subject');
    expect(body.case).not.toHaveProperty('waitingFor');
    expect(body.case.lastUpdate).toEqual({ at: '2026-05-11T12:00:00Z', by: null });
    expect(body.case).toMatchObject({ number: '00481516', customer: { name: 'Acme Ltd', region: 'Norway' } });
  });

  it('a POST is refused and nothing is stored', async () => {
    const desk = open({ cases: [kase] });
    const refused = await desk.escalate('customer');
    expect([refused.status, refused.body.code, refused.body.channel]).toEqual([
      422,
      'channel-not-offered',
      'fedramp-cloud-cx-email',
    ]);
    const note = await desk.post('customer', '/cases/c-1/notes', { kind: 'reply', text: 'The trace' });
    expect([note.status, note.body.code, note.body.channel]).toEqual([
      422,
      'channel-not-offered',
      'fedramp-cloud-cx-email',
    ]);
    expect(desk.told).toEqual([]);
    const { escalations, cases } = await desk.desk.read();
    expect([escalations, cases['c-1']?.notes]).toEqual([{}, []]);
  });

  it.each<Who>(['customer', 'owner'])('an escalation from before is out of reach for %s', async (who) => {
    const desk = open({ cases: [caseOf()] });
    const { body: made } = await desk.escalate('customer');
    await desk.desk.change((state) => void (state.cases['c-1']!.case = kase));
    for (const path of [`/escalations/${made.id}`, `/escalations/${made.id}/entries`])
      expect((await desk.get(who, path)).status, path).toBe(404);
    expect((await desk.say(who, made.id, 'Hello')).status).toBe(404);
    expect((await desk.act(who, made.id, { kind: 'note', text: 'x' }, '"1"')).status).toBe(404);
  });
});

describe('G38 FedRAMP Engage: the form works, entries are off', () => {
  const engage = () => open({ cases: [caseOf({ program: 'fedramp-engage' })] });

  it('available in its own channel, without a feed', async () => {
    const { body } = await engage().get('customer', '/cases/c-1');
    expect(body.verdict).toMatchObject({ kind: 'available', channel: 'fedramp-my-support' });
    expect(body.can).toMatchObject({ feed: false, note: true });
    expect(body.case.subject).toBe('Nightly export stops at 2 GB');
  });

  it('the request is filed and followed, without entries either way', async () => {
    const desk = engage();
    const { status, body: made } = await desk.escalate('customer');
    expect([status, made.can.post]).toEqual([201, false]);
    for (const who of ['customer', 'owner'] as const) {
      expect((await desk.get(who, `/escalations/${made.id}`)).status).toBe(200);
      expect((await desk.get(who, `/escalations/${made.id}/entries`)).status).toBe(404);
      expect((await desk.say(who, made.id, 'Hello')).status).toBe(404);
    }
    const taken = await desk.act('owner', made.id, { kind: 'take' }, `"${made.version}"`);
    expect([taken.status, taken.body.owner]).toEqual([
      200,
      { id: 'o-1', name: 'Sam Okoro', role: 'owner', me: true },
    ]);
  });

  it('G19: not before somebody owns the case', async () => {
    const desk = open({ cases: [caseOf({ program: 'fedramp-engage', assignee: null })] });
    expect((await desk.get('customer', '/cases/c-1')).body.verdict.kind).toBe('blocked');
  });
});

it('everybody here signs in under an id of their own', () => {
  const ids = Object.values(everyone).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
