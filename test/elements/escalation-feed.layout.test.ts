import { expect, html } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { EscalationFeed } from 'escalation-elements';
import { byRole, find, findText, parts, textOf, until } from './find.js';
import { people, scene } from './scene.js';

async function talking() {
  const desk = scene();
  await desk.escalate();
  await desk.act({ kind: 'accept', importance: 'high', urgency: 'high', text: 'We take it on.' });
  await desk.post('It is on its way.');
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  await find(feed, 'textbox');
  await until(() => parts(feed, 'entry').length, 'no entries');
  return { desk, feed };
}
/** The look of what is drawn before a part. */
const mark = (feed: EscalationFeed, part: string) => {
  const icon = parts(feed, part)[0]!.querySelector('[part="step-icon"]')!;
  const { borderTopWidth, borderTopStyle } = getComputedStyle(icon, '::before');
  return `${borderTopStyle} ${borderTopWidth} ${icon.querySelector('svg path')?.getAttribute('d') ?? ''}`;
};

describe('the feed, however it is looked at', () => {
  afterEach(async () => {
    await emulateMedia({ media: 'screen', forcedColors: 'none', reducedMotion: 'reduce' });
    await setViewport({ width: 800, height: 600 });
    document.documentElement.removeAttribute('dir');
  });

  it('at 320 px and from right to left: nothing sticks out, and own messages are at the other end', async () => {
    await setViewport({ width: 320, height: 700 });
    document.documentElement.dir = 'rtl';
    const { desk, feed } = await talking();
    await desk.post('I see.', people.customer);
    await feed.refresh();
    await findText(feed, 'I see.');
    for (const one of feed.shadowRoot!.querySelectorAll<HTMLElement>('*')) {
      if (!one.checkVisibility() || one.closest('.hidden, [part="step-label"]')) continue;
      const { left, right } = one.getBoundingClientRect();
      expect(left, one.outerHTML.slice(0, 80)).to.be.at.least(-0.5);
      expect(right, one.outerHTML.slice(0, 80)).to.be.at.most(innerWidth + 0.5);
    }
    const end = (part: string) =>
      parts(feed, part).at(-1)!.querySelector('[part="entry-text"]')!.getBoundingClientRect();
    expect(end('entry-mine').left).to.be.below(end('entry-theirs').left);
    await expect(feed).to.be.accessible();
  });

  it('with forced colours: steps differ by shape', async () => {
    const { feed } = await talking();
    await emulateMedia({ forcedColors: 'active' });
    const looks = ['step-done', 'step-current', 'step-todo'].map((part) => mark(feed, part));
    expect(new Set(looks).size, looks.join(' | ')).to.equal(3);
    for (const look of looks) expect(look).to.match(/^solid [2-9]/);
  });

  it('printed: all that is loaded with absolute times, nothing to press or to type', async () => {
    const { feed } = await talking();
    await emulateMedia({ media: 'print' });
    expect(parts(feed, 'entry').every((row) => row.checkVisibility())).to.equal(true);
    const seen = ['composer', 'button']
      .flatMap((part) => parts(feed, part))
      .filter((one) => one.checkVisibility());
    expect(seen.map((one) => textOf(one))).to.eql([]);
    expect(textOf(parts(feed, 'next-update')[0])).to.match(/^Next update by Wed 10:00 AM$/);
    expect(getComputedStyle(parts(feed, 'feed')[0]!).colorScheme).to.equal('light');
  });

  it('with a limited height: the conversation scrolls, from its end, and an older page keeps what is read in place', async () => {
    const desk = scene();
    await desk.escalate();
    await desk.act({ kind: 'take' });
    for (let n = 1; n <= 60; n++) await desk.post(`Message ${n}`);
    const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
    feed.style.setProperty('--escalation-feed-max-block-size', '900px');
    await findText(feed, 'Message 60');
    const box = byRole(feed, 'region', 'Conversation');
    expect(box.scrollHeight).to.be.above(box.clientHeight + 100);
    const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < 2;
    await until(atEnd, 'it does not begin at its end');
    box.scrollTop = 0;
    const first = parts(feed, 'entry-text')[0]!;
    const { top } = first.getBoundingClientRect();
    const older = byRole(feed, 'button', 'Show older');
    const open = desk.hold(/before=/);
    older.click();
    expect((await find(feed, 'button', 'Loading…')).getAttribute('aria-disabled')).to.equal('true');
    open();
    await until(() => parts(feed, 'entry').length > 60, 'nothing older came');
    await feed.updateComplete;
    await until(() => box.scrollTop > 0, 'it has jumped');
    // The button that was above it has gone.
    expect(Math.abs(first.getBoundingClientRect().top - top)).to.be.below(2);
  });

  it('has what the page says where one may read on, and else the links of the policy', async () => {
    const { feed } = await talking();
    expect(parts(feed, 'help').map(textOf)).to.eql(['Case escalation process More training']);
    const own = document.createElement('a');
    Object.assign(own, { slot: 'help', href: '#training', textContent: 'Our training' });
    feed.append(own);
    await until(() => textOf(parts(feed, 'help')[0]) === 'Our training', 'not the page’s own');
    await expect(feed).to.be.accessible();
  });
});
