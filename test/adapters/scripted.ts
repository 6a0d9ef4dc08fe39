import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, vi } from 'vitest';
import { rest, type RestOptions } from '../../src/adapters/rest.js';
import { isBackendError, type BackendError } from '../../src/core/backend.js';
import '../loaded.js';
import { document } from '../openapi.js';

/** Servers of which a test says what they answer, for `rest`. */

export const example = (name: string) => structuredClone(document.components.examples[name].value);
export const CASE = example('CaseAvailable');
export const ESCALATION = { ...example('EscalationRequested'), caseId: 'c-1' };
export const ENDPOINT = 'https://desk.test/api';

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
export const problem = (
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
) =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'Refused', status, code, ...more }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });

export type Answer = (request: Request, n: number) => Response | Promise<Response>;
/** `rest` over scripted answers; the last one stays. Remembers what was sent. */
export function over(answers: Answer | Answer[], options: Partial<RestOptions> = {}) {
  const sent: { request: Request; body: string }[] = [];
  const list = Array.isArray(answers) ? answers : [answers];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const made = new Request(input, init);
    sent.push({ request: made, body: await made.clone().text() });
    return (list[sent.length - 1] ?? list.at(-1)!)(made, sent.length);
  };
  return { backend: rest({ endpoint: ENDPOINT, fetch, ...options }), sent };
}
export const outcome = async (work: Promise<unknown>): Promise<BackendError> => {
  const error: unknown = await work.then(
    (value) => expect.fail(`expected a refusal, got ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  expect(isBackendError(error), `a BackendError, got ${String(error)}`).toBe(true);
  return error as BackendError;
};
export const code = async (work: Promise<unknown>) => (await outcome(work)).code;
/** Lets all retries happen. */
export const settled = async <T>(work: Promise<T>): Promise<T> => {
  const done = work.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error as Error;
    },
  );
  await vi.advanceTimersByTimeAsync(600_000);
  return (await done)();
};

/** A real server on loopback that remembers what came to it. */
async function loopback(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void) {
  const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      answer(incoming, outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    seen,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
const open: { close(): Promise<unknown> }[] = [];
export const serving: typeof loopback = async (answer) => {
  const server = await loopback(answer);
  open.push(server);
  return server;
};
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((server) => server.close()));
});
