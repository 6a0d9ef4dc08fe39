import {
  BackendError,
  isBackendError,
  type Call,
  type ErrorCode,
  type ErrorDetails,
} from '../../core/backend.js';
import type { Message } from './exchange.js';
import { readJson } from './json.js';

/** Longer than that is told, not waited for. */
const LONGEST_WAIT_S = { read: 1, write: 300 };

const BY_STATUS: Record<number, ErrorCode> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  410: 'cursor-expired',
  412: 'version-changed',
  413: 'too-large',
  425: 'unavailable',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** What a status alone says of an answer of 400 and above. */
export const codeOfStatus = (status: number): ErrorCode =>
  BY_STATUS[status] ?? (status >= 500 ? 'server-error' : 'invalid');

/** Seconds to wait by `Retry-After`, which is a number or a date (RFC 9110). */
export function retryAfter(headers: Headers, now: number = Date.now()): number | undefined {
  const value = headers.get('Retry-After');
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - (Date.parse(headers.get('Date') ?? '') || now)) / 1000;
  return seconds >= 0 ? Math.ceil(seconds) : undefined;
}

/** The error that an answer of 400 and above means: by its problem document, else by its status. */
export async function refusal(response: Response): Promise<BackendError> {
  const { status } = response;
  const byStatus = codeOfStatus(status);
  const body = (await readJson(response).catch(() => null)) as Record<string, unknown> | null;
  // The code and the members matter to who writes: only then is it worth loading what checks them.
  const { code = byStatus, ...members } =
    typeof body === 'object' && body && status !== 401 && status !== 404 && status < 500
      ? (await import('../../core/guard-escalation.js')).readProblem(body)
      : {};
  const details: ErrorDetails = { ...members, status, retryAfter: retryAfter(response.headers) };
  const words = body?.['detail'] ?? body?.['title'];
  return new BackendError(code, typeof words === 'string' ? words.slice(0, 500) : code, details);
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}

/**
 * Repeats what has failed once, where repeating may help; see `exchange`.
 * @param failure what the first try ended with
 * @throws the last failure
 */
export async function repeat<T>(
  work: () => Promise<T>,
  failure: unknown,
  { body }: Message,
  { key, signal, background, once }: Call,
): Promise<T> {
  const start = Date.now();
  // What nobody waits for comes again with the next look, at its own pace.
  const tries = background ? 1 : body ? (key && !once ? 5 : 1) : 3;
  const longest = LONGEST_WAIT_S[body ? 'write' : 'read'];
  for (let n = 1, error = failure; ; n++) {
    const told = isBackendError(error) ? error.details.retryAfter : undefined;
    const may = isBackendError(error) && error.retryable && error.code !== 'timeout' && n < tries;
    if (!may || (told ?? 0) > longest || Date.now() - start > 60_000) throw error;
    await pause(told === undefined ? Math.random() * Math.min(30_000, 250 * 2 ** n) : told * 1000, signal);
    try {
      return await work();
    } catch (next) {
      error = next;
    }
  }
}
