import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Where } from '../../../demo/server/postgres/connect.js';
import type { Action } from '../../../src/core/model.js';

/** Processes of their own over one database, as a server and its neighbours are. */

const script = fileURLToPath(new URL('./process-main.ts', import.meta.url));

/** What the process does that dies over it, in two entries. */
export const acceptance: Action = {
  kind: 'accept',
  importance: 'high',
  urgency: 'high',
  text: 'We take it on.',
  nextSteps: [{ text: 'Reproduce it' }],
};

/** Another process. It says what it has done, line by line. */
export interface Other {
  child: ChildProcess;
  /** What it has said so far. */
  said: string[];
  /** @returns the first line that begins so, without its beginning; rejects when the process ends before */
  says(beginning: string): Promise<string>;
  /** Resolves when it has said so many lines that begin so. */
  hasSaid(beginning: string, times: number): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  ended: Promise<unknown>;
}

export function start(where: Where, ...args: string[]): Other {
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(where), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  let stir = () => undefined as void;
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    stir();
  });
  const ended = Promise.all([once(child.stdout, 'end'), once(child, 'exit')]);
  const isOver = ended.then(() => true);
  const those = (beginning: string) => said.filter((line) => line.startsWith(beginning));
  async function hasSaid(beginning: string, times: number) {
    while (those(beginning).length < times) {
      const isNews = new Promise<boolean>((resolve) => (stir = () => resolve(false)));
      if ((await Promise.race([isNews, isOver])) && those(beginning).length < times)
        throw new Error(`The process ended before it said "${beginning}": ${said.join('; ')}`);
    }
  }
  return {
    child,
    said,
    hasSaid,
    async says(beginning) {
      await hasSaid(beginning, 1);
      return (those(beginning)[0] as string).slice(beginning.length);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
