// What a test runner's own report says, in the one form that our scripts print: {passed, failed, failures}.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { node, root } from './run.mjs';

/** Ends a run that could not even begin, with one sentence and the line that is read for the count. */
export function giveUp(why) {
  console.log(`${why}\n0 passed, 1 failed`);
  process.exit(1);
}

/**
 * Runs Vitest.
 * @param args as for `vitest run`
 * @param report where its report may be written
 * @param options of `node`
 * @returns {code, output, passed, failed, failures}; a file that did not even load counts as one failure, and so does a
 *   runner that broke off without saying why
 */
export async function countedVitest(args, report, options) {
  const { code, output } = await node(
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`],
      ...args,
    ],
    options,
  );
  const read = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] };
  const failures = read.testResults.filter((file) => file.status === 'failed').flatMap(failuresOf);
  if (code !== 0 && failures.length === 0) {
    const why = output.indexOf('Unhandled');
    failures.push({ title: 'the runner broke off', message: output.slice(why < 0 ? -5_000 : why) });
  }
  return { code, output, passed: read.numPassedTests ?? 0, failed: failures.length, failures };
}

function failuresOf({ name, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return [{ title: file, message }];
  return failed.map((test) => ({
    title: [file, ...test.ancestorTitles, test.title].join(' › '),
    message: test.failureMessages.join('\n'),
  }));
}

const indented = (text) => text.replace(/^/gm, '    ');
/** Each failure in two lines: where, and what. */
export const inShort = (failures) =>
  failures.map(({ title, message }) => `  ✗ ${title}\n${indented(message.split('\n')[0].slice(0, 300))}`);
/** Each failure with all that its runner says of it. */
export const inFull = (failures) => failures.map(({ title, message }) => `✗ ${title}\n${indented(message)}`);

/** The last lines, and the exit code. */
export function finish({ passed, failed, failures }) {
  console.log([...inShort(failures), `${passed} passed, ${failed} failed`].join('\n'));
  process.exit(failed > 0 ? 1 : 0);
}
