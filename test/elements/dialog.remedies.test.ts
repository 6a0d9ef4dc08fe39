import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { answer, byRole, choose, find, findText, heard, parts, queryRole, textOf } from './find.js';
import { policies, scene, type SceneOptions } from './scene.js';

async function blocked(options: SceneOptions) {
  const desk = scene(options);
  const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
  (await find(element, 'button', 'Escalate Case')).click();
  await find(element, 'listitem', /^Not yet/);
  return { desk, element, remedies: heard(element, 'escalation-remedy') };
}
const LOW = { case: { priority: 'low' as const } };
const WAITING = {
  waitingOn: 'customer' as const,
  waitingSince: '2026-05-11T09:00:00Z',
  waitingFor: 'Please send the logs.',
};

describe('the ways out of "not yet"', () => {
  it('contact shows whom to call, with numbers to press (G13, G23)', async () => {
    const { element, remedies } = await blocked(LOW);
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Call to request high priority').click();
    const [block] = await find(element, 'link', /555 0101/).then(() => parts(element, 'contact'));
    const links = [...block!.querySelectorAll('a')];
    expect(links.map((link) => link.href)).to.eql(['tel:+15550100', 'tel:+15550101', 'tel:+15550102']);
    expect(textOf(block)).to.contain('Product Support').and.to.contain('24 hours, every day');
    expect(textOf(block), 'for people who cannot use the phone').to.contain('relay service');
    expect(remedies).to.eql([{ caseId: 'c-1', criterion: 'not-low-priority', remedy: 'contact', path: [] }]);
    await expect(element).to.be.accessible();
  });

  it('a request for another priority is written on the case (G12)', async () => {
    const { desk, element } = await blocked(LOW);
    byRole(element, 'button', 'Request medium priority').click();
    await findText(element, 'Request sent. When the priority has changed, you can escalate here.');
    const [note] = desk.sent(/^POST \/cases\/c-1\/notes/);
    expect(note?.body).to.eql({
      kind: 'priority-change',
      text: 'I request a change of this case to medium-priority.',
    });
    await desk.change({ priority: 'medium' });
    await element.refresh();
    await find(element, 'combobox', 'Reason');
  });

  it('and a request that did not go through is not said to be sent', async () => {
    const { desk, element } = await blocked(LOW);
    desk.fail('offline', /notes/);
    byRole(element, 'button', 'Request medium priority').click();
    await find(element, 'alert');
    expect(textOf(element)).not.to.contain('Request sent.');
  });

  it('the page may do it instead', async () => {
    const { desk, element } = await blocked(LOW);
    element.addEventListener('escalation-remedy', (event) => event.preventDefault());
    byRole(element, 'button', 'Request medium priority').click();
    byRole(element, 'button', 'Call to request high priority').click();
    await element.updateComplete;
    expect(desk.sent(/POST/)).to.be.empty;
    expect(parts(element, 'contact')).to.be.empty;
  });

  it('a reply is written where the case is (G5)', async () => {
    const { element } = await blocked({ case: { ...WAITING, caseFeedUrl: 'https://desk.test/cases/c-1' } });
    const link = byRole<HTMLAnchorElement>(element, 'link', 'Reply on the case');
    expect(link.href).to.equal('https://desk.test/cases/c-1');
  });

  it('a link leads where the policy says', async () => {
    const criteria = policies.genesys.criteria.map((row) => ({
      ...row,
      remedies: [{ kind: 'link' as const, label: 'Read the rules', href: 'https://example.com/rules' }],
    }));
    const { element } = await blocked({ ...LOW, policy: { ...policies.genesys, criteria } });
    expect(byRole<HTMLAnchorElement>(element, 'link', 'Read the rules').href).to.equal(
      'https://example.com/rules',
    );
  });
});

describe('“I have already replied” (G5)', () => {
  it('says what support waits for, opens the form, and goes with the request', async () => {
    const { desk, element } = await blocked({ case: WAITING });
    await findText(element, 'Support has been waiting for your answer since May 11: “Please send the logs.”');
    expect(queryRole(element, 'combobox')).to.equal(null);
    byRole(element, 'button', 'I have already replied').click();
    choose(await find(element, 'combobox', 'Reason'), 'Reoccurring');
    answer(element, /urgency or impact/, 'No');
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    const [escalation] = await desk.escalations();
    expect(escalation?.confirmed).to.have.members(['no-change-of-urgency', 'not-waiting-on-you']);
  });
});

describe('a reason that is not for the form (G6, G28)', () => {
  it('says what to do instead, with the way there, and sends nothing', async () => {
    const desk = scene({});
    const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    (await find(element, 'button', 'Escalate Case')).click();
    choose(await find(element, 'combobox', 'Reason'), 'Urgency/Impact has changed');
    await findText(element, 'Do not request an escalation based on change in urgency or impact.');
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Contact Product Support for High').click();
    await find(element, 'link', /555 0100/);
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'This one is not requested here: Reason');
    expect(desk.sent(/^POST/)).to.be.empty;
  });
});
