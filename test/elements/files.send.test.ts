import { expect } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { BackendError } from '../../src/core/backend.js';
import { choose, file, heldUploads } from './files.js';
import { answer, byRole, choose as pick, find, findText, parts, textOf, until, write } from './find.js';
import { HOUR, people, type Scene, type SceneOptions } from './scene.js';
import { details, draw, open, TYPED, typing } from './typing.js';

const CREATE = /^POST .*escalations$/;
const rows = (element: Element) => parts(element, 'file').map(textOf);
const attachmentsOf = async (desk: Scene) =>
  (await desk.escalations())[0]?.attachments?.map(({ name, bytes }) => [name, bytes]);

/** The dialog, filled in so that it can be sent. */
async function filled(options: SceneOptions = {}) {
  const held = heldUploads(options);
  const typed = await typing({}, held.desk);
  const { element } = typed;
  await fill(element);
  return { ...held, ...typed, submit: () => byRole(element, 'button', 'Submit').click() };
}
async function fill(element: EscalateCase) {
  pick(byRole(element, 'combobox'), 'Lack of Updates/Progress');
  answer(element, /urgency or impact/, 'No');
  await element.updateComplete;
}
/** A case that goes by e-mail. */
async function filledByMail() {
  const { desk } = heldUploads({ case: { program: 'fedramp-cloud-cx' } });
  const element = await draw(desk);
  (await find(element, 'button', /^Escalate/)).click();
  await until(() => parts(element, 'email').length, 'no e-mail');
  return { element };
}
/** As after a reload of the tab. */
async function reload(desk: Scene, element: EscalateCase) {
  element.remove();
  await Promise.resolve();
  const next = await draw(desk);
  await open(next);
  return next;
}

describe('a request with files', () => {
  it('names them', async () => {
    const { desk, element, begun, submit } = await filled();
    await choose(element, file('a.png', 10), file('b.log', 20, ''));
    await until(() => begun.length === 2, 'no uploads');
    for (const one of begun) one.go();
    await until(() => parts(element, 'file-done').length === 2, 'not there');
    submit();
    await findText(element, 'Escalation requested.');
    expect(await attachmentsOf(desk)).to.eql([
      ['a.png', 10],
      ['b.log', 20],
    ]);
  });

  it('waits for those on their way, says so, and goes by itself', async () => {
    const { desk, element, begun, submit } = await filled();
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    submit();
    await findText(element, 'Sending when the files are there…');
    submit();
    await expect(element).to.be.accessible();
    expect(desk.sent(CREATE)).to.be.empty;
    begun[0]?.go();
    await findText(element, 'Escalation requested.');
    expect(desk.sent(CREATE)).to.have.length(1);
    expect(await attachmentsOf(desk)).to.eql([['a.png', 10]]);
  });

  it('does not go when somebody says so, or closes the dialog', async () => {
    const { desk, element, begun, submit } = await filled();
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    submit();
    (await find(element, 'button', 'Do not send yet')).click();
    await until(() => !textOf(element).includes('Sending when'), 'still waiting');
    submit();
    await findText(element, 'Sending when the files are there…');
    element.close();
    begun[0]?.go();
    await open(element);
    await until(() => parts(element, 'file-done').length, 'the upload has gone on');
    expect(textOf(element)).not.to.include('Sending when');
    expect(desk.sent(CREATE)).to.be.empty;
  });

  it('never goes without one that failed, unless somebody says so', async () => {
    const { desk, element, begun, submit } = await filled();
    await choose(element, file('a.png', 10), file('big.png', 20_000), file('c.png', 30));
    await until(() => begun.length === 2, 'no uploads');
    submit();
    begun[0]?.go();
    begun[1]?.fail(new BackendError('network'));
    await findText(element, 'Not sent yet: big.png, c.png could not be attached.');
    await until(
      () => element.shadowRoot?.activeElement?.textContent?.includes('Not sent yet'),
      'the focus is elsewhere',
    );
    await expect(element).to.be.accessible();
    expect(desk.sent(CREATE)).to.be.empty;
    byRole(element, 'button', 'Send without it').click();
    await findText(element, 'Escalation requested.');
    expect(await attachmentsOf(desk)).to.eql([['a.png', 10]]);
  });

  it('that is not complete says what is missing, and uploads meanwhile', async () => {
    const { desk, begun } = heldUploads();
    const { element } = await typing({}, desk);
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    byRole(element, 'button', 'Submit').click();
    await until(() => parts(element, 'error-summary').length, 'no summary');
    expect(textOf(element)).not.to.include('Sending when');
  });

  it('survives a reload: what was there is there, what was on its way is said to be lost', async () => {
    const { desk, element, begun } = await filled();
    await choose(element, file('a.png', 10), file('b.png', 20));
    await until(() => begun.length === 2, 'no uploads');
    begun[0]?.go();
    await until(() => parts(element, 'file-done').length === 1, 'not there');
    // The page is gone, and with it what it has of the files.
    const name = Object.keys(sessionStorage).find((key) => key.includes('request')) ?? '';
    const kept = sessionStorage.getItem(name) ?? '';
    expect(kept).to.include('"a.png"').and.to.include('"b.png"');
    const next = await reload(desk, element);
    await findText(next, 'b.png');
    expect(rows(next)).to.eql([
      'a.png 10 bytes Remove',
      'b.png 20 bytes Remove Not attached: this page no longer has it. Add it again.',
    ]);
    expect(begun[1]?.call.signal?.aborted, 'the upload has been stopped').to.equal(true);
    await expect(next).to.be.accessible();
    byRole(next, 'button', 'Submit').click();
    await findText(next, 'Not sent yet: b.png could not be attached.');
    // The same file takes its place.
    await choose(next, file('b.png', 20));
    await until(() => begun.length === 3, 'no upload');
    begun[2]?.go();
    await until(() => parts(next, 'file-done').length === 2, 'not there');
    byRole(next, 'button', 'Submit').click();
    await findText(next, 'Escalation requested.');
    expect(await attachmentsOf(desk)).to.eql([
      ['a.png', 10],
      ['b.png', 20],
    ]);
  });

  it('with files only is a draft, too, and can be thrown away and had back', async () => {
    const { desk, element, begun } = await filled();
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    byRole(element, 'button', 'Discard draft').click();
    await until(() => begun[0]?.call.signal?.aborted, 'still uploading');
    expect(rows(element)).to.be.empty;
    (await find(element, 'button', 'Undo')).click();
    await until(() => begun.length === 2, 'not uploaded again');
    begun[1]?.go();
    await until(() => parts(element, 'file-done').length, 'not there');
    write(details(element), '');
    await element.updateComplete;
    expect(element.matches(':state(draft)')).to.equal(true);
    await findText(await reload(desk, element), 'a.png');
  });

  it('of another user or another case are stopped and forgotten', async () => {
    const { desk, element, begun } = await filled();
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    desk.user = people.colleague;
    await element.refresh();
    await until(() => begun[0]?.call.signal?.aborted, 'still uploading');
    await open(element);
    expect(rows(element)).to.be.empty;
    await choose(element, file('b.png', 10));
    await until(() => begun.length === 2, 'no upload');
    await desk.backend.change(({ cases }) => {
      cases['c-2'] = structuredClone(cases['c-1']!);
      cases['c-2'].case.id = 'c-2';
    });
    element.caseId = 'c-2';
    await until(() => begun[1]?.call.signal?.aborted, 'still uploading');
    await open(element);
    await until(() => parts(element, 'attach').length, 'nothing can be attached');
    expect(rows(element)).to.be.empty;
    await choose(element, file('c.png', 10));
    await until(() => begun.length === 3, 'uploaded once');
  });

  it('that comes too late: the files go along with the text', async () => {
    const { desk, element, begun } = await filled();
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    await desk.escalate();
    await element.refresh();
    (await find(element, 'button', 'Add to that escalation')).click();
    await findText(element, 'Sending when the files are there…');
    await expect(element).to.be.accessible();
    begun[0]?.go();
    await findText(element, 'Your text was added.');
    const last = (await desk.entries()).at(-1);
    expect([last?.text, last?.attachments?.map(({ name }) => name)]).to.eql([TYPED, ['a.png']]);
  });

  it('that comes too late, and whose text a follower adds: says that the files do not go along', async () => {
    const { desk, element, begun } = await filled();
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    begun[0]?.go();
    await desk.escalate(people.colleague);
    await element.refresh();
    byRole(await find(element, 'dialog'), 'button', 'Add to that escalation').click();
    await findText(element, 'The files cannot be added to it here');
    await expect(element).to.be.accessible();
    expect(await desk.entries(), 'nothing has been added so far').to.have.length(1);
    byRole(element, 'button', 'Add to that escalation').click();
    await findText(element, 'Your text was added.');
  });

  it('are not spoken of where the case goes by e-mail', async () => {
    const { element } = await filledByMail();
    expect(textOf(element)).not.to.match(/attach/i);
    expect(parts(element, 'attaching')).to.be.empty;
  });

  it('whose file was dropped after an hour goes again with it', async () => {
    const { desk, element, begun, submit } = await filled();
    await choose(element, file('a.png', 10), file('b.png', 20));
    await until(() => begun.length === 2, 'no uploads');
    begun[0]?.go();
    await until(() => parts(element, 'file-done').length === 1, 'not there');
    desk.pass(1.5 * HOUR);
    begun[1]?.go();
    await until(() => parts(element, 'file-done').length === 2, 'not there');
    submit();
    await until(() => begun.length === 3, 'not uploaded again');
    expect(begun[2]?.name).to.equal('a.png');
    await findText(element, 'Sending when the files are there…');
    begun[2]?.go();
    await findText(element, 'Escalation requested.');
    expect(await attachmentsOf(desk)).to.eql([
      ['a.png', 10],
      ['b.png', 20],
    ]);
  });

  it('whose file was dropped, and which this page no longer has, says which', async () => {
    const { desk, element, begun } = await filled();
    await choose(element, file('a.png', 10));
    await until(() => begun.length === 1, 'no upload');
    begun[0]?.go();
    await until(() => parts(element, 'file-done').length, 'not there');
    const next = await reload(desk, element);
    await findText(next, 'a.png');
    desk.pass(1.5 * HOUR);
    byRole(next, 'button', 'Submit').click();
    await findText(next, 'Not attached: this page no longer has it. Add it again.');
    await findText(next, 'Not sent yet: a.png could not be attached.');
    expect(details(next).value).to.equal(TYPED);
    byRole(next, 'button', 'Send without it').click();
    await findText(next, 'Escalation requested.');
    expect(await attachmentsOf(desk)).to.equal(undefined);
  });
});
