import type { KeptAnswer, KeyStore } from 'escalation-elements/gateway';
import type { MemoryState, MemoryStore } from 'escalation-elements/adapters/memory';

/** What all tabs share: named values in one IndexedDB store, or in this page where there is none. */
export interface Kept {
  get<T>(name: string): Promise<T | undefined>;
  set(name: string, value: unknown): Promise<void>;
  clear(): Promise<void>;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed.'));
  });

function inPage(): Kept {
  const values = new Map<string, unknown>();
  return {
    get: async <T>(name: string) => structuredClone(values.get(name)) as T | undefined,
    set: async (name, value) => void values.set(name, structuredClone(value)),
    clear: async () => values.clear(),
  };
}

/** @param name of the database: one per deployed copy, so that two versions below one origin do not mix */
export async function openKept(name: string): Promise<Kept> {
  try {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => void opening.result.createObjectStore('kept');
    const database = await done(opening);
    const store = (mode: IDBTransactionMode) => database.transaction('kept', mode).objectStore('kept');
    return {
      get: <T>(key: string) => done<T | undefined>(store('readonly').get(key)),
      set: async (key, value) => void (await done(store('readwrite').put(value, key))),
      clear: () => done(store('readwrite').clear()),
    };
  } catch {
    // Some private windows have no IndexedDB: then the demo lasts as long as the page.
    return inPage();
  }
}

/** The help desk's state, for the memory backend. */
export const keptState = (kept: Kept): MemoryStore => ({
  read: async () => (await kept.get<MemoryState>('desk')) ?? null,
  write: (state) => kept.set('desk', state),
});

const DAY = 86_400_000;
type KeptKeys = Record<string, { body: string; at: number; answer: KeptAnswer }>;

/**
 * Idempotency keys for all tabs. Every call of the gateway runs under one lock, so a key that has no answer yet belongs
 * to a tab that is gone: only finished ones are written.
 */
export function keptKeys(kept: Kept): KeyStore {
  const bodies = new Map<string, string>();
  return {
    async begin(scope, body) {
      const known = (await kept.get<KeptKeys>('keys'))?.[scope];
      if (!known) {
        bodies.set(scope, body);
        return { state: 'new' };
      }
      return known.body === body ? { state: 'done', answer: known.answer } : { state: 'other-body' };
    },
    async finish(scope, answer) {
      const now = Date.now();
      const fresh = Object.entries((await kept.get<KeptKeys>('keys')) ?? {}).filter(
        ([, { at }]) => now - at < DAY,
      );
      const body = bodies.get(scope) ?? '';
      bodies.delete(scope);
      await kept.set('keys', { ...Object.fromEntries(fresh), [scope]: { body, at: now, answer } });
    },
    async release(scope) {
      bodies.delete(scope);
    },
  };
}
