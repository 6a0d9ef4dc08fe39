import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

/** `npx escalation-elements lint|explain`, as it is built and as a shell runs it. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const { bin, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  bin: Record<string, string>;
  version: string;
};
const command = join(root, bin['escalation-elements']!);
const policy = (name: string) => join(root, `src/policies/${name}.json`);
const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(command, args, { env: { ...process.env, TZ: 'America/New_York' } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
const written = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('the command', () => {
  it('can be run, and says which version it is', async () => {
    accessSync(command, constants.X_OK);
    expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('finds nothing wrong with the policies of the package', async () => {
    const { code, out } = await run('lint', policy('genesys'), policy('pulse-secure'), policy('standard'));
    expect([code, out.trim()]).toEqual([0, '0 errors, 0 warnings in 3 policies']);
  });

  it('names the line of a contradiction, and fails', async () => {
    const text = readFileSync(policy('genesys'), 'utf8');
    const broken = text.replace(/,\s*"alternative": "[^"]+"/, '');
    expect(broken).not.toBe(text);
    const { code, out } = await run('lint', written('no-alternative.json', broken));
    const line = broken.slice(0, broken.indexOf('"product-support": {')).split('\n').length;
    expect(code).toBe(1);
    expect(out).toMatch(
      new RegExp(`no-alternative\\.json:${line}:\\d+ +error .*\\(contact-without-alternative\\)`),
    );
  });

  it('names the line of a slip of the pen', async () => {
    const { code, out } = await run('lint', written('slip.json', '{\n  "id": "x",\n  "version" "1"\n}\n'));
    expect([code, /slip\.json:3:\d+/.test(out)]).toEqual([1, true]);
  });

  it('explains a case: the verdict, its evidence, and when it changes', async () => {
    const facts = written(
      'facts.json',
      JSON.stringify({
        status: 'open',
        priority: 'high',
        assignee: { name: 'Dana Reyes' },
        waitingOn: 'support',
        lastUpdate: { at: '2026-05-12T11:05:00Z', by: { name: 'Dana Reyes' } },
        rcaRequestedAt: null,
        program: null,
      }),
    );
    const { code, out } = await run('explain', policy('genesys'), facts, '--now', '2026-05-12T14:00:00Z');
    expect(code).toBe(0);
    expect(out).toMatch(/^This case can be escalated from Wed 13 May 2026 07:05/);
    expect(out).toMatch(/not met +24 hours since the last update/);
    expect(out).toMatch(/When it is Wed 13 May 2026 07:05 .*:\n +This case can be escalated\./);
  });

  it.each([
    ['no command', []],
    ['one that there is not', ['improve']],
    ['a file that is not there', ['lint', '/no/such/file.json']],
  ])('%s: says so, and exits with 2', async (_what, args) => {
    const { code, err } = await run(...args);
    expect([code, err.length > 0]).toEqual([2, true]);
  });
});
