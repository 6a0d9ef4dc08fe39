import { BackendError } from './backend.js';
import type { Conversation } from './conversation.js';
import type { Entry, EntryQuery } from './model.js';
import { asProblem, readablePage, unknownOf } from './talk.js';

const PAGE = 50; // entries asked for at once

/** The entries of a conversation: a stretch of an append-only list that grows at both ends. */
export class EntryList {
  readonly #conversation: Conversation;
  /** Where newer entries will be found. */
  #after: string | undefined;
  #loadingOlder: Promise<void> | undefined;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** Nothing of it is known any more. */
  forget(): void {
    this.#after = undefined;
  }

  /** Loads the page before the oldest entry; several callers share one request. */
  showOlder(): Promise<void> {
    return (this.#loadingOlder ??= this.#loadOlder().finally(() => (this.#loadingOlder = undefined)));
  }

  async #loadOlder(): Promise<void> {
    const conversation = this.#conversation;
    const { older } = conversation.talk;
    if (!older) return;
    try {
      const page = await this.#page({ before: older });
      const { entries } = conversation.talk;
      const fresh = unknownOf(entries, page.entries);
      // A cursor that leads nowhere new is the end, whatever the server says.
      conversation.set({ entries: [...fresh, ...entries], older: fresh.length ? page.before : null });
    } catch (error) {
      conversation.set({ problem: asProblem(error) });
    }
  }

  /**
   * Loads what is newer than the last entry; at first the newest page.
   * @param background nobody waits for it
   */
  async loadNewer(background: boolean): Promise<void> {
    // A full page may not be the last one; a server whose pages never end is left alone after fifty (M07).
    for (let n = 0, more = true; more && n < 50; n++) {
      const first = this.#after === undefined;
      const page = await this.#page(first ? {} : { after: this.#after }, background);
      if (first) this.#conversation.set({ older: page.before });
      more = !first && page.entries.length + page.skipped === PAGE && page.after !== this.#after;
      this.#after = page.after;
      this.append(page.entries);
    }
  }

  async #page(query: EntryQuery, background = false) {
    const conversation = this.#conversation;
    const { session, escalationId, reader } = conversation;
    const { backend, user, languages } = session.desk;
    const ask = backend.entries as NonNullable<typeof backend.entries>;
    const found = await ask(escalationId, { limit: PAGE, ...query }, { user, languages, background });
    if (found === 'not-modified' || reader !== conversation.reader)
      throw new BackendError('protocol', 'Not modified, though nothing was known; or for somebody else.');
    const page = readablePage(found.value);
    if (page.skipped) conversation.set({ skipped: conversation.talk.skipped + page.skipped });
    return page;
  }

  /** Adds what is new at the end; a message of ours that has arrived leaves the outbox. */
  append(entries: readonly Entry[]): void {
    const conversation = this.#conversation;
    const { talk, outbox } = conversation;
    const fresh = unknownOf(talk.entries, entries);
    conversation.set({
      entries: fresh.length ? [...talk.entries, ...fresh] : talk.entries,
      outbox: outbox.without(entries),
    });
  }
}
