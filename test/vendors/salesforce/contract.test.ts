import { afterAll, beforeAll, describe } from 'vitest';
import { rest } from '../../../src/adapters/rest.js';
import type { User } from '../../../src/core/model.js';
import { itPassesTheContract } from '../../contract.js';
import { gatewayOver } from '../../desk.js';
import { checked } from '../../openapi.js';
import { adapterFor, callOf, orgWith, scene } from './org.js';
import { staffAndCustomers } from './people.js';
import { line } from './server.js';

beforeAll(() => line.listen({ onUnhandledRequest: 'error' }));
afterAll(() => line.close());

describe('salesforce passes the contract', () => {
  itPassesTheContract(() => {
    const { org, caseId } = orgWith();
    const reached = (user: User, fetch?: typeof globalThis.fetch) => ({
      backend: adapterFor(org, { fetch }),
      call: callOf(user),
    });
    return {
      ...scene,
      caseId,
      as: (user) => reached(user),
      wire: { fetch: (input, init) => fetch(input, init), as: reached },
    };
  });
});

describe('salesforce behind the gateway passes the contract', () => {
  itPassesTheContract(() => {
    const { org, caseId } = orgWith();
    const gateway = checked(
      gatewayOver({
        backend: adapterFor(org),
        authenticate: ({ headers }) =>
          Object.values(staffAndCustomers).find(({ id }) => id === headers.get('X-User')) ?? null,
      }),
    );
    const ask: typeof fetch = async (input, init) => gateway(new Request(input, init));
    const reached = (user: User, over: typeof fetch) => ({
      backend: rest({ endpoint: 'https://desk.test', fetch: over, headers: () => ({ 'X-User': user.id }) }),
      call: {},
    });
    return { ...scene, caseId, as: (user) => reached(user, ask), wire: { fetch: ask, as: reached } };
  });
});
