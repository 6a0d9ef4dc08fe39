// npm run test:rt: the tests in test/rt/ against a real Request Tracker, which it brings, starts and stops.
// The last line is `N passed, N failed`. npm run test:rt -- <part of a test file's path>: only that.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensurePackages, findBrowser } from './ensure.mjs';
import { node, root } from './run.mjs';
import { freePort, startInstance } from './rt/instance.mjs';
import { bringPackages } from './rt/packages.mjs';

const start = performance.now();
const lap = (title) =>
  console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${title}`);
const giveUp = (why) => {
  console.log(`${why}\n0 passed, 1 failed`);
  process.exit(1);
};

/** The built file is younger than everything that it is made of. */
function isBuilt() {
  const built = join(root, 'dist', 'cdn', 'escalation-elements.js');
  if (!existsSync(built)) return false;
  const { mtimeMs } = statSync(built);
  return ['src', 'scripts'].every((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).every(
      (name) => statSync(join(root, folder, name)).mtimeMs < mtimeMs,
    ),
  );
}

await ensurePackages();
const browser = await findBrowser();
if (!browser) giveUp('The end-to-end tests need a browser.');
const missing = await bringPackages();
if (missing) giveUp(missing);
lap('packages');

const folder = mkdtempSync(join(tmpdir(), 'escalation-rt-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// The host page of the end-to-end tests loads the built file; `npm test` may have just built it.
if (!isBuilt()) {
  const build = await node(['scripts/build.mjs'], { minutes: 10 });
  if (build.code !== 0) giveUp(build.output);
  lap('build');
}
const instance = await startInstance({ folder, port: await freePort(), lap }).catch(({ message }) =>
  giveUp(message),
);

const report = join(folder, 'vitest.json');
const files = process.argv.slice(2);
const { code } = await node(
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--project', 'rt', '--reporter=default', '--reporter=json', `--outputFile=${report}`],
    ...(files.length > 0 ? files : ['test/rt/']),
  ],
  {
    minutes: 10,
    show: true,
    env: { CHROME_PATH: browser, RT_URL: instance.address, RT_TOKENS: join(folder, 'tokens.json') },
  },
);
lap('tests');
await instance.stop();

const counts = { passed: 0, failed: 0 };
if (existsSync(report)) {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  counts.passed = numPassedTests;
  counts.failed = numFailedTests;
}
// A file that did not even load, or a runner that broke off, counts as one failure.
if (code !== 0 && counts.failed === 0) counts.failed = 1;
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);
