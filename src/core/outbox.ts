import { BackendError } from './backend.js';
import type { Conversation } from './conversation.js';
import type { Platform } from './desk.js';
import { newId } from './id.js';
import type { Attachment, Entry } from './model.js';
import { isOutcomeUnknown } from './outcome.js';
import { callOf } from './session-actions.js';
import type { Snapshot } from './session.js';
import { asProblem, type Outgoing } from './talk.js';

/** How often, and how soon after each other, messages are sent again unasked. */
const TRIES = 5;
const REST_MS = 30_000;

/** It may not have arrived, and nothing is wrong with it. */
const isStuck = ({ state, problem }: Outgoing): boolean =>
  state === 'failed' && (!problem || isOutcomeUnknown(problem) || problem.code === 'signed-out');

/** What goes with a message besides its text. */
export interface MessageOptions {
  /** Of an owner's message: whether it goes on the case too (G37), else as the policy says. */
  alsoOnCase?: boolean;
  /** Files that were uploaded for it. */
  attachments?: readonly Attachment[];
}

/** The messages of a conversation that have not arrived yet: one is lost only when somebody deletes it. */
export class Outbox {
  readonly #conversation: Conversation;
  /** Sent one after the other, so that they arrive in the order in which they were written. */
  #sending: Promise<unknown> = Promise.resolve();
  /** How often each was sent again unasked, by client id. */
  readonly #tries = new Map<string, number>();
  /** When that was last done, by the help desk's clock. */
  #resumedAt = -Infinity;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  get #rows(): readonly Outgoing[] {
    return this.#conversation.talk.outbox;
  }

  #set(outbox: readonly Outgoing[]): void {
    this.#conversation.set({ outbox });
  }

  #change(clientId: string, change: Partial<Outgoing>): void {
    this.#set(this.#rows.map((row) => (row.clientId === clientId ? { ...row, ...change } : row)));
  }

  /**
   * Puts a message in and sends it.
   * @returns its client id
   */
  send(text: string, options: MessageOptions = {}): string {
    const clientId = newId();
    this.#set([...this.#rows, { clientId, text, ...options, state: 'sending' }]);
    this.#enqueue(clientId);
    return clientId;
  }

  /**
   * Sends a failed message again, with the same key; after `unconfirmed` with a new one, since its own is used up.
   * @param attachments instead of those that the help desk no longer has
   * @returns its client id
   */
  retry(clientId: string, attachments?: readonly Attachment[]): string {
    const isUsedUp = this.#rows.find((row) => row.clientId === clientId)?.problem?.code === 'unconfirmed';
    const sent = isUsedUp ? newId() : clientId;
    const change = { clientId: sent, state: 'sending' as const, problem: undefined };
    this.#change(clientId, { ...change, ...(attachments && { attachments }) });
    this.#enqueue(sent);
    return sent;
  }

  /** Puts back what an earlier page wrote and did not see arrive: to be sent again, with the same key. */
  restore(rows: readonly Omit<Outgoing, 'state'>[]): void {
    const { entries } = this.#conversation.talk;
    const known = new Set([...this.#rows, ...entries].map(({ clientId }) => clientId));
    const lost = rows.filter(({ clientId }) => !known.has(clientId));
    if (lost.length) this.#set([...lost.map((row) => ({ ...row, state: 'failed' as const })), ...this.#rows]);
  }

  /** Takes a failed message out. */
  discard(clientId: string): void {
    this.#set(this.#rows.filter((row) => row.clientId !== clientId));
  }

  /** @returns the rows that are still not among what has arrived */
  without(arrived: readonly Entry[]): readonly Outgoing[] {
    const ids = new Set(arrived.flatMap(({ id, clientId }) => [id, clientId]));
    const left = this.#rows.filter(
      ({ clientId, entryId }) => !ids.has(clientId) && !(entryId && ids.has(entryId)),
    );
    return left.length === this.#rows.length ? this.#rows : left;
  }

  /**
   * While somebody looks: sends what may not have arrived again, unasked, when the help desk can be reached again, somebody
   * has signed in again, or returns.
   * @returns stops
   */
  watch(): () => void {
    const { session } = this.#conversation;
    const isFine = ({ phase, problem }: Snapshot) => phase === 'ready' && !problem;
    const isBack = (now: Snapshot, before: Snapshot) =>
      isFine(now) && before.phase !== 'loading' && !isFine(before);
    const stops = [session.subscribe((now, before) => isBack(now, before) && this.#resume())];
    let stopped = false;
    const listen = ({ onReturn }: Platform) => stopped || stops.push(onReturn(() => this.#resume()));
    void session.desk.platform?.().then(listen, () => undefined);
    return () => {
      stopped = true;
      stops.forEach((stop) => stop());
    };
  }

  /** In their order, with their keys, where those are known again; the first that fails ends it, until the next time. */
  #resume(): void {
    const { session } = this.#conversation;
    const now = session.now().getTime();
    const isDue = (row: Outgoing) => isStuck(row) && (this.#tries.get(row.clientId) ?? 0) < TRIES;
    const due = this.#rows.filter(isDue).map(({ clientId }) => clientId);
    const isKnownAgain = session.plain?.guarantees.dedup !== 'none' && session.snapshot.phase === 'ready';
    if (!due.length || !isKnownAgain || now - this.#resumedAt < REST_MS) return;
    this.#resumedAt = now;
    this.#sending = this.#sending.then(async () => {
      for (const clientId of due) {
        const row = this.#rows.find((message) => message.clientId === clientId);
        if (!row || !isStuck(row)) continue;
        this.#tries.set(clientId, (this.#tries.get(clientId) ?? 0) + 1);
        this.#change(clientId, { state: 'sending', problem: undefined });
        if (!(await this.#post(clientId, true))) return;
      }
    });
  }

  #enqueue(clientId: string): void {
    this.#sending = this.#sending.then(() => this.#post(clientId));
  }

  /**
   * @param background nobody waits for it
   * @returns whether it has arrived
   */
  async #post(clientId: string, background?: boolean): Promise<boolean> {
    const { session, escalationId } = this.#conversation;
    const { backend } = session.desk;
    const mine = () => this.#rows.find((message) => message.clientId === clientId);
    const row = mine();
    if (!row) return true;
    try {
      if (!backend.post) throw new BackendError('not-found', 'This help desk takes no messages.');
      const { text, alsoOnCase, attachments } = row;
      const draft = {
        clientId,
        text,
        ...(alsoOnCase !== undefined && { alsoOnCase }),
        ...(attachments?.length && { attachmentIds: attachments.map(({ id }) => id) }),
      };
      const { id } = await backend.post(escalationId, draft, callOf(session, { key: clientId, background }));
      this.#change(clientId, { entryId: id });
      // Read back in order with what others wrote meanwhile; until then the row says "sending".
      await this.#conversation.refresh();
      if (mine()) await this.#conversation.refresh();
      void session.refresh();
      return true;
    } catch (error) {
      this.#change(clientId, { state: 'failed', problem: asProblem(error) });
      return false;
    }
  }
}
