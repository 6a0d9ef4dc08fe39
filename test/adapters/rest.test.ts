import { beforeEach, describe, expect, it, vi } from 'vitest';
import { endpointUrl } from '../../src/adapters/lib/address.js';
import { rest, type RestOptions } from '../../src/adapters/rest.js';
import type { Backend, BackendError, Call, ErrorCode } from '../../src/core/backend.js';
import { caseOf, gatewayOver, helpDesk, people, policy, request } from '../desk.js';
import {
  CASE,
  code,
  ESCALATION,
  json,
  outcome,
  over,
  problem,
  serving,
  settled,
  type Answer,
} from './scripted.js';

const call = {};

describe('finding 10, M10: a redirect', () => {
  const headers = () => ({ Authorization: 'Bearer sentinel', 'X-Api-Key': 'sentinel' });
  const redirecting = async (status: number, location: (other: string) => string) => {
    const other = await serving((_, outgoing) => {
      outgoing.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(CASE));
    });
    const first = await serving((_, outgoing) => {
      outgoing.writeHead(status, { Location: location(other.origin), 'Content-Type': 'application/json' });
      outgoing.end(JSON.stringify(CASE));
    });
    return { first, other, backend: rest({ endpoint: first.origin, headers }) };
  };

  it.each([301, 302, 303, 307, 308])(
    '%i to another origin: nothing arrives there, neither headers nor body',
    async (status) => {
      const { first, other, backend } = await redirecting(status, (origin) => `${origin}/cases/c-1`);
      const error = await outcome(backend.escalate('c-1', request, { key: 'k' }));
      expect([error.code, error.retryable]).toEqual(['protocol', false]);
      expect(await code(backend.load('c-1', call))).toBe('protocol');
      expect(other.seen).toEqual([]);
      expect(first.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'POST /cases/c-1/escalations',
        'GET /cases/c-1',
      ]);
    },
  );

  it('307 to a login page of the same origin is not followed', async () => {
    const { first, backend } = await redirecting(307, () => '/login');
    expect(await code(backend.load('c-1', call))).toBe('protocol');
    expect(first.seen.map(({ url }) => url)).toEqual(['/cases/c-1']);
  });
});

describe('finding 11, B12: an id stays in its own segment', () => {
  const refused = ['', '.', '..', '\u0000', 'a\nb', 'a\u007f', '\ud800', 'a\udc00b', 'x'.repeat(5000)];
  const encoded: [string, string][] = [
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['%2e%2e', '%252e%252e'],
    ['../x', '..%2Fx'],
    ['...', '...'],
    [' ', '%20'],
    ['c 1', 'c%201'],
    ['案件', '%E6%A1%88%E4%BB%B6'],
    ['👍', '%F0%9F%91%8D'],
    ['a\\b', 'a%5Cb'],
    [';@:&=+$,', '%3B%40%3A%26%3D%2B%24%2C'],
  ];
  const calls: Record<string, [(backend: Backend, id: string) => Promise<unknown>, (id: string) => string]> =
    {
      load: [(backend, id) => backend.load(id, call), (id) => `GET /api/cases/${id}`],
      escalate: [
        (backend, id) => backend.escalate(id, request, { key: 'k' }),
        (id) => `POST /api/cases/${id}/escalations`,
      ],
      note: [
        (backend, id) => backend.note!(id, { kind: 'reply', text: 'x' }, { key: 'k' }),
        (id) => `POST /api/cases/${id}/notes`,
      ],
      escalation: [(backend, id) => backend.escalation!(id, call), (id) => `GET /api/escalations/${id}`],
      entries: [
        (backend, id) => backend.entries!(id, {}, call),
        (id) => `GET /api/escalations/${id}/entries`,
      ],
      post: [
        (backend, id) => backend.post!(id, { clientId: 'k', text: 'x' }, call),
        (id) => `POST /api/escalations/${id}/entries`,
      ],
      act: [
        (backend, id) => backend.act!(id, { kind: 'take' }, { key: 'k' }),
        (id) => `POST /api/escalations/${id}/actions`,
      ],
      policy: [(backend, id) => backend.policy!(id, id, call), (id) => `GET /api/policies/${id}/${id}`],
      watch: [
        (backend, id) => backend.watch!(id, undefined, call, () => undefined),
        (id) => `GET /api/cases/${id}/events`,
      ],
      upload: [
        (backend, id) => backend.upload!(id, { name: 'x', data: new Blob(['x']) }, call),
        (id) => `POST /api/cases/${id}/files`,
      ],
      download: [
        (backend, id) => backend.download!(id, id, call),
        (id) => `GET /api/cases/${id}/files/${id}`,
      ],
      feedback: [
        (backend, id) => backend.feedback!(id, { version: '1', helpful: true }, { key: 'k' }),
        (id) => `POST /api/policies/${id}/feedback`,
      ],
    };

  it.each(Object.keys(calls))('%s, against a real server', async (name) => {
    const [ask, path] = calls[name]!;
    const server = await serving((_, outgoing) => void outgoing.writeHead(404).end());
    const backend = rest({ endpoint: `${server.origin}/api` });
    for (const id of refused)
      expect(await code(ask(backend, id)), JSON.stringify(id.slice(0, 9))).toBe('bad-address');
    expect(server.seen).toEqual([]);
    for (const [id] of encoded) expect(await code(ask(backend, id)), id).toBe('not-found');
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(
      encoded.map(([, safe]) => path(safe)),
    );
  });

  it('a cursor stays in its parameter', async () => {
    const { backend, sent } = over(() => json({ entries: [], before: null, after: '0' }));
    await backend.entries!('e-1', { before: '../?a=b&limit=9#x', limit: 50 }, call);
    const url = new URL(sent[0]!.request.url);
    expect(url.pathname).toBe('/api/escalations/e-1/entries');
    expect([...url.searchParams].sort()).toEqual([
      ['before', '../?a=b&limit=9#x'],
      ['limit', '50'],
    ]);
  });
});

it('the help desk is named to the other tabs by its address', () => {
  expect(rest({ endpoint: 'https://desk.test/api/' }).address).toBe('https://desk.test/api');
});

describe('B13: what an endpoint may be', () => {
  const page = 'https://portal.example.com/cases/7';
  it.each([
    ['/api', 'https://portal.example.com/api'],
    ['api/', 'https://portal.example.com/cases/api'],
    ['https://desk.example.com/v1//', 'https://desk.example.com/v1'],
    ['http://localhost:8080/api', 'http://localhost:8080/api'],
    ['http://127.0.0.1/api', 'http://127.0.0.1/api'],
    ['http://[::1]:1/', 'http://[::1]:1'],
  ])('%s is %s', (endpoint, expected) => {
    expect(endpointUrl(endpoint, page)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'javascript:alert(1)',
    'data:application/json,{}',
    'blob:https://portal.example.com/x',
    'ftp://desk.example.com',
    '//desk.example.com',
    '\\\\desk.example.com',
    '/\\desk.example.com',
    '\t//desk.example.com',
    'http://u:p@desk.example.com',
    'https://u@desk.example.com',
    'http://desk.example.com',
    'http://127.evil.example',
    'http://localhost.evil.example',
    'https://desk.example.com/?',
    'https://desk.example.com/?a=b',
    'https://desk.example.com/#',
    '/api#x',
    'https://',
    'http://[',
    'file:///etc',
  ])('refused on a secure page: %j', (endpoint) => {
    expect(() => endpointUrl(endpoint, page)).toThrow(expect.objectContaining({ code: 'bad-address' }));
  });

  it('plain http is for a page that is plain itself', () => {
    expect(endpointUrl('/api', 'http://intranet/x')).toBe('http://intranet/api');
    expect(endpointUrl('http://desk.intranet', 'http://intranet/x')).toBe('http://desk.intranet');
  });

  it('outside of a page only an absolute one', () => {
    expect(() => rest({ endpoint: '/api' })).toThrow(expect.objectContaining({ code: 'bad-address' }));
  });
});

describe('M09: what is not JSON is `protocol`, never "no open escalation"', () => {
  const text =
    (body: string | null, type: string | null, status = 200): Answer =>
    () =>
      new Response(body, { status, headers: type ? { 'Content-Type': type } : {} });
  const good = JSON.stringify(CASE);
  const bad: [string, Answer][] = [
    ['a login page', text('<!doctype html><form>Sign in</form>', 'text/html')],
    ['204', text(null, null, 204)],
    ['304 that was not asked for', text(null, null, 304)],
    ['an empty body', text('', 'application/json')],
    ['truncated JSON', text(good.slice(0, -20), 'application/json')],
    ['JSON as text/plain', text(good, 'text/plain')],
    ['JSON without a type', () => new Response(new TextEncoder().encode(good))],
    ['JSON as text/html', text(good, 'text/html; charset=utf-8')],
    ['two documents', text(good + good, 'application/json')],
    ['another JSON: null', text('null', 'application/json')],
    ['another JSON: []', text('[]', 'application/json')],
    ['another JSON: {}', text('{}', 'application/json')],
    ['another JSON: "open"', text('"open"', 'application/json')],
    ['an opaque redirect', () => Object.defineProperty(new Response(null), 'status', { value: 0 })],
  ];
  it.each(bad)('load: %s', async (_what, answer) => {
    const { backend, sent } = over(answer);
    expect(await code(backend.load('c-1', call))).toBe('protocol');
    expect(sent).toHaveLength(1);
  });

  it.each(bad)('escalate: %s', async (_what, answer) => {
    const { backend, sent } = over(answer);
    expect(await code(backend.escalate('c-1', request, { key: 'k' }))).toBe('protocol');
    expect(sent).toHaveLength(1);
  });

  it('a BOM before JSON is no fault', async () => {
    const { backend } = over(
      () => new Response(`\ufeff${good}`, { headers: { 'Content-Type': 'application/json' } }),
    );
    expect(await backend.load('c-1', call)).toMatchObject({ value: { openEscalation: null } });
  });

  it('304 that was asked for is "not-modified"', async () => {
    const { backend, sent } = over(text(null, null, 304));
    expect(await backend.load('c-1', { etag: 'abc' })).toBe('not-modified');
    expect(sent[0]!.request.headers.get('If-None-Match')).toBe('"abc"');
  });

  it('a body that is cut off on the way is no answer either', async () => {
    const server = await serving((_, outgoing) => {
      outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(good.length) });
      outgoing.write(good.slice(0, 100), () => outgoing.destroy());
    });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    expect(await code(rest({ endpoint: server.origin }).load('c-1', call))).toBe('network');
    vi.restoreAllMocks();
  });
});

describe('M12: an answer that does not confirm', () => {
  it.each([
    ['without id', { ...ESCALATION, id: undefined }],
    ['with an empty id', { ...ESCALATION, id: '' }],
    ['of another case', { ...ESCALATION, caseId: 'c-2' }],
    ['with a number as id', { ...ESCALATION, id: 7 }],
    ['with a status of its own', { ...ESCALATION, status: 'done' }],
    ['wrapped', { escalation: ESCALATION }],
  ])('201 %s is protocol', async (_what, body) => {
    const { backend } = over(() => json(body, 201));
    expect(await code(backend.escalate('c-1', request, { key: 'k' }))).toBe('protocol');
  });

  it('201 with all there is the escalation', async () => {
    const { backend } = over(() => json(ESCALATION, 201, { 'Idempotency-Replayed': 'true' }));
    const { escalation, replayed } = await backend.escalate('c-1', request, { key: 'k' });
    expect([escalation.id, replayed]).toEqual([ESCALATION.id, true]);
  });
});

describe('what is repeated', () => {
  beforeEach(() => void vi.useFakeTimers());
  const busy =
    (headers: Record<string, string> = {}) =>
    () =>
      problem(503, 'unavailable', {}, headers);
  const done = () => json(ESCALATION, 201);

  it('N02: 503 × 3, then ok: the same key and the same body, within a minute', async () => {
    const { backend, sent } = over([busy(), busy(), busy(), done]);
    const start = Date.now();
    let ended = 0;
    const work = backend
      .escalate('c-1', request, { key: 'k-1' })
      .then((value) => ((ended = Date.now()), value));
    expect((await settled(work)).escalation.id).toBe(ESCALATION.id);
    expect(ended - start).toBeLessThanOrEqual(60_000);
    expect(sent.map((one) => [one.request.headers.get('Idempotency-Key'), one.body])).toEqual(
      Array(4).fill(['"k-1"', JSON.stringify(request)]),
    );
  });

  it.each<[string, Answer, ErrorCode]>([
    ['503', busy(), 'unavailable'],
    ['429', () => problem(429, 'rate-limited'), 'rate-limited'],
    ['408', () => new Response(null, { status: 408 }), 'unavailable'],
    ['425', () => new Response(null, { status: 425 }), 'unavailable'],
    ['502 of a proxy', () => new Response('<html>', { status: 502 }), 'unavailable'],
    ['504 of a proxy', () => new Response('<html>', { status: 504 }), 'unavailable'],
    ['409 request-in-progress', () => problem(409, 'request-in-progress'), 'request-in-progress'],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'network'],
  ])('%s: a write with a key five times at most, a read three times', async (_what, answer, expected) => {
    const writing = over(answer);
    expect(await settled(code(writing.backend.escalate('c-1', request, { key: 'k' })))).toBe(expected);
    expect(writing.sent).toHaveLength(5);
    const reading = over(answer);
    expect(await settled(code(reading.backend.load('c-1', call)))).toBe(expected);
    expect(reading.sent).toHaveLength(3);
  });

  it.each<[string, Answer, ErrorCode]>([
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'network'],
    ['503', busy(), 'unavailable'],
    ['503 with Retry-After', busy({ 'Retry-After': '1' }), 'unavailable'],
    ['429 with Retry-After', () => problem(429, 'rate-limited', {}, { 'Retry-After': '1' }), 'rate-limited'],
  ])('N12: %s for ever: what nobody waits for is asked once a time', async (_what, answer, expected) => {
    const { backend, sent } = over(answer);
    const page = { limit: 50 };
    const looks: ((call: Call) => Promise<unknown>)[] = [
      (quiet) => backend.load('c-1', quiet),
      (quiet) => backend.escalation!('e-1', quiet),
      (quiet) => backend.entries!('e-1', page, quiet),
      (quiet) => backend.queue!(page, quiet),
    ];
    const start = Date.now();
    for (let n = 1; n <= 10; n++)
      for (const [i, look] of looks.entries()) {
        expect(await code(look({ background: true }))).toBe(expected);
        expect(sent).toHaveLength((n - 1) * looks.length + i + 1);
      }
    // Nor does a page wait for it.
    expect([Date.now() - start, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('a write without a key is never repeated', async () => {
    const { backend, sent } = over(busy());
    expect(await settled(code(backend.escalate('c-1', request, call)))).toBe('unavailable');
    expect(sent).toHaveLength(1);
  });

  it('nor one that the help desk would not know again, whose key goes along all the same', async () => {
    const { backend, sent } = over(busy());
    const writes = { ...call, key: 'k', once: true };
    expect(await settled(code(backend.escalate('c-1', request, writes)))).toBe('unavailable');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.request.headers.get('Idempotency-Key')).toBe('"k"');
  });

  it.each([400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428, 431, 500])(
    'no repeat on %i',
    async (status) => {
      const { backend, sent } = over(() => new Response(null, { status }));
      await settled(code(backend.escalate('c-1', request, { key: 'k' })));
      expect(sent).toHaveLength(1);
    },
  );

  it('full jitter: waits differ, and none is longer than the step', async () => {
    for (const [random, expected] of [
      [0, [0, 0, 0, 0]],
      [0.5, [250, 500, 1000, 2000]],
      [0.999, [499.5, 999, 1998, 3996]],
    ] as const) {
      vi.spyOn(Math, 'random').mockReturnValue(random);
      const times: number[] = [];
      const { backend } = over(() => (times.push(Date.now()), busy()()));
      await settled(code(backend.escalate('c-1', request, { key: 'k' })));
      const waits = times.slice(1).map((at, i) => at - times[i]!);
      waits.forEach((wait, i) => expect(Math.abs(wait - expected[i]!)).toBeLessThanOrEqual(1.5));
    }
    vi.restoreAllMocks();
  });

  describe('N04: Retry-After', () => {
    const now = Date.parse('2026-05-12T14:05:00Z');
    const waited = async (value: string, headers: Record<string, string> = {}) => {
      vi.setSystemTime(now);
      vi.spyOn(Math, 'random').mockReturnValue(0.4);
      const times: number[] = [];
      const { backend } = over([
        () => (
          times.push(Date.now()),
          problem(429, 'rate-limited', {}, { 'Retry-After': value, ...headers })
        ),
        () => (times.push(Date.now()), json({}, 201)),
      ]);
      const note = backend.note!('c-1', { kind: 'reply', text: 'Done.' }, { ...call, key: 'k' });
      const result = await settled(note.then(() => 'sent').catch((error: BackendError) => error));
      vi.restoreAllMocks();
      return { wait: times.length > 1 ? times[1]! - times[0]! : undefined, result };
    };

    it('a number of seconds is obeyed', async () => {
      expect((await waited('3')).wait).toBe(3000);
      expect((await waited('300')).wait).toBe(300_000);
      expect((await waited('0')).wait).toBeLessThanOrEqual(1);
    });

    it('a date is obeyed, by the clock of the server', async () => {
      expect((await waited('Tue, 12 May 2026 14:05:20 GMT')).wait).toBe(20_000);
      const skewed = { Date: 'Tue, 12 May 2026 16:00:00 GMT' };
      expect((await waited('Tue, 12 May 2026 16:00:07 GMT', skewed)).wait).toBe(7000);
    });

    it.each(['999999999', '301', 'Tue, 12 May 2027 14:05:20 GMT'])(
      'above five minutes (%s) the user is told',
      async (value) => {
        const { wait, result } = await waited(value);
        expect(wait).toBeUndefined();
        expect(result).toMatchObject({ code: 'rate-limited', retryable: true });
        expect((result as BackendError).details.retryAfter).toBeGreaterThan(300);
      },
    );

    it('a read that should wait longer than a second is told at once, so that the page can say so', async () => {
      for (const [value, asked] of [
        ['1', 2],
        ['5', 1],
      ] as const) {
        const { backend, sent } = over([
          () => problem(503, 'unavailable', {}, { 'Retry-After': value }),
          () => json(CASE),
        ]);
        await settled(backend.load('c-1', call).catch(() => undefined));
        expect(sent).toHaveLength(asked);
      }
    });

    it.each(['-1', 'abc', '', 'NaN', 'Infinity', '1e3', 'Mon, 01 Jan 2001 00:00:00 GMT'])(
      '%j says nothing: the ordinary wait',
      async (value) => {
        const { wait, result } = await waited(value);
        expect(result).toBe('sent');
        expect(Math.abs(wait! - 200)).toBeLessThanOrEqual(1);
      },
    );
  });

  it('over the gateway: 503 after the help desk has written is one escalation (N01)', async () => {
    const desk = helpDesk();
    const gateway = gatewayOver({ backend: desk, basePath: '/api' });
    let lost = 2;
    const { backend } = over(
      async (sent) => {
        const answer = await gateway(sent);
        return lost-- > 0 ? new Response(null, { status: 503 }) : answer;
      },
      { headers: () => ({ 'X-User': people.customer.id }) },
    );
    const { escalation, replayed } = await settled(
      backend.escalate('c-1', { ...request, policyVersion: policy.version }, { key: 'k' }),
    );
    expect([Object.keys((await desk.read()).escalations), replayed]).toEqual([[escalation.id], true]);
    expect(caseOf().id).toBe('c-1');
  });
});

describe('T10: deadlines and sizes', () => {
  const forever = () =>
    new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode('{"case":')) }), {
      headers: { 'Content-Type': 'application/json' },
    });

  it.each<[string, Answer]>([
    ['no answer', () => new Promise(() => undefined)],
    ['N03: headers at once, body never', forever],
  ])(
    '%s, by a fetch that does not heed its signal: timeout within 15 s for a read, 30 s for a write, once',
    async (_what, answer) => {
      vi.useFakeTimers();
      for (const [ask, limit] of [
        [(backend: Backend) => backend.load('c-1', call), 15_000],
        [(backend: Backend) => backend.escalate('c-1', request, { key: 'k' }), 30_000],
      ] as const) {
        const { backend, sent } = over(answer);
        let told: unknown;
        ask(backend).catch((error: BackendError) => (told = error.code));
        await vi.advanceTimersByTimeAsync(limit - 1);
        expect(told).toBeUndefined();
        await vi.advanceTimersByTimeAsync(1);
        expect([told, sent.length]).toEqual(['timeout', 1]);
        expect(vi.getTimerCount()).toBe(0);
      }
    },
  );

  it('M13: a body of more than 5 MB is given up while it comes', async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(100_000).fill(0x20))),
          cancel: () => void (cancelled = true),
        }),
        { headers: { 'Content-Type': 'application/json' } },
      );
    const { backend } = over(endless);
    expect(await code(backend.load('c-1', call))).toBe('protocol');
    expect(pulled).toBeLessThan(60);
    expect(cancelled).toBe(true);
  });

  it('… and just below it is read', async () => {
    const padded = JSON.stringify(CASE).padEnd(4_999_000, ' ');
    const { backend } = over(() => new Response(padded, { headers: { 'Content-Type': 'application/json' } }));
    expect(await backend.load('c-1', call)).toMatchObject({ value: { case: { id: CASE.case.id } } });
  });
});

describe('A03: the host’s sign-in', () => {
  const ok: Answer = () => json(CASE);
  it.each<[string, RestOptions['headers']]>([
    [
      'throws',
      () => {
        throw new Error('no token');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no token'))],
    ['has a newline in it', () => ({ Authorization: 'Bearer a\nb' })],
    ['has a letter that no header may have', () => ({ Authorization: 'Bearer ключ' })],
    ['is no headers at all', () => 42 as unknown as HeadersInit],
  ])('%s: signed-out, and nothing is sent', async (_what, headers) => {
    const { backend, sent } = over(ok, { headers });
    expect(await code(backend.load('c-1', call))).toBe('signed-out');
    expect(sent).toEqual([]);
  });

  it('hangs: timeout, within the deadline, and nothing is sent', async () => {
    vi.useFakeTimers();
    const { backend, sent } = over(ok, { headers: () => new Promise(() => undefined) });
    let told: unknown;
    backend.load('c-1', call).catch((error: BackendError) => (told = error.code));
    await vi.advanceTimersByTimeAsync(15_000);
    expect([told, sent.length, vi.getTimerCount()]).toEqual(['timeout', 0, 0]);
  });

  it('gives nothing: sent without', async () => {
    const { backend, sent } = over(ok, { headers: () => undefined as unknown as HeadersInit });
    await backend.load('c-1', call);
    expect(sent[0]!.request.headers.has('Authorization')).toBe(false);
  });

  it('is asked before every request, and never kept', async () => {
    vi.useFakeTimers();
    let asked = 0;
    const { backend, sent } = over([() => new Response(null, { status: 503 }), ok], {
      headers: async () => ({ Authorization: `Bearer t-${++asked}` }),
    });
    await settled(backend.load('c-1', call));
    await settled(backend.load('c-1', call));
    expect(sent.map(({ request: one }) => one.headers.get('Authorization'))).toEqual([
      'Bearer t-1',
      'Bearer t-2',
      'Bearer t-3',
    ]);
  });

  it('A02: 401 is signed-out, asked once', async () => {
    const { backend, sent } = over(() => new Response('<html>', { status: 401 }));
    expect(await code(backend.load('c-1', call))).toBe('signed-out');
    expect(await code(backend.escalate('c-1', request, { key: 'k' }))).toBe('signed-out');
    expect(sent).toHaveLength(2);
  });

  it('T11: a token is in no address and in no error', async () => {
    const { backend, sent } = over(() => problem(403, 'forbidden'), {
      headers: () => ({ Authorization: 'Bearer sentinel' }),
    });
    const error = await outcome(backend.load('c-1', call));
    expect(JSON.stringify([error.message, error.details, sent[0]!.request.url])).not.toContain('sentinel');
  });

  it('T9, T13: no referrer, no cache, same-origin credentials, JSON', async () => {
    const { backend, sent } = over(() => json(ESCALATION, 201));
    await backend.escalate('c-1', request, { key: 'k', languages: ['de', 'en'] });
    const { request: one } = sent[0]!;
    expect([one.referrerPolicy, one.cache, one.credentials]).toEqual([
      'no-referrer',
      'no-store',
      'same-origin',
    ]);
    expect(one.headers.get('Content-Type')).toBe('application/json');
    expect(one.headers.get('Accept-Language')).toMatch(/^de, ?en$/);
    const included = over(() => json(CASE), { credentials: 'include' });
    await included.backend.load('c-1', call);
    expect(included.sent[0]!.request.credentials).toBe('include');
  });
});

describe('refusals', () => {
  it.each<[number, unknown, ErrorCode]>([
    [422, 'something-new', 'invalid'],
    [400, 'something-new', 'invalid'],
    [409, 'something-new', 'invalid'],
    [403, 'something-new', 'forbidden'],
    [404, 'something-new', 'not-found'],
    [401, 'something-new', 'signed-out'],
    [412, 'something-new', 'version-changed'],
    [500, 'something-new', 'server-error'],
    [422, 'network', 'invalid'],
    [422, 'timeout', 'invalid'],
    [422, 'constructor', 'invalid'],
    [422, 42, 'invalid'],
    [422, null, 'invalid'],
  ])('%i with the unknown code %j goes by the status: %s', async (status, unknown, expected) => {
    const { backend, sent } = over(() => problem(status, unknown as string));
    expect(await code(backend.escalate('c-1', request, { key: 'k' }))).toBe(expected);
    expect(sent).toHaveLength(1);
  });

  it('503 with an unknown code is repeated as any 503', async () => {
    vi.useFakeTimers();
    const { backend, sent } = over([() => problem(503, 'maintenance'), () => json(CASE)]);
    await settled(backend.load('c-1', call));
    expect(sent).toHaveLength(2);
  });

  it.each(['"no"', '[]', '[{"code":"invalid"}]', 'null', '42', 'true', '{"code":', ''])(
    '422 with the body %s is a definite refusal',
    async (text) => {
      const { backend, sent } = over(
        () => new Response(text, { status: 422, headers: { 'Content-Type': 'application/json' } }),
      );
      expect(await code(backend.escalate('c-1', request, { key: 'k' }))).toBe('invalid');
      expect(sent).toHaveLength(1);
    },
  );

  it('409 has the winner', async () => {
    const { backend } = over(() => problem(409, 'open-escalation-exists', { escalation: ESCALATION }));
    const error = await outcome(backend.escalate('c-1', request, { key: 'k' }));
    expect([error.code, error.details.escalation?.id]).toEqual(['open-escalation-exists', ESCALATION.id]);
  });

  it('M11: members of the wrong shape are left out, words are cut', async () => {
    const { backend } = over(() =>
      problem(422, 'invalid', {
        detail: 'x'.repeat(1_000_000),
        errors: 'none',
        criteria: [{ id: 1 }],
        escalation: {},
        channel: {},
        plan: 7,
        from: [],
      }),
    );
    const { message, details } = await outcome(backend.escalate('c-1', request, { key: 'k' }));
    expect(message).toHaveLength(500);
    const { status, ...members } = details;
    expect([status, Object.values(members).filter((value) => value !== undefined)]).toEqual([422, []]);
  });

  it('the words of this time are told', async () => {
    const { backend } = over(() => problem(403, 'forbidden', { detail: 'Only the owner may.' }));
    expect((await outcome(backend.load('c-1', call))).message).toBe('Only the owner may.');
  });
});

describe('abort', () => {
  const reason = new Error('left');
  it.each<[string, Partial<RestOptions>, Answer]>([
    ['while it waits for the answer', {}, () => new Promise(() => undefined)],
    ['while it waits for the sign-in', { headers: () => new Promise(() => undefined) }, () => json(CASE)],
    ['while it waits for the next try', {}, () => problem(503, 'unavailable', {}, { 'Retry-After': '1' })],
    [
      'while it reads',
      {},
      () => new Response(new ReadableStream(), { headers: { 'Content-Type': 'application/json' } }),
    ],
  ])('%s: rejects with the reason, at once, and nothing is left', async (_when, options, answer) => {
    vi.useFakeTimers();
    const abort = new AbortController();
    const { backend, sent } = over(answer, options);
    let told: unknown;
    backend.load('c-1', { signal: abort.signal }).catch((error: unknown) => (told = error));
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toBeUndefined();
    const before = sent.length;
    abort.abort(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toBe(reason);
    await vi.advanceTimersByTimeAsync(100_000);
    expect([sent.length, vi.getTimerCount()]).toEqual([before, 0]);
  });

  it('before it begins: nothing is sent', async () => {
    const { backend, sent } = over(() => json(CASE));
    await expect(backend.load('c-1', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  it('a real server sees the connection end', async () => {
    let gone: () => void;
    const left = new Promise<void>((resolve) => (gone = resolve));
    const server = await serving((incoming) => incoming.socket.once('close', gone));
    const abort = new AbortController();
    const work = rest({ endpoint: server.origin }).load('c-1', { signal: abort.signal });
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    abort.abort(reason);
    await expect(work).rejects.toBe(reason);
    await left;
  });
});
