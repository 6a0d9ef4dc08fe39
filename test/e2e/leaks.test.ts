import type { CDPSession, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOf } from '../desk.js';
import { eventually, inBrowser } from './browser.js';
import { page, servePortal, type Portal } from './site.js';

/** What elements leave behind that come and go, as in a page that changes its view without being loaded anew. */

const CYCLES = 20;
const AT_ONCE = 50;
const ELEMENTS: Record<string, { markup: string; drawn: string }> = {
  'escalate-case': { markup: '<escalate-case case-id="c-2"></escalate-case>', drawn: '[part~="trigger"]' },
  'escalation-feed': {
    markup: '<escalation-feed case-id="c-1"></escalation-feed>',
    drawn: '[part~="entry"]',
  },
  'escalation-review': {
    markup: '<escalation-review endpoint="/as/owner/api" case-id="c-1"></escalation-review>',
    drawn: '[part~="entry"]',
  },
};

const visit = inBrowser();
let portal: Portal;
/** Streams of events that are open at the server. */
let streams: number;

beforeEach(async () => {
  portal = await servePortal([caseOf(), caseOf({ id: 'c-2', number: '00481999' })]);
  streams = 0;
  portal.instead = ({ url, signal }) => {
    if (!url.endsWith('/events')) return null;
    streams++;
    signal.addEventListener('abort', () => streams--, { once: true });
    return null;
  };
  await portal.escalate('c-1');
});
afterEach(() => portal.close());

/** Counts the timers that are waiting. */
function countTimers(): void {
  const waiting = new Set<number>();
  Object.assign(window, { waiting });
  const { setTimeout, setInterval, clearTimeout, clearInterval } = window;
  const set = (make: typeof setTimeout, once: boolean) =>
    ((work: () => void, ...rest: []) => {
      const id = make(
        () => {
          if (once) waiting.delete(id);
          work();
        },
        ...rest,
      );
      waiting.add(id);
      return id;
    }) as typeof setTimeout;
  const clear = (stop: typeof clearTimeout) => (id?: number) => {
    waiting.delete(id as number);
    stop(id);
  };
  Object.assign(window, {
    setTimeout: set(setTimeout, true),
    setInterval: set(setInterval as typeof setTimeout, false),
    clearTimeout: clear(clearTimeout),
    clearInterval: clear(clearInterval),
  });
}

/** How many objects have this prototype. @param expression of the prototype, in the page */
async function objects(devtools: CDPSession, expression: string): Promise<number> {
  const { result } = await devtools.send('Runtime.evaluate', { expression });
  const found = await devtools.send('Runtime.queryObjects', { prototypeObjectId: result.objectId as string });
  const counted = await devtools.send('Runtime.callFunctionOn', {
    objectId: found.objects.objectId,
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await devtools.send('Runtime.releaseObject', { objectId: found.objects.objectId as string });
  return counted.result.value as number;
}

/** All that is there after a collection. */
async function left(tab: Page, devtools: CDPSession) {
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const timers = await tab.evaluate(() => (window as unknown as { waiting: Set<number> }).waiting.size);
  return { nodes, listeners: jsEventListeners, timers, streams };
}
/** What scripts have made, in bytes; the heap has what the engine has compiled, too. */
async function heap(devtools: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const hear = ({ chunk }: { chunk: string }) => void chunks.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await devtools.send('HeapProfiler.takeHeapSnapshot');
  devtools.off('HeapProfiler.addHeapSnapshotChunk', hear);
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as {
    snapshot: { meta: { node_fields: string[]; node_types: [string[]] } };
    nodes: number[];
  };
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const made = ['object', 'closure', 'string', 'concatenated string', 'number'].map((type) =>
    types[0].indexOf(type),
  );
  const size = fields.indexOf('self_size');
  let sum = 0;
  for (let i = 0; i < nodes.length; i += fields.length) if (made.includes(nodes[i]!)) sum += nodes[i + size]!;
  return sum;
}

/** Puts some of each there, and takes them away: after so many frames, or once all is drawn and a dialog is open. */
const cycle = (tab: Page, frames: number | 'drawn') =>
  tab.evaluate(
    async ({ elements, count, frames }) => {
      const stage = document.querySelector('main') as HTMLElement;
      const all = elements.map(({ markup }) => markup.repeat(count)).join('');
      stage.append(document.createRange().createContextualFragment(all));
      const missing = () =>
        elements.find(({ drawn }, i) => {
          const host = stage.children[(i + 1) * count - 1] as HTMLElement;
          return !host.shadowRoot?.querySelector(drawn);
        });
      const end = performance.now() + 10_000;
      for (let n = 0; frames === 'drawn' ? missing() : n < frames; n++) {
        if (performance.now() > end) throw new Error(`Not drawn: ${missing()?.markup}`);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      const first = stage.firstElementChild as HTMLElement & { show(): Promise<boolean> };
      if (frames === 'drawn') await first.show();
      stage.replaceChildren();
    },
    { elements: Object.values(ELEMENTS), count: AT_ONCE, frames },
  );

const manner = (n: number) => (n % 10 === 0 ? 'drawn' : n % 10);

describe('1,000 mounts and unmounts of each element at a live help desk', () => {
  it('leave no subscription, timer, listener, node or object', async () => {
    await visit.context.addInitScript(countTimers);
    portal.html = page(
      '<main></main>',
      `<script type="module">
        import { configure } from '/cdn/escalation-elements.js';
        window.desk = configure({ endpoint: '/api' }).desk;
      </script>`,
    );
    const tab = await visit.open(portal.origin);
    const devtools = await visit.context.newCDPSession(tab);
    // All that comes once is there; then until nobody waits for a desk any more (3 s).
    await cycle(tab, 0);
    for (let n = 0; n < 4; n++) await cycle(tab, manner(n));
    const before = await settled(tab, devtools);
    const bytes = await heap(devtools);
    expect(before.streams).toBe(0);

    for (let n = 0; n < CYCLES; n++) await cycle(tab, manner(n));

    await eventually(() => left(tab, devtools)).toEqual(before);
    // Of one object each it would be ten times that.
    expect((await heap(devtools)) - bytes).toBeLessThan(CYCLES * AT_ONCE * 10);
    for (const tag of Object.keys(ELEMENTS))
      expect(await objects(devtools, `customElements.get('${tag}').prototype`), tag).toBe(0);
    // One is made by asking.
    expect(
      await objects(devtools, "Object.getPrototypeOf(desk.session('c-3'))"),
      'sessions',
    ).toBeLessThanOrEqual(1);
  }, 120_000);
});

/** Until two looks, half a second apart, see the same, and no timer of an element is waiting. */
async function settled(tab: Page, devtools: CDPSession) {
  let last = await left(tab, devtools);
  await eventually(async () => {
    const now = await left(tab, devtools);
    const isSame = JSON.stringify(now) === JSON.stringify(last);
    last = now;
    return isSame && now.timers === 0;
  }).toBe(true);
  return last;
}
