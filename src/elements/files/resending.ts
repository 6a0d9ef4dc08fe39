import { html, type TemplateResult } from 'lit';
import type { Conversation, Outgoing } from '../../core/conversation.js';
import { filesGone } from '../../core/files.js';
import type { Attachment } from '../../core/model.js';
import { linkButton } from '../buttons.js';
import { isAtHand, upload } from './attaching.js';
import { namesOf, type FileView } from './words.js';

/** The files of a message that was refused because the help desk has dropped them. */
const goneOf = ({ state, attachments = [], problem }: Outgoing): Attachment[] =>
  state === 'failed' ? filesGone(attachments, problem?.details.errors) : [];

/** Messages that the help desk has refused because it no longer has their files: those that the page has go again. */
export class Resending {
  readonly #onChange: () => void;
  /** Refusals that were answered by uploading again: each once. */
  readonly #answered = new WeakSet<object>();
  /** Client ids of messages whose files are on their way again. */
  readonly #busy = new Set<string>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Looks through what was not sent. */
  look(conversation: Conversation): void {
    for (const row of conversation.talk.outbox) {
      const gone = goneOf(row);
      if (!gone.length || !row.problem || this.#answered.has(row.problem) || !gone.every(isAtHand)) continue;
      this.#answered.add(row.problem);
      void this.#renew(conversation, row, gone);
    }
  }

  async #renew(conversation: Conversation, row: Outgoing, gone: Attachment[]): Promise<void> {
    const { clientId, attachments = [] } = row;
    this.#busy.add(clientId);
    this.#onChange();
    try {
      const { session } = conversation;
      const renew = async (file: Attachment) => (gone.includes(file) ? upload(session, file) : file);
      conversation.outbox.retry(clientId, await Promise.all(attachments.map(renew)));
    } catch {
      // The message says that its files are gone.
    }
    this.#busy.delete(clientId);
    this.#onChange();
  }

  /** What is said of such a message, with the way on; undefined: it was not refused for its files. */
  render(view: FileView, row: Outgoing, conversation: Conversation): TemplateResult | undefined {
    const gone = goneOf(row);
    if (!gone.length) return undefined;
    const { say } = view;
    if (this.#busy.has(row.clientId))
      return html`<span part="entry-status" class="muted">${say('files.renewing')}</span>`;
    const names = namesOf(
      view,
      gone.map(({ name }) => name),
    );
    const rest = row.attachments?.filter((file) => !gone.includes(file));
    return html`<span part="entry-status" class="error">${say('files.gone', { names })}</span>
      ${linkButton(say('files.sendWithout'), () => conversation.outbox.retry(row.clientId, rest))}`;
  }
}
