import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rest, type RestOptions } from '../../src/adapters/rest.js';
import type { Backend, BackendError, Call, ErrorCode } from '../../src/core/backend.js';
import { attachmentNamed } from '../../src/core/disposition.js';
import { fileNameIn } from '../../src/gateway/file-names.js';
import { attach, gatewayOver, helpDesk, people, policy, request } from '../desk.js';
import { serve } from '../http.js';
import { document } from '../openapi.js';
import { code, ENDPOINT, json, outcome, over, problem, serving, type Answer } from './scripted.js';

const ATTACHMENT = structuredClone(document.components.examples.Attachment.value);
const FILE = { name: 'trace.log', data: new Blob(['12345'], { type: 'text/plain' }) };
const call = {};
const kept = () => json(ATTACHMENT, 201);

/** As much of a browser's XMLHttpRequest as an upload needs, over a fetch; a test says what happens on the way. */
function fakeXhr(answer: Answer, way: { sent?: number[]; responseURL?: string; fails?: boolean } = {}) {
  type Sent = {
    request: Request;
    credentials: boolean;
    aborted: boolean;
    progress: (loaded: number) => void;
  };
  const requests: Sent[] = [];
  class FakeXhr {
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
    onload?: () => void;
    onerror?: () => void;
    onabort?: () => void;
    onprogress?: (event: { loaded: number }) => void;
    responseType = '';
    withCredentials = false;
    responseURL = '';
    status = 0;
    response: unknown = null;
    #headers = new Headers();
    #answer = new Headers();
    #url = '';
    #method = '';
    #mine: (typeof requests)[number] | undefined;
    open(method: string, url: string) {
      [this.#method, this.#url] = [method, url];
    }
    setRequestHeader(name: string, value: string) {
      this.#headers.append(name, value);
    }
    getAllResponseHeaders() {
      return [...this.#answer].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }
    abort() {
      if (this.#mine) this.#mine.aborted = true;
      this.onabort?.();
    }
    send(body: Blob) {
      const made = new Request(this.#url, { method: this.#method, headers: this.#headers, body });
      const progress = (loaded: number) => this.upload.onprogress?.({ loaded, total: body.size });
      this.#mine = { request: made, credentials: this.withCredentials, aborted: false, progress };
      requests.push(this.#mine);
      void this.#go(made);
    }
    async #go(made: Request) {
      way.sent?.forEach(this.#mine!.progress);
      if (way.fails) return this.onerror?.();
      const response = await answer(made, requests.length);
      this.#answer = response.headers;
      this.status = response.status;
      this.response = await response.arrayBuffer();
      this.onprogress?.({ loaded: (this.response as ArrayBuffer).byteLength });
      if (this.#mine?.aborted) return undefined;
      this.responseURL = way.responseURL ?? this.#url;
      this.onload?.();
    }
  }
  vi.stubGlobal('XMLHttpRequest', FakeXhr);
  return requests;
}
afterEach(() => void vi.unstubAllGlobals());

/** The same upload both ways: by an injected fetch, and by the browser's XMLHttpRequest. */
const WAYS: Record<string, (answer: Answer, options?: Partial<RestOptions>) => { backend: Backend; count: () => number; request: () => Request }> = {
  fetch: (answer, options) => {
    const { backend, sent } = over(answer, options);
    return { backend, count: () => sent.length, request: () => sent[0]!.request };
  },
  XMLHttpRequest: (answer, options) => {
    const requests = fakeXhr(answer);
    const backend = rest({ endpoint: ENDPOINT, ...options });
    return { backend, count: () => requests.length, request: () => requests[0]!.request };
  },
}; // prettier-ignore

describe.each(Object.entries(WAYS))('upload by %s', (_way, start) => {
  it('sends the bytes with type, name and the host’s headers, and answers with the attachment', async () => {
    const { backend, request } = start(kept, { headers: () => ({ Authorization: 'Bearer t' }) });
    expect(await backend.upload!('c 1', FILE, call)).toEqual(ATTACHMENT);
    const { method, url, headers } = request();
    expect([method, url]).toEqual(['POST', `${ENDPOINT}/cases/c%201/files`]);
    expect(Object.fromEntries(headers)).toMatchObject({
      authorization: 'Bearer t',
      'content-type': 'text/plain',
      'content-disposition': "attachment; filename*=UTF-8''trace.log",
      accept: 'application/json',
    });
    expect(await request().text()).toBe('12345');
  });

  it('an empty file of no known type is a file', async () => {
    const { backend, request } = start(kept);
    await backend.upload!('c-1', { name: 'x', data: new Blob([]) }, call);
    expect([request().method, request().headers.get('Content-Type'), await request().text()]).toEqual([
      'POST',
      'application/octet-stream',
      '',
    ]);
  });

  it.each<[string, Answer, ErrorCode]>([
    ['401', () => new Response('<html>', { status: 401 }), 'signed-out'],
    ['403', () => problem(403, 'forbidden'), 'forbidden'],
    ['404', () => problem(404, 'not-found'), 'not-found'],
    ['413 of a proxy', () => new Response('<html>', { status: 413 }), 'too-large'],
    ['422', () => problem(422, 'invalid'), 'invalid'],
    ['429', () => problem(429, 'rate-limited', {}, { 'Retry-After': '1' }), 'rate-limited'],
    ['500', () => problem(500, 'server-error'), 'server-error'],
    ['502 of a proxy', () => new Response('<html>', { status: 502 }), 'unavailable'],
    ['503', () => problem(503, 'unavailable'), 'unavailable'],
    ['a login page', () => new Response('<form>', { headers: { 'Content-Type': 'text/html' } }), 'protocol'],
    ['204', () => new Response(null, { status: 204 }), 'protocol'],
    ['304', () => new Response(null, { status: 304 }), 'protocol'],
    ['truncated JSON', () => new Response('{"id":', { status: 201, headers: { 'Content-Type': 'application/json' } }), 'protocol'],
    ['more than 5 MB', () => json('x'.repeat(5_000_001), 201), 'protocol'],
    ['an attachment without id', () => json({ ...ATTACHMENT, id: '' }, 201), 'protocol'],
    ['an attachment without size', () => json({ ...ATTACHMENT, bytes: null }, 201), 'protocol'],
    ['null', () => json(null, 201), 'protocol'],
  ])('%s rejects, and is not repeated', async (_what, answer, expected) => {
    const { backend, count } = start(answer);
    expect(await code(backend.upload!('c-1', FILE, { key: 'k' }))).toBe(expected);
    expect(count()).toBe(1);
  }); // prettier-ignore

  it('what a help desk says of a file it refuses is told', async () => {
    const large = start(() => problem(413, 'file-too-large', { maxBytes: 1000, detail: 'At most 1 kB.' }));
    const tooLarge = await outcome(large.backend.upload!('c-1', FILE, call));
    expect([tooLarge.code, tooLarge.details.maxBytes, tooLarge.message]).toEqual([
      'file-too-large',
      1000,
      'At most 1 kB.',
    ]);
    const odd = start(() => problem(415, 'file-type-refused', { allowed: ['image/*', '.log'] }));
    const refused = await outcome(odd.backend.upload!('c-1', FILE, call));
    expect([refused.code, refused.details.allowed]).toEqual(['file-type-refused', ['image/*', '.log']]);
  });

  it('nobody signed in: nothing is sent', async () => {
    const { backend, count } = start(kept, { headers: () => Promise.reject(new Error('no token')) });
    expect(await code(backend.upload!('c-1', FILE, call))).toBe('signed-out');
    expect(count()).toBe(0);
  });

  it('aborted: rejects with the reason, at once, and nothing is left', async () => {
    vi.useFakeTimers();
    const reason = new Error('left');
    const abort = new AbortController();
    const { backend, count } = start(() => new Promise(() => undefined));
    let told: unknown;
    backend.upload!('c-1', FILE, { signal: abort.signal }).catch((error: unknown) => (told = error));
    // How many turns it takes until the request is on its way differs from one Node to the next.
    await vi.waitUntil(() => count() === 1);
    expect(told).toBeUndefined();
    abort.abort(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect([told, vi.getTimerCount()]).toEqual([reason, 0]);
  });
});

describe('upload by XMLHttpRequest', () => {
  const upload = (options: Partial<RestOptions> = {}, more: Call = call) =>
    rest({ endpoint: ENDPOINT, ...options }).upload!('c-1', FILE, more);

  it('tells how many bytes have gone', async () => {
    fakeXhr(kept, { sent: [0, 2, 5] });
    const told: number[][] = [];
    await upload({}, { onProgress: (...numbers) => told.push(numbers) });
    expect(told).toEqual([[0, 5], [2, 5], [5, 5]]); // prettier-ignore
  });

  it('credentials: with them to another origin where the host says so, never by it where it says none', async () => {
    const requests = fakeXhr(kept);
    await upload();
    await upload({ credentials: 'include' });
    expect(requests.map(({ credentials }) => credentials)).toEqual([false, true]);
    const fetch = vi.fn(async () => kept());
    vi.stubGlobal('fetch', fetch);
    await upload({ credentials: 'omit' });
    expect([requests.length, fetch.mock.calls.length]).toEqual([2, 1]);
  });

  it('is not used where the host has a fetch of its own', async () => {
    const requests = fakeXhr(kept);
    await over(kept).backend.upload!('c-1', FILE, call);
    expect(requests).toEqual([]);
  });

  it.each(['https://desk.test/login', 'https://other.test/api/cases/c-1/files', ''])(
    'an answer from %j is a redirect: `protocol`, whatever it says',
    async (responseURL) => {
      fakeXhr(kept, { responseURL });
      expect(await code(upload())).toBe('protocol');
    },
  );

  it('no connection: `network`, once', async () => {
    const requests = fakeXhr(kept, { fails: true });
    expect(await code(upload({}, { key: 'k' }))).toBe('network');
    expect(requests).toHaveLength(1);
  });

  it('a status that no answer can have is `protocol`, and no error of the page', async () => {
    fakeXhr(() => Object.defineProperty(new Response(''), 'status', { value: 999 }));
    expect(await code(upload())).toBe('protocol');
  });

  it('aborted, the browser stops sending', async () => {
    const requests = fakeXhr(() => new Promise(() => undefined));
    const abort = new AbortController();
    const work = upload({}, { signal: abort.signal });
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    abort.abort(new Error('left'));
    await expect(work).rejects.toThrow('left');
    expect(requests[0]!.aborted).toBe(true);
  });
});

describe('T10: how long an upload may take', () => {
  const failing = async (backend: Backend, data = FILE.data) => {
    const told: { code?: string } = {};
    backend.upload!('c-1', { name: 'x', data }, call).catch(
      (error: BackendError) => (told.code = error.code),
    );
    await vi.advanceTimersByTimeAsync(0);
    return told;
  };
  beforeEach(() => void vi.useFakeTimers());
  const never = () => new Promise<never>(() => undefined);

  it('60 s after the last progress: `timeout`, once, and the browser stops', async () => {
    const requests = fakeXhr(never);
    const told = await failing(rest({ endpoint: ENDPOINT }));
    for (const n of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(59_000);
      requests[0]!.progress(n);
    }
    await vi.advanceTimersByTimeAsync(59_999);
    expect(told).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    expect([told.code, requests.length, requests[0]!.aborted, vi.getTimerCount()]).toEqual([
      'timeout',
      1,
      true,
      0,
    ]);
    requests[0]!.progress(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('where no progress is known: as long as a slow line needs for its size', async () => {
    const { backend, sent } = over(never);
    const told = await failing(backend, new Blob([new Uint8Array(3_200_000)]));
    await vi.advanceTimersByTimeAsync(159_999);
    expect(told).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    expect([told.code, sent.length, vi.getTimerCount()]).toEqual(['timeout', 1, 0]);
  });
});

describe('the name of a file', () => {
  const header = /^attachment; filename\*=UTF-8''(?:[\w!#$&+.^`|~-]|%[0-9A-F]{2})+$/;
  // The gateway makes a name safe to keep; what needs no making safe comes back as it was.
  const harmless = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((name) => name.normalize('NFC'))
    .filter((name) => !/[/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s|[\s.]$/u.test(name));

  it('comes back from the gateway as it was', () => {
    fc.assert(
      fc.property(harmless, (name) => {
        expect(attachmentNamed(name)).toMatch(header);
        expect(fileNameIn(attachmentNamed(name))).toBe(name);
      }),
      { numRuns: 500 },
    );
  });

  it('is a header whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        expect(attachmentNamed(name)).toMatch(header);
        expect(new Headers({ 'Content-Disposition': attachmentNamed(name) }).get('Content-Disposition')).toBe(
          attachmentNamed(name),
        );
      }),
    );
  });

  it.each([
    ["o'hara (1)*!.log", "attachment; filename*=UTF-8''o%27hara%20%281%29%2A%21.log"],
    ['a"; filename=x.exe', "attachment; filename*=UTF-8''a%22%3B%20filename%3Dx.exe"],
    ['x\r\nX-Evil: 1', "attachment; filename*=UTF-8''x%0D%0AX-Evil%3A%201"],
    ['案 👍', "attachment; filename*=UTF-8''%E6%A1%88%20%F0%9F%91%8D"],
    ['half \ud83d', "attachment; filename*=UTF-8''half%20%EF%BF%BD"],
  ])('%j', (name, expected) => expect(attachmentNamed(name)).toBe(expected));
});

describe('download', () => {
  const file = (data: BodyInit, headers: Record<string, string> = {}) =>
    new Response(data, {
      headers: { 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment', ...headers },
    });
  const bytes = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())];

  it('asks with the host’s headers, and gives the bytes without a type', async () => {
    const data = new Uint8Array([0, 255, 10, 13, 0xef, 0xbb, 0xbf]);
    const { backend, sent } = over(() => file(data), { headers: () => ({ Authorization: 'Bearer t' }) });
    const blob = await backend.download!('c/1', 'f 7', { etag: 'old' });
    expect([blob.type, await bytes(blob)]).toEqual(['application/octet-stream', [...data]]);
    const { method, url, headers } = sent[0]!.request;
    expect([method, url]).toEqual(['GET', `${ENDPOINT}/cases/c%2F1/files/f%207`]);
    expect([headers.get('Authorization'), headers.has('If-None-Match')]).toEqual(['Bearer t', false]);
  });

  it('an empty file, and one that is JSON or a page, are files', async () => {
    for (const data of ['', '{"code":"x"}', '<!doctype html>']) {
      const { backend } = over(() => file(data, { 'Content-Type': data ? 'text/html' : 'text/plain' }));
      const blob = await backend.download!('c-1', 'f', call);
      expect([await blob.text(), blob.type]).toEqual([data, 'application/octet-stream']);
    }
  });

  it.each<[string, Answer, ErrorCode]>([
    ['a login page', () => new Response('<form>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }), 'protocol'],
    ['a page that says inline', () => file('<form>', { 'Content-Type': 'application/xhtml+xml', 'Content-Disposition': 'inline' }), 'protocol'],
    ['204', () => new Response(null, { status: 204 }), 'protocol'],
    ['206', () => new Response('x', { status: 206 }), 'protocol'],
    ['304', () => new Response(null, { status: 304 }), 'protocol'],
    ['an opaque redirect', () => Object.defineProperty(new Response(null), 'status', { value: 0 }), 'protocol'],
    ['401', () => new Response('<html>', { status: 401 }), 'signed-out'],
    ['404', () => problem(404, 'not-found'), 'not-found'],
  ])('%s rejects', async (_what, answer, expected) => {
    const { backend, sent } = over(answer);
    expect(await code(backend.download!('c-1', 'f', call))).toBe(expected);
    expect(sent).toHaveLength(1);
  }); // prettier-ignore

  it('more than 100 MB is given up while it comes', async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(1_000_000))),
      cancel: () => void (cancelled = true),
    });
    const { backend } = over(() => file(endless));
    expect(await code(backend.download!('c-1', 'f', call))).toBe('protocol');
    expect([pulled <= 103, cancelled]).toEqual([true, true]);
  });

  it('60 s without a byte: `timeout`; aborted: the reason; the stream is given up', async () => {
    vi.useFakeTimers();
    for (const ends of ['timeout', 'abort'] as const) {
      let out: ReadableStreamDefaultController<Uint8Array>;
      let cancelled = false;
      const slow = new ReadableStream<Uint8Array>({
        start: (controller) => void (out = controller),
        cancel: () => void (cancelled = true),
      });
      const abort = new AbortController();
      const { backend, sent } = over(() => file(slow));
      let told: unknown;
      backend.download!('c-1', 'f', { signal: abort.signal }).catch((error: unknown) => (told = error));
      for (let n = 0; n < 5; n++) {
        await vi.advanceTimersByTimeAsync(59_000);
        out!.enqueue(new Uint8Array(1));
      }
      await vi.advanceTimersByTimeAsync(59_999);
      expect(told).toBeUndefined();
      const reason = new Error('left');
      if (ends === 'abort') abort.abort(reason);
      await vi.advanceTimersByTimeAsync(1);
      expect(told).toEqual(ends === 'abort' ? reason : expect.objectContaining({ code: 'timeout' }));
      expect([cancelled, sent.length, vi.getTimerCount()]).toEqual([true, 1, 0]);
    }
  });

  it('a body that is cut off is no file', async () => {
    const server = await serving((_, outgoing) => {
      outgoing.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': '10' });
      outgoing.write('12345', () => outgoing.destroy());
    });
    expect(await code(rest({ endpoint: server.origin }).download!('c-1', 'f', { background: true }))).toBe(
      'network',
    );
  });
});

describe('over the real gateway, by HTTP on loopback', () => {
  it('a file goes there and comes back byte for byte', async () => {
    const backend = helpDesk(undefined, { attach });
    const server = await serve(gatewayOver({ backend, basePath: '/api' }));
    const customer = rest({
      endpoint: `${server.origin}/api`,
      headers: () => ({ 'X-User': people.customer.id }),
    });
    const data = new Blob([Uint8Array.from({ length: 256 }, (_, i) => i)], { type: 'text/plain' });
    const attachment = await customer.upload!('c-1', { name: 'Grüße 👍.log', data }, call);
    expect(attachment).toMatchObject({ name: 'Grüße 👍.log', bytes: 256, type: 'text/plain' });
    const asked = { ...request, policyVersion: policy.version, attachmentIds: [attachment.id] };
    const { escalation } = await customer.escalate('c-1', asked, { key: 'k' });
    expect(escalation.attachments).toEqual([attachment]);
    const back = await customer.download!('c-1', attachment.id, call);
    expect(await back.arrayBuffer()).toEqual(await data.arrayBuffer());

    const large = await outcome(
      customer.upload!('c-1', { name: 'x.log', data: new Blob([new Uint8Array(1001)]) }, call),
    );
    expect([large.code, large.details.maxBytes]).toEqual(['file-too-large', 1000]);
    const odd = await outcome(
      customer.upload!('c-1', { name: 'x.exe', data: new Blob(['x'], { type: 'application/x-msdownload' }) }, call),
    ); // prettier-ignore
    expect([odd.code, odd.details.allowed]).toEqual(['file-type-refused', attach.types]);
    expect(await code(customer.download!('c-1', 'none', call))).toBe('not-found');
    await server.close();
  });
});
