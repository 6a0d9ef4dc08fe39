import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Level } from '../../src/core/model.js';
import {
  allByRole,
  answer,
  byRole,
  descriptionOf,
  find,
  findText,
  focused,
  parts,
  queryRole,
  textOf,
  until,
  untilFocused,
  write,
} from './find.js';
import { ACTIONS, reviewing, take, time } from './reviewing.js';
import { policies } from './scene.js';

describe('accept', () => {
  const LEVELS: Level[] = ['low', 'medium', 'high'];
  const word = { low: 'Low', medium: 'Medium', high: 'High' };

  it('the priority is the one of the policy, in words and in the picture, for all nine', async () => {
    const { review, open } = await reviewing([take]);
    await open('Accept');
    for (const importance of LEVELS)
      for (const urgency of LEVELS) {
        answer(review, 'Importance', word[importance]);
        answer(review, 'Urgency', word[urgency]);
        await review.updateComplete;
        const priority = policies.genesys.lifecycle.priority[importance][urgency];
        expect(textOf(parts(review, 'priority-result')[0])).to.equal(`Escalation priority ${word[priority]}`);
        const current = parts(review, 'priority-current');
        expect(current.map((cell) => [textOf(cell), cell.ariaCurrent])).to.eql([[word[priority], 'true']]);
        const row = current[0]!.closest('tr')!;
        expect(textOf(row.querySelector('th'))).to.equal(`Importance ${word[importance]}`);
        const head = review.shadowRoot!.querySelectorAll('thead th')[LEVELS.indexOf(urgency)];
        expect(textOf(head)).to.equal(`Urgency ${word[urgency]}`);
        expect([...row.querySelectorAll('td')].indexOf(current[0] as HTMLTableCellElement)).to.equal(
          LEVELS.indexOf(urgency),
        );
      }
    await expect(review).to.be.accessible();
  });

  it('with an answer, next steps and the next update, as the customer sees it then', async () => {
    const { desk, review, open, press, type, choose, seen } = await reviewing([take]);
    await open('Accept');
    await findText(review, 'Times are in your time zone, America/New_York.');
    answer(review, 'Importance', 'High');
    answer(review, 'Urgency', 'Medium');
    await type('Answer to the customer', 'We take it on.');
    await type(/^What happens/, 'Reproduce it.');
    await type(/^Who does it/, 'Dana Reyes');
    await choose('By when', '2026-05-13T09:30');
    press('Add a next step');
    await until(() => allByRole(review, 'group', /^Next step/).length === 2, 'no second row');
    await untilFocused(review, byRole(byRole(review, 'group', 'Next step 2'), 'textbox', /^What happens/));
    write(byRole(byRole(review, 'group', 'Next step 2'), 'textbox', /^What happens/), 'Test the fix.');
    await choose('Next update by', '2026-05-12T17:00');
    press('Accept the escalation');
    await findText(review, 'Accepted. The customer reads your answer now.');
    await until(() => review.matches(':state(accepted)'), 'not accepted');
    const { status, importance, urgency, priority, decision, nextSteps, nextUpdateDueAt } = await seen();
    expect([status, importance, urgency, priority]).to.eql(['accepted', 'high', 'medium', 'high']);
    expect(decision?.text).to.equal('We take it on.');
    expect(nextSteps).to.eql([
      { text: 'Reproduce it.', who: 'Dana Reyes', dueAt: '2026-05-13T13:30:00.000Z' },
      { text: 'Test the fix.' },
    ]);
    expect(nextUpdateDueAt).to.equal('2026-05-12T21:00:00.000Z');
    expect(desk.sent(ACTIONS)).to.have.length(1);
  });

  it('also from a request that nobody has taken', async () => {
    const { review, open, press, type, seen } = await reviewing();
    await open('Accept');
    answer(review, 'Importance', 'Low');
    answer(review, 'Urgency', 'Low');
    await type('Answer to the customer', 'We take it on.');
    press('Accept the escalation');
    await until(() => review.matches(':state(accepted)'), 'not accepted');
    const { owner, nextSteps, nextUpdateDueAt } = await seen();
    expect([owner?.name, nextSteps]).to.eql(['Sam Okoro', []]);
    expect(nextUpdateDueAt, '72 hours, as the policy says for a low one').to.equal(
      '2026-05-15T14:00:00.000Z',
    );
  });

  it('the next update moves with the priority until somebody has chosen', async () => {
    const { review, open, choose } = await reviewing([take]);
    await open('Accept');
    expect(time(review, 'Next update by').value).to.equal('');
    answer(review, 'Importance', 'Low');
    answer(review, 'Urgency', 'Low');
    await review.updateComplete;
    expect(time(review, 'Next update by').value, '72 h').to.equal('2026-05-15T10:00');
    answer(review, 'Importance', 'High');
    answer(review, 'Urgency', 'High');
    await review.updateComplete;
    expect(time(review, 'Next update by').value, '24 h').to.equal('2026-05-13T10:00');
    await choose('Next update by', '2026-05-12T18:00');
    answer(review, 'Importance', 'Low');
    await review.updateComplete;
    expect(time(review, 'Next update by').value).to.equal('2026-05-12T18:00');
  });

  it('says all that is missing, and goes to the first of it; mending one stays there', async () => {
    const { desk, review, open, press, type, choose } = await reviewing([take]);
    await open('Accept');
    await type(/^Who does it/, 'Dana Reyes');
    await choose('Next update by', '2026-05-12T09:00');
    press('Accept the escalation');
    await findText(review, 'Choose one.');
    const invalid = [...review.shadowRoot!.querySelectorAll('[aria-invalid="true"]')];
    await untilFocused(review, invalid[0]!);
    expect(textOf(parts(review, 'act-form')[0])).to.match(
      /Choose one.*Choose one.*Write something first.*Write something first.*Choose a time that is still to come/,
    );
    await expect(review).to.be.accessible();
    const field = byRole<HTMLTextAreaElement>(review, 'textbox', 'Answer to the customer');
    expect(descriptionOf(field)).to.equal('Write something first.');
    write(field, 'We');
    await review.updateComplete;
    expect(focused(review) === field, 'the focus has moved').to.equal(true);
    expect(descriptionOf(field)).to.equal('');
    expect(desk.sent(ACTIONS)).to.be.empty;
  });

  it('a row can go again, with what was in it', async () => {
    const { review, open, press, type } = await reviewing([take]);
    await open('Accept');
    await type(/^What happens/, 'Reproduce it.');
    press('Remove');
    await until(() => !queryRole(review, 'group', /^Next step/), 'still there');
    await untilFocused(review, byRole(review, 'button', 'Add a next step'));
    press('Add a next step');
    const row = await find(review, 'group', 'Next step 1');
    expect(byRole<HTMLInputElement>(row, 'textbox', /^What happens/).value).to.equal('');
  });

  it('with the keyboard alone', async () => {
    const { review, seen } = await reviewing([take]);
    byRole(review, 'button', 'Accept').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused(review)?.matches('[type="radio"]'), 'no form');
    await sendKeys({ press: 'Space' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'We take it on.' });
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Control' });
    await until(() => review.matches(':state(accepted)'), 'not accepted');
    const { importance, urgency, decision } = await seen();
    expect([importance, urgency, decision?.text]).to.eql(['medium', 'low', 'We take it on.']);
  });

  it('does without the prefilled time and the picture where the policy does not say', async () => {
    const { desk, review, open, type, press } = await reviewing([take], {}, (made) => {
      made.answer = ({ path }) => {
        if (!path.startsWith('/policies/')) return undefined;
        const { lifecycle: _lifecycle, ...policy } = policies.genesys;
        return Response.json(policy);
      };
    });
    await open('Accept');
    answer(review, 'Importance', 'High');
    answer(review, 'Urgency', 'High');
    await type('Answer to the customer', 'We take it on.');
    expect(time(review, 'Next update by').value).to.equal('');
    expect(parts(review, 'priorities')).to.be.empty;
    press('Accept the escalation');
    await until(() => review.matches(':state(accepted)'), 'not accepted');
    expect(desk.sent(ACTIONS)[0]?.body).to.eql({
      kind: 'accept', importance: 'high', urgency: 'high', text: 'We take it on.',
    }); // prettier-ignore
  });
});
