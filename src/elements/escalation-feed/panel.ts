import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Conversation } from '../../core/conversation.js';
import type { Escalation } from '../../core/model.js';
import { enEndings } from '../../locales/en-endings.js';
import { adoptStyles } from '../adopt-styles.js';
import { renderComposer } from '../conversation/composer.js';
import { renderHeader } from '../conversation/header.js';
import { TalkPanel } from '../conversation/talk-panel.js';
import { dated } from '../conversation/when.js';
import { renderHelp } from '../help.js';
import { renderChanged, renderNext, renderWithdraw } from './closing.js';
import type { CustomerView } from './customer-view.js';
import { endingsStyles } from './endings.styles.js';
import type { EscalationFeed } from './escalation-feed.js';
import { renderJoin } from './joining.js';
import { renderBack, renderCorrects, renderPast } from './past.js';
import { renderRating } from './rating.js';
import { nudgeOf, renderSilence } from './silence.js';

/** How long nobody asks again after a refusal that does not say. */
const SOON_S = 60;

type Requester = HTMLElement & { show(): Promise<boolean> };
/** Opens the form for a request, where it would be seen: in what is not displayed, no dialog is. */
const isRequester = (peer: HTMLElement): peer is Requester =>
  'show' in peer && typeof peer.show === 'function' && peer.parentElement?.checkVisibility() !== false;

/** What an `<escalation-feed>` shows: loaded when the first one is connected, drawn into the element's own root. */
export class FeedPanel implements ReactiveController {
  readonly #host: EscalationFeed;
  readonly #panel: TalkPanel;
  /** Another escalation was asked for: what had the focus when it was. */
  #left: { focus: Element | null } | undefined;
  /** It is too soon to ask for the update again, the help desk has said. */
  #refused: { conversation: Conversation | undefined; until: Date } | undefined;

  constructor(host: EscalationFeed) {
    this.#host = host;
    this.#panel = new TalkPanel(host, enEndings);
    adoptStyles(host, endingsStyles);
    host.addController(this);
  }

  /** The custom states of the element. */
  get states(): string[] {
    return [...this.#panel.states, ...(this.#host.caseId ? [] : ['_nothing'])];
  }

  get unread(): number {
    return this.#panel.unread;
  }

  /** Another escalation begins at its title, unless somebody has gone on meanwhile. */
  hostUpdated(): void {
    if (!this.#left || this.#panel.talking.shown === 'loading') return;
    const { focus } = this.#left;
    const { activeElement } = document;
    this.#left = undefined;
    if (activeElement !== focus && activeElement !== document.body) return;
    const root = this.#host.renderRoot;
    (root.querySelector<HTMLElement>('[part="title"]') ?? root.querySelector('button'))?.focus();
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#host.caseId) return nothing;
    const below = () => html`${renderBack(this.#view())} ${this.#help()}`;
    return this.#panel.renderInstead(below) ?? this.#renderFeed();
  }

  #renderFeed(): TemplateResult {
    const view = this.#view();
    const { escalation } = view.talk;
    const { isOn, offText } = this.#panel.talking;
    return html`<section part="feed" aria-label=${view.say('feedTitle')}>
      ${isOn ? this.#renderPrinted(view) : nothing}
      ${escalation ? this.#renderStatus(view, escalation) : nothing}
      ${isOn ? this.#renderTalk(view) : html`<p part="off" class="plain">${offText}</p>`} ${renderPast(view)}
      ${this.#help()} ${this.#panel.renderSpeaker()}
    </section>`;
  }

  #renderStatus(view: CustomerView, escalation: Escalation): TemplateResult {
    const top = [renderBack(view), renderCorrects(view, escalation), renderChanged(view, escalation)];
    return html`${renderHeader(view, escalation, {
      top,
      ending: [renderNext(view, escalation), renderRating(view, escalation)],
      update: renderSilence(view, escalation),
      end: renderWithdraw(view, escalation),
    })}
    ${renderJoin(view, escalation)}`;
  }

  #renderTalk(view: CustomerView): TemplateResult {
    const { policy, state, talk, text, say, isChosen } = view;
    const hint = policy?.feed.hint;
    // What is being written is for the current one.
    if (isChosen)
      return html`${this.#panel.renderEntries({ ...view, talk: { ...talk, outbox: [] } })}
        <p part="closed-note" class="plain">${say('closedNote')}</p>`;
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

  /** On paper: how much of it this is. */
  #renderPrinted({ talk, say, now, language }: CustomerView): TemplateResult {
    const values = { time: dated(now, now, language), count: talk.entries.length };
    return html`<p part="printed">
      ${say('printed', values)} ${talk.older ? say('printedOlder') : nothing}
    </p>`;
  }

  #help(): TemplateResult {
    const { policy, session, text } = this.#panel.talking;
    return renderHelp(this.#host, policy, session.snapshot.state, text);
  }

  #view(): CustomerView {
    const { talking } = this.#panel;
    const refused = this.#refused?.conversation === talking.conversation ? this.#refused : undefined;
    return {
      ...this.#panel.view(),
      isChosen: talking.isChosen,
      onChoose: (escalationId) => {
        this.#left = { focus: document.activeElement };
        talking.choose(escalationId);
      },
      onStay: (escalationId) => talking.choose(escalationId),
      requestable: () => this.#requester !== undefined,
      onRequest: () => void this.#request(),
      notBefore: refused?.until,
      onNudge: () => void this.#nudge(),
    };
  }

  get #requester(): Requester | undefined {
    return this.#panel.talking.session.peers.find(isRequester);
  }

  async #request(): Promise<void> {
    await this.#requester?.show();
    // It may have gone, or have nothing to open: then the words change.
    this.#host.requestUpdate();
  }

  async #nudge(): Promise<void> {
    const { acting, talking } = this.#panel;
    const { conversation } = talking;
    const view = this.#view();
    const { escalation } = view.talk;
    if (!escalation || (await acting.act({ kind: 'nudge' }, nudgeOf(view, escalation)))) return;
    const { code, details } = acting.problem ?? {};
    if (code !== 'rate-limited') return;
    const wait = (details?.retryAfter ?? SOON_S) * 1000;
    this.#refused = { conversation, until: new Date(this.#view().now.getTime() + wait) };
    // Who has asked is in an entry that is not here yet.
    await conversation?.refresh();
    this.#host.requestUpdate();
  }

  focus(options?: FocusOptions): void {
    this.#panel.focus(options);
  }

  refresh(): Promise<void> {
    return this.#panel.refresh();
  }
}
