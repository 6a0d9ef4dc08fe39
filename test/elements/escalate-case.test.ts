import { expect, html } from '@open-wc/testing';
import { configure, type EscalateCase } from 'escalation-elements';
import { allByRole, byRole, find, findText, heard, nameOf, parts, queryRole, textOf, until } from './find.js';
import { caseOf, HOUR, MINUTE, people, policies, scene } from './scene.js';
import { draw, expectVerdict, shown } from './verdict.js';

describe('<escalate-case>, loading', () => {
  it('is an outline, without words and hidden from assistive technology', async () => {
    const desk = scene();
    const open = desk.hold(/cases/);
    const element = await draw(desk);
    await expectVerdict(element, 'loading');
    expect(textOf(element)).to.equal('');
    const [outline] = parts(element, 'placeholder');
    expect(outline?.getAttribute('aria-hidden')).to.equal('true');
    expect(allByRole(element, 'button')).to.be.empty;
    const { height } = element.getBoundingClientRect();
    open();
    await find(element, 'button', 'Escalate Case');
    expect(element.getBoundingClientRect().height, 'nothing below moves').to.equal(height);
  });

  it('draws nothing without a case', async () => {
    const desk = scene();
    const element = await desk.draw<EscalateCase>(html`<escalate-case></escalate-case>`);
    expect(getComputedStyle(element).display).to.equal('none');
    expect(desk.log).to.be.empty;
  });
});

describe('<escalate-case>, available', () => {
  it('is a button in the words of the policy', async () => {
    const { element } = await shown({}, 'available');
    await expectVerdict(element, 'available');
    expect(nameOf(byRole(element, 'button'))).to.equal('Escalate Case');
    expect(element.open).to.equal(false);
    expect(element.escalationId).to.equal(null);
  });

  it('of another process: in its words', async () => {
    const { element } = await shown({ policy: policies['pulse-secure'] }, 'available');
    byRole(element, 'button', 'Escalate Now');
  });

  it('says its verdict once', async () => {
    const verdicts = heard(document, 'escalation-verdict');
    const { element } = await shown({}, 'available');
    await element.refresh();
    expect(verdicts).to.eql([{ caseId: 'c-1', verdict: 'available' }]);
  });
});

const HIGH = {
  priority: 'high' as const,
  lastUpdate: { ...caseOf().lastUpdate!, at: '2026-05-12T11:00:00Z' },
};

describe('<escalate-case>, blocked', () => {
  it('opens on what is in the way, with the time from which it is possible, and no form', async () => {
    const { element } = await shown({ case: HIGH }, 'blocked');
    await expectVerdict(element, 'blocked');
    byRole(element, 'button', 'Escalate Case').click();
    await findText(element, 'You can escalate from Wed 7:00 AM, your time');
    await findText(element, 'in 21 h 0 min');
    const dialog = byRole(element, 'dialog');
    await find(dialog, 'listitem', /^Not yet 24 hours since the last update/);
    const blocker = byRole(dialog, 'listitem', /24 hours/);
    expect(textOf(blocker)).to.match(/3 (hr\.|h|hours) ago by Dana Reyes/);
    expect(textOf(blocker)).to.contain('Your own replies do not restart the 24 hours.');
    await findText(dialog, 'Met There is an active case · Priority is not low');
    expect(queryRole(dialog, 'combobox')).to.equal(null);
    expect(queryRole(dialog, 'button', 'Submit')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('turns available by itself when the time has come', async () => {
    const { desk, element } = await shown({ case: HIGH, now: '2026-05-13T10:59:59.700Z' }, 'blocked');
    await element.show();
    await findText(element, 'in less than a minute');
    desk.pass(MINUTE);
    await until(() => element.verdict === 'available', 'still blocked');
    await find(element, 'combobox', 'Reason');
    expect(textOf(byRole(element, 'dialog'))).to.contain('This case can be escalated');
  });

  it('of another kind: with its evidence', async () => {
    const { element } = await shown({ case: { rcaRequestedAt: '2026-05-08T14:00:00Z' } }, 'blocked');
    await element.show();
    await findText(element, '5 business days after your request of May 8. Today is day 3.');
  });
});

describe('<escalate-case>, unknown', () => {
  for (const fault of ['offline', '503', 'login-page'] as const) {
    it(`${fault}: says so, never a button to escalate, and tries again`, async () => {
      const errors = heard(document, 'escalation-error');
      const { desk, element } = await shown({}, 'unknown', (made) => made.fail(fault));
      await expectVerdict(element, 'unknown');
      expect(textOf(element)).to.match(
        /^We could not check whether this case is already escalated\. Try again$/,
      );
      expect(allByRole(element, 'button').map(nameOf)).to.eql(['Try again']);
      const code = { offline: 'network', '503': 'unavailable', 'login-page': 'protocol' }[fault];
      expect(errors.map((error) => error['code'])).to.eql([code]);
      desk.fail(null);
      byRole(element, 'button', 'Try again').click();
      await find(element, 'button', 'Escalate Case');
    });
  }

  it('an answer that is not of the contract is unknown, too', async () => {
    const { element } = await shown({}, 'unknown', (desk) => {
      desk.answer = () => Response.json({ openEscalation: null, verdict: { kind: 'available' } });
    });
    expect(queryRole(element, 'button', 'Escalate Case')).to.equal(null);
  });
});

describe('<escalate-case>, in one plain line', () => {
  const line = async (element: EscalateCase, verdict: string, text: string | RegExp) => {
    await expectVerdict(element, verdict);
    expect(textOf(element)).to.match(typeof text === 'string' ? new RegExp(`^${text}$`) : text);
    expect(queryRole(element, 'textbox')).to.equal(null);
    expect(await element.show(), 'nothing to open').to.equal(false);
    expect(element.open).to.equal(false);
  };

  it('not offered: the reason of the policy (P13)', async () => {
    const { element } = await shown(
      { policy: policies['pulse-secure'], case: { plan: 'Gold' } },
      'not-offered',
    );
    await line(element, 'not-offered', /^Escalation is available for Platinum customers only\./);
  });

  it('not offered without a reason: nothing, and no room', async () => {
    const { element } = await shown(
      { user: people.engineer, policy: policies['pulse-secure'] },
      'not-offered',
      (desk) => desk.escalate(people.customer, { reasonId: 'case-reassignment', details: 'Please.' }),
    );
    await line(element, 'not-offered', '');
    expect(getComputedStyle(element).display).to.equal('none');
  });

  it('signed out: says so, tells the page, and goes on after the sign-in', async () => {
    const asked = heard(document, 'escalation-auth-required');
    const { desk, element } = await shown({ user: null }, 'signed-out');
    await line(element, 'signed-out', 'Sign in to escalate. Try again');
    expect(asked).to.eql([{ caseId: 'c-1' }]);
    desk.user = people.customer;
    byRole(element, 'button', 'Try again').click();
    await find(element, 'button', 'Escalate Case');
  });

  it('refused: somebody else’s case, an unknown one, and an id that no address can have', async () => {
    const { element } = await shown({ user: people.stranger }, 'refused');
    await line(element, 'refused', 'This case is not available to you.');
    for (const caseId of ['no-such-case', '..']) {
      element.caseId = caseId;
      await element.updateComplete;
      await until(() => element.verdict === 'refused', `${caseId}: ${element.verdict}`);
    }
  });

  it('unconfigured: says so, once the page has had its time', async () => {
    const parentNode = document.createElement('div');
    configure({}, parentNode);
    document.body.append(parentNode);
    const element = document.createElement('escalate-case');
    element.caseId = 'c-1';
    parentNode.append(element);
    await until(() => element.verdict === 'unconfigured', 'never unconfigured');
    await line(element, 'unconfigured', 'Escalation is not available on this page.');
    parentNode.remove();
  });
});

it('time goes by the help desk’s clock, not by the browser’s', async () => {
  const desk = scene({ case: HIGH });
  desk.configuration.clock = () => new Date(desk.clock().getTime() + 5 * HOUR);
  const element = await draw(desk);
  await find(element, 'button', 'Escalate Case');
  await element.show();
  await findText(element, 'in 21 h 0 min');
});
