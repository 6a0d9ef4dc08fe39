import { it, vi } from 'vitest';
import { rest } from '../src/adapters/rest.js';
import type { Backend } from '../src/core/backend.js';
import type { User } from '../src/core/model.js';
import { backendContract, type ContractSetup } from '../src/testing/index.js';
import { gatewayOver } from './desk.js';
import './loaded.js';
import { checked } from './openapi.js';

/** The timers of a contract run: a deadline passes at once. */
const timers = () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return { pass: (ms: number) => vi.advanceTimersByTimeAsync(ms), restore: () => vi.useRealTimers() };
};

/** One `it` for each test of the contract. */
export function itPassesTheContract(make: () => ContractSetup | Promise<ContractSetup>): void {
  for (const { name, run, patience } of backendContract(async () => ({ timers, ...(await make()) })))
    it(name, run, patience);
}

/**
 * How pages reach a backend: by `rest`, through a gateway of its own; every request and answer is held against openapi.yaml.
 * @param people who can sign in, by the header `X-User`
 */
export function throughGateway(
  backend: Backend,
  people: Record<string, User>,
): Pick<ContractSetup, 'as' | 'wire'> {
  const gateway = checked(
    gatewayOver({
      backend,
      authenticate: ({ headers }) =>
        Object.values(people).find(({ id }) => id === headers.get('X-User')) ?? null,
    }),
  );
  const fetch: typeof globalThis.fetch = async (input, init) => gateway(new Request(input, init));
  const reached = (user: User, over: typeof globalThis.fetch) => ({
    backend: rest({ endpoint: 'https://desk.test', fetch: over, headers: () => ({ 'X-User': user.id }) }),
    call: {},
  });
  return { as: (user) => reached(user, fetch), wire: { fetch, as: reached } };
}
