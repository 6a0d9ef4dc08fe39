import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { faultRun } from '../faults/harness.mjs';
import type { Strategy } from '../faults/server.js';

/**
 * The fault run in short; `npm run faults` plays 10,000. Requests that never arrive, answers that are lost, 502 after the
 * work was done, 8 to 28 s on the way, double clicks, reloads in flight, a second tab: the real elements, the real gateway.
 */

// Fifteen seconds in all where nothing else runs; as long as it takes where much does.
vi.setConfig({ testTimeout: 180_000 });

type Run = Awaited<ReturnType<typeof faultRun>>;
let run: Run;
beforeAll(async () => {
  run = await faultRun({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', pages: 2 });
});
afterAll(() => run?.close());

/** The same trials every time. */
async function play(strategy: Strategy, count: number) {
  const half = Math.ceil(count / 2);
  const parts = await Promise.all([run.play(strategy, 1, half), run.play(strategy, 1 + half, count - half)]);
  const sum = (name: 'trials' | 'duplicates' | 'lost' | 'never' | 'repeats') =>
    parts.reduce((total, part) => total + part[name], 0);
  const seeds = parts.flatMap((part) => part.seeds);
  return { sum, seeds, errors: parts.flatMap((part) => part.errors) };
}

it('a help desk that knows keys: nothing twice, nothing lost', async () => {
  const { sum, seeds, errors } = await play('key', 130);
  expect(
    { trials: sum('trials'), twice: sum('duplicates'), lost: sum('lost'), errors },
    String(seeds),
  ).toEqual({
    trials: 130,
    twice: 0,
    lost: 0,
    errors: [],
  });
});

it('one that takes one escalation per case, without keys: nothing twice, nothing lost, nothing repeated unasked', async () => {
  const { sum, seeds, errors } = await play('unique', 100);
  const { twice, lost, repeats } = { twice: sum('duplicates'), lost: sum('lost'), repeats: sum('repeats') };
  expect({ twice, lost, repeats, errors }, String(seeds)).toEqual({
    twice: 0,
    lost: 0,
    repeats: 0,
    errors: [],
  });
});

it('one that does neither: nothing repeated unasked, nothing lost', async () => {
  const { sum, seeds, errors } = await play('none', 40);
  expect({ lost: sum('lost'), repeats: sum('repeats'), errors }, String(seeds)).toEqual({
    lost: 0,
    repeats: 0,
    errors: [],
  });
});

it('can fail: with a key per attempt there are duplicates', async () => {
  const { sum } = await play('attempt', 20);
  expect(sum('duplicates')).toBeGreaterThan(0);
});

it('can fail: texts are lost when a tab that is reloaded in flight keeps nothing', async () => {
  const { sum } = await play('forgets', 20);
  expect(sum('lost')).toBeGreaterThan(0);
});
