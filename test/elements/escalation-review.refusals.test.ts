import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { byRole, find, findText, heard, parts, textOf, until, untilFocused } from './find.js';
import { accept } from './gallery-review.js';
import { ACTIONS, reviewing, take } from './reviewing.js';

describe('what goes wrong', () => {
  const WHY: [name: string, fault: 'offline' | '401', words: RegExp][] = [
    ['offline', 'offline', /Not done: the connection was lost\. What you wrote is safe/],
    ['signed out', '401', /Not done: your sign-in has expired/],
  ];
  for (const [name, fault, words] of WHY)
    it(`${name}: says so, keeps the text, and is done once when tried again`, async () => {
      const { desk, review, open, press, type, seen } = await reviewing([accept]);
      const errors = heard<{ code: string }>(review, 'escalation-error');
      await open('Resolve');
      await type(/^What came of it/, 'Fixed in 9.4.2.');
      desk.fail(fault, ACTIONS);
      press('Resolve the escalation');
      await find(review, 'alert');
      await findText(review, words);
      expect(byRole<HTMLTextAreaElement>(review, 'textbox', /^What came of it/).value).to.equal(
        'Fixed in 9.4.2.',
      );
      expect(errors.length).to.be.greaterThan(0);
      await expect(review).to.be.accessible();
      desk.fail(null);
      press('Resolve the escalation');
      await until(() => review.matches(':state(resolved)'), 'not resolved');
      expect(new Set(desk.sent(ACTIONS).map(({ key }) => key)).size, 'one key').to.equal(
        fault === '401' ? 2 : 1,
      );
      expect((await seen()).closed?.summary).to.equal('Fixed in 9.4.2.');
    });

  it('somebody has changed it, and it can still be done: says so, and the next try counts', async () => {
    const { desk, review, open, press, type } = await reviewing([take]);
    await open('Decline');
    await type('Answer to the customer', 'Not now.');
    await desk.act({ kind: 'note', text: 'Wait.' });
    press('Decline the request');
    await findText(review, 'Not done: the escalation has changed in the meantime.');
    const field = byRole<HTMLTextAreaElement>(review, 'textbox', 'Answer to the customer');
    expect(field.value).to.equal('Not now.');
    await findText(review, 'Wait.');
    press('Decline the request');
    await until(() => review.matches(':state(declined)'), 'not declined');
  });

  it('somebody was faster: the new state, and what was written, to be copied', async () => {
    const { desk, review, open, press, type } = await reviewing([take]);
    await open('Decline');
    await type('Answer to the customer', 'Not now.');
    await desk.act(accept);
    press('Decline the request');
    await until(() => review.matches(':state(accepted)'), 'not accepted');
    await findText(review, 'Not done: the escalation has changed in the meantime.');
    const left = parts(review, 'unsent')[0]!;
    expect(textOf(left)).to.contain('Not now.');
    await untilFocused(review, left);
    byRole(left, 'button', 'Copy');
    await expect(review).to.be.accessible();
    byRole(left, 'button', 'Delete').click();
    await until(() => !parts(review, 'unsent').length, 'still there');
    expect(textOf(review)).not.to.contain('Not done');
  });

  it('the same while it was only being written', async () => {
    const { desk, review, open, type } = await reviewing([take]);
    await open('Accept');
    await type('Answer to the customer', 'We take it on.');
    await type(/^What happens/, 'Reproduce it.');
    await desk.act({ kind: 'decline', text: 'No.', criteria: [] });
    await review.refresh();
    await until(() => parts(review, 'unsent').length, 'nothing is left');
    expect(textOf(parts(review, 'unsent')[0])).to.contain('We take it on. Reproduce it.');
  });

  it('a form folds away by Escape with what was typed, and its button takes the focus', async () => {
    const { review, open, type } = await reviewing([accept]);
    await open('Write a note');
    await type(/^Internal note/, 'It is the proxy.');
    await sendKeys({ press: 'Escape' });
    await untilFocused(review, byRole(review, 'button', 'Write a note'));
    expect(parts(review, 'act-form')).to.be.empty;
    await open('Write a note');
    expect(byRole<HTMLTextAreaElement>(review, 'textbox', /^Internal note/).value).to.equal(
      'It is the proxy.',
    );
  });
});
