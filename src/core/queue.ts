import { BackendError, isBackendError } from './backend.js';
import type { Desk, Platform } from './desk.js';
import type { Escalation } from './model.js';

/** One frozen picture of the owner's queue. With a `problem`: the last look failed, and this is what was known before. */
export interface QueueView {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly escalations: readonly Escalation[];
  /** There are more than are shown. */
  readonly more: boolean;
  readonly problem: BackendError | null;
}

const PAGE = 50;
const FIRST_S = 5;
const LAST_S = 60;
const CURSOR: readonly string[] = ['cursor-expired', 'bad-cursor'];

/** The open escalations of a desk, watched while somebody looks: at growing intervals while nothing changes. */
export class Queue {
  readonly desk: Desk;
  #view: QueueView = Object.freeze({ phase: 'loading', escalations: [], more: false, problem: null });
  readonly #listeners = new Set<() => void>();
  #platform: Platform | undefined;
  #stopWatching: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #interval = FIRST_S;
  #pages = 1;
  #etags: (string | undefined)[] = [];
  #known: { escalations: readonly Escalation[]; after: string | null }[] = [];
  #loading: Promise<void> | undefined;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  get view(): QueueView {
    return this.#view;
  }

  /** Starts with the first subscriber, stops with the last. @returns unsubscribes */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      void this.#watch();
      void this.refresh();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      this.#stopWatching?.();
      this.#stopWatching = undefined;
    };
  }

  async #watch(): Promise<void> {
    // Where it cannot be had, the page is taken to be looked at all the time.
    this.#platform = await this.desk.platform?.().catch(() => undefined);
    if (this.#listeners.size > 0) this.#stopWatching ??= this.#platform?.onReturn(() => void this.refresh());
  }

  /**
   * Asks the help desk now; several callers share one request.
   * @param background nobody waits for it
   */
  refresh(background = false): Promise<void> {
    return (this.#loading ??= this.#load(background).finally(() => {
      this.#loading = undefined;
      this.#schedule();
    }));
  }

  /** Asks for one more page, from now on. */
  async showMore(): Promise<void> {
    await this.#loading;
    this.#pages++;
    await this.refresh();
  }

  #set(change: Partial<QueueView>): void {
    this.#view = Object.freeze({ ...this.#view, ...change });
    for (const listener of [...this.#listeners]) listener();
  }

  async #load(background: boolean): Promise<void> {
    clearTimeout(this.#timer);
    try {
      let changed = false;
      for (let n = 0; n < this.#pages; n++) {
        const after = n > 0 ? this.#known[n - 1]?.after : undefined;
        if (after === null || (n > 0 && after === undefined)) break;
        if (await this.#page(n, after, background)) changed = true;
      }
      this.#interval = changed ? FIRST_S : Math.min(this.#interval * 2, LAST_S);
      const rows = new Map(this.#known.flatMap(({ escalations }) => escalations.map((row) => [row.id, row])));
      const more = this.#known.at(-1)?.after != null;
      this.#set({ phase: 'ready', escalations: [...rows.values()], more, problem: null });
    } catch (error) {
      const problem = isBackendError(error) ? error : new BackendError('server-error');
      this.#etags = [];
      // What the cursor named has gone: from the beginning, where there is no cursor.
      if (CURSOR.includes(problem.code) && this.#pages > 1) {
        this.#pages = 1;
        this.#known = [];
        return this.#load(background);
      }
      this.#interval = Math.max(Math.min(this.#interval * 2, LAST_S), problem.details.retryAfter ?? 0);
      this.#set({ phase: this.#view.phase === 'ready' ? 'ready' : 'failed', problem });
    }
  }

  /** @returns whether the page has changed */
  async #page(n: number, after: string | undefined, background: boolean): Promise<boolean> {
    const { backend, user, languages } = this.desk;
    if (!backend.queue) throw new BackendError('not-found', 'This help desk has no queue.');
    const query = { limit: PAGE, ...(after !== undefined && { after }) };
    const found = await backend.queue(query, { user, languages, etag: this.#etags[n], background });
    if (found === 'not-modified') return false;
    this.#etags[n] = found.etag;
    const isLast = found.value.after !== this.#known[n]?.after;
    this.#known = [...this.#known.slice(0, n), found.value, ...(isLast ? [] : this.#known.slice(n + 1))];
    return true;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { problem } = this.#view;
    if (this.#listeners.size === 0 || problem?.code === 'forbidden' || problem?.code === 'not-found') return;
    const wait = Math.max(this.#interval, this.desk.backend.guarantees.pollSeconds ?? 0);
    this.#timer = setTimeout(
      () => {
        if (this.#platform?.visible() !== false) void this.refresh(true);
        else this.#schedule();
      },
      wait * 1000 * (0.8 + Math.random() * 0.4),
    );
  }
}

const queues = new WeakMap<Desk, Queue>();

/** The queue of a desk; elements of the same desk share it. */
export function queueOf(desk: Desk): Queue {
  let queue = queues.get(desk);
  if (!queue) queues.set(desk, (queue = new Queue(desk)));
  return queue;
}
