import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import { choose, file, heldUploads } from './files.js';
import { allByRole, byRole, expectNone, find, findText, parts, textOf, until, write } from './find.js';
import { HOUR, scene, type Scene } from './scene.js';

const POST = /^POST .*entries$/;

describe('a message with files', () => {
  const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;
  async function writing() {
    const held = heldUploads();
    await held.desk.escalate();
    await held.desk.act({ kind: 'take' });
    const feed = await held.desk.draw<EscalationFeed>(FEED);
    const field = await find<HTMLTextAreaElement>(feed, 'textbox', /^Message to/);
    await find(feed, 'button', 'Attach files');
    return { ...held, feed, field, send: () => byRole(feed, 'button', 'Send').click() };
  }
  const names = async (desk: Scene) =>
    (await desk.entries()).flatMap(({ attachments = [] }) => attachments.map(({ name }) => name));

  it('waits for them and names them; the composer is empty then', async () => {
    const { desk, feed, field, begun, send } = await writing();
    write(field, 'The logs.');
    await choose(feed, file('a.log', 10, ''), file('b.png', 10));
    await until(() => begun.length === 2, 'no uploads');
    send();
    await findText(feed, 'Sending when the files are there…');
    await expect(feed).to.be.accessible();
    expect(desk.sent(POST)).to.be.empty;
    for (const one of begun) one.go();
    await findText(feed, 'Sent');
    expect(await names(desk)).to.eql(['a.log', 'b.png']);
    expect([field.value, parts(feed, 'attaching')[0]!.querySelectorAll('li').length]).to.eql(['', 0]);
    expect(allByRole(feed, 'button', /^Download/).map((one) => one.textContent?.trim())).to.eql([
      'a.log',
      'b.png',
    ]);
    await expect(feed).to.be.accessible();
  });

  it('needs a text; nothing waits for the files then', async () => {
    const { feed, begun, send } = await writing();
    await choose(feed, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    send();
    await until(() => parts(feed, 'error').length, 'no error');
    expect(textOf(feed)).not.to.include('Sending when');
  });

  it('keeps them over a reload', async () => {
    const { desk, feed, field, begun } = await writing();
    write(field, 'The logs.');
    await choose(feed, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    begun[0]?.go();
    await until(() => parts(feed, 'file-done').length, 'not there');
    feed.remove();
    await Promise.resolve();
    const next = await desk.draw<EscalationFeed>(FEED);
    await until(() => parts(next, 'file-done').length, 'not there');
    byRole(next, 'button', 'Send').click();
    await findText(next, 'Sent');
    expect(await names(desk)).to.eql(['a.png']);
  });

  it('whose files were dropped after an hour goes again with them', async () => {
    const { desk, feed, field, begun, send } = await writing();
    write(field, 'The logs.');
    await choose(feed, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    begun[0]?.go();
    await until(() => parts(feed, 'file-done').length, 'not there');
    desk.pass(1.5 * HOUR);
    send();
    await findText(feed, 'Uploading again…');
    begun[1]?.go();
    await findText(feed, 'Sent');
    expect(await names(desk)).to.eql(['a.png']);
    expect(desk.sent(POST)).to.have.length(2);
  });

  it('whose files this page no longer has says which, and goes without them where somebody says so', async () => {
    const { desk, feed, field, begun } = await writing();
    write(field, 'The logs.');
    await choose(feed, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    begun[0]?.go();
    await until(() => parts(feed, 'file-done').length, 'not there');
    feed.remove();
    await Promise.resolve();
    const next = await desk.draw<EscalationFeed>(FEED);
    await until(() => parts(next, 'file-done').length, 'not there');
    desk.pass(1.5 * HOUR);
    byRole(next, 'button', 'Send').click();
    await findText(next, 'Not sent: the help desk keeps a file for an hour, and has dropped a.png.');
    expectNone(next, 'button', 'Send again');
    await expect(next).to.be.accessible();
    byRole(next, 'button', 'Send without it').click();
    await findText(next, 'Sent');
    expect(await names(desk)).to.eql([]);
    expect((await desk.entries()).at(-1)?.text).to.equal('The logs.');
  });
});

it('nothing of files is loaded where none can be attached', async () => {
  const desk = scene();
  await desk.escalate();
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  await find(feed, 'textbox', /^Message to/);
  expect(parts(feed, 'attaching')).to.be.empty;
});
