import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/write-an-adapter.md');
const example = ['adapter', 'contract.test'].map((name) => read(`demo/adapter/${name}.mjs`)).join('\n');
/** Line breaks and indentation aside: the page has its own width. */
const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
const blocks = [...page.matchAll(/^```js\n([^]*?)^```/gm)].map(([, text]) => text as string);

it('the page shows code', () => expect(blocks.length).toBeGreaterThan(5));
it.each(blocks)('what "Write an adapter" shows stands in the worked example: %s', (text) => {
  expect(flat(example)).toContain(flat(text));
});
