import { once } from 'node:events';
import { connect } from 'node:net';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json } from '../openapi.js';
import { refusal, run, write, type Run } from './running.js';

const CASE = '00481498';

/** A request whose body is written piece by piece, for as long as the server listens. */
function open(server: Run, path: string, headers: Record<string, string>) {
  const sent = httpRequest(server.address + path, { method: 'POST', headers });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  return { sent, answer };
}

/** Writes without end. @returns how much was taken before the answer came, and what it was */
async function pour(
  { sent, answer }: { sent: ClientRequest; answer: Promise<IncomingMessage> },
  most: number,
) {
  const piece = Buffer.alloc(16_384, 'a');
  let bytes = 0;
  let isAnswered = false;
  answer.then(
    () => (isAnswered = true),
    () => (isAnswered = true),
  );
  while (!isAnswered && bytes < most) {
    bytes += piece.length;
    if (!sent.write(piece)) {
      const drained = new Promise((resolve) => sent.once('drain', resolve));
      await Promise.race([drained, answer]);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const got = await answer;
  let text = '';
  for await (const chunk of got) text += String(chunk);
  sent.destroy();
  return { bytes, status: got.statusCode, code: (JSON.parse(text) as Json).code as string };
}

describe('a body', () => {
  let server: Run;
  let cookie: string;
  beforeAll(async () => {
    server = await run();
    cookie = await server.signIn('u-priya');
  });
  afterAll(() => server.stop());

  const json = () => ({
    'Content-Type': 'application/json',
    'Idempotency-Key': '"k-1"',
    Origin: server.address,
    Cookie: cookie,
  });
  const file = () => ({
    'Content-Type': 'text/plain',
    'Content-Disposition': "attachment; filename*=UTF-8''a.log",
    Origin: server.address,
    Cookie: cookie,
  });
  const MB = 1_000_000;

  it('of JSON may have 256 KB, whether or not it says how long it is', async () => {
    const whole = write({ kind: 'reply', text: 'a'.repeat(262_144) }, server.address);
    const known = await server.ask(`/api/cases/${CASE}/notes`, whole, cookie);
    expect(await refusal(known)).toEqual([413, 'too-large']);
    const { bytes, ...endless } = await pour(open(server, `/api/cases/${CASE}/notes`, json()), 64 * MB);
    expect(endless).toEqual({ status: 413, code: 'too-large' });
    expect(bytes).toBeLessThan(16 * MB);
  });

  it('that is a file may have what the policy lets be attached', async () => {
    const { bytes, ...endless } = await pour(open(server, `/api/cases/${CASE}/files`, file()), 64 * MB);
    expect(endless).toEqual({ status: 413, code: 'file-too-large' });
    expect(bytes).toBeLessThan(32 * MB);
  });

  it('is refused before any of it is sent, where its length is said', async () => {
    const { sent, answer } = open(server, `/api/cases/${CASE}/files`, { ...file(), 'Content-Length': '10000000000' });
    sent.flushHeaders();
    expect((await answer).statusCode).toBe(413);
    sent.destroy();
  }); // prettier-ignore

  it('of somebody who is not signed in is not read', async () => {
    const { Cookie: _cookie, ...headers } = json();
    const { sent, answer } = open(server, `/api/cases/${CASE}/notes`, headers);
    sent.flushHeaders();
    expect((await answer).statusCode).toBe(401);
    sent.destroy();
  });

  it('of a form may have little', async () => {
    const person = 'u'.repeat(5000);
    const init = {
      method: 'POST',
      body: new URLSearchParams({ person }),
      headers: { Origin: server.address },
    };
    expect((await server.ask('/sign-in', init)).status).toBe(413);
  });
});

describe('requests per minute', () => {
  const look = (server: Run, cookie = '', headers = {}) =>
    server.ask(`/api/cases/${CASE}`, { headers }, cookie);

  it('are counted per user: one who asks too often waits, and nobody else', async () => {
    const server = await run({ RATE_LIMIT: '20' });
    const [priya, sam] = [await server.signIn('u-priya'), await server.signIn('o-sam')];
    for (let i = 0; i < 20; i++) expect((await look(server, priya)).status).toBe(200);
    const refused = await look(server, priya);
    const seconds = Number(refused.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refusal(refused)).toEqual([429, 'rate-limited']);
    // Another session of the same user is the same user.
    expect((await look(server, await server.signIn('u-priya'))).status).toBe(429);
    expect((await look(server, sam)).status).toBe(200);
    expect((await server.ask('/readyz')).status).toBe(200);
    await server.stop();
  });

  it('are counted per address before somebody is signed in, and what a client says of its address is no address', async () => {
    const server = await run({ RATE_LIMIT: '30' });
    for (let i = 0; i < 3; i++)
      expect((await look(server, '', { 'X-Forwarded-For': `203.0.113.${i}` })).status).toBe(401);
    expect(await refusal(await look(server, '', { 'X-Forwarded-For': '203.0.113.9' }))).toEqual([
      429,
      'rate-limited',
    ]);
    expect((await look(server, await server.signIn('u-priya'))).status).toBe(200);
    await server.stop();
  });

  it('behind a proxy are counted by the address that the proxy has seen', async () => {
    const server = await run({ RATE_LIMIT: '30', TRUSTED_PROXIES: '1' });
    const from = (address: string, claimed: string) =>
      look(server, '', { 'X-Forwarded-For': `${claimed}, ${address}` });
    for (let i = 0; i < 3; i++) expect((await from('203.0.113.1', `10.0.0.${i}`)).status).toBe(401);
    expect((await from('203.0.113.1', '10.0.0.9')).status).toBe(429);
    expect((await from('203.0.113.2', '10.0.0.9')).status).toBe(401);
    await server.stop();
  });

  it('count guesses of tokens and cookies, too', async () => {
    const server = await run({ RATE_LIMIT: '10' });
    expect((await look(server, 'session=guess-1')).status).toBe(401);
    expect((await look(server, 'session=guess-2')).status).toBe(429);
    await server.stop();
  });
});

describe('event streams', () => {
  it('are so many per user; one that is closed makes room', async () => {
    const server = await run({ STREAMS_PER_USER: '2' });
    const [priya, sam] = [await server.signIn('u-priya'), await server.signIn('o-sam')];
    const listen = async (cookie: string) => {
      const stop = new AbortController();
      const answer = await server.ask(`/api/cases/${CASE}/events`, { signal: stop.signal }, cookie);
      return { answer, stop };
    };
    const first = await listen(priya);
    expect((await listen(priya)).answer.headers.get('Content-Type')).toBe('text/event-stream');
    expect(await refusal((await listen(priya)).answer)).toEqual([429, 'rate-limited']);
    expect((await listen(sam)).answer.status).toBe(200);
    // However the path is written, it is the same stream.
    const other = await server.ask(`/api/cases/${CASE}/%65vents`, {}, priya);
    expect(await refusal(other)).toEqual([429, 'rate-limited']);
    first.stop.abort();
    // The server hears of it when the connection has closed.
    await vi.waitFor(async () => expect((await listen(priya)).answer.status).toBe(200), { timeout: 10_000 });
    await server.stop();
  });

  it('that were asked for one behind the other go with their connection', async () => {
    const server = await run({ STREAMS_PER_USER: '5' });
    const priya = await server.signIn('u-priya');
    const askFor = (many: number, cookie: string) => {
      const socket = connect(Number(new URL(server.address).port), '127.0.0.1');
      socket.on('error', () => undefined);
      const head = `GET /api/cases/${CASE}/events HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`;
      socket.write(head.repeat(many));
      return socket;
    };
    // Nobody's are refused, and take nobody's place.
    await once(askFor(10, 'none').resume(), 'close');
    expect((await server.ask(`/api/cases/${CASE}/events`)).status).toBe(401);

    const socket = askFor(5, priya);
    await once(socket, 'data');
    const status = async () => {
      const stop = new AbortController();
      const answer = await server.ask(`/api/cases/${CASE}/events`, { signal: stop.signal }, priya);
      stop.abort();
      return answer.status;
    };
    await vi.waitFor(async () => expect(await status()).toBe(429), { timeout: 10_000 });
    socket.destroy();
    await vi.waitFor(async () => expect(await status()).toBe(200), { timeout: 10_000 });
    await server.stop();
  });
});
