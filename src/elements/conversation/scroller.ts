import type { ReactiveController } from 'lit';
import type { TalkHost } from './talk-host.js';

/** From here on there is room for the next steps beside the conversation. */
const WIDE = 560;

/** How wide a feed is, and where the focus is: kept while what is drawn changes. */
export class Scroller implements ReactiveController {
  readonly #host: TalkHost;
  #sizes: ResizeObserver | undefined;
  #focused: Element | null = null;
  /** A hidden feed has no width: it is taken for a wide one. */
  wide = true;

  constructor(host: TalkHost) {
    this.#host = host;
    host.addController(this);
  }

  get #root(): ShadowRoot {
    return this.#host.renderRoot as ShadowRoot;
  }

  get box(): HTMLElement | null {
    return this.#root.querySelector('[part="conversation"]');
  }

  hostConnected(): void {
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
  }

  #measure(): void {
    const { clientWidth } = this.#host;
    const wide = clientWidth === 0 || clientWidth > WIDE;
    if (wide === this.wide) return;
    this.wide = wide;
    // In the same frame the new height would be an error of the observer in the page.
    requestAnimationFrame(() => this.#host.requestUpdate());
  }

  hostUpdate(): void {
    this.#focused = this.#root.activeElement;
  }

  /** Whoever had the focus on something that has gone is still in the feed. */
  hostUpdated(): void {
    if (this.#focused && !this.#focused.isConnected && !this.#root.activeElement)
      this.box?.focus({ preventScroll: true });
    this.#focused = null;
  }
}
