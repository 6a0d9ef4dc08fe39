import type { User } from 'escalation-elements';
import { memory } from 'escalation-elements/adapters/memory';
import { createGateway } from 'escalation-elements/gateway';
import { keptKeys, keptState, openKept } from './kept.js';
import { userById } from './people.js';
import { loadPolicies, processOf } from './policies.js';
import { createPortal } from './portal.js';
import { seedOnce } from './seed.js';
import { exclusively, newsDesk, type NewsDesk } from './tabs.js';

/** Header that says who is signed in: the demo has no passwords. */
export const USER_HEADER = 'X-Demo-User';
/** Header that makes the help desk fail: a status. */
export const FAULT_HEADER = 'X-Demo-Fault';

/** The whole help desk, in the page: the gateway over the memory backend, shared by all tabs. */
export interface DeskServer {
  answer: (request: Request) => Promise<Response>;
  reset: () => Promise<void>;
  news: NewsDesk;
}

const signedIn = (request: Request): User | null => userById(request.headers.get(USER_HEADER));

const problem = (status: number, code: string, title: string): Response =>
  Response.json(
    { type: 'about:blank', title, status, code },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

function faultFor(request: Request): Response | null {
  const fault = request.headers.get(FAULT_HEADER);
  if (fault === '401') return problem(401, 'signed-out', 'Sign in first.');
  if (fault === '503') return problem(503, 'unavailable', 'The help desk does not answer.');
  return null;
}

/** @param base where the demo lives; its help desk answers below `api/` there */
export async function createDeskServer(base: URL): Promise<DeskServer> {
  const kept = await openKept(`escalation-demo ${base.pathname}`);
  const news = newsDesk(`escalation-demo ${base.pathname}`);
  const policies = await loadPolicies();
  const store = keptState(kept);
  const desk = memory({ cases: [], store });
  const seed = () => seedOnce(kept, store, policies.genesys);

  const gateway = createGateway({
    backend: desk,
    policyFor: (kase) => policies[processOf(kase)],
    policies: (id, version) =>
      Object.values(policies).find((policy) => policy.id === id && policy.version === version) ?? null,
    authenticate: signedIn,
    basePath: `${base.pathname}api`,
    keys: keptKeys(kept),
  });
  const portal = createPortal({ desk, kept, ask: gateway });

  async function route(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname.slice(`${base.pathname}api/`.length).split('/');
    if (path[0] !== 'portal') return gateway(request);
    const user = signedIn(request);
    return user
      ? portal(path.slice(1).map(decodeURIComponent), request, user)
      : problem(401, 'signed-out', 'Sign in first.');
  }

  await exclusively(seed);
  return {
    news,
    async answer(request) {
      const answer = faultFor(request) ?? (await exclusively(() => route(request)));
      if (request.method !== 'GET' && answer.ok) news.tell('changed');
      return answer;
    },
    async reset() {
      await exclusively(async () => {
        await kept.clear();
        await seed();
      });
      news.tell('reset');
    },
  };
}
