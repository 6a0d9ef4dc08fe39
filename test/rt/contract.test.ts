import { afterAll, beforeAll, describe } from 'vitest';
import { rest } from '../../src/adapters/rest.js';
import type { User } from '../../src/core/model.js';
import { itPassesTheContract } from '../contract.js';
import { people } from '../desk.js';
import { serve } from '../http.js';
import { checked } from '../openapi.js';
import { backend, emptyQueue, gateway, newCase, policy, reasonLabel, request } from './tracker.js';

/** A fresh case, and nothing open but what the test opens. */
async function scene() {
  await emptyQueue();
  return { ...people, caseId: await newCase(), request, reasonLabel };
}

// The short form of CI leaves out what the gateway's run asks, too.
describe.skipIf(process.env.RT_SHORT)('Request Tracker passes the contract', () => {
  const as = (user: User, fetch?: typeof globalThis.fetch) => ({
    backend: backend({ fetch }),
    call: { user, policy },
  });
  itPassesTheContract(async () => ({ ...(await scene()), as, wire: { fetch: globalThis.fetch, as } }));
});

describe('Request Tracker behind the gateway passes the contract, by HTTP', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve(checked(gateway('/api'), '/api'));
  });
  afterAll(() => server.close());
  const as = (user: User, fetch?: typeof globalThis.fetch) => ({
    backend: rest({ endpoint: `${server.origin}/api`, fetch, headers: () => ({ 'X-User': user.id }) }),
    call: {},
  });
  const without = ['watch', 'upload', 'download', 'feedback'] as const;
  itPassesTheContract(async () => ({
    ...(await scene()),
    as,
    without,
    wire: { fetch: globalThis.fetch, as },
  }));
});
