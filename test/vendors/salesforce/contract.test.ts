import { afterAll, beforeAll, describe } from 'vitest';
import type { User } from '../../../src/core/model.js';
import { itPassesTheContract, throughGateway } from '../../contract.js';
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
    return { ...scene, caseId, ...throughGateway(adapterFor(org), staffAndCustomers) };
  });
});
