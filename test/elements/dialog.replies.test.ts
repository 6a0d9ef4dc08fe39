import { expect } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { copies, refuseCopies } from './browser.js';
import {
  allByRole, byRole, choose, answer, expectNone, find, findText, nameOf, parts, textOf, until, untilFocused, write,
} from './find.js'; // prettier-ignore
import { people, scene, type Scene, type SceneOptions } from './scene.js';
import { draw } from './typing.js';

const NOTES = /^POST \/cases\/c-1\/notes$/;
const WAITING = {
  case: {
    waitingOn: 'customer' as const,
    waitingSince: '2026-05-11T09:00:00Z',
    waitingFor: 'Please send the logs.',
  },
};
const REPLY = 'The logs are attached.';

async function blocked(options: SceneOptions, desk = scene(options)) {
  const element = await draw(desk);
  (await find(element, 'button', /^Escalate/)).click();
  await find(element, 'listitem', /^Not yet/);
  return { desk, element };
}
const field = (element: Element) => byRole<HTMLTextAreaElement>(element, 'textbox', 'Your reply on the case');

async function replying() {
  const { desk, element } = await blocked(WAITING);
  byRole(element, 'button', 'Reply on the case').click();
  const reply = await find<HTMLTextAreaElement>(element, 'textbox', 'Your reply on the case');
  await untilFocused(element, reply);
  write(reply, REPLY);
  await element.updateComplete;
  return { desk, element, reply, send: () => byRole(element, 'button', 'Send reply').click() };
}
const keys = (desk: Scene) => desk.sent(NOTES).map(({ key }) => key);

describe('a reply on the case, written in the dialog (G5)', () => {
  it('is put on the case, and then the case can be escalated', async () => {
    const { desk, element, send } = await replying();
    await expect(element).to.be.accessible();
    send();
    await findText(element, 'Your reply is on the case.');
    expect(desk.sent(NOTES).map(({ body }) => body)).to.eql([{ kind: 'reply', text: REPLY }]);
    choose(await find(element, 'combobox', 'Reason'), 'Reoccurring');
    await expect(element).to.be.accessible();
    answer(element, /urgency or impact/, 'No');
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
  });

  it('that is empty is not sent', async () => {
    const { desk, element, reply, send } = await replying();
    write(reply, '  ');
    await element.updateComplete;
    byRole(element, 'heading').focus();
    send();
    await untilFocused(element, reply);
    expect(desk.sent(NOTES)).to.be.empty;
  });

  it('is sent once, however often the button is pressed, and says that it is on its way', async () => {
    const { desk, element, send } = await replying();
    const release = desk.hold(NOTES);
    send();
    const busy = await find(element, 'button', 'Sending…');
    expect(busy.getAttribute('aria-disabled')).to.equal('true');
    busy.click();
    release();
    await findText(element, 'Your reply is on the case.');
    expect(desk.sent(NOTES)).to.have.length(1);
  });

  it('whose answer was lost is tried again with the same key, and is there once', async () => {
    const { desk, element, send } = await replying();
    desk.fail('lost', NOTES);
    send();
    await find(element, 'alert');
    expect(field(element).value).to.equal(REPLY);
    await expect(element).to.be.accessible();
    desk.fail(null);
    (await find(element, 'button', 'Send reply')).click();
    await findText(element, 'Your reply is on the case.');
    expect(keys(desk).length).to.be.greaterThan(1);
    expect(new Set(keys(desk)).size).to.equal(1);
    expect((await desk.backend.read()).cases['c-1']?.notes).to.have.length(1);
    expectNone(element, 'alert');
  });

  it('and that was changed meanwhile is another one', async () => {
    const { desk, element, reply, send } = await replying();
    desk.fail('lost', NOTES);
    send();
    await find(element, 'alert');
    desk.fail(null);
    write(reply, 'The logs are attached now.');
    await element.updateComplete;
    byRole(element, 'button', 'Send reply').click();
    await findText(element, 'Your reply is on the case.');
    expect((await desk.backend.read()).cases['c-1']?.notes.map(({ text }) => text)).to.contain(
      'The logs are attached now.',
    );
  });

  it('stays when its button is pressed again', async () => {
    const { element } = await replying();
    byRole(element, 'button', 'Reply on the case').click();
    await element.updateComplete;
    expect(field(element).value).to.equal(REPLY);
  });

  it('stays in sight when the case changes while it is written', async () => {
    const { desk, element, reply } = await replying();
    await desk.change({ waitingOn: 'support' });
    await element.refresh();
    await until(() => element.verdict === 'available', 'still blocked');
    await element.updateComplete;
    expect(reply.isConnected && reply.checkVisibility(), 'the reply is gone').to.equal(true);
    expect(reply.value).to.equal(REPLY);
  });
});

describe('a closed case (G3)', () => {
  const CLOSED = { case: { status: 'closed' as const } };

  it('says so, and asks for it to be opened again', async () => {
    const { desk, element } = await blocked(CLOSED);
    const item = byRole(element, 'listitem', /^Not yet There is an active case/);
    await findText(item, 'Reopen this case, or contact Product Support.');
    await expect(element).to.be.accessible();
    byRole(item, 'button', 'Reopen the case').click();
    const reply = await find<HTMLTextAreaElement>(element, 'textbox', 'Your reply on the case');
    expect(reply.value).to.equal('I ask you to reopen this case.');
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Send reply').click();
    await findText(element, 'Your reply is on the case.');
    expect(desk.sent(NOTES)[0]?.body).to.eql({ kind: 'reply', text: 'I ask you to reopen this case.' });
    await desk.change({ status: 'open' });
    await element.refresh();
    await find(element, 'combobox', 'Reason');
  });

  it('or says whom to call', async () => {
    const { element } = await blocked(CLOSED);
    byRole(element, 'button', 'Contact Product Support').click();
    await find(element, 'link', '+1 555 0100');
  });
});

/** The help desk takes no notes. */
function withoutNotes(options: SceneOptions): Scene {
  const desk = scene(options);
  const { fetch } = desk.configuration;
  desk.configuration.fetch = async (input, init) => {
    const answer = await fetch!(input, init);
    if (!new URL(answer.url || new Request(input).url).pathname.endsWith('/cases/c-1')) return answer;
    if (answer.status !== 200) return answer;
    const state = (await answer.json()) as { can: object };
    return Response.json({ ...state, can: { ...state.can, note: false } }, { headers: answer.headers });
  };
  return desk;
}

describe('where nothing can be written on the case', () => {
  it('there are the words to be copied, and whom to call: never a dead button (G12)', async () => {
    const { desk, element } = await blocked({}, withoutNotes({ case: { priority: 'low' } }));
    byRole(element, 'button', 'Request medium priority').click();
    await findText(
      element,
      'We cannot write on this case from here. Use these words when you reply or call:',
    );
    await findText(
      byRole(element, 'region', 'Your text'),
      'I request a change of this case to medium-priority.',
    );
    await find(element, 'link', '+1 555 0100');
    await expect(element).to.be.accessible();
    const copied = copies();
    byRole(element, 'button', 'Copy the text').click();
    await find(element, 'button', 'Copied');
    expect(copied).to.eql(['I request a change of this case to medium-priority.']);
    expect(desk.sent(/^POST/)).to.be.empty;
    expect(textOf(element)).not.to.contain('Request sent.');
  });

  it('and where they cannot be copied, they are selected', async () => {
    const { element } = await blocked({}, withoutNotes({ case: { priority: 'low' } }));
    byRole(element, 'button', 'Request medium priority').click();
    refuseCopies();
    (await find(element, 'button', 'Copy the text')).click();
    await find(element, 'button', 'Selected: copy it with Ctrl+C');
    expect(String(getSelection()).trim()).to.equal('I request a change of this case to medium-priority.');
  });

  it('nor replied: every button does something', async () => {
    const { element } = await blocked({}, withoutNotes(WAITING));
    byRole(element, 'button', 'Reply on the case').click();
    await find(element, 'link', '+1 555 0100');
    const dead = allByRole(element, 'button').filter((button) => /^Copy the text$/.test(nameOf(button)));
    expect(dead.map(nameOf), 'there is no text to be copied').to.eql([]);
    expectNone(element, 'textbox');
    await expect(element).to.be.accessible();
  });
});

describe('a request for another priority (G12)', () => {
  const LOW = { case: { priority: 'low' as const } };
  const press = (element: EscalateCase) => byRole(element, 'button', 'Request medium priority').click();

  it('that did not arrive for sure is tried again with the same key', async () => {
    const { desk, element } = await blocked(LOW);
    desk.fail('lost', NOTES);
    press(element);
    await find(element, 'alert');
    await expect(element).to.be.accessible();
    desk.fail(null);
    press(element);
    await findText(element, 'Request sent. When the priority has changed, you can escalate here.');
    expect(new Set(keys(desk)).size).to.equal(1);
    expect((await desk.backend.read()).cases['c-1']?.notes).to.have.length(1);
    expect(textOf(byRole(byRole(element, 'dialog'), 'status'))).to.contain('Request sent.');
  });

  it('that is pressed twice is sent once', async () => {
    const { desk, element } = await blocked(LOW);
    const release = desk.hold(NOTES);
    press(element);
    press(element);
    release();
    await findText(element, 'Request sent.');
    expect(desk.sent(NOTES)).to.have.length(1);
  });

  it('that the page prevents does nothing at all', async () => {
    const { desk, element } = await blocked(LOW);
    element.addEventListener('escalation-remedy', (event) => event.preventDefault());
    const before = textOf(element);
    for (const button of allByRole(parts(element, 'criteria')[0]!, 'button')) button.click();
    await element.updateComplete;
    expect(textOf(element)).to.equal(before);
    expect(desk.sent(/^POST/)).to.be.empty;
  });

  it('that was granted: the case can be escalated', async () => {
    const { desk, element } = await blocked(LOW);
    press(element);
    await findText(element, 'Request sent.');
    await desk.change({ priority: 'medium' });
    await element.refresh();
    await findText(element, 'You can escalate now.');
    await find(element, 'combobox', 'Reason');
    expect(desk.sent(/^POST/).map(({ path }) => path)).to.eql(['/cases/c-1/notes']);
    expect(people.customer.role).to.equal('customer');
  });
});
