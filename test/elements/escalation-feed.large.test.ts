import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { focused, parts, until } from './find.js';
import { blank, longTalk, numberOf, painted, read } from './long-talk.js';

const band = (box: HTMLElement) => {
  const { top, bottom } = box.getBoundingClientRect();
  return { top: Math.max(top, 0), bottom: Math.min(bottom, innerHeight) };
};

describe('a feed of 50,000 entries that scrolls itself', () => {
  it('begins at its end, has few rows, and each knows its place', async () => {
    const { feed, box, rows } = await longTalk(50_000, { height: '900px' });
    await until(() => box().scrollHeight - box().scrollTop - box().clientHeight < 2, 'not at its end');
    await painted();
    expect(numberOf(rows().at(-1)!)).to.equal(50_000);
    expect(rows().length).to.be.below(150);
    for (const row of rows()) {
      expect(row.getAttribute('aria-posinset')).to.equal(String(numberOf(row)));
      expect(row.getAttribute('aria-setsize')).to.equal('50000');
    }
    await expect(feed).to.be.accessible();
  });

  it('shows whatever is scrolled to, and never nothing', async () => {
    const { feed, box, rows } = await longTalk(50_000, { height: '900px' });
    await painted();
    for (const part of [0.5, 0.25, 0.999, 0.001, 0, 1]) {
      const { scrollHeight, clientHeight } = box();
      box().scrollTop = part * (scrollHeight - clientHeight);
      await painted();
      const { top, bottom } = band(box());
      expect(blank(feed, top, bottom), `blank at ${part}`).to.be.below(1);
      expect(rows().length).to.be.below(200);
      const seen = read(feed, { top, bottom })?.number ?? 0;
      expect(Math.abs(seen / 50_000 - part), `${seen} at ${part}`).to.be.below(0.02);
    }
    expect(numberOf(rows().at(-1)!)).to.equal(50_000);
    box().scrollTop = 0;
    await painted();
    expect(numberOf(rows()[0]!)).to.equal(1);
    expect(parts(feed, 'entries')[0]!.style.paddingBlockStart).to.equal('0px');
  });

  it('keeps the row with the focus, and the rows of a selection, which can be copied', async () => {
    const { feed, box, rows } = await longTalk(50_000, { height: '900px' });
    box().scrollTop = 100_000;
    await painted();
    const middle = Math.floor(rows().length / 2);
    const [first, second, third] = rows().slice(middle, middle + 3) as [
      HTMLElement,
      HTMLElement,
      HTMLElement,
    ];
    second.tabIndex = -1;
    second.focus();
    const from = first.querySelector('[part="entry-text"]')!.firstChild!;
    const to = third.querySelector('[part="entry-text"]')!;
    getSelection()!.setBaseAndExtent(from, 0, to, to.childNodes.length);
    for (const top of [0, 2_000_000, 3_000_000]) {
      box().scrollTop = top;
      await painted();
    }
    expect([first, second, third].map((row) => row.isConnected)).to.eql([true, true, true]);
    expect(focused(feed) === second).to.equal(true);
    expect(rows().length).to.be.below(250);
    const order = rows().map((row) => Number(row.getAttribute('aria-posinset')));
    expect(order).to.eql([...order].sort((a, b) => a - b));
    const copied = getSelection()!.toString();
    for (const row of [first, second, third]) expect(copied).to.contain(`Message ${numberOf(row)}.`);
  });

  it('by the keyboard: Home, End and Page Up', async function () {
    this.timeout(30_000);
    const { box, rows } = await longTalk(50_000, { height: '900px' });
    await painted();
    box().focus();
    await sendKeys({ press: 'Home' });
    await until(() => numberOf(rows()[0]!) === 1 && box().scrollTop === 0, 'not at the beginning');
    await sendKeys({ press: 'End' });
    await until(() => numberOf(rows().at(-1)!) === 50_000, 'not at the end');
    await until(() => box().scrollHeight - box().scrollTop - box().clientHeight < 2, 'not quite at the end');
    await painted();
    await painted();
    const { scrollTop } = box();
    await sendKeys({ press: 'PageUp' });
    await until(() => box().scrollTop < scrollTop, 'not further up');
  });
});

describe('a feed of 50,000 entries on a page that scrolls', () => {
  afterEach(() => scrollTo(0, 0));

  it('shows whatever is scrolled to; a feed that was not displayed draws when it is', async () => {
    const { feed, rows } = await longTalk(50_000);
    await painted();
    const page = document.scrollingElement!;
    for (const part of [0.5, 1, 0.2]) {
      page.scrollTop = part * (page.scrollHeight - innerHeight);
      await painted();
      expect(blank(feed, 0, innerHeight), `blank at ${part}`).to.be.below(1);
      expect(rows().length).to.be.below(200);
    }
    const home = feed.parentElement as HTMLElement;
    home.hidden = true;
    await feed.refresh();
    await painted();
    home.hidden = false;
    page.scrollTop = 1_000_000;
    await painted();
    expect(blank(feed, 0, innerHeight), 'blank').to.be.below(1);
    await expect(feed).to.be.accessible();
  });
});
