import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { Talk } from '../../core/conversation.js';
import { isOpen, isOverdue } from '../../core/status.js';
import type { Words } from '../../locales/registry.js';
import { adoptStyles } from '../adopt-styles.js';
import { controls } from '../controls.styles.js';
import { copyText } from '../copy.js';
import { tell } from '../events.js';
import { quiet } from '../quiet.js';
import { notices } from '../notices.styles.js';
import { tokens } from '../tokens.styles.js';
import { Acting } from './acting.js';
import { actsStyles } from './acts.styles.js';
import { Composing } from './compose.js';
import { renderReadOnly } from './composer.js';
import { renderEntries } from './entries.js';
import { entriesStyles } from './entries.styles.js';
import { frameStyles } from './frame.styles.js';
import { headerStyles } from './header.styles.js';
import { renderLoading, renderPlain, renderStale } from './plain.js';
import { Reading } from './reading.js';
import { Scroller } from './scroller.js';
import { Speaker } from './speaker.js';
import type { TalkHost } from './talk-host.js';
import { Talking } from './talking.js';
import type { FeedView } from './view.js';

/**
 * An escalation and its conversation as both sides have them: what is shown, what is being written, what is being done,
 * where the reader is, and what a screen reader is told. What is drawn around it is the element's own.
 */
export class TalkPanel implements ReactiveController {
  readonly talking: Talking;
  readonly writing: Composing;
  readonly acting: Acting;
  readonly #host: TalkHost;
  readonly #scroller: Scroller;
  readonly #reading: Reading;
  readonly #speaker = new Speaker();
  #tick: ReturnType<typeof setInterval> | undefined;
  #stale = false;
  #unfolded: boolean | undefined;
  #loadingOlder = false;
  #focusLater: (() => boolean) | undefined;
  #copied: FeedView['copied'];
  /** Characters shown of long entries, by id. */
  readonly #shownOf = new Map<string, number>();
  /** Client ids of what was written in this element and has not arrived. */
  readonly #written = new Set<string>();

  /** @param words English for what the element says besides the conversation */
  constructor(host: TalkHost, words: Words = {}) {
    this.#host = host;
    // Before who tells it: what is connected already tells at once.
    this.#scroller = new Scroller(host);
    this.talking = new Talking(host, words, (talk, previous) => this.#onTalk(talk, previous));
    adoptStyles(host, tokens, controls, notices, frameStyles, headerStyles, entriesStyles, actsStyles);
    quiet(host.renderRoot);
    this.writing = new Composing(host, () => this.update());
    this.acting = new Acting(host, () => this.#onActing());
    for (const name of ['pointerdown', 'keydown'])
      host.renderRoot.addEventListener(name, () => this.#speaker.heard());
    // The page may add its help at any time.
    host.renderRoot.addEventListener('slotchange', () => this.update());
    this.#reading = new Reading(host, this.talking);
    // Last: what is there already is told at once.
    host.addController(this.talking);
    host.addController(this);
  }

  hostConnected(): void {
    // Times move on although nothing happens.
    this.#tick = setInterval(() => this.update(), 30_000);
  }

  hostDisconnected(): void {
    clearInterval(this.#tick);
  }

  hostUpdate(): void {
    const { conversation, problem } = this.talking;
    // What is being written is for the current one.
    if (conversation && !this.talking.isChosen) this.writing.attach(conversation);
    this.acting.attach(conversation);
    const stale = Boolean(problem);
    if (stale !== this.#stale) this.#speaker.say(stale ? this.#staleText : '');
    this.#stale = stale;
  }

  /** The custom states of the element. */
  get states(): string[] {
    const { shown, talk, session } = this.talking;
    const words: string[] = [shown];
    const now = session.session?.now();
    if (talk?.escalation && now && isOverdue(talk.escalation, now)) words.push('overdue');
    if (this.unread) words.push('unread');
    if (talk?.outbox.some(({ state }) => state === 'sending')) words.push('sending');
    if (session.snapshot.phase === 'ready' && session.snapshot.problem) words.push('offline');
    return words;
  }

  update(): void {
    this.#host.requestUpdate();
  }

  /** How many entries of what is shown the user has not read. */
  get unread(): number {
    return this.#reading.unread;
  }

  /**
   * What stands where there is no escalation to show, and why; undefined: there is one.
   * @param below draws what comes after the words
   */
  renderInstead(below: () => unknown): TemplateResult | undefined {
    const { shown, say, conversation, session, offText } = this.talking;
    const plain = (part: string, text: string, onRetry?: () => void) =>
      renderPlain(say, part, text, below(), onRetry);
    if (shown === 'loading') return renderLoading(say);
    if (shown === 'off' && !conversation) return plain('off', offText);
    if (shown === 'unknown' || shown === 'signed-out')
      return plain('notice', say(`feed.${shown}`), () => void this.refresh());
    // The case is there, the escalation is not for this user.
    if (shown === 'refused') return plain('notice', say(session.snapshot.state ? 'refusedTalk' : shown));
    if (shown === 'empty' || shown === 'unconfigured')
      return plain(shown === 'empty' ? 'empty' : 'notice', say(shown));
    return undefined;
  }

  /** The list of entries, below a word on whether it is up to date. */
  renderEntries(view: FeedView): TemplateResult {
    return html`<div part="conversation" role="region" tabindex="0" aria-label=${view.say('conversation')}>
      ${this.#stale ? renderStale(view.say, this.#staleText, () => void this.refresh()) : ''}
      ${renderEntries(view, this.talking.me)}
    </div>`;
  }

  /** What stands where nothing can be written. */
  renderReadOnly(view: FeedView): TemplateResult {
    const { escalation } = view.talk;
    const closed = !escalation || !isOpen(escalation);
    return renderReadOnly(view, this.writing.text, closed, () => this.writing.write(''));
  }

  /** What a screen reader is told; to be drawn once, always. */
  renderSpeaker(): TemplateResult {
    return this.#speaker.render();
  }

  get #staleText(): string {
    return this.talking.say(this.talking.problem?.code === 'signed-out' ? 'staleSignedOut' : 'stale');
  }

  view(): FeedView {
    const { talk, session, policy, language, say, text, role, criterion, conversation } = this.talking;
    return {
      talk: talk as Talk,
      state: session.snapshot.state,
      policy,
      text,
      acting: this.acting,
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
        this.update();
      },
      copied: this.#copied,
      onCopy: (clientId, written, shown) => void this.#copy(clientId, written, shown),
      onRetry: (clientId) => {
        this.#written.add(clientId);
        conversation?.outbox.retry(clientId);
      },
      onDiscard: (clientId) => conversation?.outbox.discard(clientId),
    };
  }

  /** Sends what is written. @param alsoOnCase see {@link Conversation.send} */
  send(alsoOnCase?: boolean): void {
    const clientId = this.writing.send(alsoOnCase);
    if (!clientId) return this.#toField();
    this.#written.add(clientId);
    void this.#host.updateComplete.then(() => this.#scroller.toEnd());
  }

  /** Puts what is written on the case instead (G41). */
  async move(): Promise<void> {
    const done = this.writing.move();
    this.#toField();
    await done;
    const { outcome } = this.writing;
    if (outcome) this.#speaker.say(this.talking.say(outcome));
    this.update();
  }

  /** To the text that cannot be sent. */
  #toField(): void {
    if (this.writing.error) this.#host.renderRoot.querySelector<HTMLElement>('#message')?.focus();
  }

  /** While the conversation is on its way the focus waits for it, unless it has moved on by then. */
  focus(options?: FocusOptions): void {
    const from = document.activeElement;
    const act = (): boolean => {
      const target = this.#host.renderRoot.querySelector<HTMLElement>('#message') ?? this.#scroller.box;
      if (document.activeElement === from) target?.focus(options);
      return target !== null;
    };
    if (!act()) this.#focusLater = act;
  }

  hostUpdated(): void {
    if (this.talking.shown === 'loading') return;
    this.#focusLater?.();
    this.#focusLater = undefined;
  }

  refresh(): Promise<void> {
    return this.talking.refresh();
  }

  async #copy(clientId: string, text: string, shown?: HTMLElement | null): Promise<void> {
    const done = await copyText(text, shown ?? undefined);
    this.#copied = { clientId, done };
    this.#speaker.say(this.talking.say(done ? 'copied' : 'copyByHand'));
    this.update();
  }

  async #showOlder(): Promise<void> {
    if (this.#loadingOlder) return;
    this.#loadingOlder = true;
    this.update();
    await this.#scroller.keepPlace(async () => this.talking.conversation?.entries.showOlder());
    this.#loadingOlder = false;
    this.update();
  }

  #onTalk(talk: Talk, previous: Talk): void {
    const follow = this.#scroller.isAtEnd;
    const { say } = this.talking;
    this.update();
    if (talk.outbox !== previous.outbox) this.writing.keep();
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

  /** A form that opens takes the focus; what was done is said, and takes it where its button has gone. */
  #onActing(): void {
    const { form, done, checks } = this.acting;
    this.update();
    const { renderRoot } = this.#host;
    const was = this.#acted;
    this.#acted = { form, done, checks };
    void this.#host.updateComplete.then(() => {
      if (form && form !== was.form)
        renderRoot.querySelector<HTMLElement>(`[data-form="${form}"] :is(textarea, input, select)`)?.focus();
      else if (done && done !== was.done) renderRoot.querySelector<HTMLElement>('[data-done]')?.focus();
      else if (!form && was.form) renderRoot.querySelector<HTMLElement>(`[data-act="${was.form}"]`)?.focus();
      else if (checks !== was.checks)
        renderRoot.querySelector<HTMLElement>(`[data-form="${form}"] [aria-invalid="true"]`)?.focus();
    });
  }
  #acted: Pick<Acting, 'form' | 'done' | 'checks'> = { form: '', done: undefined, checks: 0 };
}
