// Vitest on something real that a script has started: printed as it goes, and counted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { node, root } from './run.mjs';

/** Ends a run that could not even begin, with one sentence and the line that is read for the count. */
export function giveUp(why) {
  console.log(`${why}\n0 passed, 1 failed`);
  process.exit(1);
}

/**
 * @param folder where the report may be written
 * @param env for the tests: where the real thing is
 * @returns {passed, failed}; a file that did not even load, or a runner that broke off, counts as one failure
 */
export async function countedVitest(project, files, { folder, env }) {
  const report = join(folder, 'vitest.json');
  const { code } = await node(
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile=${report}`],
      ...files,
    ],
    { minutes: 10, show: true, env },
  );
  const read = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = read;
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** The last line, and the exit code. */
export function finish({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
