import { BackendError, isBackendError } from 'escalation-elements/backend';

/** What PostgreSQL and its driver throw, as the codes of the contract. */

const sqlState = (error: unknown): string | undefined => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

/** Connection lost, too many of them, shutting down, waited too long for a lock, deadlock: the next try may go through. */
const PASSING = /^(08|53|57|40|55P03|25P03)/;
/** An id with U+0000, which `text` does not take. */
const UNTRANSLATABLE = '22021';

const isConnection = (error: unknown): boolean =>
  error instanceof Error && ('syscall' in error || /connect|\bpool\b|destroyed/i.test(error.message));

function refusalOf(error: unknown): BackendError {
  if (isBackendError(error)) return error;
  const state = sqlState(error);
  const refusal =
    state === UNTRANSLATABLE
      ? new BackendError('not-found', 'There is nothing with such an id.')
      : PASSING.test(state ?? '') || (state === undefined && isConnection(error))
        ? new BackendError('unavailable', 'The database cannot be reached.')
        : new BackendError('server-error', 'The database refused.');
  refusal.cause = error;
  return refusal;
}

/** The same methods, which now reject with a BackendError only; `cause` is what the database said. */
export function guarded<T extends object>(methods: T): T {
  const guard = (method: unknown) => {
    if (typeof method !== 'function') return method;
    return async (...args: unknown[]): Promise<unknown> => {
      try {
        return await (method(...args) as Promise<unknown>);
      } catch (error) {
        throw refusalOf(error);
      }
    };
  };
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, guard(method)])) as T;
}

/** Whether the unique index over open escalations refused a write. */
export const isSecondOpen = (error: unknown): boolean =>
  sqlState(error) === '23505' && (error as { constraint?: string }).constraint === 'escalations_one_open';
