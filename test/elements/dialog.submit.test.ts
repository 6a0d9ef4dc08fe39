import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import {
  allByRole, answer, byRole, choose, find, findText, focused, heard, parts, queryRole, textOf, until, untilFocused, write,
} from './find.js'; // prettier-ignore
import { caseOf, HOUR, people, policies, scene, type SceneOptions } from './scene.js';

const TEXT = 'Nobody has answered for two weeks.';
const POST = /^POST \/cases\/c-1\/escalations$/;
const CHANGED = 'Do you ask because urgency or impact has changed?';

/** Draws the case, opens its form and fills it in. */
async function filledIn(options: SceneOptions = {}) {
  const desk = scene(options);
  const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
  (await find(element, 'button', 'Escalate Case')).click();
  choose(await find(element, 'combobox', 'Reason'), 'Lack of Updates/Progress');
  write(byRole(element, 'textbox', /^Comments/), TEXT);
  await findText(element, 'What will happen');
  answer(element, CHANGED, 'No');
  const comments = () => byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/);
  return { desk, element, comments, submit: () => byRole(element, 'button', 'Submit').click() };
}
const alertText = async (element: EscalateCase, text: string | RegExp) => {
  const alert = await find(element, 'alert');
  await findText(alert, text);
  await untilFocused(element, alert);
  await expect(element).to.be.accessible();
};

describe('sending a request', () => {
  it('files one escalation, says so, and leaves no button', async () => {
    const { desk, element, submit } = await filledIn();
    const asked = heard(document, 'escalation-submit');
    const made = heard(document, 'escalation-requested');
    submit();
    await findText(element, 'Escalation requested. Nobody has accepted it yet.');
    const [confirmation] = parts(element, 'confirmation');
    await untilFocused(element, confirmation!);
    await findText(element, 'Next: The Escalation Owner reviews your request and replies with next steps.');
    await expect(element).to.be.accessible();

    const posts = desk.sent(POST);
    expect(posts).to.have.length(1);
    expect(posts[0]?.key).to.match(/^"[\w-]{16,}"$/);
    expect(posts[0]?.body).to.eql({
      reasonId: 'lack-of-updates',
      details: TEXT,
      confirmed: ['no-change-of-urgency'],
      policyVersion: '1',
    });
    const [escalation, ...others] = await desk.escalations();
    expect(others).to.be.empty;
    expect(escalation?.details).to.equal(TEXT);
    expect(asked).to.eql([{ caseId: 'c-1', reasonId: 'lack-of-updates', path: [] }]);
    expect(made).to.eql([{ caseId: 'c-1', escalationId: escalation?.id, replayed: false }]);
    expect(JSON.stringify([asked, made]), 'no typed text').not.to.contain('Nobody');

    expect(queryRole(element, 'button', 'Escalate Case')).to.equal(null);
    byRole(element, 'button', 'Close').click();
    await until(() => !element.open, 'still open');
    expect(textOf(element)).to.equal('Escalation requested on May 12, waiting for an owner.');
    expect(allByRole(element, 'button')).to.be.empty;
    await untilFocused(element, parts(element, 'note')[0]!);
  });

  it('with a contact, where the reason asks for one (P8)', async () => {
    const desk = scene({ policy: policies['pulse-secure'] });
    const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    (await find(element, 'button', 'Escalate Now')).click();
    choose(await find(element, 'combobox'), 'Support Engineer Now');
    await find(element, 'group', 'How should we reach you?');
    answer(element, 'How should we reach you?', 'Telephone');
    write(await find(element, 'textbox', 'Telephone number'), '+47 55 50 100');
    await element.updateComplete;
    write(byRole(element, 'textbox', /^Best time/), 'mornings');
    await element.updateComplete;
    write(byRole(element, 'textbox', /^Additional information/), TEXT);
    byRole(element, 'button', 'Request escalation').click();
    await findText(element, 'Escalation requested.');
    const [escalation] = await desk.escalations();
    expect(escalation?.contact).to.eql({
      method: 'telephone',
      value: '+47 55 50 100',
      when: 'mornings',
      timeZone: 'America/New_York',
    });
  });

  it('shows that it is busy, keeps the focus and sends once, however often the button is pressed', async () => {
    const { desk, element, submit, comments } = await filledIn();
    const open = desk.hold(POST);
    byRole(element, 'button', 'Submit').focus();
    submit();
    const busy = await find(element, 'button', 'Sending…');
    expect(busy.getAttribute('aria-disabled')).to.equal('true');
    expect(focused(element) === busy, 'the focus is on the button').to.equal(true);
    expect(element.matches(':state(busy)')).to.equal(true);
    expect(comments().readOnly).to.equal(true);
    busy.click();
    await until(() => desk.sent(POST).length === 1, 'nothing was sent');
    await expect(element).to.be.accessible();
    open();
    await findText(element, 'Escalation requested.');
    expect(desk.sent(POST)).to.have.length(1);
    expect(element.matches(':state(busy)')).to.equal(false);
  });

  it('sends nothing when the page prevents it', async () => {
    const { desk, element, submit, comments } = await filledIn();
    let asked = 0;
    element.addEventListener('escalation-submit', (event) => {
      asked++;
      event.preventDefault();
    });
    submit();
    await until(() => asked, 'the page was not asked');
    await element.updateComplete;
    expect(desk.sent(/POST/)).to.be.empty;
    expect(comments().value).to.equal(TEXT);
  });
});

describe('a request that did not go through', () => {
  it('whose answer was lost: is sent again with the same key and body, and is one escalation', async () => {
    const { desk, element, submit, comments } = await filledIn();
    const made = heard(element, 'escalation-requested');
    desk.fail('lost', POST);
    submit();
    await alertText(element, 'We could not confirm that it arrived.');
    expect(comments().value).to.equal(TEXT);
    expect(comments().readOnly, 'the text that may have arrived').to.equal(true);
    expect(byRole<HTMLSelectElement>(element, 'combobox').disabled).to.equal(true);
    expect(queryRole(element, 'button', 'Submit')).to.equal(null);
    desk.fail(null);
    byRole(element, 'button', 'Try again').click();
    await findText(element, 'Escalation requested.');
    const posts = desk.sent(POST);
    expect(posts.length).to.be.greaterThan(1);
    expect(new Set(posts.map(({ key }) => key)).size).to.equal(1);
    expect(new Set(posts.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
    const escalations = await desk.escalations();
    expect(escalations).to.have.length(1);
    expect(made).to.eql([{ caseId: 'c-1', escalationId: escalations[0]?.id, replayed: true }]);
  });

  it('and was closed and opened meanwhile: goes on where it was', async () => {
    const { desk, element, submit } = await filledIn();
    desk.fail('offline', POST);
    submit();
    await alertText(element, 'We could not confirm that it arrived.');
    element.close();
    await element.show();
    desk.fail(null);
    (await find(element, 'button', 'Try again')).click();
    await findText(element, 'Escalation requested.');
    expect(new Set(desk.sent(POST).map(({ key }) => key)).size).to.equal(1);
  });

  it('because somebody was faster (409): shows whose, keeps the text, and can add it there', async () => {
    const { desk, element, submit } = await filledIn();
    const messages = heard(document, 'escalation-message');
    const { id } = await desk.escalate(people.colleague);
    submit();
    await findText(element, /Tom Berg requested an escalation this minute\. A case has one at a time\./);
    await untilFocused(element, parts(element, 'existing')[0]!);
    await findText(byRole(element, 'region'), TEXT);
    await expect(element).to.be.accessible();
    const copied: string[] = [];
    const write = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = async (text) => void copied.push(text);
    byRole(element, 'button', 'Copy text').click();
    await find(element, 'button', 'Copied');
    navigator.clipboard.writeText = write;
    expect(copied).to.eql([TEXT]);
    byRole(element, 'button', 'Add to that escalation').click();
    await findText(element, 'Your text was added.');
    const entry = (await desk.entries()).at(-1);
    expect(entry).to.include({ kind: 'message', text: TEXT });
    expect(messages).to.eql([{ escalationId: id, entryId: entry?.id }]);
    expect(await desk.escalations()).to.have.length(1);
    await findText(element, 'You follow this escalation now.');
    const record = Object.values((await desk.backend.read()).escalations)[0];
    expect(record?.followers, 'and hears of it from now on').to.eql([people.customer.id]);
  });

  it('and whose text could not be added: is added once, however often it is tried', async () => {
    const { desk, element, submit } = await filledIn();
    await desk.escalate(people.colleague);
    submit();
    await find(element, 'button', 'Add to that escalation');
    desk.fail('lost', /POST .*actions/);
    byRole(element, 'button', 'Add to that escalation').click();
    await find(element, 'alert');
    await findText(byRole(element, 'region'), TEXT);
    desk.fail(null);
    byRole(element, 'button', 'Add to that escalation').click();
    await findText(element, 'Your text was added.');
    expect((await desk.entries()).filter(({ kind }) => kind === 'message')).to.have.length(1);
  });

  it('because the sign-in has expired: keeps the text, and goes on with the same key', async () => {
    const { desk, element, submit, comments } = await filledIn();
    desk.user = null;
    submit();
    await alertText(element, 'Your sign-in has expired. Your text is kept.');
    expect(comments().value).to.equal(TEXT);
    desk.user = people.customer;
    await element.refresh();
    await findText(element, 'Escalation requested.');
    expect(new Set(desk.sent(POST).map(({ key }) => key)).size).to.equal(1);
    expect(await desk.escalations()).to.have.length(1);
  });

  it('because the server asks for more (422): says so at the field', async () => {
    const { desk, element, submit, comments } = await filledIn();
    const { reasons } = policies.genesys;
    desk.judge = {
      ...policies.genesys,
      reasons: reasons.map((row) => ({ ...row, details: 'required' as const, minDetails: 100 })),
    };
    submit();
    const fault = await find(element, 'button', 'Write at least 100 characters: Comments');
    await untilFocused(element, parts(element, 'error-summary')[0]!);
    fault.click();
    await untilFocused(element, comments());
    expect(comments().getAttribute('aria-invalid')).to.equal('true');
    write(comments(), TEXT.repeat(3));
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    const keys = desk.sent(POST).map(({ key }) => key);
    expect(keys).to.have.length(2);
    expect(keys[0], 'another body, another key').not.to.equal(keys[1]);
  });

  it('because the case has changed meanwhile (422): says so and keeps the text', async () => {
    const { desk, element, submit, comments } = await filledIn({ case: { priority: 'medium' } });
    const at = new Date(desk.clock().getTime() - HOUR).toISOString();
    await desk.change({ priority: 'high', lastUpdate: { ...caseOf().lastUpdate!, at } });
    submit();
    await findText(element, 'Dana Reyes updated the case at 9:00 AM. The 24 hours start again');
    await until(() => focused(element)?.textContent?.includes('start again'), 'the news has the focus');
    expect(comments().value).to.equal(TEXT);
    expect(element.verdict).to.equal('blocked');
  });

  it('because the help desk is busy: says so, with the text to be copied', async () => {
    const { desk, element, submit, comments } = await filledIn();
    desk.fail('503', POST);
    submit();
    const alert = await find(element, 'alert');
    byRole(alert, 'button', 'Copy text');
    expect(comments().value).to.equal(TEXT);
    expect(await desk.escalations()).to.be.empty;
  });
});
