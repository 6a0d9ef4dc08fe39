// A reporter for @web/test-runner: prints each file and each failure, counts what did not even start as failed,
// and leaves {passed, failed} in the file that WTR_COUNTS names.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

function* tests(suite, above = []) {
  for (const test of suite?.tests ?? []) yield { ...test, title: [...above, test.name].join(' › ') };
  for (const child of suite?.suites ?? []) yield* tests(child, [...above, child.name]);
}

const text = (error) => [error.message, error.stack].filter(Boolean).join('\n').replace(/^/gm, '    ');

export function counts() {
  const sum = { passed: 0, failed: 0 };
  return {
    reportTestFileResults({ sessionsForTestFile, testFile }) {
      for (const session of sessionsForTestFile) {
        const all = [...tests(session.testResults)].filter((test) => !test.skipped);
        const failed = all.filter((test) => !test.passed);
        sum.passed += all.length - failed.length;
        sum.failed += failed.length;
        const lines = failed.map((test) => `  ✗ ${test.title}\n${test.error ? text(test.error) : ''}`);
        // Import errors, crashes and hooks that throw are no test results: each file with one counts as a failure.
        if (session.errors.length > 0 || (!session.passed && failed.length === 0)) {
          sum.failed += 1;
          const errors = session.errors.map(text).join('\n');
          const missing = (session.request404s ?? []).map((url) => `    404 ${url}`).join('\n');
          lines.push(
            `  ✗ the file itself\n${[errors, missing].filter(Boolean).join('\n') || '    no result'}`,
          );
        }
        if (lines.length > 0) lines.push(...(session.logs ?? []).map((args) => `    log ${args.join(' ')}`));
        const mark = lines.length > 0 ? '✗' : '✓';
        console.log([`${mark} ${relative(process.cwd(), testFile)} (${all.length})`, ...lines].join('\n'));
      }
    },
    stop() {
      if (process.env.WTR_COUNTS) writeFileSync(process.env.WTR_COUNTS, JSON.stringify(sum));
      console.log(`${sum.passed} passed, ${sum.failed} failed`);
    },
    onTestRunFinished({ testCoverage }) {
      if (testCoverage && !testCoverage.passed) sum.failed += 1;
    },
  };
}
