import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { User } from '../../src/core/model.js';
import { byRole, expectNone, find, findText, parts, textOf, until, untilFocused, write } from './find.js';
import { hostile } from './hostile.js';
import { people, scene, type SceneOptions } from './scene.js';

type Field = HTMLTextAreaElement;
const FOLLOW = 'Follow this escalation';
const WHY = 'Does this affect you, too? Follow it, and say how.';

async function drawn(user: User = people.colleague, options: SceneOptions = {}) {
  const desk = scene({ user, ...options });
  await desk.escalate();
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  await find(feed, 'list', 'Progress');
  return { desk, feed };
}
const joined = (feed: EscalationFeed) => parts(feed, 'join').map(textOf);
async function open(feed: EscalationFeed) {
  (await find(feed, 'button', FOLLOW)).click();
  return find<Field>(feed, 'textbox', /^How does it affect you/);
}
const submit = (feed: EscalationFeed) => byRole(feed, 'button', 'Follow').click();

describe('a colleague whom it affects, too', () => {
  it('follows it and says how; that is a message', async () => {
    const { desk, feed } = await drawn();
    await findText(feed, WHY);
    await expect(feed).to.be.accessible();
    const field = await open(feed);
    await untilFocused(feed, field);
    await expect(feed).to.be.accessible();
    write(field, 'Our site in Oslo stands still.');
    submit(feed);
    await findText(feed, 'You follow this escalation.');
    await until(() => feed.shadowRoot?.activeElement?.matches('[data-done]'), 'the focus is elsewhere');
    expect(joined(feed)).to.eql(['You follow this escalation.']);
    await findText(feed, /You 10:00 AM Our site in Oslo stands still/);
    expect((await desk.entries()).at(-1)).to.include({
      kind: 'message',
      text: 'Our site in Oslo stands still.',
    });
    const { followers } = Object.values((await desk.backend.read()).escalations)[0]!;
    expect(followers).to.eql(['u-2']);
    expectNone(feed, 'button', FOLLOW);
    await expect(feed).to.be.accessible();
  });

  it('needs to say nothing', async () => {
    const { desk, feed } = await drawn();
    await open(feed);
    submit(feed);
    await findText(feed, 'You follow this escalation.');
    expect(desk.sent(/actions/).at(-1)?.body).to.eql({ kind: 'follow' });
  });

  it('says how many do', async () => {
    const { desk, feed } = await drawn();
    const others = (followers: string[]) =>
      desk.backend.change(({ escalations }) => {
        for (const row of Object.values(escalations)) Object.assign(row, { followers });
      });
    await others(['u-8']);
    await feed.refresh();
    await findText(feed, 'Followers: 1.');
    await others(['u-8', 'u-9']);
    await open(feed);
    submit(feed);
    await findText(feed, 'You follow this escalation. Followers: 3.');
  });

  it('offline: not done, and the text is kept', async () => {
    const { desk, feed } = await drawn();
    write(await open(feed), 'Us, too.');
    desk.fail('offline', /actions/);
    submit(feed);
    await findText(feed, 'Not done: the connection was lost.');
    expect((await find<Field>(feed, 'textbox', /affect you/)).value).to.equal('Us, too.');
    desk.fail(null);
    submit(feed);
    await findText(feed, 'You follow this escalation.');
    expect((await desk.entries()).filter(({ text }) => text === 'Us, too.')).to.have.length(1);
  });

  it('where messages go by e-mail there is nothing to say: it follows at once', async () => {
    const { desk, feed } = await drawn(people.colleague, { case: { program: 'fedramp-engage' } });
    (await find(feed, 'button', FOLLOW)).click();
    await findText(feed, 'You follow this escalation.');
    expect(desk.sent(/actions/).at(-1)?.body).to.eql({ kind: 'follow' });
    expectNone(feed, 'textbox');
  });

  it('what they say is text', async () => {
    const { feed, desk } = await drawn();
    const { payload } = hostile[0]!;
    write(await open(feed), payload);
    submit(feed);
    await findText(feed, 'You follow this escalation.');
    await findText(feed, payload);
    expect(feed.shadowRoot!.querySelectorAll('img')).to.be.empty;
    expect((await desk.entries()).at(-1)?.text).to.equal(payload);
  });
});

describe('who is not asked to follow', () => {
  it('the requester, who only hears how many do', async () => {
    const { desk, feed } = await drawn(people.customer);
    expect(joined(feed)).to.eql([]);
    await desk.act({ kind: 'follow' }, people.colleague);
    await feed.refresh();
    await findText(feed, 'Followers: 1.');
    expectNone(feed, 'button', FOLLOW);
  });

  it('the owner, and nobody once it is over', async () => {
    expect(joined((await drawn(people.owner)).feed)).to.eql([]);
    const { desk, feed } = await drawn();
    await find(feed, 'button', FOLLOW);
    await desk.act({ kind: 'withdraw' }, people.customer);
    await feed.refresh();
    await findText(feed, 'Withdrawn by Priya Nair');
    expect(joined(feed)).to.eql([]);
  });
});
