import { expect, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { EscalationFeed } from 'escalation-elements';
import type { Action, Escalation } from '../../src/core/model.js';
import { allByRole, byRole, find, findText, parts, queryRole, textOf, until } from './find.js';
import { HOUR, people, scene, type Scene } from './scene.js';

const accept: Action = {
  kind: 'accept',
  importance: 'high',
  urgency: 'medium',
  text: 'We take it on.',
  nextSteps: [
    { text: 'Test the fix with your export', who: 'Ines Carvalho', dueAt: '2026-05-13T18:00:00Z' },
    { text: 'Tell you the result' },
  ],
};

/** What a help desk keeps of an escalation. */
type Kept = Pick<Escalation, 'requestedBy' | 'nextSteps' | 'nextUpdateDueAt'>;

/** The feed of an escalation that has come so far; `change` is what a help desk does on its own. */
async function drawn(before: (desk: Scene) => unknown, change?: (escalation: Kept) => void) {
  const desk = scene();
  await desk.escalate();
  await before(desk);
  if (change)
    await desk.backend.change(({ escalations }) => {
      for (const row of Object.values(escalations)) change(row.escalation);
    });
  const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
  await find(feed, 'list', 'Progress');
  await findText(feed, 'Escalation Owner');
  return { desk, feed };
}
const items = (feed: EscalationFeed, list: string) =>
  allByRole(byRole(feed, 'list', list), 'listitem').map((item) => textOf(item));
const steps = (feed: EscalationFeed) => items(feed, 'Progress');
const fact = (feed: EscalationFeed, part: string) => textOf(parts(feed, part)[0]);

describe('what is known of an escalation', () => {
  it('has its reason, by whom and when it was requested', async () => {
    const { feed } = await drawn((desk) => desk.act({ kind: 'take' }));
    await expect(feed).to.be.accessible();
    expect(fact(feed, 'fact-reason')).to.equal('Reason Lack of Updates/Progress');
    expect(fact(feed, 'fact-requested')).to.equal('Requested May 12, 10:00 AM by you');
  });

  it('does not name a requester whose name is not for this user', async () => {
    const { feed } = await drawn(
      (desk) => desk.act({ kind: 'take' }),
      (one) => (one.requestedBy = null),
    );
    expect(fact(feed, 'fact-requested')).to.equal('Requested May 12, 10:00 AM');
  });

  it('next steps: what, who and by when, and honestly when that has passed (G33, G36)', async () => {
    const { desk, feed } = await drawn((made) => made.act(accept));
    expect(items(feed, 'Next steps')).to.eql([
      'Test the fix with your export Ines Carvalho, by Wed 2:00 PM',
      'Tell you the result',
    ]);
    desk.pass(29 * HOUR);
    await feed.refresh();
    await findText(feed, 'Ines Carvalho, was due today 2:00 PM');
    await expect(feed).to.be.accessible();
  });

  it('next steps of a help desk that has no list of them: the last word of the owner', async () => {
    const { feed } = await drawn(
      (desk) => desk.act(accept),
      (one) => delete one.nextSteps,
    );
    expect(items(feed, 'Next steps')).to.eql(['Test the fix with your export Tell you the result']);
  });

  it('promises: by when, and that one is late', async () => {
    const { desk, feed } = await drawn(async (made) => {
      await made.act(accept);
      await made.act({ kind: 'promise', text: 'call you', dueAt: '2026-05-12T20:00:00Z' });
    });
    expect(items(feed, 'We said we would').at(-1)).to.equal('Not yet: call you by today 4:00 PM');
    desk.pass(8 * HOUR);
    await feed.refresh();
    await findText(feed, 'Not yet: call you was due today 4:00 PM');
  });

  it('is folded by a button on a phone, and stays as the reader leaves it', async () => {
    await setViewport({ width: 390, height: 700 });
    const { feed } = await drawn((desk) => desk.act(accept));
    await until(() => !queryRole(feed, 'list', 'Next steps'), 'it is not folded');
    const box = byRole(feed, 'region', 'Conversation').getBoundingClientRect();
    expect(box.top - feed.getBoundingClientRect().top, 'the conversation is in sight').to.be.below(500);
    const [summary] = parts(feed, 'pinned-title');
    expect(textOf(summary)).to.equal('Next steps and promises');
    summary?.click();
    await find(feed, 'list', 'Next steps');
    await feed.refresh();
    await feed.updateComplete;
    byRole(feed, 'list', 'Next steps');
    await expect(feed).to.be.accessible();
    await setViewport({ width: 800, height: 600 });
  });

  it('says the steps to screen readers where there is no room for their words', async () => {
    await setViewport({ width: 320, height: 700 });
    const { feed } = await drawn((desk) => desk.act(accept));
    await findText(feed, 'Accepted, now');
    expect(parts(feed, 'step-label').map((label) => label.checkVisibility())).to.eql([
      true,
      true,
      true,
      true,
    ]);
    await setViewport({ width: 800, height: 600 });
  });

  it('a due time of another year is said with its year, and there is no countdown to it (M05)', async () => {
    const { desk, feed } = await drawn(
      (made) => made.act(accept),
      (one) => (one.nextUpdateDueAt = '9999-12-31T12:00:00Z'),
    );
    expect(textOf(parts(feed, 'next-update')[0])).to.equal('Next update by December 31, 9999, 7:00 AM');
    await desk.backend.change(({ escalations }) => {
      for (const { escalation } of Object.values(escalations))
        Object.assign(escalation, { nextUpdateDueAt: '0001-01-01T12:00:00Z', version: 'later' });
    });
    await feed.refresh();
    await findText(feed, /An update was due .*It is late\./);
  });
});

describe('how an escalation ended', () => {
  it('resolved: by whom, when, and what came of it, before everything else', async () => {
    const { feed } = await drawn(async (desk) => {
      await desk.act(accept);
      await desk.act({ kind: 'keep-promise', promiseId: 'review' });
      desk.pass(50 * HOUR);
      await desk.act({ kind: 'resolve', summary: 'Fixed in 9.4.2, see https://example.com/942.' });
    });
    await expect(feed).to.be.accessible();
    expect(textOf(parts(feed, 'closed')[0])).to.equal(
      'Resolved by Sam Okoro · May 14, 12:00 PM Fixed in 9.4.2, see https://example.com/942. ' +
        'Reopen until Thu, May 28, 12:00 PM Rate this escalation',
    );
    const [closed, facts] = [parts(feed, 'closed')[0]!, parts(feed, 'facts')[0]!];
    expect(closed.compareDocumentPosition(facts)).to.equal(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(items(feed, 'We said we would')).to.eql([
      'Done: review your request against the escalation criteria kept Tue 10:00 AM',
      'Not done: reply with next steps',
    ]);
    expect(queryRole(feed, 'list', 'Next steps'), 'nothing comes next').to.equal(null);
    expect(parts(feed, 'composer')).to.be.empty;
  });

  it('withdrawn before anybody looked, by the requester', async () => {
    const desk = scene();
    await desk.escalate();
    await desk.act({ kind: 'withdraw' }, people.customer);
    const feed = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
    await findText(feed, /Withdrawn by you · May 12, 10:00 AM/);
    expect(steps(feed)).to.eql(['Requested, done', 'Withdrawn, now']);
    expect(parts(feed, 'step-stopped')).to.have.length(1);
    await expect(feed).to.be.accessible();
  });

  it('withdrawn after it was accepted: the way it came is still there', async () => {
    const { feed } = await drawn(async (desk) => {
      await desk.act(accept);
      await desk.act({ kind: 'withdraw', text: 'We found it ourselves.' }, people.customer);
    });
    expect(steps(feed)).to.eql(['Requested, done', 'Under review, done', 'Accepted, done', 'Withdrawn, now']);
    expect(textOf(parts(feed, 'closed-summary')[0])).to.equal('We found it ourselves.');
  });

  it('a criterion that the policy no longer has keeps the words of the owner', async () => {
    const { feed } = await drawn((desk) =>
      desk.act({
        kind: 'decline',
        text: 'Not now.',
        criteria: [{ id: 'gone', text: 'Wait <b>until</b> Friday.' }],
      }),
    );
    expect(items(feed, 'Why')).to.eql(['An earlier criterion Wait <b>until</b> Friday.']);
  });
});
