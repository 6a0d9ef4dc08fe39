import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../core/text.js';
import type { FeedView } from './view.js';

/** What is being written. */
export interface Composer {
  text: string;
  /** Sending was tried without a text. */
  isEmpty: boolean;
  /** The policy's own hint (G41). */
  hint: string | undefined;
  onInput(text: string): void;
  onSend(): void;
}

/** Where a message is written. Enter is a new line; with Ctrl or ⌘ it sends. */
export function renderComposer({ talk, say }: FeedView, composer: Composer): TemplateResult {
  const owner = talk.escalation?.owner;
  const label = owner && !owner.me ? say('messageTo', { name: isolated(owner.name) }) : say('messageToOwner');
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    composer.onSend();
  };
  return html`<div part="composer">
    <p part="composer-hint" id="hint" class="muted">${composer.hint ?? say('hint')}</p>
    <label part="label" class="label" for="message">${label}</label>
    <textarea
      part="control textarea"
      id="message"
      dir="auto"
      rows="3"
      .value=${composer.text}
      aria-describedby=${composer.isEmpty ? 'hint message-error' : 'hint'}
      aria-invalid=${composer.isEmpty ? 'true' : nothing}
      @input=${(event: Event) => composer.onInput((event.target as HTMLTextAreaElement).value)}
      @keydown=${onKey}
    ></textarea>
    ${composer.isEmpty ? html`<p part="error" class="error" id="message-error">${say('emptyText')}</p>` : nothing}
    <button
      type="button"
      part="send button button-primary"
      class="button primary send"
      @click=${composer.onSend}
    >
      ${say('send')}
    </button>
  </div>`;
}
