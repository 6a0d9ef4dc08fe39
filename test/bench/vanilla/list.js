const BEYOND = 600;
const LEAST = 20;
const row = document.createElement('template');
row.innerHTML = `<li aria-setsize="-1"><article class="row"><span part="entry-avatar" aria-hidden="true"></span><div><p part="entry-header"><bdi part="entry-author"></bdi> <span part="entry-role"></span> <time part="entry-time"></time></p><div part="entry-text" class="foreign" dir="auto"></div></div></article></li>`;
const ROLES = { owner: 'Escalation owner', engineer: 'Support engineer' };
const clockTime = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' });
const longDay = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const LINK = /https?:\/\/[^\s<>"]+/g;

const initials = (name) =>
  name
    .split(' ')
    .map((word) => word[0])
    .join('')
    .slice(0, 2);

function fillText(into, text) {
  let at = 0;
  for (const { 0: href, index } of text.matchAll(LINK)) {
    const link = document.createElement('a');
    link.setAttribute('part', 'entry-link');
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow ugc';
    link.href = link.textContent = href;
    into.append(text.slice(at, index), link);
    at = index + href.length;
  }
  if (at < text.length) into.append(text.slice(at));
}

/**
 * A windowed list by hand: of a long conversation only the rows near to what is seen are there, the room of the others is
 * padding. A height that was measured is kept; the others are taken for what the first ones had in the mean, so that the
 * paddings change by what enters and leaves only. What is read stays where it is. Left out against ours: the page as the
 * scroller, focus and selection in rows that leave, folding, printing, rows of other kinds than messages.
 */
export class VanillaList {
  constructor(scroller, list) {
    this.scroller = scroller;
    this.list = list;
    this.onScroll = () => this.draw();
    this.clear([]);
  }

  clear(entries) {
    this.entries = entries;
    this.heights = new Array(entries.length).fill(0);
    this.estimate = 0;
    this.start = this.end = 0;
    this.above = this.total = 0;
    this.list.replaceChildren();
  }

  connect() {
    this.scroller.addEventListener('scroll', this.onScroll, { passive: true });
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(this.scroller);
  }

  disconnect() {
    this.scroller.removeEventListener('scroll', this.onScroll);
    this.sizes?.disconnect();
  }

  resized() {
    const { clientWidth } = this.scroller;
    const isOther = this.width !== undefined && clientWidth !== this.width;
    this.width = clientWidth;
    if (isOther) this.load(this.entries);
  }

  heightOf(index) {
    return this.heights[index] || this.estimate;
  }

  load(entries) {
    this.clear(entries);
    this.show(Math.max(entries.length - LEAST, 0), entries.length);
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  append(entry) {
    const { scroller } = this;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const isAtEnd = scrollHeight - clientHeight - scrollTop < 40;
    this.entries.push(entry);
    this.heights.push(0);
    this.total += this.estimate;
    if (!isAtEnd) return this.pad();
    this.show(this.entries.length - Math.max(this.end - this.start, LEAST), this.entries.length);
    scroller.scrollTop = scroller.scrollHeight;
  }

  prepend(older) {
    const hold = this.hold();
    this.entries = [...older, ...this.entries];
    this.heights = [...older.map(() => 0), ...this.heights];
    this.start += older.length;
    this.end += older.length;
    this.above += older.length * this.estimate;
    this.total += older.length * this.estimate;
    const before = this.list.firstChild;
    this.pad();
    this.scroller.scrollTop += older.length * this.estimate;
    if (before) this.drawDay(before, this.start);
    for (let index = this.start; index < this.end; index++)
      this.rowOf(index).ariaPosInSet = String(index + 1);
    this.draw(hold && { index: hold.index + older.length, y: hold.y });
  }

  rowOf(index) {
    return this.list.children[index - this.start];
  }

  /** The first row that is seen, and where its message stands. */
  hold() {
    const { top } = this.scroller.getBoundingClientRect();
    for (let index = this.start; index < this.end; index++) {
      const row = this.rowOf(index);
      if (row.getBoundingClientRect().bottom > top)
        return { index, y: row.lastElementChild.getBoundingClientRect().top };
    }
    return undefined;
  }

  /** Draws what is around what is seen; a row that is held stays where it was. */
  draw(hold = this.hold()) {
    const { scroller, list, entries } = this;
    const view = scroller.getBoundingClientRect();
    const top = view.top - list.getBoundingClientRect().top;
    let { start, above } = this;
    while (start > 0 && above > top - BEYOND) above -= this.heightOf(--start);
    while (start < entries.length - 1 && above + this.heightOf(start) < top - BEYOND)
      above += this.heightOf(start++);
    let end = start;
    for (let y = above; end < entries.length && y < top + view.height + BEYOND; end++)
      y += this.heightOf(end);
    end = Math.max(end, Math.min(start + LEAST, entries.length));
    start = Math.max(Math.min(start, end - LEAST), 0);
    if (start !== this.start || end !== this.end) this.show(start, end);
    const row = hold && this.rowOf(hold.index);
    const by = row ? row.lastElementChild.getBoundingClientRect().top - hold.y : 0;
    if (Math.abs(by) > 0.5) scroller.scrollTop += by;
  }

  show(start, end) {
    const { entries, list } = this;
    if (start >= this.end || end <= this.start) {
      list.replaceChildren();
      this.above += this.sum(this.start, start);
      this.start = this.end = start;
    }
    while (this.start < start) {
      this.above += this.heightOf(this.start++);
      list.firstChild.remove();
    }
    while (this.end > end) {
      this.end--;
      list.lastChild.remove();
    }
    const first = this.start;
    const last = this.end;
    for (; this.start > start; this.above -= this.heightOf(this.start))
      list.prepend(this.make(entries[--this.start], this.start));
    for (; this.end < end; this.end++) list.append(this.make(entries[this.end], this.end));
    for (let index = start; index < first; index++) this.measure(index, true);
    for (let index = last; index < end; index++) this.measure(index, false);
    if (!this.estimate) {
      this.estimate = this.sum(start, end) / (end - start);
      this.above = start * this.estimate;
      this.total = entries.length * this.estimate;
    }
    this.pad();
  }

  measure(index, isAbove) {
    const height = this.rowOf(index).offsetHeight;
    const by = height - this.heightOf(index);
    if (this.estimate) this.total += by;
    if (this.estimate && isAbove) this.above -= by;
    this.heights[index] = height;
  }

  sum(from, to) {
    let sum = 0;
    for (let index = Math.min(from, to); index < Math.max(from, to); index++) sum += this.heightOf(index);
    return from < to ? sum : -sum;
  }

  pad() {
    const drawn = this.sum(this.start, this.end);
    const below = this.end < this.entries.length ? this.total - this.above - drawn : 0;
    this.list.style.paddingBlock = `${this.start ? Math.max(this.above, 1) : 0}px ${Math.max(below, 0)}px`;
  }

  make({ author, at, text }, index) {
    const element = row.content.firstElementChild.cloneNode(true);
    element.ariaPosInSet = String(index + 1);
    element.setAttribute('part', author.me ? 'entry entry-mine' : 'entry entry-theirs');
    const [avatar, { firstChild: header, lastChild: body }] = element.firstChild.children;
    avatar.textContent = initials(author.name);
    const [name, role, time] = header.children;
    name.textContent = author.me ? 'You' : author.name;
    if (ROLES[author.role] && !author.me) role.textContent = ROLES[author.role];
    else role.remove();
    const date = new Date(at);
    time.dateTime = at;
    time.textContent = clockTime.format(date);
    fillText(body, text);
    this.drawDay(element, index);
    return element;
  }

  drawDay(element, index) {
    const day = longDay.format(new Date(this.entries[index].at));
    const wanted = index === 0 || longDay.format(new Date(this.entries[index - 1].at)) !== day;
    const found = element.firstChild.localName === 'p' ? element.firstChild : null;
    if (!wanted) return void found?.remove();
    if (found) return;
    const line = document.createElement('p');
    line.setAttribute('part', 'day');
    line.textContent = day;
    element.prepend(line);
  }
}
