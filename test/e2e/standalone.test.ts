import { fileURLToPath } from 'node:url';
import type { ElementHandle, Page } from 'playwright-core';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOf } from '../desk.js';
import { eventually, failedRequest, gone, inBrowser, seen } from './browser.js';
import { page, servePortal, type Portal } from './site.js';

/** The stand-alone file: its strings come packed, and it draws where a page strips comments or closes shadow roots. */

const STRICT = [
  "default-src 'none'; script-src 'self'; connect-src 'self'",
  "require-trusted-types-for 'script'; trusted-types escalation-widget",
].join('; ');
const CLASSIC =
  '<script src="/cdn/escalation-elements.standalone.js"></script><script src="/cdn/escalation-feed.standalone.js"></script>';
const AS_MODULE = CLASSIC.replaceAll('<script', '<script type="module"');
const MODULES = '<script type="module" src="/cdn/escalation-elements.js"></script>';
const BUTTON = '<escalate-case endpoint="/api" case-id="c-1"></escalate-case>';
const FEED = '<escalation-feed endpoint="/api" case-id="c-1"></escalation-feed>';

const HOUR = 3_600_000;
const author = { id: 'e-1', name: 'Dana Reyes', role: 'engineer' };
const updated = (hours: number) => ({
  lastUpdate: {
    at: new Date(Date.now() - hours * HOUR).toISOString(),
    by: author,
    excerpt: 'We look at it.',
  },
});

/** One case for each verdict, and what its element says, or its dialog. */
const VERDICTS: { id: string; changes?: object; says?: string; dialog?: string }[] = [
  { id: 'c-1', dialog: 'Do you ask because urgency or impact has changed' },
  {
    id: 'c-blocked',
    changes: { priority: 'high', ...updated(2.5) },
    dialog: '24 hours since the last update',
  },
  { id: 'c-phone', changes: { priority: 'critical' }, dialog: 'If you cannot use the phone' },
  { id: 'c-mail', changes: { program: 'fedramp-cloud-cx' }, dialog: 'Detailed problem description' },
  { id: 'c-open', says: 'waiting for an owner' },
  { id: 'c-none', says: 'This case is not available to you.' },
  { id: 'c-401', says: 'Sign in to escalate.' },
  { id: 'c-500', says: 'We could not check whether this case is already escalated.' },
];

const visit = inBrowser();
let portal: Portal;
beforeEach(async () => {
  const here = VERDICTS.filter(({ id }) => id !== 'c-none');
  portal = await servePortal(
    here.map(({ id, changes }) => caseOf({ id, number: `no. ${id}`, ...updated(72), ...changes })),
    undefined,
    // So that the network comes to rest.
    { guarantees: { live: false } },
  );
  await portal.escalate('c-open');
  portal.instead = ({ url }) => {
    const [, status] = /\/cases\/c-(401|500)/.exec(url) ?? [];
    return status ? new Response(null, { status: Number(status) }) : null;
  };
  // Closed or not: the tests look into every shadow root.
  await visit.context.addInitScript(() => {
    const roots = new Map<Element, ShadowRoot>();
    Object.assign(window, { roots });
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      roots.set(this, root);
      return root;
    };
  });
});
afterEach(() => portal.close());

/** What Lightning Web Security does, as far as it stops Lit. */
const stripComments = () =>
  visit.context.addInitScript(() => {
    const strip = (root: Node): void => {
      for (const node of [...root.childNodes]) {
        if (node.nodeType === Node.COMMENT_NODE) node.remove();
        else strip(node);
      }
      if (root instanceof HTMLTemplateElement) strip(root.content);
    };
    const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML')!;
    Object.defineProperty(Element.prototype, 'innerHTML', {
      configurable: true,
      get,
      set(this: Element, markup: string) {
        set!.call(this, markup);
        strip(this);
      },
    });
  });

const closeRoots = () =>
  visit.context.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      return attachShadow.call(this, { ...init, mode: 'closed' });
    };
  });

async function openPortal(head: string, body: string, policy = STRICT): Promise<Page> {
  portal.html = page(body, head);
  portal.headers = policy ? { 'Content-Security-Policy': policy } : {};
  return visit.open(portal.origin);
}

type Roots = Map<Element, ShadowRoot>;

/** The shadow root of the first such element, whatever its mode. */
async function rootOf(tab: Page, host: string): Promise<ElementHandle<ShadowRoot>> {
  const handle = await tab.waitForFunction(
    (name) => (window as unknown as { roots: Roots }).roots.get(document.querySelector(name)!),
    host,
  );
  return handle.asElement() as unknown as ElementHandle<ShadowRoot>;
}

const textOf = (root: ElementHandle<ShadowRoot>) => root.evaluate((node) => node.textContent);
const says = (root: ElementHandle<ShadowRoot>, text: string) =>
  eventually(() => textOf(root)).toContain(text);

/** Through handles alone, which reach into closed roots, too. */
async function escalate(tab: Page, host: string): Promise<void> {
  const root = await rootOf(tab, host);
  await (await root.waitForSelector('[part~="trigger"]')).click();
  await (await root.waitForSelector('select')).selectOption('lack-of-updates');
  await (await root.waitForSelector('input[type="radio"][value="no"]')).check();
  // A click right after the dialog has opened does not count: it may have been meant for the page.
  await eventually(async () => {
    await (await root.$('button:has-text("Submit")'))?.click();
    return textOf(root);
  }).toContain('Escalation requested.');
}

/** Everything that is drawn, and in which styles; Lit's markers are random. */
const drawing = (root: ElementHandle<ShadowRoot>) =>
  root.evaluate((node) => ({
    // The minute of printing passes between two pages.
    html: node.innerHTML.replace(/lit\$\d+\$/g, 'lit$').replace(/Printed [^.]+\./g, 'Printed.'),
    css: node.adoptedStyleSheets.map((sheet) => [...sheet.cssRules].map((rule) => rule.cssText).join('\n')),
  }));

/** Opens a page with one element for each verdict, every dialog once, and tells what was drawn. */
async function drawAll(head: string) {
  const elements = VERDICTS.map(({ id }) => BUTTON.replace('c-1', id)).join('');
  const tab = await openPortal(head, elements + FEED.replace('c-1', 'c-open'));
  const drawn: Record<string, unknown> = {};
  for (const { id, says: text, dialog } of VERDICTS) {
    const root = await rootOf(tab, `escalate-case[case-id="${id}"]`);
    if (text) await says(root, text);
    if (dialog) {
      await (await root.waitForSelector('[part~="trigger"]')).click();
      await says(root, dialog);
      await tab.waitForLoadState('networkidle');
    }
    drawn[id] = await drawing(root);
    if (dialog) await tab.keyboard.press('Escape');
  }
  const feed = await rootOf(tab, 'escalation-feed');
  await says(feed, 'Escalation requested');
  drawn.feed = await drawing(feed);
  return drawn;
}

describe('the stand-alone file', () => {
  it.each([
    ['a classic script', CLASSIC],
    ['a module', AS_MODULE],
  ])('as %s, under a strict policy: button, dialog, a request sent, feed', async (_how, head) => {
    const tab = await openPortal(head, BUTTON + FEED);
    await seen(tab.getByText('No escalation on this case.'));
    await escalate(tab, 'escalate-case');
    await says(await rootOf(tab, 'escalation-feed'), 'Lack of Updates/Progress');
    expect(portal.calls.filter((call) => call === 'POST /api/cases/c-1/escalations')).toHaveLength(1);
    await tab.keyboard.press('Escape');
    await gone(tab.getByRole('button', { name: 'Escalate Case' }));
    expect(await tab.evaluate(() => 'litHtmlPolyfillSupport' in window)).toBe(false);
    expect(visit.warnings).toEqual([]);
  });

  it('draws for every verdict what the modules draw, also where a page takes comments out', async () => {
    visit.allow(failedRequest);
    const modules = await drawAll(MODULES);
    // A rule whose selector is escaped when it is minified.
    expect(JSON.stringify(modules['c-phone'])).toContain('href^=');
    expect(await drawAll(CLASSIC)).toEqual(modules);
    await stripComments();
    expect(await drawAll(CLASSIC)).toEqual(modules);
  }, 120_000);

  it('the button alone needs one file', async () => {
    const [head] = CLASSIC.split('<script src="/cdn/escalation-feed');
    const tab = await openPortal(head!, BUTTON);
    await escalate(tab, 'escalate-case');
    expect(visit.warnings).toEqual([]);
  });

  it.each([
    ['alone', '<script src="/cdn/escalation-feed.standalone.js"></script>'],
    ['before the first', CLASSIC.replace(/(<script.*?<\/script>)(.*)/, '$2$1')],
    [
      'after one of another version',
      `<script>escalationElements = { build: '0' }</script><script src="/cdn/escalation-feed.standalone.js"></script>`,
    ],
  ])('the feed %s says what it needs', async (_how, head) => {
    const refusal = /escalation-elements.standalone.js of the same version has to be loaded before this file/;
    visit.allow(refusal);
    const told = visit.context.waitForEvent('weberror');
    await openPortal(head, BUTTON, '');
    expect(String((await told).error())).toMatch(refusal);
  });

  it('leaves a hook of the page in its place, and calls it', async () => {
    const hook = '<script>calls = 0; litHtmlPolyfillSupport = mine = () => { calls++; };</script>';
    const tab = await openPortal(hook + CLASSIC, BUTTON, '');
    await seen(tab.getByRole('button', { name: 'Escalate Case' }));
    const found = await tab.evaluate('[litHtmlPolyfillSupport === mine, calls]');
    expect(found).toEqual([true, 1]);
  });
});

describe('where a page takes comments out of innerHTML', () => {
  beforeEach(stripComments);

  it('the modules draw no button: the reason for the stand-alone file to be different', async () => {
    visit.allow(/./);
    const tab = await openPortal(MODULES, BUTTON);
    await eventually(() => portal.calls).toContain('GET /api/cases/c-1');
    await tab.waitForLoadState('networkidle');
    expect(await tab.getByRole('button', { name: 'Escalate Case' }).count()).toBe(0);
  });

  it('the stand-alone file draws all, in closed shadow roots, too: a request is sent, and the feed shows it', async () => {
    await closeRoots();
    const tab = await openPortal(CLASSIC, BUTTON + FEED);
    await escalate(tab, 'escalate-case');
    expect(await tab.evaluate(() => document.querySelector('escalate-case')!.shadowRoot)).toBe(null);
    await says(await rootOf(tab, 'escalation-feed'), 'Lack of Updates/Progress');
  });
});

describe('a closed shadow root', () => {
  it('forced by the page', async () => {
    await closeRoots();
    const tab = await openPortal(CLASSIC, BUTTON + FEED);
    await escalate(tab, 'escalate-case');
    expect(await tab.evaluate(() => document.querySelector('escalate-case')!.shadowRoot)).toBe(null);
    await says(await rootOf(tab, 'escalation-feed'), 'Lack of Updates/Progress');
  });

  it('by option, of a class under a tag of one’s own', async () => {
    const own = `<script>
      const { EscalateCase } = escalationElements;
      customElements.define('closed-case', class extends EscalateCase {
        static shadowRootOptions = { ...EscalateCase.shadowRootOptions, mode: 'closed' };
      });
    </script>`;
    const body = BUTTON.replaceAll('escalate-case', 'closed-case');
    const tab = await openPortal(CLASSIC + own, body, '');
    await escalate(tab, 'closed-case');
    expect(await tab.evaluate(() => document.querySelector('closed-case')!.shadowRoot)).toBe(null);
  });
});

describe('Lit’s markers in every corner of a template', () => {
  const comments = fileURLToPath(new URL('../../src/elements/comments.ts', import.meta.url));
  // As in production: the development build has a hook of another name.
  const lit = fileURLToPath(new URL('../../node_modules/lit-html/lit-html.js', import.meta.url));

  /** Draws twice, and tells what it has made, node for node. */
  const corners = `
    import { html, svg, render } from '${lit}';
    const row = (i) => html\`<tr><td>\${i}</td>\${i % 2 ? html\`<td title="<!-- a > title --> \${i}">odd</td>\` : ''}</tr>\`;
    const all = (rows, text) => html\`
      <table><caption>\${text}</caption><colgroup>\${html\`<col />\`}</colgroup><tbody>\${rows.map(row)}</tbody></table>
      <select ?disabled=\${rows.length > 2}>\${rows.map((i) => html\`<option value=\${i}>\${i}</option>\`)}</select>
      <svg viewBox="0 0 1 1">\${svg\`<g>\${svg\`<path d=\${'M0 0'}></path>\`}</g>\`}</svg>
      <textarea>A <!-- text --> \${text}</textarea>
      <template><p>Inert<!-- kept --></p><template><!-- and deeper --></template></template>
      \${text} and \${text}<!-- written by hand --><?instruction>\${html\`\${text}\`}\`;
    const host = document.createElement('div');
    render(all([1, 2], 'first'), host);
    render(all([1, 2, 3], '<second>'), host);
    globalThis.drawn = host.innerHTML.replace(/lit\\$\\d+\\$/g, 'lit$');`;

  async function draw(entry: string): Promise<string> {
    const name = 'virtual:corners';
    const output = await build({
      configFile: false,
      logLevel: 'silent',
      plugins: [
        {
          name,
          resolveId: (id) => (id.endsWith(name) ? name : null),
          load: (id) => (id === name ? entry : null),
        },
      ],
      build: { write: false, minify: false, lib: { entry: name, formats: ['iife'], name: 'corners' } },
    });
    const [{ output: [chunk] }] = output as unknown as [{ output: [{ code: string }] }]; // prettier-ignore
    const tab = await openPortal('', '', '');
    await tab.addScriptTag({ content: chunk.code });
    return tab.evaluate('drawn');
  }

  it('are comments again, where a page has taken them out', async () => {
    const expected = await draw(corners);
    expect(expected).toContain('&lt;second&gt;');
    expect(expected).toContain('<!-- and deeper -->');
    await stripComments();
    expect(await draw(`import '${comments}';\n${corners}`)).toBe(expected);
    // Without the hook the same page shows less, or Lit fails.
    const without = await draw(corners).catch(String);
    expect(without).not.toContain('odd');
  });
});
