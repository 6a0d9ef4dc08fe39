import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { EscalationFeed } from 'escalation-elements';
import type { Action } from '../../src/core/model.js';
import { accept, done, draw, drawn, only, resolve } from './acted.js';
import { hostile } from './hostile.js';
import {
  allByRole, byRole, descriptionOf, expectNone, find, findText, heard, nameOf, parts, textOf, until, untilFocused, write,
} from './find.js'; // prettier-ignore
import { HOUR, people, scene } from './scene.js';

type Field = HTMLTextAreaElement;
const DAY = 24 * HOUR;

describe('who sees which button, and when', () => {
  const ACTS = /^(Withdraw|Reopen|Rate this escalation|Ask for the update|Follow this escalation)$/;
  const decline: Action = {
    kind: 'decline',
    text: 'No.',
    criteria: [{ id: 'active-case', text: 'It is not.' }],
  };
  const all = {
    customer: people.customer,
    colleague: people.colleague,
    owner: people.owner,
    engineer: people.engineer,
  };
  const none = { owner: [], engineer: [] };
  const mine = { ...none, customer: ['Withdraw'], colleague: ['Withdraw', 'Follow this escalation'] };
  const late = {
    ...none,
    customer: ['Ask for the update', 'Withdraw'],
    colleague: ['Ask for the update', 'Withdraw', 'Follow this escalation'],
  };
  const ended = ['Reopen', 'Rate this escalation'];
  const closed = { ...none, customer: [], colleague: [] };
  const rows: [status: string, acts: Action[], hours: number, seen: Record<string, string[]>][] = [
    ['requested', [], 0, mine],
    ['requested, late', [], 25, late],
    ['under review', [{ kind: 'take' }], 0, mine],
    ['accepted', [accept], 0, mine],
    ['accepted, late', [accept], 49, late],
    ['declined', [decline], 0, closed],
    ['resolved', [accept, resolve], 0, { ...none, customer: ended, colleague: ended, owner: ['Reopen'] }],
    ['resolved for long', [accept, resolve], 15 * 24, { ...closed, customer: ended.slice(1), colleague: ended.slice(1) }],
    ['withdrawn', [accept, { kind: 'withdraw' }], 0, closed],
  ]; // prettier-ignore

  for (const [status, acts, hours, seen] of rows)
    for (const [who, user] of Object.entries(all))
      it(`${status}, ${who}: ${seen[who]?.join(', ') || 'none'}`, async () => {
        const desk = scene({ user });
        await desk.escalate();
        for (const act of acts) await desk.act(act, act.kind === 'withdraw' ? people.customer : people.owner);
        desk.pass(hours * HOUR);
        const feed = await draw(desk);
        await find(feed, 'list', 'Progress');
        await findText(feed, /requested by/);
        expect(allByRole(feed, 'button', ACTS).map(nameOf)).to.eql(seen[who]);
      });
});

describe('withdrawing', () => {
  const open = async (feed: EscalationFeed) => {
    byRole(feed, 'button', 'Withdraw').click();
    return find<Field>(feed, 'textbox', /^Why do you withdraw it/);
  };
  const submit = (feed: EscalationFeed) => byRole(feed, 'button', 'Withdraw escalation').click();

  it('says what it means first, and ends as the help desk says', async () => {
    const { desk, feed } = await drawn([accept]);
    const changed = heard(document, 'escalation-change');
    const field = await open(feed);
    await untilFocused(feed, field);
    expect(byRole(feed, 'button', 'Withdraw').getAttribute('aria-expanded')).to.equal('true');
    await findText(
      feed,
      'Work on this escalation stops, and it takes no more messages. You can request a new one',
    );
    await expect(feed).to.be.accessible();
    write(field, '  We found it ourselves. ');
    submit(feed);
    await done(feed, 'Your escalation is withdrawn.');
    await findText(feed, 'Withdrawn by you · May 12, 10:00 AM We found it ourselves.');
    await expect(feed).to.be.accessible();
    const { status, closed } = await only(desk);
    expect([status, closed?.summary]).to.eql(['withdrawn', 'We found it ourselves.']);
    expect((await desk.entries()).at(-1)).to.include({ kind: 'status', status: 'withdrawn' });
    expect(parts(feed, 'composer')).to.be.empty;
    expectNone(feed, 'button', 'Withdraw');
    await until(() => changed.length, 'the page was not told');
    expect(changed).to.eql([
      { escalationId: (await only(desk)).id, status: 'withdrawn', previous: 'accepted' },
    ]);
  });

  it('needs no reason', async () => {
    const { desk, feed } = await drawn([]);
    await open(feed);
    submit(feed);
    await done(feed, 'Your escalation is withdrawn.');
    expect(desk.sent(/actions/).at(-1)?.body).to.eql({ kind: 'withdraw' });
  });

  it('by keyboard: Escape and “Keep it” fold it away, with the text and the focus kept; Ctrl + Enter sends it', async () => {
    const { desk, feed } = await drawn([accept]);
    const field = await open(feed);
    write(field, 'Found it.');
    await sendKeys({ press: 'Escape' });
    await untilFocused(feed, byRole(feed, 'button', 'Withdraw'));
    expectNone(feed, 'textbox', /withdraw/);
    await sendKeys({ press: 'Enter' });
    const again = await find<Field>(feed, 'textbox', /withdraw/);
    await untilFocused(feed, again);
    expect(again.value).to.equal('Found it.');
    byRole(feed, 'button', 'Keep it').click();
    await untilFocused(feed, byRole(feed, 'button', 'Withdraw'));
    expect((await only(desk)).status).to.equal('accepted');
    await untilFocused(feed, await open(feed));
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Control' });
    await done(feed, 'Your escalation is withdrawn.');
  });

  it('a text that is too long goes nowhere', async () => {
    const { desk, feed } = await drawn([accept]);
    const field = await open(feed);
    write(field, 'x'.repeat(10_001));
    submit(feed);
    await findText(feed, 'Write at most 10,000 characters.');
    await untilFocused(feed, field);
    expect(descriptionOf(field)).to.equal('Write at most 10,000 characters.');
    expect(desk.sent(/actions.*/).filter(({ body }) => (body as Action).kind === 'withdraw')).to.be.empty;
  });

  it('offline: not done, and the same key when it is tried again', async () => {
    const { desk, feed } = await drawn([accept]);
    write(await open(feed), 'Found it.');
    desk.fail('offline', /actions/);
    submit(feed);
    await findText(feed, 'Not done: the connection was lost. What you wrote is safe');
    expect((await find<Field>(feed, 'textbox', /withdraw/)).value).to.equal('Found it.');
    expect((await only(desk)).status).to.equal('accepted');
    await expect(feed).to.be.accessible();
    desk.fail(null);
    submit(feed);
    await done(feed, 'Your escalation is withdrawn.');
    expect(new Set(desk.sent(/actions/).filter(({ body }) => (body as Action).kind === 'withdraw').map(({ key }) => key))).to.have.length(1);
  }); // prettier-ignore

  it('may have been done (409 unconfirmed): says so, keeps the text, and does it again only when asked', async () => {
    const { desk, feed } = await drawn([accept]);
    write(await open(feed), 'Found it.');
    desk.answer = ({ path, body }) =>
      path.endsWith('/actions') && (body as Action).kind === 'withdraw'
        ? new Response('{"status":409,"code":"unconfirmed"}', {
            status: 409,
            headers: { 'Content-Type': 'application/problem+json' },
          })
        : undefined;
    submit(feed);
    await findText(feed, 'Not confirmed: it may have been done. Look before you do it again; what you wrote is safe.');
    expect((await find<Field>(feed, 'textbox', /withdraw/)).value).to.equal('Found it.');
    desk.answer = null;
    submit(feed);
    await done(feed, 'Your escalation is withdrawn.');
    expect(new Set(desk.sent(/actions/).filter(({ body }) => (body as Action).kind === 'withdraw').map(({ key }) => key))).to.have.length(2);
  }); // prettier-ignore

  it('changed meanwhile (412): says so, shows what is so, keeps the text', async () => {
    const { desk, feed } = await drawn([accept]);
    write(await open(feed), 'Found it.');
    await desk.act({ kind: 'promise', text: 'Call you.' });
    submit(feed);
    await findText(feed, 'Not done: the escalation has changed in the meantime.');
    await findText(feed, 'Not yet: Call you.');
    expect((await find<Field>(feed, 'textbox', /withdraw/)).value).to.equal('Found it.');
    submit(feed);
    await done(feed, 'Your escalation is withdrawn.');
  });

  it('signed out (401): sign in, and the text is still there; for somebody else it is not', async () => {
    const { desk, feed } = await drawn([accept]);
    write(await open(feed), 'Found it.');
    desk.user = null;
    submit(feed);
    await findText(feed, 'Sign in to see the escalation.');
    desk.user = people.customer;
    byRole(feed, 'button', 'Try again').click();
    expect((await find<Field>(feed, 'textbox', /withdraw/)).value).to.equal('Found it.');
    await findText(feed, 'Not done: your sign-in has expired.');
    desk.user = people.colleague;
    await feed.refresh();
    await find(feed, 'button', 'Follow this escalation');
    expectNone(feed, 'textbox', /withdraw/);
    expect((await open(feed)).value).to.equal('');
  });

  it('whatever somebody gives as a reason is text', async () => {
    const { desk, feed } = await drawn([accept]);
    await desk.act({ kind: 'withdraw', text: 'x' }, people.customer);
    for (const { payload } of hostile.filter((_, i) => i % 6 === 0)) {
      await desk.backend.change(({ escalations }) => {
        for (const { escalation } of Object.values(escalations))
          Object.assign(escalation, { version: `${escalation.version}1`, closed: { ...escalation.closed, summary: payload } });
      });
      await feed.refresh();
      expect(feed.shadowRoot!.querySelectorAll('[part="closed"] :is(img, script, iframe, style, [onerror])')).to.be.empty;
    }
    expect('hacked' in window).to.equal(false);
  }); // prettier-ignore
});

describe('going on with what was resolved', () => {
  it('reopens it, with a reason, as long as the policy lets', async () => {
    const { desk, feed } = await drawn([accept, resolve]);
    expect(textOf(parts(feed, 'closed')[0])).to.contain('Fixed in 9.4.2. Reopen until Tue, May 26, 10:00 AM');
    byRole(feed, 'button', 'Reopen').click();
    const field = await find<Field>(feed, 'textbox', 'What is still open?');
    await untilFocused(feed, field);
    byRole(feed, 'button', 'Reopen escalation').click();
    await findText(feed, 'Write something first.');
    await untilFocused(feed, field);
    await expect(feed).to.be.accessible();
    write(field, 'It fails again.');
    byRole(feed, 'button', 'Reopen escalation').click();
    await done(feed, 'The escalation is open again.');
    expect((await only(desk)).status).to.equal('under-review');
    expect((await desk.entries()).at(-1)).to.include({ text: 'It fails again.', status: 'under-review' });
    await find(feed, 'textbox', 'Message to Sam Okoro');
    // What was done is not said any more once it is over again.
    await desk.act(accept);
    await desk.act(resolve);
    await feed.refresh();
    await find(feed, 'button', 'Reopen');
    expect(textOf(feed)).not.to.contain('open again');
  });

  it('when that time has passed the button is gone by itself', async () => {
    const { desk, feed } = await drawn([accept, resolve]);
    desk.pass(14 * DAY);
    feed.requestUpdate();
    await feed.updateComplete;
    expectNone(feed, 'button', 'Reopen');
    await findText(feed, 'To request an escalation again, use the Escalate button on the case page.');
  });

  it('another one is open by now (409): says so, and the text stays in sight', async () => {
    const { desk, feed } = await drawn([accept, resolve]);
    byRole(feed, 'button', 'Reopen').click();
    write(await find<Field>(feed, 'textbox', 'What is still open?'), 'It fails again.');
    await desk.escalate(people.colleague);
    byRole(feed, 'button', 'Reopen escalation').click();
    await findText(feed, 'Not done: another escalation of this case is open. A case has one at a time.');
    await findText(feed, 'This is an earlier escalation. Back to the current escalation');
    expect(byRole<Field>(feed, 'textbox', 'What is still open?').value).to.equal('It fails again.');
    await expect(feed).to.be.accessible();
  });
});
