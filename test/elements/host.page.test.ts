import { aTimeout, expect, html } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { EscalateCase } from 'escalation-elements';
import { replace, uncaught } from './browser.js';
import {
  answer, byRole, choose, expectNone, find, findText, focused, heard, parts, queryRole, until, untilFocused,
} from './find.js'; // prettier-ignore
import { scene, type Scene } from './scene.js';
import { details, draw, open, TYPED, typing } from './typing.js';

const POST = /^POST \/cases\/c-1\/escalations$/;
async function filledIn(desk?: Scene) {
  const made = await typing({}, desk);
  choose(byRole(made.element, 'combobox'), 'Reoccurring');
  await made.element.updateComplete;
  answer(made.element, /urgency or impact/, 'No');
  await made.element.updateComplete;
  return { ...made, submit: () => byRole(made.element, 'button', 'Submit') };
}

describe('keys of the page (H13)', () => {
  const abort = new AbortController();
  after(() => abort.abort());
  function hear(...names: string[]) {
    const keys: string[] = [];
    for (const name of names)
      document.addEventListener(
        name,
        (event) => keys.push((event as KeyboardEvent).key ?? event.type),
        abort,
      );
    return keys;
  }

  it('do not hear what somebody types, nor that something was typed or chosen', async () => {
    const { element, field } = await typing();
    const keys = hear('keydown', 'keyup', 'keypress');
    const inputs = hear('input', 'change', 'paste', 'beforeinput');
    field.focus();
    await sendKeys({ type: 'gh?' });
    await sendKeys({ press: 'Enter' });
    choose(byRole(element, 'combobox'), 'Other');
    answer(element, /urgency or impact/, 'No');
    expect(field.value).to.contain('gh?');
    expect(keys).to.eql([]);
    expect(inputs.filter((one) => one !== 'beforeinput')).to.eql([]);
  });

  it('hear what leads away: Escape, Tab, function keys, and what goes with Ctrl', async () => {
    const { field } = await typing();
    const keys = hear('keydown');
    field.focus();
    await sendKeys({ press: 'F2' });
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'k' });
    await sendKeys({ up: 'Control' });
    await sendKeys({ press: 'Tab' });
    field.focus();
    await sendKeys({ press: 'Escape' });
    expect(keys.filter((key) => key !== 'Control')).to.eql(['F2', 'k', 'Tab', 'Escape']);
  });

  it('that are pressed elsewhere are all the page’s', async () => {
    const keys = hear('keydown');
    document.body.focus();
    await sendKeys({ press: 'g' });
    expect(keys).to.eql(['g']);
  });
});

describe('a form of the page around the element (H15)', () => {
  async function inForm() {
    const desk = scene();
    const form = await desk.draw<HTMLFormElement>(
      html`<form>
        <input aria-label="Mine" /><escalate-case case-id="c-1"></escalate-case><button>Save</button>
      </form>`,
    );
    const sent: string[] = [];
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sent.push('submit');
    });
    form.addEventListener('reset', () => sent.push('reset'));
    const element = form.querySelector('escalate-case')!;
    await open(element);
    return { desk, form, element, sent };
  }

  it('is not sent by Enter in a field of ours', async () => {
    const { desk, element, form, sent } = await inForm();
    choose(byRole(element, 'combobox'), 'Project Blocker');
    for (const name of ['Go-live date', /^Comments/] as const) {
      (await find(element, 'textbox', name)).focus();
      await sendKeys({ press: 'Enter' });
    }
    byRole(element, 'combobox').focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Escape' });
    expect(sent).to.eql([]);
    expect(desk.sent(/^POST/)).to.be.empty;
    expect([...new FormData(form).keys()]).to.eql([]);
    await expect(element).to.be.accessible();
  });

  it('is not sent by our buttons', async () => {
    const { element, sent } = await inForm();
    byRole(element, 'button', 'Submit').click();
    await find(element, 'group', /answers? (is|are) missing/);
    byRole(element, 'button', 'Close').click();
    await until(() => !element.open, 'still open');
    expect(sent).to.eql([]);
  });
});

describe('listeners of the page that throw (H14)', () => {
  it('are the page’s own fault: nothing of ours stops', async () => {
    const { desk, element, submit } = await filledIn();
    const names = ['submit', 'requested', 'verdict', 'view', 'close', 'open', 'error', 'remedy'];
    for (const name of names)
      element.addEventListener(`escalation-${name}`, () => {
        throw new Error(`the page, ${name}`);
      });
    const thrown = await uncaught(async () => {
      submit().click();
      await findText(element, 'Escalation requested.');
      element.close();
      await until(() => element.verdict === 'open-escalation', element.verdict);
      await findText(element, 'waiting for an owner');
    });
    expect(desk.sent(POST)).to.have.length(1);
    expect(thrown.map((message) => message.split(', ')[1])).to.have.members([
      'submit', 'verdict', 'requested', 'close',
    ]); // prettier-ignore
    expect(element.open).to.equal(false);
  });
});

describe('pressed too often, or too soon', () => {
  it('five clicks and Enter at once are one request (C06)', async () => {
    const { desk, element, submit } = await filledIn();
    const filed = heard(element, 'escalation-requested');
    const button = submit();
    button.focus();
    for (let i = 0; i < 5; i++) button.click();
    await sendKeys({ press: 'Enter' });
    await findText(element, 'Escalation requested.');
    expect(desk.sent(POST)).to.have.length(1);
    expect(filed).to.have.length(1);
    expect(await desk.escalations()).to.have.length(1);
  });

  it('two elements of one case, both filled in, are one request (C05)', async () => {
    const desk = scene();
    const page = await desk.draw<HTMLElement>(
      html`<div>
        <escalate-case case-id="c-1"></escalate-case><escalate-case case-id="c-1"></escalate-case>
      </div>`,
    );
    const both = [...page.children] as EscalateCase[];
    for (const element of both) {
      await open(element);
      const field = details(element);
      field.value = TYPED;
      field.dispatchEvent(new Event('input'));
      choose(byRole(element, 'combobox'), 'Reoccurring');
      answer(element, /urgency or impact/, 'No');
      await element.updateComplete;
    }
    for (const element of both) byRole(element, 'button', 'Submit').click();
    for (const element of both) await findText(element, /Escalation requested|requested an escalation/);
    expect(desk.sent(POST)).to.have.length(1);
    expect(await desk.escalations()).to.have.length(1);
  });

  /** A click of a hand, which a script cannot make. */
  async function press(button: HTMLElement) {
    const { left, top, width, height } = button.getBoundingClientRect();
    await sendMouse({
      type: 'click',
      position: [Math.round(left + width / 2), Math.round(top + height / 2)],
    });
  }

  it('a click that was meant for what was there before the dialog sends nothing (H20)', async () => {
    const { desk, element } = await filledIn();
    element.close();
    let now = performance.now();
    replace(performance, 'now', () => now);
    await element.show();
    now += 250;
    await press(byRole(element, 'button', 'Submit'));
    await aTimeout(50);
    expect(desk.sent(POST)).to.be.empty;
    expect(element.open).to.equal(true);
    expectNone(element, 'group', /missing/);
    now += 100;
    await press(byRole(element, 'button', 'Submit'));
    await findText(element, 'Escalation requested.');
    expect(desk.sent(POST)).to.have.length(1);
  });
});

describe('by keyboard alone (X01)', () => {
  it('a request is filed, and the focus is never lost', async () => {
    const desk = scene();
    const element = await draw(desk);
    (await find(element, 'button', 'Escalate Case')).focus();
    await sendKeys({ press: 'Enter' });
    await untilFocused(element, await find(element, 'heading'));
    await open(element);
    const tabTo = async (role: string, name?: string | RegExp) => {
      for (let i = 0; i < 30; i++) {
        await sendKeys({ press: 'Tab' });
        if (focused(element) && focused(element) === queryRole(element, role, name)) return;
      }
      throw new Error(`${role} ${String(name)} cannot be reached by Tab.`);
    };
    await tabTo('combobox', 'Reason');
    await sendKeys({ type: 'Reo' });
    await tabTo('textbox', /^Comments/);
    await sendKeys({ type: 'Again.' });
    await tabTo('radio', 'Yes');
    await sendKeys({ press: 'ArrowRight' });
    await tabTo('button', 'Submit');
    await sendKeys({ press: 'Enter' });
    await findText(element, 'Escalation requested.');
    await untilFocused(element, parts(element, 'confirmation')[0]!);
    expect((await desk.escalations())[0]).to.include({ details: 'Again.' });
    await sendKeys({ press: 'Escape' });
    await until(() => focused(element) === parts(element, 'note')[0], 'the focus is lost');
  });
});
