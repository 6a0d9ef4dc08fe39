import { memory, type MemoryOptions } from '../../src/adapters/memory.js';
import type { Case, EscalationRequest, User } from '../../src/core/model.js';
import { parsePolicy, type Policy } from '../../src/core/policy.js';
import { createGateway, type GatewayEvent, type GatewayOptions } from '../../src/gateway/gateway.js';
import pulseDocument from '../../src/policies/pulse-secure.json' with { type: 'json' };
import { caseOf, people, policy as genesys, request } from '../desk.js';
import { checked, type Json } from '../openapi.js';

/** A gateway as users meet it: people who send requests, a clock that can be set, and what was told to the host. */

export const pulse = parsePolicy(pulseDocument);
export { caseOf, genesys, request };
/** Tuesday 12 May 2026, 10:05 in New York. */
export const NOW = '2026-05-12T14:05:00.000Z';

const also = (id: string, name: string, role: string, more: Partial<User> = {}): User => ({
  id,
  name,
  role,
  audience: 'direct',
  ...more,
});
/** `assignee` is a manager, and in pulse-secure a reviewer: cases of {@link assignedToManager} are theirs. */
export const everyone = {
  ...people,
  partner: also('p-1', 'Lena Vogt', 'partner', { account: 'acme', audience: 'partner' }),
  owner2: also('o-2', 'Ida Holm', 'owner'),
  assignee: also('m-1', 'Max Lind', 'manager'),
  manager: also('m-2', 'Eva Roth', 'manager'),
};
export type Who = keyof typeof everyone;
export const assignedToManager = (changes: Partial<Case> = {}) =>
  caseOf({ assignee: { id: 'm-1', name: 'Max Lind', role: 'manager' }, ...changes });

export interface Reply {
  status: number;
  headers: Headers;
  /** The JSON; undefined where there is no body. */
  body: Json;
  etag: string;
}

type Options = Partial<Omit<GatewayOptions, 'policyFor'>> & {
  cases?: Case[];
  policy?: Policy;
  memory?: Partial<MemoryOptions>;
};

let keys = 0;
export const newKey = () => `"key-${++keys}"`;

/** A gateway over a fresh help desk in memory; every request and answer is held against openapi.yaml. */
export function open({ cases = [caseOf()], policy = genesys, memory: options, ...rest }: Options = {}) {
  let present = new Date(NOW);
  const clock = () => present;
  const desk = memory({ cases: cases.map((kase) => ({ case: kase, account: 'acme' })), clock, ...options });
  const told: GatewayEvent[] = [];
  const current = { policy };
  const gateway = checked(
    createGateway({
      backend: desk,
      policyFor: () => current.policy,
      policies: (id, version) => (id === policy.id && version === policy.version ? policy : null),
      authenticate: ({ headers }) =>
        Object.values(everyone).find(({ id }) => id === headers.get('X-User')) ?? null,
      clock,
      notify: (event) => void told.push(event),
      ...rest,
    }),
    rest.basePath,
  );

  /** @param body an object is sent as JSON, a string as it is */
  async function send(
    who: Who | null,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const response = await gateway(
      new Request(`https://desk.test${rest.basePath ?? ''}${path}`, {
        method,
        headers: {
          ...(who && { 'X-User': everyone[who].id }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' ? (body as string) : JSON.stringify(body),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text ? JSON.parse(text) : undefined,
      etag: response.headers.get('ETag') ?? '',
    };
  }

  const get = (who: Who | null, path: string, headers?: Record<string, string>) =>
    send(who, 'GET', path, undefined, headers);
  /** A write with a fresh key, where none is given. */
  const post = (who: Who | null, path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(who, 'POST', path, body, { 'Idempotency-Key': newKey(), ...headers });

  return {
    desk,
    gateway,
    told,
    send,
    get,
    post,
    setPolicy: (next: Policy) => void (current.policy = next),
    setClock: (time: string) => void (present = new Date(time)),
    wait: (minutes: number) => void (present = new Date(present.getTime() + minutes * 60_000)),
    escalate: (who: Who, more: Partial<EscalationRequest> = {}, headers?: Record<string, string>) =>
      post(who, '/cases/c-1/escalations', { ...request, ...more }, headers),
    say: (who: Who, id: string, text: string, clientId = newKey().slice(1, -1)) =>
      post(who, `/escalations/${id}/entries`, { clientId, text }, { 'Idempotency-Key': `"${clientId}"` }),
    act: (who: Who, id: string, action: object, etag?: string, headers: Record<string, string> = {}) =>
      post(who, `/escalations/${id}/actions`, action, { ...(etag && { 'If-Match': etag }), ...headers }),
  };
}
export type Gateway = ReturnType<typeof open>;

/** What an answer says, without what differs from one request to the next. */
export const told = ({ status, body: { traceId: _traceId, ...rest } }: Reply) => ({ status, ...rest });
