/** Time that passes when the run says so: timers in their order, whoever set them. */

interface Timer {
  id: number;
  at: number;
  /** The tab that set it: when it is closed, its timers end. */
  owner: object;
  every: number | null;
  work: () => void;
}

/** 2026-05-12, 10:00 in New York. */
const START = Date.parse('2026-05-12T14:00:00Z');

export class Clock {
  now = START;
  #count = 0;
  readonly #timers = new Map<number, Timer>();

  set(owner: object, work: () => void, ms: unknown, repeats = false): number {
    const wait = Math.max(Number(ms) || 0, 1);
    const id = ++this.#count;
    this.#timers.set(id, { id, at: this.now + wait, owner, every: repeats ? wait : null, work });
    return id;
  }

  clear(id: unknown): void {
    this.#timers.delete(Number(id));
  }

  /** Waits, as a person or a network does. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.set(this, resolve, ms));
  }

  drop(owner: object): void {
    for (const [id, timer] of this.#timers) if (timer.owner === owner) this.#timers.delete(id);
  }

  /** Goes on to what is due next, and does it. @returns false: nothing is */
  next(): boolean {
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) if (!first || timer.at < first.at) first = timer;
    if (!first) return false;
    this.now = Math.max(this.now, first.at);
    if (first.every) first.at = this.now + first.every;
    else this.#timers.delete(first.id);
    first.work();
    return true;
  }
}

/** Chance that can be had again by its seed (mulberry32): 0 up to 1. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
