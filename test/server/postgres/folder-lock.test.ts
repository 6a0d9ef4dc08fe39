import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../demo/server/postgres/folder-lock.js';

/** Whose a folder of PGlite is. */

interface Owner {
  pid: number;
  started: string;
  host: string;
}

const top = mkdtempSync(join(tmpdir(), 'desk-lock-'));
afterAll(() => rmSync(top, { recursive: true }));
const folder = join(top, 'pglite');
const lock = `${folder}.lock`;
beforeEach(() => rmSync(lock, { force: true }));

/** The lock of a process like this one, but for what is said. */
function leave(changes: Partial<Owner>): void {
  lockFolder(folder);
  writeFileSync(lock, JSON.stringify({ ...(JSON.parse(readFileSync(lock, 'utf8')) as Owner), ...changes }));
}

describe('a folder of PGlite', () => {
  it('is for one at a time; the next is told who has it, and by which file', () => {
    const unlock = lockFolder(folder);
    const refusal = `The database in ${folder} is in use by process ${process.pid}`;
    expect(() => lockFolder(folder)).toThrow(refusal);
    expect(() => lockFolder(folder)).toThrow(lock);
    unlock();
    lockFolder(folder)();
  });

  it('that a killed process left behind is taken over', () => {
    leave({ pid: 2 ** 30 });
    lockFolder(folder)();
  });

  it.skipIf(process.platform !== 'linux')(
    'is taken over from a process whose number another has by now, as after a restart of a container',
    () => {
      leave({ started: '1' });
      lockFolder(folder)();
    },
  );

  it('of another machine or container is left to it: from here nobody can see whether it lives', () => {
    leave({ host: 'another', pid: 2 ** 30 });
    expect(() => lockFolder(folder)).toThrow(`process ${2 ** 30} on another`);
    expect(() => lockFolder(folder)).toThrow(`remove ${lock}`);
  });

  it('with a lock that nobody can read is taken over', () => {
    writeFileSync(lock, '');
    lockFolder(folder)();
  });
});
