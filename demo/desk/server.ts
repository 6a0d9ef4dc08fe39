import type { User } from 'escalation-elements';
import { memory } from 'escalation-elements/adapters/memory';
import { createGateway } from 'escalation-elements/gateway';
import { clock, followClock } from './clock.js';
import { faultyAnswer } from './faults.js';
import { attach } from './files.js';
import { keptKeys, keptState, openKept } from './kept.js';
import { newId } from './new-id.js';
import { jonas, userById } from './people.js';
import { policyShelf, processOf } from './policies.js';
import { createPortal } from './portal.js';
import { problem } from './problem.js';
import { seedOnce } from './seed.js';
import { exclusively, newsDesk, type NewsDesk } from './tabs.js';

/** Header that says who is signed in: the demo has no passwords. */
export const USER_HEADER = 'X-Demo-User';
/** Header that makes the help desk fail: the id of a fault. */
export const FAULT_HEADER = 'X-Demo-Fault';

/** The whole help desk, in the page: the gateway over the memory backend, shared by all tabs. */
export interface DeskServer {
  answer: (request: Request) => Promise<Response>;
  reset: () => Promise<void>;
  /** Moves the clock of all tabs. */
  moveClock: (offset: number) => Promise<void>;
  news: NewsDesk;
}

const signedIn = (request: Request): User | null => userById(request.headers.get(USER_HEADER));

const isRequest = ({ method, url }: Request) => method === 'POST' && url.endsWith('/escalations');

/** What a colleague asks for, a moment before: the same form, in words of his own. */
async function fasterRequest(request: Request): Promise<Request> {
  // Whose files they are, only they can name.
  const { attachmentIds: _files, ...body } = (await request.clone().json()) as { attachmentIds?: string[] };
  const headers = new Headers(request.headers);
  headers.set(USER_HEADER, jonas.id);
  headers.set('Idempotency-Key', `"${newId()}"`);
  const details = 'Our team in Bergen is stopped by this too. Please tell us by when we can expect a fix.';
  return new Request(request.url, { method: 'POST', headers, body: JSON.stringify({ ...body, details }) });
}

/** @param base where the demo lives; its help desk answers below `api/` there */
export async function createDeskServer(base: URL): Promise<DeskServer> {
  const kept = await openKept(`escalation-demo ${base.pathname}`);
  const news = newsDesk(`escalation-demo ${base.pathname}`);
  const policies = policyShelf(kept);
  const store = keptState(kept);
  // A stream cannot pass the service worker, and other tabs write the same store: pages poll.
  const desk = memory({ cases: [], store, clock, attach, guarantees: { live: false } });
  const seed = () => seedOnce(kept, store, policies);

  const gateway = createGateway({
    backend: desk,
    policyFor: (kase) => policies.inForce(processOf(kase)),
    policies: (id, version) => policies.find(id, version),
    authenticate: signedIn,
    clock,
    basePath: `${base.pathname}api`,
    keys: keptKeys(kept),
  });
  const portal = createPortal({ desk, kept, policies, ask: gateway });

  async function route(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname.slice(`${base.pathname}api/`.length).split('/');
    if (path[0] !== 'portal') return gateway(request);
    const user = signedIn(request);
    return user
      ? portal(path.slice(1).map(decodeURIComponent), request, user)
      : problem(401, 'signed-out', 'Sign in first.');
  }

  /** The clock as all tabs have it: told of by the news, but a call may be quicker. */
  const syncClock = async () => followClock((await kept.get<number>('clock')) ?? 0);

  async function serve(request: Request, fault: string | null): Promise<Response> {
    await syncClock();
    if (fault === '409' && isRequest(request)) await gateway(await fasterRequest(request));
    return route(request);
  }

  news.listen((told) => {
    if (told.kind === 'clock') followClock(told.offset);
  });
  await exclusively(async () => {
    // Tabs that show the day before must not go on with it.
    if (await seed()) news.tell({ kind: 'reset' });
    await syncClock();
  });
  return {
    news,
    async answer(request) {
      const fault = request.headers.get(FAULT_HEADER);
      const answer = (await faultyAnswer(fault)) ?? (await exclusively(() => serve(request, fault)));
      if (request.method !== 'GET' && answer.ok) news.tell({ kind: 'changed' });
      return answer;
    },
    async moveClock(offset) {
      await exclusively(() => kept.set('clock', offset));
      news.tell({ kind: 'clock', offset });
    },
    async reset() {
      await exclusively(async () => {
        await kept.clear();
        await seed();
      });
      news.tell({ kind: 'reset' });
    },
  };
}
