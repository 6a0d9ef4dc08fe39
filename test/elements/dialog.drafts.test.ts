import { expect } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { replace, stored } from './browser.js';
import {
  answer, byRole, choose, expectNone, find, findText, parts, queryRole, textOf, until, untilFocused, write,
} from './find.js'; // prettier-ignore
import { caseOf, HOUR, people, policies, scene, type Scene } from './scene.js';
import { details, draw, open, TYPED, typing } from './typing.js';

/** As after a reload of the page: nothing is left but what the browser keeps. */
async function reload(desk: Scene, element: EscalateCase): Promise<EscalateCase> {
  element.remove();
  await Promise.resolve();
  const next = await draw(desk);
  await open(next);
  return next;
}
const isBack = (element: EscalateCase) =>
  until(() => details(element).value === TYPED, `not there: "${details(element).value}"`);
/** What was kept has had its time to come. */
async function isEmpty(element: EscalateCase) {
  await until(() => parts(element, 'help').length, 'not all is there');
  await element.updateComplete;
  await new Promise((done) => setTimeout(done));
  await element.updateComplete;
  expect(details(element).value).to.equal('');
}
/** The one name under which a draft is kept. */
const name = () => Object.keys(sessionStorage).find((key) => key.includes('draft')) ?? '';

describe('what was typed', () => {
  it('says that it is kept, and is there after a reload, with all answers', async () => {
    const { desk, element } = await typing({ case: { priority: 'high' } });
    await findText(element, 'Saved on this device');
    expect(element.matches(':state(draft)')).to.equal(true);
    await expect(element).to.be.accessible();
    choose(byRole(element, 'combobox'), 'Reoccurring');
    answer(element, /significant business impact/, 'Yes');
    write(await find<HTMLTextAreaElement>(element, 'textbox', 'Business impact'), 'Nobody is paid.');
    answer(element, /urgency or impact/, 'No');
    await element.updateComplete;
    const next = await reload(desk, element);
    await isBack(next);
    expect(byRole<HTMLSelectElement>(next, 'combobox').value).to.equal('reoccurring');
    expect(byRole<HTMLTextAreaElement>(next, 'textbox', 'Business impact').value).to.equal('Nobody is paid.');
    await expect(next).to.be.accessible();
    byRole(next, 'button', 'Submit').click();
    await findText(next, 'Escalation requested.');
    expect((await desk.escalations())[0]).to.include({ details: TYPED, impact: 'Nobody is paid.' });
  });

  it('on a case that waits for something else by now is kept in sight', async () => {
    const { desk, element } = await typing();
    await desk.change({ priority: 'low' });
    element.remove();
    const next = await draw(desk);
    (await find(next, 'button', 'Escalate Case')).click();
    await findText(next, 'The case has changed: it cannot be escalated now. Your text is kept.');
    await isBack(next);
  });

  it('is not there for another case', async () => {
    const { desk, element } = await typing();
    await desk.backend.change(({ cases }) => {
      cases['c-2'] = { ...structuredClone(cases['c-1']!), case: caseOf({ id: 'c-2' }) };
    });
    element.remove();
    const next = await draw(desk);
    next.caseId = 'c-2';
    await open(next);
    await isEmpty(next);
  });

  it('is not there for another user, whatever they do, and stays for its own', async () => {
    const { desk, element } = await typing();
    desk.user = people.colleague;
    const next = await reload(desk, element);
    await isEmpty(next);
    write(details(next), 'Mine.');
    await next.updateComplete;
    byRole(next, 'button', 'Discard draft').click();
    await until(() => details(next).value === '', 'still there');
    desk.user = people.customer;
    await isBack(await reload(desk, next));
  });

  it('is not there for another process', async () => {
    const { desk, element } = await typing();
    const policy = { ...policies.genesys, id: 'another' };
    const other = scene({ policy, user: desk.user });
    await isEmpty(await reload(other, element));
  });

  it('is not there after a day, nor on the device', async () => {
    const { desk, element } = await typing();
    const now = Date.now();
    replace(Date, 'now', () => now + 24 * HOUR + 1000);
    await isEmpty(await reload(desk, element));
    expect(stored()).not.to.contain(TYPED);
  });

  it('is gone once it was sent', async () => {
    const { element } = await typing();
    choose(byRole(element, 'combobox'), 'Reoccurring');
    answer(element, /urgency or impact/, 'No');
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    expect(stored()).not.to.contain(TYPED);
  });

  it('is gone once it was added to somebody else’s', async () => {
    const { desk, element } = await typing();
    await desk.escalate(people.colleague);
    await element.refresh();
    (await find(element, 'button', 'Add to that escalation')).click();
    await findText(element, 'Your text was added.');
    expect(stored()).not.to.contain(TYPED);
  });

  it('is gone when it is deleted', async () => {
    const { desk, element, field } = await typing();
    write(field, '');
    await element.updateComplete;
    expect(stored()).not.to.contain(TYPED);
    expect(textOf(element)).not.to.contain('Saved on this device');
    expect(element.matches(':state(draft)')).to.equal(false);
    await isEmpty(await reload(desk, element));
  });
});

describe('Discard draft', () => {
  it('throws it away, here and on the device; Undo brings it back', async () => {
    const { desk, element, said } = await typing();
    choose(byRole(element, 'combobox'), 'Reoccurring');
    await element.updateComplete;
    byRole(element, 'button', 'Discard draft').click();
    await findText(element, 'Draft discarded.');
    expect(said()).to.equal('Draft discarded.');
    await untilFocused(element, byRole(element, 'heading'));
    expect(details(element).value).to.equal('');
    expect(byRole<HTMLSelectElement>(element, 'combobox').value).to.equal('');
    expectNone(element, 'button', 'Discard draft');
    expect(stored()).not.to.contain(TYPED);
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Undo').click();
    await until(() => details(element).value === TYPED, 'not back');
    expect(byRole<HTMLSelectElement>(element, 'combobox').value).to.equal('reoccurring');
    expectNone(element, 'button', 'Undo');
    expect(stored()).to.contain(TYPED);
    await until(() => element.shadowRoot?.activeElement, 'the focus is lost');
    await isBack(await reload(desk, element));
  });

  it('cannot be undone once something else is typed, or the dialog was closed', async () => {
    const { element } = await typing();
    byRole(element, 'button', 'Discard draft').click();
    await find(element, 'button', 'Undo');
    write(details(element), 'Something else.');
    await until(() => !queryRole(element, 'button', 'Undo'), 'Undo is there');
    byRole(element, 'button', 'Discard draft').click();
    await find(element, 'button', 'Undo');
    element.close();
    await element.show();
    await isEmpty(element);
    expectNone(element, 'button', 'Undo');
  });

  it('is not there before anything is typed', async () => {
    const element = await draw(scene());
    await open(element);
    expectNone(element, 'button', 'Discard draft');
  });
});

describe('storage', () => {
  const forged = (value: unknown) => JSON.stringify({ at: Date.now(), value });
  const draft = { reasonId: 'other', details: TYPED, impact: '', contact: null, fields: {}, answers: {} };
  const whole = { ...draft, contested: [], onBehalfOf: '', corrects: '' };
  for (const [what, text] of Object.entries({
    'no JSON': '{"at":',
    nothing: '',
    null: 'null',
    'a number': '7',
    'no draft': forged({ hello: 'world' }),
    'another version': forged(draft),
    'other types': forged({ ...whole, details: { text: TYPED } }),
    'a contact that is none': forged({ ...whole, contact: 'me' }),
    'answers that are none': forged({ ...whole, answers: { x: '<img src=x>' } }),
    'no date': JSON.stringify({ at: 'soon', value: whole }),
    'of the future': JSON.stringify({ at: Date.now() + 48 * HOUR, value: whole }),
  }))
    it(`that holds ${what} instead is of no consequence (S01, S03)`, async () => {
      const { desk, element } = await typing();
      const key = name();
      element.remove();
      sessionStorage.setItem(key, text);
      const next = await draw(desk);
      await open(next);
      await isEmpty(next);
      write(details(next), TYPED);
      await next.updateComplete;
      await isBack(await reload(desk, next));
    });

  it('that holds markup: it is text', async () => {
    const { desk, element } = await typing();
    const key = name();
    element.remove();
    const details0 = '<img src=x onerror="window.hacked = 1">';
    sessionStorage.setItem(key, forged({ ...whole, details: details0, reasonId: '"><script>' }));
    const next = await draw(desk);
    await open(next);
    await until(() => details(next).value === details0, 'it is not there');
    expect(next.shadowRoot?.querySelectorAll('img, script')).to.have.length(0);
    expect(byRole<HTMLSelectElement>(next, 'combobox').value).to.equal('');
    expect('hacked' in window).to.equal(false);
  });

  it('that is blocked or full: the text is kept while the page is open, and that is said (S01)', async () => {
    for (const method of ['setItem', 'getItem', 'removeItem'] as const)
      replace(Storage.prototype, method, () => {
        throw new DOMException('', 'QuotaExceededError');
      });
    const { element } = await typing();
    await findText(element, 'Kept only while this page is open');
    await expect(element).to.be.accessible();
    element.close();
    await open(element);
    expect(details(element).value).to.equal(TYPED);
    byRole(element, 'button', 'Discard draft').click();
    await find(element, 'button', 'Undo');
  });

  it('that cannot be touched at all: the same', async () => {
    replace(window as { sessionStorage: Storage }, 'sessionStorage', undefined as never);
    const { element } = await typing();
    await findText(element, 'Kept only while this page is open');
  });

  it('that another tab has emptied: the text in sight stays (S02)', async () => {
    const { element, untouched } = await typing();
    sessionStorage.clear();
    dispatchEvent(new StorageEvent('storage', { key: null }));
    await element.updateComplete;
    untouched();
  });
});
