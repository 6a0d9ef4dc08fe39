import { html, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { heldRows } from './held-rows.js';
import type { Viewport } from './viewport.js';

/** The rows of a list, drawn only where they are near to what is seen. */
export interface Rows {
  readonly size: number;
  /** What rows are made of: what was put before it is found by its first item. */
  readonly items: readonly unknown[];
  key(index: number): string;
  draw(index: number): TemplateResult;
}

/** A border between two rows, by the index of the lower one, and where in the window it is to stand, in pixels. */
export interface Hold {
  border: number;
  y: number;
  /** It is far from where the reader is now. */
  far?: boolean;
  /** Nobody has seen it there: the page is not scrolled for it. */
  guessed?: boolean;
}

/** So many rows are simply all drawn. */
const FEW = 100;
/** Drawn at least, wherever the list is. */
const LEAST = 20;
/** Pixels drawn beyond what is seen, on each side; on a high screen as much as is seen. */
const BEYOND = 600;

/** Height of a message of a line or two, in pixels: taken for any before one was measured. */
const TYPICAL = 64;

/**
 * The rows of a long list that are drawn; the room of the others is padding. A row that stays keeps its place: what turns
 * out to be higher or lower than it was taken for is found in the padding, as long as there is some.
 */
export class RowWindow {
  readonly list: HTMLElement;
  #rows: Rows = { size: 0, items: [], key: String, draw: () => html`` };
  /** Drawn: from the first to before the second, and a few that are held. */
  #start = 0;
  #end = 0;
  #drawn: number[] = [];
  /** Pixels for the rows before and behind. */
  #above = 0;
  #below = 0;
  /** Height of a row, in pixels. */
  #mean = 0;
  /** Rows that came since the last drawing, before and behind the others. */
  #before = 0;
  #behind = 0;
  /** All are drawn: for paper. */
  all = false;
  /** Rows have other heights than before: what was known of them is not true any more. */
  isOther = false;

  constructor(list: HTMLElement) {
    this.list = list;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The first row is drawn. */
  get hasStart(): boolean {
    return this.#start === 0;
  }

  /** The last row is drawn. */
  get hasEnd(): boolean {
    return this.#end === this.size;
  }

  /** A list in a part of the page that is not displayed has no heights. */
  get isShown(): boolean {
    return this.list.getClientRects().length > 0;
  }

  /**
   * Takes over rows that are the same as before, with others before or behind them.
   * @returns how many came before; -1: it is another list
   */
  take(rows: Rows): number {
    const { items, size } = this.#rows;
    const before = rows.items[0] === items[0] ? 0 : rows.items.indexOf(items[0]);
    this.#rows = rows;
    if (before < 0 || !size) {
      this.#start = this.#end = this.#above = this.#below = 0;
      this.#drawn = [];
      return -1;
    }
    this.#start += before;
    this.#end = Math.min(this.#end + before, rows.size);
    this.#drawn = this.#drawn.map((index) => index + before);
    this.#before += before;
    this.#behind += rows.size - before - size;
    return before;
  }

  rowOf(index: number): HTMLElement | undefined {
    const place = this.#drawn.indexOf(index);
    return place < 0 ? undefined : (this.list.children[place] as HTMLElement | undefined);
  }

  /** Where a border stands: below the day that may be above it. Undefined: neither of its rows is drawn. */
  yOf(border: number): number | undefined {
    return (
      this.rowOf(border)?.lastElementChild?.getBoundingClientRect().top ??
      this.rowOf(border - 1)?.getBoundingClientRect().bottom
    );
  }

  /** The first row that begins in what is seen; else the one that fills it. */
  seen({ top, bottom }: Viewport): Hold | undefined {
    let found: Hold | undefined;
    for (const index of this.#drawn) {
      const box = this.rowOf(index)?.getBoundingClientRect();
      if (!box?.height || box.bottom <= top || box.top >= bottom || !this.#isIn(index)) continue;
      found = { border: index, y: this.yOf(index) ?? box.top };
      if (found.y >= top) break;
    }
    return found;
  }

  #isIn(index: number): boolean {
    return index >= this.#start && index < this.#end;
  }

  /** Nothing of what is drawn is seen: what would be there, counted from the nearer end of what is missing. */
  guess({ top, bottom }: Viewport): Hold {
    const box = this.list.getBoundingClientRect();
    const part = (pixels: number, of: number) => (of > 0 ? Math.min(Math.max(pixels / of, 0), 1) : 0);
    if (!this.#drawn.length || top < box.top + this.#above) {
      const rows = part(top - box.top, this.#above) * this.#start;
      const border = Math.floor(rows);
      return { border, y: Math.max(top, box.top) - (rows - border) * this.#mean, guessed: true };
    }
    const rows = part(box.bottom - bottom, this.#below) * (this.size - this.#end);
    const left = Math.floor(rows);
    const y = Math.min(bottom, box.bottom) + (rows - left) * this.#mean;
    return { border: this.size - left, y, guessed: true };
  }

  /** Whether what is seen, and half of what is beyond, is drawn. */
  covers({ top, bottom }: Viewport): boolean {
    if (this.hasStart && this.hasEnd) return true;
    const box = this.list.getBoundingClientRect();
    const half = Math.max(BEYOND, bottom - top) / 2;
    const from = Math.max(top - half, box.top);
    const to = Math.min(bottom + half, box.bottom);
    if (from >= to) return true;
    const first = this.hasStart ? from : (this.rowOf(this.#start)?.getBoundingClientRect().top ?? to);
    const last = this.hasEnd ? to : (this.rowOf(this.#end - 1)?.getBoundingClientRect().bottom ?? from);
    return first <= from + 1 && last >= to - 1;
  }

  /** Draws what is around a border that stands where it is held. */
  draw(port: Viewport, hold: Hold): void {
    const { list } = this;
    const held = heldRows(list).map((place) => this.#drawn[place] ?? -1);
    const box = list.getBoundingClientRect();
    const known = new Map(this.#drawn.map((index) => [index, (this.yOf(index) ?? 0) - box.top]));
    this.#choose(port, hold);
    const { size, key, draw } = this.#rows;
    const all = new Set(held.filter((index) => index >= 0 && index < size));
    for (let index = this.#start; index < this.#end; index++) all.add(index);
    this.#drawn = [...all].sort((a, b) => a - b);
    render(html`${repeat(this.#drawn, key, draw)}`, list);
    const came = this.#before * this.#mean;
    // What is drawn still, and where it stood.
    const still = this.#drawn.find((index) => known.has(index) && this.#isIn(index));
    const [border, y] =
      still === undefined ? [hold.border, hold.y - box.top] : [still, (known.get(still) ?? 0) + came];
    const isKnown = this.#mean > 0 && !this.isOther && !(hold.far && still === undefined);
    if (this.isOther) this.#mean = 0;
    this.isOther = false;
    const height = box.height + came + this.#behind * this.#mean;
    this.#before = this.#behind = 0;
    this.#measure();
    this.#pad(isKnown ? { border, y, height } : undefined);
  }

  /** From the held border in both directions, until more than what is seen is there. */
  #choose({ top, bottom }: Viewport, { border, y }: Hold): void {
    const { size } = this;
    const beyond = Math.max(BEYOND, bottom - top);
    const heights = new Map(this.#drawn.map((index) => [index, this.rowOf(index)?.offsetHeight ?? 0]));
    const heightOf = (index: number) => Math.max(heights.get(index) ?? (this.#mean || TYPICAL), 8);
    let start = border;
    let end = border;
    for (let at = y; start > 0 && at > top - beyond; at -= heightOf(start)) start--;
    for (let at = y; end < size && at < bottom + beyond; end++) at += heightOf(end);
    const isFew = this.all || size <= FEW;
    this.#end = isFew ? size : Math.min(Math.max(end, start + LEAST), size);
    this.#start = isFew ? 0 : Math.max(Math.min(start, this.#end - LEAST), 0);
  }

  #measure(): void {
    const { offsetHeight } = this.list;
    if (!this.#drawn.length || !offsetHeight) return;
    const mean = this.#height() / this.#drawn.length;
    this.#mean = this.#mean ? 0.8 * this.#mean + 0.2 * mean : mean;
  }

  #height(): number {
    const first = this.list.firstElementChild?.getBoundingClientRect().top ?? 0;
    return (this.list.lastElementChild?.getBoundingClientRect().bottom ?? first) - first;
  }

  /** @param known a border, where in the list it is, and how high the list is; undefined: all of that is guessed */
  #pad(known?: { border: number; y: number; height: number }): void {
    const { list, size } = this;
    const missing = size - this.#end;
    const first = list.firstElementChild?.getBoundingClientRect().top ?? 0;
    let above = known ? known.y - ((this.yOf(known.border) ?? first) - first) : 0;
    // Less than a pixel a row is too little, whatever was known.
    if (above < this.#start) above = this.#start * this.#mean;
    if (this.hasStart) above = 0;
    let below = known ? known.height - above - this.#height() : 0;
    if (below < missing) below = missing * this.#mean;
    if (this.hasEnd) below = 0;
    this.#above = above;
    this.#below = below;
    list.style.paddingBlock = `${above}px ${below}px`;
  }
}
