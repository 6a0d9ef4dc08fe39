import { BackendError, type Backend } from '../core/backend.js';
import type { ActionKind, Case, Entry, Escalation, Status, User } from '../core/model.js';
import type { Policy } from '../core/policy.js';
import { languagesOf, withCors } from './http.js';
import { memoryKeys, type KeyStore } from './keys.js';
import { newTraceId, problem } from './problem.js';
import type { Context } from './context.js';
import { routes } from './routes.js';

export { memoryKeys, type KeptAnswer, type KeyState, type KeyStore } from './keys.js';

/** What an event is about. */
export interface About {
  /** As whoever did it sees it. */
  escalation: Escalation;
  /** As the help desk has it: of an owner-only escalation its assignee must not hear (P9). */
  case: Case;
  user: User;
}

/** What the gateway tells the people behind it, so that somebody hears of a request. */
export type GatewayEvent =
  | (About & { kind: 'requested' | 'followed' | 'rated' })
  /** `action`: what was done; a `note` is among owners. `previous`: the status before. */
  | (About & { kind: 'changed'; action: ActionKind; previous: Status })
  /** The update that was promised is late, and was asked for: by now these roles of the ladder should hear of it, too. */
  | (About & { kind: 'nudged'; roles: string[] })
  | (About & { kind: 'message'; entry: Entry })
  /** A fault on our side; the client was given only the trace id. */
  | { kind: 'fault'; traceId: string; error: unknown };

/** Options of {@link createGateway}. */
export interface GatewayOptions {
  backend: Backend;
  /** The policy in force for a case and whoever asks. */
  policyFor: (kase: Case, user: User) => Policy | Promise<Policy>;
  /** A policy by id and version, old ones too; null: there is none. */
  policies: (id: string, version: string) => Policy | null | Promise<Policy | null>;
  /** Who asks; null: nobody is signed in (401). */
  authenticate: (request: Request) => User | null | Promise<User | null>;
  /** @returns the instant to judge at; the wall clock by default */
  clock?: () => Date;
  /** Path before the contract's paths, such as `/support/api`; none by default. */
  basePath?: string;
  /** Keeps idempotency keys; in this process by default. */
  keys?: KeyStore;
  /** Other origins whose pages may ask; none by default. */
  origins?: readonly string[];
  /** Told after every new request, change and message, and of faults. Its own failure changes nothing. */
  notify?: (event: GatewayEvent) => unknown;
}

/** One at a time per case, in this process: what a help desk without uniqueness can be given. */
function caseQueues() {
  const tails = new Map<string, Promise<unknown>>();
  return <T>(caseId: string, work: () => Promise<T>): Promise<T> => {
    const turn = (tails.get(caseId) ?? Promise.resolve()).then(work, work);
    const tail: Promise<unknown> = turn.then(
      () => tails.get(caseId) === tail && tails.delete(caseId),
      () => tails.get(caseId) === tail && tails.delete(caseId),
    );
    tails.set(caseId, tail);
    return turn;
  };
}

function segments(path: string): string[] | null {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/**
 * Serves the REST contract (`openapi.yaml`) over any backend, and judges every read and write with the policy: the one
 * judge. Runs wherever `Request` and `Response` are: Node 20, an edge, a page.
 * @returns the handler; it never rejects: every error is a problem document with a code
 */
export function createGateway(options: GatewayOptions): (request: Request) => Promise<Response> {
  const { authenticate, clock = () => new Date(), keys = memoryKeys(), origins = [] } = options;
  const basePath = (options.basePath ?? '').replace(/\/+$/, '');
  const serially = caseQueues();

  const notify: Context['notify'] = (event) => {
    void (async () => options.notify?.(event))().catch(() => undefined);
  };

  async function answer(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    const parts = path.startsWith(`${basePath}/`) ? (segments(path.slice(basePath.length + 1)) ?? []) : [];
    const found = routes.filter(({ pattern }) => matchPath(pattern, parts));
    if (!found.length) throw new BackendError('not-found', 'There is nothing at this address.');
    const route = found.find(({ method }) => method === request.method);
    if (!route)
      throw new BackendError('method-not-allowed', `${request.method} is not possible here.`, {
        allowed: found.map(({ method }) => method),
      });
    const user = await authenticate(request);
    if (!user) throw new BackendError('signed-out', 'Sign in first.');
    const { backend, policyFor, policies } = options;
    const context: Context = {
      backend, policyFor, policies, keys, serially, notify, basePath, request, user, clock,
      now: clock(),
      languages: languagesOf(request),
      params: parts.filter((_, i) => route.pattern[i] === '*'),
    }; // prettier-ignore
    return route.handle(context);
  }

  return async (request) => {
    if (request.method === 'OPTIONS') return withCors(request, new Response(null, { status: 204 }), origins);
    try {
      return withCors(request, await answer(request), origins);
    } catch (error) {
      const traceId = newTraceId();
      const refused = problem(error, traceId);
      if (refused.status === 500) notify({ kind: 'fault', traceId, error });
      return withCors(request, refused, origins);
    }
  };
}

const matchPath = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.length === parts.length &&
  pattern.every((part, i) => (part === '*' ? parts[i] : part === parts[i]));
