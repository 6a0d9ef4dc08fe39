import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import { findText, heard, statesOf, until } from './find.js';
import { people, scene } from './scene.js';

/** What a user has not read: counted for a mark on the page's tab, and read once it is really in sight. */

const READ = /^POST \/escalations\/[^/]+\/actions$/;

async function drawn(shown = true) {
  const desk = scene();
  await desk.escalate();
  const box = await desk.draw<HTMLElement>(
    html`<section ?hidden=${!shown}><escalation-feed case-id="c-1"></escalation-feed></section>`,
  );
  const feed = box.querySelector('escalation-feed') as EscalationFeed;
  const counts = heard<{ caseId: string; count: number }>(feed, 'escalation-unread');
  await until(() => statesOf(feed, ['requested']).length, 'not loaded');
  return { desk, box, feed, counts };
}
const reads = (desk: ReturnType<typeof scene>) =>
  desk.sent(READ).filter(({ body }) => (body as { kind: string }).kind === 'read');

describe('what has not been read', () => {
  it('is told of, and is read once it is in sight: once', async () => {
    const { desk, feed, counts } = await drawn();
    // Both before the next look, which may be on its way by itself.
    const look = desk.hold(/^GET/);
    await desk.post('One.');
    await desk.post('Two.');
    look();
    await feed.refresh();
    await findText(feed, 'Two.');
    await until(() => counts.at(-1)?.count === 0, 'not read');
    expect(counts).to.eql([
      { caseId: 'c-1', count: 2 },
      { caseId: 'c-1', count: 0 },
    ]);
    expect(feed.unread).to.equal(0);
    const last = (await desk.entries()).at(-1)?.id;
    expect(reads(desk).map(({ body }) => body)).to.eql([{ kind: 'read', entryId: last }]);
    await feed.refresh();
    expect(reads(desk), 'nothing new, nothing told').to.have.length(1);
  });

  it('stays unread in a tab of the page that is not shown, and is read when that is', async () => {
    const { desk, box, feed, counts } = await drawn(false);
    await desk.post('One.');
    await feed.refresh();
    await until(() => feed.unread === 1, 'not counted');
    expect(statesOf(feed, ['unread'])).to.eql(['unread']);
    expect(reads(desk)).to.eql([]);
    box.hidden = false;
    await until(() => counts.at(-1)?.count === 0, 'not read');
    expect(statesOf(feed, ['unread'])).to.eql([]);
    expect(reads(desk)).to.have.length(1);
  });

  it('that could not be told is told at the next chance; nobody is troubled', async () => {
    const { desk, feed } = await drawn();
    const errors = heard(feed, 'escalation-error');
    desk.fail('offline', READ);
    await desk.post('One.');
    await feed.refresh();
    await until(() => reads(desk).length > 0, 'not tried');
    desk.fail(null);
    await desk.post('Two.');
    await feed.refresh();
    await until(() => feed.unread === 0, 'never read');
    expect(errors).to.eql([]);
  });

  it('one’s own messages are not counted, and each has a count of their own', async () => {
    const { desk, feed, counts } = await drawn(false);
    await desk.post('Mine.', people.customer);
    await feed.refresh();
    expect([feed.unread, counts]).to.eql([0, []]);
    await desk.post('A colleague’s.', people.colleague);
    await feed.refresh();
    await until(() => feed.unread === 1, 'the colleague’s does not count');
  });
});
