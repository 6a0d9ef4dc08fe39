import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { byRole, findText, focused, nameOf, queryRole, textOf, until, untilFocused } from './find.js';
import { reviewing, take } from './reviewing.js';

describe('decline', () => {
  it('with a reason for each criterion and where to read on, as the customer reads it (G34)', async () => {
    const { review, open, press, type, seen } = await reviewing([take], {}, (desk) =>
      desk.change({ waitingOn: 'customer' }),
    );
    await open('Decline');
    const list = byRole(review, 'group', 'Criteria that are not met');
    const box = (title: string) =>
      [...list.querySelectorAll<HTMLInputElement>('[type="checkbox"]')].find((one) => nameOf(one) === title)!;
    expect(box('Product Support is not waiting on you').checked, 'judged not met').to.equal(true);
    expect(box('There is an active case').checked).to.equal(false);
    const why = byRole<HTMLTextAreaElement>(list, 'textbox', 'Reason: Product Support is not waiting on you');
    expect(why.value).to.contain('Product Support needs more information from you');
    await expect(review).to.be.accessible();
    await type(nameOf(why), '');
    press('Decline the request');
    await findText(review, 'Write something first.');
    await untilFocused(review, why);
    await type('Reason: Product Support is not waiting on you', 'Send the logs first.');
    await type('Answer to the customer', 'Not yet.');
    [...byRole(review, 'group', 'Where to read on').querySelectorAll('label')]
      .find((label) => textOf(label) === 'Case escalation process')!
      .click();
    await review.updateComplete;
    press('Decline the request');
    await until(() => review.matches(':state(declined)'), 'not declined');
    const { decision } = await seen();
    expect(decision?.text).to.equal('Not yet.');
    expect(decision?.criteria).to.eql([{ id: 'not-waiting-on-you', text: 'Send the logs first.' }]);
    expect(decision?.links).to.eql([
      { label: 'Case escalation process', href: 'https://example.com/case-escalation' },
    ]);
    await expect(review).to.be.accessible();
  });

  it('own words are enough, and needed', async () => {
    const { review, open, press, type, seen } = await reviewing();
    await open('Decline');
    press('Decline the request');
    await findText(review, 'Write something first.');
    await untilFocused(review, byRole(review, 'textbox', 'Answer to the customer'));
    await type('Answer to the customer', 'Not now.');
    press('Decline the request');
    await until(() => review.matches(':state(declined)'), 'not declined');
    const { decision } = await seen();
    expect([decision?.text, decision?.criteria, decision?.links]).to.eql(['Not now.', [], undefined]);
  });

  it('with the keyboard alone', async () => {
    const { review, seen } = await reviewing();
    byRole(review, 'button', 'Decline').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused(review)?.matches('[type="checkbox"]'), 'no form');
    await sendKeys({ press: 'Space' });
    await until(() => queryRole(review, 'textbox', 'Reason: There is an active case'), 'no reason');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'x' });
    const own = byRole(review, 'textbox', 'Answer to the customer');
    while (focused(review) !== own) await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'Not now.' });
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Control' });
    await until(() => review.matches(':state(declined)'), 'not declined');
    expect((await seen()).decision?.criteria?.[0]?.id).to.equal('active-case');
  });
});
