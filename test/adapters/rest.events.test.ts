import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rest, type RestOptions } from '../../src/adapters/rest.js';
import type { Backend, BackendError, CaseEvent } from '../../src/core/backend.js';
import { gatewayOver, helpDesk, people, policy, request } from '../desk.js';
import { serve } from '../http.js';
import { document } from '../openapi.js';
import { CASE, code, ESCALATION, json, over, problem, serving, type Answer } from './scripted.js';

const ENTRY = structuredClone(document.components.examples.Entry.value);
const KASE = { ...CASE.case, id: 'c-1' };

const block = (name: string, data: unknown, id?: string) =>
  `event: ${name}\n${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(data)}\n\n`;

/** A stream that a test writes to, and sees being given up. */
function line(type = 'text/event-stream') {
  let out: ReadableStreamDefaultController<Uint8Array>;
  let given = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (out = controller),
    cancel: () => void (given = true),
  });
  return {
    answer: () => new Response(body, { headers: { 'Content-Type': type } }),
    say: (text: string) => out.enqueue(new TextEncoder().encode(text)),
    end: () => out.close(),
    cut: () => out.error(new TypeError('terminated')),
    get givenUp() {
      return given;
    },
  };
}

/** Watches `c-1`, and remembers what was told and how it ended. */
function watching(backend: Backend, { since, abort }: { since?: string; abort?: AbortController } = {}) {
  const heard: CaseEvent[] = [];
  const ended: { result?: boolean; error?: BackendError } = {};
  const done = backend.watch!('c-1', since, { signal: abort?.signal, etag: 'old' }, (event) =>
    heard.push(event),
  ).then(
    (result) => void (ended.result = result),
    (error: BackendError) => void (ended.error = error),
  );
  return { heard, ended, done };
}
/** `rest` at one stream. */
function at(stream: ReturnType<typeof line>, options: Partial<RestOptions> = {}) {
  return over(stream.answer, options);
}
const soon = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());

describe('what is asked', () => {
  it('by GET with the host’s headers, from the last event on, once', async () => {
    const stream = line();
    const { backend, sent } = at(stream, {
      headers: () => ({ Authorization: 'Bearer t' }),
      credentials: 'include',
    });
    const { done } = watching(backend, { since: '881' });
    await soon();
    stream.end();
    await done;
    const { method, url, headers, credentials, redirect, referrerPolicy, cache } = sent[0]!.request;
    expect([method, url]).toEqual(['GET', 'https://desk.test/api/cases/c-1/events']);
    expect(Object.fromEntries(headers)).toMatchObject({
      accept: 'text/event-stream',
      authorization: 'Bearer t',
      'last-event-id': '881',
    });
    expect(headers.has('If-None-Match')).toBe(false);
    expect([credentials, redirect, referrerPolicy, cache]).toEqual([
      'include',
      'manual',
      'no-referrer',
      'no-store',
    ]);
    expect(sent).toHaveLength(1);
  });

  it('without an event heard: no Last-Event-ID', async () => {
    const { backend, sent } = over(() => new Response(null, { status: 204 }));
    await watching(backend).done;
    expect(sent[0]!.request.headers.has('Last-Event-ID')).toBe(false);
  });

  it('an id that cannot be sent is refused before anything is', async () => {
    const { backend, sent } = over(() => new Response(null, { status: 204 }));
    expect(await code(backend.watch!('..', undefined, {}, () => undefined))).toBe('bad-address');
    expect(sent).toEqual([]);
  });
});

describe('what is told', () => {
  const told = async (text: string): Promise<CaseEvent[]> => {
    const stream = line();
    const { backend } = at(stream);
    const { heard, ended, done } = watching(backend);
    await soon();
    stream.say(text);
    stream.end();
    await done;
    expect(ended).toEqual({ result: true });
    return heard;
  };

  it('each kind, in order, with its id', async () => {
    const text =
      ': still here\n\n' +
      block('reset', {}, '1') +
      block('escalation', ESCALATION, '2') +
      block('entry', { ...ENTRY, escalationId: 'e-1' }, '3') +
      block('case', KASE, '4');
    expect(await told(text)).toEqual([
      { kind: 'reset', id: '1' },
      { kind: 'escalation', escalation: ESCALATION, id: '2' },
      { kind: 'entry', escalationId: 'e-1', entry: ENTRY, id: '3' },
      { kind: 'case', case: KASE, id: '4' },
    ]);
  });

  it('without an id there is none', async () => {
    expect(await told(block('case', KASE))).toEqual([{ kind: 'case', case: KASE }]);
  });

  it.each<[string, string]>([
    ['no JSON', 'event: entry\ndata: {"id":\n\n'],
    ['an entry without author', block('entry', { ...ENTRY, escalationId: 'e-1', author: null })],
    ['an entry that does not say of what', block('entry', ENTRY)],
    ['an escalation that is none', block('escalation', { id: 'e-1' })],
    ['an escalation of another case', block('escalation', { ...ESCALATION, caseId: 'c-2' })],
    ['a case that is none', block('case', { id: 'c-1' })],
    ['another case', block('case', { ...KASE, id: 'c-2' })],
    ['null', block('case', null)],
    ['a list', block('escalation', [ESCALATION])],
    ['reset that says nothing readable', 'event: reset\ndata: now\n\n'],
  ])('%s is told as `reset`, and what follows is heard', async (_what, bad) => {
    expect(await told(`id: 7\n${bad}${block('case', KASE, '8')}`)).toEqual([
      { kind: 'reset', id: '7' },
      { kind: 'case', case: KASE, id: '8' },
    ]);
  });

  it('names of a newer server, and none, are left out', async () => {
    const text = `${block('presence', {})}data: {}\n\n${block('Case', KASE)}${block('constructor', {})}`;
    expect(await told(text + block('case', KASE, '8'))).toEqual([{ kind: 'case', case: KASE, id: '8' }]);
  });

  it('at once: an event is told while the stream goes on', async () => {
    const stream = line();
    const { heard, ended } = watching(at(stream).backend);
    await soon();
    stream.say(block('case', KASE, '4').slice(0, 20));
    await soon();
    expect(heard).toEqual([]);
    stream.say(block('case', KASE, '4').slice(20));
    await soon();
    expect(heard).toHaveLength(1);
    expect(ended).toEqual({});
  });
});

describe('how it ends', () => {
  it('204: there are no events here', async () => {
    const { ended, done } = watching(over(() => new Response(null, { status: 204 })).backend);
    await done;
    expect(ended).toEqual({ result: false });
  });

  it.each<[string, Answer]>([
    ['a login page', () => new Response('<form>', { headers: { 'Content-Type': 'text/html' } })],
    ['JSON', () => json(CASE)],
    ['no type', () => new Response(new TextEncoder().encode(block('case', KASE)))],
    ['a type that only looks so', () => new Response('', { headers: { 'Content-Type': 'text/event-streams' } })],
    ['201', () => new Response('', { status: 201, headers: { 'Content-Type': 'text/event-stream' } })],
    ['304 that was not asked for', () => new Response(null, { status: 304 })],
    ['an opaque redirect', () => Object.defineProperty(new Response(null), 'status', { value: 0 })],
  ])('%s is `protocol`, and nothing is told', async (_what, answer) => {
    const { backend, sent } = over(answer);
    const { heard, ended, done } = watching(backend);
    await done;
    expect([ended.error?.code, heard, sent.length, vi.getTimerCount()]).toEqual(['protocol', [], 1, 0]);
  }); // prettier-ignore

  it.each<[string, Answer, string]>([
    ['401', () => new Response('<html>', { status: 401 }), 'signed-out'],
    ['403', () => problem(403, 'forbidden'), 'forbidden'],
    ['404', () => problem(404, 'not-found'), 'not-found'],
    ['429', () => problem(429, 'rate-limited', {}, { 'Retry-After': '1' }), 'rate-limited'],
    ['502 of a proxy', () => new Response('<html>', { status: 502 }), 'unavailable'],
    ['503', () => problem(503, 'unavailable'), 'unavailable'],
    ['500', () => problem(500, 'server-error'), 'server-error'],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'network'],
  ])('%s rejects, and is not repeated', async (_what, answer, expected) => {
    const { backend, sent } = over(answer);
    const { ended } = watching(backend);
    await vi.advanceTimersByTimeAsync(600_000);
    expect([ended.error?.code, sent.length, vi.getTimerCount()]).toEqual([expected, 1, 0]);
  });

  it('the server ends it: true', async () => {
    const stream = line();
    const { ended, done } = watching(at(stream).backend);
    await soon();
    stream.say('event: case\ndata: half');
    stream.end();
    await done;
    expect([ended, vi.getTimerCount()]).toEqual([{ result: true }, 0]);
  });

  it('the connection breaks: `network`', async () => {
    const stream = line();
    const { heard, ended, done } = watching(at(stream).backend);
    await soon();
    stream.say(block('case', KASE));
    await soon();
    stream.cut();
    await done;
    expect([ended.error?.code, heard.length, vi.getTimerCount()]).toEqual(['network', 1, 0]);
  });

  it('no answer, or no sign-in, in 15 s: `timeout`', async () => {
    for (const [answer, options] of [
      [() => new Promise<never>(() => undefined), {}],
      [line().answer, { headers: () => new Promise<never>(() => undefined) }],
    ] as const) {
      const { ended } = watching(over(answer, options).backend);
      await vi.advanceTimersByTimeAsync(14_999);
      expect(ended).toEqual({});
      await vi.advanceTimersByTimeAsync(1);
      expect([ended.error?.code, vi.getTimerCount()]).toEqual(['timeout', 0]);
    }
  });

  it('no byte for 45 s: `timeout`; a comment is one', async () => {
    const stream = line();
    const { ended } = watching(at(stream).backend);
    for (let n = 0; n < 20; n++) {
      await vi.advanceTimersByTimeAsync(44_000);
      stream.say(':\n');
    }
    await vi.advanceTimersByTimeAsync(44_999);
    expect(ended).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    expect([ended.error?.code, stream.givenUp, vi.getTimerCount()]).toEqual(['timeout', true, 0]);
  });

  it('an event of more than 1 MB: `protocol`, and the stream is given up', async () => {
    const stream = line();
    const { ended, done } = watching(at(stream).backend);
    await soon();
    for (let n = 0; n < 11; n++) stream.say('x'.repeat(100_000));
    await done;
    expect([ended.error?.code, stream.givenUp, vi.getTimerCount()]).toEqual(['protocol', true, 0]);
  });
});

describe('abort: true, at once, and nothing is left', () => {
  it('while it listens, also by a fetch that does not heed the signal', async () => {
    const stream = line();
    const abort = new AbortController();
    const { heard, ended, done } = watching(at(stream).backend, { abort });
    await soon();
    stream.say(block('case', KASE));
    await soon();
    abort.abort();
    await done;
    await soon();
    expect([ended, heard.length, stream.givenUp, vi.getTimerCount()]).toEqual([{ result: true }, 1, true, 0]);
  });

  it('while it waits for the answer, which is given up when it comes', async () => {
    const stream = line();
    let arrive: (response: Response) => void = () => undefined;
    const abort = new AbortController();
    const { backend } = over(() => new Promise<Response>((resolve) => (arrive = resolve)));
    const { heard, ended, done } = watching(backend, { abort });
    await soon();
    abort.abort();
    await done;
    expect([ended, vi.getTimerCount()]).toEqual([{ result: true }, 0]);
    stream.say(block('case', KASE));
    arrive(stream.answer());
    await soon();
    expect([heard, stream.givenUp, vi.getTimerCount()]).toEqual([[], true, 0]);
  });

  it('before it begins: nothing is sent', async () => {
    const abort = new AbortController();
    abort.abort();
    const { backend, sent } = over(line().answer);
    const { ended, done } = watching(backend, { abort });
    await done;
    expect([ended, sent]).toEqual([{ result: true }, []]);
  });

  it('by whoever is told: the rest of the same piece is not', async () => {
    const stream = line();
    const abort = new AbortController();
    const heard: CaseEvent[] = [];
    const done = at(stream).backend.watch!('c-1', undefined, { signal: abort.signal }, (event) => {
      heard.push(event);
      abort.abort();
    });
    await soon();
    stream.say(block('case', KASE, '1') + block('case', KASE, '2'));
    expect(await done).toBe(true);
    expect(heard.map(({ id }) => id)).toEqual(['1']);
  });
});

describe('over HTTP on loopback', () => {
  beforeEach(() => void vi.useRealTimers());

  it('a server that writes byte by byte is heard; it sees the connection end', async () => {
    let gone: () => void;
    const left = new Promise<void>((resolve) => (gone = resolve));
    const server = await serving((incoming, outgoing) => {
      incoming.socket.once('close', gone);
      outgoing.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
      const text = Buffer.from(block('case', { ...KASE, subject: 'Grüße 👍🏽' }, '1'));
      for (const byte of text) outgoing.write(Buffer.from([byte]));
    });
    const abort = new AbortController();
    const { heard, ended, done } = watching(rest({ endpoint: server.origin }), { abort });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject({ case: { subject: 'Grüße 👍🏽' } });
    abort.abort();
    await done;
    expect(ended).toEqual({ result: true });
    await left;
  });

  it('a redirect is not followed', async () => {
    const other = await serving((_, outgoing) => void outgoing.writeHead(200).end());
    const first = await serving((_, outgoing) => {
      outgoing.writeHead(307, { Location: `${other.origin}/cases/c-1/events` }).end();
    });
    const { ended, done } = watching(rest({ endpoint: first.origin }));
    await done;
    expect([ended.error?.code, other.seen]).toEqual(['protocol', []]);
  });

  it('the real gateway tells what another does, and after a break only what was missed', async () => {
    const gateway = gatewayOver({ backend: helpDesk(), basePath: '/api' });
    const server = await serve(gateway);
    const as = (id: string) => rest({ endpoint: `${server.origin}/api`, headers: () => ({ 'X-User': id }) });
    const customer = as(people.customer.id);
    const owner = as(people.owner.id);
    const { escalation } = await customer.escalate(
      'c-1',
      { ...request, policyVersion: policy.version },
      { key: 'k' },
    );
    const said = (heard: CaseEvent[]) =>
      heard.flatMap((event) => (event.kind === 'entry' && event.entry.text ? [event.entry.text] : []));

    const first = new AbortController();
    const one = watching(customer, { abort: first });
    await vi.waitFor(() => expect(one.heard.map(({ kind }) => kind)).toContain('reset'));
    await owner.post!(escalation.id, { clientId: 'm-1', text: 'On it.' }, {});
    await vi.waitFor(() => expect(said(one.heard)).toEqual(['On it.']));
    expect(one.heard.find(({ kind }) => kind === 'entry')).toMatchObject({ escalationId: escalation.id });
    first.abort();
    await one.done;

    await owner.post!(escalation.id, { clientId: 'm-2', text: 'Fixed.' }, {});
    const second = new AbortController();
    const since = one.heard.findLast(({ id }) => id)?.id;
    const two = watching(customer, { abort: second, since });
    await vi.waitFor(() => expect(said(two.heard)).toEqual(['Fixed.']));
    expect(two.heard.map(({ kind }) => kind)).not.toContain('reset');
    second.abort();
    await two.done;
    await server.close();
  });
});
