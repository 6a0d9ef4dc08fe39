import { actors, without, type ContractSetup, type ContractTest, type Lack, type Topic } from './contract.js';
import { deciding } from './deciding.js';
import { escalating } from './escalating.js';
import { filing, withoutFiles } from './filing.js';
import { queueing } from './queueing.js';
import { reading } from './reading.js';
import { searching } from './searching.js';
import { talking } from './talking.js';
import { watching, withoutEvents } from './watching.js';

export type { ContractSetup, ContractTest, RunContext } from './contract.js';

const TOPICS: [Topic, Lack][] = [
  [{ ...reading, ...escalating, ...talking, ...deciding }, without()],
  [queueing, without('queue')],
  [watching, withoutEvents],
  [filing, withoutFiles],
  [searching, without('entries', 'post')],
];

/**
 * What every backend must do, as tests for any runner.
 * @param make a help desk in its first state, once per test
 * @example for (const { name, run } of backendContract(make)) it(name, run);
 */
export function backendContract(make: () => ContractSetup | Promise<ContractSetup>): ContractTest[] {
  return TOPICS.flatMap(([topic, lack]) =>
    Object.entries(topic).map(([name, test]) => ({
      name,
      async run(context = {}) {
        const setup = await make();
        const scene = { setup, ...actors(setup) };
        const why = await lack(scene);
        if (why !== undefined) return context.skip?.(why);
        await test(scene);
      },
    })),
  );
}
