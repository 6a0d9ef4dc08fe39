import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { PSEUDO, pseudo } from '../../src/locales/pseudo.js';
import type { Policy } from '../../src/core/policy.js';
import { caseViews, TYPED } from './gallery.js';
import { dialogViews } from './gallery-dialog.js';
import { feedViews } from './gallery-feed.js';
import { FULL, reviewViews } from './gallery-review.js';
import { caseOf, people, request } from './scene.js';

/** The members of a policy that are texts for people. */
const TEXTS = new Set([
  'title', 'text', 'label', 'name', 'hours', 'alternative', 'warning', 'otherwise', 'guidance', 'question',
  'whenToSelect', 'action', 'detailsHint', 'intro', 'submit', 'sent', 'reasonLabel', 'hint', 'offText',
  'onBehalfOf', 'button',
]); // prettier-ignore

function translated(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return TEXTS.has(key) ? pseudo(value) : value;
  if (Array.isArray(value)) return value.map((item) => translated(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, translated(item, name)]));
}
const translate = (policy: Policy) => translated(policy) as Policy;

/** What people have written, their names, and ids: said as they are, in any language. */
const FOREIGN = [
  ...Object.values(people).flatMap(({ name }) => [name, name.replace(/(\w)\w* (\w)\w*/, '$1$2')]),
  caseOf().subject!, caseOf().lastUpdate!.excerpt!, TYPED, 'Please send the logs.', 'We take it on.', 'Call you.', 'Test the fix.',
  'The criteria are not met.', 'Wait for the update of Wednesday.', 'The rules', 'Fixed in 9.4.2.',
  request.details!, FULL.impact!, FULL.onBehalfOf!, 'Lack of Updates/Progress',
  'https://example.com/a', 'Acme Ltd', 'Norway', 'Genesys Cloud CX', /Update( \d+)?/g, /\w+\.(png|pdf|exe)/g, 'PDF', /[\w.-]+@[\w.-]+/g,
]; // prettier-ignore

/** Letters that stand outside of the brackets of the pseudo-language. */
function left(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  for (const known of FOREIGN) rest = rest.replaceAll(known, ' ');
  return /\p{Script=Latin}/u.test(rest) ? rest.trim() : '';
}

/** Everything that is said or shown, text by text; not what is for developers. */
function* said(root: ParentNode): Generator<string> {
  for (const element of root.querySelectorAll('*')) {
    // Codes and messages of the server, behind "Details".
    if (element.closest('[part~="notice-details"] p')) continue;
    for (const name of [
      'aria-label',
      'aria-description',
      'aria-roledescription',
      'title',
      'placeholder',
      'alt',
    ])
      if (element.hasAttribute(name)) yield element.getAttribute(name)!;
    if (element instanceof HTMLInputElement && element.type === 'button') yield element.value;
    // A text may be in several nodes, of one template.
    if ([...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()))
      yield element.textContent ?? '';
  }
}

/** Everything drawn that sticks out of the window, or scrolls sideways. */
function wide(element: Element): string[] {
  const all = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])];
  const found = all.filter((one) => {
    const { left: start, right } = one.getBoundingClientRect();
    // For screen readers only: of one pixel, whatever is in it.
    if (!one.checkVisibility() || one.closest('.hidden')) return false;
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
    return start < -0.5 || right > innerWidth + 0.5 || (scrolls && one.scrollWidth > one.clientWidth);
  });
  return found.map((one) => one.outerHTML.slice(0, 120));
}

describe(`in a language that is 40 % longer and runs from right to left, at 320 px`, () => {
  before(async () => {
    document.documentElement.lang = PSEUDO;
    document.documentElement.dir = 'rtl';
    await setViewport({ width: 320, height: 700 });
  });
  after(async () => {
    document.documentElement.lang = 'en';
    document.documentElement.dir = '';
    await setViewport({ width: 800, height: 600 });
  });

  for (const view of [...caseViews, ...dialogViews, ...feedViews, ...reviewViews])
    it(view.name, async () => {
      const element = await view.draw(translate);
      expect([...said(element.shadowRoot!)].map(left).filter(Boolean).join(' | '), 'English').to.equal('');
      expect(wide(element).join(' | '), 'wider than the window').to.equal('');
    });
});

describe('the scanner', () => {
  it('finds what did not come through the registry', () => {
    expect(left(pseudo('Close'))).to.equal('');
    expect(left(`${pseudo('by {name}').replace('{name}', pseudo('you'))} · 12 مايو`)).to.equal('');
    expect(left(`${pseudo('Close')} now`)).to.equal('now');
    expect(left('Sam Okoro')).to.equal('');
  });
});
