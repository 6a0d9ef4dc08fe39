import { actors, type ContractSetup, type ContractTest } from './contract.js';
import { deciding } from './deciding.js';
import { escalating } from './escalating.js';
import { queueing } from './queueing.js';
import { reading } from './reading.js';
import { talking } from './talking.js';

export type { ContractSetup, ContractTest } from './contract.js';

/**
 * What every backend must do, as tests for any runner.
 * @param make a help desk in its first state, once per test
 * @example for (const { name, run } of backendContract(make)) it(name, run);
 */
export function backendContract(make: () => ContractSetup | Promise<ContractSetup>): ContractTest[] {
  return Object.entries({ ...reading, ...escalating, ...talking, ...deciding, ...queueing }).map(
    ([name, test]) => ({
      name,
      async run() {
        const setup = await make();
        await test({ setup, ...actors(setup) });
      },
    }),
  );
}
