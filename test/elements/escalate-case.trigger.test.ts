import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { configure, type EscalateCase } from 'escalation-elements';
import {
  allByRole, byRole, expectNone, find, findText, heard, nameOf, parts, textOf, until, untilFocused,
} from './find.js'; // prettier-ignore
import { people, scene, type SceneOptions } from './scene.js';
import { shown } from './verdict.js';

async function drawn(attributes: Partial<EscalateCase> = {}, options: SceneOptions = {}) {
  const { desk, element } = await shown(options, 'available');
  Object.assign(element, attributes);
  await element.updateComplete;
  return { desk, element };
}
const path = (element: Element, part: string) =>
  parts(element, part)[0]?.querySelector('path')?.getAttribute('d');

/** What the library has warned of while something was done. */
async function warnings(work: () => unknown): Promise<string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => said.push(text);
  await Promise.resolve(work()).finally(() => (console.warn = warn));
  return said;
}

describe('the trigger', () => {
  it('may be an icon, named as the button would be (G26)', async () => {
    const { element } = await drawn({ trigger: 'icon' });
    const button = byRole(element, 'button', 'Escalate Case');
    expect(textOf(button)).to.equal('');
    expect(parts(element, 'trigger-icon')).to.have.length(1);
    const { width, height } = button.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.greaterThan(23);
    await expect(element).to.be.accessible();
    button.click();
    await find(element, 'dialog');
  });

  it('or by its label', async () => {
    const { element } = await drawn({ trigger: 'icon', label: 'Escalate this case' });
    byRole(element, 'button', 'Escalate this case');
    element.label = '';
    await element.updateComplete;
    byRole(element, 'button', 'Escalate Case');
  });

  it('as a button says what it shows: the label of the icon is not its name', async () => {
    const { element } = await drawn({ label: 'Something else' });
    expect(nameOf(byRole(element, 'button'))).to.equal('Escalate Case');
  });

  it('may be none: the page has a button of its own', async () => {
    const { element } = await drawn({ trigger: 'none' });
    expectNone(element, 'button');
    expect(getComputedStyle(element).display).to.equal('none');
    expect(await element.show()).to.equal(true);
    await find(element, 'combobox', 'Reason');
    await expect(element).to.be.accessible();
    element.close();
    await until(() => getComputedStyle(element).display === 'none', 'it takes room');
  });

  it('of the page opens it by commandfor, without a script (G27)', async () => {
    const desk = scene();
    const page = await desk.draw<HTMLElement>(
      html`<div>
        <button commandfor="escalate-it" command="--show">Mine</button>
        <button commandfor="escalate-it" command="--other">Another</button>
        <escalate-case id="escalate-it" case-id="c-1" trigger="none"></escalate-case>
      </div>`,
    );
    const element = page.querySelector('escalate-case')!;
    await until(() => element.verdict === 'available', element.verdict);
    const [mine, other] = [...page.querySelectorAll('button')];
    other?.click();
    await nextFrame();
    expect(element.open).to.equal(false);
    mine?.focus();
    mine?.click();
    await untilFocused(element, await find(element, 'heading'));
    element.close();
    await until(() => document.activeElement === mine, 'the focus is not back');
  });

  it('that is none of these is a button, and warned of once with what there is', async () => {
    const said = await warnings(async () => {
      for (const _ of [1, 2]) {
        const { element } = await drawn();
        element.setAttribute('trigger', 'link');
        await element.updateComplete;
        byRole(element, 'button', 'Escalate Case');
      }
    });
    expect(said).to.eql(['escalation-elements: trigger="link": must be button or icon or none.']);
  });

  it('takes part in no form of the page', async () => {
    const desk = scene();
    const form = await desk.draw<HTMLFormElement>(
      html`<form><escalate-case case-id="c-1"></escalate-case></form>`,
    );
    let sent = 0;
    form.addEventListener('submit', (event) => (event.preventDefault(), sent++));
    const element = form.querySelector('escalate-case')!;
    (await find(element, 'button', 'Escalate Case')).click();
    await find(element, 'dialog');
    expect(sent).to.equal(0);
    expect([...form.elements]).to.be.empty;
  });
});

describe('what the page puts in', () => {
  it('slots take the place of words and icon', async () => {
    const desk = scene();
    const element = await desk.draw<EscalateCase>(
      html`<escalate-case case-id="c-1"
        >Get help<b slot="icon">!</b>
        <p slot="intro">We read every request.</p>
        <p slot="help">Ask your account manager.</p>
        <p slot="contact">Call 4711.</p></escalate-case
      >`,
    );
    const button = await find(element, 'button');
    expect(textOf(button)).to.equal('! Get help');
    await expect(element).to.be.accessible();
    button.click();
    await find(element, 'combobox');
    for (const text of ['We read every request.', 'Call 4711.', 'Ask your account manager.'])
      await findText(byRole(element, 'dialog'), text);
    expect(textOf(element)).not.to.contain('Production down?');
    expectNone(element, 'link', 'More training');
    await expect(element).to.be.accessible();
  });

  it('the contact stands beside "Try again", too', async () => {
    const desk = scene();
    desk.fail('offline');
    const element = await desk.draw<EscalateCase>(
      html`<escalate-case case-id="c-1"><a slot="contact" href="tel:4711">Call 4711</a></escalate-case>`,
    );
    await findText(element, /already escalated\. Try again ?Call 4711/);
    await expect(element).to.be.accessible();
  });

  it('icons by name are taken where they are path data, and nothing else', async () => {
    const parent = await fixture<HTMLElement>(html`<div></div>`);
    const configured = configure(scene().configuration, parent);
    const element = Object.assign(document.createElement('escalate-case'), { caseId: 'c-1' });
    parent.append(element);
    await find(element, 'button', 'Escalate Case');
    const own = path(element, 'trigger-icon');
    for (const [given, drawn] of [
      ['M0 0h24v24H0z', 'M0 0h24v24H0z'],
      ['m1.5-2e-3 3,4z', 'm1.5-2e-3 3,4z'],
      ['url(https://evil.test/x)', own],
      ['"><script>alert(1)</script>', own],
      ['', own],
      [null as never, own],
    ] as const) {
      configured.update({ icons: { escalate: given } });
      await element.updateComplete;
      expect(path(element, 'trigger-icon'), String(given)).to.equal(drawn);
    }
  });

  it('feed-href is where the escalation is viewed', async () => {
    const { element } = await shown({}, 'open-escalation', (desk) => desk.escalate());
    element.setAttribute('feed-href', '/cases/c-1#feed');
    const link = await find<HTMLAnchorElement>(element, 'link', 'View escalation');
    expect(link.getAttribute('href')).to.equal('/cases/c-1#feed');
    await expect(element).to.be.accessible();
  });

  it('a feed-href that would run something does not', async () => {
    const { element } = await shown({}, 'open-escalation', (desk) => desk.escalate());
    element.setAttribute('feed-href', 'javascript:window.hacked = 1');
    await element.updateComplete;
    for (const link of allByRole<HTMLAnchorElement>(element, 'link')) link.click();
    await element.show();
    await nextFrame();
    expect('hacked' in window).to.equal(false);
  });
});

describe('show(), close() and refresh()', () => {
  it('show() says false where there is nothing to open', async () => {
    const loose = document.createElement('escalate-case');
    expect(await loose.show()).to.equal(false);
    const { element } = await shown({ user: people.stranger }, 'refused');
    expect(await element.show()).to.equal(false);
    expect(element.open).to.equal(false);
  });

  it('close() and show() at once: it is open, and the page hears it in that order', async () => {
    const { element } = await drawn();
    await element.show();
    const heardOf: string[] = [];
    for (const name of ['escalation-open', 'escalation-close'])
      element.addEventListener(name, () => heardOf.push(name));
    element.close();
    expect(await element.show()).to.equal(true);
    await nextFrame();
    await nextFrame();
    expect(heardOf).to.eql(['escalation-close', 'escalation-open']);
    expect(element.open).to.equal(true);
    expect(byRole(element, 'dialog').matches(':modal')).to.equal(true);
  });

  it('show() twice at once opens it once', async () => {
    const { element } = await drawn();
    const opened = heard(element, 'escalation-open');
    expect(await Promise.all([element.show(), element.show(), element.show()])).to.eql([true, true, true]);
    expect(opened).to.have.length(1);
  });

  it('show() that the page has removed the element from meanwhile throws nothing', async () => {
    const { element } = await drawn();
    const shows = element.show();
    element.remove();
    expect(await shows).to.be.a('boolean');
    expect(document.querySelectorAll(':modal')).to.have.length(0);
  });

  it('close() without a dialog does nothing', async () => {
    const { element } = await drawn();
    const closed = heard(element, 'escalation-close');
    element.close();
    await nextFrame();
    expect(closed).to.be.empty;
  });

  it('refresh() asks now; several at once are one request', async () => {
    const { desk, element } = await drawn();
    const before = desk.sent(/^GET \/cases/).length;
    await Promise.all([element.refresh(), element.refresh(), element.refresh()]);
    expect(desk.sent(/^GET \/cases/).length).to.equal(before + 1);
    await document.createElement('escalate-case').refresh();
  });
});

const rows = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, i) => rows(all.toSpliced(i, 1)).map((rest) => [one, ...rest]));

describe('an element is the same, in whatever order it was made (H09)', () => {
  let count = 0;
  const steps = {
    attribute: (element: HTMLElement) => element.setAttribute('case-id', 'c-1'),
    property: (element: HTMLElement) => void ((element as EscalateCase).trigger = 'icon'),
    child: (element: HTMLElement) => void (element.textContent = 'Mine'),
    connect: (element: HTMLElement, parent: HTMLElement) => parent.append(element),
    define: (element: HTMLElement) =>
      customElements.get(element.localName) ??
      customElements.define(
        element.localName,
        class extends (customElements.get('escalate-case') as typeof EscalateCase) {},
      ),
  };
  type Step = keyof typeof steps;

  it('attribute, property, child, connected and defined: all 120 ways', async () => {
    const desk = scene();
    const parent = await fixture<HTMLElement>(html`<div></div>`);
    configure(desk.configuration, parent);
    const made: [string, EscalateCase][] = [];
    for (const order of rows(Object.keys(steps) as Step[])) {
      const element = document.createElement(`escalate-case-${++count}`);
      for (const step of order) steps[step](element, parent);
      made.push([order.join(', '), element as EscalateCase]);
    }
    expect(made).to.have.length(120);
    for (const [order, element] of made) {
      await until(() => element.verdict === 'available', `${order}: ${element.verdict}`);
      await element.updateComplete;
      const [button, ...more] = allByRole(element, 'button');
      expect([nameOf(button!), more.length, element.caseId, element.trigger], order).to.eql([
        'Escalate Case', 0, 'c-1', 'icon',
      ]); // prettier-ignore
      expect(Object.keys(element), `${order}: nothing hides an accessor`).not.to.include('trigger');
    }
    expect(desk.sent(/^GET \/cases/), 'all share one session').to.have.length(1);
  });

  it('cloned, it is one of its own', async () => {
    const { element } = await drawn();
    await element.show();
    const twin = element.cloneNode(true) as EscalateCase;
    element.after(twin);
    await find(twin, 'button', 'Escalate Case');
    expect([twin.caseId, twin.open]).to.eql(['c-1', false]);
  });
});
