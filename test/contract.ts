import { it, vi } from 'vitest';
import { backendContract, type ContractSetup } from '../src/testing/index.js';

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
