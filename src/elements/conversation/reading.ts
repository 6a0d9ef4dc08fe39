import type { ReactiveController } from 'lit';
import { act } from '../../core/session-actions.js';
import type { RowList } from './row-list.js';
import type { TalkHost } from './talk-host.js';
import type { Talking } from './talking.js';

/** Tells the help desk what has been read: once the newest entry is really in sight, and not again. */
export class Reading implements ReactiveController {
  readonly #talking: Talking;
  readonly #list: RowList;
  #sight: IntersectionObserver | undefined;
  #watched: Element | null = null;
  /** Id of the entry that was told of. */
  #told = '';

  constructor(host: TalkHost, talking: Talking, list: RowList) {
    this.#talking = talking;
    this.#list = list;
    host.addController(this);
  }

  /** How many entries of what is shown this user has not read. */
  get unread(): number {
    return this.#talking.talk?.escalation?.unread ?? 0;
  }

  hostConnected(): void {
    this.#sight = new IntersectionObserver((rows) => rows.some((row) => row.isIntersecting) && this.#seen());
  }

  hostDisconnected(): void {
    this.#sight?.disconnect();
    this.#watched = null;
  }

  /** The newest entry is there: the count can come before it. One that cannot be shown is not waited for. */
  get #isWhole(): boolean {
    const { escalation, entries, skipped, newer } = this.#talking.talk ?? {};
    if (newer) return false;
    return Boolean(skipped) || entries?.at(-1)?.id === escalation?.latestEntryId;
  }

  hostUpdated(): void {
    const last = this.unread && this.#isWhole ? this.#list.last : null;
    if (last === this.#watched) return;
    this.#sight?.disconnect();
    this.#watched = last;
    if (last) this.#sight?.observe(last);
  }

  #seen(): void {
    const { talk, conversation } = this.#talking;
    const { escalation, entries = [] } = talk ?? {};
    const entryId = entries.at(-1)?.id;
    if (!conversation || !escalation || !entryId || entryId === this.#told) return;
    if (document.visibilityState === 'hidden' || !escalation.can.act.includes('read')) return;
    this.#told = entryId;
    // Nobody waits for it: the next look says what came of it.
    void act(conversation.session, escalation, { kind: 'read', entryId }).catch(() => (this.#told = ''));
  }
}
