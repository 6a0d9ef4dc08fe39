import { expect } from '@open-wc/testing';
import { answer, byRole, choose, expectNone, find, findText, until, write } from './find.js';
import { people, scene } from './scene.js';
import { draw, TYPED, typing } from './typing.js';

describe('declined before (G34)', () => {
  const OLD = { reasonId: 'other', details: 'The export has been failing since Monday.' };
  const DECLINE = {
    kind: 'decline' as const,
    text: 'It does not meet the criteria.',
    criteria: [
      { id: 'high-24-hours', text: 'High priority needs 24 hours since the last update.' },
      { id: 'active-case', text: 'The case was resolved.' },
    ],
  };
  async function declined(by = people.customer) {
    const desk = scene();
    const { id } = await desk.escalate(by, OLD);
    await desk.act(DECLINE);
    const element = await draw(desk);
    (await find(element, 'button', 'Escalate Case')).click();
    await findText(
      element,
      'Declined on May 12 by Sam Okoro: High priority needs 24 hours since the last update.',
    );
    return { desk, element, id };
  }
  const comments = (element: Element) => byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/);

  it('says by whom and why, with the old request filled in, and the new one names it', async () => {
    const { desk, element, id } = await declined();
    await until(() => comments(element).value === OLD.details, 'nothing is filled in');
    expect(byRole<HTMLSelectElement>(element, 'combobox').value).to.equal('other');
    await expect(element).to.be.accessible();
    byRole(element, 'dialog')
      .querySelectorAll('summary')
      .forEach((summary) => summary.click());
    await findText(element, 'It does not meet the criteria.');
    byRole(
      element,
      'listitem',
      '24 hours since the last update High priority needs 24 hours since the last update.',
    );
    byRole(element, 'listitem', 'There is an active case The case was resolved.');
    await expect(element).to.be.accessible();
    answer(element, /urgency or impact/, 'No');
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    expect(desk.sent(/^POST/)[0]?.body).to.deep.include({ ...OLD, corrects: id });
  });

  it('a colleague’s: says so, and nothing of theirs is filled in', async () => {
    const { desk, element } = await declined(people.colleague);
    await element.updateComplete;
    expect(comments(element).value).to.equal('');
    expect(byRole<HTMLSelectElement>(element, 'combobox').value).to.equal('');
    choose(byRole(element, 'combobox'), 'Reoccurring');
    answer(element, /urgency or impact/, 'No');
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    expect(desk.sent(/^POST/)[0]?.body).not.to.have.property('corrects');
  });

  it('what is being typed by now is not replaced', async () => {
    const { desk, element, untouched } = await typing();
    await desk.escalate(people.customer, OLD);
    await desk.act(DECLINE);
    await element.refresh();
    untouched();
    element.close();
    await element.show();
    await findText(element, 'Declined on May 12 by Sam Okoro');
    expect(comments(element).value).to.equal(TYPED);
  });

  it('what was changed in it before a reload is there after it, not the old text', async () => {
    const { desk, element } = await declined();
    await until(() => comments(element).value === OLD.details, 'nothing is filled in');
    write(comments(element), TYPED);
    await element.updateComplete;
    element.remove();
    const next = await draw(desk);
    (await find(next, 'button', 'Escalate Case')).click();
    await findText(next, 'Declined on May 12 by Sam Okoro');
    await until(() => comments(next).value === TYPED, 'the old text is back');
  });

  it('discarded: it is not filled in again', async () => {
    const { element } = await declined();
    await until(() => comments(element).value === OLD.details, 'nothing is filled in');
    byRole(element, 'button', 'Discard draft').click();
    await until(() => comments(element).value === '', 'still there');
    element.close();
    await element.show();
    await findText(element, 'Declined on May 12 by Sam Okoro');
    expect(comments(element).value).to.equal('');
  });

  it('that cannot be had: an empty form, and nobody is troubled', async () => {
    const desk = scene();
    await desk.escalate(people.customer, OLD);
    await desk.act(DECLINE);
    desk.fail('503', /^GET \/escalations/);
    const element = await draw(desk);
    (await find(element, 'button', 'Escalate Case')).click();
    await find(element, 'button', 'Submit');
    await until(() => desk.sent(/^GET \/escalations/).length, 'it was not asked for');
    await element.updateComplete;
    expect(comments(element).value).to.equal('');
    expectNone(element, 'alert');
  });
});
