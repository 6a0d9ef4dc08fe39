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
  credentials?: RequestCredentials;
}

/** One request: a POST when there is a body, else a GET. */
export interface Message {
  /** Path after the base URL, encoded, with its query. */
  path: string;
  body?: string;
  headers?: Record<string, string>;
}

/** A complete answer below 400, or 304. */
export interface Answer {
  status: number;
  headers: Headers;
  /** JSON as parsed; undefined for 204 and 304. */
  body: unknown;
}

const READ_MS = 15_000;
const WRITE_MS = 30_000;

/** The entity tag of an answer, without its quotes and the `W/` that a proxy may have put before it. */
export const tagOf = ({ headers }: Answer): string | undefined =>
  headers.get('ETag')?.replace(/^W\//, '').replace(/^"|"$/g, '') || undefined;

/** The host's headers; a provider that fails means that nobody is signed in. A wrong token the server refuses. */
async function hostHeaders(wire: Wire, call: Call): Promise<Headers> {
  try {
    return new Headers(await wire.headers?.(call));
  } catch {
    // Told below.
  }
  throw new BackendError('signed-out', 'The page gave no sign-in.');
}

async function send(
  wire: Wire,
  { path, body, headers }: Message,
  call: Call,
  signal: AbortSignal,
): Promise<Answer> {
  const all = await hostHeaders(wire, call);
  const own = {
    Accept: 'application/json',
    ...(!body && call.etag && { 'If-None-Match': `"${call.etag}"` }),
    ...(call.languages?.length && { 'Accept-Language': call.languages.join() }),
    ...headers,
  };
  for (const [name, value] of Object.entries(own)) all.set(name, value);
  const response = await (wire.fetch ?? globalThis.fetch)(wire.baseUrl + path, {
    method: body ? 'POST' : 'GET',
    headers: all,
    body,
    credentials: wire.credentials ?? 'same-origin',
    signal,
    // A redirect would take key, body and host headers to another place.
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  });
  const { status } = response;
  if (status >= 400) throw await (await import('./failures.js')).refusal(response);
  if (status < 200 || (status >= 300 && (status !== 304 || !all.has('If-None-Match'))))
    throw protocol(status);
  return { status, headers: response.headers, body: await readJson(response) };
}

/** Sends once, with a deadline that holds for all of it, whether or not an injected fetch heeds the signal. */
async function attempt(wire: Wire, message: Message, call: Call): Promise<Answer> {
  call.signal?.throwIfAborted();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), message.body ? WRITE_MS : READ_MS);
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
 * not repeated.
 * @throws BackendError; or what `call.signal` was aborted with
 */
export async function exchange(wire: Wire, message: Message, call: Call): Promise<Answer> {
  const work = () => attempt(wire, message, call);
  try {
    return await work();
  } catch (error) {
    // What a first success does not need comes with the first failure; where it cannot come, the failure stands.
    const failures = await import('./failures.js').catch(() => undefined);
    if (failures) return failures.repeat(work, error, message, call);
    throw error;
  }
}
