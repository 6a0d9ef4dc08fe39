import { expect } from '@open-wc/testing';
import type { Action } from '../../src/core/model.js';
import { byRole, expectNone, find, findText, focused, textOf, until } from './find.js';
import { accept, draw } from './gallery-review.js';
import { ACTIONS, bar, resolve, reviewing, take } from './reviewing.js';
import { HOUR, people, policies, scene } from './scene.js';

/** Everything that an owner may be offered, by its words. */
const WORDS = {
  take: 'Take', accept: 'Accept', decline: 'Decline', resolve: 'Resolve', reopen: 'Reopen',
  'next-update': 'Set the next update', promise: 'Add a promise', 'keep-promise': 'Keep a promise',
  note: 'Write a note', withdraw: 'Withdraw',
}; // prettier-ignore
describe('what an owner is offered', () => {
  const rows: [state: string, acts: Action[], offered: (keyof typeof WORDS)[]][] = [
    ['requested', [], ['take', 'accept', 'decline', 'note']],
    ['under-review', [take], ['accept', 'decline', 'next-update', 'promise', 'keep-promise', 'note']],
    ['accepted', [accept], ['resolve', 'next-update', 'promise', 'keep-promise', 'note']],
    ['declined', [{ kind: 'decline', text: 'No.', criteria: [] }], ['note']],
    ['resolved', [accept, resolve], ['reopen', 'note']],
  ];
  for (const [state, acts, offered] of rows)
    it(`${state}: ${offered.join(', ')}`, async () => {
      const { review } = await reviewing(acts);
      await until(() => review.matches(`:state(${state})`), `not ${state}`);
      expect(bar(review)).to.eql(offered.map((kind) => WORDS[kind]));
      await expect(review).to.be.accessible();
    });

  it('withdrawn: only a note; too late to reopen: neither', async () => {
    const withdrawn = await reviewing([], {}, (desk) => desk.act({ kind: 'withdraw' }, people.customer));
    expect(bar(withdrawn.review)).to.eql(['Write a note']);
    const late = await reviewing([accept, resolve], {}, (desk) => desk.pass(15 * 24 * HOUR));
    expect(bar(late.review)).to.eql(['Write a note']);
  });

  it('withdraw, where the policy lets an owner', async () => {
    const { lifecycle } = policies.genesys;
    const policy = { ...policies.genesys, lifecycle: { ...lifecycle, withdraw: ['owner'] } };
    const { review, open, press, seen } = await reviewing([], { policy });
    expect(bar(review)).to.include('Withdraw');
    await open('Withdraw');
    press('Withdraw the escalation');
    await findText(review, 'Withdrawn.');
    expect((await seen()).status).to.equal('withdrawn');
  });

  it('a customer: only what a customer may, and no criteria', async () => {
    const desk = scene();
    await desk.escalate();
    const review = await draw(desk);
    await find(review, 'group', 'What you can do');
    expect(bar(review)).to.eql(['Withdraw']);
    expectNone(review, 'list', 'Criteria, judged now');
  });
});

describe('take', () => {
  it('one click; the focus goes to what was done', async () => {
    const { review, press, seen } = await reviewing();
    press('Take');
    await findText(review, 'It is yours now.');
    await until(() => review.matches(':state(under-review)'), 'not under review');
    expect((await seen()).owner?.name).to.equal('Sam Okoro');
    await until(() => textOf(focused(review)) === 'It is yours now.', 'no focus');
    await expect(review).to.be.accessible();
  });

  it('shows that it is busy, and is sent once', async () => {
    const { desk, review, press } = await reviewing();
    const release = desk.hold(ACTIONS);
    press('Take');
    await until(() => byRole(review, 'button', 'Take').ariaDisabled === 'true', 'not busy');
    press('Take');
    release();
    await findText(review, 'It is yours now.');
    expect(desk.sent(ACTIONS)).to.have.length(1);
  });
});
