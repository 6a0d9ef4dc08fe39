import { BackendError, isBackendError, type ErrorCode } from './backend.js';
import type { Desk } from './desk.js';
import type { CaseState, Escalation, EscalationRequest, JudgedState, VerdictKind } from './model.js';

/** One frozen picture of a case on a desk. */
export type Snapshot =
  | { readonly phase: 'loading'; readonly state: null; readonly problem: null }
  /** With a `problem`: the last look failed, and this is what was known before. */
  | { readonly phase: 'ready'; readonly state: JudgedState; readonly problem: BackendError | null }
  | {
      readonly phase: 'unknown' | 'signed-out' | 'refused';
      readonly state: null;
      readonly problem: BackendError;
    };

/** Nothing is known yet. */
export const nothingYet: Snapshot = Object.freeze({ phase: 'loading', state: null, problem: null });

/** What an element shows: the verdict, or why there is none. */
export type Shown = VerdictKind | 'loading' | 'unknown' | 'signed-out' | 'refused';

export const shown = (snapshot: Snapshot): Shown =>
  snapshot.phase === 'ready' ? snapshot.state.verdict.kind : snapshot.phase;

/** Told after a change, once per microtask. `first`: of all subscribers this one connected first. */
export type Listener = (snapshot: Snapshot, previous: Snapshot, first: boolean) => void;

/** Answers that say something about the user; after all others nothing is known. */
const PHASES: Partial<Record<ErrorCode, 'signed-out' | 'refused'>> = {
  'signed-out': 'signed-out',
  'not-found': 'refused',
  forbidden: 'refused',
  'bad-address': 'refused',
};

const POLL_FIRST_S = 5;
const POLL_LAST_S = 60;
/** Whatever a help desk asks for; above 24 days a timer would fire at once. */
const POLL_RAREST_S = 3600;

/**
 * One case on a desk: loads it, and watches it while somebody looks. What the user wants done with it is in
 * `session-actions.ts`, which a button alone does not need.
 * Public for elements and hosts; made by {@link Desk.session}.
 */
export class Session {
  readonly desk: Desk;
  readonly caseId: string;
  /** A request whose outcome is not known: repeated with this key and this body, never with another. */
  attempt: { key: string; request: EscalationRequest } | undefined;
  /** As the help desk has it, before this page judged it. */
  plain: CaseState | undefined;
  #snapshot: Snapshot = nothingYet;
  #told: Snapshot = this.#snapshot;
  #queued = false;
  readonly #listeners = new Set<Listener>();
  readonly #onIdle: () => void;
  #stopWatching: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #interval = POLL_FIRST_S;
  /** Raised by everything that makes an answer on its way out of date. */
  #turn = 0;
  #loading: { turn: number; done: Promise<void>; abort: AbortController } | undefined;
  #etag: string | undefined;
  /** Server time minus ours, in milliseconds. */
  #offset = 0;

  constructor(desk: Desk, caseId: string, onIdle: () => void) {
    this.desk = desk;
    this.caseId = caseId;
    this.#onIdle = onIdle;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** The present as the help desk counts it. */
  now(): Date {
    return new Date(this.desk.clock().getTime() + this.#offset);
  }

  /** Starts with the first subscriber, stops with the last. @returns unsubscribes */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      this.#listeners.delete(listener);
      // An element that is only moved comes back within the microtask.
      queueMicrotask(() => this.#listeners.size === 0 && this.#stop());
    };
  }

  /** Asks the help desk now; several callers share one request. */
  refresh(): Promise<void> {
    if (this.#loading?.turn === this.#turn) return this.#loading.done;
    return this.#load();
  }

  /** Takes over an escalation that the answer to a write has shown, and looks again. For the actions of this session. */
  adopt(escalation: Escalation): void {
    const { state } = this.#snapshot;
    if (state) this.#ready({ ...state, openEscalation: escalation, verdict: { kind: 'open-escalation' } });
    void this.again();
  }

  /** Looks again after an own write: whatever is on its way is older than that. For the actions of this session. */
  again(): Promise<void> {
    this.#turn++;
    this.#etag = undefined;
    this.#interval = POLL_FIRST_S;
    return this.#load();
  }

  #ready(state: JudgedState): void {
    this.#set({ phase: 'ready', state, problem: null });
  }

  #set(next: Snapshot): void {
    this.#snapshot = Object.freeze(next);
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      const previous = this.#told;
      this.#told = this.#snapshot;
      let first = true;
      for (const listener of [...this.#listeners]) {
        listener(this.#told, previous, first);
        first = false;
      }
    });
  }

  #start(): void {
    if (this.#stopWatching) return; // An element was only moved.
    this.#stopWatching = this.desk.platform?.onReturn(() => void this.refresh()) ?? (() => undefined);
    void this.refresh();
  }

  #stop(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    clearTimeout(this.#timer);
    this.#loading?.abort.abort();
    this.#turn++;
    this.#onIdle();
  }

  #load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#loading?.abort.abort();
    const abort = new AbortController();
    const turn = this.#turn;
    const done = this.#ask(turn, abort.signal).finally(() => {
      if (this.#loading?.done === done) this.#loading = undefined;
      if (turn === this.#turn) this.#schedule();
    });
    this.#loading = { turn, done, abort };
    return done;
  }

  async #ask(turn: number, signal: AbortSignal): Promise<void> {
    try {
      const { user, languages } = this.desk;
      const call = { user, languages, signal, etag: this.#etag };
      const loaded = await this.desk.backend.load(this.caseId, call);
      if (turn !== this.#turn) return;
      if (loaded === 'not-modified') {
        if (!this.plain) throw new BackendError('protocol');
        this.#interval = Math.min(this.#interval * 2, POLL_LAST_S);
      } else {
        this.#interval = POLL_FIRST_S;
        this.#etag = loaded.etag;
        this.plain = loaded.value;
        this.#offset = Date.parse(loaded.value.serverTime) - this.desk.clock().getTime();
      }
      const state = await this.#judged();
      if (turn === this.#turn && state) this.#ready(state);
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  /** With the verdict of the server; where there is none, judged here by the same core. */
  async #judged(): Promise<JudgedState | undefined> {
    const plain = this.plain;
    if (!plain) return undefined;
    if (plain.verdict && plain.policy && plain.user && plain.can) return plain as JudgedState;
    return (await import('./judge-in-page.js')).judgeInPage(this, plain);
  }

  #fail(error: unknown): void {
    const problem = isBackendError(error) ? error : new BackendError('server-error');
    // As long as the help desk asks for, at least.
    this.#interval = Math.max(Math.min(this.#interval * 2, POLL_LAST_S), problem.details.retryAfter ?? 0);
    const phase = PHASES[problem.code];
    // Known before: one failed look takes nothing away, an open escalation least of all.
    if (!phase && this.#snapshot.state) this.#set({ ...this.#snapshot, problem });
    else this.#set({ phase: phase ?? 'unknown', state: null, problem });
  }

  /** The next look: when something is due to change, else at growing intervals; never while nobody looks. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#listeners.size === 0 || this.#snapshot.phase === 'refused') return;
    const { state } = this.#snapshot;
    const seconds =
      Math.min(Math.max(this.#interval, Number(state?.guarantees.pollSeconds) || 0), POLL_RAREST_S) *
      (0.8 + Math.random() * 0.4);
    // A moment that has passed is not waited for: the help desk sees it otherwise.
    const due = Date.parse(state?.verdict.availableAt ?? '') - this.now().getTime();
    const wait = due > 0 ? due + 50 : Infinity;
    this.#timer = setTimeout(
      () => {
        if (this.desk.platform?.visible() !== false) void this.refresh();
      },
      Math.min(seconds * 1000, wait),
    );
  }
}
