import type { Backend, Call } from '../../core/backend.js';

/**
 * The same backend, whose every operation has a `call` object of its own, however often its caller uses one again: so what
 * an operation has read can be remembered by it ({@link onceACall}), and no longer.
 */
export function perOperation(backend: Backend): Backend {
  const fresh = Object.entries(backend).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member];
    const method = member as (...rest: unknown[]) => unknown;
    // Of every method that such a backend has, the call is the last.
    return [name, (...rest: unknown[]) => method(...rest.slice(0, -1), { ...(rest.at(-1) as Call) })];
  });
  return Object.fromEntries(fresh) as Backend;
}

/** @returns does a piece of work once for each call and name, and then tells what it was */
export function onceACall() {
  const done = new WeakMap<Call, Map<string, Promise<unknown>>>();
  return <T>(call: Call, name: string, work: () => Promise<T>): Promise<T> => {
    const known = done.get(call) ?? new Map<string, Promise<unknown>>();
    done.set(call, known);
    if (!known.has(name)) known.set(name, work());
    return known.get(name) as Promise<T>;
  };
}
