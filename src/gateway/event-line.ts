import type { CaseEvent } from '../core/backend.js';

/** A line that says nothing for longer is taken for dead. */
const BEAT_MS = 15_000;
/** Then it ends, and whoever comes back is asked again who they are. */
const LIFE_MS = 600_000;
/** Whoever is not told of anything by then has heard all so far. */
const START_MS = 1000;
/** A reader for whom more is waiting loads anew. */
const MOST_WAITING = 600;

/** One reader's line: what happens waits here until it is read, and no more than a few hundred events of it. */
export class EventLine {
  /** Aborted when the reader has gone, or the line has ended. */
  readonly signal: AbortSignal;
  /** When there is something to send, or nothing for a moment. */
  readonly ready: Promise<void>;
  readonly #stop = new AbortController();
  readonly #text: (events: readonly CaseEvent[]) => Promise<string | null>;
  readonly #timers: ReturnType<typeof setTimeout>[];
  #waiting: CaseEvent[] = [];
  /** It is time to say that the line is alive. */
  #beat = true;
  #wake = (): void => undefined;
  #isReady = (): void => undefined;

  /** @param text of what has waited, made when it is read; empty: nothing for this reader; null: the line ends */
  constructor(text: (events: readonly CaseEvent[]) => Promise<string | null>) {
    this.#text = text;
    this.signal = this.#stop.signal;
    this.ready = new Promise((resolve) => (this.#isReady = resolve));
    const beat = () => {
      this.#beat = true;
      this.#wake();
    };
    this.#timers = [
      setInterval(beat, BEAT_MS),
      setTimeout(this.end, LIFE_MS),
      setTimeout(this.#isReady, START_MS),
    ];
  }

  readonly tell = (event: CaseEvent): void => {
    if (this.#waiting.push(event) > MOST_WAITING) this.#waiting = [{ kind: 'reset', id: event.id }];
    this.#isReady();
    this.#wake();
  };

  readonly end = (): void => {
    this.#timers.forEach(clearTimeout);
    this.#stop.abort();
    this.#isReady();
    this.#wake();
  };

  /** Asks for nothing before somebody reads. What has been told before the end is still sent. */
  body(): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const text = await this.#next().catch(() => null);
          if (text !== null) return controller.enqueue(encoder.encode(text));
          this.end();
          controller.close();
        },
        cancel: this.end,
      },
      { highWaterMark: 0 },
    );
  }

  async #next(): Promise<string | null> {
    for (;;) {
      if (this.#beat) {
        this.#beat = false;
        return ': still here\n\n';
      }
      const events = this.#waiting.splice(0);
      const text = events.length > 0 ? await this.#text(events) : '';
      if (text !== '') return text;
      if (this.#waiting.length > 0 || this.#beat) continue;
      if (this.signal.aborted) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
