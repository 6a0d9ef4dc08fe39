import { html, type TemplateResult } from 'lit';
import { enTools } from '../../locales/en-tools.js';
import type { FeedView } from '../conversation/view.js';
import { linkButton } from '../buttons.js';
import { Days } from './days.js';
import type { Tool, ToolHost } from './room.js';
import { Saving } from './saving.js';
import { Search } from './search.js';
import { toolStyles } from './tools.styles.js';

export const words = enTools;
export const styles = [toolStyles];

/** What helps in a long conversation: searching it, going to a day, and taking it along. */
export class Tools {
  readonly #search: Search;
  readonly #days: Days;
  readonly #saving: Saving;
  readonly #onClose: () => void;

  constructor(host: ToolHost, onClose: () => void) {
    this.#search = new Search(host);
    this.#days = new Days(host);
    this.#saving = new Saving(host);
    this.#onClose = onClose;
  }

  /** What goes on goes on no more. */
  close(): void {
    this.#saving.cancel();
  }

  render(tool: Tool, view: FeedView): TemplateResult {
    const its = { search: this.#search, day: this.#days, save: this.#saving }[tool];
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#onClose();
    };
    return html`<div part="tool ${tool === 'search' ? 'search' : `tool-${tool}`}" @keydown=${onKey}>
      ${its.render(view)}
      <p class="end">${linkButton(view.say('closeTool'), this.#onClose)}</p>
    </div>`;
  }
}
