import { BackendError, isBackendError, type CaseEvent } from './backend.js';
import type { Platform, Tabs } from './desk.js';
import { isCaseState } from './guard.js';
import type { JudgedState } from './model.js';
import type { Looked, Session } from './session.js';
import { isOpen } from './status.js';

const POLL_FIRST_S = 5;
const POLL_LAST_S = 60;
/** Whatever a help desk asks for; above 24 days a timer would fire at once. */
const POLL_RAREST_S = 3600;
/** A stream that ends sooner has not worked. */
const STREAM_LIVES_MS = 30_000;
/** So many in a row, and it is left alone for a while. */
const STREAM_TRIES = 2;
const STREAM_REST_MS = 300_000;

/** What tabs tell each other; by field, because another version may be in the other tab. */
interface Message {
  /** An answer, and its tag. */
  state?: unknown;
  etag?: string;
  event?: CaseEvent;
  /** The tab that looks for all could not; null: it can again. */
  problem?: Pick<BackendError, 'code' | 'details'> | null;
  /** A tab is new, and asks what it is to know. */
  asks?: boolean;
  /** Whether there are events. */
  live?: boolean;
}

const spread = (): number => 0.8 + Math.random() * 0.4;

/**
 * Keeps a session up to date while somebody looks at the page: by events where the help desk has them, else by looking
 * again at growing intervals. Of all tabs that show the same case to the same user one asks, and tells the others.
 */
export class Watch {
  readonly #session: Session;
  readonly #platform: Platform | undefined;
  #stops: (() => void)[] = [];
  #interval = POLL_FIRST_S;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The tag of the last answer; without one, all of it but its time. */
  #known = '';
  /** While somebody looks. */
  #active = false;
  #tabs: Tabs | undefined;
  /** For what tabs were joined; empty: for nothing yet. */
  #joined = '';
  /** This tab asks: for all, or because it is alone. */
  #asks = true;
  /** Without a way to choose one, all tabs ask, each half as often. */
  #rarer = 1;
  #stream: AbortController | undefined;
  /** Id of the last event, and for whom it was. */
  #last: string | undefined;
  #lastFor = '';
  /** By `performance.now()`: until then no stream is tried. */
  #noStreamBefore = 0;
  /** The others were told that this tab cannot look. */
  #toldProblem = false;

  constructor(session: Session, platform: Platform | undefined) {
    this.#session = session;
    this.#platform = platform;
  }

  start(): this {
    const platform = this.#platform;
    if (platform)
      this.#stops = [platform.onReturn(() => this.#resume()), platform.onLeave(() => this.#pause())];
    this.#active = platform?.visible() ?? true;
    return this;
  }

  stop(): void {
    this.#pause();
    for (const stop of this.#stops) stop();
  }

  /** After every answer, and every failure, of this session. */
  looked(answer: Looked): void {
    const looked = answer === 'changed' && !this.#isNews() ? 'same' : answer;
    const failed = isBackendError(looked);
    if (looked === 'changed') this.#interval = POLL_FIRST_S;
    else this.#interval = Math.min(this.#interval * 2, POLL_LAST_S);
    // As long as the help desk asks for, at least.
    if (failed) this.#interval = Math.max(this.#interval, looked.details.retryAfter ?? 0);
    this.#tell(looked);
    const { phase } = this.#session.snapshot;
    // Whoever is signed out, or refused, asks for nobody else.
    if (phase === 'ready') void this.#join();
    else this.#leave();
    this.#next();
  }

  /** An own write: what it leads to is soon to be seen. */
  soon(): void {
    this.#known = '';
    this.#interval = POLL_FIRST_S;
  }

  /** Not every help desk tags its answers. */
  #isNews(): boolean {
    const known = this.#known;
    const { plain, etag } = this.#session;
    this.#known = etag ?? JSON.stringify({ ...plain, serverTime: '' });
    return known !== this.#known;
  }

  #tell(looked: Looked): void {
    const { plain, etag } = this.#session;
    if (looked === 'changed') this.#post({ state: plain, etag });
    const failed = isBackendError(looked);
    // Who is signed in, each tab finds out by itself.
    const isOurs = failed && this.#asks && this.#session.snapshot.phase === 'ready';
    if (isOurs) this.#post({ problem: { code: looked.code, details: looked.details } });
    else if (this.#toldProblem && looked === 'same') this.#post({ problem: null });
    this.#toldProblem = isOurs;
  }

  #post(message: Message): void {
    if (this.#active) this.#tabs?.post(message);
  }

  #resume(): void {
    this.#active = true;
    this.#noStreamBefore = 0;
    void this.#session.refresh();
  }

  #pause(): void {
    this.#active = false;
    this.#leave();
    clearTimeout(this.#timer);
  }

  #leave(): void {
    this.#stream?.abort();
    this.#stream = undefined;
    this.#session.live = false;
    this.#tabs?.leave();
    this.#tabs = undefined;
    this.#joined = '';
    this.#asks = true;
  }

  /** With the other tabs of the same user; where all is by e-mail nothing is shared (G14). */
  async #join(): Promise<void> {
    const { desk, caseId, snapshot } = this.#session;
    const { user, can } = snapshot.state as JudgedState;
    const { address } = desk.backend;
    const name =
      address && can.feed ? ['escalation-elements@1', address, caseId, user.id].join(' ') : 'alone';
    if (!this.#active || name === this.#joined) return;
    this.#leave();
    if (name !== this.#lastFor) this.#last = undefined;
    this.#joined = this.#lastFor = name;
    this.#rarer = 1;
    if (name !== 'alone' && this.#platform) await this.#choose(name, this.#platform);
    if (name === this.#joined) this.#next();
  }

  /** Waits until this tab is the one that asks. */
  async #choose(name: string, platform: Platform): Promise<void> {
    const isCurrent = () => this.#active && this.#joined === name;
    this.#asks = false;
    const tabs = platform.tabs(name, (message) => isCurrent() && this.#hearTab(message as Message));
    this.#tabs = tabs;
    this.#post({ asks: true });
    const leads = (await tabs?.lead()) ?? false;
    if (!isCurrent()) return;
    if (!leads) this.#rarer = 2;
    this.#asks = true;
  }

  #hearTab({ state, etag, event, problem, asks, live }: Message): void {
    if (asks && this.#asks) this.#post({ live: this.#session.live });
    if (live !== undefined) this.#session.live = live;
    if (event) this.#hear(event);
    if (problem) this.#session.fail(new BackendError(problem.code, problem.code, problem.details));
    const { plain, loading } = this.#session;
    // An answer of our own that is on its way is newer.
    if (problem === null && plain && !loading)
      void this.#session.take({ value: plain, etag: this.#session.etag });
    if (!isCaseState(state) || loading || (plain && plain.serverTime > state.serverTime)) return;
    this.#interval = POLL_FIRST_S;
    void this.#session.take({ value: state, etag });
  }

  /** What comes next: events, or the next look: when something is due to change, else at growing intervals. */
  #next(): void {
    clearTimeout(this.#timer);
    const { snapshot, desk } = this.#session;
    const { state, phase } = snapshot;
    if (!this.#active || !this.#asks || phase === 'refused') return;
    const isLive = state?.guarantees.live && desk.backend.watch && state.can.feed;
    if (isLive && this.#joined && !this.#stream && performance.now() >= this.#noStreamBefore) this.#follow();
    const wish = Math.max(this.#interval, Number(state?.guarantees.pollSeconds) || 0);
    const wait = this.#stream ? Infinity : Math.min(wish, POLL_RAREST_S) * this.#rarer * spread() * 1000;
    // A moment that has passed is not waited for: the help desk sees it otherwise.
    const due = Date.parse(state?.verdict.availableAt ?? '') - this.#session.now().getTime();
    const soon = Math.min(wait, due > 0 ? due + 50 : Infinity);
    if (soon !== Infinity)
      this.#timer = setTimeout(() => void this.#session.refresh(true), Math.min(soon, 2 ** 31 - 1));
  }

  #follow(): void {
    const stream = (this.#stream = new AbortController());
    void this.#watch(stream.signal).then((again) => {
      if (stream !== this.#stream) return;
      this.#stream = undefined;
      this.#noStreamBefore = again ? performance.now() + STREAM_REST_MS : Infinity;
      this.#next();
    });
  }

  /** @returns false: there are no events here; true: they have failed, for now */
  async #watch(signal: AbortSignal): Promise<boolean> {
    const { backend, user, languages } = this.#session.desk;
    const watch = backend.watch as NonNullable<typeof backend.watch>;
    for (let failures = 0; !signal.aborted && failures < STREAM_TRIES;) {
      const start = performance.now();
      try {
        const { caseId } = this.#session;
        const tell = (event: CaseEvent) => {
          if (signal.aborted) return;
          this.#setLive(true);
          this.#hear(event);
          this.#post({ event });
        };
        if (!(await watch(caseId, this.#last, { user, languages, signal }, tell))) return false;
      } catch {
        // What is wrong, the next look says.
      }
      if (signal.aborted) break;
      this.#setLive(false);
      failures = performance.now() - start < STREAM_LIVES_MS ? failures + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 1000 * spread()));
    }
    return true;
  }

  #setLive(live: boolean): void {
    if (live !== (this.#session.live ?? false)) this.#post({ live });
    this.#session.live = live;
  }

  #hear(event: CaseEvent): void {
    const { plain, loading } = this.#session;
    this.#last = event.id ?? this.#last;
    for (const listener of this.#session.events) listener(event);
    if (event.kind === 'entry') return;
    const known = plain?.openEscalation;
    const isNews =
      event.kind === 'escalation' &&
      plain?.verdict &&
      known?.id === event.escalation.id &&
      isOpen(event.escalation);
    if (isNews && !loading)
      void this.#session.take({ value: { ...plain, openEscalation: event.escalation }, etag: undefined });
    // An answer that is on its way may be older than this; who does not ask is told what comes of it.
    else if (this.#asks) void Promise.resolve(loading).then(() => this.#session.refresh(true));
  }
}

/** What keeps a session up to date, with what the page lends; to be started. */
export const watch = async (session: Session): Promise<Watch> =>
  new Watch(session, await session.desk.platform?.());
