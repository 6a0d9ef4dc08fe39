import { expect } from '@open-wc/testing';
import { downloads } from './browser.js';
import { byRole, expectNone, find, findText, parts, textOf, until } from './find.js';
import { HOUR, MINUTE, people, policies, scene, type SceneOptions } from './scene.js';
import { draw } from './typing.js';

async function blocked(options: SceneOptions) {
  const desk = scene(options);
  const element = await draw(desk);
  (await find(element, 'button', 'Escalate Case')).click();
  await find(element, 'listitem', /^Not yet/);
  return { desk, element, dialog: byRole(element, 'dialog') };
}
const RCA = { case: { rcaRequestedAt: '2026-05-08T14:00:00Z' } };
const HIGH = (at: string) => ({
  case: {
    priority: 'high' as const,
    lastUpdate: { at, by: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' } },
  },
});

describe('what passes by itself', () => {
  it('a root cause analysis has its business days: from when, why, which day it is, and no countdown (G7)', async () => {
    const { element, dialog } = await blocked(RCA);
    await findText(dialog, /You can escalate from Fri 10:00 AM, your time/);
    expect(parts(element, 'countdown'), 'beyond 48 hours').to.be.empty;
    const item = byRole(dialog, 'listitem', /^Not yet A Root Cause Analysis has had its time/);
    await findText(item, '5 business days after your request of May 8. Today is day 3.');
    await findText(item, 'Weekends and holidays do not count.');
    expectNone(dialog, 'textbox');
    await expect(element).to.be.accessible();
  });

  it('on premises it has seven', async () => {
    const { dialog } = await blocked({ case: { ...RCA.case, deployment: 'premises' } });
    await findText(dialog, '7 business days after your request of May 8. Today is day 3.');
    await findText(dialog, /You can escalate from Tue, May 19, 10:00 AM, your time/);
  });

  it('counts down in minutes from 48 hours on, never to a screen reader', async () => {
    const { desk, element, dialog } = await blocked(HIGH('2026-05-12T14:00:00Z'));
    const [countdown] = parts(element, 'countdown');
    expect(textOf(countdown)).to.equal('(in 24 h 0 min)');
    expect(countdown?.closest('[aria-live], [role="status"], [role="alert"]') === null).to.equal(true);
    expect(textOf(byRole(dialog, 'status'))).to.equal('');
    desk.pass(23 * HOUR + 30 * MINUTE);
    await element.refresh();
    await findText(countdown!, '(in 30 min)');
    desk.pass(29.5 * MINUTE);
    await element.refresh();
    await findText(countdown!, '(in less than a minute)');
    await expect(element).to.be.accessible();
  });

  it('and of two such things the later one counts', async () => {
    const { dialog } = await blocked({ case: { ...HIGH('2026-05-12T14:00:00Z').case, ...RCA.case } });
    await findText(dialog, /You can escalate from Fri 10:00 AM/);
  });

  it('beside one that does not pass, there is no moment to wait for', async () => {
    const { element, dialog } = await blocked({
      case: { ...HIGH('2026-05-12T14:00:00Z').case, waitingOn: 'customer' },
    });
    await findText(dialog, 'This case cannot be escalated yet');
    expect(parts(element, 'available-at')).to.be.empty;
    expectNone(dialog, 'button', 'Add to calendar');
    await expect(element).to.be.accessible();
  });
});

describe('Add to calendar', () => {
  it('is a file with that moment, the case and the way back', async () => {
    const { dialog } = await blocked(HIGH('2026-05-12T12:30:00Z'));
    const files = downloads();
    byRole(dialog, 'button', 'Add to calendar').click();
    const [file] = files;
    expect(file).to.include({ name: 'case-00481516.ics', type: 'text/calendar' });
    const text = (await file!.text).replace(/\r\n /g, '');
    expect(text.split('\r\n')).to.include.members([
      'BEGIN:VCALENDAR',
      'DTSTART:20260513T123000Z',
      'SUMMARY:You can escalate case 00481516',
      `URL:${location.href}`,
      'TRIGGER:PT0S',
      'END:VCALENDAR',
    ]);
    expect(text, 'nothing of the case but its number').not.to.contain('Nightly');
  });

  it('made again, it is the same event', async () => {
    const { dialog } = await blocked(HIGH('2026-05-12T12:30:00Z'));
    const files = downloads();
    byRole(dialog, 'button', 'Add to calendar').click();
    byRole(dialog, 'button', 'Add to calendar').click();
    const uid = async (n: number) => /^UID:.+$/m.exec((await files[n]?.text) ?? '')?.[0];
    expect(await uid(0)).to.be.a('string');
    expect(await uid(1)).to.equal(await uid(0));
  });

  it('of a case with a number from hell names no folder and no other event', async () => {
    const { dialog } = await blocked({
      case: { ...HIGH('2026-05-12T12:30:00Z').case, number: '../x\r\nBEGIN:VEVENT' },
    });
    const files = downloads();
    byRole(dialog, 'button', 'Add to calendar').click();
    expect((await files[0]!.text).match(/^BEGIN:VEVENT/gm)).to.have.length(1);
  });
});

describe('an Engage case that nobody owns yet (G19)', () => {
  const ENGAGE = { case: { program: 'fedramp-engage', assignee: null } };

  it('can be escalated as soon as it is assigned, by itself', async () => {
    const { desk, element, dialog } = await blocked(ENGAGE);
    await findText(dialog, 'You can escalate as soon as somebody owns this case. We check by ourselves.');
    expect(parts(element, 'available-at')).to.be.empty;
    byRole(dialog, 'button', 'Contact Product Support').click();
    await find(dialog, 'link', '+1 555 0100');
    await expect(element).to.be.accessible();
    await desk.change({ assignee: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' } });
    // Somebody comes back to the page, and touches nothing.
    dispatchEvent(new Event('focus'));
    await until(() => element.verdict === 'available', 'still blocked');
    await findText(dialog, 'You can escalate now.');
    await find(dialog, 'combobox', 'Reason');
  });

  it('that is nobody’s business is not asked of a commercial one', async () => {
    const element = await draw(scene({ case: { assignee: null } }));
    (await find(element, 'button', 'Escalate Case')).click();
    await find(element, 'combobox', 'Reason');
    await findText(element, 'Production down? Contact Product Support.');
  });
});

describe('somebody else works on it (G1)', () => {
  for (const [waitingOn, who] of [
    ['development', 'Development'],
    ['cloud-operations', 'Cloud Operations'],
    ['third-party', 'A 3rd party'],
  ] as const)
    it(`${who}: says what to expect`, async () => {
      const element = await draw(scene({ case: { waitingOn } }));
      (await find(element, 'button', 'Escalate Case')).click();
      await findText(element, `${who} is engaged on this case. It may need more time to resolve`);
    });

  it('and what was written last may have been missed (G4)', async () => {
    const element = await draw(
      scene({ policy: policies['pulse-secure'], user: people.customer, case: { lastUpdate: null } }),
    );
    (await find(element, 'button', 'Escalate Now')).click();
    await find(element, 'combobox');
    expect(parts(element, 'last-update'), 'nothing was').to.be.empty;
  });
});
