import { type Backend, type Call, type Tagged } from '../core/backend.js';
import { isCaseState } from '../core/guard.js';
import type { CaseState } from '../core/model.js';
import type { Policy } from '../core/policy.js';
import { endpointUrl, segment } from './lib/address.js';
import { exchange, tagOf, type Wire } from './lib/exchange.js';
import { protocol } from './lib/json.js';
import type { RestCalls } from './rest/rest-calls.js';

/** Options of {@link rest}. */
export interface RestOptions extends Omit<Wire, 'baseUrl'> {
  /** Base URL of a server that speaks the contract (`openapi.yaml`); relative to the page, or absolute. */
  endpoint: string;
}

/** Calls that come, with the guards that check their answers, when the first of them is wanted. */
const LATER = 'escalate escalation entries post act note queue feedback watch upload download'.split(
  ' ',
) as (keyof RestCalls)[];

/**
 * The client of the REST contract: what `endpoint` makes. Only what a button needs is here; the other calls, and the
 * guards that check their answers, come with the first of them.
 * @throws BackendError `bad-address` for an endpoint that cannot be one
 */
export function rest({ endpoint, ...options }: RestOptions): Backend {
  const wire: Wire = { ...options, baseUrl: endpointUrl(endpoint, globalThis.document?.baseURI) };
  const later = Object.fromEntries(
    LATER.map((name) => [
      name,
      async (...args: unknown[]): Promise<unknown> => {
        const { restCalls } = await import('./rest/rest-calls.js');
        return (restCalls(wire)[name] as (...all: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as RestCalls;

  return {
    address: wire.baseUrl,
    // The server's own guarantees come with every CaseState.
    guarantees: { dedup: 'key', unique: 'store', live: false },

    async load(caseId: string, call: Call): Promise<Tagged<CaseState> | 'not-modified'> {
      const answer = await exchange(wire, { path: `/cases/${segment(caseId)}` }, call);
      if (answer.status === 304) return 'not-modified';
      if (!isCaseState(answer.body)) throw protocol();
      return { value: answer.body, etag: tagOf(answer) };
    },

    async policy(id: string, version: string, call: Call): Promise<Policy> {
      const path = `/policies/${segment(id)}/${segment(version)}`;
      const { body } = await exchange(wire, { path }, { ...call, etag: undefined });
      return (await import('../core/guard-policy.js')).readPolicy(body);
    },

    ...later,
  };
}
