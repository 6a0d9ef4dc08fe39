import { expect, html } from '@open-wc/testing';
import type { EscalateCase, EscalationFeed } from 'escalation-elements';
import { expectNone, findText, parts, queryRole, textOf, until } from './find.js';
import { draw } from './gallery-review.js';
import { bar, resolve, reviewing, take } from './reviewing.js';
import { HOUR, people, policies, scene } from './scene.js';

/** What a help desk cannot do is offered to nobody. */

const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;
const accept = { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' } as const;

describe('a help desk that takes few actions', () => {
  it('its owner is offered those, and works in the help desk itself', async () => {
    const { review } = await reviewing([], { takes: ['withdraw', 'note'] });
    expect(bar(review)).to.eql(['Write a note']);
    await expect(review).to.be.accessible();
  });

  it('none: no bar, the rest stands', async () => {
    const desk = scene({ user: people.owner, takes: [] });
    await desk.escalate();
    const review = await draw(desk);
    await until(() => parts(review, 'criteria').length, 'no criteria');
    expectNone(review, 'group', 'What you can do');
    await expect(review).to.be.accessible();
  });

  it('its customer cannot withdraw, ask for a late update, follow, rate or reopen, and is not told that they can', async () => {
    const silent = scene({ takes: ['take', 'accept', 'resolve'] });
    await silent.escalate();
    await silent.act(take);
    silent.pass(100 * HOUR);
    const feed = await silent.draw<EscalationFeed>(FEED);
    await findText(feed, /Under review/);
    for (const name of [/withdraw/i, /ask for/i]) expect(queryRole(feed, 'button', name)).to.equal(null);
    await silent.act(accept);
    await silent.act(resolve);
    await feed.refresh();
    await until(() => feed.matches(':state(resolved)'), 'not resolved');
    expect(queryRole(feed, 'button', /reopen/i)).to.equal(null);
    expect(queryRole(feed, 'radio')).to.equal(null);

    const joined = scene({ takes: ['withdraw'], user: people.colleague });
    await joined.escalate(people.customer);
    const theirs = await joined.draw<EscalationFeed>(FEED);
    await until(() => theirs.matches(':state(requested)'), 'not requested');
    expect(queryRole(theirs, 'button', /follow|join/i)).to.equal(null);
  });

  it('what somebody has read is told to nobody', async () => {
    const desk = scene({ takes: ['take'] });
    await desk.escalate();
    await desk.post('Hello');
    const feed = await desk.draw<EscalationFeed>(FEED);
    await findText(feed, 'Hello');
    await feed.refresh();
    expect(desk.sent(/POST/)).to.eql([]);
  });
});

describe('a help desk without a conversation', () => {
  it('shows status and promises, and says that there are no messages here', async () => {
    const desk = scene({ policy: policies.standard, lacking: ['entries', 'post'] });
    await desk.escalate();
    const feed = await desk.draw<EscalationFeed>(FEED);
    await until(() => parts(feed, 'off').length, 'nothing said');
    expect(parts(feed, 'off').map(textOf)).to.eql(['Messages about this escalation are not shown here.']);
    expect(queryRole(feed, 'textbox')).to.equal(null);
    expect(desk.sent(/entries/)).to.eql([]);
    await expect(feed).to.be.accessible();
  });
});

describe('a help desk that takes no notes on the case', () => {
  it('leads to the case instead of a field to answer in', async () => {
    const desk = scene({
      lacking: ['note'],
      case: {
        waitingOn: 'customer',
        waitingFor: 'The log of node 2',
        caseFeedUrl: 'https://portal.test/case',
      },
    });
    const button = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    await until(() => button.matches(':state(blocked)'), 'not blocked');
    await button.show();
    await findText(button, /Support is waiting for your answer/);
    expect(queryRole(button, 'textbox')).to.equal(null);
  });
});
