import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import { protocol, readJson } from './json.js';

/** How an adapter reaches its help desk. */
export interface Wire {
  /** Absolute, without a slash at its end. */
  baseUrl: string;
  /** The browser's by default. */
  fetch?: typeof globalThis.fetch;
  /** Headers of the host, such as `Authorization`: asked before every request, never kept. */
  headers?: (call: Call) => HeadersInit | Promise<HeadersInit>;
  /** As fetch has it: `same-origin` by default. */
  credentials?: RequestCredentials;
  /** What an answer of 400 and above means to a help desk that does not speak the contract. */
  refusal?: (response: Response) => Promise<BackendError>;
}

/** One request: a POST when there is a body, else a GET, unless it says otherwise. */
export interface Message {
  method?: 'PUT' | 'PATCH';
  /** Path after the base URL, encoded, with its query. */
  path: string;
  body?: string | Blob;
  headers?: Record<string, string>;
  /** Reads the body of an answer that is not JSON, until it ends or the signal is aborted. */
  read?: (response: Response, signal: AbortSignal) => Promise<unknown>;
  /** Aborted when it has taken too long, by whoever can tell; absent: after 15 s, a write after 30 s. */
  late?: AbortController;
}

/** A complete answer below 400, or 304. */
export interface Answer {
  status: number;
  headers: Headers;
  /** JSON as parsed, undefined for 204 and 304; or what {@link Message.read} made of it. */
  body: unknown;
}

const READ_MS = 15_000;
const WRITE_MS = 30_000;

/** The entity tag of an answer, without its quotes and the `W/` that a proxy may have put before it. */
export const tagOf = ({ headers }: Answer): string | undefined =>
  headers.get('ETag')?.replace(/^(W\/)?"?|"$/g, '') || undefined;

/** The host's headers. */
const hostHeaders = async (wire: Wire, call: Call) => new Headers(await wire.headers?.(call));

async function send(
  wire: Wire,
  { path, method, body, headers, read = readJson }: Message,
  call: Call,
  signal: AbortSignal,
): Promise<Answer> {
  const all = await hostHeaders(wire, call).catch(() => {
    // A provider that fails means that nobody is signed in. A wrong token the server refuses.
    throw new BackendError('signed-out', 'The page gave no sign-in.');
  });
  const own = {
    Accept: 'application/json',
    ...(!body && call.etag && { 'If-None-Match': `"${call.etag}"` }),
    ...(call.languages?.length && { 'Accept-Language': call.languages.join() }),
    ...headers,
  };
  for (const [name, value] of Object.entries(own)) all.set(name, value);
  const response = await (wire.fetch ?? fetch)(wire.baseUrl + path, {
    method: method ?? (body ? 'POST' : 'GET'),
    headers: all,
    body,
    credentials: wire.credentials,
    signal,
    // A redirect would take key, body and host headers to another place.
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  });
  const { status } = response;
  if (status >= 400) throw await (wire.refusal ?? (await import('./failures.js')).refusal)(response);
  if (status < 200 || (status >= 300 && (status !== 304 || !all.has('If-None-Match'))))
    throw protocol(status);
  return { status, headers: response.headers, body: await read(response, signal) };
}

/** Sends once, with a deadline that holds for all of it, whether or not an injected fetch heeds the signal. */
async function attempt(wire: Wire, message: Message, call: Call): Promise<Answer> {
  call.signal?.throwIfAborted();
  const late = message.late ?? new AbortController();
  const timer = message.late ? 0 : setTimeout(() => late.abort(), message.body ? WRITE_MS : READ_MS);
  const signal = call.signal ? AbortSignal.any([call.signal, late.signal]) : late.signal;
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', reject));
  try {
    return await Promise.race([send(wire, message, call, signal), aborted]);
  } catch (error) {
    call.signal?.throwIfAborted();
    if (isBackendError(error)) throw error;
    throw new BackendError(late.signal.aborted ? 'timeout' : 'network');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One exchange with a help desk: deadline, size limit, JSON only, and what may be repeated is repeated: a read twice,
 * a write with a key four times, within a minute, with full jitter. `Retry-After` is obeyed up to five minutes for a write;
 * a read that should wait longer than a moment fails instead, so that the page can say so. What took the whole deadline is
 * not repeated, nor what nobody waits for (`call.background`).
 * @throws BackendError; or what `call.signal` was aborted with
 */
export async function exchange(wire: Wire, message: Message, call: Call): Promise<Answer> {
  const work = () => attempt(wire, message, call);
  try {
    return await work();
  } catch (error) {
    // What a first success does not need comes with the first failure; where it cannot come, the failure stands.
    const failures = await import('./failures.js').catch(() => {
      throw error;
    });
    return failures.repeat(work, error, message, call);
  }
}
