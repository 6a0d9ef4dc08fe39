import { acting } from './acting.js';
import { actors, Skip, type ContractSetup, type ContractTest, type Topic } from './contract.js';
import { deciding } from './deciding.js';
import { declaring } from './declaring.js';
import { escalating } from './escalating.js';
import { failing } from './failing.js';
import { filing } from './filing.js';
import { lying } from './lying.js';
import { queueing } from './queueing.js';
import { reading } from './reading.js';
import { searching } from './searching.js';
import { talking } from './talking.js';
import { watching } from './watching.js';

export type { ContractSetup, ContractTest, Reached, RunContext } from './contract.js';

const TOPICS: Topic = {
  ...reading,
  ...escalating,
  ...talking,
  ...deciding,
  ...acting,
  ...declaring,
  ...queueing,
  ...watching,
  ...filing,
  ...searching,
  ...failing,
  ...lying,
};

const PATIENCE_MS = 60_000;

/**
 * What every backend must do, as tests for any runner.
 * @param make a help desk in its first state, once per test
 * @example for (const { name, run, patience } of backendContract(make)) it(name, run, patience); // Vitest
 * @example for (const { name, run } of backendContract(make)) test(name, run); // node:test
 */
export function backendContract(make: () => ContractSetup | Promise<ContractSetup>): ContractTest[] {
  return Object.entries(TOPICS).map(([name, test]) => ({
    name,
    patience: PATIENCE_MS,
    async run(context = {}) {
      try {
        const setup = await make();
        await test({ setup, ...actors(setup) });
      } catch (error) {
        if (!(error instanceof Skip)) throw error;
        context.skip?.(error.message);
      }
    },
  }));
}
