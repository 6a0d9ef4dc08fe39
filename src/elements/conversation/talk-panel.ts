import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { Talk } from '../../core/conversation.js';
import { isOpen, isOverdue } from '../../core/status.js';
import { newestOf } from '../../core/summing.js';
import type { Words } from '../../locales/registry.js';
import { adoptStyles } from '../adopt-styles.js';
import { controls } from '../controls.styles.js';
import { copyText } from '../copy.js';
import { tell } from '../events.js';
import { FileRoom } from '../files/room.js';
import { ToolRoom } from '../tools/room.js';
import { quiet } from '../quiet.js';
import { notices } from '../notices.styles.js';
import { tokens } from '../tokens.styles.js';
import { Acting, focusAfter, type Acted } from './acting.js';
import { actsStyles } from './acts.styles.js';
import { Browsing } from './browsing.js';
import { Composing } from './compose.js';
import { renderReadOnly } from './composer.js';
import { renderEntries, rowsOf } from './entries.js';
import { entriesStyles } from './entries.styles.js';
import { frameStyles } from './frame.styles.js';
import { headerStyles } from './header.styles.js';
import { renderInstead, renderStale } from './plain.js';
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
  readonly #browsing: Browsing;
  readonly #scroller: Scroller;
  readonly #reading: Reading;
  readonly #speaker = new Speaker();
  readonly #files: FileRoom;
  readonly #tools: ToolRoom;
  #tick: ReturnType<typeof setInterval> | undefined;
  #stale = false;
  #unfolded: boolean | undefined;
  #focusLater: (() => boolean) | undefined;
  #copied: FeedView['copied'];
  readonly #nextSteps = newestOf(({ kind }) => kind === 'next-steps');
  readonly #newestOwn = newestOf(({ kind, author }) => kind === 'message' && Boolean(author.me));
  /** Client ids of what was written in this element and has not arrived. */
  readonly #written = new Set<string>();

  /** @param words English for what the element says besides the conversation */
  constructor(host: TalkHost, words: Words = {}) {
    this.#host = host;
    // Before who tells it: what is connected already tells at once.
    this.talking = new Talking(host, words, (talk, previous) => this.#onTalk(talk, previous));
    // Its rows are there before anybody looks where the focus is, or what is in sight.
    this.#browsing = new Browsing(host, this.talking);
    this.#scroller = new Scroller(host);
    this.#tools = new ToolRoom({
      host,
      talking: this.talking,
      browsing: this.#browsing,
      say: (words) => this.#speaker.say(words),
    });
    adoptStyles(host, tokens, controls, notices, frameStyles, headerStyles, entriesStyles, actsStyles);
    quiet(host.renderRoot);
    this.writing = new Composing(host, () => this.update());
    this.acting = new Acting(host, () => this.#onActing());
    this.#files = new FileRoom({
      host,
      holder: this.writing,
      session: () => this.talking.session.session,
      learn: this.talking.learn,
      conversation: () => (this.talking.isChosen ? undefined : this.talking.conversation),
    });
    for (const name of ['pointerdown', 'keydown'])
      host.renderRoot.addEventListener(name, () => this.#speaker.heard());
    // The page may add its help at any time.
    host.renderRoot.addEventListener('slotchange', () => this.update());
    this.#reading = new Reading(host, this.talking, this.#browsing.list);
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
    if (talk?.phase === 'ready' && this.#browsing.isScrolledUp) words.push('scrolled-up');
    if (talk?.outbox.some(({ state }) => state === 'sending')) words.push('sending');
    if (session.snapshot.phase === 'ready' && session.snapshot.problem) words.push('offline');
    if (session.session?.live) words.push('live');
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
    return renderInstead(this.talking, below, () => void this.refresh());
  }

  /** The list of entries, below a word on whether it is up to date. */
  renderEntries(view: FeedView): TemplateResult {
    this.#browsing.list.set(rowsOf(view, this.talking.me));
    return html`${this.#tools.render(view, 'above')}
      <div
        part="conversation"
        role="region"
        tabindex="0"
        aria-label=${view.say('conversation')}
        @keydown=${(event: KeyboardEvent) => this.#tools.onKey(event)}
      >
        ${this.#stale ? renderStale(view.say, this.#staleText, () => void this.refresh()) : ''}
        ${renderEntries(view)}
      </div>
      ${this.#tools.render(view, 'below')}`;
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
      attachments: (files) =>
        this.#files.draw(files?.length, (part) => part.renderAttachments(this.view(), files ?? [])),
      attaching: (onSend) =>
        this.#files.draw(session.snapshot.state?.can.attach || this.writing.files.length, (part) =>
          part.renderAttaching(this.view(), this.writing.moving, onSend),
        ),
      filesGone: (row) => row.attachments && this.#files.part?.renderGone(this.view(), row),
      unfolded: this.#unfolded ?? this.#scroller.wide,
      onFold: (open) => (this.#unfolded = open),
      nextSteps: this.#nextSteps(talk?.entries ?? []),
      newestOwn: this.#newestOwn(talk?.entries ?? [])?.id,
      ...this.#browsing.view,
      copied: this.#copied,
      onCopy: (clientId, written, shown) => void this.#copy(clientId, written, shown),
      onRetry: (clientId) => {
        if (conversation) this.#written.add(conversation.outbox.retry(clientId));
      },
      onDiscard: (clientId) => conversation?.outbox.discard(clientId),
    };
  }

  /** Sends what is written. @param alsoOnCase see {@link Conversation.send} */
  send(alsoOnCase?: boolean): void {
    if (this.#files.pending && this.writing.isFine()) return void this.#sendLater(alsoOnCase);
    const clientId = this.writing.send(alsoOnCase);
    if (!clientId) return this.#toField();
    this.#written.add(clientId);
    this.#browsing.toEnd();
  }

  /** Once its files are there. */
  async #sendLater(alsoOnCase?: boolean): Promise<void> {
    const { conversation } = this.talking;
    const goes = await this.#files.settled();
    if (goes && conversation === this.talking.conversation) this.send(alsoOnCase);
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
    if (this.writing.error) this.#field?.focus();
  }

  get #field(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('#message');
  }

  /** While the conversation is on its way the focus waits for it, unless it has moved on by then. */
  focus(options?: FocusOptions): void {
    const from = document.activeElement;
    const act = (): boolean => {
      const target = this.#field ?? this.#scroller.box;
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

  #onTalk(talk: Talk, previous: Talk): void {
    const { say } = this.talking;
    this.update();
    if (talk.outbox !== previous.outbox) this.writing.keep();
    const arrived = this.#browsing.onTalk(talk, previous);
    for (const { id: entryId, clientId } of arrived) {
      // Another feed of the same conversation tells of what was written there.
      if (!clientId || !this.#written.delete(clientId)) continue;
      this.#speaker.say(say('sent'));
      tell(this.#host, 'escalation-message', { escalationId: talk.escalation?.id ?? '', entryId });
    }
    const isNew = (row: Talk['outbox'][0]) => row.state === 'failed' && !previous.outbox.includes(row);
    if (talk.outbox.some((row) => isNew(row) && this.#written.has(row.clientId)))
      this.#speaker.say(say('failed'));
    this.#speaker.arrived(arrived, say);
  }

  /** A form that opens takes the focus; what was done is said, and takes it where its button has gone. */
  #onActing(): void {
    const { form, done, checks } = this.acting;
    this.update();
    const was = this.#acted;
    this.#acted = { form, done, checks };
    void this.#host.updateComplete.then(() => focusAfter(this.#host.renderRoot, was, this.#acted));
  }
  #acted: Acted = { form: '', done: undefined, checks: 0 };
}
