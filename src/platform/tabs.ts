import type { Tabs } from '../core/desk.js';

/**
 * Joins the tabs of this origin that share a name.
 * @returns undefined: this browser, or this page (a sandbox, plain http), has no way to share
 */
export function joinTabs(name: string, hear: (message: unknown) => void): Tabs | undefined {
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) return undefined;
  const channel = new BroadcastChannel(name);
  const left = new AbortController();
  const { signal } = left;
  channel.onmessage = ({ data }) => hear(data);
  return {
    post: (message) => {
      if (!signal.aborted) channel.postMessage(message);
    },
    lead: () =>
      new Promise((resolve) => {
        // Held until this tab leaves.
        const hold = () =>
          new Promise<void>((release) => {
            // It may have left while the lock was on its way: held then, nobody would ever have it again.
            if (signal.aborted) release();
            signal.addEventListener('abort', () => release());
            resolve(true);
          });
        // An opaque origin has locks, and refuses them.
        navigator.locks.request(name, { signal }, hold).catch(() => resolve(false));
      }),
    leave: () => {
      left.abort();
      channel.close();
    },
  };
}
