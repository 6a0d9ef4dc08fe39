import standard from '../../src/policies/standard.json' with { type: 'json' };
import { memory } from '../../src/adapters/memory.js';
import type { Backend, Call } from '../../src/core/backend.js';
import type { Entry, EscalationRequest, Guarantees, User } from '../../src/core/model.js';
import { parsePolicy } from '../../src/core/policy.js';
import { memoryKeys, type KeyStore } from '../../src/gateway/keys.js';
import { caseOf, gatewayOver, people } from '../desk.js';
import type { Clock } from './clock.js';

export const policy = parsePolicy(standard);

/**
 * What a help desk keeps of its own accord. `key`: it knows a key again, and nothing else keeps a case from having two
 * escalations; its looks are up to a minute behind. `unique`: it takes one escalation per case, and knows no keys. `none`:
 * neither. Two that must go wrong: `attempt` is `key`, but every request comes with a key of its own; `forgets` is `key`, but
 * every page is reloaded in flight, and the browser keeps nothing of it.
 */
export type Strategy = 'key' | 'unique' | 'none' | 'attempt' | 'forgets';

const GUARANTEES: Record<Strategy, Partial<Guarantees>> = {
  key: { dedup: 'key', unique: 'none' },
  attempt: { dedup: 'key', unique: 'none' },
  forgets: { dedup: 'key', unique: 'none' },
  unique: { dedup: 'none', unique: 'store' },
  none: { dedup: 'none', unique: 'none' },
};

const noKeys: KeyStore = {
  begin: async () => ({ state: 'new' }),
  finish: async () => undefined,
  release: async () => undefined,
};

/** What has come of all that was sent. */
export interface Outcome {
  requests: EscalationRequest[];
  messages: string[];
}

/** A help desk by the strategy, behind the real gateway. @param lag how long a look does not show what was filed, in ms */
export async function serverFor(strategy: Strategy, clock: Clock, lag: number, withEscalation: boolean) {
  const guarantees: Guarantees = {
    dedup: 'key',
    unique: 'store',
    live: false,
    pollSeconds: 5,
    ...GUARANTEES[strategy],
  };
  const now = () => new Date(clock.now);
  const make = () => memory({ cases: [{ case: caseOf(), account: 'acme' }], clock: now, guarantees });
  const first = make();
  const outcome: Outcome = { requests: [], messages: [] };
  const by = (user: User): Call => ({ user, policy, key: `start-${user.id}` });
  if (withEscalation) {
    const body = { reasonId: 'other', details: 'First.', confirmed: [], policyVersion: policy.version };
    const { escalation } = await first.escalate('c-1', body, by(people.customer));
    await first.act?.(escalation.id, { kind: 'take' }, by(people.owner));
  }
  const backend =
    strategy === 'unique' ? unique(first, outcome) : forgetful(first, make, outcome, clock, lag);
  const gateway = gatewayOver({
    backend,
    clock: now,
    basePath: '/api',
    policyFor: () => policy,
    policies: () => policy,
    keys: strategy === 'unique' || strategy === 'none' ? noKeys : memoryKeys(now),
  });
  return { gateway: saying(guarantees, gateway), outcome };
}

/** The gateway keeps keys, and one escalation per case, for a help desk that does not; here it may not say so. */
function saying(guarantees: Guarantees, gateway: (request: Request) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    const answer = await gateway(request);
    if (answer.status !== 200 || !/\/cases\/c-1$/.test(request.url)) return answer;
    const state = (await answer.json()) as object;
    return Response.json({ ...state, guarantees }, { headers: answer.headers });
  };
}

const withoutKey = (call: Call): Call => ({ ...call, key: undefined });

/** One escalation per case, and one message per client id; no keys. */
function unique(desk: Backend, outcome: Outcome): Backend {
  const known = new Set<string>();
  return {
    ...desk,
    async escalate(caseId, request, call) {
      const made = await desk.escalate(caseId, request, withoutKey(call));
      outcome.requests.push(request);
      return made;
    },
    async post(id, draft, call) {
      const entry = await desk.post!(id, draft, call);
      if (!known.has(entry.id)) outcome.messages.push(draft.text);
      known.add(entry.id);
      return entry;
    },
  };
}

/** Takes whatever comes, as often as it comes; what it has taken is seen only after a while. */
function forgetful(
  first: Backend,
  make: () => Backend,
  outcome: Outcome,
  clock: Clock,
  lag: number,
): Backend {
  let visibleAt = -Infinity;
  let count = 0;
  const clientIds = new Map<string, string>();
  const own = (entry: Entry): Entry => ({
    ...entry,
    clientId: clientIds.get(entry.clientId ?? '') ?? entry.clientId,
  });
  return {
    ...first,
    async load(caseId, call) {
      const found = await first.load(caseId, { ...call, etag: undefined });
      if (found === 'not-modified' || clock.now >= visibleAt) return found;
      return { value: { ...found.value, openEscalation: null } };
    },
    async escalate(caseId, request, call) {
      // A second one for the case is a case of its own here: the help desk does not see that they belong together.
      const desk = outcome.requests.length ? make() : first;
      const made = await desk.escalate(caseId, request, withoutKey(call));
      if (desk === first) visibleAt = clock.now + lag;
      outcome.requests.push(request);
      return made;
    },
    async post(id, draft, call) {
      const clientId = `again-${++count}`;
      clientIds.set(clientId, draft.clientId);
      const entry = await first.post!(id, { ...draft, clientId }, call);
      outcome.messages.push(draft.text);
      return own(entry);
    },
    async entries(id, query, call) {
      const found = await first.entries!(id, query, { ...call, etag: undefined });
      if (found === 'not-modified') return found;
      return { value: { ...found.value, entries: found.value.entries.map(own) } };
    },
  };
}
