import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PSEUDO, pseudo } from '../src/locales/pseudo.js';
import { say, wordsOf, type Message, type Words } from '../src/locales/registry.js';

const folder = new URL('../src/locales/', import.meta.url);
const pieces = await Promise.all(
  readdirSync(fileURLToPath(folder))
    .filter((name) => /^en(-.+)?\.ts$/.test(name))
    .map(async (name) => {
      const found = (await import(new URL(name, folder).href)) as Record<string, Words>;
      return { name, words: Object.assign({}, ...Object.values(found)) as Words };
    }),
);
const rows = pieces.flatMap(({ name, words }) =>
  Object.entries(words).map(([id, message]): [string, string, Message] => [name, id, message]),
);

describe('the pseudo-language', () => {
  const words = wordsOf(PSEUDO);

  it.each(rows)('has a word for %s: %s', (_file, id) => {
    const values = { count: 2, left: 2, over: 2, minutes: 2, name: 'N', ago: 'N', time: 'N' };
    expect(say([words], id, values)).toMatch(/^⟦[^⟦⟧]+⟧$/);
  });

  it.each([
    'Close',
    'Write at least {limit} characters: {label}',
    'Rhythm',
    '(optional)',
    'Case {number} · {subject}',
  ])('makes "%s" 40 % longer and keeps its names', (text) => {
    const names = (of: string) => of.match(/\{\w+\}/g) ?? [];
    expect(names(pseudo(text))).toEqual(names(text));
    const bare = (of: string) => of.replace(/[⟦⟧]|\{\w+\}/g, '').length;
    expect(bare(pseudo(text))).toBeGreaterThanOrEqual(1.4 * bare(text));
  });
});

// All pieces share one list of words per language: a translation can say an id in one way only.
it('the same id says the same in every piece of English', () => {
  const said = new Map<string, string>();
  const twice = rows.filter(([, id, message]) => {
    const before = said.get(id);
    said.set(id, String(message));
    return before !== undefined && before !== String(message);
  });
  expect(twice.map(([file, id]) => `${file}: ${id}`)).toEqual([]);
});
