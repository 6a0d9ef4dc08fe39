import { html, nothing, type TemplateResult } from 'lit';
import { renderComposer } from '../conversation/composer.js';
import { renderHeader } from '../conversation/header.js';
import { renderLoading, renderPlain } from '../conversation/plain.js';
import { TalkPanel } from '../conversation/talk-panel.js';
import type { FeedView } from '../conversation/view.js';
import { renderHelp } from '../help.js';
import type { EscalationFeed } from './escalation-feed.js';

/** What an `<escalation-feed>` shows: loaded when the first one is connected, drawn into the element's own root. */
export class FeedPanel {
  readonly #host: EscalationFeed;
  readonly #panel: TalkPanel;

  constructor(host: EscalationFeed) {
    this.#host = host;
    this.#panel = new TalkPanel(host);
  }

  /** The custom states of the element. */
  get states(): string[] {
    return [...this.#panel.states, ...(this.#host.caseId ? [] : ['_nothing'])];
  }

  get unread(): number {
    return this.#panel.unread;
  }

  render(): TemplateResult | typeof nothing {
    const { shown, say, conversation, session, offText } = this.#panel.talking;
    const retry = () => void this.#host.refresh();
    if (!this.#host.caseId) return nothing;
    if (shown === 'loading') return renderLoading(say);
    const plain = (part: string, text: string, onRetry?: () => void) =>
      renderPlain(say, part, text, this.#help(), onRetry);
    if (shown === 'off' && !conversation) return plain('off', offText);
    if (shown === 'unknown' || shown === 'signed-out') return plain('notice', say(`feed.${shown}`), retry);
    // The case is there, its conversation is not for this user.
    if (shown === 'refused') return plain('notice', say(session.snapshot.state ? 'refusedTalk' : shown));
    if (shown === 'empty' || shown === 'unconfigured')
      return plain(shown === 'empty' ? 'empty' : 'notice', say(shown));
    return this.#renderFeed();
  }

  #renderFeed(): TemplateResult {
    const view = this.#panel.view();
    const { escalation } = view.talk;
    const { isOn, offText } = this.#panel.talking;
    return html`<section part="feed" aria-label=${view.say('feedTitle')}>
      ${escalation ? renderHeader(view, escalation) : nothing}
      ${isOn ? this.#renderTalk(view) : html`<p part="off" class="plain">${offText}</p>`} ${this.#help()}
      ${this.#panel.renderSpeaker()}
    </section>`;
  }

  #renderTalk(view: FeedView): TemplateResult {
    const { policy, state, talk, text } = view;
    const hint = policy?.feed.hint;
    return html`${this.#panel.renderEntries(view)}
    ${
      talk.escalation?.can.post
        ? renderComposer(view, this.#panel.writing, {
            hint: hint && text(hint),
            movable: state?.can.note ?? false,
            onSend: () => this.#panel.send(),
            onMove: () => void this.#panel.move(),
          })
        : this.#panel.renderReadOnly(view)
    }`;
  }

  #help(): TemplateResult {
    const { policy, session, text } = this.#panel.talking;
    return renderHelp(this.#host, policy, session.snapshot.state, text);
  }

  focus(options?: FocusOptions): void {
    this.#panel.focus(options);
  }

  refresh(): Promise<void> {
    return this.#panel.refresh();
  }
}
