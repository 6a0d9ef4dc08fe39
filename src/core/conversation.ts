import { BackendError, type CaseEvent } from './backend.js';
import { EntryList } from './entry-list.js';
import { isEscalation } from './guard-escalation.js';
import { newId } from './id.js';
import type { Action } from './model.js';
import { isOutcomeUnknown } from './outcome.js';
import { act } from './session-actions.js';
import type { Session, Snapshot } from './session.js';
import { Outbox } from './outbox.js';
import { asProblem, isShown, start, unreadable, type Talk } from './talk.js';

export type { Outgoing, Talk } from './talk.js';

/** After a failure, doubled with each; as the session does it, which is what asks. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;

/** The conversation of one escalation: an append-only list of entries, and an outbox that loses nothing. */
export class Conversation {
  readonly session: Session;
  readonly escalationId: string;
  readonly entries = new EntryList(this);
  readonly outbox = new Outbox(this);
  #talk: Talk = start;
  readonly #listeners = new Set<(talk: Talk, previous: Talk) => void>();
  #unsubscribe: (() => void) | undefined;
  /** The newest entry when they were last asked for: it may be one that cannot be shown. */
  #latest: string | null = null;
  #reader: string | undefined;
  #loading: Promise<void> | undefined;
  /** By `performance.now()`: after failures nobody asks in the background before that. */
  #notBefore = 0;
  #wait = FIRST_WAIT_MS;
  /** An action that may have been carried out. */
  #unsure: { body: string; key: string } | undefined;

  constructor(session: Session, escalationId: string) {
    this.session = session;
    this.escalationId = escalationId;
  }

  get talk(): Talk {
    return this.#talk;
  }

  /** Id of who reads: the next one to sign in starts anew (A04). */
  get reader(): string | undefined {
    return this.#reader;
  }

  /** @returns unsubscribes */
  subscribe(listener: (talk: Talk, previous: Talk) => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      const stops = [this.session.subscribe((snapshot) => this.#follow(snapshot)), this.outbox.watch()];
      this.#unsubscribe = () => stops.forEach((stop) => stop());
      this.session.events.add(this.#hear);
      this.#follow(this.session.snapshot);
      void this.refresh();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#unsubscribe?.();
      this.session.events.delete(this.#hear);
    };
  }

  /**
   * Asks for the escalation, where the session does not have it, and for newer entries.
   * @param background nobody waits for it: after failures not too often
   */
  refresh(background = false): Promise<void> {
    if (background && performance.now() < this.#notBefore) return Promise.resolve();
    return (this.#loading ??= this.#load(background).finally(() => (this.#loading = undefined)));
  }

  /**
   * Acts on the escalation (G32–G36), from the version that is shown. The same action after an outcome that nobody
   * knows has the same key.
   * @throws BackendError such as `transition-not-allowed`, or `version-changed`: what is shown by then is newer
   */
  async act(action: Action): Promise<void> {
    const { escalation } = this.#talk;
    if (!escalation) throw new BackendError('not-found');
    const body = JSON.stringify(action);
    const { key } = (this.#unsure = this.#unsure?.body === body ? this.#unsure : { body, key: newId() });
    try {
      const changed = await act(this.session, escalation, action, key);
      this.#unsure = undefined;
      this.set({ escalation: { ...changed, case: escalation.case } });
    } catch (error) {
      const problem = asProblem(error);
      if (!isOutcomeUnknown(problem)) this.#unsure = undefined;
      if (problem.code !== 'rate-limited') void this.#look();
      throw problem;
    }
    await this.refresh();
  }

  /** After a refusal: what is shown was not what is so. */
  async #look(): Promise<void> {
    await this.session.again();
    await this.refresh();
  }

  /** Changes the picture, and tells whoever follows it; for the parts of this conversation. */
  set(change: Partial<Talk>): void {
    const previous = this.#talk;
    this.#talk = Object.freeze({ ...previous, ...change });
    for (const listener of [...this.#listeners]) listener(this.#talk, previous);
  }

  /** The session has the open escalation; a newer entry in it is the sign to ask for entries. */
  #follow(snapshot: Snapshot): void {
    if (snapshot.phase !== 'ready') {
      if (snapshot.phase !== 'loading' && this.#talk.phase === 'loading')
        this.set({ phase: 'failed', problem: snapshot.problem });
      return;
    }
    this.#meet(snapshot.state.user.id);
    const open = snapshot.state.openEscalation;
    if (!isShown(snapshot.state, this.escalationId)) {
      if (this.#talk.phase !== 'ready' || this.#talk.escalation) this.#forget('ready');
      return;
    }
    if (open?.id === this.escalationId) {
      if (!isEscalation(open)) return this.#fail(unreadable);
      const newer = this.entries.isNew(open.latestEntryId, this.#latest);
      const problem = this.#talk.problem === unreadable ? null : this.#talk.problem;
      if (open !== this.#talk.escalation) this.set({ escalation: open, problem });
      if (newer && this.#talk.phase === 'ready') this.#catchUp();
    } else if (this.#talk.escalation?.can.post) this.#catchUp(); // It has ended.
    if (this.#talk.phase !== 'ready') void this.refresh(this.#talk.phase === 'failed');
  }

  /** What happens on the case; of what may have been missed, or may be out of order, it asks. */
  readonly #hear = (event: CaseEvent): void => {
    const isEntry = event.kind === 'entry' && event.escalationId === this.escalationId;
    if (!isEntry && event.kind !== 'reset') return;
    if (isEntry && this.#talk.phase === 'ready' && !this.#loading) this.entries.append([event.entry]);
    else this.#catchUp();
  };

  /** An answer that is on its way may be older than what is known by now. */
  #catchUp(): void {
    void Promise.resolve(this.#loading).then(() => this.refresh(true));
  }

  /** What one user may read, and has written, is not for the next. */
  #meet(userId: string): void {
    const known = this.#reader;
    this.#reader = userId;
    if (known !== undefined && known !== userId) this.#forget('loading');
  }

  #forget(phase: Talk['phase']): void {
    this.#loading = undefined;
    this.entries.forget();
    this.#latest = null;
    this.set({ ...start, phase });
  }

  async #load(background: boolean): Promise<void> {
    const { backend, user, languages } = this.session.desk;
    const reader = this.#reader;
    try {
      const { snapshot } = this.session;
      // Until it is known that entries may be asked for, nothing is (G14): the session's answer comes back here.
      if (snapshot.phase !== 'ready' || !isShown(snapshot.state, this.escalationId)) return;
      const open = snapshot.state.openEscalation;
      if (open?.id === this.escalationId) {
        if (!isEscalation(open)) throw unreadable;
      } else if (backend.escalation) {
        const found = await backend.escalation(this.escalationId, { user, languages, background });
        if (found !== 'not-modified' && reader === this.#reader) this.set({ escalation: found.value });
      }
      if (snapshot.state.can.feed === true && backend.entries) await this.entries.loadNewer(background);
      if (reader !== this.#reader) return;
      if (open?.id === this.escalationId) this.#latest = open.latestEntryId;
      this.#notBefore = 0;
      this.#wait = FIRST_WAIT_MS;
      this.set({ phase: 'ready', problem: null });
    } catch (error) {
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
      this.#notBefore = performance.now() + 0.8 * this.#wait;
      if (reader === this.#reader) this.#fail(error);
    }
  }

  /** What is there stays. */
  #fail(error: unknown): void {
    this.set({ phase: this.#talk.phase === 'ready' ? 'ready' : 'failed', problem: asProblem(error) });
  }
}

const conversations = new WeakMap<Session, Map<string, Conversation>>();

/** The conversation of an escalation; feeds of the same session share it, so that a message is sent once. */
export function conversationOf(session: Session, escalationId: string): Conversation {
  let known = conversations.get(session);
  if (!known) conversations.set(session, (known = new Map<string, Conversation>()));
  let conversation = known.get(escalationId);
  if (!conversation) known.set(escalationId, (conversation = new Conversation(session, escalationId)));
  return conversation;
}
