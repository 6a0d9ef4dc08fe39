import { html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { Backend, BackendError } from '../../src/core/backend.js';
import type { Entry, EntryQuery } from '../../src/core/model.js';
import { byRole, parts, until } from './find.js';
import { HOUR, NOW, people, policies, scene } from './scene.js';

/** A conversation of thousands of entries, and how far a reader is in it. */

const sam = { id: 'o-1', name: 'Sam Okoro', role: 'owner' };
const WORDS = 'The export runs again since we have changed the proxy and the logs show no more gaps '.split(
  ' ',
);

/** The nth message, an hour after the one before; of one line or a few. */
export const message = (n: number, change: Partial<Entry> = {}): Entry => ({
  id: `m-${String(n).padStart(6, '0')}`,
  kind: 'message',
  at: new Date(Date.parse(NOW) - 60_000 * HOUR + n * HOUR).toISOString(),
  author: sam,
  text: `Message ${n}. ${WORDS.slice(0, (n * 7) % 17)
    .join(' ')
    .repeat(1 + (n % 3) * 2)}`.trim(),
  ...change,
});
export const messages = (from: number, to: number): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => message(from + i));

export interface LongOptions {
  /** Of all entries, how many come with the first page. */
  first?: number;
  /** How many come with another page; else as many as were asked for. */
  page?: number;
  /** Every so many messages one is long enough to be folded. */
  long?: number;
  /** Limits the height of the feed, so that it scrolls by itself. */
  height?: string;
  /** How many the user has not read. */
  unread?: number;
  /** The help desk does not know how to search. */
  noSearch?: boolean;
}

/** The entries of a help desk that holds these. */
function entriesOf(
  all: Entry[],
  { first = all.length, noSearch, page: size }: LongOptions,
): NonNullable<Backend['entries']> {
  return async (_id, { limit: asked = 50, before, after, at, q }) => {
    const limit = before || after ? (size ?? asked) : asked;
    const words = (q ?? '').toLowerCase().split(' ');
    const found =
      q && !noSearch
        ? all.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
        : all;
    const page = (from: number, to: number) => ({
      value: {
        entries: found.slice(Math.max(from, 0), to),
        before: from > 0 ? String(from) : null,
        after: String(Math.min(to, found.length)),
      },
    });
    if (before) return page(Number(before) - limit, Number(before));
    if (after) return page(Number(after), Number(after) + limit);
    if (q) return page(found.length - limit, found.length);
    const from = at ? all.findIndex((row) => row.at >= at) : -1;
    return from < 0 ? page(all.length - first, all.length) : page(from, from + limit);
  };
}

/** A feed of `count` messages, of which more can be added, for the next look. */
export async function longTalk(count: number, options: LongOptions = {}) {
  const { backend, escalate, act } = scene();
  const { id } = await escalate();
  await act({ kind: 'take' });
  const all = messages(1, count);
  const { long } = options;
  if (long)
    for (let n = long; n < count; n += long)
      all[n] = { ...all[n]!, text: `${all[n]!.text} ${'long '.repeat(600)}` };
  const faults = { entries: null as BackendError | null, wait: Promise.resolve() };
  const answer = entriesOf(all, options);
  const load: Backend['load'] = async (...asked) => {
    const found = await backend.load(...asked);
    if (found === 'not-modified' || !found.value.openEscalation) return found;
    const { unread = 0 } = options;
    const openEscalation = { ...found.value.openEscalation, latestEntryId: all.at(-1)?.id ?? null, unread };
    return { value: { ...found.value, openEscalation }, etag: `${found.etag}-${all.length}` };
  };
  const asked: EntryQuery[] = [];
  const entries: Backend['entries'] = async (...query) => {
    asked.push(query[1]);
    await faults.wait;
    if (faults.entries) throw faults.entries;
    return answer(...query);
  };
  const { watch: _none, ...still } = backend;
  const desk = scene({
    with: { backend: { ...still, load, entries }, policy: policies.genesys, user: people.customer },
  });
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  if (options.height) feed.style.setProperty('--escalation-feed-max-block-size', options.height);
  await until(() => parts(feed, 'entry').length, 'no entries');
  return {
    desk,
    feed,
    all,
    asked,
    faults,
    escalationId: id,
    box: () => byRole(feed, 'region', 'Conversation'),
    rows: () => parts(feed, 'entry'),
    /** More of them, and the feed has seen them. */
    async add(...texts: string[]) {
      for (const text of texts) all.push(message(all.length + 1, { text }));
      await feed.refresh();
      await feed.updateComplete;
    },
  };
}

/** Waits until the browser has painted, and told what was scrolled. */
export const painted = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** The text of a row without who and when. */
export const wordsOf = (row: Element): string =>
  row.querySelector('[part="entry-text"]')?.textContent?.trim() ?? '';
/** The number of a message that {@link message} made. */
export const numberOf = (row: Element): number =>
  Number(/^Message (\d+)/.exec(wordsOf(row))?.[1] ?? Number.NaN);

/** Where a row is: below the day that may be above it. */
export const topOf = (row: Element): number => row.lastElementChild!.getBoundingClientRect().top;

/** What a reader sees: the first row that begins within the band, and where in it. */
export function read(feed: EscalationFeed, band: { top: number; bottom: number }) {
  for (const row of parts(feed, 'entry')) {
    const top = topOf(row);
    if (top >= band.top && top < band.bottom) return { number: numberOf(row), y: top - band.top, row };
  }
  return undefined;
}
/** How much of a band, in pixels, no row covers. */
export function blank(feed: EscalationFeed, top: number, bottom: number): number {
  const list = parts(feed, 'entries')[0]!.getBoundingClientRect();
  const rows = parts(feed, 'entry').map((row) => row.getBoundingClientRect());
  const from = Math.max(top, list.top);
  const to = Math.min(bottom, list.bottom);
  let covered = from;
  for (const row of rows) if (row.top <= covered + 40) covered = Math.max(covered, row.bottom);
  return Math.max(to - covered - 40, 0);
}

/** Waits for the next frame as it is painted: sizes have been observed by then. */
export const frame = () =>
  new Promise<void>((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }),
  );
