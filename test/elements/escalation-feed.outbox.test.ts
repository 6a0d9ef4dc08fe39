import { expect, html } from '@open-wc/testing';
import type { EscalationFeed, EscalationReview } from 'escalation-elements';
import { stored } from './browser.js';
import { byRole, find, findText, parts, queryRole, textOf, until, write } from './find.js';
import { MINUTE, people, scene, type SceneOptions } from './scene.js';

/** What is written in a feed or a form of the owner, and has not arrived: it survives what happens to the page. */

const POST = /^POST .*entries/;
const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;
const REVIEW = html`<escalation-review case-id="c-1"></escalation-review>`;
const WRITING = 'You are also writing this in another tab.';

async function composing(options: SceneOptions = {}) {
  const desk = scene(options);
  await desk.escalate();
  await desk.act({ kind: 'take' });
  const feed = await desk.draw<EscalationFeed>(FEED);
  const field = await find<HTMLTextAreaElement>(feed, 'textbox', 'Message to Sam Okoro');
  const send = async (text: string) => {
    write(field, text);
    await feed.updateComplete;
    byRole(feed, 'button', 'Send').click();
  };
  return { desk, feed, field, send };
}
const isSent = (feed: Element) =>
  until(() => !queryRole(feed, 'button', 'Retry') && !textOf(feed).includes('Sending'), 'it is not sent');

describe('a message that could not be sent', () => {
  it('offline, typed, online again: delivered once, by itself', async () => {
    const { desk, feed, send } = await composing();
    desk.fail('offline');
    await send('Is there news?');
    await find(feed, 'button', 'Retry');
    desk.fail(null);
    desk.pass(MINUTE);
    dispatchEvent(new Event('online'));
    await isSent(feed);
    expect((await desk.entries()).filter(({ text }) => text === 'Is there news?')).to.have.length(1);
    expect(new Set(desk.sent(POST).map(({ key }) => key)).size).to.equal(1);
  });

  it('its sign-in expired: text kept, signed in again, delivered once', async () => {
    const { desk, feed, send } = await composing();
    desk.fail('401');
    await send('Is there news?');
    await findText(feed, 'Not sent: your sign-in has expired.');
    await feed.refresh();
    desk.fail(null);
    await feed.refresh();
    await isSent(feed);
    expect((await desk.entries()).filter(({ text }) => text === 'Is there news?')).to.have.length(1);
  });

  it('is not for the next escalation of the case', async () => {
    const { desk, feed, send } = await composing();
    desk.fail('offline', POST);
    await send('Only for this one.');
    await find(feed, 'button', 'Retry');
    desk.fail(null);
    const kept = { ...sessionStorage };
    feed.remove();
    Object.assign(sessionStorage, kept);
    await desk.act({ kind: 'decline', text: 'Not now.', criteria: [] });
    await desk.escalate();
    const next = await desk.draw<EscalationFeed>(FEED);
    await find(next, 'textbox', /^Message to/);
    desk.pass(MINUTE);
    dispatchEvent(new Event('focus'));
    await next.refresh();
    expect(textOf(next)).not.to.contain('Only for this one.');
    expect(desk.sent(POST)).to.have.length(5);
    expect(stored(), 'it is not thrown away either').to.contain('Only for this one.');
  });
});

describe('what is kept', () => {
  for (const [what, value] of Object.entries({
    'no JSON': '{',
    'of another version': JSON.stringify({ at: Date.now(), value: { message: 'x' } }),
    'of other types': JSON.stringify({ at: Date.now(), value: { text: 7, unsent: [] } }),
    forged: JSON.stringify({ at: Date.now(), value: { text: 'x', unsent: [{ clientId: '<img>' }] } }),
  }))
    it(`and is ${what} is removed (S03)`, async () => {
      const { desk, feed, field } = await composing();
      write(field, 'Mine');
      const [name = ''] = Object.keys(sessionStorage);
      feed.remove();
      sessionStorage.setItem(name, value);
      const next = await desk.draw<EscalationFeed>(FEED);
      const again = await find<HTMLTextAreaElement>(next, 'textbox', /^Message to/);
      expect(again.value).to.equal('');
      expect(sessionStorage.getItem(name)).to.equal(null);
    });
});

describe('the owner’s forms', () => {
  async function reviewing() {
    const desk = scene({ user: people.owner });
    await desk.escalate();
    await desk.act({ kind: 'take' });
    return { desk, review: await desk.draw<EscalationReview>(REVIEW) };
  }
  async function declining(review: EscalationReview) {
    (await find(review, 'button', 'Decline')).click();
    return find<HTMLTextAreaElement>(review, 'textbox', /customer/i);
  }

  it('keep what is typed over a reload of the tab, each its own, until it is done', async () => {
    const { desk, review } = await reviewing();
    write(await declining(review), 'We are sorry.');
    const kept = stored();
    expect(kept).to.contain('We are sorry.');
    review.remove();
    const next = await desk.draw<EscalationReview>(REVIEW);
    expect((await declining(next)).value).to.equal('We are sorry.');
  });

  it('nothing of it is the next user’s', async () => {
    const { desk, review } = await reviewing();
    write(await declining(review), 'We are sorry.');
    review.remove();
    desk.user = { ...people.owner, id: 'o-2' };
    const next = await desk.draw<EscalationReview>(REVIEW);
    await next.refresh();
    expect(textOf(next)).not.to.contain('We are sorry.');
    desk.user = people.owner;
    const mine = await desk.draw<EscalationReview>(REVIEW);
    expect((await declining(mine)).value).to.equal('We are sorry.');
  });
});

describe('the same message in another tab', () => {
  it('is said, without any text, as long as both write', async () => {
    const whose = JSON.stringify(['u-1', 'https://desk.test/api', 'genesys', 'c-1', '']);
    const other = new BroadcastChannel(`escalation-elements writing message ${whose}`);
    const heard: unknown[] = [];
    other.onmessage = ({ data }) => heard.push(data);
    const { feed, field } = await composing();
    write(field, 'Half a sentence');
    await until(() => heard.length, 'the other tab hears nothing');
    expect(JSON.stringify(heard)).not.to.contain('sentence');
    other.postMessage({ v: 1, from: 7, writes: true });
    await findText(feed, WRITING);
    expect(parts(feed, 'draft-elsewhere')).to.have.length(1);
    await expect(feed).to.be.accessible();
    other.postMessage({ v: 1, from: 7, writes: false });
    await until(() => !textOf(feed).includes(WRITING), 'it is still said');
    feed.remove();
    await until(() => (heard.at(-1) as { writes: boolean }).writes === false, 'the other tab is not told');
    other.close();
  });
});
