import { configure, type User } from 'escalation-elements';
import { clock } from './desk/clock.js';
import { newId } from './desk/new-id.js';
import { createDeskServer, FAULT_HEADER, USER_HEADER } from './desk/server.js';
import type { News } from './desk/tabs.js';
import { startWorker } from './desk/worker.js';

/** What a page of the demo has of its help desk. */
export interface Connection {
  /** Asks below `api/`, as whoever is signed in. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Somebody else looks at the page: nothing of what was known to the one before stays. */
  signIn(user: User): void;
  /** Makes the help desk fail for the elements: the id of a fault, or none. */
  setFault(id: string): void;
  /** Lets the elements come to the help desk as if for the first time. */
  forget(): void;
  /** Moves the clock of all tabs, to so many milliseconds after the real time. */
  moveClock(offset: number): Promise<void>;
  /** Told of every change in any tab, after the clock of this one was set; `here`: it was made in this one. */
  onNews(listener: (news: News, here: boolean) => void): void;
  reset(): Promise<void>;
}

const home = () => new URL(import.meta.env.BASE_URL, document.baseURI);

/** Where the help desk answers. */
export const endpointOf = (): URL => new URL('api', home());

/** Starts the in-page help desk and points the elements of the page at it. */
export async function connect(first: User, fault = ''): Promise<Connection> {
  let user = first;
  const base = home();
  const endpoint = endpointOf().href;
  const server = await createDeskServer(base);
  const direct: typeof fetch = async (input, init) => {
    const answer = await server.answer(new Request(input, init));
    if (answer.type === 'error') throw new TypeError('Failed to fetch');
    return answer;
  };
  const behindHttp = await startWorker(base, server.answer);
  const send = behindHttp ? (...args: Parameters<typeof fetch>) => fetch(...args) : direct;
  const signedIn = () => ({ [USER_HEADER]: user.id });

  const configured = configure({
    endpoint,
    clock,
    headers: () => ({ ...signedIn(), ...(fault && { [FAULT_HEADER]: fault }) }),
    ...(!behindHttp && { fetch: direct }),
  });
  server.news.listen((news) => {
    if (news.kind === 'reset') location.reload();
  });
  return {
    ask: (path, init = {}) =>
      send(`${endpoint}/${path}`, { ...init, headers: { ...signedIn(), ...(init.headers as object) } }),
    // A change of the sign-in is a new desk.
    signIn(next) {
      user = next;
      configured.update({ user });
    },
    setFault: (id) => void (fault = id),
    forget: () => configured.update({ user }),
    moveClock: (offset) => server.moveClock(offset),
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
