import { expect } from '@open-wc/testing';
import {
  allByRole,
  answer,
  byRole,
  choose,
  expectNone,
  find,
  findText,
  heard,
  textOf,
  write,
} from './find.js';
import { caseOf, HOUR, NOW, people, policies, scene, type SceneOptions } from './scene.js';
import { details, draw } from './typing.js';

/** The questions before the form, as the Genesys policy asks them (G6, G7, G22, G23). */

const DOWN = 'Is your production down?';
const CHANGED = 'Do you ask because urgency or impact has changed?';
const RCA = 'Do you ask for a Root Cause Analysis (RCA)?';
const ALL = [DOWN, CHANGED, RCA];

async function opened(options: SceneOptions = {}) {
  const desk = scene({ policy: policies.shipped, ...options });
  const element = await draw(desk);
  (await find(element, 'button', 'Escalate Case')).click();
  await find(element, 'group', 'Before you escalate');
  return { desk, element };
}
const asked = (element: Element) => {
  const questions = byRole(element, 'group', 'Before you escalate');
  return allByRole(questions, 'group').map((one) => textOf(one.querySelector('legend')));
};

describe('the questions before the form', () => {
  it('come one after the other, and the form after the last one', async () => {
    const { element } = await opened();
    expectNone(element, 'combobox');
    expectNone(element, 'button', 'Submit');
    for (const [i, question] of ALL.entries()) {
      expect(asked(element)).to.eql(ALL.slice(0, i + 1));
      answer(element, question, 'No');
      await element.updateComplete;
    }
    await find(element, 'combobox', 'Reason');
    expect(asked(element), 'what was answered can be changed').to.eql(ALL);
    await expect(element).to.be.accessible();
  });

  it('a request names the way that was taken, and is filed', async () => {
    const { desk, element } = await opened();
    const submits = heard(element, 'escalation-submit');
    for (const question of ALL) {
      answer(element, question, 'No');
      await element.updateComplete;
    }
    choose(await find(element, 'combobox', 'Reason'), 'Lack of Updates/Progress');
    write(details(element), 'Nobody has answered for two weeks.');
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    expect(submits).to.eql([
      {
        caseId: 'c-1',
        reasonId: 'lack-of-updates',
        path: ['production-runs:no', 'no-change-of-urgency:no', 'not-for-rca:no'],
      },
    ]);
    const [filed] = await desk.escalations();
    expect(filed?.confirmed).to.include('no-change-of-urgency');
  });

  const wrong: [question: string, before: string[], way: string, says: RegExp, path: string[]][] = [
    [DOWN, [], 'Call Product Support', /will engage a Product Support Manager.*delayed response/, ['production-runs:yes']],
    [CHANGED, [DOWN], 'Contact Product Support for High', /It is a change of priority, not an escalation/, ['production-runs:no', 'no-change-of-urgency:yes']],
    [RCA, [DOWN, CHANGED], 'Ask for it on the case', /5 business days for cloud/, ['production-runs:no', 'no-change-of-urgency:no', 'not-for-rca:yes']],
  ]; // prettier-ignore
  for (const [question, before, way, says, path] of wrong)
    it(`“${question}” yes leads elsewhere, with words and a way`, async () => {
      const { desk, element } = await opened();
      const remedies = heard<{ path: string[]; remedy: string }>(element, 'escalation-remedy');
      for (const first of before) {
        answer(element, first, 'No');
        await element.updateComplete;
      }
      answer(element, question, 'Yes');
      await findText(element, says);
      expectNone(element, 'combobox');
      expectNone(element, 'button', 'Submit');
      expect(asked(element), 'nothing more is asked').to.eql([...before, question]);
      byRole(element, 'button', way).click();
      await element.updateComplete;
      expect(remedies.map((one) => one.path)).to.eql([path]);
      if (way === 'Ask for it on the case') await find(element, 'textbox', 'Your reply on the case');
      else await find(element, 'link', '+1 555 0100');
      expect(await desk.escalations()).to.eql([]);
      // Back: the answer was a mistake.
      answer(element, question, 'No');
      await element.updateComplete;
      expectNone(element, 'button', way);
    });

  it('of a root cause analysis is not asked where one was asked for on the case', async () => {
    const { element } = await opened({ case: caseOf({ rcaRequestedAt: '2026-04-01T12:00:00Z' }) });
    for (const question of [DOWN, CHANGED]) {
      answer(element, question, 'No');
      await element.updateComplete;
    }
    await find(element, 'combobox', 'Reason');
    expect(asked(element)).to.eql([DOWN, CHANGED]);
  });

  it('of production is not asked on a FedRAMP case (G22 is commercial support)', async () => {
    const { element } = await opened({ case: { program: 'fedramp-engage' } });
    expect(asked(element)).to.eql([CHANGED]);
  });

  it('stand back while the case is blocked, and come with the time', async () => {
    const at = new Date(Date.parse(NOW) - 3 * HOUR).toISOString();
    const lastUpdate = { at, by: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' } };
    const desk = scene({ policy: policies.shipped, case: { priority: 'high', lastUpdate } });
    const element = await draw(desk);
    (await find(element, 'button', 'Escalate Case')).click();
    await findText(element, 'You can escalate from');
    expectNone(element, 'group', 'Before you escalate');
    desk.pass(22 * HOUR);
    await element.refresh();
    await find(element, 'group', 'Before you escalate');
  });

  it('an answer that was changed while something is typed takes nothing away', async () => {
    const { element } = await opened();
    for (const question of ALL) {
      answer(element, question, 'No');
      await element.updateComplete;
    }
    await find(element, 'combobox', 'Reason');
    write(details(element), 'Half a sentence');
    answer(element, CHANGED, 'Yes');
    await findText(element, 'It is a change of priority');
    expect(details(element).value).to.equal('Half a sentence');
    expectNone(element, 'button', 'Submit');
  });
});

describe('a partner (G31)', () => {
  async function form(user: typeof people.customer) {
    const desk = scene({ policy: policies.genesys, user });
    const element = await draw(desk);
    (await find(element, 'button', 'Escalate Case')).click();
    await find(element, 'button', 'Submit');
    await findText(element, 'Case escalation process');
    return { desk, element };
  }

  it('says for whom they ask', async () => {
    const { desk, element } = await form(people.partner);
    const field = await find<HTMLInputElement>(element, 'textbox', /^On behalf of/);
    write(field, 'Globex GmbH');
    choose(byRole(element, 'combobox', 'Reason'), 'Lack of Updates/Progress');
    answer(element, CHANGED, 'No');
    write(details(element), 'Their agents cannot log in.');
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    expect((await desk.escalations())[0]?.onBehalfOf).to.equal('Globex GmbH');
  });

  it('nobody else is asked for that', async () => {
    const { element } = await form(people.customer);
    expectNone(element, 'textbox', /^On behalf of/);
  });
});
