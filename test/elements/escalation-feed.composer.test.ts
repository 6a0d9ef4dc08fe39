import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import {
  allByRole,
  byRole,
  descriptionOf,
  find,
  findText,
  focused,
  heard,
  nameOf,
  parts,
  queryRole,
  textOf,
  until,
  write,
} from './find.js';
import { people, scene, type Scene, type SceneOptions } from './scene.js';

const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;
const MOVE = 'Post to the Case Feed instead';
const NOTES = /^POST .*notes/;
const POST = /^POST .*entries/;

/** An escalation that Sam Okoro has taken, and the composer of its feed. */
async function composing(options: SceneOptions = {}, before?: (desk: Scene) => unknown) {
  const desk = scene(options);
  await desk.escalate();
  await desk.act({ kind: 'take' });
  await before?.(desk);
  const feed = await desk.draw<EscalationFeed>(FEED);
  const field = await find<HTMLTextAreaElement>(feed, 'textbox', 'Message to Sam Okoro');
  const type = async (text: string) => {
    write(field, text);
    await feed.updateComplete;
  };
  const press = (name: string) => byRole(feed, 'button', name).click();
  return { desk, feed, field, type, press };
}
/** The same page after a reload of the tab. */
const reloaded = async (desk: Scene) => {
  const feed = await desk.draw<EscalationFeed>(FEED);
  return { feed, field: await find<HTMLTextAreaElement>(feed, 'textbox', /^Message to/) };
};
const said = (feed: EscalationFeed) => allByRole(feed, 'status').map(textOf).join();

beforeEach(() => sessionStorage.clear());

describe('“Post to the Case Feed instead” (G40, G41)', () => {
  it('puts the text on the case, says so, and empties the field', async () => {
    const { desk, feed, field, type, press } = await composing();
    const asked = heard(document, 'escalation-move-to-case');
    await type('Stack trace: at com.acme.Export');
    const open = desk.hold(NOTES);
    press(MOVE);
    const busy = await find(feed, 'button', 'Posting…');
    expect(busy.getAttribute('aria-disabled')).to.equal('true');
    expect(field.readOnly).to.equal(true);
    await expect(feed).to.be.accessible();
    busy.click();
    byRole(feed, 'button', 'Send').click();
    open();
    await findText(feed, 'Your text is in the Case Feed now.');
    await expect(feed).to.be.accessible();
    expect(said(feed)).to.equal('Your text is in the Case Feed now.');
    expect(desk.sent(NOTES).map(({ body }) => body)).to.eql([
      { kind: 'moved', text: 'Stack trace: at com.acme.Export' },
    ]);
    expect(desk.sent(POST)).to.be.empty;
    expect([field.value, field.readOnly]).to.eql(['', false]);
    const [escalation] = await desk.escalations();
    expect(asked).to.eql([{ escalationId: escalation?.id }]);
    expect((await reloaded(desk)).field.value, 'nothing is left of it').to.equal('');
    await type('Next.');
    expect(parts(feed, 'notice-success'), 'the notice has been read').to.be.empty;
  });

  it('needs a text', async () => {
    const { desk, feed, field, press } = await composing();
    press(MOVE);
    await findText(feed, 'Write a message first.');
    expect(focused(feed) === field).to.equal(true);
    expect(desk.sent(NOTES)).to.be.empty;
  });

  it('is the page’s when it wants it to be', async () => {
    const { desk, feed, field, type, press } = await composing();
    feed.addEventListener('escalation-move-to-case', (event) => event.preventDefault());
    await type('For the page.');
    press(MOVE);
    await feed.updateComplete;
    expect(desk.sent(NOTES)).to.be.empty;
    expect(field.value).to.equal('For the page.');
    byRole(feed, 'button', MOVE);
  });

  it('that fails keeps the text, says why, and can be tried again', async () => {
    const { desk, feed, field, type, press } = await composing();
    await type('Stack trace');
    desk.fail('offline', NOTES);
    press(MOVE);
    await findText(feed, 'Not posted to the Case Feed: the connection was lost. Your text is still here.');
    await expect(feed).to.be.accessible();
    expect(said(feed)).to.contain('Not posted');
    expect(field.value).to.equal('Stack trace');
    desk.fail('401', NOTES);
    byRole(parts(feed, 'composer')[0]!, 'button', 'Try again').click();
    await findText(feed, 'your sign-in has expired');
    desk.fail(null);
    byRole(parts(feed, 'composer')[0]!, 'button', 'Try again').click();
    await findText(feed, 'Your text is in the Case Feed now.');
    expect(desk.sent(NOTES).at(-1)?.body).to.eql({ kind: 'moved', text: 'Stack trace' });
    expect(new Set(desk.sent(NOTES).map(({ key }) => key)).size, 'one key: one note').to.equal(1);
  });

  it('is not there where this user cannot write on the case', async () => {
    const { feed } = await composing({}, async (desk) => {
      const load = desk.configuration.fetch!;
      const found = await load('https://desk.test/api/cases/c-1', { headers: { 'X-User': 'u-1' } });
      const state = (await found.json()) as { can: object };
      desk.answer = ({ path }) =>
        path === '/cases/c-1' ? Response.json({ ...state, can: { ...state.can, note: false } }) : undefined;
    });
    expect(queryRole(feed, 'button', MOVE)).to.equal(null);
  });
});

describe('what is being written', () => {
  it('survives a reload of the tab, until it is sent', async () => {
    const { desk, type } = await composing();
    await type('Half a sentence');
    const second = await reloaded(desk);
    expect(second.field.value).to.equal('Half a sentence');
    byRole(second.feed, 'button', 'Send').click();
    await findText(second.feed, 'Sent');
    expect((await reloaded(desk)).field.value).to.equal('');
  });

  it('is not shown to the next user', async () => {
    const { desk, feed, type } = await composing();
    const text = () => queryRole<HTMLTextAreaElement>(feed, 'textbox')?.value;
    await type('Only mine');
    desk.user = people.colleague;
    await feed.refresh();
    await until(() => text() === '', 'the text of somebody else');
    desk.user = people.customer;
    await feed.refresh();
    await until(() => text() === 'Only mine', 'the text is lost');
  });

  it('a message whose fate is unknown comes back as not sent, and is sent again with its key', async () => {
    const { desk, feed, type, press } = await composing();
    desk.fail('lost', POST);
    await type('Is there news?');
    press('Send');
    await findText(feed, 'Not sent: the connection was lost.');
    const stored = { ...sessionStorage };
    feed.remove();
    Object.assign(sessionStorage, stored);
    desk.fail('offline', /entries/);
    // Another desk: nothing of the old page is left but what the tab has kept.
    const again = scene();
    await again.escalate();
    await again.act({ kind: 'take' });
    const { feed: next, field } = await reloaded(again);
    await findText(next, 'Is there news? Not sent');
    expect(field.value).to.equal('');
    byRole(next, 'button', 'Retry').click();
    await until(() => !queryRole(next, 'button', 'Retry') && !textOf(next).includes('Sending'), 'not sent');
    expect(again.sent(POST)[0]?.key).to.equal(desk.sent(POST)[0]?.key);
    expect(sessionStorage.length, 'nothing is left').to.equal(0);
  });

  it('says once when this device keeps nothing, and goes on', async () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      const { desk, feed, type, press } = await composing();
      await type('Hello');
      await findText(feed, 'Your text is kept only while this page is open.');
      expect(parts(feed, 'draft-status')).to.have.length(1);
      await expect(feed).to.be.accessible();
      press('Send');
      await findText(feed, 'Sent');
      expect((await desk.entries()).at(-1)?.text).to.equal('Hello');
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });

  it('what is kept and is no text of ours is left alone', async () => {
    const { desk, type } = await composing();
    await type('Mine');
    const [name] = Object.keys(sessionStorage);
    const value = { text: { toString: 1 }, unsent: [null, { clientId: 5, text: 'x' }, 'y'] };
    sessionStorage.setItem(name!, JSON.stringify({ at: Date.now(), value }));
    const { feed, field } = await reloaded(desk);
    expect(field.value).to.equal('');
    expect(parts(feed, 'entry-failed')).to.be.empty;
  });

  it('counts from 80 % of the limit on, and cuts nothing', async () => {
    const { desk, feed, field, type, press } = await composing();
    await type('x'.repeat(7999));
    expect(parts(feed, 'counter')).to.be.empty;
    await type('😀'.repeat(9990));
    expect(textOf(parts(feed, 'counter')[0])).to.equal('10 characters left');
    await type('x'.repeat(10_001));
    expect(textOf(parts(feed, 'counter-over')[0])).to.equal('1 character too many');
    press('Send');
    await findText(feed, 'Write at most 10,000 characters.');
    expect(descriptionOf(field)).to.contain('Write at most 10,000 characters.');
    expect(field.value).to.have.length(10_001);
    expect(desk.sent(POST)).to.be.empty;
    await expect(feed).to.be.accessible();
  });

  it('is kept to be copied when the escalation ends meanwhile (C10), and the focus stays in the feed', async () => {
    const { desk, feed, field, type } = await composing();
    await type('One more thing');
    field.focus();
    await desk.act({ kind: 'decline', text: 'Not now.', criteria: [] });
    await feed.refresh();
    await findText(feed, 'Your text was not sent: One more thing');
    expect(nameOf(focused(feed)!)).to.equal('Conversation');
    await expect(feed).to.be.accessible();
    byRole(feed, 'button', 'Delete').click();
    await until(() => !textOf(feed).includes('One more thing'), 'still there');
    await findText(feed, 'This escalation is closed. It takes no more messages.');
  });

  it('who may only read an open escalation is told so', async () => {
    const desk = scene();
    await desk.escalate();
    await desk.act({ kind: 'take' });
    const load = desk.configuration.fetch!;
    const found = await load('https://desk.test/api/cases/c-1', { headers: { 'X-User': 'u-1' } });
    const state = (await found.json()) as { openEscalation: { can: object } };
    const { openEscalation: open } = state;
    desk.answer = ({ path }) =>
      path === '/cases/c-1'
        ? Response.json({ ...state, openEscalation: { ...open, can: { post: false, act: ['read'] } } })
        : undefined;
    const feed = await desk.draw<EscalationFeed>(FEED);
    await findText(feed, 'You can read this escalation, but not write to it.');
    expect(queryRole(feed, 'textbox')).to.equal(null);
  });
});

describe('copying where the page may not write to the clipboard', () => {
  it('selects the text of the message and says what to press', async () => {
    const { desk, feed, type, press } = await composing();
    desk.fail('offline', POST);
    await type('Is there news?');
    press('Send');
    await find(feed, 'button', 'Retry');
    const clipboard = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
    // As on plain http.
    Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined, configurable: true });
    try {
      press('Copy');
      await findText(feed, 'The text is selected: press Ctrl+C, or ⌘C, to copy it.');
    } finally {
      Object.defineProperty(Navigator.prototype, 'clipboard', clipboard);
    }
    expect(getSelection()?.toString()).to.equal('Is there news?');
    expect(said(feed)).to.contain('press Ctrl+C');
    await expect(feed).to.be.accessible();
    byRole(feed, 'button', 'Copy');
  });
});

describe('the focus', () => {
  it('is in the conversation after what had it has gone', async () => {
    const { desk, feed, type, press } = await composing();
    desk.fail('offline', POST);
    await type('Never mind.');
    press('Send');
    const button = await find(feed, 'button', 'Delete');
    button.focus();
    button.click();
    await until(() => !queryRole(feed, 'button', 'Delete'), 'still there');
    await until(() => focused(feed), 'the focus is lost');
    expect(nameOf(focused(feed)!)).to.equal('Conversation');
  });
});
