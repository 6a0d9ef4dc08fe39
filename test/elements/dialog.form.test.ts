import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import {
  allByRole, answer, byRole, choose, descriptionOf, find, findText, parts, queryRole, textOf, untilFocused, write,
} from './find.js'; // prettier-ignore
import { policies, scene, type SceneOptions } from './scene.js';

/** Draws the case and opens its form. */
async function opened(options: SceneOptions = {}) {
  const desk = scene(options);
  const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
  (await find(element, 'button', /^Escalate/)).click();
  const form = await find(element, 'button', /^(Submit|Request escalation)$/);
  await findText(element, /This case can be escalated/);
  return { desk, element, submit: () => form.click() };
}
const options = (select: HTMLSelectElement) => [...select.options].map(textOf);
const pulse = { policy: policies['pulse-secure'] };
const HIGH = { case: { priority: 'high' as const } };
const IMPACT = 'Is the issue actively causing significant business impact?';
const CHANGED = 'Do you ask because urgency or impact has changed?';

describe('the form, its reasons', () => {
  it('are a list where the process says so (P5)', async () => {
    const { element } = await opened(pulse);
    const select = await find<HTMLSelectElement>(element, 'combobox', 'Escalate Reason');
    expect(options(select)).to.eql([
      'Choose a reason', 'Faster Progress', 'Case Status Update', 'Support Engineer Now', 'Case Reassignment', 'Other',
    ]); // prettier-ignore
    await expect(element).to.be.accessible();
  });

  it('else all to be seen, with when to select each', async () => {
    const { element } = await opened({ policy: policies.standard });
    const group = byRole(element, 'group', 'Why do you escalate?');
    expect(allByRole(group, 'radio')).to.have.length(4);
    byRole(group, 'radio', 'I have had no answer You asked on the case and nobody has answered.').click();
    await findText(element, 'The owner of the escalation sees to it that your question is answered.');
    await expect(element).to.be.accessible();
  });

  it('say when to select them and what will happen, announced', async () => {
    const { element } = await opened(pulse);
    choose(byRole(element, 'combobox'), 'Case Status Update');
    await findText(element, 'Select this option if you require an update on your case.');
    await findText(
      element,
      /What will happen: A Pulse Secure Escalation Manager will work with the Support Engineer/,
    );
    const live = element.shadowRoot?.querySelector('form [aria-live="polite"]');
    choose(byRole(element, 'combobox'), 'Faster Progress');
    await findText(element, 'Select this option if you need faster progress on your case.');
    expect(live?.isConnected, 'it was there before').to.equal(true);
    expect(textOf(live)).to.contain('if you need faster progress').and.to.contain('What will happen:');
  });

  it('offer the RMA only to a case that has one, with its own field (P10)', async () => {
    const { element } = await opened({ ...pulse, case: { rma: 'RMA-7' } });
    choose(byRole(element, 'combobox'), 'RMA Status Update');
    const field = await find<HTMLInputElement>(element, 'textbox', 'RMA number (optional)');
    expect(descriptionOf(field)).to.contain('which one you mean');
  });

  it('ask how to reach you, and for the number or the address (P8)', async () => {
    const { element, submit } = await opened(pulse);
    expect(queryRole(element, 'group', 'How should we reach you?')).to.equal(null);
    choose(byRole(element, 'combobox'), 'Support Engineer Now');
    await find(element, 'group', 'How should we reach you?');
    answer(element, 'How should we reach you?', 'E-mail');
    const mail = await find<HTMLInputElement>(element, 'textbox', 'E-mail address');
    expect(mail.type).to.equal('email');
    answer(element, 'How should we reach you?', 'Telephone');
    const phone = await find<HTMLInputElement>(element, 'textbox', 'Telephone number');
    expect(phone.autocomplete).to.equal('tel');
    byRole(element, 'textbox', 'Best time (optional)');
    submit();
    await find(element, 'button', 'Fill in: Telephone number');
    byRole(element, 'button', 'Fill in: Additional information');
    await expect(element).to.be.accessible();
  });

  it('say where else to go when a reason is not requested here', async () => {
    const { desk, element, submit } = await opened();
    choose(byRole(element, 'combobox'), 'Urgency/Impact has changed');
    await findText(element, 'Do not request an escalation based on change in urgency or impact.');
    submit();
    await find(element, 'button', 'This one is not requested here: Reason');
    expect(desk.sent(/POST/)).to.be.empty;
  });

  it('Other requires a text of some length (P11)', async () => {
    const { desk, element, submit } = await opened(pulse);
    byRole(element, 'textbox', 'Additional information (optional)');
    choose(byRole(element, 'combobox'), 'Other');
    const details = await find<HTMLTextAreaElement>(element, 'textbox', 'Additional information');
    expect(descriptionOf(details)).to.contain(
      'Be as specific as possible: what you need, from whom and by when.',
    );
    submit();
    await find(element, 'button', 'Fill in: Additional information');
    write(details, 'Too short.');
    submit();
    await find(element, 'button', 'Write at least 20 characters: Additional information');
    expect(desk.sent(/POST/)).to.be.empty;
  });
});

describe('the form, its questions', () => {
  it('yes to the impact asks what it is (G10)', async () => {
    const { element, submit } = await opened(HIGH);
    expect(queryRole(element, 'textbox', 'Business impact')).to.equal(null);
    answer(element, IMPACT, 'Yes');
    const impact = await find<HTMLTextAreaElement>(element, 'textbox', 'Business impact');
    expect(descriptionOf(impact)).to.contain('Who is affected');
    choose(byRole(element, 'combobox'), 'Reoccurring');
    submit();
    await find(element, 'button', 'Fill in: Business impact');
  });

  it('no to the impact says what that means, and is not sent (G10)', async () => {
    const { desk, element, submit } = await opened(HIGH);
    answer(element, IMPACT, 'No');
    await findText(element, 'If it is not, carry on with Product Support on the case.');
    expect(queryRole(element, 'textbox', 'Business impact')).to.equal(null);
    choose(byRole(element, 'combobox'), 'Reoccurring');
    answer(element, CHANGED, 'No');
    submit();
    await find(element, 'button', `Answer before you go on: ${IMPACT}`);
    expect(desk.sent(/POST/)).to.be.empty;
    await expect(element).to.be.accessible();
  });

  it('a change of urgency leads to Product Support instead (G6)', async () => {
    const { desk, element, submit } = await opened();
    answer(element, CHANGED, 'Yes');
    await findText(element, 'It is a change of priority, not an escalation.');
    byRole(element, 'button', 'Contact Product Support for High').click();
    await find(element, 'link', '+1 555 0100');
    choose(byRole(element, 'combobox'), 'Reoccurring');
    submit();
    await find(element, 'button', `Answer before you go on: ${CHANGED}`);
    expect(desk.sent(/POST/)).to.be.empty;
  });

  it('ask for a fact that the help desk does not have', async () => {
    const { element } = await opened({ case: { priority: null } });
    byRole(element, 'group', 'Priority is not low. The help desk does not say. Is it so?');
  });
});

describe('the form, its errors', () => {
  it('are summed up on top, with the focus, each leading to its field', async () => {
    const { desk, element, submit } = await opened(pulse);
    submit();
    const summary = await find(element, 'group', 'One answer is missing or needs a change');
    await untilFocused(element, summary);
    byRole(summary, 'button', 'Fill in: Escalate Reason').click();
    const select = byRole<HTMLSelectElement>(element, 'combobox', 'Escalate Reason');
    await untilFocused(element, select);
    expect(select.getAttribute('aria-invalid')).to.equal('true');
    expect(descriptionOf(select)).to.contain('Fill in: Escalate Reason');
    expect(location.hash).to.equal('');
    await expect(element).to.be.accessible();
    choose(select, 'Faster Progress');
    await element.updateComplete;
    expect(queryRole(element, 'group', /missing/)).to.equal(null);
    expect(select.hasAttribute('aria-invalid')).to.equal(false);
    expect(descriptionOf(select)).not.to.contain('Fill in');
    expect(desk.sent(/POST/)).to.be.empty;
  });

  it('of one field stay while another is mended', async () => {
    const { element, submit } = await opened(HIGH);
    choose(byRole(element, 'combobox'), 'Other');
    answer(element, IMPACT, 'Yes');
    submit();
    await find(element, 'group', '3 answers are missing or need a change');
    write(byRole<HTMLTextAreaElement>(element, 'textbox', 'Comments'), 'It stops every night.');
    await find(element, 'group', '2 answers are missing or need a change');
    expect(queryRole(element, 'button', 'Fill in: Comments')).to.equal(null);
    byRole(element, 'button', 'Fill in: Business impact').click();
    await untilFocused(element, byRole(element, 'textbox', 'Business impact'));
    byRole(element, 'button', `Answer before you go on: ${CHANGED}`).click();
    const group = byRole(element, 'group', CHANGED);
    await untilFocused(element, byRole(group, 'radio', 'Yes'));
  });

  it('a counter from 80 % on; over the limit it says by how much and nothing is cut', async () => {
    const { desk, element, submit } = await opened();
    const field = byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/);
    write(field, 'x'.repeat(399));
    await element.updateComplete;
    expect(parts(element, 'counter')).to.be.empty;
    write(field, 'x'.repeat(400));
    await findText(element, '100 characters left');
    write(field, 'x'.repeat(501));
    await findText(element, '1 character too many');
    expect(field.value).to.have.length(501);
    choose(byRole(element, 'combobox'), 'Reoccurring');
    answer(element, CHANGED, 'No');
    submit();
    await find(element, 'button', 'Write at most 500 characters: Comments');
    expect(desk.sent(/POST/)).to.be.empty;
  });
});
