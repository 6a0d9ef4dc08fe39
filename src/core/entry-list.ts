import { BackendError } from './backend.js';
import type { Conversation } from './conversation.js';
import type { Entry, EntryPage, EntryQuery } from './model.js';
import { asProblem, readablePage } from './talk.js';

const PAGE = 50; // entries asked for at once

/** Entries without a gap between them, that grow at both ends. */
class Stretch {
  entries: readonly Entry[] = [];
  readonly #ids = new Set<string>();
  /** Cursor of what comes before; null: nothing. */
  older: string | null = null;
  /** Cursor of what comes after. */
  newer: string | undefined;

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Adds what is not there yet; of several with one id the last (M04). @returns what was added */
  add(entries: readonly Entry[], end: 'before' | 'after' = 'after'): Entry[] {
    const found = new Map(entries.map((entry) => [entry.id, entry]));
    const fresh = [...found.values()].filter(({ id }) => !this.#ids.has(id));
    for (const { id } of fresh) this.#ids.add(id);
    if (fresh.length)
      this.entries = end === 'after' ? [...this.entries, ...fresh] : [...fresh, ...this.entries];
    return fresh;
  }
}

/**
 * The entries of a conversation: as a rule the newest ones, as far back as somebody has asked. Who looks at an earlier day
 * sees a stretch of its own, while what comes is added to the newest.
 */
export class EntryList {
  readonly #conversation: Conversation;
  /** Reaches to the end of the conversation. */
  #newest = new Stretch();
  /** The same, or an earlier one. */
  #shown = this.#newest;
  #waiting: readonly Entry[] = [];
  #loading: Promise<unknown> | undefined;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** Nothing of it is known any more. */
  forget(): void {
    this.#shown = this.#newest = new Stretch();
    this.#waiting = [];
  }

  /** Whether the newest entry of an escalation is worth asking for; `asked`: the one that was, and may not be showable. */
  isNew(latest: string | null, asked: string | null): boolean {
    return latest !== null && latest !== asked && !this.#newest.has(latest);
  }

  /** Loads the page before the oldest entry; several callers share one request. @param limit entries at most */
  showOlder(limit = PAGE): Promise<void> {
    return this.#once(async () => {
      const shown = this.#shown;
      if (!shown.older) return;
      const page = await this.#page({ before: shown.older, limit });
      // A cursor that leads nowhere new is the end, whatever the server says.
      shown.older = shown.add(page.entries, 'before').length ? page.before : null;
    });
  }

  /** Of an earlier day: loads what comes after its last entry, until it meets the newest. */
  showNewer(): Promise<void> {
    return this.#once(async () => {
      const shown = this.#shown;
      if (shown === this.#newest) return;
      const page = await this.#page({ after: shown.newer });
      const met = page.entries.findIndex(({ id }) => this.#newest.has(id));
      const fresh = shown.add(met < 0 ? page.entries : page.entries.slice(0, met));
      shown.newer = page.after;
      if (met >= 0 || !fresh.length) this.#join(shown);
    });
  }

  /**
   * Shows the conversation from a moment on: a stretch of its own, unless it is among the newest.
   * @param at a day (UTC) or an instant, RFC 3339
   * @returns id of the first entry from then on; undefined: it could not be loaded
   */
  async showFrom(at: string): Promise<string | undefined> {
    let first: string | undefined;
    await this.#once(async () => {
      const { entries, before, after } = await this.#page({ at });
      const stretch = new Stretch();
      const met = entries.findIndex(({ id }) => this.#newest.has(id));
      stretch.add(met < 0 ? entries : entries.slice(0, met));
      Object.assign(stretch, { older: before, newer: after });
      if (met === 0) this.#shown = this.#newest;
      else if (met > 0) this.#join(stretch);
      else if (entries.length) this.#shown = stretch;
      first = entries[0]?.id;
    });
    if (this.#shown === this.#newest) this.#waiting = [];
    this.#show();
    return first;
  }

  /** Back to the end of the conversation. */
  showNewest(): void {
    this.#shown = this.#newest;
    this.#waiting = [];
    this.#show();
  }

  /** What was apart is one with the newest. */
  #join(earlier: Stretch): void {
    this.#newest.add(earlier.entries, 'before');
    this.#newest.older = earlier.older;
    this.#shown = this.#newest;
    this.#waiting = [];
  }

  /** One such request at a time; what fails is said, and changes nothing. */
  async #once(work: () => Promise<void>): Promise<void> {
    if (this.#loading) return void (await this.#loading);
    const newest = this.#newest;
    this.#loading = work()
      .then(() => newest === this.#newest && this.#show())
      .catch((error: unknown) => this.#conversation.set({ problem: asProblem(error) }))
      .finally(() => (this.#loading = undefined));
    await this.#loading;
  }

  #show(more: object = {}): void {
    const { entries, older, newer = null } = this.#shown;
    const isNewest = this.#shown === this.#newest;
    this.#conversation.set({
      entries,
      older,
      newer: isNewest ? null : newer,
      waiting: this.#waiting,
      ...more,
    });
  }

  /**
   * Loads what is newer than the last entry; at first the newest page.
   * @param background nobody waits for it
   */
  async loadNewer(background: boolean): Promise<void> {
    const newest = this.#newest;
    // A full page may not be the last one; a server whose pages never end is left alone after fifty (M07).
    for (let n = 0, more = true; more && n < 50; n++) {
      const { newer: after } = newest;
      const page = await this.#page(after === undefined ? {} : { after }, background);
      if (newest !== this.#newest) return;
      if (after === undefined) newest.older = page.before;
      more = after !== undefined && page.entries.length + page.skipped === PAGE && page.after !== after;
      newest.newer = page.after;
      this.append(page.entries);
    }
  }

  /**
   * Looks for words in the whole conversation, or reads through it.
   * @param query with `q`, or a cursor of an answer; each page newest last
   * @throws BackendError
   */
  async find(query: EntryQuery): Promise<EntryPage> {
    return this.#ask(query, false);
  }

  async #page(query: EntryQuery, background = false) {
    const page = await this.#ask({ limit: PAGE, ...query }, background);
    if (page.skipped) this.#conversation.set({ skipped: this.#conversation.talk.skipped + page.skipped });
    return page;
  }

  async #ask(query: EntryQuery, background: boolean) {
    const conversation = this.#conversation;
    const { session, escalationId, reader } = conversation;
    const { backend, user, languages } = session.desk;
    const ask = backend.entries as NonNullable<typeof backend.entries>;
    const found = await ask(escalationId, query, { user, languages, background });
    if (found === 'not-modified' || reader !== conversation.reader)
      throw new BackendError('protocol', 'Not modified, though nothing was known; or for somebody else.');
    return readablePage(found.value);
  }

  /** Adds what is new at the end; a message of ours that has arrived leaves the outbox. */
  append(entries: readonly Entry[]): void {
    const fresh = this.#newest.add(entries);
    if (this.#shown !== this.#newest && fresh.length) this.#waiting = [...this.#waiting, ...fresh];
    this.#show({ outbox: this.#conversation.outbox.without(entries) });
  }
}
