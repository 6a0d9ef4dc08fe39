import { fixture, type html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { configure, type Configuration } from 'escalation-elements';
import 'escalation-elements/define';
import pulseSecure from '../../src/policies/pulse-secure.json' with { type: 'json' };
import standard from '../../src/policies/standard.json' with { type: 'json' };
import type { MemoryOptions } from '../../src/adapters/memory.js';
import { rest } from '../../src/adapters/rest.js';
import type { Backend } from '../../src/core/backend.js';
import type { Action, ActionKind, Case, Escalation, EscalationRequest, User } from '../../src/core/model.js';
import { parsePolicy, type Policy } from '../../src/core/policy.js';
import {
  caseOf,
  formFirst as genesys,
  gatewayOver,
  helpDesk,
  people,
  policy as shipped,
  request,
} from '../desk.js';

export { caseOf, people, request };
export const policies = {
  genesys,
  /** As it comes with the package. */
  shipped,
  'pulse-secure': parsePolicy(pulseSecure),
  standard: parsePolicy(standard),
};

/** Where the help desk is; nothing is there but the page's own `fetch`. */
export const ENDPOINT = 'https://desk.test/api';
/** Tuesday, 10:00 in New York, which is where the browser of the tests is. */
export const NOW = '2026-05-12T14:00:00Z';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** `lost`: the request arrives, its answer does not. */
export type Fault = 'offline' | 'lost' | '503' | '401' | 'login-page';

/** One request as it arrived. */
export interface Sent {
  method: string;
  host: string;
  path: string;
  key: string | null;
  body: unknown;
}

export interface SceneOptions {
  policy?: Policy;
  /** What is different about the case `c-1`. */
  case?: Partial<Case>;
  /** Who is signed in; null: nobody. */
  user?: User | null;
  now?: string;
  /** What may be attached; else nothing. */
  attach?: MemoryOptions['attach'];
  /** Whether the page is told of what happens elsewhere. */
  live?: boolean;
  /** The only actions that the help desk takes; absent: all. */
  takes?: readonly ActionKind[];
  /** Methods that the help desk does not have. */
  lacking?: readonly (keyof Backend)[];
  /** More for `configure`. */
  with?: Configuration;
}

/** Waits between two tries are by chance: here they are none. */
const random = Math.random;
before(async () => {
  Math.random = () => 0;
  // Nothing is half faded in when it is looked at.
  await emulateMedia({ reducedMotion: 'reduce' });
});
after(() => void (Math.random = random));
// Nobody's draft is the next one's.
beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

const isJson = (headers: Headers): boolean => headers.get('Content-Type')?.includes('json') ?? false;
const failed = (status: number, type: string, body: string) =>
  new Response(body, { status, headers: { 'Content-Type': type } });

/**
 * A page at a help desk: the real gateway over the real memory, in the page, behind the `fetch` that `configure` is
 * given for everything drawn by `draw`.
 */
export function scene(options: SceneOptions = {}) {
  let now = Date.parse(options.now ?? NOW);
  const clock = () => new Date(now);
  const policy = options.policy ?? genesys;
  const backend = helpDesk([caseOf(options.case)], {
    clock,
    attach: options.attach,
    // What happens elsewhere a page learns when it looks, so that a test says when; events have tests of their own.
    guarantees: { live: options.live ?? false, ...(options.takes && { acts: options.takes }) },
  });
  const gone = Object.fromEntries((options.lacking ?? []).map((name) => [name, undefined]));
  const gateway = gatewayOver({
    backend: { ...backend, ...gone },
    clock,
    basePath: '/api',
    policyFor: () => state.judge ?? policy,
    policies: () => policy,
  });
  const log: Sent[] = [];
  const gates: { what: RegExp; opened: Promise<void> }[] = [];

  const state = {
    user: options.user === undefined ? people.customer : options.user,
    fault: null as Fault | null,
    /** The requests that the fault is for: "POST /cases/c-1/escalations". */
    faulty: /./,
    /** Another policy than the page has: the server judges more strictly. */
    judge: null as Policy | null,
    /** Instead of the gateway's answer. */
    answer: null as ((sent: Sent) => Response | undefined) | null,
  };

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const asked = new Request(input, init);
    const body = await asked.clone().text();
    const { host, pathname, search } = new URL(asked.url);
    const sent: Sent = {
      method: asked.method,
      host,
      path: pathname.replace('/api', '') + search,
      key: asked.headers.get('Idempotency-Key'),
      // A file is no JSON.
      body: body && isJson(asked.headers) ? JSON.parse(body) : body || undefined,
    };
    log.push(sent);
    const line = `${sent.method} ${sent.path}`;
    await Promise.all(gates.filter(({ what }) => what.test(line)).map(({ opened }) => opened));
    const fault = state.faulty.test(line) ? state.fault : null;
    if (fault === 'offline') throw new TypeError('Failed to fetch');
    if (fault === '503') return failed(503, 'text/plain', 'Busy.');
    if (fault === '401') return failed(401, 'application/json', '{}');
    if (fault === 'login-page') return failed(200, 'text/html', '<!doctype html><title>Sign in</title>');
    const answer = state.answer?.(sent) ?? (await gateway(asked));
    if (fault === 'lost') throw new TypeError('Failed to fetch');
    return answer;
  };

  /** The help desk as somebody else's page sees it: no fault, no log. */
  const as = (user: User): Backend =>
    rest({
      endpoint: ENDPOINT,
      fetch: (input, init) => {
        const asked = new Request(input, init);
        asked.headers.set('X-User', user.id);
        return gateway(asked);
      },
    });
  const escalationId = async () => Object.keys((await backend.read()).escalations).at(-1) ?? '';
  let count = 0;
  const key = () => `test-${++count}`;

  const configuration: Configuration = {
    endpoint: ENDPOINT,
    fetch,
    headers: () => ({ 'X-User': state.user?.id ?? '' }),
    clock,
    ...options.with,
  };

  return Object.assign(state, {
    backend,
    log,
    clock,
    configuration,
    as,
    /** Requests of one kind: "POST /cases/c-1/escalations". */
    sent: (what: RegExp) => log.filter(({ method, path }) => what.test(`${method} ${path}`)),
    /** Holds the requests of one kind back. @returns lets them go */
    hold(what: RegExp): () => void {
      let open!: () => void;
      gates.push({ what, opened: new Promise((resolve) => (open = resolve)) });
      return open;
    },
    /** Lets time pass. */
    pass: (ms: number) => void (now += ms),
    fail(fault: Fault | null, faulty = /./) {
      state.fault = fault;
      state.faulty = faulty;
    },
    /** Somebody's page files an escalation. */
    async escalate(user = people.customer, change: Partial<EscalationRequest> = {}): Promise<Escalation> {
      const reasonId = policy.reasons.some(({ id }) => id === request.reasonId)
        ? request.reasonId
        : (policy.reasons[0]?.id ?? '');
      const body = { ...request, reasonId, policyVersion: policy.version, ...change };
      return (await as(user).escalate('c-1', body, { key: key() })).escalation;
    },
    /** The escalation owner acts on the last escalation. */
    async act(action: Action, user = people.owner): Promise<void> {
      const id = await escalationId();
      const found = await as(user).escalation?.(id, {});
      if (!found || found === 'not-modified') throw new Error('There is no escalation.');
      await as(user).act?.(id, action, { key: key(), etag: found.value.version });
    },
    /** Somebody writes into the last escalation. */
    post: async (text: string, user = people.owner) =>
      as(user).post?.(await escalationId(), { clientId: key(), text }, {}),
    escalations: async () => Object.values((await backend.read()).escalations).map((row) => row.escalation),
    entries: async () => Object.values((await backend.read()).escalations).at(-1)?.entries ?? [],
    /** Changes the case in the help desk. */
    change: (change: Partial<Case>) =>
      backend.change(({ cases }) => Object.assign(cases['c-1']!.case, change)),
    /** Draws a template into a part of the page that is configured for this help desk. */
    async draw<E extends Element>(template: ReturnType<typeof html>): Promise<E> {
      const parentNode = document.createElement('div');
      configure(configuration, parentNode);
      return fixture<E>(template, { parentNode });
    },
  });
}
export type Scene = ReturnType<typeof scene>;
