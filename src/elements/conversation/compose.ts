import { isBackendError } from '../../core/backend.js';
import type { Conversation } from '../../core/conversation.js';
import { newId } from '../../core/id.js';
import { note } from '../../core/session-actions.js';
import { keepDraft, readDraft } from '../../platform/drafts.js';
import { tell } from '../events.js';

/** What the contract takes, in characters. */
export const LIMIT = 10_000;

/** Characters, as the contract counts them; of a text that is much too long its length will do. */
export const lengthOf = (text: string): number => (text.length > 2 * LIMIT ? text.length : [...text].length);

/** What is kept of a feed: what is being written, and what was sent and has not arrived, each with its key. */
interface Kept {
  text: string;
  unsent: { clientId: string; text: string }[];
}

/** What was read back may be anything. */
function asKept(value: unknown): Kept {
  const { text, unsent } = (value ?? {}) as Partial<Kept>;
  const isRow = (row: Partial<Kept['unsent'][0]> | null) =>
    typeof row?.clientId === 'string' && typeof row.text === 'string';
  return {
    text: typeof text === 'string' ? text : '',
    unsent: Array.isArray(unsent)
      ? unsent.filter(isRow).map((row) => ({ clientId: row.clientId, text: row.text }))
      : [],
  };
}

/** Writing in a feed: the text, kept over a reload of the tab, and what becomes of it. */
export class Composing {
  text = '';
  /** Id of the message that says what is wrong with the text. */
  error: 'emptyText' | 'tooLong' | '' = '';
  /** The text is on its way to the case. */
  moving = false;
  /** Id of the message that says what became of it there. */
  outcome = '';
  /** Whether the text survives a reload. */
  kept = true;
  readonly #host: HTMLElement;
  readonly #onChange: () => void;
  #conversation: Conversation | undefined;
  #userId: string | undefined;
  /** Of the text that goes to the case: kept until it is known what became of it, so that it is put there once. */
  #moveKey: string | undefined;

  constructor(host: HTMLElement, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  /** Takes up what was being written, once it is known by whom; what another user wrote is gone (A04). */
  attach(conversation: Conversation): void {
    const { session } = conversation;
    const { state } = session.snapshot;
    if (!state) return;
    // Where nothing may be said, nothing is kept (G14).
    if (!state.can.feed) keepDraft(session, 'message', null);
    if (conversation === this.#conversation && state.user.id === this.#userId) return;
    this.#conversation = conversation;
    this.#userId = state.user.id;
    this.#moveKey = undefined;
    const { text, unsent } = asKept(readDraft(session, 'message'));
    Object.assign(this, { text, error: '', outcome: '', moving: false });
    conversation.outbox.restore(unsent);
  }

  /** Keeps the text, and what has not arrived. */
  keep(written?: string): void {
    const { session, talk } = this.#conversation ?? {};
    // Somebody else may have signed in since.
    if (!session || !talk || session.snapshot.state?.user.id !== this.#userId) return;
    // What another feed of this case is writing stays.
    const text = written ?? (this.text || asKept(readDraft(session, 'message')).text);
    const unsent = talk.outbox.map((row) => ({ clientId: row.clientId, text: row.text }));
    this.kept = keepDraft(session, 'message', text || unsent.length ? { text, unsent } : null);
  }

  write(text: string): void {
    this.#moveKey = undefined;
    Object.assign(this, { text, error: '', outcome: '' });
    this.keep(text);
    this.#onChange();
  }

  /**
   * @param alsoOnCase of an owner's message: whether it goes on the case too
   * @returns the client id of the message; undefined: there is nothing that can be sent
   */
  send(alsoOnCase?: boolean): string | undefined {
    if (this.moving || !this.#isFine()) return undefined;
    const clientId = this.#conversation?.outbox.send(this.text, { alsoOnCase });
    this.write('');
    return clientId;
  }

  /** Puts the text on the case itself (G41), unless the page does. */
  async move(): Promise<void> {
    const conversation = this.#conversation;
    if (!conversation || this.moving || !this.#isFine()) return;
    const { escalationId, session } = conversation;
    if (!tell(this.#host, 'escalation-move-to-case', { escalationId })) return;
    const { text } = this;
    this.moving = true;
    this.outcome = '';
    this.#onChange();
    this.#moveKey ??= newId();
    const sent = note(session, { kind: 'moved', text }, this.#moveKey);
    const outcome = await sent.then(() => 'movedText', whyNotMoved);
    // Another case may be shown by now: its text is not touched.
    if (conversation !== this.#conversation) return;
    this.moving = false;
    if (outcome === 'notMovedRefused') this.#moveKey = undefined;
    if (outcome === 'movedText') this.write('');
    this.outcome = outcome;
    this.#onChange();
  }

  #isFine(): boolean {
    this.error = !this.text.trim() ? 'emptyText' : lengthOf(this.text) > LIMIT ? 'tooLong' : '';
    this.#onChange();
    return !this.error;
  }
}

function whyNotMoved(error: unknown): string {
  if (isBackendError(error) && error.code === 'signed-out') return 'notMovedSignedOut';
  return isBackendError(error) && error.retryable ? 'notMoved' : 'notMovedRefused';
}
