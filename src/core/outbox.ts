import { BackendError } from './backend.js';
import type { Conversation } from './conversation.js';
import { newId } from './id.js';
import type { Attachment, Entry } from './model.js';
import { asProblem, type Outgoing } from './talk.js';

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
  #sending: Promise<void> = Promise.resolve();

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

  /** Sends a failed message again, with the same key. */
  retry(clientId: string): void {
    this.#change(clientId, { state: 'sending', problem: undefined });
    this.#enqueue(clientId);
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

  #enqueue(clientId: string): void {
    this.#sending = this.#sending.then(() => this.#post(clientId));
  }

  async #post(clientId: string): Promise<void> {
    const { session, escalationId } = this.#conversation;
    const { backend, user, languages, policy } = session.desk;
    const mine = () => this.#rows.find((message) => message.clientId === clientId);
    const row = mine();
    if (!row) return;
    try {
      if (!backend.post) throw new BackendError('not-found', 'This help desk takes no messages.');
      const call = { user, languages, policy, key: clientId };
      const { text, alsoOnCase, attachments } = row;
      const draft = {
        clientId,
        text,
        ...(alsoOnCase !== undefined && { alsoOnCase }),
        ...(attachments?.length && { attachmentIds: attachments.map(({ id }) => id) }),
      };
      const { id } = await backend.post(escalationId, draft, call);
      this.#change(clientId, { entryId: id });
      // Read back in order with what others wrote meanwhile; until then the row says "sending".
      await this.#conversation.refresh();
      if (mine()) await this.#conversation.refresh();
      void session.refresh();
    } catch (error) {
      this.#change(clientId, { state: 'failed', problem: asProblem(error) });
    }
  }
}
