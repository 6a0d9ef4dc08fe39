import type { ReactiveController } from 'lit';
import type { Conversation, Talk } from '../../core/conversation.js';
import type { Entry } from '../../core/model.js';
import { RowList } from './row-list.js';
import type { TalkHost } from './talk-host.js';
import type { Talking } from './talking.js';
import type { FeedView } from './view.js';

/** What of a conversation came with the last change of its picture; older pages and earlier days were asked for. */
function cameWith(talk: Talk, previous: Talk): readonly Entry[] {
  const { waiting, entries } = talk;
  if (previous.phase !== 'ready') return [];
  if (waiting.length > previous.waiting.length) return waiting.slice(previous.waiting.length);
  if (entries === previous.entries || talk.newer !== null || previous.newer !== null) return [];
  const last = previous.entries.at(-1);
  const known = last ? entries.findLastIndex(({ id }) => id === last.id) : -1;
  return last && known < 0 ? [] : entries.slice(known + 1);
}

/** The entries that the user has not read, as the help desk counts them. */
function unreadOf({ escalation, entries }: Talk): Entry[] {
  const found: Entry[] = [];
  let left = escalation?.unread ?? 0;
  for (let i = entries.length - 1; i >= 0 && left > 0; i--) {
    const entry = entries[i] as Entry;
    if (entry.author.me || entry.kind === 'status') continue;
    found.push(entry);
    left--;
  }
  return found.reverse();
}

/** Where somebody is in a conversation: at its end, further up, or on an earlier day; and what came in the meantime. */
export class Browsing implements ReactiveController {
  readonly list: RowList;
  readonly #host: TalkHost;
  readonly #talking: Talking;
  /** The conversation that is open. */
  #opened: Conversation | undefined;
  /** Ids of what was unread when it was opened. */
  #unread: readonly string[] = [];
  /** Ids of what others have written since the reader has left the end. */
  #came: readonly string[] = [];
  #loading: 'older' | 'newer' | undefined;
  /** Characters shown of long entries, by id. */
  readonly #shownOf = new Map<string, number>();
  /** Id of the entry that was looked for. */
  #found: string | undefined;
  #toFocus = false;

  constructor(host: TalkHost, talking: Talking) {
    this.#host = host;
    this.#talking = talking;
    this.list = new RowList(host, () => host.requestUpdate());
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#opened = undefined;
  }

  hostUpdate(): void {
    const { conversation, talk } = this.#talking;
    if (!this.isScrolledUp) this.#came = [];
    if (!talk || talk.phase !== 'ready' || this.#opened === conversation) return;
    this.#opened = conversation;
    this.#unread = unreadOf(talk).map(({ id }) => id);
    this.#came = [];
    this.#found = undefined;
  }

  hostUpdated(): void {
    const row = this.#toFocus && this.list.rowOf(this.#indexOf(this.#found));
    if (!row) return;
    this.#toFocus = false;
    row.focus({ preventScroll: true });
    // The list is at its place; the page around it may not be.
    row.scrollIntoView({ block: 'nearest' });
  }

  /** The newest entry is not in sight. */
  get isScrolledUp(): boolean {
    return !this.list.isAtEnd || Boolean(this.#talking.talk?.newer);
  }

  #indexOf(id: string | undefined): number {
    return this.#talking.talk?.entries.findLastIndex((entry) => entry.id === id) ?? -1;
  }

  /** Follows what comes. @returns what is new at the end of the conversation */
  onTalk(talk: Talk, previous: Talk): readonly Entry[] {
    const came = cameWith(talk, previous);
    if (this.isScrolledUp) {
      const theirs = came.filter(({ author }) => !author.me);
      if (theirs.length) this.#came = [...this.#came, ...theirs.map(({ id }) => id)];
    } else this.list.goTo('follow');
    return came;
  }

  /** Somebody unfolds an entry so far, or folds it again. */
  #show(id: string, characters: number | undefined): void {
    this.list.stay(this.#indexOf(id), characters === undefined);
    if (characters) this.#shownOf.set(id, characters);
    else this.#shownOf.delete(id);
    this.#host.requestUpdate();
  }

  /** The end of what is loaded, exactly: where heights are only estimated, a browser would stop before it. */
  onKey(event: KeyboardEvent): void {
    const box = event.currentTarget as HTMLElement;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    // The page itself may be what scrolls, and then has more below.
    if (event.key !== 'End' || !isPlain || event.target !== box || box.scrollHeight <= box.clientHeight)
      return;
    event.preventDefault();
    this.list.goTo('end');
    this.#host.requestUpdate();
  }

  /** To the newest entry, from wherever somebody is. */
  toEnd(): void {
    if (this.#talking.talk?.newer) this.#talking.conversation?.entries.showNewest();
    this.list.goTo('end');
    this.#host.requestUpdate();
  }

  /** Shows an entry, and puts the focus on it. @param at its time, where it may not be loaded */
  async goTo(id: string, at?: string): Promise<boolean> {
    const { conversation } = this.#talking;
    if (this.#indexOf(id) < 0 && at) await conversation?.entries.showFrom(at);
    const index = this.#indexOf(id);
    if (index < 0) return false;
    this.list.goTo({ index });
    this.#found = id;
    this.#toFocus = true;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    return true;
  }

  /** Shows a day. @param at RFC 3339 @returns whether there is anything from then on */
  async goToDay(at: string): Promise<boolean> {
    const id = await this.#talking.conversation?.entries.showFrom(at);
    return id !== undefined && this.goTo(id);
  }

  async #load(which: 'older' | 'newer'): Promise<void> {
    if (this.#loading) return;
    this.#loading = which;
    this.#host.requestUpdate();
    const { entries } = this.#talking.conversation ?? {};
    await (which === 'older' ? entries?.showOlder() : entries?.showNewer());
    this.#loading = undefined;
    this.#host.requestUpdate();
  }

  /** To the first of what came; from an earlier day first to the newest. */
  #toCame(): void {
    const [first] = this.#came;
    if (this.#talking.talk?.newer) this.#talking.conversation?.entries.showNewest();
    this.#came = [];
    if (first === undefined || this.#indexOf(first) < 0) this.toEnd();
    else void this.goTo(first);
  }

  /** What the list of entries draws from. */
  get view() {
    return {
      loading: this.#loading,
      onOlder: () => void this.#load('older'),
      onNewer: () => void this.#load('newer'),
      onNewest: () => this.toEnd(),
      unread: this.#unread,
      came: this.#came.length,
      onCame: () => this.#toCame(),
      found: this.#found,
      shown: (id: string) => this.#shownOf.get(id),
      onShow: (id: string, characters: number | undefined) => this.#show(id, characters),
    } satisfies Partial<FeedView>;
  }
}
