/** What holds the tabs of the demo together: one lock around every call, and news of every change. */

const LOCK = 'escalation-demo';

let queue: Promise<unknown> = Promise.resolve();

/** One at a time in all tabs; where there are no Web Locks (plain http), in this one. */
export function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(LOCK, work);
  const turn = queue.then(work, work);
  queue = turn.catch(() => undefined);
  return turn;
}

/** `changed`: somebody wrote; `reset`: everything is as on the first day; `clock`: it has been moved, to this offset. */
export type News = { kind: 'changed' | 'reset' } | { kind: 'clock'; offset: number };

export interface NewsDesk {
  /** Tells the other tabs, and this one. */
  tell(news: News): void;
  /** `here`: the change was made in this tab. */
  listen(listener: (news: News, here: boolean) => void): void;
}

/** @param name of the channel: one per deployed copy */
export function newsDesk(name: string): NewsDesk {
  const channel = new BroadcastChannel(name);
  const listeners: ((news: News, here: boolean) => void)[] = [];
  const hear = (news: News, here: boolean) => listeners.forEach((listener) => listener(news, here));
  channel.onmessage = ({ data }) => hear(data as News, false);
  return {
    tell(news) {
      channel.postMessage(news);
      hear(news, true);
    },
    listen: (listener) => void listeners.push(listener),
  };
}
