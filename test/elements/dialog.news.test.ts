import { expect } from '@open-wc/testing';
import { copies } from './browser.js';
import {
  allByRole, byRole, expectNone, find, findText, focused, nameOf, parts, textOf, until, untilFocused,
} from './find.js'; // prettier-ignore
import { caseOf, HOUR, NOW, people, policies, scene } from './scene.js';
import { draw, TYPED, typing } from './typing.js';

const HIGH = { case: { priority: 'high' as const } };
const UPDATED = { lastUpdate: { ...caseOf().lastUpdate!, at: NOW, excerpt: 'We look into it.' } };
const WAITING = { waitingOn: 'customer' as const, waitingSince: NOW, waitingFor: 'Please send the logs.' };
const actions = (element: Element) => allByRole(parts(element, 'dialog-footer')[0]!, 'button').map(nameOf);

describe('while somebody types, the case', () => {
  it('is updated by support, so that its clock starts again: says so, and the way to read it', async () => {
    const { desk, element, untouched, said } = await typing(HIGH);
    await desk.change(UPDATED);
    await element.refresh();
    const words =
      'Dana Reyes updated the case at 10:00 AM. The 24 hours start again: you can escalate from Wed 10:00 AM. ' +
      'Your text is kept.';
    await findText(element, words);
    expect(element.verdict).to.equal('blocked');
    expect(said()).to.equal(words);
    expect(actions(element)).to.eql(['Discard draft', 'Close']);
    untouched();
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Read the update').click();
    const [update] = parts(element, 'last-update');
    await untilFocused(element, update!);
    expect(textOf(update)).to.equal('Last update this minute by Dana Reyes “We look into it.”');
  });

  it('can be escalated again: the form is as it was, with its button', async () => {
    const { desk, element, untouched } = await typing(HIGH);
    await desk.change(UPDATED);
    await element.refresh();
    await findText(element, 'start again');
    desk.pass(24 * HOUR);
    await element.refresh();
    await find(element, 'button', 'Submit');
    expect(textOf(element)).not.to.contain('start again');
    untouched();
  });

  it('waits on the customer now: says what is in the way, with the way out', async () => {
    const { desk, element, untouched, said } = await typing();
    await desk.change(WAITING);
    await element.refresh();
    await findText(element, 'The case has changed: it cannot be escalated now. Your text is kept.');
    expect(said()).to.equal('The case has changed: it cannot be escalated now. Your text is kept.');
    await findText(byRole(element, 'listitem', /^Not yet/), '“Please send the logs.”');
    byRole(element, 'button', 'Reply on the case');
    expectNone(element, 'button', 'Submit');
    untouched();
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'I have already replied').click();
    await find(element, 'button', 'Submit');
    expect(textOf(element)).not.to.contain('cannot be escalated now');
  });

  it('becomes critical: says so, shows how when asked to, and takes the text along', async () => {
    const { desk, element, untouched, said } = await typing();
    await desk.change({ priority: 'critical' });
    await element.refresh();
    const words = 'The case has changed: it is escalated in another way now. Your text is kept.';
    await findText(element, words);
    expect(said()).to.equal(words);
    expect(actions(element)).to.eql(['Discard draft', 'Close', 'Show how']);
    untouched();
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Show how').click();
    await find(element, 'link', '+1 555 0100');
    expectNone(element, 'textbox');
    await findText(byRole(element, 'region', 'Your text'), TYPED);
    await until(() => focused(element), 'the focus is lost');
    await expect(element).to.be.accessible();
    const copied = copies();
    byRole(element, 'button', 'Copy text').click();
    await find(element, 'button', 'Copied');
    expect(copied).to.eql([TYPED]);
    expect(desk.sent(/^POST/)).to.be.empty;
  });

  it('and is the form’s again: the text is there', async () => {
    const { desk, element } = await typing();
    await desk.change({ priority: 'critical' });
    await element.refresh();
    (await find(element, 'button', 'Show how')).click();
    await find(element, 'link', '+1 555 0100');
    await desk.change({ priority: 'medium' });
    await element.refresh();
    await find(element, 'button', 'Submit');
    expect(byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/).value).to.equal(TYPED);
  });

  it('goes by e-mail now: nothing of the text stays on the device', async () => {
    const { desk, element, untouched } = await typing();
    expect(JSON.stringify({ ...sessionStorage })).to.contain(TYPED);
    await desk.change({ program: 'fedramp-cloud-cx' });
    await element.refresh();
    await findText(element, 'it is escalated in another way now');
    untouched();
    expect(JSON.stringify({ ...sessionStorage })).not.to.contain(TYPED);
  });

  it('is not for this process any more: says so, and the text can be copied', async () => {
    const { desk, element, untouched, said } = await typing({ policy: policies['pulse-secure'] });
    await desk.change({ plan: 'Gold' });
    await element.refresh();
    await findText(element, 'Escalation is not offered for this case. Your text is kept.');
    expect(said()).to.contain('Escalation is not offered for this case.');
    expect(actions(element)).to.eql(['Discard draft', 'Close']);
    untouched();
    await expect(element).to.be.accessible();
    const copied = copies();
    byRole(element, 'button', 'Copy text').click();
    await find(element, 'button', 'Copied');
    expect(copied).to.eql([TYPED]);
    await desk.change({ plan: 'Platinum' });
    await element.refresh();
    await find(element, 'button', 'Request escalation');
  });

  it('is escalated by a colleague: says whose, and the text can be added there', async () => {
    const { desk, element, untouched, said } = await typing();
    const { id } = await desk.escalate(people.colleague);
    await element.refresh();
    const words =
      'Tom Berg requested an escalation this minute. A case has one at a time. Your text is kept.';
    await findText(element, words);
    expect(said()).to.equal(words);
    expectNone(element, 'button', 'Submit');
    untouched();
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Add to that escalation').click();
    await findText(element, 'Your text was added.');
    expect((await desk.entries()).at(-1)).to.include({ kind: 'message', text: TYPED });
    expect(await desk.escalations()).to.have.length(1);
    expect((await desk.escalations())[0]?.id).to.equal(id);
    await expect(element).to.be.accessible();
  });

  it('and that escalation has ended: the form is as it was', async () => {
    const { desk, element, untouched } = await typing();
    await desk.escalate(people.colleague);
    await element.refresh();
    await find(element, 'button', 'Add to that escalation');
    await desk.act({ kind: 'decline', text: 'No.', criteria: [] });
    await element.refresh();
    await find(element, 'button', 'Submit');
    untouched();
  });

  it('cannot be seen, because the sign-in has expired: says so, and goes on after it', async () => {
    const { desk, element, untouched, said } = await typing();
    desk.user = null;
    await element.refresh();
    const words =
      'Your sign-in has expired. Your text is kept. Sign in in another tab, then choose Try again.';
    await findText(element, words);
    expect(said()).to.equal(words);
    untouched();
    await expect(element).to.be.accessible();
    desk.user = people.customer;
    byRole(parts(element, 'dialog-body')[0]!, 'button', 'Try again').click();
    await until(() => element.verdict === 'available', 'still signed out');
    await until(() => !textOf(element).includes('has expired'), 'the notice stays');
    byRole(element, 'button', 'Submit');
    expect(byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/).value).to.equal(TYPED);
  });

  it('cannot be reached: nothing changes', async () => {
    const { desk, element, untouched } = await typing();
    desk.fail('offline');
    await element.refresh();
    await until(() => element.matches(':state(offline)'), 'not offline');
    byRole(element, 'button', 'Submit');
    untouched();
  });

  it('is refused, or is gone: the text stays in sight', async () => {
    const { desk, element, untouched } = await typing();
    desk.user = people.stranger;
    await element.refresh();
    await until(() => element.verdict === 'refused', 'still there');
    untouched();
  });
});

describe('a verdict that changes while nothing is typed', () => {
  it('available now: says so, and the form comes', async () => {
    const desk = scene({ case: { priority: 'low' } });
    const element = await draw(desk);
    (await find(element, 'button', 'Escalate Case')).click();
    await find(element, 'listitem', /^Not yet/);
    await desk.change({ priority: 'medium' });
    await element.refresh();
    await findText(element, 'You can escalate now.');
    const dialog = byRole(element, 'dialog');
    expect(textOf(byRole(dialog, 'status'))).to.equal('You can escalate now.');
    await find(dialog, 'combobox', 'Reason');
    await until(() => focused(element), 'the focus is lost');
    await expect(element).to.be.accessible();
    element.close();
    await element.show();
    expect(textOf(byRole(element, 'dialog')), 'news are told once').not.to.contain('You can escalate now.');
  });

  it('open by now: says whose, with the way there and nothing to type', async () => {
    const { desk, element } = await opened();
    await desk.escalate(people.colleague);
    await element.refresh();
    await findText(element, 'Tom Berg requested an escalation this minute. A case has one at a time.');
    expectNone(element, 'textbox');
    expectNone(element, 'button', 'Add to that escalation');
    await until(() => focused(element), 'the focus is lost');
    await expect(element).to.be.accessible();
  });

  it('whose name is not visible to this user: someone', async () => {
    const { desk, element } = await opened();
    await desk.escalate(people.colleague);
    await desk.backend.change(({ escalations }) => {
      for (const row of Object.values(escalations)) row.escalation.requestedBy = null;
    });
    await element.refresh();
    await findText(element, 'Someone in your organisation requested an escalation this minute.');
  });

  it('not offered any more: the reason of the policy', async () => {
    const { desk, element } = await opened(policies['pulse-secure']);
    await desk.change({ plan: 'Gold' });
    await element.refresh();
    await findText(byRole(element, 'dialog'), 'Escalation is available for Platinum customers only.');
    expectNone(element, 'textbox');
    await expect(element).to.be.accessible();
  });

  async function opened(policy = policies.genesys) {
    const desk = scene({ policy });
    const element = await draw(desk);
    (await find(element, 'button', /^Escalate/)).click();
    await find(element, 'combobox');
    return { desk, element };
  }
});
