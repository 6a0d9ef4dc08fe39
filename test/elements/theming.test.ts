import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { caseViews, part, type Icons, type View } from './gallery.js';
import { dialogViews } from './gallery-dialog.js';
import { feedViews } from './gallery-feed.js';
import { reviewViews } from './gallery-review.js';
import { parts } from './find.js';

const root = document.documentElement;
const view = (name: string): View =>
  [...caseViews, ...dialogViews, ...feedViews, ...reviewViews].find((one) => one.name === name)!;
const drawn = (name: string, icons?: Icons) => view(name).draw((policy) => policy, icons);

/** A style sheet of the page, for one test. */
const sheets: CSSStyleSheet[] = [];
function page(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.push(sheet);
  document.adoptedStyleSheets.push(sheet);
}
const theme = async (name: string) => page(await (await fetch(`/src/themes/${name}.css`)).text());
afterEach(() => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
  root.style.colorScheme = '';
});

/** Red, green and blue from 0 to 255 of a colour in any notation. */
function rgb(color: string): number[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
/** Relative luminance and contrast, as WCAG 2.2 defines them. */
function luminance(color: string): number {
  const [r, g, b] = rgb(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const ON_SURFACES = ['surface', 'surface-sunken', 'accent-soft'];
/** Text on its background: 4.5:1. */
const TEXTS: [string, string][] = [
  ...ON_SURFACES.flatMap((on): [string, string][] => [['text', on], ['text-muted', on], ['accent', on]]),
  ['on-accent', 'accent'], ['on-accent', 'accent-hover'], ['danger', 'surface'],
  ...['danger', 'warning', 'success'].flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`], [tone, 'surface'], ['text', `${tone}-soft`], ['text-muted', `${tone}-soft`],
    ['accent', `${tone}-soft`],
  ]),
]; // prettier-ignore
/** Edges and the focus ring: 3:1. */
const EDGES: [string, string][] = ['border-control', 'focus'].flatMap((edge) =>
  ['surface', 'surface-sunken'].map((on): [string, string] => [edge, on]),
);

/** Pairs that are too close, by the colours that an element really uses. */
function tooClose(element: HTMLElement): string[] {
  const names: Record<string, string> = {
    'surface-sunken': 'sunken', 'text-muted': 'muted', 'border-control': 'edge',
  }; // prettier-ignore
  const probe = document.createElement('span');
  part(element, 'dialog-body').append(probe);
  const colorOf = (name: string) => {
    probe.style.color = `var(--_${names[name] ?? name})`;
    return getComputedStyle(probe).color;
  };
  const check = (pairs: [string, string][], least: number) =>
    pairs
      .map(([one, other]): [string, number] => [`${one} on ${other}`, contrast(colorOf(one), colorOf(other))])
      .filter(([, ratio]) => ratio < least)
      .map(([pair, ratio]) => `${pair}: ${ratio.toFixed(2)}`);
  const found = [...check(TEXTS, 4.5), ...check(EDGES, 3)];
  probe.remove();
  return found;
}

/** Values of the hooks that src/themes/lightning.css reads, from @salesforce-ux/design-system-2 2.0.0. */
const COSMOS = `
  --slds-g-color-surface-container-1: light-dark(#fff, #242424);
  --slds-g-color-surface-container-2: light-dark(#f3f3f3, #181818);
  --slds-g-color-on-surface-3: light-dark(#03234d, #d8e6fe);
  --slds-g-color-neutral-base-40: light-dark(#5c5c5c, #939393);
  --slds-g-color-neutral-base-100: light-dark(#fff, #000);
  --slds-g-color-border-1: light-dark(#c9c9c9, #444);
  --slds-g-color-border-2: light-dark(#5c5c5c, #757575);
  --slds-g-color-brand-base-15: light-dark(#001e5b, #c2daff);
  --slds-g-color-brand-base-30: light-dark(#022ac0, #7cb1fe);
  --slds-g-color-brand-base-40: light-dark(#0250d9, #4992fe);
  --slds-g-color-error-1: light-dark(#b60554, #fe8aa7);
  --slds-g-color-warning-1: light-dark(#8c4b02, #e4a201);
  --slds-g-color-success-base-40: light-dark(#056764, #06a59a);`;
const LIGHTNING_BLUE = `
  --slds-g-color-surface-container-1: #fff;
  --slds-g-color-surface-container-2: #f3f3f3;
  --slds-g-color-on-surface-3: #181818;
  --slds-g-color-neutral-base-40: #5c5c5c;
  --slds-g-color-neutral-base-100: #fff;
  --slds-g-color-border-1: #c9c9c9;
  --slds-g-color-border-2: #757575;
  --slds-g-color-brand-base-15: #03234d;
  --slds-g-color-brand-base-30: #014486;
  --slds-g-color-brand-base-40: #0b5cab;
  --slds-g-color-error-1: #ba0517;
  --slds-g-color-warning-1: #825101;
  --slds-g-color-success-base-40: #396547;`;

describe('colours can be told apart', () => {
  for (const scheme of ['light', 'dark'])
    it(`our own, ${scheme}`, async () => {
      root.style.colorScheme = scheme;
      expect(tooClose(await drawn('dialog: blocked')).join(', ')).to.equal('');
    });

  for (const [name, hooks, scheme] of [
    ['without a hook', '', 'light'],
    ['in Cosmos', COSMOS, 'light'],
    ['in Cosmos, dark', COSMOS, 'dark'],
    ['in Lightning Blue', LIGHTNING_BLUE, 'light'],
  ] as const)
    it(`the Lightning theme, ${name}`, async () => {
      root.style.colorScheme = scheme;
      page(`:where(html) { ${hooks} }`);
      await theme('lightning');
      expect(tooClose(await drawn('dialog: blocked')).join(', ')).to.equal('');
    });

  it('and the measure is right', () => {
    expect(contrast('#fff', '#000')).to.equal(21);
    expect(contrast('#767676', '#fff')).to.be.closeTo(4.54, 0.01);
    expect(contrast('color(srgb 0 0 0)', 'rgb(255 255 255)')).to.equal(21);
  });
});

describe('tokens', () => {
  it('of the page win over our own, in the dialog and its backdrop, too', async () => {
    page(`:root {
      --escalation-color-surface: rgb(1 2 3);
      --escalation-color-backdrop: rgb(4 5 6);
      --escalation-trigger-background: rgb(7 8 9);
    }`);
    const element = await drawn('dialog: blocked');
    const dialog = part(element, 'dialog');
    expect(getComputedStyle(dialog).backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(dialog, '::backdrop').backgroundColor).to.equal('rgb(4, 5, 6)');
    expect(getComputedStyle(part(element, 'trigger')).backgroundColor).to.equal('rgb(7, 8, 9)');
  });

  it('of a part of the page are for that part only', async () => {
    page('escalation-feed { --escalation-color-surface: rgb(1 2 3) }');
    const feed = await drawn('feed: requested');
    expect(getComputedStyle(part(feed, 'feed')).backgroundColor).to.equal('rgb(1, 2, 3)');
    const other = await drawn('available');
    expect(getComputedStyle(part(other, 'trigger')).backgroundColor).to.equal('rgb(255, 255, 255)');
  });

  it('of a piece win over the global ones, also for what is wrong or under the pointer', async () => {
    page(`:root {
      --escalation-color-danger: rgb(1 1 1);
      --escalation-control-border-color-invalid: rgb(2 2 2);
      --escalation-notice-danger-background: rgb(3 3 3);
      --escalation-notice-danger-color: rgb(4 4 4);
    }`);
    const element = await drawn('dialog: faults');
    const invalid = parts(element, 'control').filter((one) => one.getAttribute('aria-invalid') === 'true');
    const fields = invalid.filter((one) => !one.part.contains('radio'));
    expect(fields).not.to.be.empty;
    for (const field of fields) expect(getComputedStyle(field).borderTopColor).to.equal('rgb(2, 2, 2)');
    const summary = getComputedStyle(part(element, 'error-summary'));
    expect([summary.backgroundColor, summary.color]).to.eql(['rgb(3, 3, 3)', 'rgb(4, 4, 4)']);
  });

  it('of the compact theme make everything smaller', async () => {
    const element = await drawn('dialog: form');
    const heights = () => [
      part(element, 'trigger').offsetHeight,
      part(element, 'select').offsetHeight,
      part(element, 'dialog-header').offsetHeight,
    ];
    const before = heights();
    await theme('compact');
    const after = heights();
    expect(after[0]).to.equal(28);
    for (const [i, height] of after.entries()) expect(height).to.be.below(before[i]!);
  });
});

describe('icons of the page', () => {
  const OWN = 'M4 4h16v16H4z';
  const shapes = (element: HTMLElement) =>
    parts(element, 'icon').map((icon): [string, string | null] => [
      [...icon.part].find((name) => /^icon-/.test(name))?.slice(5) ?? '',
      icon.querySelector('path')!.getAttribute('d'),
    ]);
  const VIEWS = ['unknown', 'dialog: blocked', 'dialog: a fact unknown', 'feed: accepted', 'feed: declined'];

  for (const name of VIEWS)
    it(`are drawn instead of ours: ${name}`, async () => {
      const names = shapes(await drawn(name)).map(([icon]) => icon);
      expect(names).not.to.be.empty;
      const element = await drawn(name, Object.fromEntries(names.map((icon) => [icon, OWN])));
      expect(shapes(element).filter(([, d]) => d !== OWN)).to.eql([]);
    });

  for (const bad of ['', 'url(https://example.com/a.svg)', '"><script>', 'M0 0;fill:red', 'data:image/png'])
    it(`are left out when they are no path data: ${bad || 'nothing'}`, async () => {
      const [ours] = shapes(await drawn('available'));
      expect(shapes(await drawn('available', { escalate: bad }))).to.eql([ours]);
    });
});

describe('on paper', () => {
  after(() => emulateMedia({ media: 'screen' }));

  it('the dialog is whole, and without what can only be pressed', async () => {
    const element = await drawn('dialog: blocked');
    await emulateMedia({ media: 'print' });
    const body = part(element, 'dialog-body');
    expect(body.scrollHeight).to.equal(body.clientHeight);
    for (const button of [...parts(element, 'button'), part(element, 'trigger')])
      expect(button.checkVisibility(), button.textContent ?? '').to.equal(false);
  });
});
