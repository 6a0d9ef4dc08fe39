import {
  BackendError,
  isBackendError,
  type Call,
  type CaseEvent,
  type ErrorCode,
  type Tagged,
} from './backend.js';
import type { Desk } from './desk.js';
import type { CaseState, Escalation, EscalationRequest, JudgedState, VerdictKind } from './model.js';
import type { Watch } from './watch.js';

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

/** What came of a look at the help desk. */
export type Looked = 'changed' | 'same' | BackendError;

/**
 * One case on a desk: loads it, and says what is known of it. What keeps it up to date is in `watch.ts`, which comes after
 * the first answer; what the user wants done with it in `session-actions.ts`, which a button alone does not need.
 * Public for elements and hosts; made by {@link Desk.session}.
 */
export class Session {
  readonly desk: Desk;
  readonly caseId: string;
  /** A request whose outcome is not known: repeated with this key and this body, never with another. */
  attempt: { key: string; request: EscalationRequest } | undefined;
  /** As the help desk has it, before this page judged it. */
  plain: CaseState | undefined;
  /** Of {@link plain}, to ask again with. */
  etag: string | undefined;
  /** Told of what happens on the case, where the help desk tells. */
  readonly events = new Set<(event: CaseEvent) => void>();
  /** What happens is told as it happens, to this tab or to another that passes it on. For who watches. */
  declare live?: boolean;
  #snapshot: Snapshot = nothingYet;
  #told: Snapshot = this.#snapshot;
  #queued = false;
  readonly #listeners = new Set<Listener>();
  readonly #onIdle: () => void;
  #running = false;
  #watch: Watch | undefined;
  /** Raised by everything that makes an answer on its way out of date. */
  #turn = 0;
  #loading: { turn: number; done: Promise<void>; abort: AbortController } | undefined;
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

  /**
   * Asks the help desk now; several callers share one request.
   * @param background nobody waits for it
   */
  refresh(background?: boolean): Promise<void> {
    if (this.#loading?.turn === this.#turn) return this.#loading.done;
    return this.#load(background);
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
    this.etag = undefined;
    this.#watch?.soon();
    return this.#load();
  }

  /** Somebody has asked, and the answer is not there yet. For who watches. */
  get loading(): Promise<void> | undefined {
    return this.#loading?.done;
  }

  /** Takes over what is known elsewhere: an answer that another tab was given, or an event. For who watches. */
  async take({ value, etag }: Tagged<CaseState>): Promise<void> {
    this.#know(value, etag);
    await this.#show(this.#turn);
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
    if (this.#running) return; // An element was only moved.
    this.#running = true;
    void this.refresh();
  }

  #stop(): void {
    this.#running = false;
    this.#watch?.stop();
    this.#watch = undefined;
    this.#loading?.abort.abort();
    this.#turn++;
    this.#onIdle();
  }

  #load(background?: boolean): Promise<void> {
    this.#loading?.abort.abort();
    const abort = new AbortController();
    const turn = this.#turn;
    const done = this.#ask(turn, { signal: abort.signal, background }).then((looked) => {
      if (this.#loading?.done === done) this.#loading = undefined;
      if (turn === this.#turn) void this.#looked(looked);
    });
    this.#loading = { turn, done, abort };
    return done;
  }

  /** Whoever is the first to see an answer brings what looks again. Without it the next refresh tries again. */
  async #looked(looked: Looked): Promise<void> {
    if (!this.#watch) {
      const watch = await import('./watch.js').then((module) => module.watch(this)).catch(() => undefined);
      if (this.#running) this.#watch ??= watch?.start();
    }
    this.#watch?.looked(looked);
  }

  async #ask(turn: number, more: Partial<Call>): Promise<Looked> {
    try {
      const { user, languages } = this.desk;
      const { etag } = this;
      const loaded = await this.desk.backend.load(this.caseId, { user, languages, etag, ...more });
      const isSame = loaded === 'not-modified';
      if (turn !== this.#turn) return 'same';
      if (!isSame) this.#know(loaded.value, loaded.etag);
      else if (!this.plain) throw new BackendError('protocol');
      await this.#show(turn);
      return isSame ? 'same' : 'changed';
    } catch (error) {
      const problem = isBackendError(error) ? error : new BackendError('server-error');
      if (turn === this.#turn) this.fail(problem);
      return problem;
    }
  }

  #know(value: CaseState, etag: string | undefined): void {
    this.etag = etag;
    this.plain = value;
    this.#offset = Date.parse(value.serverTime) - this.desk.clock().getTime();
  }

  /** With the verdict of the server; where there is none, judged here by the same core. */
  async #show(turn: number): Promise<void> {
    const plain = this.plain as CaseState;
    const state =
      plain.verdict && plain.policy && plain.user && plain.can
        ? (plain as JudgedState)
        : (await import('./judge-in-page.js')).judgeInPage(this, plain);
    if (turn === this.#turn) this.#ready(state);
  }

  /** A look has failed, here or in the tab that looks for all. For who watches. */
  fail(problem: BackendError): void {
    const phase = PHASES[problem.code];
    // Known before: one failed look takes nothing away, an open escalation least of all.
    if (!phase && this.#snapshot.state) this.#set({ ...this.#snapshot, problem });
    else this.#set({ phase: phase ?? 'unknown', state: null, problem });
  }
}
