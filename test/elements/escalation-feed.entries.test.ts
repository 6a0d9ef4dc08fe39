import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { Entry } from '../../src/core/model.js';
import { byRole, find, findText, focused, parts, queryRole, textOf, until } from './find.js';
import { people, policies, scene, type Scene } from './scene.js';

const PAGE = /entries\?limit=\d+$/;

/** An escalation that Sam Okoro has taken, and its feed. */
async function talking(before?: (desk: Scene) => unknown) {
  const desk = scene();
  await desk.escalate();
  await desk.act({ kind: 'take' });
  await before?.(desk);
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  await find(feed, 'textbox');
  const bubbles = () => parts(feed, 'entry-text').map((bubble) => bubble.textContent?.trim() ?? '');
  return { desk, feed, bubbles };
}
const sam = { id: 'o-1', name: 'Sam Okoro', role: 'owner' };
const message = (id: string, text: string, more: object = {}): Entry => ({
  id,
  kind: 'message',
  at: '2026-05-12T14:00:00Z',
  author: sam,
  text,
  ...more,
});
/** The first page is what a broken server makes of it; newer ones are empty. */
const page = (desk: Scene, entries: unknown[]) =>
  (desk.answer = ({ path }) =>
    path.includes('/entries')
      ? Response.json({ entries: PAGE.test(path) ? entries : [], before: null, after: 'end' })
      : undefined);

describe('a page of entries that is not as it should be', () => {
  it('duplicates, no order and absurd times: each once, in the order of the help desk, no countdown (M04, M05)', async () => {
    const rows = [
      message('1', 'One', { at: '2026-05-14T14:00:00Z' }),
      message('2', 'Two', { at: '0001-06-01T12:00:00Z' }),
      message('3', 'Three', { at: '9999-12-31T12:00:00Z' }),
      message('2', 'Two, again', { at: '0001-06-01T12:00:00Z' }),
      message('4', 'Four', { at: '2026-05-12T13:59:00Z' }),
      message('5', 'Five', { at: '2026-05-12T13:59:00Z' }),
    ];
    const { feed, bubbles } = await talking((desk) => page(desk, rows));
    expect(bubbles()).to.eql(['One', 'Two, again', 'Three', 'Four', 'Five']);
    expect(parts(feed, 'day').map(textOf)).to.eql(['May 14', 'June 1, 1', 'December 31, 9999', 'May 12']);
    expect(textOf(byRole(feed, 'region', 'Conversation'))).not.to.match(/in \d|ago/);
    await feed.refresh();
    expect(bubbles()).to.eql(['One', 'Two, again', 'Three', 'Four', 'Five']);
    await expect(feed).to.be.accessible();
  });

  it('what cannot be shown is left out (M02)', async () => {
    const bad = [
      null,
      7,
      { id: 'x' },
      { ...message('y', ''), text: {} },
      message('z', 'No time', { at: 'soon' }),
    ];
    const { bubbles } = await talking((desk) => page(desk, [...bad, message('1', 'Good')]));
    expect(bubbles()).to.eql(['Good']);
  });

  it('and how much that is, is said (M02)', async () => {
    // A help desk in the page, whose answers no adapter has looked at.
    const bad = [message('x', 'No time', { at: 'soon' }), { ...message('y', ''), text: {} }] as Entry[];
    const desk = scene();
    await desk.escalate();
    const { backend } = desk;
    const entries = async () => ({
      value: { entries: [...bad, message('1', 'Good')], before: null, after: '1' },
    });
    const configured = scene({
      with: { backend: { ...backend, entries }, policy: policies.genesys, user: people.customer },
    });
    const feed = await configured.draw<EscalationFeed>(
      html`<escalation-feed case-id="c-1"></escalation-feed>`,
    );
    await findText(feed, '2 messages could not be shown.');
    await findText(feed, 'Good');
    await expect(feed).to.be.accessible();
  });

  it('no messages at all: says so', async () => {
    const { feed } = await talking((desk) => page(desk, []));
    await findText(feed, 'No messages yet.');
    await expect(feed).to.be.accessible();
  });
});

describe('who wrote', () => {
  it('has the badge of the role that the help desk gives, never of a name (T4, B07)', async () => {
    const fake = { id: 'u-9', name: 'Sam Okoro Escalation Owner', role: 'customer' };
    const odd = { id: 'u-8', name: 'Ana', role: 'constructor' };
    const { feed } = await talking((desk) =>
      page(desk, [
        message('1', 'A'),
        message('2', 'B', { author: fake }),
        message('3', 'C', { author: odd }),
      ]),
    );
    await until(() => textOf(parts(feed, 'entry-role')[0]) === 'Escalation Owner', 'no badge');
    expect(parts(feed, 'entry').map((row) => parts(row, 'entry-role').map(textOf))).to.eql([
      ['Escalation Owner'],
      ['Customer'],
      [],
    ]);
    expect(parts(feed, 'entry-author').map((name) => name.localName)).to.eql(['bdi', 'bdi', 'bdi']);
  });
});

describe('a long text (T5, B09)', () => {
  it('shows its beginning, all of it when asked, and less again; the focus stays', async () => {
    const long = `${'word '.repeat(1000)}end`;
    const { feed, bubbles } = await talking((desk) => desk.post(long));
    expect(bubbles()[0]).to.have.length.below(2002).and.match(/…$/);
    const button = byRole(feed, 'button', 'Show all');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    button.focus();
    button.click();
    await find(feed, 'button', 'Show less');
    expect(bubbles()[0]).to.equal(long);
    expect(focused(feed) === byRole(feed, 'button', 'Show less')).to.equal(true);
    await expect(feed).to.be.accessible();
    byRole(feed, 'button', 'Show less').click();
    await find(feed, 'button', 'Show all');
  });

  it('of a size that nobody writes comes in steps', async () => {
    const { feed, bubbles } = await talking((desk) => page(desk, [message('1', 'x'.repeat(250_000))]));
    byRole(feed, 'button', 'Show more').click();
    await until(() => bubbles()[0]?.length === 100_001, 'the first step');
    byRole(feed, 'button', 'Show more').click();
    await until(() => bubbles()[0]?.length === 200_001, 'the second step');
    byRole(feed, 'button', 'Show all').click();
    await until(() => bubbles()[0]?.length === 250_000, 'the rest');
    byRole(feed, 'button', 'Show less');
  });

  it('that is only a little longer is shown whole', async () => {
    const { feed, bubbles } = await talking((desk) => desk.post('x'.repeat(2300)));
    expect(bubbles()[0]).to.have.length(2300);
    expect(queryRole(feed, 'button', /^Show/)).to.equal(null);
  });
});

describe('what is announced', () => {
  /** Everything that the status said, also when it said the same again. */
  function listen(feed: EscalationFeed) {
    const said: string[] = [];
    const status = byRole(feed, 'status');
    new MutationObserver(() => textOf(status) && said.push(textOf(status))).observe(status, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return said;
  }

  it('a second message of the same author is counted, and after an answer the count begins anew', async () => {
    const { desk, feed } = await talking();
    const said = listen(feed);
    for (const text of ['One.', 'Two.']) {
      await desk.post(text);
      await feed.refresh();
      await findText(feed, text);
    }
    await until(() => said.length === 2, 'not told twice');
    feed.focus();
    byRole(feed, 'textbox').dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    // All three before the next look, which may be on its way by itself.
    const look = desk.hold(/^GET/);
    for (const text of ['Three.', 'Four.', 'Five.']) await desk.post(text);
    look();
    await feed.refresh();
    await until(() => said.length === 3, 'not told a third time');
    expect(said).to.eql(['New message from Sam Okoro', '2 new messages', '3 new messages']);
  });

  it('the same words are said again', async () => {
    const { desk, feed } = await talking();
    const said = listen(feed);
    for (const text of ['One.', 'Two.']) {
      await desk.post(text);
      await feed.refresh();
      await findText(feed, text);
      // The reader is at work in the feed.
      byRole(feed, 'region', 'Conversation').dispatchEvent(
        new PointerEvent('pointerdown', { bubbles: true }),
      );
    }
    await until(() => said.length === 2, 'not told twice');
    expect(said).to.eql(['New message from Sam Okoro', 'New message from Sam Okoro']);
  });

  it('a decision, that an own message was sent or not, and that the help desk cannot be reached', async () => {
    const { desk, feed } = await talking();
    const said = listen(feed);
    await desk.act({ kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' });
    await feed.refresh();
    await until(() => said.at(-1) === 'Accepted by Sam Okoro', said.join());
    const field = byRole<HTMLTextAreaElement>(feed, 'textbox');
    const send = () => {
      field.focus();
      document.execCommand('insertText', false, 'Thank you');
      byRole(feed, 'button', 'Send').click();
    };
    send();
    await until(() => said.at(-1) === 'Sent', said.join());
    desk.fail('offline', /^POST/);
    send();
    await until(() => said.at(-1) === 'Not sent', said.join());
    desk.fail('offline');
    await feed.refresh();
    await until(() => said.at(-1)?.startsWith('The help desk cannot be reached.'), said.join());
    desk.fail(null);
    await feed.refresh();
    await until(() => textOf(byRole(feed, 'status')) === '', 'it can be reached');
  });
});

describe('when the conversation alone is refused (A05)', () => {
  it('the feed says so, whatever the button knows', async () => {
    const desk = scene();
    await desk.escalate();
    desk.answer = ({ path }) =>
      path.includes('/entries') ? Response.json({ code: 'forbidden' }, { status: 403 }) : undefined;
    const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
    await until(() => feed.matches(':state(refused)'), 'not refused');
    expect(textOf(feed)).to.contain('The messages of this escalation are not available to you.');
    expect(parts(feed, 'composer')).to.be.empty;
    await expect(feed).to.be.accessible();
  });

  it('a sign-in that expires there is said as that, and what was known stays', async () => {
    const { desk, feed } = await talking((made) => made.post('Known.'));
    desk.fail('401', /entries/);
    await desk.post('More.');
    await feed.refresh();
    await findText(feed, 'Your sign-in has expired. Sign in in another tab, then choose Try again.');
    await findText(feed, 'Known.');
  });
});
