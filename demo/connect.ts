import { configure, type User } from 'escalation-elements';
import { newId } from './desk/new-id.js';
import { createDeskServer, FAULT_HEADER, USER_HEADER } from './desk/server.js';
import type { News } from './desk/tabs.js';
import { startWorker } from './desk/worker.js';

/** What a page of the demo has of its help desk. */
export interface Connection {
  /** Asks below `api/`, as whoever is signed in. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Makes the help desk fail for the elements: a status, or none. */
  setFault(status: string): void;
  /** Told of every change in any tab; `here`: it was made in this one. */
  onNews(listener: (news: News, here: boolean) => void): void;
  reset(): Promise<void>;
}

/** Starts the in-page help desk and points the elements of the page at it. */
export async function connect(user: User, fault = ''): Promise<Connection> {
  const base = new URL(import.meta.env.BASE_URL, document.baseURI);
  const server = await createDeskServer(base);
  const direct: typeof fetch = (input, init) => server.answer(new Request(input, init));
  const behindHttp = await startWorker(base, server.answer);
  const send = behindHttp ? (...args: Parameters<typeof fetch>) => fetch(...args) : direct;
  const signedIn = { [USER_HEADER]: user.id };

  configure({
    endpoint: `${base.href}api`,
    headers: () => ({ ...signedIn, ...(fault && { [FAULT_HEADER]: fault }) }),
    ...(!behindHttp && { fetch: direct }),
  });
  server.news.listen((news) => {
    if (news === 'reset') location.reload();
  });
  return {
    ask: (path, init = {}) =>
      send(`${base.href}api/${path}`, { ...init, headers: { ...signedIn, ...(init.headers as object) } }),
    setFault: (status) => void (fault = status),
    onNews: (listener) => server.news.listen(listener),
    reset: () => server.reset(),
  };
}

/** A write of the contract: JSON, with a fresh key. */
export const write = (body: unknown, etag?: string, key: string = newId()): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: {
    'Content-Type': 'application/json',
    'Idempotency-Key': `"${key}"`,
    ...(etag && { 'If-Match': etag }),
  },
});
