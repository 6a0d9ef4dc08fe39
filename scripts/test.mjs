// npm test: every check, and at the end one line `N passed, N failed`.
// npm test -- unit | elements | e2e | <part of a test file's path>: only that, printed as it goes.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { countedVitest, inFull, inShort } from './counted.mjs';
import { ensurePackages, findBrowser } from './ensure.mjs';
import { node, root } from './run.mjs';

const only = process.argv.slice(2);
const whole = only.length === 0;

await ensurePackages();
const temp = mkdtempSync(join(tmpdir(), 'escalation-elements-'));
process.on('exit', () => rmSync(temp, { recursive: true, force: true }));

const sum = { passed: 0, failed: 0 };
const failures = [];
const bin = (name, path) => join(root, 'node_modules', name, path);

/** One line when it is done; if it failed, each failure in short, and everything at the end. */
async function step(title, work) {
  const start = performance.now();
  let result;
  try {
    result = await work();
  } catch (error) {
    result = { code: 1, output: String(error) };
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const ok = result.code === 0;
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${title.padEnd(24)} ${seconds.padStart(6)} s  ${result.note ?? ''}`,
  );
  if (ok) return true;
  if (!result.failures) {
    // The runners have added their own tests; any other failed step counts as one failure.
    sum.failed += 1;
    failures.push({ title, output: result.output });
    return false;
  }
  console.log(inShort(result.failures).join('\n'));
  // A part has printed them as it went.
  if (whole) failures.push({ title, output: inFull(result.failures).join('\n\n') });
  return false;
}

/** Runs the work two at a time: more only makes each of them slower on a small machine. */
async function twoAtATime(jobs) {
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  await Promise.all([worker(), worker()]);
}

/** Regenerates custom-elements.json elsewhere and compares it with the one in the repository. */
async function manifest() {
  const result = await node([
    bin('@custom-elements-manifest/analyzer', 'cem.js'),
    'analyze',
    '--outdir',
    // The analyzer takes a path from the top folder.
    'node_modules/.cache/manifest',
  ]);
  if (result.code !== 0) return result;
  const fresh = readFileSync(join(root, 'node_modules/.cache/manifest/custom-elements.json'), 'utf8');
  const committed = join(root, 'custom-elements.json');
  if (existsSync(committed) && readFileSync(committed, 'utf8') === fresh) return result;
  return { code: 1, output: 'custom-elements.json is not what the sources say: run `npm run manifest`.' };
}

/** What a runner has counted, as a step's result. */
function add({ passed, failed, failures }) {
  sum.passed += passed;
  sum.failed += failed;
  return { code: failed > 0 ? 1 : 0, failures, note: `${passed} passed, ${failed} failed` };
}

async function vitest(title, args) {
  const env = { CHROME_PATH: browser, ...(whole && { NO_COLOR: '1' }) };
  await step(title, async () =>
    add(await countedVitest(args, join(temp, 'vitest.json'), { minutes: 15, show: !whole, env })),
  );
}

async function elements(args = []) {
  await step('elements in the browser', async () => {
    if (!readdirIfAny('test/elements').some((name) => name.endsWith('.test.ts'))) {
      return { code: 0, note: 'no tests yet' };
    }
    if (!browser) return { code: 1, output: 'No browser: see the first lines.' };
    const file = join(temp, 'wtr.json');
    const { code, output } = await node([bin('@web/test-runner', 'dist/bin.js'), ...args], {
      minutes: 15,
      show: !whole,
      env: { CHROME_PATH: browser, WTR_COUNTS: file },
    });
    // A runner that broke off has counted nothing, or nothing that says why.
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    return counts && (code === 0 || counts.failed > 0) ? add(counts) : { code: code || 1, output };
  });
}

const readdirIfAny = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    : [];

const build = () => step('build', () => node(['scripts/build.mjs'], { minutes: 10, show: !whole }));
const script = (path, ...args) => node([join('scripts', path), ...args]);

const browser = await findBrowser();

if (whole) {
  let built = false;
  await twoAtATime([
    async () => {
      built = await build();
      if (built) await step('size', () => script('size.mjs', '--check'));
    },
    () => step('lint', () => node([bin('eslint', 'bin/eslint.js'), '.', '--max-warnings=0'])),
    () => step('types', () => node([bin('typescript', 'bin/tsc'), '--noEmit'])),
    () => step('format', () => node([bin('prettier', 'bin/prettier.cjs'), '--check', '.'])),
    () => step('manifest current', manifest),
    () => step('parts current', () => script('parts.mjs', '--check')),
    ...(existsSync(join(root, 'scripts', 'policy-schema.mjs'))
      ? [() => step('policy schema current', () => script('policy-schema.mjs', '--check'))]
      : []),
  ]);
  // Without a build or a browser there is no end-to-end test; the failed step has been counted.
  const part = built && browser ? [] : ['--project', 'unit'];
  await vitest(part.length > 0 ? 'unit' : 'unit and end to end', ['--passWithNoTests', ...part]);
  await elements();
} else if (only[0] === 'unit') {
  await vitest('unit', ['--project', 'unit', ...only.slice(1)]);
} else if (only[0] === 'elements') {
  await elements(only.length > 1 ? ['--files', ...only.slice(1)] : []);
} else if (only[0] === 'e2e') {
  if (await build()) await vitest('end to end', ['--project', 'e2e', ...only.slice(1)]);
} else {
  await vitest('unit and end to end', only);
}

for (const { title, output } of failures) {
  if (output) console.log(`\n──── ${title} ────\n${output.trim()}`);
}
if (whole) {
  console.log(
    'Not among these: a real Request Tracker (npm run test:rt), a real PostgreSQL (npm run test:postgres).',
  );
  if (!process.env.VENDOR_SPECS)
    console.log(
      'Not compared with what their makers publish (VENDOR_SPECS is not set): Zendesk, Jira Service Management, ServiceNow.',
    );
}
console.log(`${sum.failed > 0 ? '\n' : ''}${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed > 0 ? 1 : 0);
