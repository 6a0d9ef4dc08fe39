import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
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
import { HOUR, people, scene, type Scene, type SceneOptions } from './scene.js';

/** An escalation that Sam Okoro has taken, and its feed. */
async function talking(options: SceneOptions = {}, before?: (desk: Scene) => unknown) {
  const desk = scene(options);
  await desk.escalate();
  await desk.act({ kind: 'take' });
  await before?.(desk);
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  await find(feed, 'textbox', 'Message to Sam Okoro');
  const composer = () => byRole<HTMLTextAreaElement>(feed, 'textbox', 'Message to Sam Okoro');
  const send = async (text: string) => {
    write(composer(), text);
    await feed.updateComplete;
    byRole(feed, 'button', 'Send').click();
  };
  const bubbles = () => parts(feed, 'entry-text').map((bubble) => bubble.textContent?.trim());
  return { desk, feed, composer, send, bubbles };
}
const POST = /^POST .*entries/;

describe('the conversation', () => {
  it('has everything in order, by day, each at its place, mine and theirs', async () => {
    const { feed, bubbles } = await talking({}, async (desk) => {
      await desk.post('We look at it.');
      desk.pass(24 * HOUR);
      await desk.post('Thank you.', people.customer);
      await desk.post('Next steps follow.');
    });
    await findText(feed, 'Next steps follow.');
    await expect(feed).to.be.accessible();
    expect(bubbles()).to.eql(['We look at it.', 'Thank you.', 'Next steps follow.']);
    const rows = parts(feed, 'entry');
    expect(rows.map((row) => row.getAttribute('aria-posinset'))).to.eql(['1', '2', '3', '4', '5']);
    expect(new Set(rows.map((row) => row.getAttribute('aria-setsize')))).to.eql(new Set(['5']));
    expect(parts(feed, 'day').map(textOf)).to.eql(['May 12', 'May 13']);
    expect(textOf(rows[0])).to.contain('Escalation requested by Priya Nair');
    expect(textOf(rows[1])).to.contain('Sam Okoro is reviewing the request');
    await findText(feed, 'Escalation Owner 10:00 AM');
    const messages = (part: string) => parts(feed, part).map((row) => textOf(parts(row, 'entry-text')[0]));
    expect(messages('entry-mine').filter(Boolean)).to.eql(['Thank you.']);
    expect(messages('entry-theirs').filter(Boolean)).to.eql(['We look at it.', 'Next steps follow.']);
    expect(textOf(rows[3])).to.match(/^(May 13 )?You/);
    byRole(feed, 'region', 'Conversation');
  });

  it('shows hostile text as text, names in one direction, and links only where they are safe', async () => {
    const hostile = '<img src=x onerror="window.hacked = true"> javascript:alert(1) data:text/html,x';
    const links = 'See https://example.com/a?b=1, mailto:sam@desk.test and http://example.com.';
    const { feed, bubbles } = await talking({}, async (desk) => {
      await desk.post(`${hostile}\n${links}`);
      await desk.backend.change(({ escalations }) => {
        for (const { entries } of Object.values(escalations))
          for (const entry of entries)
            if (entry.author.id === 'o-1') entry.author.name = 'Sam \u202Eorokoko<b>';
      });
    });
    await findText(feed, 'onerror');
    expect(bubbles()[0]).to.equal(`${hostile}\n${links}`);
    expect(feed.shadowRoot?.querySelector('img, b')).to.equal(null);
    expect('hacked' in window).to.equal(false);
    const found = parts(feed, 'entry-link') as HTMLAnchorElement[];
    expect(found.map(({ href }) => href)).to.eql([
      'https://example.com/a?b=1',
      'mailto:sam@desk.test',
      'http://example.com/',
    ]);
    for (const { rel } of found)
      expect(rel).to.contain('noopener').and.to.contain('nofollow').and.to.contain('ugc');
    const author = parts(feed, 'entry-author').at(-1);
    expect(author?.textContent).to.equal('Sam ⟨U+202E⟩orokoko<b>');
    expect(author?.localName).to.equal('bdi');
  });

  it('shows older entries when asked, and does not announce them', async () => {
    const { feed, bubbles } = await talking({}, async (desk) => {
      for (let n = 1; n <= 55; n++) await desk.post(`Message ${n}`);
    });
    await findText(feed, 'Message 55');
    expect(bubbles()).to.have.length(50);
    expect(parts(feed, 'entry')[0]?.getAttribute('aria-setsize'), 'not known').to.equal('-1');
    byRole(feed, 'button', 'Show older').click();
    await until(() => bubbles().length === 55, 'nothing older came');
    expect(bubbles()[0]).to.equal('Message 1');
    expect(queryRole(feed, 'button', 'Show older')).to.equal(null);
    expect(allByRole(feed, 'status').map(textOf).join(''), 'old messages are not new').to.equal('');
  });

  it('announces a new message of the owner once, by whatever look it came', async () => {
    const { desk, feed } = await talking();
    const status = byRole(feed, 'status');
    const said: string[] = [];
    new MutationObserver(() => said.push(textOf(status))).observe(status, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    await desk.post('Good news.');
    dispatchEvent(new Event('focus')); // Somebody returns to the page.
    await findText(feed, 'Good news.');
    await until(() => said.length, 'nothing was said');
    await feed.refresh();
    await feed.refresh();
    expect(said).to.eql(['New message from Sam Okoro']);
    expect(queryRole(feed, 'log')).to.equal(null);
  });

  it('finds it by polling, too', async () => {
    const { desk, feed } = await talking();
    await desk.post('By itself.');
    await findText(feed, 'By itself.');
  });
});

describe('a message', () => {
  it('is shown as sending, then as sent, once, and the page is told', async () => {
    const { desk, feed, composer, send, bubbles } = await talking();
    const told = heard(document, 'escalation-message');
    const open = desk.hold(POST);
    await send('Thank you.');
    await findText(feed, 'Sending…');
    expect(composer().value).to.equal('');
    expect(feed.matches(':state(sending)')).to.equal(true);
    expect(parts(feed, 'entry-sending')).to.have.length(1);
    expect(bubbles()).to.eql(['Thank you.']);
    await expect(feed).to.be.accessible();
    open();
    await until(() => !textOf(feed).includes('Sending…'), 'still sending');
    expect(bubbles()).to.eql(['Thank you.']);
    expect(parts(feed, 'entry-status').map(textOf)).to.eql(['Sent']);
    const entry = (await desk.entries()).at(-1);
    expect(entry).to.include({ kind: 'message', text: 'Thank you.' });
    const [escalation] = await desk.escalations();
    expect(told).to.eql([{ escalationId: escalation?.id, entryId: entry?.id }]);
    expect(desk.sent(POST)[0]?.key).to.equal(`"${entry?.clientId}"`);
  });

  it('that was not sent is kept, and can be copied and sent again: one entry, one key', async () => {
    const { desk, feed, send, bubbles } = await talking();
    desk.fail('lost', POST);
    await send('Is there news?');
    await findText(feed, /Not sent: the connection was lost\. Your text is safe\./);
    await expect(feed).to.be.accessible();
    const copied: string[] = [];
    const original = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = async (text) => void copied.push(text);
    byRole(feed, 'button', 'Copy').click();
    await find(feed, 'button', 'Copied');
    navigator.clipboard.writeText = original;
    expect(copied).to.eql(['Is there news?']);
    desk.fail(null);
    byRole(feed, 'button', 'Retry').click();
    await until(() => !queryRole(feed, 'button', 'Retry'), 'still not sent');
    await until(() => !textOf(feed).includes('Sending…'), 'still sending');
    expect(bubbles()).to.eql(['Is there news?']);
    expect((await desk.entries()).filter(({ kind }) => kind === 'message')).to.have.length(1);
    expect(new Set(desk.sent(POST).map(({ key }) => key)).size).to.equal(1);
  });

  it('that was not sent can be deleted', async () => {
    const { desk, feed, send, bubbles } = await talking();
    desk.fail('offline', POST);
    await send('Never mind.');
    (await find(feed, 'button', 'Delete')).click();
    await until(() => bubbles().length === 0, 'still there');
    expect((await desk.entries()).some(({ kind }) => kind === 'message')).to.equal(false);
  });

  it('without a sign-in says so, and goes on after it', async () => {
    const { desk, feed, send } = await talking();
    desk.fail('401', POST);
    await send('Hello?');
    await findText(feed, 'Not sent: your sign-in has expired.');
    desk.fail(null);
    byRole(feed, 'button', 'Retry').click();
    await until(() => !queryRole(feed, 'button', 'Retry'), 'still not sent');
    await findText(feed, 'Hello?');
  });

  it('that the help desk may have taken is not sent again unasked; whoever has looked sends it', async () => {
    const { desk, feed, send, bubbles } = await talking();
    const told = { status: 409, code: 'unconfirmed' };
    desk.answer = ({ method, path }) =>
      POST.test(`${method} ${path}`)
        ? new Response(JSON.stringify(told), {
            status: 409,
            headers: { 'Content-Type': 'application/problem+json' },
          })
        : undefined;
    await send('Is there news?');
    await findText(feed, 'Not confirmed: it may have arrived. Look above before you send it again.');
    await expect(feed).to.be.accessible();
    expect(desk.sent(POST)).to.have.length(1);
    desk.answer = null;
    byRole(feed, 'button', 'Retry').click();
    await until(() => !textOf(feed).includes('Not confirmed'), 'still there');
    await until(() => !textOf(feed).includes('Sending…'), 'still sending');
    expect(bubbles()).to.eql(['Is there news?']);
    expect(new Set(desk.sent(POST).map((sent) => sent.key)).size, 'keys').to.equal(2);
  });

  it('to an escalation that has ended meanwhile is kept to be copied, and there is nothing more to type', async () => {
    const { desk, feed, send } = await talking();
    const open = desk.hold(POST);
    await send('Too late?');
    await desk.act({ kind: 'decline', text: 'Not now.', criteria: [] });
    open();
    await findText(feed, 'Not sent: this escalation is closed. Copy your text if you need it.');
    await feed.refresh();
    await findText(feed, 'This escalation is closed. It takes no more messages.');
    expect(queryRole(feed, 'textbox')).to.equal(null);
    byRole(feed, 'button', 'Copy');
  });

  it('needs a text', async () => {
    const { desk, feed, composer } = await talking();
    write(composer(), '  \n');
    byRole(feed, 'button', 'Send').click();
    await findText(feed, 'Write a message first.');
    expect(composer().getAttribute('aria-invalid')).to.equal('true');
    expect(descriptionOf(composer())).to.contain('Write a message first.');
    expect(focused(feed) === composer(), 'the focus is in the field').to.equal(true);
    await expect(feed).to.be.accessible();
    write(composer(), 'Now.');
    await feed.updateComplete;
    expect(textOf(feed)).not.to.contain('Write a message first.');
    expect(desk.sent(POST)).to.be.empty;
  });

  it('Enter is a new line; with Ctrl it sends', async () => {
    const { desk, feed, composer, bubbles } = await talking();
    feed.focus();
    expect(focused(feed) === composer(), 'focus() goes to the field').to.equal(true);
    await sendKeys({ type: 'One' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'two' });
    expect(composer().value).to.equal('One\ntwo');
    expect(desk.sent(POST)).to.be.empty;
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Control' });
    await until(() => bubbles().length === 1, 'nothing was sent');
    expect(bubbles()).to.eql(['One\ntwo']);
    expect(composer().value).to.equal('');
    expect(nameOf(byRole(feed, 'button', 'Send'))).to.equal('Send');
  });

  it('several come in the order in which they were written', async () => {
    const { desk, feed, send, bubbles } = await talking();
    const open = desk.hold(POST);
    for (const text of ['one', 'two', 'three']) await send(text);
    expect(bubbles()).to.eql(['one', 'two', 'three']);
    open();
    await until(() => !textOf(feed).includes('Sending…'), 'still sending');
    const texts = (await desk.entries()).map(({ text }) => text).filter(Boolean);
    expect(texts).to.eql(['one', 'two', 'three']);
    expect(bubbles()).to.eql(['one', 'two', 'three']);
  });

  it('has a hint of what belongs where (G41)', async () => {
    const { composer, feed } = await talking();
    await findText(feed, 'The Case Feed captures the technical aspects');
    expect(descriptionOf(composer())).to.contain('Be sure to use the appropriate feed');
  });
});
