import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { conversationOf, type Conversation, type Talk } from '../../core/conversation.js';
import { localText } from '../../core/facts.js';
import { isOverdue } from '../../core/status.js';
import type { Person } from '../../core/model.js';
import type { Policy, Text } from '../../core/policy.js';
import { policyOf } from '../../core/session-policy.js';
import { safeLine } from '../../core/text.js';
import { enCountdown } from '../../locales/en-countdown.js';
import { enFeed } from '../../locales/en-feed.js';
import type { Words } from '../../locales/registry.js';
import { controls } from '../controls.styles.js';
import { tell } from '../events.js';
import { LocaleController } from '../locale-controller.js';
import { quiet } from '../quiet.js';
import { SessionController } from '../session-controller.js';
import { notices } from '../notices.styles.js';
import { tokens } from '../tokens.styles.js';
import { renderComposer, type Composer } from './composer.js';
import { renderEntries } from './entries.js';
import type { EscalationFeed } from './escalation-feed.js';
import { entriesStyles } from './entries.styles.js';
import { renderHeader } from './header.js';
import { headerStyles } from './header.styles.js';
import { styles } from './panel.styles.js';
import { renderLoading, renderPlain, renderStale } from './plain.js';
import type { FeedView } from './view.js';

/** What an `<escalation-feed>` shows: loaded when the first one is connected, drawn into the element's own root. */
export class FeedPanel implements ReactiveController {
  readonly #host: EscalationFeed;
  readonly #session: SessionController;
  readonly #locale: LocaleController;
  #conversation: Conversation | undefined;
  #unsubscribe: (() => void) | undefined;
  #policy: Policy | undefined;
  #policyLabels: Words = {};
  #tick: ReturnType<typeof setInterval> | undefined;
  #talk: Talk | undefined;
  #text = '';
  #emptyText = false;
  /** Client id of the message whose text was just copied. */
  #copied = '';
  /** Client ids of what was written in this feed and has not arrived. */
  readonly #written = new Set<string>();
  #announced = '';

  constructor(host: EscalationFeed) {
    this.#host = host;
    this.#session = new SessionController(host);
    this.#locale = new LocaleController(host, { ...enCountdown, ...enFeed }, () => [
      this.#session.configuration?.labels,
      this.#policyLabels,
    ]);
    const root = host.renderRoot as ShadowRoot;
    for (const { styleSheet } of [tokens, controls, notices, styles, headerStyles, entriesStyles])
      if (styleSheet) root.adoptedStyleSheets.push(styleSheet);
    quiet(root);
    host.addController(this);
  }

  hostConnected(): void {
    // Times move on although nothing happens.
    this.#tick = setInterval(() => this.#update(), 30_000);
    this.#follow();
  }

  hostDisconnected(): void {
    clearInterval(this.#tick);
    this.#leave();
  }

  hostUpdate(): void {
    this.#follow();
  }

  /** The custom states of the element. */
  get states(): string[] {
    const words: string[] = [this.#shown];
    if (!this.#host.caseId) words.push('_nothing');
    const escalation = this.#talk?.escalation;
    const now = this.#session.session?.now();
    if (escalation && now && isOverdue(escalation, now)) words.push('overdue');
    if (this.#talk?.outbox.some(({ state }) => state === 'sending')) words.push('sending');
    const { snapshot } = this.#session;
    if (snapshot.phase === 'ready' && snapshot.problem) words.push('offline');
    return words;
  }

  #update(): void {
    this.#host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const shown = this.#shown;
    const retry = () => void this.#host.refresh();
    if (!this.#host.caseId) return nothing;
    if (shown === 'loading') return renderLoading(this.#say);
    if (shown === 'off' && !this.#conversation) return renderPlain(this.#say, 'off', this.#offText());
    if (shown === 'unknown' || shown === 'signed-out')
      return renderPlain(this.#say, 'notice', this.#say(shown), retry);
    if (shown === 'empty' || shown === 'refused' || shown === 'unconfigured')
      return renderPlain(this.#say, shown === 'empty' ? 'empty' : 'notice', this.#say(shown));
    return this.#renderFeed();
  }

  #renderFeed(): TemplateResult {
    const view = this.#view();
    const { escalation } = view.talk;
    const off = !this.#feedIsOn;
    return html`<section part="feed" aria-label=${this.#say('feedTitle')}>
      ${escalation ? renderHeader(view, escalation) : nothing}
      ${
        off
          ? html`<p part="off" class="plain">${this.#offText()}</p>`
          : html`<div part="conversation" role="region" tabindex="0" aria-label=${this.#say('conversation')}>
                ${this.#problem ? renderStale(this.#say, () => void this.#host.refresh()) : nothing}
                ${renderEntries(view, this.#me)}
              </div>
              ${escalation?.can.post ? renderComposer(view, this.#composer) : html`<p part="closed" class="plain">${this.#say('closedNote')}</p>`}`
      }
      <p class="hidden" role="status">${this.#announced}</p>
    </section>`;
  }

  get #problem(): boolean {
    return Boolean(this.#talk?.problem ?? this.#session.snapshot.problem);
  }

  get #composer(): Composer {
    const hint = this.#policy?.feed.hint;
    return {
      text: this.#text,
      isEmpty: this.#emptyText,
      hint: hint && this.#localText(hint),
      onInput: (text) => {
        this.#text = text;
        this.#emptyText = false;
        this.#update();
      },
      onSend: this.#send,
    };
  }

  readonly #send = (): void => {
    this.#emptyText = !this.#text.trim();
    this.#update();
    if (this.#emptyText) {
      this.#host.renderRoot.querySelector('textarea')?.focus();
      return;
    }
    const clientId = this.#conversation?.send(this.#text);
    if (clientId) this.#written.add(clientId);
    this.#text = '';
    void this.#host.updateComplete.then(() => this.#scrollToEnd());
  };

  focus(options?: FocusOptions): void {
    const root = this.#host.renderRoot;
    const target = root.querySelector('textarea') ?? root.querySelector<HTMLElement>('[part="conversation"]');
    target?.focus(options);
  }

  /** Asks the help desk now. */
  async refresh(): Promise<void> {
    await this.#session.session?.refresh();
    await this.#conversation?.refresh();
  }

  readonly #say = (id: string, values?: Record<string, string | number>): string =>
    this.#locale.say(id, values);

  readonly #localText = (text: Text): string =>
    localText(text, [this.#locale.language], this.#policy?.language ?? 'en');

  get #feedIsOn(): boolean {
    const { snapshot } = this.#session;
    return snapshot.phase !== 'ready' || snapshot.state.can.feed;
  }

  #offText(): string {
    const own = this.#policy?.feed.offText;
    return own ? this.#localText(own) : this.#say('off');
  }

  get #shown() {
    const shown = this.#session.shown;
    if (shown === 'unconfigured' || shown === 'loading') return shown;
    const { snapshot } = this.#session;
    if (snapshot.phase === 'signed-out' || snapshot.phase === 'refused' || snapshot.phase === 'unknown')
      return snapshot.phase;
    if (!this.#feedIsOn) return 'off';
    if (!this.#conversation) return 'empty';
    if (this.#talk?.phase === 'failed') return 'unknown';
    if (this.#talk?.phase !== 'ready') return 'loading';
    return this.#talk.escalation?.status ?? 'empty';
  }

  get #me(): Person {
    const { snapshot } = this.#session;
    const user = snapshot.state?.user;
    return { id: user?.id ?? '', name: user?.name ?? '', role: user?.role ?? '', me: true };
  }

  #view(): FeedView {
    const session = this.#session.session;
    return {
      talk: this.#talk as Talk,
      conversation: this.#conversation as Conversation,
      now: session?.now() ?? new Date(),
      language: this.#locale.language,
      icons: this.#session.configuration?.icons,
      say: this.#say,
      role: (role) => {
        const actor = this.#policy?.actors[role];
        return actor ? this.#localText(actor.label) : safeLine(role);
      },
      copied: this.#copied,
      onCopy: (clientId, text) => {
        void navigator.clipboard?.writeText(text).then(() => {
          this.#copied = clientId;
          this.#update();
        });
      },
    };
  }

  /** The escalation to show: the one that was asked for, else the open one, else the last. */
  #target(): string | undefined {
    if (this.#host.escalationId) return this.#host.escalationId;
    const { snapshot } = this.#session;
    if (snapshot.phase !== 'ready') return this.#conversation?.escalationId;
    return snapshot.state.openEscalation?.id ?? snapshot.state.past[0]?.id;
  }

  #follow(): void {
    const { session } = this.#session;
    const target = session && this.#host.isConnected ? this.#target() : undefined;
    const conversation = session && target ? conversationOf(session, target) : undefined;
    if (conversation === this.#conversation) return;
    this.#leave();
    this.#conversation = conversation;
    this.#talk = conversation?.talk;
    if (!session || !conversation) return;
    this.#unsubscribe = conversation.subscribe((talk, previous) => this.#onTalk(talk, previous));
    void policyOf(session)
      .then((policy) => this.#usePolicy(policy))
      // Words only: without the policy roles are said by their ids.
      .catch(() => undefined);
  }

  #usePolicy(policy: Policy): void {
    this.#policy = policy;
    const title = policy.feed.title;
    const labels = Object.entries(policy.labels).map(([id, text]) => [id, this.#localText(text)]);
    this.#policyLabels = {
      ...(title && { feedTitle: this.#localText(title) }),
      ...Object.fromEntries(labels),
    } as Words;
    this.#update();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#conversation = undefined;
  }

  #onTalk(talk: Talk, previous: Talk): void {
    const atEnd = this.#isAtEnd();
    this.#talk = talk;
    this.#update();
    // What stands before the last known entry is older: asked for, not arrived.
    const last = previous.entries.at(-1)?.id;
    const arrived =
      previous.phase === 'ready'
        ? talk.entries.slice(talk.entries.findIndex(({ id }) => id === last) + 1)
        : [];
    const escalationId = talk.escalation?.id ?? '';
    for (const entry of arrived) {
      // Another feed of the same conversation tells of what was written there.
      if (entry.clientId && this.#written.delete(entry.clientId))
        tell(this.#host, 'escalation-message', { escalationId, entryId: entry.id });
    }
    const theirs = arrived.findLast(({ kind, author }) => kind === 'message' && !author.me);
    if (theirs) this.#announced = this.#say('newMessage', { name: safeLine(theirs.author.name) });
    if (atEnd) void this.#host.updateComplete.then(() => this.#scrollToEnd());
  }

  #isAtEnd(): boolean {
    const box = this.#host.renderRoot.querySelector('[part="conversation"]');
    return !box || box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  }

  #scrollToEnd(): void {
    const box = this.#host.renderRoot.querySelector('[part="conversation"]');
    if (box) box.scrollTop = box.scrollHeight;
  }
}
