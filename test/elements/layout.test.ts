import { expect, html } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { EscalateCase, EscalationFeed } from 'escalation-elements';
import { byRole, choose, find, findText, parts, until } from './find.js';
import { caseOf, scene, type Scene, type SceneOptions } from './scene.js';

const LONG = 'Donaudampfschiff'.repeat(13).slice(0, 200);
const NAME = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmo';
const CASE = html`<escalate-case case-id="c-1"></escalate-case>`;
const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;

const longNames = (desk: Scene) =>
  desk.backend.change(({ escalations }) => {
    for (const { escalation, entries } of Object.values(escalations)) {
      if (escalation.owner) escalation.owner.name = NAME;
      for (const { author } of entries) author.name = NAME;
    }
  });

/** Everything drawn, that sticks out to the right of the window or scrolls sideways. */
function wide(element: Element): string[] {
  const all = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])];
  const names = (found: Element[]) => found.map((one) => `${one.localName} ${one.getAttribute('part')}`);
  return names([
    ...all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 0.5),
    ...all.filter((one) => {
      const scrolls = ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
      return scrolls && one.scrollWidth > one.clientWidth;
    }),
    ...(document.documentElement.scrollWidth > innerWidth ? [document.documentElement] : []),
  ]);
}

async function opened(options: SceneOptions = {}) {
  const element = await scene(options).draw<EscalateCase>(CASE);
  (await find(element, 'button', /^Escalate/)).click();
  await findText(element, /This case can be escalated|You can escalate from/);
  return element;
}
async function accepted(before?: (desk: Scene) => unknown) {
  const desk = scene();
  await desk.escalate();
  await desk.act({ kind: 'accept', importance: 'high', urgency: 'high', text: `We take it on. ${LONG}` });
  await desk.act({ kind: 'promise', text: LONG });
  await desk.post(`${LONG} https://example.com/${LONG}`);
  await before?.(desk);
  return desk;
}
const drawFeed = async (desk: Scene) => {
  const feed = await desk.draw<EscalationFeed>(FEED);
  await find(feed, 'textbox');
  await until(() => parts(feed, 'entry').length, 'no entries');
  return feed;
};

const long = { subject: LONG, lastUpdate: { ...caseOf().lastUpdate!, excerpt: LONG } };

describe('nothing is wider than the window', () => {
  after(() => setViewport({ width: 800, height: 600 }));
  for (const width of [320, 390]) {
    it(`at ${width} px: the dialog with its form`, async () => {
      await setViewport({ width, height: 700 });
      const element = await opened({ case: { ...long, priority: 'high' } });
      choose(await find(element, 'combobox'), 'Project Blocker');
      await findText(element, 'What will happen');
      byRole(element, 'button', 'Submit').click();
      await find(element, 'group', /missing/);
      parts(element, 'verdict-available')[0]?.querySelector('summary')?.click();
      await element.updateComplete;
      expect(wide(element).join(' ')).to.equal('');
      await expect(element).to.be.accessible();
    });

    it(`at ${width} px: the dialog, blocked`, async () => {
      await setViewport({ width, height: 700 });
      const by = { id: 'e-1', name: NAME, role: 'engineer' };
      const element = await opened({
        case: { ...long, priority: 'high', lastUpdate: { at: '2026-05-12T11:00:00Z', by, excerpt: LONG } },
      });
      expect(wide(element).join(' ')).to.equal('');
    });

    it(`at ${width} px: the feed`, async () => {
      await setViewport({ width, height: 700 });
      const feed = await drawFeed(await accepted(longNames));
      expect(wide(feed).join(' ')).to.equal('');
      await expect(feed).to.be.accessible();
    });

    it(`at ${width} px: the note`, async () => {
      await setViewport({ width, height: 700 });
      const element = await (await accepted(longNames)).draw<EscalateCase>(CASE);
      await findText(element, NAME);
      element.feedHref = '#feed';
      await find(element, 'link');
      expect(wide(element).join(' ')).to.equal('');
    });
  }

  it('the dialog is never higher than the window, and its buttons stay in sight', async () => {
    await setViewport({ width: 390, height: 500 });
    const element = await opened({ case: { ...long, priority: 'high' } });
    const { top, bottom } = byRole(element, 'dialog').getBoundingClientRect();
    expect(top).to.be.at.least(0);
    expect(bottom).to.be.at.most(innerHeight);
    expect(byRole(element, 'button', 'Submit').getBoundingClientRect().bottom).to.be.at.most(innerHeight);
  });
});

describe('the colours of the page', () => {
  afterEach(() => document.documentElement.style.removeProperty('color-scheme'));

  it('light and dark are followed by dialog and feed', async () => {
    const element = await opened();
    const feed = await drawFeed(await accepted());
    const backgrounds = () =>
      [byRole(element, 'dialog'), parts(feed, 'feed')[0]!].map(
        (one) => getComputedStyle(one).backgroundColor,
      );
    document.documentElement.style.colorScheme = 'light';
    expect(backgrounds()).to.eql(['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
    document.documentElement.style.colorScheme = 'dark';
    expect(backgrounds()).to.eql(['rgb(22, 25, 31)', 'rgb(22, 25, 31)']);
    await expect(element).to.be.accessible();
    element.close();
    await expect(feed).to.be.accessible();
  });
});

describe('motion', () => {
  after(() => emulateMedia({ reducedMotion: 'reduce' }));
  const durations = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((one) => {
      const { animationDuration, transitionDuration } = getComputedStyle(one);
      return [animationDuration, transitionDuration];
    });

  it('is short', async () => {
    await emulateMedia({ reducedMotion: 'no-preference' });
    const element = await opened();
    expect(new Set(durations(element))).to.eql(new Set(['0s', '0.16s']));
  });

  it('is none for those who want less', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const element = await opened();
    expect(new Set(durations(element))).to.eql(new Set(['0s']));
    const feed = await drawFeed(await accepted());
    expect(new Set(durations(feed))).to.eql(new Set(['0s']));
  });
});
