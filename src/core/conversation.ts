import { BackendError, isBackendError } from './backend.js';
import { isEscalation } from './guard-escalation.js';
import { newId } from './id.js';
import type { Entry, Escalation } from './model.js';
import type { Session, Snapshot } from './session.js';

/** A message on its way: it becomes an entry, or stays until somebody retries or deletes it. */
export interface Outgoing {
  clientId: string;
  text: string;
  state: 'sending' | 'failed';
  /** Set once it has arrived: the entry that it became. */
  entryId?: string;
  problem?: BackendError;
}

/** One frozen picture of a conversation. */
export interface Talk {
  /** `ready` once the first page is there; `failed` before that. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly escalation: Escalation | null;
  /** Oldest first, each id once. */
  readonly entries: readonly Entry[];
  /** Cursor of the older page; null: this is the beginning. */
  readonly older: string | null;
  readonly outbox: readonly Outgoing[];
  readonly problem: BackendError | null;
}

/** Entries asked for at once. */
const PAGE = 50;

const start: Talk = {
  phase: 'loading',
  escalation: null,
  entries: [],
  older: null,
  outbox: [],
  problem: null,
};
const asProblem = (error: unknown): BackendError =>
  isBackendError(error) ? error : new BackendError('server-error', 'The backend failed.');

/** The session's guard has looked at what a button paints; a conversation draws all of an escalation. */
const unreadable = new BackendError('protocol', 'The escalation is not what the contract says.');

/** The conversation of one escalation: an append-only list of entries, and an outbox that loses nothing. */
export class Conversation {
  readonly session: Session;
  readonly escalationId: string;
  #talk: Talk = Object.freeze(start);
  readonly #listeners = new Set<(talk: Talk, previous: Talk) => void>();
  #unsubscribe: (() => void) | undefined;
  /** Where newer entries will be found. */
  #after: string | undefined;
  #loading: Promise<void> | undefined;
  #loadingOlder: Promise<void> | undefined;
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
      const fresh = this.#unknown(page.entries);
      // A cursor that leads nowhere new is the end, whatever the server says.
      this.#set({ entries: [...fresh, ...this.#talk.entries], older: fresh.length ? page.before : null });
    } catch (error) {
      this.#set({ problem: asProblem(error) });
    }
  }

  /** Puts a message into the outbox and sends it. @returns its client id */
  send(text: string): string {
    const clientId = newId();
    this.#set({ outbox: [...this.#talk.outbox, { clientId, text, state: 'sending' }] });
    this.#enqueue(clientId);
    return clientId;
  }

  /** Sends a failed message again, with the same key. */
  retry(clientId: string): void {
    this.#outgoing(clientId, { state: 'sending', problem: undefined });
    this.#enqueue(clientId);
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
    this.#set({
      outbox: this.#talk.outbox.map((row) => (row.clientId === clientId ? { ...row, ...change } : row)),
    });
  }

  /** The session has the open escalation; a newer entry in it is the sign to ask for entries. */
  #follow(snapshot: Snapshot): void {
    if (snapshot.phase !== 'ready') {
      if (snapshot.phase !== 'loading' && this.#talk.phase === 'loading')
        this.#set({ phase: 'failed', problem: snapshot.problem });
      return;
    }
    const open = snapshot.state.openEscalation;
    if (open?.id === this.escalationId) {
      if (!isEscalation(open)) return this.#fail(unreadable);
      const newer =
        open.latestEntryId !== null && !this.#talk.entries.some(({ id }) => id === open.latestEntryId);
      const problem = this.#talk.problem === unreadable ? null : this.#talk.problem;
      if (open !== this.#talk.escalation) this.#set({ escalation: open, problem });
      if (newer && this.#talk.phase === 'ready') void this.refresh();
    } else if (this.#talk.escalation?.can.post) void this.refresh(); // It has ended.
    if (this.#talk.phase !== 'ready') void this.refresh();
  }

  async #load(): Promise<void> {
    const { backend, user, languages } = this.session.desk;
    try {
      const { snapshot } = this.session;
      // Until it is known that entries may be asked for, nothing is (G14): the session's answer comes back here.
      if (snapshot.phase !== 'ready') return;
      const open = snapshot.state.openEscalation;
      if (open?.id === this.escalationId) {
        if (!isEscalation(open)) throw unreadable;
      } else if (backend.escalation) {
        const found = await backend.escalation(this.escalationId, { user, languages });
        if (found !== 'not-modified') this.#set({ escalation: found.value });
      }
      if (snapshot.state.can.feed === true && backend.entries) await this.#newer();
      this.#set({ phase: 'ready', problem: null });
    } catch (error) {
      this.#fail(error);
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
      more = !first && page.entries.length === PAGE && page.after !== this.#after;
      this.#after = page.after;
      this.#append(page.entries);
    }
  }

  #page(query: { before?: string; after?: string }) {
    const { backend, user, languages } = this.session.desk;
    return (backend.entries as NonNullable<typeof backend.entries>)(
      this.escalationId,
      { limit: PAGE, ...query },
      { user, languages },
    ).then((found) => {
      if (found === 'not-modified')
        throw new BackendError('protocol', 'Not modified, though nothing was known.');
      return found.value;
    });
  }

  /** What is not there yet; of several with one id the last (M04). */
  #unknown(entries: readonly Entry[]): Entry[] {
    const fresh = new Map(entries.map((entry) => [entry.id, entry]));
    for (const { id } of this.#talk.entries) fresh.delete(id);
    return [...fresh.values()];
  }

  /** Adds what is new at the end; a message of ours that has arrived leaves the outbox. */
  #append(entries: readonly Entry[]): void {
    const fresh = this.#unknown(entries);
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
    const row = this.#talk.outbox.find((message) => message.clientId === clientId);
    if (!row) return;
    try {
      if (!backend.post) throw new BackendError('not-found', 'This help desk takes no messages.');
      const call = { user, languages, policy, key: clientId };
      const { id } = await backend.post(this.escalationId, { clientId, text: row.text }, call);
      this.#outgoing(clientId, { entryId: id });
      // Read back in order with what others wrote meanwhile; until then the row says "sending".
      await this.#loading;
      await this.refresh();
      if (this.#talk.outbox.some((message) => message.clientId === clientId)) await this.refresh();
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
