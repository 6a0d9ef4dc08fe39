import { BackendError, type Call, type ErrorCode } from '../../core/backend.js';
import { endpointUrl } from './address.js';
import { exchange, type Answer, type Message, type Wire } from './exchange.js';
import { codeOfStatus, retryAfter } from './failures.js';
import { readJson } from './json.js';

/** What every adapter of another maker's help desk is given. */
export interface VendorOptions {
  /** Where it is, such as `https://acme.example.com`; no trailing path of its API. */
  baseUrl: string;
  /** The sign-in of `call.user`, such as `Authorization`: asked before every request, never kept. */
  headers: NonNullable<Wire['headers']>;
  /** The runtime's by default. */
  fetch?: typeof globalThis.fetch;
  /** @returns the present; the wall clock by default */
  clock?: () => Date;
}

/** What an answer of 400 and above means, where its status alone does not say it. */
export type Explain = (
  status: number,
  body: unknown,
  headers: Headers,
) => { code?: ErrorCode; message?: string; retryAfter?: number };

/** Requests to one help desk. */
export interface Client {
  /** @returns the JSON of the answer. Repeated where that may help; see `exchange`. */
  get(path: string, call: Call, headers?: Record<string, string>): Promise<unknown>;
  /** As `get`, with the headers of the answer. */
  answer(path: string, call: Call): Promise<Answer>;
  /** Never repeated: the help desk would not know it again. */
  send(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: unknown,
    call: Call,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

/**
 * @param explain reads the maker's own error documents
 * @throws BackendError `bad-address`: `baseUrl` is none
 */
export function client({ baseUrl, headers, fetch }: VendorOptions, explain: Explain): Client {
  const wire: Wire = {
    baseUrl: endpointUrl(baseUrl),
    headers,
    fetch,
    async refusal(response) {
      const { status } = response;
      const body = await readJson(response).catch(() => undefined);
      const told = explain(status, body, response.headers);
      return new BackendError(told.code ?? codeOfStatus(status), told.message?.slice(0, 500), {
        status,
        retryAfter: told.retryAfter ?? retryAfter(response.headers),
      });
    },
  };
  // Tags and languages of the caller are about our answers, not about theirs.
  const ask = (message: Message, { etag: _etag, languages: _languages, ...call }: Call) =>
    exchange(wire, message, call);
  return {
    get: async (path, call, own) => (await ask({ path, headers: own }, call)).body,
    answer: (path, call) => ask({ path }, call),
    send: (method, path, body, call, own) =>
      ask(
        {
          method: method === 'POST' ? undefined : method,
          path,
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json', ...own },
        },
        { ...call, once: true },
      ),
  };
}
