import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

it('the worked example passes the contract under node:test, over HTTP, with the package as built', async () => {
  const { stdout } = await run(
    process.execPath,
    ['--test', '--test-reporter=tap', 'demo/adapter/contract.test.mjs'],
    { cwd: root },
  ).catch((error: unknown) => error as { stdout: string });
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1]);
  expect(count('fail'), stdout).toBe(0);
  expect(count('pass')).toBeGreaterThan(40);
});
