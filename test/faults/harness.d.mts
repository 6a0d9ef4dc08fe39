import type { Tally } from './run.js';
import type { Strategy } from './server.js';

/** Opens pages that play trials. */
export function faultRun(options: { executablePath: string; pages?: number }): Promise<{
  /** Plays the trials with the seeds from `from` on, on whichever page is free. */
  play(strategy: Strategy, from: number, count: number): Promise<Tally>;
  close(): Promise<void>;
}>;
