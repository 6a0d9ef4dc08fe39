import { expect, fixture } from '@open-wc/testing';
import { configure, type EscalateCase } from 'escalation-elements';
import { answer, byRole, choose, find, findText, heard, parts, queryRole, textOf, until } from './find.js';
import { caseOf, people, scene } from './scene.js';
import { details, open, TYPED, typing } from './typing.js';

const POST = /^POST \/cases\/c-1\/escalations$/;
const SECOND = { id: 'c-2', number: '00481999', subject: 'Another one' };

/** A second case on the same desk. */
const addCase = (desk: ReturnType<typeof scene>) =>
  desk.backend.change(({ cases }) => {
    cases['c-2'] = { ...structuredClone(cases['c-1']!), case: caseOf(SECOND) };
  });

async function change(element: EscalateCase, caseId: string) {
  element.caseId = caseId;
  await element.updateComplete;
}
const everywhere = (element: EscalateCase) => textOf(element) + (element.shadowRoot?.innerHTML ?? '');

describe('the case of an element changes while its dialog is open (C01–C03)', () => {
  it('the dialog closes, and what was typed is not in the other case', async () => {
    const { desk, element } = await typing();
    await addCase(desk);
    await change(element, 'c-2');
    await until(() => !element.open, 'still open');
    await open(element);
    await findText(byRole(element, 'dialog'), 'Case 00481999 · Another one');
    expect(details(element).value).to.equal('');
    await expect(element).to.be.accessible();
  });

  it('and is there again with its own case', async () => {
    const { desk, element } = await typing();
    await addCase(desk);
    await change(element, 'c-2');
    await find(element, 'button', 'Escalate Case');
    await change(element, 'c-1');
    await open(element);
    await until(() => details(element).value === TYPED, 'the text is gone');
  });

  it('however often, and whichever answer comes last: the last one is shown', async () => {
    const { desk, element } = await typing();
    await addCase(desk);
    const release = desk.hold(/^GET \/cases\/c-1$/);
    for (let i = 0; i < 20; i++) await change(element, i % 2 ? 'c-1' : 'c-2');
    await change(element, 'c-2');
    await until(() => element.verdict === 'available', `${element.verdict}`);
    release();
    await open(element);
    await findText(byRole(element, 'dialog'), 'Case 00481999');
    expect(everywhere(element)).not.to.contain('00481516');
    await element.refresh();
    expect(everywhere(element)).not.to.contain('00481516');
  });

  it('a request on its way is filed for the case that it was for, and the page hears which', async () => {
    const { desk, element } = await typing();
    await addCase(desk);
    const filed = heard(document, 'escalation-requested');
    choose(byRole(element, 'combobox'), 'Reoccurring');
    answer(element, /urgency or impact/, 'No');
    const release = desk.hold(POST);
    byRole(element, 'button', 'Submit').click();
    await until(() => desk.sent(POST).length, 'nothing was sent');
    await change(element, 'c-2');
    release();
    await until(() => filed.length, 'the page was not told');
    const [escalation, ...more] = await desk.escalations();
    expect(more).to.be.empty;
    expect(escalation).to.include({ caseId: 'c-1', details: TYPED });
    expect(filed).to.eql([{ caseId: 'c-1', escalationId: escalation?.id, replayed: false }]);
    await findText(element, 'Escalation requested.');
    await findText(byRole(element, 'dialog'), 'Case 00481516');
    await expect(element).to.be.accessible();
    element.close();
    await until(() => element.verdict === 'available', 'the other case');
    await open(element);
    await findText(byRole(element, 'dialog'), 'Case 00481999');
    expect(details(element).value).to.equal('');
  });

  it('no case at all: the dialog closes, and nothing is drawn', async () => {
    const { element } = await typing();
    await change(element, '');
    await until(() => !element.open, 'still open');
    await until(() => getComputedStyle(element).display === 'none', 'something is drawn');
  });
});

describe('the user changes while the dialog is open (A04)', () => {
  it('by configure: the dialog closes, and nothing of the one is the other’s', async () => {
    const desk = scene();
    const parentNode = await fixture<HTMLElement>(document.createElement('div'));
    const configured = configure(desk.configuration, parentNode);
    const element = Object.assign(document.createElement('escalate-case'), { caseId: 'c-1' });
    parentNode.append(element);
    await open(element);
    const field = details(element);
    field.value = TYPED;
    field.dispatchEvent(new Event('input'));
    await element.updateComplete;
    desk.user = people.colleague;
    configured.update({ user: people.colleague });
    await until(() => !element.open, 'still open');
    await open(element);
    expect(details(element).value).to.equal('');
    expect(everywhere(element)).not.to.contain(TYPED);
    desk.user = people.customer;
    configured.update({ user: people.customer });
    await until(() => !element.open, 'still open');
    await open(element);
    await until(() => details(element).value === TYPED, 'the text is gone');
  });

  it('by the help desk, because somebody else has signed in: the same', async () => {
    const { desk, element } = await typing();
    desk.user = people.colleague;
    await element.refresh();
    await until(() => !everywhere(element).includes(TYPED), 'the other’s text is in sight');
    expect([...element.shadowRoot!.querySelectorAll('textarea')].map(({ value }) => value)).not.to.include(
      TYPED,
    );
    element.close();
    await open(element);
    expect(details(element).value).to.equal('');
    desk.user = people.customer;
    await element.refresh();
    element.close();
    await open(element);
    await until(() => details(element).value === TYPED, 'the text is gone');
  });

  it('signed out and in again as the same one: the text stays', async () => {
    const { desk, element, untouched } = await typing();
    desk.user = null;
    await element.refresh();
    await findText(element, 'Your sign-in has expired.');
    desk.user = people.customer;
    await element.refresh();
    await until(() => element.verdict === 'available', 'still signed out');
    untouched();
  });

  it('signed out and in as another one: the text is not theirs', async () => {
    const { desk, element } = await typing();
    desk.user = null;
    await element.refresh();
    await findText(element, 'Your sign-in has expired.');
    desk.user = people.colleague;
    await element.refresh();
    await until(() => element.verdict === 'available', 'still signed out');
    const values = () => [...element.shadowRoot!.querySelectorAll('textarea')].map(({ value }) => value);
    await until(() => !values().includes(TYPED), 'the other’s text is in sight');
    expect(queryRole(element, 'textbox', /^Comments/)).to.satisfy(
      (field: HTMLTextAreaElement | null) => !field || field.value === '',
    );
  });

  for (const goOn of ['refresh()', 'Try again'])
    it(`a request that waited for a sign-in is not filed for another one, by ${goOn}`, async () => {
      const { desk, element } = await typing();
      choose(byRole(element, 'combobox'), 'Reoccurring');
      answer(element, /urgency or impact/, 'No');
      desk.user = null;
      byRole(element, 'button', 'Submit').click();
      await find(element, 'alert');
      await until(() => element.verdict === 'signed-out', 'still signed in');
      const before = desk.sent(POST).length;
      desk.user = people.colleague;
      if (goOn === 'refresh()') await element.refresh();
      else byRole(parts(element, 'dialog-footer')[0]!, 'button', 'Try again').click();
      await until(() => element.verdict === 'available', 'still signed out');
      await until(() => !queryRole(element, 'button', 'Sending…'), 'it is sent');
      expect(desk.sent(POST)).to.have.length(before);
      expect(await desk.escalations()).to.be.empty;
    });
});
