import type { User } from 'escalation-elements';
import type { CaseEvent } from 'escalation-elements/backend';
import type { Database } from './connect.js';
import { newsAfter, startOf } from './events.js';

/**
 * Live events: one connection per process hears which case has news, whoever watches it reads them from the table. What
 * is missed while that connection is lost is read when it is back.
 */

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** Wakes those who watch a case. */
export interface Bell {
  /** @returns no more of it */
  onNews(caseId: string, wake: () => void): () => void;
  readonly isClosed: boolean;
  close(): Promise<void>;
}

/** Listens from the first watcher on, and again whenever the connection is lost. */
export function bellOf(listen: Database['listen']): Bell {
  const watchers = new Map<string, Set<() => void>>();
  let stop: (() => Promise<void>) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStarted = false;
  let isClosed = false;

  const wake = (caseId: string) => [...(watchers.get(caseId) ?? [])].forEach((one) => one());
  const wakeAll = () => [...watchers.keys()].forEach(wake);

  async function start(wait: number): Promise<void> {
    const again = (ms: number) => {
      stop = undefined;
      if (!isClosed) timer = setTimeout(() => void start(Math.min(ms * 2, LONGEST_WAIT_MS)), ms).unref();
    };
    try {
      const stopThis = await listen(wake, () => again(FIRST_WAIT_MS));
      if (isClosed) return await stopThis();
      stop = stopThis;
      // What happened before this connection stood was not heard.
      wakeAll();
    } catch {
      again(wait);
    }
  }

  return {
    onNews(caseId, one) {
      if (!isStarted) void start(FIRST_WAIT_MS);
      isStarted = true;
      const those = watchers.get(caseId) ?? new Set();
      watchers.set(caseId, those.add(one));
      return () => {
        those.delete(one);
        if (those.size === 0 && watchers.get(caseId) === those) watchers.delete(caseId);
      };
    },
    get isClosed() {
      return isClosed;
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      wakeAll();
      await stop?.().catch(() => undefined);
    },
  };
}

/**
 * Tells of a case until the signal is aborted, or the bell is closed.
 * @throws BackendError `not-found`, also when the case is no longer for this user; `unavailable`
 */
export async function watchCase(
  { db, bell }: { db: Database['db']; bell: Bell },
  caseId: string,
  since: string | undefined,
  { user, signal }: { user: User; signal?: AbortSignal },
  tell: (event: CaseEvent) => void,
): Promise<true> {
  let wake = () => undefined as void;
  let isStale = true;
  const stir = () => {
    isStale = true;
    wake();
  };
  const hasEnded = () => Boolean(signal?.aborted) || bell.isClosed;
  const off = bell.onNews(caseId, stir);
  signal?.addEventListener('abort', stir);
  try {
    const start = await startOf(db, caseId, since, user);
    let { position } = start;
    if (start.isReset && !hasEnded()) tell({ kind: 'reset', id: String(position) });
    while (!hasEnded()) {
      if (isStale) {
        // Before reading: what happens meanwhile is looked for again.
        isStale = false;
        const news = await newsAfter(db, caseId, position, user);
        isStale ||= !news.isAll;
        position = news.position;
        if (!hasEnded()) news.events.forEach(tell);
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    return true;
  } finally {
    off();
    signal?.removeEventListener('abort', stir);
  }
}
