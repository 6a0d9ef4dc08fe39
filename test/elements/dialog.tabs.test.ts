import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { replace, stored } from './browser.js';
import { answer, byRole, choose, find, findText, parts, queryRole, textOf, until, write } from './find.js';
import { people, scene, type Scene } from './scene.js';
import { details, draw, open, TYPED } from './typing.js';

/** One user, one case, several tabs; and one tab before and after a reload. */

const POST = /^POST \/cases\/c-1\/escalations$/;
const WRITING = 'You are also writing this in another tab.';

/** A tab of its own at the same help desk: another desk, as another page would have. */
async function tab(desk: Scene) {
  const element = await draw(desk);
  await open(element);
  return element;
}

/** Two dialogs are open in one page here, and the keyboard is in one of them only. */
function type(element: EscalateCase, text: string): void {
  const field = details(element);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

async function fill(element: EscalateCase, text = TYPED) {
  choose(byRole(element, 'combobox', 'Reason'), 'Lack of Updates/Progress');
  type(element, text);
  await findText(element, 'What will happen');
  answer(element, 'Do you ask because urgency or impact has changed?', 'No');
  await element.updateComplete;
}
const submit = (element: EscalateCase) => byRole(element, 'button', 'Submit').click();

/** The record that the tabs share: the one thing in `localStorage`. */
const record = () => {
  const [name = ''] = Object.keys(localStorage).filter((one) => one.includes('submit'));
  return { name, value: JSON.parse(localStorage.getItem(name) ?? 'null') as Record<string, unknown> | null };
};

/** As on plain http, until the test has ended. */
function withoutLocks() {
  const own = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')!;
  delete (Navigator.prototype as { locks?: LockManager }).locks;
  restore = () => void Object.defineProperty(Navigator.prototype, 'locks', own);
}
let restore = () => undefined as void;
afterEach(() => restore());

/** What another tab does is seen through the channel that it would speak on. */
function otherTab(kind: string) {
  const whose = JSON.stringify(['u-1', 'https://desk.test/api', 'genesys', 'c-1', '']);
  const name = `escalation-elements writing ${kind} ${whose}`;
  const channel = new BroadcastChannel(name);
  const heard: Record<string, unknown>[] = [];
  channel.onmessage = ({ data }) => void heard.push(data as Record<string, unknown>);
  return { channel, heard, say: (word: object) => channel.postMessage({ v: 1, from: 7, ...word }) };
}

describe('two tabs open the dialog at once (C04)', () => {
  it('one request, one key, although both send the same', async () => {
    const desk = scene();
    const [one, two] = [await tab(desk), await tab(desk)];
    await fill(one);
    await fill(two);
    submit(one);
    submit(two);
    await findText(one, 'Escalation requested.');
    await until(
      () => /Escalation requested\.|You requested an escalation/.test(textOf(two)),
      'the other is lost',
    );
    expect(new Set(desk.sent(POST).map(({ key }) => key)).size).to.equal(1);
    expect(await desk.escalations()).to.have.length(1);
  });

  it('another text: one request; the text of the one that came later is kept, and can be added', async () => {
    const desk = scene();
    const [one, two] = [await tab(desk), await tab(desk)];
    await fill(one);
    await fill(two, 'And the export fails, too.');
    const go = desk.hold(POST);
    submit(one);
    await until(() => desk.sent(POST).length, 'nothing is sent');
    submit(two);
    await findText(two, 'A request from another tab is on its way. Your text is kept');
    expect(details(two).value).to.equal('And the export fails, too.');
    expect(details(two).readOnly, 'it can be changed').to.equal(false);
    go();
    await findText(one, 'Escalation requested.');
    expect(desk.sent(POST)).to.have.length(1);
    await two.refresh();
    (await find(two, 'button', 'Add to that escalation')).click();
    await findText(two, 'Your text was added.');
    expect((await desk.entries()).at(-1)?.text).to.equal('And the export fails, too.');
    expect(await desk.escalations()).to.have.length(1);
  });

  it('a browser without locks: the help desk has the last word', async () => {
    withoutLocks();
    const desk = scene();
    const [one, two] = [await tab(desk), await tab(desk)];
    await fill(one);
    await fill(two);
    submit(one);
    submit(two);
    await findText(one, 'Escalation requested.');
    await until(
      () => /Escalation requested\.|You requested an escalation/.test(textOf(two)),
      'the other is lost',
    );
    expect(await desk.escalations()).to.have.length(1);
  });

  it('what they share has no text in it, and no more than a key, a hash and a time', async () => {
    const desk = scene();
    const element = await tab(desk);
    await until(() => record().value, 'no key is made');
    expect(record().value).to.include({ v: 1, hash: '', state: 'open' });
    const { key } = record().value ?? {};
    await fill(element);
    desk.fail('lost', POST);
    submit(element);
    await find(element, 'button', 'Try again');
    expect(record().value)
      .to.have.all.keys('v', 'key', 'hash', 'state', 'at')
      .and.include({ key, state: 'sent' });
    expect(JSON.stringify({ ...localStorage })).not.to.contain(TYPED);
    expect(desk.sent(POST)[0]?.key, 'the key of the dialog').to.equal(`"${String(key)}"`);
  });

  it('where all is by e-mail nothing is shared (G14)', async () => {
    const desk = scene({ case: { program: 'fedramp-cloud-cx' } });
    const element = await draw(desk);
    (await find(element, 'button', /^Escalate/)).click();
    await until(() => parts(element, 'email').length, 'no e-mail');
    expect(stored()).not.to.match(/submit|attempt|draft/);
  });

  it('what an older page left a day ago, or another user, is forgotten', async () => {
    const desk = scene();
    const name = (user: string) =>
      `escalation-elements submit ${JSON.stringify([user, 'https://desk.test/api', 'genesys', 'c-9', ''])}`;
    const left = (at: number) => JSON.stringify({ v: 1, key: 'k', hash: '', state: 'sent', at });
    localStorage.setItem(name('u-1'), left(Date.now() - 25 * 3_600_000));
    localStorage.setItem(name('u-2'), left(Date.now()));
    localStorage.setItem('theirs', '{}');
    await tab(desk);
    await until(() => record().value, 'no key is made');
    const names = Object.keys(localStorage);
    expect(names).to.include('theirs').and.not.include(name('u-1')).and.not.include(name('u-2'));
  });
});

describe('a reload while a request is on its way (N08)', () => {
  /** The answer never comes, and the page is left. */
  async function left(arrives: boolean) {
    const desk = scene();
    const element = await tab(desk);
    await fill(element);
    if (!arrives) desk.fail('offline', POST);
    const go = desk.hold(POST);
    submit(element);
    await until(() => desk.sent(POST).length, 'nothing is sent');
    const kept = { ...sessionStorage };
    element.remove();
    // What the old page does now, a reload would have ended.
    Object.assign(sessionStorage, kept);
    return { desk, go };
  }

  it('it has not arrived: says that nobody knows, and goes on with the same key and body', async () => {
    const { desk } = await left(false);
    const again = scene();
    const next = await draw(again);
    (await find(next, 'button', /^Escalate/)).click();
    await findText(
      next,
      'We could not confirm that it arrived. Your text is safe, and we will not send it twice.',
    );
    await expect(next).to.be.accessible();
    expect(details(next).value).to.equal(TYPED);
    expect(details(next).readOnly, 'the body is frozen').to.equal(true);
    (await find(next, 'button', 'Try again')).click();
    await findText(next, 'Escalation requested.');
    expect(again.sent(POST)[0]).to.deep.include({
      key: desk.sent(POST)[0]?.key,
      body: desk.sent(POST)[0]?.body,
    });
    expect(stored()).not.to.contain(TYPED);
  });

  it('the policy cannot be loaded at first: Try again, and it is told all the same', async () => {
    const { desk } = await left(false);
    const again = scene();
    again.fail('offline', /policies/);
    const next = await draw(again);
    (await find(next, 'button', /^Escalate/)).click();
    const retry = await find(next, 'button', 'Try again');
    await findText(next, 'The escalation process could not be loaded.');
    again.fail(null);
    retry.click();
    await findText(next, 'We could not confirm that it arrived.');
    expect(details(next).value).to.equal(TYPED);
    (await find(next, 'button', 'Try again')).click();
    await findText(next, 'Escalation requested.');
    expect(again.sent(POST)[0]?.key).to.equal(desk.sent(POST)[0]?.key);
  });

  it('it has arrived: there is no button, and when it has ended nothing of it is sent again', async () => {
    const { desk, go } = await left(true);
    go();
    await until(async () => (await desk.escalations()).length === 1, 'not there');
    const next = await draw(desk);
    await findText(next, /Escalation requested on/);
    expect(queryRole(next, 'button', /^Escalate/)).to.equal(null);
    await desk.act({ kind: 'decline', text: 'Not now.', criteria: [] });
    await next.refresh();
    await open(next);
    expect(details(next).readOnly).to.equal(false);
    expect(stored()).not.to.contain('attempt');
    expect(desk.sent(POST)).to.have.length(1);
  });

  it('another user signs in: nothing of it is theirs', async () => {
    const { desk, go } = await left(false);
    go();
    await until(() => desk.sent(POST).length === 5, 'the old page is still at it');
    desk.fail(null);
    desk.user = people.colleague;
    const next = await tab(desk);
    await until(() => parts(next, 'help').length, 'not all is there');
    expect(details(next).value).to.equal('');
    expect(textOf(next)).not.to.contain('We could not confirm');
    await fill(next, 'Mine.');
    submit(next);
    await findText(next, 'Escalation requested.');
    expect((desk.sent(POST).at(-1)?.body as { details: string }).details).to.equal('Mine.');
    expect(stored()).not.to.contain('attempt');
  });
});

describe('a sign-in that expires in the middle', () => {
  it('text kept, signed in again, Try again: one request', async () => {
    const desk = scene();
    const element = await tab(desk);
    await fill(element);
    desk.fail('401');
    submit(element);
    await findText(element, 'Your sign-in has expired. Your text is kept.');
    expect(details(element).value).to.equal(TYPED);
    desk.fail(null);
    (await find(element, 'button', 'Try again')).click();
    await findText(element, 'Escalation requested.');
    expect(await desk.escalations()).to.have.length(1);
    expect(new Set(desk.sent(POST).map(({ key }) => key)).size).to.equal(1);
  });
});

describe('a storage that is full', () => {
  it('is said where somebody types; the request goes once all the same', async () => {
    replace(Storage.prototype, 'setItem', () => {
      throw new DOMException('', 'QuotaExceededError');
    });
    const desk = scene();
    const element = await tab(desk);
    await fill(element);
    await findText(element, 'Kept only while this page is open');
    desk.fail('lost', POST);
    submit(element);
    const again = await find(element, 'button', 'Try again');
    desk.fail(null);
    again.click();
    await findText(element, 'Escalation requested.');
    expect(await desk.escalations()).to.have.length(1);
    expect(new Set(desk.sent(POST).map(({ key }) => key)).size).to.equal(1);
  });
});

describe('the same draft in another tab', () => {
  it('is said as long as both write', async () => {
    const other = otherTab('request');
    const element = await tab(scene());
    expect(textOf(element)).not.to.contain(WRITING);
    write(details(element), TYPED);
    await until(() => other.heard.length, 'the other tab hears nothing');
    expect(other.heard[0])
      .to.have.all.keys('v', 'from', 'writes', 'asks')
      .and.include({ writes: true, asks: true });
    other.say({ writes: true });
    await findText(element, WRITING);
    await expect(element).to.be.accessible();
    other.say({ writes: false });
    await until(() => !textOf(element).includes(WRITING), 'it is still said');
    other.channel.close();
  });

  it('is answered when another tab asks, and told when it is over', async () => {
    const element = await tab(scene());
    write(details(element), TYPED);
    const other = otherTab('request');
    await until(async () => {
      other.say({ writes: true, asks: true });
      await new Promise((done) => setTimeout(done, 10));
      return other.heard.some(({ writes, asks }) => writes === true && asks === undefined);
    }, 'no answer');
    await findText(element, WRITING);
    element.close();
    await until(() => other.heard.at(-1)?.['writes'] === false, 'the other tab is not told');
    other.channel.close();
  });

  it('the way into the back/forward cache ends it, and the way out begins it again', async () => {
    const other = otherTab('request');
    const element = await tab(scene());
    write(details(element), TYPED);
    await until(() => other.heard.length === 1, 'the other tab hears nothing');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await until(() => other.heard.at(-1)?.['writes'] === false, 'it is not told');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until(() => other.heard.at(-1)?.['writes'] === true, 'it is not told again');
    other.channel.close();
  });

  it('two elements of one page are no two tabs; nor is what is not ours', async () => {
    const desk = scene();
    const [one, two] = [await tab(desk), await tab(desk)];
    const other = otherTab('request');
    type(one, TYPED);
    type(two, TYPED);
    await until(() => other.heard.length >= 2, 'nothing is told');
    for (const word of [null, 'x', { v: 2, from: 7, writes: true }, { v: 1, from: 'x', writes: true }])
      other.channel.postMessage(word);
    other.say({ writes: true, asks: true });
    await findText(one, WRITING);
    other.say({ writes: false });
    await until(() => !textOf(one).includes(WRITING) && !textOf(two).includes(WRITING), 'it is still said');
    other.channel.close();
  });

  it('where all is by e-mail nobody is told (G14)', async () => {
    const other = otherTab('request');
    const desk = scene();
    const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    await open(element);
    await desk.change({ program: 'fedramp-cloud-cx' });
    await element.refresh();
    await until(() => element.verdict === 'elsewhere', 'it is not by e-mail');
    const field = queryRole<HTMLTextAreaElement>(element, 'textbox');
    if (field) write(field, TYPED);
    await element.updateComplete;
    expect(other.heard).to.eql([]);
    other.channel.close();
  });
});
