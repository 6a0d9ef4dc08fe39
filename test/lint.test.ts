import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

/** What the security rules forbid is refused before it can be merged (findings 2 and 4). */

const eslint = new ESLint();
const faults = async (code: string) => {
  const [result] = await eslint.lintText(code, { filePath: 'src/elements/quiet.ts' });
  return (result?.messages ?? []).filter(({ severity }) => severity === 2).map(({ ruleId }) => ruleId);
};

it.each([
  [
    'unsafeHTML',
    `import { unsafeHTML } from 'lit/directives/unsafe-html.js';\nexport const a = unsafeHTML;\n`,
  ],
  ['unsafeSVG', `import { unsafeSVG } from 'lit/directives/unsafe-svg.js';\nexport const a = unsafeSVG;\n`],
  ['unsafeStatic', `import { unsafeStatic } from 'lit/static-html.js';\nexport const a = unsafeStatic;\n`],
  ['styleMap', `import { styleMap } from 'lit/directives/style-map.js';\nexport const a = styleMap;\n`],
  ['innerHTML', `export const a = (at: Element) => (at.innerHTML = '<b>');\n`],
  ['eval', `export const a = (code: string): unknown => eval(code);\n`],
  ['this.shadowRoot', `export class A extends HTMLElement {\n  a() {\n    return this.shadowRoot;\n  }\n}\n`],
  ['localStorage', `export const a = () => localStorage.length;\n`],
  ['fetch', `export const a = () => fetch('/x');\n`],
  ['console', `export const a = () => console.log('x');\n`],
])(
  '%s is refused',
  async (_what, code) => expect(await faults(code)).not.toEqual([]),
  // The first one loads the rules with all their types.
  60_000,
);

it('what is allowed passes', async () => {
  expect(await faults(`export const a = (at: Element) => (at.textContent = '<b>');\n`)).toEqual([]);
});
