import { html, nothing, type TemplateResult } from 'lit';
import type { FeedView } from '../conversation/view.js';
import type { ToolHost } from './room.js';

/** A day as a date field has it, in the reader's own zone. */
const dateOf = (at: Date): string =>
  [
    String(at.getFullYear()).padStart(4, '0'),
    String(at.getMonth() + 1).padStart(2, '0'),
    String(at.getDate()).padStart(2, '0'),
  ].join('-');

/** Goes to a day. */
export class Days {
  readonly #host: ToolHost;
  #date = '';
  /** Id of what is to be said. */
  #note = '';

  constructor(host: ToolHost) {
    this.#host = host;
  }

  async #show(view: FeedView): Promise<void> {
    const { host, browsing, talking } = this.#host;
    const [year = 0, month = 1, date = 1] = this.#date.split('-').map(Number);
    const start = new Date(year, month - 1, date);
    this.#note = this.#date && !Number.isNaN(start.getTime()) ? '' : 'dayEmpty';
    if (!this.#note) {
      await browsing.goToDay(start.toISOString());
      const last = talking.talk?.entries.at(-1);
      if (last && new Date(last.at) < start && talking.talk?.newer === null) this.#note = 'dayNone';
    }
    if (this.#note) this.#host.say(view.say(this.#note));
    host.requestUpdate();
  }

  render(view: FeedView): TemplateResult {
    const { say, talk, now } = view;
    const first = talk.older === null ? talk.entries[0]?.at : talk.escalation?.requestedAt;
    const onSubmit = (event: Event) => {
      event.preventDefault();
      void this.#show(view);
    };
    return html`<form class="fields" novalidate @submit=${onSubmit}>
      <label part="label" class="label" for="day">${say('dayLabel')}</label>
      <div class="row">
        <input
          part="control"
          id="day"
          type="date"
          min=${first ? dateOf(new Date(first)) : nothing}
          max=${dateOf(now)}
          .value=${this.#date}
          @input=${(event: Event) => (this.#date = (event.target as HTMLInputElement).value)}
        />
        <button type="submit" part="button button-secondary" class="button">${say('dayShow')}</button>
      </div>
      ${this.#note ? html`<p class="muted">${say(this.#note)}</p>` : nothing}
    </form>`;
  }
}
