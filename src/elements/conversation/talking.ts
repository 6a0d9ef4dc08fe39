import type { ReactiveController } from 'lit';
import { conversationOf, type Conversation, type Talk } from '../../core/conversation.js';
import { localText } from '../../core/facts.js';
import type { Person } from '../../core/model.js';
import type { Policy, Text } from '../../core/policy.js';
import type { Session } from '../../core/session.js';
import { policyOf } from '../../core/session-policy.js';
import { isShown } from '../../core/talk.js';
import { safeLine } from '../../core/text.js';
import { enActs } from '../../locales/en-acts.js';
import { enCountdown } from '../../locales/en-countdown.js';
import { enCounter } from '../../locales/en-counter.js';
import { enElsewhere } from '../../locales/en-elsewhere.js';
import { enFeed } from '../../locales/en-feed.js';
import type { Values, Words } from '../../locales/registry.js';
import { LocaleController } from '../locale-controller.js';
import { SessionController } from '../session-controller.js';
import type { TalkHost } from './talk-host.js';

/** What a refusal of the conversation alone means (A05). */
const PHASES: Partial<Record<string, 'signed-out' | 'refused'>> = {
  'signed-out': 'signed-out',
  forbidden: 'refused',
  'not-found': 'refused',
};

/** Finds the conversation that a feed shows, follows it, and has the words for it. Whoever makes it adds it to the host. */
export class Talking implements ReactiveController {
  readonly session: SessionController;
  conversation: Conversation | undefined;
  talk: Talk | undefined;
  policy: Policy | undefined;
  readonly #host: TalkHost;
  readonly #locale: LocaleController;
  readonly #onTalk: (talk: Talk, previous: Talk) => void;
  #policyLabels: Words = {};
  /** For which the policy was asked for; again when somebody tries again. */
  #asked: Conversation | undefined;
  #unsubscribe: (() => void) | undefined;
  /** Another escalation that somebody has chosen, and where and by whom that was. */
  #chosen: { escalationId: string; session: Session | undefined; userId: string; asked: string } | undefined;

  /** @param words English for what the element says besides */
  constructor(host: TalkHost, words: Words, onTalk: (talk: Talk, previous: Talk) => void) {
    this.#host = host;
    this.#onTalk = onTalk;
    this.session = new SessionController(host);
    const english = { ...enCountdown, ...enCounter, ...enElsewhere, ...enFeed, ...enActs, ...words };
    this.#locale = new LocaleController(host, english, () => [
      this.session.configuration?.labels,
      this.#policyLabels,
    ]);
  }

  hostConnected(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#leave();
  }

  hostUpdate(): void {
    this.#follow();
    this.#askPolicy();
    if (this.policy) this.#policyLabels = this.#labelsOf(this.policy);
  }

  get language(): string {
    return this.#locale.language;
  }

  readonly say = (id: string, values?: Values): string => this.#locale.say(id, values);

  /** Takes up the words of a part that came later. */
  readonly learn = (words: Words): void => {
    this.#locale.english = { ...this.#locale.english, ...words };
  };

  readonly text = (text: Text): string => localText(text, [this.language], this.policy?.language ?? 'en');

  /** Without a policy roles are said by their ids; with one, only those that it knows (T4). */
  readonly role = (role: string): string => {
    if (!this.policy) return safeLine(role);
    const actor = Object.hasOwn(this.policy.actors, role) && this.policy.actors[role];
    return actor ? this.text(actor.label) : '';
  };

  readonly criterion = (id: string): string | undefined => {
    const found = this.policy?.criteria.find((row) => row.id === id);
    return found && this.text(found.title);
  };

  /** What is said where no messages are shown: by the policy they go by e-mail, or the help desk has none. */
  get offText(): string {
    if (!this.policy) return this.say('off');
    const { feed, channels } = this.policy;
    if (feed.offText) return this.text(feed.offText);
    const isByMail = feed.offFor.length > 0 || channels.some(({ use }) => use === 'email');
    return this.say(isByMail ? 'off' : 'offHere');
  }

  /** Who writes here. */
  get me(): Person {
    const { id = '', name = '', role = '' } = this.session.snapshot.state?.user ?? {};
    return { id, name, role, me: true };
  }

  /** What the feed shows: the status of the escalation, or why there is none. */
  get shown() {
    const { shown, snapshot } = this.session;
    if (shown === 'unconfigured' || shown === 'loading') return shown;
    if (snapshot.phase === 'signed-out' || snapshot.phase === 'refused' || snapshot.phase === 'unknown')
      return snapshot.phase;
    if (!this.isOn) return 'off';
    if (!this.conversation) return 'empty';
    if (this.talk?.phase === 'failed') return PHASES[this.talk.problem?.code ?? ''] ?? 'unknown';
    if (this.talk?.phase !== 'ready') return 'loading';
    return this.talk.escalation?.status ?? 'empty';
  }

  /** Whether messages may be read and written here (G38). */
  get isOn(): boolean {
    return this.session.snapshot.state?.can.feed ?? true;
  }

  /** Why the last look failed; what is shown was known before. */
  get problem() {
    return this.talk?.problem ?? this.session.snapshot.problem;
  }

  async refresh(): Promise<void> {
    this.#asked = this.policy && this.conversation;
    this.#askPolicy();
    await this.session.session?.refresh();
    await this.conversation?.refresh();
  }

  /** Shows another escalation of the case, as long as case, user and what the page asks for stay; none: no other. */
  choose(escalationId?: string): void {
    const { session } = this.session;
    const { escalationId: asked } = this.#host;
    this.#chosen = escalationId ? { escalationId, session, userId: this.me.id, asked } : undefined;
    this.#host.requestUpdate();
  }

  /** Whether somebody looks at another escalation than the page would show. */
  get isChosen(): boolean {
    return this.#chosen !== undefined && this.#chosen.escalationId !== this.#own;
  }

  /** The escalation that is shown where nobody has chosen: the one that was asked for, else the open one, else the last. */
  get #own(): string | undefined {
    const { state } = this.session.snapshot;
    return this.#host.escalationId || (state?.openEscalation?.id ?? state?.past[0]?.id);
  }

  #target(): string | undefined {
    const { state } = this.session.snapshot;
    const chosen = this.#chosen?.escalationId;
    if (!state) return chosen ?? (this.#host.escalationId || this.conversation?.escalationId);
    const target = chosen ?? this.#own;
    return target && isShown(state, target) ? target : undefined;
  }

  /** What was chosen in another case, or by another user, is not for this one (A04). */
  #forget(): void {
    const { session, snapshot } = this.session;
    const { session: its, userId, asked } = this.#chosen ?? {};
    const isOther = snapshot.state !== null && snapshot.state.user.id !== userId;
    if (session !== its || isOther || this.#host.escalationId !== asked) this.#chosen = undefined;
  }

  #follow(): void {
    const { session } = this.session;
    this.#forget();
    const target = session && this.#host.isConnected ? this.#target() : undefined;
    const conversation = session && target ? conversationOf(session, target) : undefined;
    if (conversation === this.conversation) return;
    this.#leave();
    this.conversation = conversation;
    this.talk = conversation?.talk;
    this.policy = this.#asked = undefined;
    this.#policyLabels = {};
    if (!conversation) return;
    this.#unsubscribe = conversation.subscribe((talk, previous) => {
      this.talk = talk;
      this.#onTalk(talk, previous);
    });
    this.#askPolicy();
  }

  #askPolicy(): void {
    const { conversation } = this;
    // Which policy it is, the case says: an escalation that was asked for by its id is there before.
    const { phase } = this.session.snapshot;
    if (!conversation || conversation === this.#asked || phase !== 'ready') return;
    this.#asked = conversation;
    void policyOf(conversation.session)
      .then((policy) => {
        if (conversation !== this.conversation) return;
        this.policy = policy;
        this.#host.requestUpdate();
      })
      // Words only: without the policy roles are said by their ids.
      .catch(() => undefined);
  }

  #labelsOf({ feed: { title }, labels }: Policy): Words {
    const own = Object.entries(labels).map(([id, text]) => [id, this.text(text)]);
    return { ...(title && { feedTitle: this.text(title) }), ...Object.fromEntries(own) } as Words;
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.conversation = undefined;
  }
}
