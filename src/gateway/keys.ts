import { BackendError, isBackendError } from '../core/backend.js';
import { newTraceId, problem } from './problem.js';

/** An answer kept under an idempotency key. */
export interface KeptAnswer {
  status: number;
  headers: [string, string][];
  body: string;
}

/** What a key stands for now. `retryAfter`: when it is worth to ask again, in seconds; 1 by default. */
export type KeyState =
  | { state: 'new' }
  | { state: 'running'; retryAfter?: number }
  | { state: 'other-body' }
  | { state: 'done'; answer: KeptAnswer };

/**
 * Keeps idempotency keys, for at least 24 hours. `begin` claims a scope (user, method, path, key) in one step:
 * of two requests at once, one is told `new`.
 */
export interface KeyStore {
  begin(scope: string, body: string): Promise<KeyState>;
  finish(scope: string, answer: KeptAnswer): Promise<void>;
  /** The work failed: the key is free again. */
  release(scope: string): Promise<void>;
}

const DAY = 86_400_000;

/**
 * Keys in this process: enough for one process; several need a shared store.
 * @param clock the present, for forgetting after a day
 */
export function memoryKeys(clock: () => Date = () => new Date()): KeyStore {
  const kept = new Map<string, { body: string; at: number; answer?: KeptAnswer }>();
  const forget = () => {
    // Map keeps insertion order, so the oldest come first.
    for (const [scope, { at }] of kept) {
      if (clock().getTime() - at < DAY) break;
      kept.delete(scope);
    }
  };
  return {
    async begin(scope, body) {
      forget();
      const known = kept.get(scope);
      if (!known) {
        kept.set(scope, { body, at: clock().getTime() });
        return { state: 'new' };
      }
      if (known.body !== body) return { state: 'other-body' };
      return known.answer ? { state: 'done', answer: known.answer } : { state: 'running' };
    },
    async finish(scope, answer) {
      const known = kept.get(scope);
      if (known) known.answer = answer;
    },
    async release(scope) {
      kept.delete(scope);
    },
  };
}

/**
 * The key of a request: an RFC 8941 string, such as `"8e03978e-40d5"`.
 * @throws BackendError `idempotency-key-missing`
 */
export function keyOf(request: Request): string {
  const key = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/.exec(
    request.headers.get('Idempotency-Key') ?? '',
  )?.[1];
  if (key) return key.replace(/\\(["\\])/g, '$1');
  throw new BackendError(
    'idempotency-key-missing',
    'Send an Idempotency-Key header: a quoted string of 1 to 255 printable characters.',
  );
}

/**
 * Runs a write once per key: the same key and body again get the first answer. Kept are successes, and that an outcome is
 * not known: what may have been done is not done again.
 * @throws BackendError `request-in-progress`, `idempotency-key-reused`, and what the work throws
 */
export async function once(
  keys: KeyStore,
  scope: string,
  body: string,
  work: () => Promise<Response>,
): Promise<Response> {
  const known = await keys.begin(scope, body);
  if (known.state === 'running')
    throw new BackendError('request-in-progress', 'The first request with this key is still running.', {
      retryAfter: known.retryAfter ?? 1,
    });
  if (known.state === 'other-body')
    throw new BackendError('idempotency-key-reused', 'This key came with another body before.');
  if (known.state === 'done') {
    const { status, headers, body: text } = known.answer;
    const again = new Response(text, { status, headers });
    again.headers.set('Idempotency-Replayed', 'true');
    return again;
  }
  const keep = async (answer: Response) => {
    const { status, headers } = answer;
    const text = await answer.text();
    await keys.finish(scope, { status, headers: [...headers], body: text });
    return new Response(text, { status, headers });
  };
  try {
    return await keep(await work());
  } catch (error) {
    if (isBackendError(error) && error.code === 'unconfirmed') return keep(problem(error, newTraceId()));
    await keys.release(scope);
    throw error;
  }
}
