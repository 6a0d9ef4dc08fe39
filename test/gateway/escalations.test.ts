import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import { BackendError, type Backend } from '../../src/core/backend.js';
import type { Case } from '../../src/core/model.js';
import { parsePolicy } from '../../src/core/policy.js';
import { fileRequest, present } from '../../src/core/record.js';
import { memoryKeys, type KeyStore } from '../../src/gateway/gateway.js';
import genesysDocument from '../../src/policies/genesys.json' with { type: 'json' };
import {
  assignedToManager,
  caseOf,
  everyone,
  genesys,
  NOW,
  open,
  pulse,
  request,
  told,
  type Who,
} from './client.js';

const escalations = '/cases/c-1/escalations';
const without = (kase: Case, member: keyof Case): Case => {
  const { [member]: _gone, ...rest } = kase;
  return rest as Case;
};
/** Lets two requests meet. */
const gate = () => {
  let go = () => undefined as void;
  const open = new Promise<void>((resolve) => (go = resolve));
  return { open, go: () => go() };
};

describe('POST /cases/{id}/escalations: 201', () => {
  it('files the request, frozen as it was shown, at its own address', async () => {
    const desk = open();
    const { status, body, headers } = await desk.escalate('customer', { details: 'Nobody answers.' });
    expect(status).toBe(201);
    expect(headers.get('Location')).toBe(`/escalations/${body.id}`);
    expect(headers.has('Idempotency-Replayed')).toBe(false);
    expect(body).toMatchObject({
      caseId: 'c-1',
      status: 'requested',
      policy: { id: 'genesys', version: genesys.version },
      reason: { id: 'lack-of-updates', label: 'Lack of Updates/Progress' },
      details: 'Nobody answers.',
      requestedBy: { id: 'u-1', me: true },
      requestedAt: NOW,
      confirmed: ['no-change-of-urgency'],
      owner: null,
    });
    expect((await desk.get('customer', headers.get('Location')!)).body.id).toBe(body.id);
    expect((await desk.get('customer', '/cases/c-1')).body.openEscalation.id).toBe(body.id);
  });

  it('P12: promises are frozen; a later policy does not change them', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    const document = structuredClone(genesysDocument);
    document.version = '2';
    document.reasons.forEach((reason) => (reason.promises = []));
    desk.setPolicy(parsePolicy(document));
    const { body } = await desk.get('customer', `/escalations/${made.id}`);
    expect(body.promises.map(({ id }: { id: string }) => id)).toEqual(['review', 'reply']);
    expect(body.policy.version).toBe(genesys.version);
  });

  it('ids that need it are encoded in Location, below the base path', async () => {
    const desk = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    const odd: Backend = {
      ...desk,
      escalate: async (...rest) => {
        const { escalation } = await desk.escalate(...rest);
        return { escalation: { ...escalation, id: 'a/b ?#' }, replayed: false };
      },
    };
    const { headers } = await open({ backend: odd, basePath: '/api' }).escalate('customer');
    expect(headers.get('Location')).toBe('/api/escalations/a%2Fb%20%3F%23');
  });
});

describe('POST /cases/{id}/escalations: each refusal with its members', () => {
  it('401 signed-out', async () => {
    const { status, body } = await open().post(null, escalations, request);
    expect([status, body.code]).toEqual([401, 'signed-out']);
  });

  it.each([
    ['Gold', 'Gold'],
    [null, null],
    [undefined, null],
  ])('P13: 403 not-entitled for plan %s', async (plan, shown) => {
    const desk = open({ cases: [caseOf({ plan })], policy: pulse });
    const { status, body } = await desk.escalate('customer', { reasonId: 'faster-progress' });
    expect([status, body.code, body.plan, body.requiredPlans]).toEqual([
      403,
      'not-entitled',
      shown,
      ['Platinum'],
    ]);
  });

  it('409 open-escalation-exists, with it inside, as this user may see it', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    const { status, body } = await desk.escalate('colleague');
    expect([status, body.code, body.escalation.id]).toEqual([409, 'open-escalation-exists', made.id]);
    expect(body.escalation.can.act).toContain('follow');
    expect(body.escalation.requestedBy).toEqual({ id: 'u-1', name: 'Priya Nair', role: 'customer' });
  });

  it('G11: 422 criteria-not-met for a low-priority case', async () => {
    const desk = open({ cases: [caseOf({ priority: 'low' })] });
    const { status, body } = await desk.escalate('customer');
    expect([status, body.code]).toEqual([422, 'criteria-not-met']);
    expect(body.criteria).toEqual([
      {
        id: 'not-low-priority',
        result: 'not-met',
        evidence: { code: 'priority', values: { priority: 'low' } },
      },
    ]);
  });

  it('G10: 422 criteria-not-met for a question that was not confirmed', async () => {
    const { status, body } = await open().escalate('customer', { confirmed: [] });
    expect([status, body.code]).toEqual([422, 'criteria-not-met']);
    expect(body.criteria).toEqual([{ id: 'no-change-of-urgency', result: 'ask' }]);
  });

  it('G22: 422 channel-not-offered for a critical case', async () => {
    const { status, body } = await open({ cases: [caseOf({ priority: 'critical' })] }).escalate('customer');
    expect([status, body.code, body.channel]).toEqual([422, 'channel-not-offered', 'critical-contact']);
  });

  it.each([
    ['no reason', { reasonId: '' }, ['/reasonId']],
    ['an unknown reason', { reasonId: 'because' }, ['/reasonId']],
    ['G9: a reason that leads elsewhere', { reasonId: 'urgency-impact-changed' }, ['/reasonId']],
    ['P10: details too short', { reasonId: 'other', details: 'Too short' }, ['/details']],
    ['details that are required', { reasonId: 'other', details: undefined }, ['/details']],
    ['details only of blanks', { reasonId: 'other', details: ' '.repeat(50) }, ['/details']],
    ['details too long', { details: 'x'.repeat(501) }, ['/details']],
    ['a field that is required', { reasonId: 'project-blocker' }, ['/fields/go-live-date']],
    [
      'wrong types',
      { details: 1, confirmed: 'all', fields: { 'a/b~c': 1 } },
      ['/details', '/confirmed', '/fields/a~1b~0c'],
    ],
    [
      'nothing of a request',
      { reasonId: undefined, confirmed: undefined, policyVersion: undefined },
      ['/reasonId', '/confirmed', '/policyVersion'],
    ],
  ])('422 invalid for %s, with its place', async (_what, change, pointers) => {
    const desk = open();
    const { status, body } = await desk.post('customer', escalations, { ...request, ...change });
    expect([status, body.code]).toEqual([422, 'invalid']);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    expect((await desk.desk.read()).escalations).toEqual({});
  });

  it.each([['null'], ['[]'], ['"text"'], ['42'], ['true']])('422 invalid for the JSON %s', async (text) => {
    const { status, body } = await open().post('customer', escalations, text);
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid', '']);
  });

  it('P8: 422 invalid where a way to be contacted is asked for', async () => {
    const desk = open({ policy: pulse });
    const call = { reasonId: 'support-engineer-now', confirmed: [] };
    const missing = await desk.escalate('customer', call);
    expect(missing.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/contact/method',
    ]);
    const empty = await desk.escalate('customer', { ...call, contact: { method: 'telephone', value: ' ' } });
    expect(empty.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/contact/value']);
    const right = await desk.escalate('customer', {
      ...call,
      contact: { method: 'telephone', value: '+1 555 0100' },
    });
    expect([right.status, right.body.contact]).toEqual([201, { method: 'telephone', value: '+1 555 0100' }]);
  });

  it('judges in the order of the contract: open escalation, entitlement, channel, criteria, form', async () => {
    const desk = open({ cases: [caseOf({ plan: 'Gold', status: 'closed' })], policy: pulse });
    expect((await desk.escalate('customer', { reasonId: '' })).body.code).toBe('not-entitled');
    await desk.desk.change((state) => void (state.cases['c-1']!.case.plan = 'Platinum'));
    expect((await desk.escalate('customer', { reasonId: '' })).body.code).toBe('criteria-not-met');
    await desk.desk.change((state) => void (state.cases['c-1']!.case.status = 'open'));
    expect((await desk.escalate('customer', { reasonId: '' })).body.code).toBe('invalid');
    expect((await desk.escalate('customer', { reasonId: 'faster-progress' })).status).toBe(201);
    await desk.desk.change((state) => void (state.cases['c-1']!.case.plan = 'Gold'));
    expect((await desk.escalate('customer', { reasonId: '' })).body.code).toBe('open-escalation-exists');
  });
});

describe('G5: what the customer may know better', () => {
  const waiting = () =>
    open({
      cases: [
        caseOf({ waitingOn: 'customer', waitingSince: '2026-05-11T12:00:00Z', waitingFor: 'The trace' }),
      ],
    });

  it('a contestable criterion that is not met blocks', async () => {
    const desk = waiting();
    const { body: state } = await desk.get('customer', '/cases/c-1');
    expect(state.verdict.kind).toBe('blocked');
    const { status, body } = await desk.escalate('customer');
    expect([status, body.code]).toEqual([422, 'criteria-not-met']);
    expect(body.criteria).toEqual([
      expect.objectContaining({ id: 'not-waiting-on-you', result: 'not-met', contestable: true }),
    ]);
  });

  it('… and is overridden by its id in `confirmed`, which is recorded', async () => {
    const confirmed = ['no-change-of-urgency', 'not-waiting-on-you'];
    const { status, body } = await waiting().escalate('customer', { confirmed });
    expect([status, body.confirmed]).toEqual([201, confirmed]);
  });

  it('what is not contestable is not overridden', async () => {
    const desk = open({ cases: [caseOf({ priority: 'low' })] });
    const confirmed = ['no-change-of-urgency', 'not-low-priority'];
    expect((await desk.escalate('customer', { confirmed })).status).toBe(422);
  });

  it('a blocking criterion whose fact is missing is a question to confirm, recorded as such', async () => {
    const desk = open({ cases: [without(caseOf(), 'rcaRequestedAt')] });
    expect((await desk.get('customer', '/cases/c-1')).body.verdict.kind).toBe('available');
    const refused = await desk.escalate('customer');
    expect(refused.body.criteria).toEqual([
      expect.objectContaining({ id: 'rca-business-days', result: 'ask' }),
    ]);
    const confirmed = ['no-change-of-urgency', 'rca-business-days'];
    const { status, body } = await desk.escalate('customer', { confirmed });
    expect([status, body.confirmed]).toEqual([201, confirmed]);
  });
});

describe('a stale policy version is judged by the current policy', () => {
  it('goes through when the current policy lets it', async () => {
    const { status, body } = await open().escalate('customer', { policyVersion: 'from-last-year' });
    expect([status, body.policy.version]).toEqual([201, genesys.version]);
  });

  it('a reason that has gone is 422 invalid', async () => {
    const document = structuredClone(genesysDocument);
    document.version = '2';
    document.reasons = document.reasons.filter(({ id }) => id !== 'lack-of-updates');
    const desk = open({ policy: parsePolicy(document) });
    const { status, body } = await desk.escalate('customer', { policyVersion: '1' });
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid', '/reasonId']);
  });

  it('a criterion that has come since is asked', async () => {
    const document = structuredClone(genesysDocument);
    document.version = '2';
    const [question] = document.criteria.filter(({ id }) => id === 'no-change-of-urgency');
    document.criteria.push({ ...question!, id: 'new-question' });
    const desk = open({ policy: parsePolicy(document) });
    const { body } = await desk.escalate('customer', { policyVersion: '1' });
    expect([body.code, body.criteria[0].id]).toEqual(['criteria-not-met', 'new-question']);
  });
});

describe('exactly once: Idempotency-Key', () => {
  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['an empty string', '""'],
    ['a token', 'abc'],
    ['half a string', '"abc'],
    ['two strings', '"abc" "def"'],
    ['a quote inside', '"a"b"'],
    ['a lone backslash', '"a\\b"'],
    ['letters beyond ASCII', '"sch\u00f6n"'],
    ['a tab inside', '"a\tb"'],
    ['256 characters', `"${'k'.repeat(256)}"`],
  ])('400 idempotency-key-missing: %s', async (_what, key) => {
    const desk = open();
    const headers = key === undefined ? undefined : { 'Idempotency-Key': key };
    const { status, body } = await desk.send('customer', 'POST', escalations, request, headers);
    expect([status, body.code]).toEqual([400, 'idempotency-key-missing']);
    expect((await desk.desk.read()).escalations).toEqual({});
  });

  it.each([['"k"'], ['"with \\" and \\\\"'], [`"${'k'.repeat(255)}"`], ['" ~!"']])(
    'takes %s',
    async (key) => {
      expect((await open().escalate('customer', {}, { 'Idempotency-Key': key })).status).toBe(201);
    },
  );

  it('the same key and body again: the same 201, marked as replayed, told once', async () => {
    const desk = open();
    const key = { 'Idempotency-Key': '"k-1"' };
    const first = await desk.escalate('customer', {}, key);
    desk.wait(30);
    const again = await desk.escalate('customer', {}, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
    expect(desk.told).toHaveLength(1);
  });

  it('the order of members is no other body', async () => {
    const desk = open();
    const headers = { 'Idempotency-Key': '"k-1"' };
    await desk.escalate('customer', {}, headers);
    const turned = Object.fromEntries(Object.entries(request).reverse());
    expect((await desk.post('customer', escalations, turned, headers)).status).toBe(201);
  });

  it('422 idempotency-key-reused with another body', async () => {
    const desk = open();
    const key = { 'Idempotency-Key': '"k-1"' };
    await desk.escalate('customer', {}, key);
    const { status, body } = await desk.escalate('customer', { details: 'Another text.' }, key);
    expect([status, body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('the key is the user’s own, and the path’s', async () => {
    const desk = open({ cases: [caseOf(), caseOf({ id: 'c-2' })] });
    const key = { 'Idempotency-Key': '"k-1"' };
    await desk.escalate('customer', {}, key);
    expect((await desk.escalate('colleague', {}, key)).body.code).toBe('open-escalation-exists');
    const other = await desk.post('customer', '/cases/c-2/escalations', request, key);
    expect([other.status, other.body.caseId]).toEqual([201, 'c-2']);
  });

  it('a definite refusal releases the key: the corrected text may have it', async () => {
    const desk = open();
    const key = { 'Idempotency-Key': '"k-1"' };
    expect((await desk.escalate('customer', { reasonId: 'other', details: 'Short' }, key)).status).toBe(422);
    expect((await desk.escalate('customer', {}, key)).status).toBe(201);
  });

  it('409 request-in-progress with Retry-After while the first is running', async () => {
    const desk = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    const { open: opened, go } = gate();
    const slow: Backend = { ...desk, escalate: async (...rest) => (await opened, desk.escalate(...rest)) };
    const gateway = open({ backend: slow });
    const key = { 'Idempotency-Key': '"k-1"' };
    const first = gateway.escalate('customer', {}, key);
    const second = await gateway.escalate('customer', {}, key);
    expect([second.status, second.body.code, second.headers.get('Retry-After')]).toEqual([
      409,
      'request-in-progress',
      '1',
    ]);
    go();
    const { body } = await first;
    const third = await gateway.escalate('customer', {}, key);
    expect([third.status, third.body.id]).toEqual([201, body.id]);
  });

  it('409 request-in-progress says when to come again, where the keeper of the keys knows', async () => {
    const keys: KeyStore = { ...memoryKeys(), begin: async () => ({ state: 'running', retryAfter: 4 }) };
    const { status, headers } = await open({ keys }).escalate('customer');
    expect([status, headers.get('Retry-After')]).toEqual([409, '4']);
  });

  it('N01: the help desk fails after it has written: the same key finds what was made', async () => {
    const desk = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    let failures = 1;
    const flaky: Backend = {
      ...desk,
      escalate: async (...rest) => {
        const made = await desk.escalate(...rest);
        if (failures-- > 0) throw new BackendError('network', 'The line broke.');
        return made;
      },
    };
    const gateway = open({ backend: flaky });
    const key = { 'Idempotency-Key': '"k-1"' };
    const lost = await gateway.escalate('customer', {}, key);
    expect([lost.status, lost.body.code]).toEqual([503, 'unavailable']);
    expect(lost.headers.get('Retry-After')).toMatch(/^\d+$/);
    const again = await gateway.escalate('customer', {}, key);
    expect(Object.keys((await desk.read()).escalations)).toHaveLength(1);
    expect([again.status === 201 ? again.body.id : again.body.escalation.id]).toEqual(
      Object.keys((await desk.read()).escalations),
    );
  });
});

describe('one open escalation per case', () => {
  /** A help desk that keeps nothing: two requests are two escalations. */
  function careless() {
    const desk = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    let made = 0;
    const backend: Backend = {
      ...desk,
      guarantees: { dedup: 'none', unique: 'none', live: false },
      load: async (id, call) => {
        const loaded = await desk.load(id, call);
        if (loaded === 'not-modified') return loaded;
        return { value: { ...loaded.value, guarantees: { dedup: 'none', unique: 'none', live: false } } };
      },
      async escalate(caseId, body, call) {
        await new Promise((resolve) => setImmediate(resolve));
        const record = fileRequest(`x-${++made}`, caseId, body, {
          user: call.user!,
          policy: call.policy!,
          now: new Date(NOW),
          newId: () => `n-${made}`,
        });
        await desk.change((state) => void (state.escalations[record.escalation.id] = record));
        return { escalation: present(record, call.user!), replayed: false };
      },
    };
    return { backend, desk };
  }

  it('the careless help desk would allow two', async () => {
    const { backend, desk } = careless();
    const call = { user: everyone.customer, policy: genesys };
    await Promise.all([backend.escalate('c-1', request, call), backend.escalate('c-1', request, call)]);
    expect(Object.keys((await desk.read()).escalations)).toHaveLength(2);
  });

  it.each([
    [
      'a help desk that keeps it',
      () => ({ desk: memory({ cases: [caseOf()], clock: () => new Date(NOW) }) }),
    ],
    ['a help desk with unique: none', careless],
  ])('C04 two at once, %s: one 201, one 409 with the winner', async (_what, make) => {
    const made: { desk: ReturnType<typeof memory>; backend?: Backend } = make();
    const gateway = open({ backend: made.backend ?? made.desk });
    const answers = await Promise.all([gateway.escalate('customer'), gateway.escalate('colleague')]);
    const [winner] = answers.filter(({ status }) => status === 201);
    const [loser] = answers.filter(({ status }) => status === 409);
    expect(loser?.body.code).toBe('open-escalation-exists');
    expect(loser?.body.escalation.id).toBe(winner?.body.id);
    expect(Object.keys((await made.desk.read()).escalations)).toEqual([winner?.body.id]);
  });

  it('ten at once by ten keys: one', async () => {
    const { backend, desk } = careless();
    const gateway = open({ backend });
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.escalate('customer')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    expect(Object.keys((await desk.read()).escalations)).toHaveLength(1);
  });

  it('cases do not wait for each other', async () => {
    const desk = memory({ cases: [caseOf(), caseOf({ id: 'c-2' })], clock: () => new Date(NOW) });
    const { open: opened, go } = gate();
    const stuck: Backend = {
      ...desk,
      escalate: async (id, ...rest) => {
        if (id === 'c-1') await opened;
        return desk.escalate(id, ...rest);
      },
    };
    const gateway = open({ backend: stuck });
    const first = gateway.escalate('customer');
    expect((await gateway.post('customer', '/cases/c-2/escalations', request)).status).toBe(201);
    go();
    expect((await first).status).toBe(201);
  });

  it('a help desk that knows of a faster one by itself: 409 with the winner as this user may see it', async () => {
    const desk = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    const call = { user: everyone.colleague, policy: genesys };
    const raced: Backend = {
      ...desk,
      escalate: async (...rest) => {
        await desk.escalate('c-1', request, call);
        return desk.escalate(...rest);
      },
    };
    const { status, body } = await open({ backend: raced }).escalate('customer');
    expect([status, body.code]).toEqual([409, 'open-escalation-exists']);
    expect(body.escalation.can.act).toContain('follow');
  });
});

describe('G31 who may ask', () => {
  it.each<[Who, number]>([
    ['customer', 201],
    ['colleague', 201],
    ['partner', 201],
    ['owner', 403],
    ['manager', 403],
    ['assignee', 403],
    ['engineer', 403],
    ['stranger', 404],
  ])('%s: %s', async (who, status) => {
    const desk = open();
    const answer = await desk.escalate(who);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('forbidden');
    expect(Object.values((await desk.desk.read()).escalations)).toHaveLength(status === 201 ? 1 : 0);
  });

  it.each<Who>(['owner', 'engineer'])('%s is told so, whatever else would be wrong', async (who) => {
    const desk = open();
    await desk.escalate('customer');
    expect((await desk.escalate(who, { reasonId: 'gone' })).body.code).toBe('forbidden');
    const low = open({ cases: [caseOf({ priority: 'low', plan: null })] });
    expect((await low.escalate(who)).body.code).toBe('forbidden');
  });
});

describe('G34 a request that corrects another', () => {
  const decline = { kind: 'decline', text: 'Not yet.', criteria: [] };
  const wrong = {
    code: 'invalid',
    errors: [{ pointer: '/corrects', detail: 'must be the id of a declined escalation of this case' }],
  };

  it('names a declined one of the same case, and keeps the name', async () => {
    const desk = open();
    const { body: first } = await desk.escalate('customer');
    await desk.act('owner', first.id, decline, '"1"');
    const { status, body } = await desk.escalate('colleague', { corrects: first.id });
    expect([status, body.corrects]).toEqual([201, first.id]);
  });

  it.each(['no-such-escalation', '__proto__', 'c-1'])('422 for %s', async (corrects) => {
    const { status, body } = await open().escalate('customer', { corrects });
    expect([status, body]).toMatchObject([422, wrong]);
  });

  it('422 for one that was withdrawn', async () => {
    const desk = open();
    const { body: first } = await desk.escalate('customer');
    await desk.act('customer', first.id, { kind: 'withdraw' }, '"1"');
    const { status, body } = await desk.escalate('customer', { corrects: first.id });
    expect([status, body]).toMatchObject([422, wrong]);
  });

  it('422 for a declined one of another case', async () => {
    const desk = open({ cases: [caseOf(), caseOf({ id: 'c-2' })] });
    const { body: first } = await desk.escalate('customer');
    await desk.act('owner', first.id, decline, '"1"');
    const { status, body } = await desk.post('customer', '/cases/c-2/escalations', {
      ...request,
      corrects: first.id,
    });
    expect([status, body]).toMatchObject([422, wrong]);
  });

  it('is told with what else is wrong', async () => {
    const { body } = await open().escalate('customer', { reasonId: 'gone', corrects: 'e-0' });
    expect(body.errors).toEqual([{ pointer: '/reasonId', detail: 'not-offered' }, ...wrong.errors]);
  });
});

describe('P9 owner-only: a request to reassign the case', () => {
  const reassign = { reasonId: 'case-reassignment', confirmed: [], details: 'We need somebody else.' };
  const sees: Who[] = ['customer', 'colleague', 'partner', 'owner', 'manager'];
  const blind: Who[] = ['engineer', 'assignee'];
  const start = async () => {
    const desk = open({ cases: [assignedToManager()], policy: pulse });
    const { body: made, status } = await desk.escalate('customer', reassign);
    expect([status, made.visibility]).toEqual([201, 'owner-only']);
    return { desk, made };
  };

  it.each(sees)('%s sees it everywhere', async (who) => {
    const { desk, made } = await start();
    const { body: state } = await desk.get(who, '/cases/c-1');
    expect([state.verdict.kind, state.openEscalation?.id]).toEqual(['open-escalation', made.id]);
    expect((await desk.get(who, `/escalations/${made.id}`)).status).toBe(200);
    expect((await desk.get(who, `/escalations/${made.id}/entries`)).status).toBe(200);
    expect((await desk.say(who, made.id, 'Hello')).status).toBe(201);
    const again = await desk.escalate(who, reassign);
    const asks = ['customer', 'colleague', 'partner'].includes(who);
    expect([again.status, again.body.escalation?.id]).toEqual(asks ? [409, made.id] : [403, undefined]);
  });

  it.each(blind)('%s is told that nothing is offered, and finds nothing', async (who) => {
    const { desk, made } = await start();
    const state = await desk.get(who, '/cases/c-1');
    expect(state.body).toMatchObject({ verdict: { kind: 'not-offered' }, openEscalation: null, past: [] });
    const told404 = async (id: string) =>
      [
        await desk.get(who, `/escalations/${id}`),
        await desk.get(who, `/escalations/${id}/entries`),
        await desk.say(who, id, 'Hello'),
        await desk.act(who, id, { kind: 'note', text: 'x' }, '"1"'),
        await desk.act(who, id, { kind: 'take' }),
        await desk.act(who, id, { kind: 'read', entryId: '000000002' }),
      ].map(told);
    const hidden = await told404(made.id);
    expect(hidden.every(({ status }) => status === 404)).toBe(true);
    expect(hidden).toEqual(await told404('no-such-escalation'));
    const refused = await desk.escalate(who, { reasonId: 'faster-progress', confirmed: [] });
    expect(told(refused)).toEqual(told(await desk.post(who, '/cases/c-none/escalations', request)));
    for (const { body } of [state, refused])
      expect(JSON.stringify(body)).not.toMatch(/reassign|somebody else|Priya/i);
  });

  it('the stranger finds neither the case nor the escalation', async () => {
    const { desk, made } = await start();
    for (const path of ['/cases/c-1', `/escalations/${made.id}`, `/escalations/${made.id}/entries`])
      expect((await desk.get('stranger', path)).status, path).toBe(404);
    expect((await desk.escalate('stranger', reassign)).status).toBe(404);
  });

  it.each([
    ['declined', { kind: 'decline', text: 'No.', criteria: [] }],
    ['withdrawn', { kind: 'withdraw' }],
  ] as const)('after it was %s it is not in `past` for those who may not know', async (status, action) => {
    const { desk, made } = await start();
    const who = action.kind === 'withdraw' ? 'customer' : 'owner';
    expect((await desk.act(who, made.id, action, '"1"')).body.status).toBe(status);
    for (const blindOne of blind) {
      const { body } = await desk.get(blindOne, '/cases/c-1');
      expect([body.past, body.openEscalation], blindOne).toEqual([[], null]);
      expect((await desk.get(blindOne, `/escalations/${made.id}`)).status).toBe(404);
    }
    for (const seeing of sees)
      expect((await desk.get(seeing, '/cases/c-1')).body.past, seeing).toMatchObject([
        { id: made.id, status },
      ]);
  });

  it('a race that the assignee loses against it shows nothing of it', async () => {
    const desk = memory({ cases: [assignedToManager()], clock: () => new Date(NOW) });
    const raced: Backend = {
      ...desk,
      act: async (id, action, call) => {
        if (action.kind === 'reopen')
          await desk.escalate('c-1', { ...request, ...reassign }, { user: everyone.customer, policy: pulse });
        return desk.act!(id, action, call);
      },
    };
    const gateway = open({ backend: raced, policy: pulse });
    const accept = { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' };
    let made = await gateway.escalate('customer', { reasonId: 'faster-progress', confirmed: [] });
    const { id } = made.body;
    made = await gateway.act('owner', id, accept, '"1"');
    made = await gateway.act('owner', id, { kind: 'resolve', summary: 'Done.' }, made.etag);
    const { status, body } = await gateway.act('assignee', id, { kind: 'reopen', text: 'Again.' }, made.etag);
    expect([status, body.escalation]).toEqual([404, undefined]);
    expect(JSON.stringify(body)).not.toMatch(/reassign|somebody else|Priya/i);
  });

  it('nothing of it is copied to the case', async () => {
    const { desk, made } = await start();
    const { body: entry } = await desk.say('customer', made.id, 'Please do not tell Max.');
    for (const who of ['customer', 'owner'] as const)
      expect(
        (await desk.act(who, made.id, { kind: 'move-to-case-feed', entryId: entry.id }, '"1"')).status,
        who,
      ).toBe(409);
    expect(JSON.stringify((await desk.desk.read()).cases)).not.toContain('tell Max');
    for (const who of sees) {
      const { body } = await desk.get(who, `/escalations/${made.id}`);
      expect(body.can.act, who).not.toContain('move-to-case-feed');
    }
    const aloud = await desk.post(
      'owner',
      `/escalations/${made.id}/entries`,
      { clientId: 'k-9', text: 'We look into it.', alsoOnCase: true },
      { 'Idempotency-Key': '"k-9"' },
    );
    expect([aloud.status, aloud.body.alsoOnCase]).toEqual([201, undefined]);
  });
});

describe('whatever is posted', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'other',
      'lack-of-updates',
      'project-blocker',
      '__proto__',
      'constructor',
      '\ud800',
      '\0',
      ' ',
    ),
    fc.constant('x'.repeat(10_001)),
  );
  const anything = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }), fc.constant(null));
  const near = (members: Record<string, fc.Arbitrary<unknown>>) => fc.record(members, { requiredKeys: [] });
  const requests = near({
    reasonId: fc.oneof(fc.constant('lack-of-updates'), text, anything),
    details: anything,
    impact: anything,
    contact: fc.oneof(
      anything,
      near({ method: fc.oneof(fc.constant('email'), anything), value: anything, when: text, timeZone: text }),
    ),
    confirmed: fc.oneof(fc.constant(['no-change-of-urgency']), fc.array(text), anything),
    onBehalfOf: anything,
    corrects: anything,
    fields: fc.oneof(fc.dictionary(text, text), anything),
    attachmentIds: fc.oneof(fc.array(text), anything),
    policyVersion: fc.oneof(fc.constant('1'), anything),
    another: anything,
  });
  /** A right request with one or two members changed. */
  const nearly = fc.tuple(requests, fc.nat(), fc.nat(2)).map(([change, from, count]) => ({
    ...request,
    ...Object.fromEntries(Object.entries(change).slice(from % 10, (from % 10) + count)),
  }));
  const body = fc.oneof(requests, nearly, fc.jsonValue()).map((value) => JSON.stringify(value));

  it('the answer is 201 or a problem document with a code, never 500', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(body, async (json) => {
        const { status, body: answer } = await open().post('customer', escalations, json);
        if (status === 201) return void accepted++;
        expect([400, 413, 422]).toContain(status);
        expect(answer.code).toMatch(/^(invalid|invalid-json|criteria-not-met|too-large)$/);
      }),
      { numRuns: 400 },
    );
    // The property says little when nothing ever gets through.
    expect(accepted).toBeGreaterThan(0);
  });

  const kinds = ['take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve', 'withdraw', 'reopen', 'follow', 'nudge', 'rate', 'read']; // prettier-ignore
  const level = fc.oneof(fc.constantFrom('low', 'medium', 'high'), anything);
  const time = fc.oneof(fc.constantFrom('2026-05-14T10:00:00Z', '1', '2026-05-14', 'May 14 2026', '2026-05-14T10:00:00+02:00', '+275760-09-13T00:00:00Z'), anything); // prettier-ignore
  const actions = near({
    kind: fc.oneof(fc.constantFrom(...kinds), anything),
    text: fc.oneof(fc.constant('Text'), anything),
    summary: fc.oneof(fc.constant('Text'), anything),
    importance: level,
    urgency: level,
    dueAt: time,
    nextUpdateDueAt: time,
    nextSteps: fc.oneof(fc.array(near({ text, who: text, dueAt: time }), { maxLength: 3 }), anything),
    criteria: fc.oneof(fc.array(near({ id: text, text })), anything),
    links: fc.oneof(fc.array(near({ label: text, href: fc.oneof(fc.webUrl(), text) })), anything),
    value: fc.oneof(fc.constantFrom(1, 5, 0, 2.5), anything),
    entryId: fc.oneof(fc.constant('000000002'), anything),
    promiseId: fc.oneof(fc.constant('review'), anything),
    impact: anything,
  });
  const posts: [string, fc.Arbitrary<unknown>][] = [
    ['actions', actions],
    [
      'entries',
      near({
        clientId: fc.oneof(fc.constant('k'), anything),
        text: anything,
        attachmentIds: anything,
        alsoOnCase: anything,
      }),
    ],
    ['notes', near({ kind: fc.oneof(fc.constantFrom('reply', 'moved'), anything), text: anything })],
    [
      'feedback',
      near({
        version: fc.oneof(fc.constant('1'), anything),
        helpful: fc.oneof(fc.boolean(), anything),
        text: anything,
      }),
    ],
  ];
  it.each(posts)('… also to %s', async (where, bodies) => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom<Who>('customer', 'colleague', 'owner'), async (value, who) => {
        const desk = open();
        const { body: made } = await desk.escalate('customer');
        await desk.act('owner', made.id, { kind: 'take' }, '"1"');
        const path =
          { notes: '/cases/c-1/notes', feedback: '/policies/genesys/feedback' }[where] ??
          `/escalations/${made.id}/${where}`;
        const headers = { 'Idempotency-Key': '"k"', 'If-Match': '"2"' };
        const { status, body: answer } = await desk.post(who, path, JSON.stringify(value), headers);
        if (status < 300) return;
        expect([400, 403, 404, 409, 413, 422, 429]).toContain(status);
        expect(answer.code).toMatch(/^[a-z-]+$/);
        // Whatever was kept can be read again.
        await desk.get('customer', `/escalations/${made.id}`);
        await desk.get('owner', `/escalations/${made.id}/entries`);
      }),
      { numRuns: 250 },
    );
  });
});
