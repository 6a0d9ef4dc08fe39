// npm run bench: our elements against hand-written ones that do the same, in the same run. Builds what is in dist/ into a
// page as a portal would; prints a table, writes node_modules/.cache/bench.json; fails above a budget of
// test/bench/budgets.json. --short: one round, which shows that it runs, and judges no times. --rounds=9, --only=feed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, visit } from '../test/bench/browser.mjs';
import { listBytes } from '../test/bench/bytes.mjs';
import { makeData } from '../test/bench/data.mjs';
import { judge, print } from '../test/bench/report.mjs';
import * as rows from '../test/bench/rows.mjs';
import { bundle, serveSubjects } from '../test/bench/subjects.mjs';
import { node, root } from './run.mjs';

const option = (name) =>
  process.argv.find((one) => one === `--${name}` || one.startsWith(`--${name}=`))?.replace(/^[^=]*=?/, '');
const isShort = option('short') !== undefined;
const rounds = isShort ? 1 : Number(option('rounds') ?? 7);
const only = option('only')?.split(',');
const wanted = (name) => !only || only.includes(name);

if (!existsSync(join(root, 'dist', 'index.js'))) {
  const { code, output } = await node(['scripts/build.mjs']);
  if (code !== 0) throw new Error(output);
}
await bundle([
  ['ours', 'ours.js'],
  ['vanilla', 'vanilla/index.js'],
]);
const server = await serveSubjects(await makeData());
const browser = await launch();
const samples = {};

async function measure(name, subject, work) {
  const page = await visit(browser, server.origin, subject);
  for (const [what, value] of Object.entries(await work(page)))
    ((samples[what] ??= {})[subject] ??= []).push(value);
  await page.close();
  process.stdout.write('.');
}

try {
  for (let round = 0; round < rounds; round++) {
    // Who comes first has a colder machine: they take turns.
    const subjects = round % 2 ? ['vanilla', 'ours'] : ['ours', 'vanilla'];
    for (const name of ['buttons', 'dialog', 'feed'].filter(wanted))
      for (const subject of subjects) await measure(name, subject, rows[name]);
    if (wanted('growth')) await measure('growth', 'ours', rows.growth);
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(` ${rounds} rounds\n`);
if (wanted('bytes')) samples.listBytes = { ours: [await listBytes()] };

const budgets = JSON.parse(readFileSync(join(root, 'test', 'bench', 'budgets.json'), 'utf8'));
const results = judge(budgets, samples, rounds < 7);
print(results);
for (const what of ['dialogNodes', 'feedNodes'].filter((one) => samples[one])) {
  const [ours, vanilla] = [samples[what].ours.at(-1), samples[what].vanilla.at(-1)];
  console.log(`${what}: ours ${ours}, by hand ${vanilla}`);
  // Else they would not be doing the same.
  if (Math.abs(ours / vanilla - 1) > 0.1) throw new Error('The subjects draw too different an amount.');
}
writeFileSync(
  join(root, 'node_modules', '.cache', 'bench.json'),
  `${JSON.stringify({ rounds, results }, null, 2)}\n`,
);
if (results.some(({ verdict }) => verdict === 'OVER')) process.exit(1);
