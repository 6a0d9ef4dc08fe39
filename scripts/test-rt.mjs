// npm run test:rt: the tests in test/rt/ against a real Request Tracker, which it brings, starts and stops.
// The last line is `N passed, N failed`. npm run test:rt -- <part of a test file's path>: only that.
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { countedVitest, finish, giveUp } from './counted.mjs';
import { ensurePackages, findBrowser } from './ensure.mjs';
import { node, root } from './run.mjs';
import { freePort, startInstance } from './rt/instance.mjs';
import { bringPackages } from './rt/packages.mjs';

const start = performance.now();
const lap = (title) =>
  console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${title}`);
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

const files = process.argv.slice(2);
const wanted = ['--project', 'rt', ...(files.length > 0 ? files : ['test/rt/'])];
const counts = await countedVitest(wanted, join(folder, 'vitest.json'), {
  minutes: 10,
  show: true,
  env: { CHROME_PATH: browser, RT_URL: instance.address, RT_TOKENS: join(folder, 'tokens.json') },
});
lap('tests');
await instance.stop();
finish(counts);
