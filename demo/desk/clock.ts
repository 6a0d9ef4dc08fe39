/**
 * The demo's one clock: what is judged and shown by. An offset on real time, the same in all tabs; timers and retries
 * stay on real time.
 */

let offset = 0;

export const clockOffset = (): number => offset;
export const now = (): number => Date.now() + offset;
export const clock = (): Date => new Date(now());

/** @param ms as the help desk has it */
export const followClock = (ms: number): void => void (offset = ms);
