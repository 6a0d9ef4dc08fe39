import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { adoptStyles } from '../adopt-styles.js';
import type { Browsing } from '../conversation/browsing.js';
import type { Talking } from '../conversation/talking.js';
import type { FeedView } from '../conversation/view.js';
import { icon } from '../icons.js';
import type { Tools } from './tools.js';

/** What can be opened above a conversation. */
export type Tool = 'search' | 'day' | 'save';

/** From so many entries on there is something to search. */
const LONG = 20;

const paths: Record<Tool, string> = {
  search: 'M10 4a6 6 0 1 0 3.7 10.7l4.8 4.8 1.4-1.4-4.8-4.8A6 6 0 0 0 10 4zm0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
  day: 'M7 3v2H4v16h16V5h-3V3h-2v2H9V3zM6 10h12v9H6z',
  save: 'M11 4h2v8l3-3 1.4 1.4L12 15.8l-5.400-5.400L8 9l3 3zM5 18h14v2H5z',
};

/** What the tools need of the element that shows them. */
export interface ToolHost {
  readonly host: LitElement;
  readonly talking: Talking;
  readonly browsing: Browsing;
  /** Tells a screen reader. */
  say(words: string): void;
}

/** The door to what helps in a long conversation, loaded when somebody first opens it. */
export class ToolRoom {
  readonly #host: ToolHost;
  #part: Tools | undefined;
  #open: Tool | undefined;
  /** Where the focus was. */
  #from: HTMLElement | null = null;

  constructor(host: ToolHost) {
    this.#host = host;
  }

  /** Opens one, or closes it. */
  async toggle(tool: Tool | undefined): Promise<void> {
    const { host } = this.#host;
    if (tool === this.#open) tool = undefined;
    if (!this.#open) this.#from = (host.renderRoot as ShadowRoot).activeElement as HTMLElement | null;
    this.#open = tool;
    host.requestUpdate();
    if (!tool) {
      this.#part?.close();
      return this.#from?.focus({ preventScroll: true });
    }
    if (!(await this.#load())) this.#open = undefined;
    host.requestUpdate();
    await host.updateComplete;
    host.renderRoot
      .querySelector<HTMLElement>('[part~="tool"] :is(input, button)')
      ?.focus({ preventScroll: true });
  }

  /** Its browser's own search would not see what is not drawn; pressed again, it opens that one. */
  onKey(event: KeyboardEvent): void {
    this.#host.browsing.onKey(event);
    const isFind = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!isFind || event.shiftKey || this.#open === 'search') return;
    event.preventDefault();
    void this.toggle('search');
  }

  async #load(): Promise<boolean> {
    const { host, talking } = this.#host;
    try {
      const { Tools, words, styles } = await import('./tools.js');
      if (this.#part) return true;
      talking.learn(words);
      adoptStyles(host, ...styles);
      this.#part = new Tools(this.#host, () => void this.toggle(this.#open));
      return true;
    } catch {
      // Tried again when it is next opened.
      return false;
    }
  }

  /**
   * Above a long conversation all of them; below a short one only the way to save it.
   * @param place where the caller is
   */
  render(view: FeedView, place: 'above' | 'below'): TemplateResult | typeof nothing {
    const { talk, say, icons } = view;
    const { length } = talk.entries;
    const isLong = length >= LONG || talk.older !== null || talk.newer !== null;
    if (!length || isLong !== (place === 'above')) return nothing;
    const tools: Tool[] = isLong ? ['search', 'day', 'save'] : ['save'];
    return html`<div part="tools">
      <div class="row">
        ${tools.map(
          (tool) =>
            html`<button
              type="button"
              part="button button-link"
              class="link"
              aria-expanded=${this.#open === tool}
              @click=${() => void this.toggle(tool)}
            >
              ${icon(tool, paths[tool], 'tool-icon', icons)} ${say(`tool.${tool}`)}
            </button>`,
        )}
      </div>
      ${this.#open ? (this.#part?.render(this.#open, view) ?? nothing) : nothing}
    </div>`;
  }
}
