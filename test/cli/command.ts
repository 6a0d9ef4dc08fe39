import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/run.js';
import { NOW } from '../core/cases.js';

/** What a shell would see of a command. */
export interface Seen {
  code: number;
  out: string;
  err: string;
}

/** Runs the command line on files that are here only. */
export async function shell(
  line: string,
  files: Record<string, unknown> = {},
  over: Partial<Io> = {},
): Promise<Seen> {
  const seen: Seen = { code: -1, out: '', err: '' };
  const io: Io = {
    read: async (path) => {
      const file = files[path];
      if (file === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return typeof file === 'string' ? file : JSON.stringify(file, null, 2);
    },
    out: (words) => void (seen.out += words),
    err: (words) => void (seen.err += words),
    now: () => NOW,
    version: '1.2.3',
    color: false,
    ...over,
  };
  seen.code = await run(line.split(' ').filter(Boolean), io);
  return seen;
}
