import { afterAll, beforeAll, describe } from 'vitest';
import { rest } from '../../src/adapters/rest.js';
import type { User } from '../../src/core/model.js';
import { itPassesTheContract } from '../contract.js';
import { attach, caseOf, gatewayOver, helpDesk, people, policy, request } from '../desk.js';
import { serve } from '../http.js';
import { checked } from '../openapi.js';

const reasonLabel = policy.reasons.find(({ id }) => id === request.reasonId)?.label as string;

const reached = (user: User, endpoint: string, fetch: typeof globalThis.fetch | undefined) => ({
  backend: rest({ endpoint, fetch, headers: () => ({ 'X-User': user.id }) }),
  call: {},
});

const cases = ['c-1', 'c-2', 'c-3'].map((id) => caseOf({ id }));

/** `rest` in front of a fresh gateway; every request and reply is held against openapi.yaml. */
const setupOver = (endpoint: string, fetch: typeof globalThis.fetch | undefined) => ({
  ...people,
  caseId: 'c-1',
  moreCases: ['c-2', 'c-3'],
  request,
  reasonLabel,
  as: (user: User) => reached(user, endpoint, fetch),
  wire: {
    fetch: fetch ?? globalThis.fetch,
    as: (user: User, other: typeof globalThis.fetch) => reached(user, endpoint, other),
  },
});

describe('rest over the gateway, by an injected fetch, passes the contract', () => {
  const make = () => {
    const gateway = checked(gatewayOver({ backend: helpDesk(cases, { attach }) }));
    return setupOver('https://desk.test', async (input, init) => gateway(new Request(input, init)));
  };
  itPassesTheContract(make);
});

describe('rest over the gateway, by HTTP on loopback, passes the contract', () => {
  let gateway: (request: Request) => Promise<Response>;
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve((incoming) => gateway(incoming));
  });
  afterAll(() => server.close());
  const make = () => {
    gateway = checked(gatewayOver({ backend: helpDesk(cases, { attach }), basePath: '/api' }), '/api');
    return setupOver(`${server.origin}/api`, undefined);
  };
  itPassesTheContract(make);
});
