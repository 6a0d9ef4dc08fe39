import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { JudgedState } from '../../src/core/model.js';
import { findText, parts, queryRole, textOf, until } from './find.js';
import { scene, type Scene } from './scene.js';

const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;
const off = (feed: EscalationFeed) => until(() => feed.matches(':state(off)'), 'not off');
/** All but asking for the case. */
const more = (desk: Scene) => desk.log.filter(({ path }) => path !== '/cases/c-1').map(({ path }) => path);

describe('where communication goes by e-mail', () => {
  it('Engage: steps, owner and promises, and the text of the policy for conversation and composer (G38)', async () => {
    const desk = scene({ case: { program: 'fedramp-engage' } });
    await desk.escalate();
    await desk.act({ kind: 'take' });
    await desk.act({ kind: 'promise', text: 'call you' });
    const feed = await desk.draw<EscalationFeed>(FEED);
    await off(feed);
    await findText(feed, 'Owner Sam Okoro, Escalation Owner');
    await expect(feed).to.be.accessible();
    expect(parts(feed, 'step-current').map(textOf)).to.eql(['Under review, now']);
    expect(parts(feed, 'promise').map(textOf)).to.contain('Not yet: call you');
    expect(parts(feed, 'off').map(textOf)).to.eql(['Communication for this case is by e-mail.']);
    expect([parts(feed, 'conversation'), parts(feed, 'composer'), parts(feed, 'closed-note')]).to.eql([
      [],
      [],
      [],
    ]);
    expect(desk.sent(/entries/)).to.be.empty;
  });

  it('Cloud CX: nothing of the case is drawn or asked for, not even by its id (G14)', async () => {
    const desk = scene();
    const { id } = await desk.escalate();
    await desk.act({ kind: 'take' });
    await desk.change({ program: 'fedramp-cloud-cx' });
    const feed = await desk.draw<EscalationFeed>(FEED);
    await off(feed);
    expect(textOf(feed)).to.equal('Communication for this case is by e-mail.');
    feed.escalationId = id;
    await feed.refresh();
    feed.escalationId = 'some-other';
    await feed.refresh();
    await feed.updateComplete;
    expect(textOf(feed)).to.equal('Communication for this case is by e-mail.');
    expect(queryRole(feed, 'textbox')).to.equal(null);
    expect(more(desk)).to.eql([]);
    await expect(feed).to.be.accessible();
  });

  it('a case that turns out to go by e-mail: what was shown is gone, and nothing more is asked for', async () => {
    const desk = scene();
    await desk.escalate();
    await desk.act({ kind: 'take' });
    await desk.post('We look at it.');
    const feed = await desk.draw<EscalationFeed>(FEED);
    await findText(feed, 'We look at it.');
    const before = more(desk).length;
    await desk.change({ program: 'fedramp-cloud-cx' });
    await feed.refresh();
    await off(feed);
    await feed.updateComplete;
    expect(textOf(feed)).to.equal('Communication for this case is by e-mail.');
    await feed.refresh();
    expect(more(desk)).to.have.length(before);
  });

  it('nothing that is typed is kept there', async () => {
    const desk = scene();
    await desk.escalate();
    const feed = await desk.draw<EscalationFeed>(FEED);
    await until(() => queryRole(feed, 'textbox'), 'no composer');
    const field = queryRole<HTMLTextAreaElement>(feed, 'textbox')!;
    field.focus();
    document.execCommand('insertText', false, 'A secret of the agency');
    expect(JSON.stringify({ ...sessionStorage })).to.contain('A secret');
    await desk.change({ program: 'fedramp-engage' });
    await feed.refresh();
    await off(feed);
    await feed.updateComplete;
    expect(JSON.stringify({ ...sessionStorage })).not.to.contain('A secret');
  });

  it('a user without the feed, whatever the program: as the server says', async () => {
    const desk = scene();
    await desk.escalate();
    const answer = (await (
      await desk.configuration.fetch!(`${String(desk.configuration.endpoint)}/cases/c-1`, {
        headers: { 'X-User': 'u-1' },
      })
    ).json()) as JudgedState;
    desk.answer = ({ path }) =>
      path === '/cases/c-1' ? Response.json({ ...answer, can: { ...answer.can, feed: false } }) : undefined;
    const feed = await desk.draw<EscalationFeed>(FEED);
    await off(feed);
    expect(parts(feed, 'composer')).to.be.empty;
    expect(desk.sent(/entries/)).to.be.empty;
  });
});
