import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

/** Whose a lock is. A number is used again, in containers at once (1): the time of the start tells them apart. */
interface Owner {
  pid: number;
  started: string | null;
  /** Containers have names of their own. */
  host: string;
}

/** When a process was started, in ticks since the machine was; null where the system does not say. */
function startOf(pid: number): string | null {
  try {
    // Behind the name, which may have spaces: the 22nd of all fields.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: somebody else's, and alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const self: Owner = { pid: process.pid, started: startOf(process.pid), host: hostname() };

function ownerIn(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner | null;
  } catch {
    return null;
  }
}

/** Whether it may still have the folder. */
function holds({ pid, started, host }: Owner): boolean {
  if (host !== self.host) return true;
  // Without a start, our own number is that of a process before us.
  if (started === null) return pid !== self.pid && isAlive(pid);
  return isAlive(pid) && startOf(pid) === started;
}

/**
 * Takes a folder of PGlite for this process: two processes in one folder would ruin it, and PGlite does not notice. What a
 * killed process left behind is taken over, on the same machine and in the same container.
 * @returns gives it back
 * @throws Error another process has it
 */
export function lockFolder(folder: string): () => void {
  const path = `${folder}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  const take = () => writeFileSync(path, JSON.stringify(self), { flag: 'wx' });
  try {
    take();
  } catch {
    const owner = ownerIn(path);
    if (owner && holds(owner)) {
      const whose = `process ${owner.pid}${owner.host === self.host ? '' : ` on ${owner.host}`}`;
      throw new Error(
        `The database in ${folder} is in use by ${whose}. Set DATABASE_URL to share one; if that process is gone, remove ${path}.`,
      );
    }
    rmSync(path, { force: true });
    take();
  }
  return () => rmSync(path, { force: true });
}
