// A reporter for @web/test-runner: prints each file and each failure, counts what did not even start as failed,
// and leaves {passed, failed, failures} in the file that WTR_COUNTS names.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

function* tests(suite, above = []) {
  for (const test of suite?.tests ?? []) yield { ...test, title: [...above, test.name].join(' › ') };
  for (const child of suite?.suites ?? []) yield* tests(child, [...above, child.name]);
}

const text = (error) => [error?.message, error?.stack].filter(Boolean).join('\n');

/** Import errors, crashes and hooks that throw are no test results: each file with one counts as a failure. */
function failureOfFile({ errors, request404s = [] }) {
  const lines = [...errors.map(text), ...request404s.map((url) => `404 ${url}`)];
  return { title: 'the file itself', message: lines.join('\n') || 'no result' };
}

function failuresOf(session, all) {
  const failed = all.filter((test) => !test.passed);
  const failures = failed.map(({ title, error }) => ({ title, message: text(error) }));
  if (session.errors.length > 0 || (!session.passed && failed.length === 0))
    failures.push(failureOfFile(session));
  const logs = (session.logs ?? []).map((args) => `log ${args.join(' ')}`);
  return failures.map(({ title, message }) => ({ title, message: [message, ...logs].join('\n') }));
}

export function counts() {
  const sum = { passed: 0, failed: 0, failures: [] };
  return {
    reportTestFileResults({ sessionsForTestFile, testFile }) {
      const file = relative(process.cwd(), testFile);
      for (const session of sessionsForTestFile) {
        const all = [...tests(session.testResults)].filter((test) => !test.skipped);
        const failures = failuresOf(session, all);
        sum.passed += all.filter((test) => test.passed).length;
        sum.failed += failures.length;
        console.log(`${failures.length > 0 ? '✗' : '✓'} ${file} (${all.length})`);
        for (const { title, message } of failures) {
          sum.failures.push({ title: `${file} › ${title}`, message });
          console.log(`  ✗ ${title}\n${message.replace(/^/gm, '    ')}`);
        }
      }
    },
    stop() {
      if (process.env.WTR_COUNTS) writeFileSync(process.env.WTR_COUNTS, JSON.stringify(sum));
      console.log(`${sum.passed} passed, ${sum.failed} failed`);
    },
  };
}
