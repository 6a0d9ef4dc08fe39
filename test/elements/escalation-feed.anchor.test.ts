import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import fc from 'fast-check';
import { allByRole, byRole, parts, queryRole } from './find.js';
import { blank, frame, longTalk, painted, read, topOf, wordsOf } from './long-talk.js';

/** Whatever happens around it, what is read stays where it is. */

type Talk = Awaited<ReturnType<typeof longTalk>>;
interface Scroller {
  /** What is seen, in client coordinates. */
  band(): { top: number; bottom: number };
  position: number;
  readonly most: number;
}
const scrollerOf = (element: Element): Scroller => ({
  band: () => {
    const { top, bottom } = element.getBoundingClientRect();
    return element === document.scrollingElement
      ? { top: 0, bottom: innerHeight }
      : { top: Math.max(top, 0), bottom: Math.min(bottom, innerHeight) };
  },
  get position() {
    return element.scrollTop;
  },
  set position(value) {
    element.scrollTop = value;
  },
  get most() {
    return element.scrollHeight - element.clientHeight;
  },
});

type Step =
  | { kind: 'scroll'; to: number }
  | { kind: 'by'; pixels: number }
  | { kind: 'append'; count: number }
  | { kind: 'older' }
  | { kind: 'width'; pixels: number }
  | { kind: 'fold'; row: number };
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('scroll' as const), to: fc.integer({ min: 0, max: 1000 }) }),
  fc.record({ kind: fc.constant('by' as const), pixels: fc.integer({ min: -1500, max: 1500 }) }),
  fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('older' as const) }),
  fc.record({ kind: fc.constant('width' as const), pixels: fc.integer({ min: 330, max: 800 }) }),
  fc.record({ kind: fc.constant('fold' as const), row: fc.nat(30) }),
);

/** Does a step. @returns which row has to be where it was, and where that was; undefined: none has */
async function take(step: Step, { feed, add }: Talk, scroller: Scroller) {
  const before = read(feed, scroller.band());
  const list = parts(feed, 'entries')[0]!.getBoundingClientRect();
  const { top, bottom } = scroller.band();
  switch (step.kind) {
    case 'scroll':
      scroller.position = (step.to / 1000) * scroller.most;
      return undefined;
    case 'by':
      scroller.position += step.pixels;
      return undefined;
    case 'append': {
      const isAtEnd = list.bottom < bottom + 60;
      await add(...Array.from({ length: step.count }, () => 'Another one.'));
      return isAtEnd ? undefined : before;
    }
    case 'older': {
      const older = queryRole(feed, 'button', 'Show older');
      if (!older) return undefined;
      older.click();
      await frame();
      return before;
    }
    case 'width': {
      // Who sees what is above the list sees that change its height, too.
      const isInside = list.top < top;
      (feed.parentElement as HTMLElement).style.width = `${step.pixels}px`;
      return isInside ? before : undefined;
    }
    case 'fold': {
      const buttons = allByRole(feed, 'button', /^Show (all|less)$/);
      const button = buttons[step.row % (buttons.length || 1)];
      const row = button?.closest<HTMLElement>('[part~="entry"]');
      if (!button || !row) return undefined;
      const box = row.getBoundingClientRect();
      const isSeen = box.bottom > top && box.top < bottom;
      const y = topOf(row) - top;
      const isFolded = button.textContent?.trim() === 'Show all';
      button.click();
      await feed.updateComplete;
      if (!isSeen) return list.top < top ? before : undefined;
      return isFolded ? { row, y } : undefined;
    }
  }
}

async function holds(talk: Talk, element: Element): Promise<void> {
  const scroller = scrollerOf(element);
  await painted();
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 3, maxLength: 8 }), async (all) => {
      for (const step of all) {
        const held = await take(step, talk, scroller);
        await frame();
        if (held?.row.isConnected) {
          const top = topOf(held.row) - scroller.band().top;
          expect(Math.abs(top - held.y), `${JSON.stringify(step)}: "${wordsOf(held.row)}"`).to.be.at.most(1);
        } else expect(held === undefined, `${JSON.stringify(step)}: what was read has gone`).to.equal(true);
        // What is scrolled to by hand is drawn one frame later at most.
        await painted();
        const { top, bottom } = scroller.band();
        expect(blank(talk.feed, top, bottom), `blank after ${JSON.stringify(step)}`).to.be.below(1);
        expect(parts(talk.feed, 'entry').length).to.be.below(250);
      }
    }),
    { numRuns: 8, seed: 51, endOnFailure: true, includeErrorInReport: true },
  );
}

/** Some long texts among the others, that can be folded. */
async function talk(height?: string) {
  const made = await longTalk(3000, { first: 400, page: 100, long: 6, ...(height && { height }) });
  expect(byRole(made.feed, 'button', 'Show older').checkVisibility()).to.equal(true);
  return made;
}

describe('what is read stays where it is', function () {
  this.timeout(60_000);
  afterEach(async () => {
    document.documentElement.dir = '';
    scrollTo(0, 0);
    await setViewport({ width: 800, height: 600 });
  });

  it('where the feed scrolls', async () => {
    const made = await talk('800px');
    await holds(made, made.box());
  });

  it('where the page scrolls, from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const made = await talk();
    await holds(made, document.scrollingElement!);
  });

  it('where something around it scrolls, across shadow roots', async () => {
    const made = await talk();
    const outer = document.createElement('div');
    const root = outer.attachShadow({ mode: 'open' });
    const port = Object.assign(document.createElement('div'), { innerHTML: '<slot></slot>' });
    port.style.cssText = 'block-size: 500px; overflow: auto';
    root.append(port);
    made.feed.parentElement!.append(outer);
    outer.append(made.feed);
    await holds(made, port);
  });

  for (const anchor of ['auto', 'none'])
    it(`once, whether the browser anchors by itself or not: ${anchor}`, async () => {
      const made = await talk('800px');
      const box = made.box();
      box.style.setProperty('overflow-anchor', anchor);
      document.documentElement.style.setProperty('overflow-anchor', anchor);
      await holds(made, box);
      document.documentElement.style.removeProperty('overflow-anchor');
    });
});
