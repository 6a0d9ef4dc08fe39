import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { configure, createDesk, type EscalateCase } from 'escalation-elements';
import type * as Package from 'escalation-elements';
import { rest } from '../../src/adapters/rest.js';
import { uncaught } from './browser.js';
import { byRole, find, findText, heard, parts, textOf, until } from './find.js';
import { people, scene } from './scene.js';
import { details, open, TYPED, typing } from './typing.js';

type Frame = HTMLIFrameElement & { contentWindow: Window & typeof globalThis; contentDocument: Document };
/** A page of its own, on this origin. */
async function frame(body = ''): Promise<Frame> {
  const made = await fixture<Frame>(html`<iframe title="Another page" width="800" height="600"></iframe>`);
  made.srcdoc = `<!doctype html><html lang="en"><title>Another</title><body>${body}`;
  await new Promise((done) => made.addEventListener('load', done, { once: true }));
  return made;
}
const importIn = <T>({ contentWindow }: Frame, path: string): Promise<T> =>
  (contentWindow.Function(`return import('${path}')`) as () => Promise<T>)();

const CLOBBERED = [
  'litHtmlVersions', 'litElementVersions', 'reactiveElementVersions', 'litHtmlPolyfillSupport',
  'litElementPolyfillSupport', 'reactiveElementPolyfillSupport', 'litElementHydrateSupport', 'litPropertyMetadata',
].map((id) => `<a id="${id}">${id}</a>`).join(''); // prettier-ignore

describe('a page with ids that are names of Lit’s (H06)', () => {
  it('kills Lit: the guard is needed', async () => {
    const page = await frame(CLOBBERED);
    const failed = await importIn(page, '/node_modules/lit-html/development/lit-html.js').then(
      () => 'works',
      String,
    );
    expect(failed).to.contain('TypeError');
  });

  it('does not kill the element: it works, and is styled', async () => {
    const page = await frame(`${CLOBBERED}<escalate-case case-id="c-1"></escalate-case>`);
    const there = page.contentDocument;
    await importIn(page, '/src/define.ts');
    const { configure: set } = await importIn<typeof Package>(page, '/src/index.ts');
    const desk = scene();
    set(desk.configuration, there.documentElement);
    const element = there.querySelector('escalate-case')!;
    await until(() => element.verdict === 'available', String(element.verdict));
    await element.updateComplete;
    const button = element.shadowRoot!.querySelector('button')!;
    expect(getComputedStyle(button).display).to.equal('inline-flex');
    expect(button.textContent).to.contain('Escalate Case');
    expect(await element.show()).to.equal(true);
    await until(() => element.shadowRoot!.querySelector('select'), 'no form');
    expect(there.getElementById('litHtmlVersions')?.textContent, 'the page keeps its own').to.equal(
      'litHtmlVersions',
    );
  });
});

describe('another document (lit#5162)', () => {
  const made = () => {
    const { fetch, headers, clock, endpoint } = scene().configuration;
    const element = document.createElement('escalate-case');
    element.caseId = 'c-1';
    const backend = rest({ endpoint: endpoint!, fetch, headers });
    element.desk = createDesk({ backend, clock });
    return element;
  };
  async function works(element: EscalateCase, page: Frame) {
    await until(() => element.verdict === 'available', String(element.verdict));
    await element.updateComplete;
    const button = element.shadowRoot!.querySelector<HTMLElement>('[part="trigger"]')!;
    expect(page.contentWindow.getComputedStyle(button).display, 'styled').to.equal('inline-flex');
    expect(await element.show()).to.equal(true);
    await until(() => element.shadowRoot!.querySelector('select'), 'no form');
    const dialog = element.shadowRoot!.querySelector('dialog')!;
    expect(dialog.matches(':modal')).to.equal(true);
    expect(page.contentWindow.getComputedStyle(dialog).display, 'styled').to.equal('flex');
    await until(() => element.shadowRoot!.querySelector('[part="help"]'), 'only half there');
    const { display } = page.contentWindow.getComputedStyle(
      element.shadowRoot!.querySelector('[part="help"]')!,
    );
    expect(display, 'what comes later is styled').to.equal('flex');
    element.close();
  }

  it('an element first connected there is styled, and works', async () => {
    const page = await frame();
    const said = await uncaught(async () => {
      const element = made();
      page.contentDocument.body.append(element);
      await works(element, page);
    });
    expect(said).to.eql([]);
  });

  it('one that is moved there, and back, too', async () => {
    const page = await frame();
    const home = await fixture<HTMLElement>(html`<div></div>`);
    const said = await uncaught(async () => {
      const element = made();
      home.append(element);
      await open(element);
      element.close();
      page.contentDocument.body.append(element);
      await works(element, page);
      home.append(element);
      await find(element, 'button', 'Escalate Case');
      expect(getComputedStyle(byRole(element, 'button')).display).to.equal('inline-flex');
    });
    expect(said).to.eql([]);
  });
});

describe('a panel that the page hides while the dialog is open (H11)', () => {
  it('closes the dialog: the page is not left inert, and the draft is kept', async () => {
    const { element } = await typing();
    const panel = element.parentElement!;
    const beside = document.createElement('button');
    panel.before(beside);
    let clicks = 0;
    beside.addEventListener('click', () => clicks++);
    panel.style.display = 'none';
    await until(() => !element.open, 'still open');
    const { left, top } = beside.getBoundingClientRect();
    expect(document.elementFromPoint(left + 1, top + 1) === beside, 'the page is inert').to.equal(true);
    beside.click();
    expect(clicks).to.equal(1);
    beside.remove();
    panel.style.display = '';
    await open(element);
    expect(details(element).value).to.equal(TYPED);
    await expect(element).to.be.accessible();
  });

  it('and is not taken for hidden when it is only scrolled away or behind', async () => {
    const { element } = await typing();
    element.parentElement!.style.opacity = '0.2';
    element.parentElement!.style.height = '0';
    element.parentElement!.style.overflow = 'hidden';
    await aTimeout(100);
    expect(element.open).to.equal(true);
  });
});

describe('a fault of ours (finding 13)', () => {
  it('stays ours: the page hears an event, what was drawn stays, the next update mends it', async () => {
    const desk = scene();
    const parent = await fixture<HTMLElement>(html`<div></div>`);
    const configured = configure(desk.configuration, parent);
    const element = Object.assign(document.createElement('escalate-case'), { caseId: 'c-1' });
    parent.append(element);
    await find(element, 'button', 'Escalate Case');
    const errors = heard(document, 'escalation-error');
    const { warn } = console;
    const warned: string[] = [];
    console.warn = (text: string) => warned.push(text);
    const broken = () => {
      throw new Error('broken label');
    };
    const said = await uncaught(async () => {
      configured.update({ labels: { button: broken } });
      await until(() => errors.length, 'no event');
    });
    console.warn = warn;
    expect(said).to.eql([]);
    expect(errors[0]).to.eql({ code: 'internal', retryable: false });
    expect(warned.join('\n')).to.contain('broken label');
    expect(textOf(element)).to.equal('Escalate Case');
    configured.update({ labels: { button: 'Mended' } });
    await find(element, 'button', 'Mended');
  });

  it('in the dialog: the same', async () => {
    const desk = scene();
    const parent = await fixture<HTMLElement>(html`<div></div>`);
    const configured = configure(desk.configuration, parent);
    const element = Object.assign(document.createElement('escalate-case'), { caseId: 'c-1' });
    parent.append(element);
    await open(element);
    const errors = heard(document, 'escalation-error');
    const { warn } = console;
    console.warn = () => undefined;
    const broken = () => {
      throw new Error('broken word');
    };
    const said = await uncaught(async () => {
      configured.update({ labels: { optional: broken } });
      await until(() => errors.length, 'no event');
    });
    console.warn = warn;
    expect(said).to.eql([]);
    configured.update({ labels: { optional: '(if you like)' } });
    await findText(element, '(if you like)');
    element.close();
    expect(element.open).to.equal(false);
  });
});

describe('motion', () => {
  afterEach(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('is none where the reader wants none (X05)', async () => {
    const { element } = await typing();
    const dialog = byRole(element, 'dialog');
    expect(dialog.getAnimations({ subtree: true })).to.have.length(0);
    element.close();
    await emulateMedia({ reducedMotion: 'no-preference' });
    await element.show();
    expect(dialog.getAnimations(), 'it would be seen otherwise').to.have.length(1);
  });
});

describe('the focus, when what opened the dialog is gone (X06)', () => {
  it('goes to the note that took the place of the button', async () => {
    const desk = scene();
    const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    await open(element);
    await desk.escalate(people.colleague);
    await element.refresh();
    await findText(element, 'Tom Berg requested');
    element.close();
    await until(() => element.shadowRoot?.activeElement === parts(element, 'note')[0], 'the focus is lost');
  });

  it('goes back to the button of the element where that of the page is gone', async () => {
    const desk = scene();
    const page = await desk.draw<HTMLElement>(
      html`<div><button>Mine</button><escalate-case case-id="c-1"></escalate-case></div>`,
    );
    const element = page.querySelector('escalate-case')!;
    const mine = page.querySelector('button')!;
    await find(element, 'button', 'Escalate Case');
    mine.focus();
    await element.show();
    mine.remove();
    element.close();
    await until(() => element.shadowRoot?.activeElement === byRole(element, 'button'), 'the focus is lost');
  });
});
