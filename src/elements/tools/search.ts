import { html, nothing, type TemplateResult } from 'lit';
import { excerpt, matches } from '../../core/matching.js';
import type { Entry } from '../../core/model.js';
import { safeBody, safeLine } from '../../core/text.js';
import { linkButton } from '../buttons.js';
import type { FeedView } from '../conversation/view.js';
import { dated } from '../conversation/when.js';
import type { ToolHost } from './room.js';

/** Results at once. */
const PAGE = 20;
/** No letter more for so long, and it is looked for. */
const PAUSE_MS = 250;

/** A help desk that has no search answers with whatever is the newest. */
const isNewest = (found: readonly Entry[], entries: readonly Entry[]): boolean =>
  found.length > 0 && found.every(({ id }, i) => entries[entries.length - found.length + i]?.id === id);

/** Finds words in a conversation: the help desk looks through all of it, or this page through what it has. */
export class Search {
  readonly #host: ToolHost;
  #query = '';
  #state: 'idle' | 'searching' | 'done' | 'failed' = 'idle';
  /** Newest first. */
  #hits: readonly Entry[] = [];
  /** Cursor of older ones. */
  #before: string | null = null;
  /** How many entries were looked through here; undefined: the help desk has looked. */
  #loaded: number | undefined;
  #isGone = false;
  /** Raised by everything that makes an answer on its way out of date. */
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ToolHost) {
    this.#host = host;
  }

  #write(query: string): void {
    this.#query = query;
    this.#turn++;
    this.#isGone = false;
    clearTimeout(this.#timer);
    if (query.trim()) {
      this.#state = 'searching';
      this.#timer = setTimeout(() => void this.#find(), PAUSE_MS);
    } else {
      this.#state = 'idle';
      this.#hits = [];
    }
    this.#host.host.requestUpdate();
  }

  async #find(before?: string): Promise<void> {
    const { host, talking, say } = this.#host;
    const { conversation } = talking;
    if (!conversation) return;
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#state = 'searching';
    try {
      const q = this.#query.trim();
      const page = await conversation.entries.find({ q, limit: PAGE, ...(before && { before }) });
      if (turn !== this.#turn) return;
      const { entries } = conversation.talk;
      const isSearch = !isNewest(page.entries, entries) || page.entries.every(({ text }) => matches(text, q));
      this.#loaded = isSearch ? undefined : entries.length;
      const found = isSearch ? page.entries : entries.filter(({ text }) => matches(text, q));
      this.#hits = [...(before ? this.#hits : []), ...found.toReversed()];
      this.#before = isSearch ? page.before : null;
      this.#state = 'done';
      say(this.#count);
    } catch {
      if (turn === this.#turn) this.#state = 'failed';
    }
    host.requestUpdate();
  }

  get #count(): string {
    const { say } = this.#host.talking;
    if (this.#state === 'searching') return say('searching');
    if (this.#state === 'failed') return say('searchFailed');
    if (this.#state === 'idle') return '';
    if (!this.#hits.length) return say('searchNone');
    return say('searchFound', { count: this.#hits.length, more: this.#before === null ? 0 : 1 });
  }

  /** Enter looks at once, or goes on to what was found; arrows go through it. */
  #onKey(event: KeyboardEvent): void {
    const { host } = this.#host;
    const isEnter = event.key === 'Enter' && (event.target as Element).localName === 'input';
    const by = isEnter || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    if (isEnter && this.#state === 'searching') return void this.#find();
    const root = host.renderRoot as ShadowRoot;
    const stops = [...root.querySelectorAll<HTMLElement>('[role="search"] input, [part~="hit"]')];
    stops[stops.indexOf(root.activeElement as HTMLElement) + by]?.focus();
  }

  async #choose({ id, at }: Entry): Promise<void> {
    this.#isGone = !(await this.#host.browsing.goTo(id, at));
    this.#host.host.requestUpdate();
  }

  #renderHit(view: FeedView, entry: Entry): TemplateResult {
    const { say, now, language } = view;
    const { author, at, text } = entry;
    return html`<li>
      <button type="button" part="button hit" @click=${() => void this.#choose(entry)}>
        <span class="muted"
          ><bdi>${author.me ? say('you') : safeLine(author.name)}</bdi> ·
          <time datetime=${at}>${dated(new Date(at), now, language)}</time></span
        >
        <span class="foreign" dir="auto"
          >${excerpt(safeBody(text, text.length).text, this.#query).map(({ text: piece, hit }) =>
            hit ? html`<mark>${piece}</mark>` : piece,
          )}</span
        >
      </button>
    </li>`;
  }

  render(view: FeedView): TemplateResult {
    const { say } = view;
    const isDone = this.#state === 'done';
    return html`<div role="search" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
      <label part="label" class="label" for="search">${say('searchLabel')}</label>
      <input
        part="control"
        id="search"
        type="search"
        maxlength="200"
        autocomplete="off"
        aria-describedby="search-hint"
        .value=${this.#query}
        @input=${(event: Event) => this.#write((event.target as HTMLInputElement).value)}
      />
      <p part="search-count" class=${this.#state === 'failed' ? 'error' : 'muted'}>
        ${this.#count}
        ${this.#state === 'failed' ? linkButton(say('retry'), () => void this.#find()) : nothing}
      </p>
      ${this.#isGone ? html`<p part="error" class="error" role="alert">${say('searchGone')}</p>` : nothing}
      ${
        isDone && this.#loaded !== undefined
          ? html`<p class="muted">${say('searchLoaded', { count: this.#loaded })}</p>`
          : nothing
      }
      ${
        this.#hits.length
          ? html`<ol part="hits">
              ${this.#hits.map((entry) => this.#renderHit(view, entry))}
            </ol>`
          : nothing
      }
      ${
        isDone && this.#before !== null
          ? linkButton(say('searchMore'), () => void this.#find(this.#before ?? undefined))
          : nothing
      }
      <p class="muted" id="search-hint">${say('searchHint')}</p>
    </div>`;
  }
}
