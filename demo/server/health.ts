import { isBackendError, type Backend, type ErrorCode } from 'escalation-elements/backend';
import type { User } from 'escalation-elements';

/** Whether the help desk answers. */

/** Nobody's: every help desk can say that it does not know them, or their case. */
const nobody: User = { id: 'readiness', name: 'Readiness', role: 'customer', audience: 'direct' };
/** How long it may take to answer. */
const PATIENCE_MS = 3000;
/** Asked by several, and often: the help desk is asked once in a while. */
const FRESH_MS = 2000;

/** A refusal is an answer, too; these say that nobody was there to refuse. */
const SILENCE: readonly ErrorCode[] = ['network', 'timeout', 'protocol', 'unavailable', 'server-error'];

async function answers(backend: Backend, patience: number): Promise<boolean> {
  const signal = AbortSignal.timeout(patience);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('No answer in time.')), { once: true });
  });
  try {
    await Promise.race([backend.load('readiness', { user: nobody, signal }), late]);
    return true;
  } catch (error) {
    return isBackendError(error) && !SILENCE.includes(error.code);
  }
}

interface Options {
  /** @returns milliseconds; the wall clock by default */
  clock?: () => number;
  /** In milliseconds. */
  patience?: number;
}

/** @returns a function that says whether the backend answers, or did a moment ago */
export function readiness(backend: Backend, options: Options = {}): () => Promise<boolean> {
  const { clock = Date.now, patience = PATIENCE_MS } = options;
  let last: { at: number; answer: Promise<boolean> } | undefined;
  return () => {
    if (!last || clock() - last.at > FRESH_MS) last = { at: clock(), answer: answers(backend, patience) };
    return last.answer;
  };
}
