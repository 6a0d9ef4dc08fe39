import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Talk } from '../../core/conversation.js';
import { isOpen, isOverdue } from '../../core/status.js';
import { adoptStyles } from '../adopt-styles.js';
import { controls } from '../controls.styles.js';
import { copyText } from '../copy.js';
import { tell } from '../events.js';
import { quiet } from '../quiet.js';
import { notices } from '../notices.styles.js';
import { tokens } from '../tokens.styles.js';
import { Composing } from './compose.js';
import { renderComposer, renderReadOnly } from './composer.js';
import { renderEntries } from './entries.js';
import type { EscalationFeed } from './escalation-feed.js';
import { entriesStyles } from './entries.styles.js';
import { renderHeader } from './header.js';
import { headerStyles } from './header.styles.js';
import { renderHelp } from '../help.js';
import { styles } from './panel.styles.js';
import { renderLoading, renderPlain, renderStale } from './plain.js';
import { Scroller } from './scroller.js';
import { Speaker } from './speaker.js';
import { Talking } from './talking.js';
import type { FeedView } from './view.js';

/** What an `<escalation-feed>` shows: loaded when the first one is connected, drawn into the element's own root. */
export class FeedPanel implements ReactiveController {
  readonly #host: EscalationFeed;
  readonly #talking: Talking;
  readonly #writing: Composing;
  readonly #scroller: Scroller;
  readonly #speaker = new Speaker();
  #tick: ReturnType<typeof setInterval> | undefined;
  #stale = false;
  #unfolded: boolean | undefined;
  #loadingOlder = false;
  #focusLater: (() => boolean) | undefined;
  #copied: FeedView['copied'];
  /** Characters shown of long entries, by id. */
  readonly #shownOf = new Map<string, number>();
  /** Client ids of what was written in this feed and has not arrived. */
  readonly #written = new Set<string>();

  constructor(host: EscalationFeed) {
    this.#host = host;
    // Before who tells it: what is connected already tells at once.
    this.#scroller = new Scroller(host);
    this.#talking = new Talking(host, (talk, previous) => this.#onTalk(talk, previous));
    adoptStyles(host, tokens, controls, notices, styles, headerStyles, entriesStyles);
    quiet(host.renderRoot);
    this.#writing = new Composing(host, () => this.#update());
    for (const name of ['pointerdown', 'keydown'])
      host.renderRoot.addEventListener(name, () => this.#speaker.heard());
    // The page may add its help at any time.
    host.renderRoot.addEventListener('slotchange', () => this.#update());
    // Last: what is there already is told at once.
    host.addController(this.#talking);
    host.addController(this);
  }

  hostConnected(): void {
    // Times move on although nothing happens.
    this.#tick = setInterval(() => this.#update(), 30_000);
  }

  hostDisconnected(): void {
    clearInterval(this.#tick);
  }

  hostUpdate(): void {
    const { conversation, problem } = this.#talking;
    if (conversation) this.#writing.attach(conversation);
    const stale = Boolean(problem);
    if (stale !== this.#stale) this.#speaker.say(stale ? this.#staleText : '');
    this.#stale = stale;
  }

  /** The custom states of the element. */
  get states(): string[] {
    const { shown, talk, session } = this.#talking;
    const words: string[] = [shown];
    if (!this.#host.caseId) words.push('_nothing');
    const now = session.session?.now();
    if (talk?.escalation && now && isOverdue(talk.escalation, now)) words.push('overdue');
    if (talk?.outbox.some(({ state }) => state === 'sending')) words.push('sending');
    if (session.snapshot.phase === 'ready' && session.snapshot.problem) words.push('offline');
    return words;
  }

  #update(): void {
    this.#host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const { shown, say, conversation, session } = this.#talking;
    const retry = () => void this.#host.refresh();
    if (!this.#host.caseId) return nothing;
    if (shown === 'loading') return renderLoading(say);
    const plain = (part: string, text: string, onRetry?: () => void) =>
      renderPlain(say, part, text, this.#help(), onRetry);
    if (shown === 'off' && !conversation) return plain('off', this.#talking.offText);
    if (shown === 'unknown' || shown === 'signed-out') return plain('notice', say(`feed.${shown}`), retry);
    // The case is there, its conversation is not for this user.
    if (shown === 'refused') return plain('notice', say(session.snapshot.state ? 'refusedTalk' : shown));
    if (shown === 'empty' || shown === 'unconfigured')
      return plain(shown === 'empty' ? 'empty' : 'notice', say(shown));
    return this.#renderFeed();
  }

  #renderFeed(): TemplateResult {
    const view = this.#view();
    const { escalation } = view.talk;
    return html`<section part="feed" aria-label=${view.say('feedTitle')}>
      ${escalation ? renderHeader(view, escalation) : nothing}
      ${this.#talking.isOn ? this.#renderTalk(view) : html`<p part="off" class="plain">${this.#talking.offText}</p>`}
      ${this.#help()} ${this.#speaker.render()}
    </section>`;
  }

  #renderTalk(view: FeedView): TemplateResult {
    const { say, talk } = view;
    const { policy, localText, session } = this.#talking;
    const [{ escalation }, hint] = [talk, policy?.feed.hint];
    return html`<div part="conversation" role="region" tabindex="0" aria-label=${say('conversation')}>
        ${this.#stale ? renderStale(say, this.#staleText, () => void this.#host.refresh()) : nothing}
        ${renderEntries(view, this.#talking.me)}
      </div>
      ${
        escalation?.can.post
          ? renderComposer(view, this.#writing, {
              hint: hint && localText(hint),
              movable: session.snapshot.state?.can.note ?? false,
              onSend: () => this.#send(),
              onMove: () => void this.#move(),
            })
          : renderReadOnly(view, this.#writing.text, !escalation || !isOpen(escalation), () =>
              this.#writing.write(''),
            )
      }`;
  }

  get #staleText(): string {
    return this.#talking.say(this.#talking.problem?.code === 'signed-out' ? 'staleSignedOut' : 'stale');
  }

  #help(): TemplateResult {
    const { policy, session, localText } = this.#talking;
    return renderHelp(this.#host, policy, session.snapshot.state, localText);
  }

  #view(): FeedView {
    const { talk, session, language, say, role, criterion, conversation } = this.#talking;
    return {
      talk: talk as Talk,
      now: session.session?.now() ?? new Date(),
      language,
      icons: session.configuration?.icons,
      say,
      role,
      criterion,
      unfolded: this.#unfolded ?? this.#scroller.wide,
      onFold: (open) => (this.#unfolded = open),
      loadingOlder: this.#loadingOlder,
      onOlder: () => void this.#showOlder(),
      shown: (id) => this.#shownOf.get(id),
      onShow: (id, characters) => {
        if (characters) this.#shownOf.set(id, characters);
        else this.#shownOf.delete(id);
        this.#update();
      },
      copied: this.#copied,
      onCopy: (clientId, text, shown) => void this.#copy(clientId, text, shown),
      onRetry: (clientId) => {
        this.#written.add(clientId);
        conversation?.retry(clientId);
      },
      onDiscard: (clientId) => conversation?.discard(clientId),
    };
  }

  #send(): void {
    const clientId = this.#writing.send();
    if (!clientId) return this.#toField();
    this.#written.add(clientId);
    void this.#host.updateComplete.then(() => this.#scroller.toEnd());
  }

  async #move(): Promise<void> {
    const done = this.#writing.move();
    this.#toField();
    await done;
    const { outcome } = this.#writing;
    if (outcome) this.#speaker.say(this.#talking.say(outcome));
    this.#update();
  }

  /** To the text that cannot be sent. */
  #toField(): void {
    if (this.#writing.error) this.#host.renderRoot.querySelector('textarea')?.focus();
  }

  /** While the conversation is on its way the focus waits for it, unless it has moved on by then. */
  focus(options?: FocusOptions): void {
    const from = document.activeElement;
    const act = (): boolean => {
      const target = this.#host.renderRoot.querySelector('textarea') ?? this.#scroller.box;
      if (document.activeElement === from) target?.focus(options);
      return target !== null;
    };
    if (!act()) this.#focusLater = act;
  }

  hostUpdated(): void {
    if (this.#talking.shown === 'loading') return;
    this.#focusLater?.();
    this.#focusLater = undefined;
  }

  refresh(): Promise<void> {
    return this.#talking.refresh();
  }

  async #copy(clientId: string, text: string, shown?: HTMLElement | null): Promise<void> {
    const done = await copyText(text, shown ?? undefined);
    this.#copied = { clientId, done };
    this.#speaker.say(this.#talking.say(done ? 'copied' : 'copyByHand'));
    this.#update();
  }

  async #showOlder(): Promise<void> {
    if (this.#loadingOlder) return;
    this.#loadingOlder = true;
    this.#update();
    await this.#scroller.keepPlace(async () => this.#talking.conversation?.showOlder());
    this.#loadingOlder = false;
    this.#update();
  }

  #onTalk(talk: Talk, previous: Talk): void {
    const follow = this.#scroller.isAtEnd;
    const { say } = this.#talking;
    this.#update();
    if (talk.outbox !== previous.outbox) this.#writing.keep();
    // What stands before the last known entry is older: asked for, not arrived.
    const last = previous.entries.at(-1)?.id;
    const arrived =
      previous.phase === 'ready'
        ? talk.entries.slice(talk.entries.findIndex(({ id }) => id === last) + 1)
        : [];
    const escalationId = talk.escalation?.id ?? '';
    for (const { id: entryId, clientId } of arrived) {
      // Another feed of the same conversation tells of what was written there.
      if (!clientId || !this.#written.delete(clientId)) continue;
      this.#speaker.say(say('sent'));
      tell(this.#host, 'escalation-message', { escalationId, entryId });
    }
    const isNew = (row: Talk['outbox'][0]) => row.state === 'failed' && !previous.outbox.includes(row);
    if (talk.outbox.some((row) => isNew(row) && this.#written.has(row.clientId)))
      this.#speaker.say(say('failed'));
    this.#speaker.arrived(arrived, say);
    if (follow) void this.#host.updateComplete.then(() => this.#scroller.toEnd());
  }
}
