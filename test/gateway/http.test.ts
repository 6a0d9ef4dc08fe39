import { describe, expect, it, vi } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import { BackendError, type Backend, type ErrorCode } from '../../src/core/backend.js';
import { caseOf, genesys, newKey, NOW, open, request } from './client.js';

const ORIGIN = 'https://portal.example.com';
const helpDesk = () => memory({ cases: [caseOf()], clock: () => new Date(NOW) });

describe('CORS', () => {
  const origins = [ORIGIN];
  const preflight = (desk: ReturnType<typeof open>, origin: string) =>
    desk.send(null, 'OPTIONS', '/cases/c-1/escalations', undefined, {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'idempotency-key,content-type,authorization',
    });

  it('an allowed origin may read the answer, and its headers', async () => {
    const { headers } = await open({ origins }).get('customer', '/cases/c-1', { Origin: ORIGIN });
    expect(headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true');
    const exposed = headers.get('Access-Control-Expose-Headers')!.split(', ');
    expect(exposed.sort()).toEqual(['ETag', 'Idempotency-Replayed', 'Location', 'Retry-After']);
    expect(headers.get('Vary')).toMatch(/\bOrigin\b/);
  });

  it('so it may with errors', async () => {
    const { status, headers } = await open({ origins }).get(null, '/cases/c-1', { Origin: ORIGIN });
    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([401, ORIGIN]);
  });

  it.each([
    'https://evil.test',
    'http://portal.example.com',
    `${ORIGIN}.evil.test`,
    `${ORIGIN}:8443`,
    'null',
  ])('the foreign origin %s may not', async (origin) => {
    const desk = open({ origins });
    for (const { headers } of [
      await desk.get('customer', '/cases/c-1', { Origin: origin }),
      await preflight(desk, origin),
    ]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.get('Vary')).toMatch(/\bOrigin\b/);
    }
  });

  it('no origin is allowed unless named', async () => {
    const { headers } = await open().get('customer', '/cases/c-1', { Origin: ORIGIN });
    expect(headers.has('Access-Control-Allow-Origin')).toBe(false);
  });

  it('preflight: methods, the contract’s headers, 7,200 seconds, without signing in', async () => {
    const { status, headers } = await preflight(open({ origins }), ORIGIN);
    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([204, ORIGIN]);
    expect(headers.get('Access-Control-Allow-Methods')!.split(', ')).toEqual(['GET', 'POST']);
    expect(headers.get('Access-Control-Allow-Headers')!.split(', ').sort()).toEqual([
      'Authorization',
      'Content-Disposition',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
    ]);
    expect(headers.get('Access-Control-Max-Age')).toBe('7200');
  });

  it('T13: a form of another site cannot write: its content types are refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const desk = open();
      const { status, body } = await desk.escalate('customer', {}, { 'Content-Type': type });
      expect([status, body.code], type).toEqual([415, 'unsupported-media-type']);
      expect((await desk.desk.read()).escalations).toEqual({});
    }
  });
});

describe('addresses and methods', () => {
  it.each([
    ['PUT', '/cases/c-1', 'GET'],
    ['DELETE', '/cases/c-1', 'GET'],
    ['GET', '/cases/c-1/escalations', 'POST'],
    ['PATCH', '/escalations/e-1/entries', 'GET, POST'],
    ['DELETE', '/policies/genesys/1', 'GET'],
  ])('405 %s %s, with Allow: %s', async (method, path, allow) => {
    const { status, body, headers } = await open().send('customer', method, path);
    expect([status, body.code, headers.get('Allow')]).toEqual([405, 'method-not-allowed', allow]);
  });

  it.each([
    '/',
    '/nothing',
    '/cases',
    '/cases/',
    '/cases//',
    '/cases//escalations',
    '/cases/c-1/',
    '//cases/c-1',
    '/cases/c-1/nothing',
    '/cases/%',
    '/cases/%E0%A4%A',
    '/escalations/',
    '/policies/genesys',
    '/cases/constructor/__proto__',
  ])('404 with a problem document for %s', async (path) => {
    const { status, body, headers } = await open().get('customer', path);
    expect([status, body.code, body.status]).toEqual([404, 'not-found', 404]);
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(body.traceId).toMatch(/^\w+$/);
  });

  it.each(['/support/api', '/support/api/'])('basePath %s: below it, and nowhere else', async (basePath) => {
    const desk = open({ basePath });
    const path = (base: string, rest: string) =>
      new Request(`https://desk.test${base}${rest}`, { headers: { 'X-User': 'u-1' } });
    expect((await desk.gateway(path('/support/api', '/cases/c-1'))).status).toBe(200);
    for (const base of ['', '/support', '/support/apis', '/other/support/api'])
      expect((await desk.gateway(path(base, '/cases/c-1'))).status, base).toBe(404);
  });

  it.each(['a/b?c#d', '%2e%2e', 'c 1', '案件-1', '__proto__', 'ü', '..%2F', "'; DROP TABLE"])(
    'the encoded id %s finds its case, and no other',
    async (id) => {
      const desk = open({ cases: [caseOf(), caseOf({ id })] });
      const { status, body } = await desk.get('customer', `/cases/${encodeURIComponent(id)}`);
      expect([status, body.case?.id]).toEqual([200, id]);
      const made = await desk.post('customer', `/cases/${encodeURIComponent(id)}/escalations`, request);
      expect([made.status, made.body.caseId]).toEqual([201, id]);
      expect((await desk.get('customer', '/cases/c-1')).body.openEscalation).toBeNull();
    },
  );
});

describe('bodies', () => {
  it.each([['text/plain'], ['application/xml'], ['application/jsonp'], ['text/json'], ['']])(
    '415 for %s',
    async (type) => {
      const { status, body } = await open().escalate('customer', {}, { 'Content-Type': type });
      expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
    },
  );

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;charset=UTF-8'])(
    'takes %s',
    async (type) => {
      expect((await open().escalate('customer', {}, { 'Content-Type': type })).status).toBe(201);
    },
  );

  it.each(['{', '', '{"reasonId": "x",}', 'reasonId=x', '\u0000', '<html>'])(
    '400 invalid-json: %j',
    async (text) => {
      const { status, body } = await open().post('customer', '/cases/c-1/escalations', text);
      expect([status, body.code]).toEqual([400, 'invalid-json']);
    },
  );

  it('413 too-large, however the size is told', async () => {
    const large = { details: 'x'.repeat(300_000) };
    expect((await open().escalate('customer', large)).body).toMatchObject({ status: 413, code: 'too-large' });
    const lying = await open().escalate('customer', large, { 'Content-Length': '2' });
    expect(lying.status).toBe(413);
    for (const length of ['262145', '1e9', 'many'])
      expect((await open().escalate('customer', {}, { 'Content-Length': length })).status, length).toBe(413);
  });

  it('a body whose length is said is read as one that comes in pieces', async () => {
    const details = 'Für 日本語 und 👩‍👩‍👧: der Export steht seit zwei Wochen still.';
    const length = new TextEncoder().encode(JSON.stringify({ ...request, details })).length;
    const known = await open().escalate('customer', { details }, { 'Content-Length': String(length) });
    expect([known.status, known.body.details]).toEqual([201, details]);
    const pieces = await open().escalate('customer', { details });
    expect([pieces.status, pieces.body.details]).toEqual([201, details]);
  });

  it('413 ends a body that never ends', async () => {
    const desk = open();
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)),
    });
    // Not through `checked`, which would read a copy of the body to its end.
    const { createGateway } = await import('../../src/gateway/gateway.js');
    const gateway = createGateway({
      backend: desk.desk,
      policyFor: () => genesys,
      policies: () => null,
      authenticate: () => ({ id: 'u-1', name: 'Priya', role: 'customer', audience: 'direct' }),
    });
    const response = await gateway(
      new Request('https://desk.test/cases/c-1/escalations', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey() },
        body: endless,
        duplex: 'half',
      } as RequestInit),
    );
    expect(response.status).toBe(413);
  });

  it('unknown members are ignored', async () => {
    const desk = open();
    const { status, body } = await desk.escalate('customer', { status: 'accepted', owner: 'me' } as object);
    expect([status, body.status, body.owner]).toEqual([201, 'requested', null]);
  });

  it('M03: no member of a body reaches a prototype', async () => {
    const text = JSON.stringify({ ...request, fields: { x: 'y' } }).replace('"x"', '"__proto__"');
    await open().post('customer', '/cases/c-1/escalations', text);
    expect(({} as Record<string, unknown>)['y']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('faults', () => {
  const failing = (error: unknown): Backend => ({
    ...helpDesk(),
    load: async () => {
      throw error;
    },
  });

  it.each([
    ['an error', new TypeError('secret: db password')],
    ['a text', 'secret'],
    ['nothing', undefined],
    ['a server-error of the help desk', new BackendError('server-error', 'secret')],
    ['a code that the contract does not have', new BackendError('secret' as ErrorCode, 'secret')],
    ['a code that every object has', new BackendError('constructor' as ErrorCode, 'secret')],
  ])(
    'a backend that throws %s: 500 with a traceId, and notify({kind: fault}) has the rest',
    async (_what, error) => {
      const desk = open({ backend: failing(error) });
      const { status, body } = await desk.get('customer', '/cases/c-1');
      expect([status, body.code]).toEqual([500, 'server-error']);
      expect(JSON.stringify(body)).not.toContain('secret');
      expect(desk.told).toEqual([{ kind: 'fault', traceId: body.traceId, error }]);
    },
  );

  it.each([
    ['authenticate', { authenticate: () => Promise.reject(new Error('no directory')) }],
    [
      'authenticate, at once',
      {
        authenticate: () => {
          throw new Error('no directory');
        },
      },
    ],
  ])('%s that throws: 500', async (_what, options) => {
    const { status, body } = await open(options).get('customer', '/cases/c-1');
    expect([status, body.code]).toEqual([500, 'server-error']);
  });

  it.each<ErrorCode>(['network', 'timeout', 'protocol', 'unavailable'])(
    'a help desk that cannot be reached (%s): 503 with Retry-After, no fault of ours',
    async (code) => {
      const desk = open({ backend: failing(new BackendError(code)) });
      const { status, body, headers } = await desk.get('customer', '/cases/c-1');
      expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'unavailable', '5']);
      expect(desk.told).toEqual([]);
    },
  );

  it.each([
    [undefined, '5'],
    [42, '42'],
    [1.2, '2'],
  ])('a help desk that is asked too often (%s): 429 with Retry-After', async (retryAfter, header) => {
    const backend = failing(new BackendError('rate-limited', 'Slow down', { retryAfter }));
    const { status, headers } = await open({ backend }).get('customer', '/cases/c-1');
    expect([status, headers.get('Retry-After')]).toEqual([429, header]);
  });

  it('an id that the help desk cannot be asked for is not found', async () => {
    const { status, body } = await open({ backend: failing(new BackendError('bad-address')) }).get(
      'customer',
      '/cases/a%01b',
    );
    expect([status, body.code]).toEqual([404, 'not-found']);
  });

  it('every problem has a type, a title that is the same for its type, and the words of this time', async () => {
    const desk = open();
    await desk.escalate('customer');
    const { body: first } = await desk.act('customer', '000000001', { kind: 'take' }, '"1"');
    const { body: second } = await desk.act('customer', '000000001', { kind: 'note', text: 'x' }, '"1"');
    expect(first).toMatchObject({ type: 'urn:escalation-elements:problem:forbidden', title: second.title });
    expect(first.detail).not.toBe(second.detail);
    expect(first.traceId).not.toBe(second.traceId);
  });
});

describe('notify', () => {
  it('is told of requested, message, changed and followed; not of what somebody has read', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    await desk.say('customer', made.id, 'Any news?');
    await desk.act('owner', made.id, { kind: 'take' }, '"1"');
    await desk.act('colleague', made.id, { kind: 'follow' });
    await desk.act('customer', made.id, { kind: 'read', entryId: '000000003' });
    expect(desk.told).toMatchObject([
      { kind: 'requested', user: { id: 'u-1' }, escalation: { id: made.id, status: 'requested' } },
      { kind: 'message', user: { id: 'u-1' }, entry: { text: 'Any news?' }, escalation: { id: made.id } },
      { kind: 'changed', user: { id: 'o-1' }, escalation: { id: made.id, status: 'under-review' } },
      { kind: 'followed', user: { id: 'u-2' }, escalation: { id: made.id, followers: 1 } },
    ]);
  });

  it('is not told of what was refused', async () => {
    const desk = open({ cases: [caseOf({ priority: 'low' })] });
    await desk.escalate('customer');
    expect(desk.told).toEqual([]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('mail server down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('mail server down'))],
    ['never ends', () => new Promise(() => undefined)],
  ])('one that %s changes nothing', async (_how, notify) => {
    const spy = vi.fn(notify);
    const desk = open({ notify: spy });
    const { status, body } = await desk.escalate('customer');
    expect(status).toBe(201);
    expect((await desk.say('customer', body.id, 'Hello')).status).toBe(201);
    expect(spy).toHaveBeenCalledTimes(2);
  });
});

describe('GET /policies/{id}/{version}', () => {
  it('is the policy, cacheable for ever', async () => {
    const { status, body, headers } = await open().get('customer', '/policies/genesys/1');
    expect([status, body.id, body.version]).toEqual([200, 'genesys', '1']);
    expect(headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable');
  });

  it('304 for who has it, cacheable too', async () => {
    const desk = open();
    const { etag } = await desk.get('customer', '/policies/genesys/1');
    const again = await desk.get('customer', '/policies/genesys/1', { 'If-None-Match': etag });
    expect([again.status, again.headers.get('Cache-Control')]).toEqual([
      304,
      'private, max-age=31536000, immutable',
    ]);
  });

  it.each(['/policies/genesys/0', '/policies/none/1'])('404 for %s', async (path) => {
    expect((await open().get('customer', path)).status).toBe(404);
  });

  it('401 for nobody', async () => {
    expect((await open().get(null, '/policies/genesys/1')).status).toBe(401);
  });
});

describe('P20 POST /policies/{id}/feedback', () => {
  const path = '/policies/genesys/feedback';
  const send = (desk: ReturnType<typeof open>, body: object, at = path) =>
    desk.send('customer', 'POST', at, body);

  it('204, and it is kept', async () => {
    const desk = open();
    expect((await send(desk, { version: '1', helpful: false, text: 'Say more.' })).status).toBe(204);
    expect((await desk.desk.read()).feedback).toEqual([
      { policy: 'genesys', helpful: false, text: 'Say more.' },
    ]);
  });

  it.each([
    ['255 characters', 'x'.repeat(255), 204],
    ['256 characters', 'x'.repeat(256), 422],
    ['255 characters outside of the BMP', '👍'.repeat(255), 204],
    ['256 characters outside of the BMP', '👍'.repeat(256), 422],
  ])('%s', async (_what, text, expected) => {
    const { status, body } = await send(open(), { version: '1', helpful: true, text });
    expect(status).toBe(expected);
    if (status === 422) expect(body.errors[0].pointer).toBe('/text');
  });

  it('404 for a policy or a version that is not there', async () => {
    const feedback = { version: '1', helpful: true };
    expect((await send(open(), feedback, '/policies/none/feedback')).status).toBe(404);
    expect((await send(open(), { ...feedback, version: '0' })).status).toBe(404);
  });

  it('401 for nobody, 415 for a form', async () => {
    expect((await open().send(null, 'POST', path, { version: '1', helpful: true })).status).toBe(401);
    const form = await open().send('customer', 'POST', path, 'helpful=true', {
      'Content-Type': 'text/plain',
    });
    expect(form.status).toBe(415);
  });

  it('404 where the help desk keeps none', async () => {
    const { feedback: _feedback, ...desk } = helpDesk();
    expect((await send(open({ backend: desk }), { version: '1', helpful: true })).status).toBe(404);
  });
});
