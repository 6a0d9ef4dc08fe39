import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from '../../core/model.js';
import { safeLine } from '../../core/text.js';
import { eventLine } from './entry.js';
import type { FeedView } from './view.js';

type Say = FeedView['say'];

/** What a screen reader is told: one hidden status speaks for the whole feed. */
export class Speaker {
  #words = '';
  #turn = 0;
  /** Messages told of, since somebody was last seen at work in the feed. */
  #unheard = 0;

  say(words: string): void {
    this.#words = words;
    this.#turn++;
  }

  /** Tells of what others have written: by whom, then how many. Older pages are asked for, not told. */
  arrived(entries: readonly Entry[], say: Say): void {
    const theirs = entries.filter(({ author }) => !author.me);
    const messages = theirs.filter(({ kind }) => kind === 'message' || kind === 'next-steps');
    const last = messages.at(-1);
    this.#unheard += messages.length;
    const line = theirs.map((entry) => eventLine({ say }, entry)).findLast((words) => words !== null);
    if (last && this.#unheard > 1) this.say(say('newMessages', { count: this.#unheard }));
    else if (last) this.say(say('newMessage', { name: safeLine(last.author.name) }));
    else if (line) this.say(line);
  }

  /** Somebody works in the feed: what came before has been heard. */
  heard(): void {
    this.#unheard = 0;
  }

  /** Drawn anew each time, so that the same words are read again. */
  render(): TemplateResult {
    return html`<p class="hidden" role="status">
      ${repeat(
        this.#words ? [this.#turn] : [],
        (turn) => turn,
        () => html`<span>${this.#words}</span>`,
      )}
    </p>`;
  }
}
