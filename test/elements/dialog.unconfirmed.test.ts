import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { answer, byRole, choose, find, findText, queryRole, write } from './find.js';
import { scene } from './scene.js';

/** A help desk that does not know a request again: what may have arrived is never sent twice by us. */

const TEXT = 'Nobody has answered for two weeks.';
const POST = /^POST \/cases\/c-1\/escalations$/;

/** The help desk says of itself that it keeps no keys. */
function withoutKeys() {
  const desk = scene();
  const { fetch } = desk.configuration;
  desk.configuration.fetch = async (input, init) => {
    const response = await fetch!(input, init);
    if (init?.method !== 'GET' || !response.ok || !/cases\/c-1$/.test(new Request(input).url))
      return response;
    const state = (await response.json()) as { guarantees: object };
    return Response.json({ ...state, guarantees: { ...state.guarantees, dedup: 'none' } });
  };
  return desk;
}

async function sentInto(fault: 'lost' | 'offline') {
  const desk = withoutKeys();
  const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
  (await find(element, 'button', 'Escalate Case')).click();
  choose(await find(element, 'combobox', 'Reason'), 'Lack of Updates/Progress');
  write(byRole(element, 'textbox', /^Comments/), TEXT);
  await findText(element, 'What will happen');
  answer(element, 'Do you ask because urgency or impact has changed?', 'No');
  desk.fail(fault, POST);
  byRole(element, 'button', 'Submit').click();
  await find(element, 'button', 'Check again');
  await findText(element, 'We could not confirm that it arrived.');
  await expect(element).to.be.accessible();
  expect(queryRole(element, 'button', 'Try again'), 'no way to send it again unseen').to.equal(null);
  desk.fail(null);
  return { desk, element };
}

it('it has arrived: a look says so, and nothing is sent again', async () => {
  const { desk, element } = await sentInto('lost');
  const before = desk.sent(POST).length;
  byRole(element, 'button', 'Check again').click();
  await findText(element, 'Escalation requested. Nobody has accepted it yet.');
  expect(queryRole(element, 'button', 'Add to that escalation'), 'its text is in it').to.equal(null);
  expect(desk.sent(POST)).to.have.length(before);
  expect(await desk.escalations()).to.have.length(1);
});

it('it has not arrived: a look says so, and the user may send it again', async () => {
  const { desk, element } = await sentInto('offline');
  byRole(element, 'button', 'Check again').click();
  await findText(element, 'It has not arrived. You can send it again.');
  expect(byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/).value).to.equal(TEXT);
  byRole(element, 'button', 'Submit').click();
  await findText(element, 'Escalation requested. Nobody has accepted it yet.');
  expect(await desk.escalations()).to.have.length(1);
});
