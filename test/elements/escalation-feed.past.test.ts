import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { Action } from '../../src/core/model.js';
import { allByRole, byRole, descriptionOf, expectNone, find, findText, heard, nameOf, parts, textOf, until, untilFocused, write } from './find.js'; // prettier-ignore
import { hostile } from './hostile.js';
import { HOUR, people, scene, type Scene } from './scene.js';

const accept: Action = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.' };
const decline: Action = {
  kind: 'decline',
  text: 'Not yet.',
  criteria: [{ id: 'active-case', text: 'It is resolved.' }],
};
const TYPED = 'It still fails.'; // prettier-ignore

/** One declined, one withdrawn, one open: a day after the other. */
async function drawn(prepare?: (desk: Scene) => unknown) {
  const desk = scene();
  await desk.escalate(people.customer, { reasonId: 'other' });
  await desk.post('The first answer.');
  await desk.act(decline);
  desk.pass(26 * HOUR);
  await desk.escalate();
  await desk.act(accept);
  await desk.act({ kind: 'withdraw', text: 'Found it.' }, people.customer);
  desk.pass(24 * HOUR);
  await desk.escalate();
  await prepare?.(desk);
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  await find(feed, 'list', 'Progress');
  await findText(feed, /requested by/);
  return { desk, feed };
}
const list = async (feed: EscalationFeed) => {
  await until(() => parts(feed, 'past').length, 'there is no list');
  const [past] = parts(feed, 'past') as HTMLDetailsElement[];
  if (!past?.open) parts(feed, 'past-title')[0]?.click();
  return byRole(past!, 'list');
};
const choose = async (feed: EscalationFeed, status: string) => {
  const item = allByRole(await list(feed), 'listitem').find((row) => textOf(row).includes(status))!;
  byRole(item, 'button').click();
};
const chosen = (feed: EscalationFeed) => findText(feed, 'This is an earlier escalation.');
const title = (feed: EscalationFeed) => byRole(feed, 'heading');
const BACK = 'Back to the current escalation';

describe('earlier escalations of the case', () => {
  it('are listed, folded, newest first, each with its reason, end and owner', async () => {
    const { feed } = await drawn();
    const [summary] = parts(feed, 'past-title');
    expect(textOf(summary)).to.equal('Earlier escalations (2)');
    expect(parts(feed, 'past-item').some((item) => item.checkVisibility())).to.equal(false);
    const rows = allByRole(await list(feed), 'listitem');
    expect(rows.map(textOf)).to.eql([
      'Lack of Updates/Progress Withdrawn · May 13 · Sam Okoro',
      'Other Declined · May 12 · Sam Okoro',
    ]);
    const button = byRole(rows[1]!, 'button', 'Other');
    expect(descriptionOf(button)).to.equal('Declined · May 12 · Sam Okoro');
    await expect(feed).to.be.accessible();
  });

  it('are not there where there are none', async () => {
    const desk = scene();
    await desk.escalate();
    const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
    await findText(feed, /requested by/);
    expect(parts(feed, 'past')).to.be.empty;
  });

  it('can be read: conversation, end, no composer; the focus begins at the title, and the way back is there', async () => {
    const { desk, feed } = await drawn();
    await choose(feed, 'Declined');
    await chosen(feed);
    await untilFocused(feed, title(feed));
    expect(nameOf(title(feed))).to.equal('Escalation · Other');
    await findText(feed, 'The first answer.');
    await findText(feed, 'Declined by Sam Okoro · May 12, 10:00 AM');
    await findText(feed, 'This escalation is closed. It takes no more messages.');
    expectNone(feed, 'textbox');
    expect(feed.matches(':state(declined)')).to.equal(true);
    expect(feed.hasAttribute('escalation-id')).to.equal(false);
    expect(allByRole(await list(feed), 'listitem').map(textOf), 'without the one shown').to.have.length(1);
    await expect(feed).to.be.accessible();
    byRole(feed, 'button', BACK).click();
    await find(feed, 'textbox', 'Message to the owner');
    await untilFocused(feed, title(feed));
    expectNone(feed, 'button', BACK);
    expect((await desk.escalations()).map(({ status }) => status)).to.eql([
      'declined',
      'withdrawn',
      'requested',
    ]);
  });

  it('what is being written for the current one is kept for it, and not shown elsewhere', async () => {
    const { desk, feed } = await drawn();
    write(await find<HTMLTextAreaElement>(feed, 'textbox', 'Message to the owner'), 'First.');
    desk.fail('offline', /POST/);
    byRole(feed, 'button', 'Send').click();
    await findText(feed, 'Not sent: the connection was lost.');
    write(byRole<HTMLTextAreaElement>(feed, 'textbox', 'Message to the owner'), TYPED);
    await choose(feed, 'Withdrawn');
    await chosen(feed);
    await findText(feed, 'Found it.');
    expect([...parts(feed, 'entry-failed'), ...parts(feed, 'unsent')]).to.be.empty;
    expect(textOf(feed)).not.to.contain(TYPED);
    byRole(feed, 'button', BACK).click();
    const field = await find<HTMLTextAreaElement>(feed, 'textbox', 'Message to the owner');
    expect(field.value).to.equal(TYPED);
    desk.fail(null);
    byRole(feed, 'button', 'Retry').click();
    await findText(feed, /First\. Sent/);
    expect((await desk.entries()).at(-1)?.text).to.equal('First.');
  });

  it('without an open one the latest is shown, and the way back says so', async () => {
    const { feed } = await drawn((desk) => desk.act({ kind: 'withdraw' }, people.customer));
    await choose(feed, 'Declined');
    await chosen(feed);
    byRole(feed, 'button', 'Back to the latest escalation').click();
    await until(() => !textOf(feed).includes('This is an earlier'), 'not back');
  });

  it('one that cannot be loaded: try again, or go back', async () => {
    const { desk, feed } = await drawn();
    desk.fail('offline', /escalations\//);
    await choose(feed, 'Declined');
    await findText(feed, 'The escalation could not be loaded. Try again This is an earlier escalation.');
    await until(() => feed.shadowRoot?.activeElement, 'the focus is lost');
    await expect(feed).to.be.accessible();
    byRole(feed, 'button', BACK).click();
    await findText(feed, 'Requested');
    desk.fail(null);
    await choose(feed, 'Declined');
    await findText(feed, 'The first answer.');
  });

  it('what was chosen is dropped when the case, the user or the wish of the page changes', async () => {
    const { desk, feed } = await drawn();
    await choose(feed, 'Declined');
    await chosen(feed);
    desk.user = people.colleague;
    await feed.refresh();
    await find(feed, 'button', 'Follow this escalation');
    expectNone(feed, 'button', BACK);

    await choose(feed, 'Declined');
    await chosen(feed);
    const [, withdrawn] = await desk.escalations();
    feed.escalationId = withdrawn!.id;
    await until(() => feed.matches(':state(withdrawn)'), 'not what the page asks for');
    expectNone(feed, 'button', /^Back/);
    feed.escalationId = '';
    await until(() => feed.matches(':state(requested)'), 'not the open one');

    await choose(feed, 'Declined');
    await chosen(feed);
    feed.caseId = 'c-2';
    await feed.updateComplete;
    feed.caseId = 'c-1';
    await until(() => feed.matches(':state(requested)'), 'not the open one');
    expectNone(feed, 'button', BACK);
  });

  it('stays while other things happen, and tells the page nothing', async () => {
    const { desk, feed } = await drawn();
    const changed = heard(document, 'escalation-change');
    await choose(feed, 'Declined');
    await chosen(feed);
    await desk.act({ kind: 'take' });
    await feed.refresh();
    await chosen(feed);
    expect(feed.matches(':state(declined)')).to.equal(true);
    expect(changed).to.eql([{ escalationId: (await desk.escalations())[2]!.id, status: 'under-review', previous: 'requested' }]);
  }); // prettier-ignore

  it('what an earlier one says is text, and what is no summary is left out', async () => {
    const { desk, feed } = await drawn();
    for (const { payload, seen = payload } of hostile.filter((_, i) => i % 5 === 0)) {
      await desk.backend.change(({ escalations }) => {
        const [first, second] = Object.values(escalations);
        Object.assign(first!.escalation, { reason: { id: 'x', label: payload }, owner: { id: 'x', name: payload, role: 'owner' } });
        Object.assign(second!.escalation, { requestedAt: 'some day' });
      });
      await feed.refresh();
      const line = `${seen} Declined · May 12 · ${seen}`.replace(/\s+/g, ' ');
      const rows = () => allByRole(parts(feed, 'past')[0]!, 'listitem');
      await list(feed);
      await until(() => rows().length === 1 && textOf(rows()[0]) === line, `${line}: ${rows().map(textOf).join(' | ')}`);
      expect(rows()[0]?.querySelectorAll('*:not(button, span, bdi)'), payload).to.be.empty;
    }
    expect('hacked' in window).to.equal(false);
  }); // prettier-ignore
});
