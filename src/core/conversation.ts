import { BackendError } from './backend.js';
import { isEscalation } from './guard-escalation.js';
import { newId } from './id.js';
import type { Action, Entry } from './model.js';
import { isOutcomeUnknown } from './outcome.js';
import { act } from './session-actions.js';
import type { Session, Snapshot } from './session.js';
import { asProblem, isNew, isShown, readablePage, start, unknownOf, unreadable } from './talk.js';
import type { Outgoing, Talk } from './talk.js';

export type { Outgoing, Talk } from './talk.js';

const PAGE = 50; // entries asked for at once

/** The conversation of one escalation: an append-only list of entries, and an outbox that loses nothing. */
export class Conversation {
  readonly session: Session;
  readonly escalationId: string;
  #talk: Talk = start;
  readonly #listeners = new Set<(talk: Talk, previous: Talk) => void>();
  #unsubscribe: (() => void) | undefined;
  /** Where newer entries will be found. */
  #after: string | undefined;
  /** The newest entry when they were last asked for: it may be one that cannot be shown. */
  #latest: string | null = null;
  /** For whom this is: the next one to sign in starts anew (A04). */
  #userId: string | undefined;
  #loading: Promise<void> | undefined;
  #loadingOlder: Promise<void> | undefined;
  /** An action that may have been carried out. */
  #unsure: { body: string; key: string } | undefined;
  /** Sent one after the other, so that they arrive in the order in which they were written. */
  #sending: Promise<void> = Promise.resolve();

  constructor(session: Session, escalationId: string) {
    this.session = session;
    this.escalationId = escalationId;
  }

  get talk(): Talk {
    return this.#talk;
  }

  /** @returns unsubscribes */
  subscribe(listener: (talk: Talk, previous: Talk) => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#unsubscribe = this.session.subscribe((snapshot) => this.#follow(snapshot));
      this.#follow(this.session.snapshot);
      void this.refresh();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#unsubscribe?.();
    };
  }

  /** Asks for the escalation, where the session does not have it, and for newer entries. */
  refresh(): Promise<void> {
    return (this.#loading ??= this.#load().finally(() => (this.#loading = undefined)));
  }

  /** Loads the page before the oldest entry; several callers share one request. */
  showOlder(): Promise<void> {
    return (this.#loadingOlder ??= this.#loadOlder().finally(() => (this.#loadingOlder = undefined)));
  }

  async #loadOlder(): Promise<void> {
    const { older } = this.#talk;
    if (!older) return;
    try {
      const page = await this.#page({ before: older });
      const fresh = unknownOf(this.#talk.entries, page.entries);
      // A cursor that leads nowhere new is the end, whatever the server says.
      this.#set({ entries: [...fresh, ...this.#talk.entries], older: fresh.length ? page.before : null });
    } catch (error) {
      this.#set({ problem: asProblem(error) });
    }
  }

  /**
   * Puts a message into the outbox and sends it.
   * @param alsoOnCase of an owner's message: whether it goes on the case too (G37), else as the policy says
   * @returns its client id
   */
  send(text: string, alsoOnCase?: boolean): string {
    const clientId = newId();
    this.#set({ outbox: [...this.#talk.outbox, { clientId, text, alsoOnCase, state: 'sending' }] });
    this.#enqueue(clientId);
    return clientId;
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
      this.#set({ escalation: { ...changed, case: escalation.case } });
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

  /** Sends a failed message again, with the same key. */
  retry(clientId: string): void {
    this.#outgoing(clientId, { state: 'sending', problem: undefined });
    this.#enqueue(clientId);
  }

  /** Puts back what an earlier page wrote and did not see arrive: to be sent again, with the same key. */
  restore(rows: readonly Pick<Outgoing, 'clientId' | 'text'>[]): void {
    const { outbox, entries } = this.#talk;
    const known = new Set([...outbox, ...entries].map(({ clientId }) => clientId));
    const lost = rows.filter(({ clientId }) => !known.has(clientId));
    if (lost.length)
      this.#set({ outbox: [...lost.map((row) => ({ ...row, state: 'failed' as const })), ...outbox] });
  }

  /** Takes a failed message out of the outbox. */
  discard(clientId: string): void {
    this.#set({ outbox: this.#talk.outbox.filter((row) => row.clientId !== clientId) });
  }

  #set(change: Partial<Talk>): void {
    const previous = this.#talk;
    this.#talk = Object.freeze({ ...previous, ...change });
    for (const listener of [...this.#listeners]) listener(this.#talk, previous);
  }

  #outgoing(clientId: string, change: Partial<Outgoing>): void {
    const { outbox } = this.#talk;
    this.#set({ outbox: outbox.map((row) => (row.clientId === clientId ? { ...row, ...change } : row)) });
  }

  /** The session has the open escalation; a newer entry in it is the sign to ask for entries. */
  #follow(snapshot: Snapshot): void {
    if (snapshot.phase !== 'ready') {
      if (snapshot.phase !== 'loading' && this.#talk.phase === 'loading')
        this.#set({ phase: 'failed', problem: snapshot.problem });
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
      const newer = isNew(this.#talk, open.latestEntryId, this.#latest);
      const problem = this.#talk.problem === unreadable ? null : this.#talk.problem;
      if (open !== this.#talk.escalation) this.#set({ escalation: open, problem });
      if (newer && this.#talk.phase === 'ready') void this.refresh();
    } else if (this.#talk.escalation?.can.post) void this.refresh(); // It has ended.
    if (this.#talk.phase !== 'ready') void this.refresh();
  }

  /** What one user may read, and has written, is not for the next. */
  #meet(userId: string): void {
    const known = this.#userId;
    this.#userId = userId;
    if (known !== undefined && known !== userId) this.#forget('loading');
  }

  #forget(phase: Talk['phase']): void {
    this.#loading = this.#after = undefined;
    this.#latest = null;
    this.#set({ ...start, phase });
  }

  async #load(): Promise<void> {
    const { backend, user, languages } = this.session.desk;
    const reader = this.#userId;
    try {
      const { snapshot } = this.session;
      // Until it is known that entries may be asked for, nothing is (G14): the session's answer comes back here.
      if (snapshot.phase !== 'ready' || !isShown(snapshot.state, this.escalationId)) return;
      const open = snapshot.state.openEscalation;
      if (open?.id === this.escalationId) {
        if (!isEscalation(open)) throw unreadable;
      } else if (backend.escalation) {
        const found = await backend.escalation(this.escalationId, { user, languages });
        if (found !== 'not-modified' && reader === this.#userId) this.#set({ escalation: found.value });
      }
      if (snapshot.state.can.feed === true && backend.entries) await this.#newer();
      if (reader !== this.#userId) return;
      if (open?.id === this.escalationId) this.#latest = open.latestEntryId;
      this.#set({ phase: 'ready', problem: null });
    } catch (error) {
      if (reader === this.#userId) this.#fail(error);
    }
  }

  /** What is there stays. */
  #fail(error: unknown): void {
    this.#set({ phase: this.#talk.phase === 'ready' ? 'ready' : 'failed', problem: asProblem(error) });
  }

  async #newer(): Promise<void> {
    // A full page may not be the last one; a server whose pages never end is left alone after fifty (M07).
    for (let n = 0, more = true; more && n < 50; n++) {
      const first = this.#after === undefined;
      const page = await this.#page(first ? {} : { after: this.#after });
      if (first) this.#set({ older: page.before });
      more = !first && page.entries.length + page.skipped === PAGE && page.after !== this.#after;
      this.#after = page.after;
      this.#append(page.entries);
    }
  }

  async #page(query: { before?: string; after?: string }) {
    const { backend, user, languages } = this.session.desk;
    const reader = this.#userId;
    const ask = backend.entries as NonNullable<typeof backend.entries>;
    const found = await ask(this.escalationId, { limit: PAGE, ...query }, { user, languages });
    if (found === 'not-modified' || reader !== this.#userId)
      throw new BackendError('protocol', 'Not modified, though nothing was known; or for somebody else.');
    const page = readablePage(found.value);
    if (page.skipped) this.#set({ skipped: this.#talk.skipped + page.skipped });
    return page;
  }

  /** Adds what is new at the end; a message of ours that has arrived leaves the outbox. */
  #append(entries: readonly Entry[]): void {
    const fresh = unknownOf(this.#talk.entries, entries);
    const arrived = new Set(entries.flatMap(({ id, clientId }) => [id, clientId]));
    this.#set({
      entries: fresh.length ? [...this.#talk.entries, ...fresh] : this.#talk.entries,
      outbox: this.#talk.outbox.filter(
        ({ clientId, entryId }) => !arrived.has(clientId) && !(entryId && arrived.has(entryId)),
      ),
    });
  }

  #enqueue(clientId: string): void {
    this.#sending = this.#sending.then(() => this.#post(clientId));
  }

  async #post(clientId: string): Promise<void> {
    const { backend, user, languages, policy } = this.session.desk;
    const mine = () => this.#talk.outbox.find((message) => message.clientId === clientId);
    const row = mine();
    if (!row) return;
    try {
      if (!backend.post) throw new BackendError('not-found', 'This help desk takes no messages.');
      const call = { user, languages, policy, key: clientId };
      const { text, alsoOnCase } = row;
      const draft = { clientId, text, ...(alsoOnCase !== undefined && { alsoOnCase }) };
      const { id } = await backend.post(this.escalationId, draft, call);
      this.#outgoing(clientId, { entryId: id });
      // Read back in order with what others wrote meanwhile; until then the row says "sending".
      await this.#loading;
      await this.refresh();
      if (mine()) await this.refresh();
      void this.session.refresh();
    } catch (error) {
      this.#outgoing(clientId, { state: 'failed', problem: asProblem(error) });
    }
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
