import { expect, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { EscalateCase } from 'escalation-elements';
import {
  byRole,
  find,
  findText,
  heard,
  nameOf,
  parts,
  queryRole,
  textOf,
  until,
  untilFocused,
  write,
} from './find.js';
import { policies, scene, type Scene } from './scene.js';

const draw = async (desk: Scene) => {
  const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
  await find(element, 'button', /^Escalate/);
  return element;
};

describe('the dialog, opening and closing', () => {
  it('opens by its button, named, on its heading', async () => {
    const desk = scene();
    const element = await draw(desk);
    setTimeout(() => byRole(element, 'button', 'Escalate Case').click());
    await oneEvent(element, 'escalation-open');
    const dialog = byRole(element, 'dialog');
    await untilFocused(element, byRole(dialog, 'heading'));
    expect(element.open).to.equal(true);
    await element.updateComplete;
    expect(element.matches(':state(dialog-open)')).to.equal(true);
    await find(dialog, 'combobox', 'Reason');
    expect(nameOf(dialog)).to.equal('Escalation Request');
    await untilFocused(element, byRole(dialog, 'heading'));
    await findText(dialog, 'Case 00481516 · Nightly export stops at 2 GB');
    await findText(dialog, /Last update 26 hr\. ago by Dana Reyes “Logs received\.”/);
    await find(dialog, 'group', 'Do you ask because urgency or impact has changed?');
    await expect(element).to.be.accessible();
  });

  it('opens by show()', async () => {
    const element = await draw(scene());
    expect(await element.show()).to.equal(true);
    expect(byRole(element, 'dialog').matches(':modal'), 'the page behind it cannot be reached').to.equal(
      true,
    );
    expect(element.open).to.equal(true);
    expect(await element.show(), 'a second time').to.equal(true);
    expect(element.shadowRoot?.querySelectorAll('dialog')).to.have.length(1);
  });

  it('does not open while an escalation is open: the page is told to show it', async () => {
    const desk = scene();
    const { id } = await desk.escalate();
    const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    await findText(element, 'Escalation requested');
    const views = heard(document, 'escalation-view');
    expect(await element.show()).to.equal(false);
    expect(element.open).to.equal(false);
    expect(views).to.eql([{ caseId: 'c-1', escalationId: id }]);
  });

  it('closes by Escape, with the focus back on the button', async () => {
    const element = await draw(scene());
    const opens = heard(document, 'escalation-open');
    const closes = heard(document, 'escalation-close');
    await element.show();
    await find(element, 'combobox');
    setTimeout(() => void sendKeys({ press: 'Escape' }));
    await oneEvent(element, 'escalation-close');
    await untilFocused(element, byRole(element, 'button'));
    expect(nameOf(byRole(element, 'button'))).to.equal('Escalate Case');
    expect(element.open).to.equal(false);
    expect([...opens, ...closes], 'they do not bubble').to.be.empty;
  });

  it('closes by Close, by the cross and by close(), and opens again', async () => {
    const element = await draw(scene());
    for (const close of [
      () => byRole(element, 'button', 'Close').click(),
      () => [...parts(element, 'dialog-close')][0]?.click(),
      () => element.close(),
    ]) {
      await element.show();
      setTimeout(close);
      await oneEvent(element, 'escalation-close');
      expect(element.open).to.equal(false);
    }
    await untilFocused(element, byRole(element, 'button', 'Escalate Case'));
  });

  it('keeps what was typed when it is closed and opened again', async () => {
    const element = await draw(scene());
    await element.show();
    write(await find<HTMLTextAreaElement>(element, 'textbox', /^Comments/), 'Two weeks of silence.');
    await element.updateComplete;
    element.close();
    await element.show();
    expect(byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/).value).to.equal(
      'Two weeks of silence.',
    );
  });
});

describe('the dialog, loading', () => {
  it('says that it loads while the process is slow', async () => {
    const desk = scene();
    const open = desk.hold(/policies/);
    const element = await draw(desk);
    await element.show();
    const dialog = byRole(element, 'dialog');
    expect(nameOf(dialog)).to.equal('Request an escalation');
    expect(textOf(byRole(dialog, 'status'))).to.equal('Loading…');
    expect(queryRole(dialog, 'combobox')).to.equal(null);
    await expect(element).to.be.accessible();
    open();
    await find(dialog, 'combobox', 'Reason');
  });

  it('says so when the process cannot be loaded, and tries again', async () => {
    const desk = scene();
    desk.fail('offline', /policies/);
    const element = await draw(desk);
    const errors = heard(element, 'escalation-error');
    await element.show();
    const alert = await find(element, 'alert');
    expect(textOf(alert)).to.contain('The escalation process could not be loaded.');
    expect(errors).to.eql([{ code: 'network', retryable: true, traceId: undefined }]);
    await expect(element).to.be.accessible();
    desk.fail(null);
    byRole(element, 'button', 'Try again').click();
    await find(element, 'combobox', 'Reason');
    expect(queryRole(element, 'alert')).to.equal(null);
  });

  it('names the path of what is broken in a policy, behind Details', async () => {
    const desk = scene();
    const { reasons } = policies.genesys;
    const broken = { ...policies.genesys, reasons: [...reasons, { ...reasons[0], label: 7 }] };
    desk.answer = ({ path }) => (path.startsWith('/policies') ? Response.json(broken) : undefined);
    const element = await draw(desk);
    await element.show();
    await find(element, 'alert');
    await until(() => parts(element, 'notice-details').length, 'no Details');
    const [details] = parts(element, 'notice-details');
    expect(details?.querySelector('p')?.checkVisibility(), 'codes are out of the way').to.equal(false);
    details?.querySelector('summary')?.click();
    expect(textOf(details)).to.match(/^Details protocol .*\/reasons\/6\/label/);
  });

  it('a page on its sign-in is no policy', async () => {
    const desk = scene();
    desk.fail('login-page', /policies/);
    const element = await draw(desk);
    await element.show();
    await find(element, 'alert');
    expect(queryRole(element, 'combobox')).to.equal(null);
  });
});
