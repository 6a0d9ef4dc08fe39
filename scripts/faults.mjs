// npm run faults: 10,000 trials of the real elements against a faulty network, by what a help desk guarantees; and as many
// as it takes to show that the run can fail. Exits non-zero where what must not happen has happened, or what must has not.
//   npm run faults -- 1000          so many trials in all
//   npm run faults -- key 4711      one trial again, by its strategy and seed
import { performance } from 'node:perf_hooks';
import { cpus } from 'node:os';
import { faultRun } from '../test/faults/harness.mjs';
import { ensurePackages, findBrowser } from './ensure.mjs';

/** Share of all trials, what may not happen, and what must: test/faults/server.ts says what they are. */
const STRATEGIES = {
  key: { share: 0.45, title: 'keys', never: ['duplicates', 'lost', 'never'] },
  unique: { share: 0.35, title: 'one per case, no keys', never: ['duplicates', 'lost', 'never', 'repeats'] },
  none: { share: 0.15, title: 'neither', never: ['lost', 'repeats'] },
  attempt: { share: 0.04, title: 'a key per attempt', never: ['lost'], must: 'duplicates' },
  forgets: { share: 0.01, title: 'tabs keep nothing', never: [], must: 'lost' },
};
const COLUMNS = ['trials', 'duplicates', 'lost', 'never', 'repeats', 'requests'];
const AT_ONCE = 50;

await ensurePackages();
const executablePath = await findBrowser();
if (!executablePath) process.exit(1);

const [first, second] = process.argv.slice(2);
const again = first && first in STRATEGIES ? { strategy: first, seed: Number(second) } : undefined;
const total = again ? 1 : Number(first ?? 10_000);
// Seeds may be given; each strategy has its own stretch.
const seed = again?.seed ?? Number(process.env.SEED ?? Date.now() % 1_000_000);
const run = await faultRun({ executablePath, pages: again ? 1 : Math.min(4, cpus().length) });
const start = performance.now();

const sums = {};
const jobs = [];
for (const [name, { share }] of Object.entries(STRATEGIES)) {
  if (again && again.strategy !== name) continue;
  const count = again ? 1 : Math.max(1, Math.round(total * share));
  sums[name] = { ...Object.fromEntries(COLUMNS.map((column) => [column, 0])), errors: [], seeds: [] };
  for (let done = 0; done < count; done += AT_ONCE)
    jobs.push({ name, from: seed + done, count: Math.min(AT_ONCE, count - done) });
}

let done = 0;
await Promise.all(
  jobs.map(async ({ name, from, count }) => {
    const tally = await run.play(name, from, count);
    for (const column of COLUMNS) sums[name][column] += tally[column];
    sums[name].errors.push(...tally.errors);
    sums[name].seeds.push(...tally.seeds);
    done += count;
    const rate = done / ((performance.now() - start) / 1000);
    if (Math.floor(done / 500) > Math.floor((done - count) / 500))
      console.log(`${done} of ${total}, ${rate.toFixed(1)} a second`);
  }),
);
await run.close();

console.log(`\nseed ${seed}, ${((performance.now() - start) / 60_000).toFixed(1)} minutes\n`);
console.log(`${'help desk has'.padEnd(22)}${COLUMNS.map((column) => column.padStart(12)).join('')}`);
let failed = false;
for (const [name, sum] of Object.entries(sums)) {
  const { title, never, must } = STRATEGIES[name];
  const wrong = never.filter((column) => sum[column] > 0).map((column) => `${column} must be 0`);
  if (must && !again && sum[must] === 0) wrong.push(`${must} must be above 0: the run shows nothing`);
  if (sum.errors.length) wrong.push(`uncaught: ${[...new Set(sum.errors)].join(' · ')}`);
  failed ||= wrong.length > 0;
  const row = COLUMNS.map((column) => sum[column].toLocaleString('en').padStart(12)).join('');
  console.log(`${title.padEnd(22)}${row}  ${wrong.join('; ')}`);
  if (sum.seeds.length) console.log(`  to look at: ${name} ${sum.seeds.slice(0, 8).join(' ')}`);
}
process.exit(failed ? 1 : 0);
