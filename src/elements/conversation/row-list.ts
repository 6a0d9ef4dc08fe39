import type { ReactiveController } from 'lit';
import { isolate } from '../isolate.js';
import { RowWindow, type Hold, type Rows } from './row-window.js';
import type { TalkHost } from './talk-host.js';
import { rootsOf, viewportOf, type Viewport } from './viewport.js';

/** So near to its end a reader is at the end, in pixels. */
const NEAR = 40;

/** `follow`: to the end, for who is there; `end`: for anybody; else to a row, or with a row that stays at its `y`. */
type Place = 'follow' | 'end' | { index: number; y?: number };

/** What was seen last: the first row, where it stood, and how far was scrolled. */
interface Held extends Hold {
  scroller: Element;
  scrolled: number;
  width: number;
  /** The reader is inside of the list: its beginning is above what is seen. */
  inside: boolean;
}

/** Keeps the list of rows drawn where it is seen, whatever scrolls it: the feed, the page, or something between. */
export class RowList implements ReactiveController {
  readonly #host: TalkHost;
  readonly #onMove: () => void;
  #window: RowWindow | undefined;
  #next: Rows | undefined;
  #held: Held | undefined;
  #goTo: Place | undefined;
  #stop: AbortController | undefined;
  #sizes: ResizeObserver | undefined;
  /** Whether the end of the list is in sight. */
  isAtEnd = true;

  /** @param onMove told when the reader has come to the end, or has left it */
  constructor(host: TalkHost, onMove: () => void) {
    this.#host = host;
    this.#onMove = onMove;
    host.addController(this);
  }

  /** The last row, if it is drawn. */
  get last(): Element | null {
    return this.#window?.hasEnd ? this.#window.list.lastElementChild : null;
  }

  /** The row of an index, if it is drawn. */
  rowOf(index: number): HTMLElement | undefined {
    return this.#window?.rowOf(index);
  }

  /** What is to be drawn at the end of this update. */
  set(rows: Rows): void {
    this.#next = rows;
  }

  /** With the next drawing the reader is taken there. */
  goTo(place: Place): void {
    this.#goTo = place;
  }

  /** A row that somebody unfolds, or folds, stays where it begins; folded its beginning is in sight. */
  stay(index: number, folds: boolean): void {
    const shown = this.#window;
    const box = this.rowOf(index)?.getBoundingClientRect();
    const y = shown?.yOf(index);
    if (!shown || !box || y === undefined) return;
    const { top, bottom } = viewportOf(shown.list);
    if (box.bottom > top && box.top < bottom) this.#goTo = { index, y: folds ? Math.max(y, top) : y };
  }

  hostConnected(): void {
    const host = this.#host;
    const view = host.ownerDocument.defaultView ?? window;
    const { signal } = (this.#stop = new AbortController());
    for (const target of [...rootsOf(host), host.renderRoot])
      target.addEventListener('scroll', this.#onScroll, { capture: true, passive: true, signal });
    view.addEventListener('resize', this.#onScroll, { signal });
    const print = (all: boolean) => {
      if (this.#window) this.#window.all = all;
      isolate(host, () => this.#draw());
    };
    view.addEventListener('beforeprint', () => print(true), { signal });
    view.addEventListener('afterprint', () => print(false), { signal });
    view.matchMedia('print').addEventListener('change', ({ matches }) => print(matches), { signal });
    this.#sizes = new ResizeObserver(() => isolate(host, () => this.#onSize()));
    this.#observe();
  }

  hostDisconnected(): void {
    this.#stop?.abort();
    this.#sizes?.disconnect();
  }

  #observe(): void {
    const { list } = this.#window ?? {};
    this.#sizes?.disconnect();
    for (const element of [list, list?.parentElement]) if (element) this.#sizes?.observe(element);
  }

  hostUpdated(): void {
    const rows = this.#next;
    this.#next = undefined;
    const list = rows ? this.#host.renderRoot.querySelector<HTMLElement>('[part="entries"]') : null;
    if (list !== (this.#window?.list ?? null)) {
      this.#window = list ? new RowWindow(list) : undefined;
      this.#begin();
      this.#observe();
    }
    if (!rows || !this.#window) return;
    const before = this.#window.take(rows);
    if (before < 0) this.#begin();
    // What is read stays, also where the beginning of the list is in sight.
    else if (before && this.#held)
      Object.assign(this.#held, { border: this.#held.border + before, inside: true });
    this.#draw();
  }

  #begin(): void {
    this.#held = undefined;
    this.#goTo ??= 'follow';
    this.isAtEnd = true;
  }

  readonly #onScroll = (): void => {
    if (!this.#window?.isShown) return;
    const port = viewportOf(this.#window.list);
    if (this.#window.covers(port)) this.#remember(port);
    else isolate(this.#host, () => this.#draw());
  };

  /** Heights have changed by themselves: what is read stays, and the rest waits for the next frame. Here, what changes
   * a height would be an error in the page. */
  #onSize(): void {
    const shown = this.#window;
    if (!shown?.isShown) return;
    const port = viewportOf(shown.list);
    const held = this.#held;
    const isOther = !held || Math.abs(held.width - shown.list.clientWidth) > 1;
    // By now every scroll of the reader has been heard; what else has moved is the browser's own anchoring.
    if (held) held.scrolled = port.scroller.scrollTop;
    const hold = this.#hold(port);
    if (this.isAtEnd && this.#isOwn(port)) this.#keep(port, undefined);
    else if (hold) this.#keep(port, hold);
    this.#remember(port);
    if (isOther) shown.isOther = true;
    if (isOther || !shown.covers(port)) requestAnimationFrame(() => isolate(this.#host, () => this.#draw()));
  }

  /** The feed scrolls itself: it begins at its end, and stays there. */
  #isOwn({ scroller }: Viewport): boolean {
    return scroller === this.#window?.list.parentElement;
  }

  /** What has to stay where it is. */
  #hold(port: Viewport): Hold | undefined {
    const held = this.#held;
    // Who has scrolled since sees something else by now.
    const isSame = held?.scroller === port.scroller && Math.abs(held.scrolled - port.scroller.scrollTop) < 1;
    if (held?.inside && isSame && this.rowOf(held.border))
      return { border: held.border, y: held.y + port.top };
    return this.#window?.seen(port);
  }

  /** Where the reader is to be taken. */
  #wanted(place: Place | undefined, port: Viewport): Hold | undefined {
    const { list, size } = this.#window as RowWindow;
    if (typeof place === 'object')
      return {
        border: place.index,
        y: place.y ?? port.top + Math.min(2 * NEAR, (port.bottom - port.top) / 4),
        far: place.y === undefined,
      };
    if (place === 'end' && !this.isAtEnd) return { border: size, y: port.bottom - NEAR / 2, far: true };
    // The page is scrolled only for who reads inside of the list.
    if (place && this.isAtEnd && this.#held && (this.#isOwn(port) || this.#held.inside))
      return { border: size, y: list.getBoundingClientRect().bottom };
    return undefined;
  }

  #draw(): void {
    const shown = this.#window;
    if (!shown) return;
    const place = this.#goTo;
    if (!shown.isShown)
      return shown.draw({ scroller: shown.list, top: 0, bottom: 0 }, { border: shown.size, y: 0 });
    this.#goTo = undefined;
    let port = viewportOf(shown.list);
    let hold = this.#wanted(place, port) ?? this.#hold(port);
    for (let n = 0; n < 5; n++) {
      hold ??= shown.guess(port);
      shown.draw(port, hold);
      port = viewportOf(shown.list);
      this.#keep(port, typeof place === 'string' && this.#isOwn(port) ? undefined : hold);
      if (shown.all || shown.covers(port)) break;
      hold = shown.seen(port);
    }
    this.#remember(port);
  }

  /** Scrolls so that a border stands where it is held; none: to the end. */
  #keep({ scroller }: Viewport, hold: Hold | undefined): void {
    if (!hold) return void (scroller.scrollTop = scroller.scrollHeight);
    if (hold.guessed) return;
    const by = (this.#window?.yOf(hold.border) ?? hold.y) - hold.y;
    if (Math.abs(by) > 0.5) scroller.scrollTop += by;
  }

  #remember(port: Viewport): void {
    const { list, hasEnd } = this.#window as RowWindow;
    const { top, bottom } = list.getBoundingClientRect();
    const { scroller } = port;
    const seen = this.#window?.seen(port);
    this.#held = seen && {
      ...seen,
      y: seen.y - port.top,
      scroller,
      scrolled: scroller.scrollTop,
      width: list.clientWidth,
      inside: top < port.top,
    };
    const wasAtEnd = this.isAtEnd;
    this.isAtEnd = hasEnd && bottom - port.bottom < NEAR;
    // Not within the update that may have led here.
    if (wasAtEnd !== this.isAtEnd) queueMicrotask(this.#onMove);
  }
}
