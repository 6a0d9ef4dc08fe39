import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../core/text.js';
import { linkButton } from '../buttons.js';
import { renderCounter } from '../counter.js';
import { LIMIT, lengthOf, type Composing } from './compose.js';
import { renderCopy } from './entry.js';
import type { FeedView } from './view.js';

/** What the composer needs beside the text. */
export interface ComposerOptions {
  /** The policy's own hint (G41). */
  hint: string | undefined;
  /** Whom the message is for; else the owner. */
  label?: string;
  /** More to choose before it is sent. */
  more?: unknown;
  /** Whether this user can write on the case. */
  movable: boolean;
  onSend(): void;
  onMove(): void;
}

/** What became of the text that was to go to the case. */
function renderOutcome({ say }: FeedView, { outcome }: Composing, onMove: () => void) {
  if (!outcome) return nothing;
  if (outcome === 'movedText')
    return html`<div part="notice notice-success" class="notice"><p>${say(outcome)}</p></div>`;
  return html`<div part="notice notice-danger" class="notice">
    <p>${say(outcome)}</p>
    ${linkButton(say('retry'), onMove)}
  </div>`;
}

/** The case feed is for the technical side (G40): a way there for what was written in the wrong place. */
const renderMove = ({ say }: FeedView, { moving }: Composing, onMove: () => void) =>
  html`<button
    type="button"
    part="move-to-case button button-link ${moving ? 'button-busy' : ''}"
    class="link"
    aria-disabled=${moving ? 'true' : nothing}
    @click=${onMove}
  >
    ${say(moving ? 'moving' : 'move')}
  </button>`;

/** Where a message is written. Enter is a new line; with Ctrl or ⌘ it sends. */
export function renderComposer(view: FeedView, writing: Composing, options: ComposerOptions): TemplateResult {
  const { say, talk } = view;
  const { text, error, moving } = writing;
  const owner = talk.escalation?.owner;
  const label =
    options.label ??
    (owner && !owner.me ? say('messageTo', { name: isolated(owner.name) }) : say('messageToOwner'));
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    options.onSend();
  };
  return html`<div part="composer">
    <div class="hint">
      <p part="composer-hint" id="hint" class="muted">${options.hint ?? say('hint')}</p>
      ${options.movable ? renderMove(view, writing, options.onMove) : nothing}
    </div>
    ${renderOutcome(view, writing, options.onMove)}
    <label part="label" class="label" for="message">${label}</label>
    <textarea
      part="control textarea"
      id="message"
      dir="auto"
      rows="3"
      .value=${text}
      ?readonly=${moving}
      aria-describedby=${error ? 'hint message-error' : 'hint'}
      aria-invalid=${error ? 'true' : nothing}
      @input=${(event: Event) => writing.write((event.target as HTMLTextAreaElement).value)}
      @keydown=${onKey}
    ></textarea>
    ${error ? html`<p part="error" class="error" id="message-error">${say(error, { limit: LIMIT.toLocaleString(view.language) })}</p>` : nothing}
    ${view.attaching(options.onSend)}
    <div class="below">
      ${text && !writing.kept ? html`<p part="draft-status" class="muted">${say('notKept')}</p>` : nothing}
      ${
        text && writing.elsewhere
          ? html`<p part="draft-status draft-elsewhere" class="muted">${say('elsewhere')}</p>`
          : nothing
      }
      ${renderCounter(view, lengthOf(text), LIMIT)} ${options.more}
      <button
        type="button"
        part="send button button-primary"
        class="button primary"
        aria-disabled=${moving ? 'true' : nothing}
        @click=${options.onSend}
      >
        ${say('send')}
      </button>
    </div>
  </div>`;
}

/** What stands where the composer was. A text that came too late can still be copied (C10). */
export function renderReadOnly(
  view: FeedView,
  text: string,
  closed: boolean,
  onDrop: () => void,
): TemplateResult {
  const { say } = view;
  const note = html`<p part="closed-note" class="plain">${say(closed ? 'closedNote' : 'readOnly')}</p>`;
  if (!text.trim()) return note;
  const onCopy = (event: Event) =>
    view.onCopy(
      '',
      text,
      (event.target as Element).closest('[part=unsent]')?.querySelector<HTMLElement>('.foreign'),
    );
  return html`${note}
    <div part="unsent">
      <p class="muted">${say('unsent')}</p>
      <p class="foreign" dir="auto">${text}</p>
      <p part="entry-actions">${renderCopy(view, '', onCopy)} ${linkButton(say('delete'), onDrop)}</p>
    </div>`;
}
