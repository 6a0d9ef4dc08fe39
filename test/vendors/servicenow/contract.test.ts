import { afterAll, beforeAll, describe } from 'vitest';
import type { User } from '../../../src/core/model.js';
import { itPassesTheContract, throughGateway } from '../../contract.js';
import { heldAgainstTheDocs } from './documented.js';
import { adapterFor, callOf, instanceWith, scene } from './instance.js';
import { staffAndCustomers } from './people.js';
import { line } from './server.js';

beforeAll(() => line.listen({ onUnhandledRequest: 'error' }));
afterAll(() => line.close());

describe('servicenow passes the contract', () => {
  itPassesTheContract(() => {
    const { instance, caseId } = instanceWith();
    const reached = (user: User, fetch?: typeof globalThis.fetch) => ({
      backend: adapterFor(instance, { fetch }),
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

describe('servicenow behind the gateway passes the contract', () => {
  itPassesTheContract(() => {
    const { instance, caseId } = instanceWith();
    return { ...scene, caseId, ...throughGateway(adapterFor(instance), staffAndCustomers) };
  });
});

heldAgainstTheDocs();
