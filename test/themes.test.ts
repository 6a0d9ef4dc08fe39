import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');
const without = (css: string) => css.replace(/\/\*[^]*?\*\//g, '');
const list = (folder: string, ending: string) =>
  (readdirSync(root + folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .sort();

const sheets = list('src/elements', '.styles.ts');
const themes = list('src/themes', '.css');
/** What an element loads: its own style sheets and those that are shared: by all, with a conversation, with criteria. */
const sheetsOf = (tag: string) => {
  const rooms = [
    tag,
    ...(tag === 'escalate-case' ? [] : ['conversation']),
    ...(tag === 'escalation-feed' ? [] : ['criteria']),
  ];
  return sheets.filter(
    (path) => path.split('/').length === 3 || rooms.some((room) => path.startsWith(`src/elements/${room}/`)),
  );
};

/** Public tokens that style sheets read, each with every default that is given for it. */
function tokensIn(paths: string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of paths) {
    const css = without(read(path));
    for (const { index, 1: name } of css.matchAll(/var\(\s*(--escalation-[\w-]+)/g)) {
      let end = index + 3;
      for (let depth = 0; end === index + 3 || depth > 0; end++)
        depth += css[end] === '(' ? 1 : css[end] === ')' ? -1 : 0;
      const fallback = css
        .slice(css.indexOf(',', index) + 1, end - 1)
        .replace(/\s+/g, ' ')
        .trim();
      found.set(name!, (found.get(name!) ?? new Set()).add(fallback));
    }
  }
  return found;
}

interface Declaration {
  tagName?: string;
  cssParts?: { name: string }[];
  cssProperties?: { name: string; description?: string; default?: string }[];
}
const manifest = JSON.parse(read('custom-elements.json')) as { modules: { declarations?: Declaration[] }[] };
const elements = manifest.modules
  .flatMap(({ declarations = [] }) => declarations)
  .filter((declaration) => declaration.tagName);
const known = new Set(elements.flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name)));

describe('the style sheets', () => {
  it.each(elements.map((element) => [element.tagName!, element] as const))(
    '<%s>: the manifest names every token that is read, and no other',
    (tag, { cssProperties = [] }) => {
      expect(cssProperties.map(({ name }) => name).sort()).toEqual(
        [...tokensIn(sheetsOf(tag)).keys()].sort(),
      );
      for (const token of cssProperties) {
        expect(token.description, token.name).toBeTruthy();
        expect(token.default, token.name).toBeTruthy();
      }
    },
  );

  it('a token has one default, wherever it is read', () => {
    const several = [...tokensIn(sheets)].filter(([, defaults]) => defaults.size > 1);
    expect(several.map(([name, defaults]) => `${name}: ${[...defaults].join(' | ')}`)).toEqual([]);
  });

  it.each(sheets)('%s declares private tokens only', (path) => {
    expect(without(read(path)).match(/--escalation-[\w-]+\s*:/g)).toBe(null);
  });

  it.each(sheets)('%s is the same from right to left', (path) => {
    const css = without(read(path)).replace(/@(media|container)[^{]+/g, '');
    const physical =
      /(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|left|right|width|height|(min|max)-(width|height)|(float|text-align|clear):\s*(left|right))\s*:?/;
    const found = [...css.matchAll(/[{;]\s*([\w-]+\s*:[^;}]*)/g)].map(([, rule]) => rule!);
    expect(found.filter((rule) => physical.test(rule.slice(0, rule.indexOf(':') + 8)))).toEqual([]);
  });

  it.each(sheets)('%s leaves color scheme and forced colours to the page', (path) => {
    const css = without(read(path));
    expect(css).not.toMatch(/:host[^{]*\{[^}]*color-scheme/);
    expect(css).not.toContain('forced-color-adjust');
    expect(css.replace(/:host\(\[hidden\]\)\s*\{[^}]*\}/, '')).not.toContain('!important');
  });
});

const TONES = ['info', 'success', 'warning', 'danger'];
const CATEGORIES =
  /^(color|font|line|space|control-size|icon-size|radius|border|focus|shadow|duration|easing)(-|$)/;
/** Pieces that are not parts: `::backdrop`, and some that are short for one, such as `entry-avatar`. */
const PIECES = ['backdrop', 'avatar', 'unread', ...TONES.map((tone) => `notice-${tone}`)];

it('the name of a token is that of a part with a CSS property, or of a global one', () => {
  const parts = [...PIECES, ...elements.flatMap(({ cssParts = [] }) => cssParts.map(({ name }) => name))];
  const odd = [...known].filter((token) => {
    const name = token.replace('--escalation-', '');
    return !CATEGORIES.test(name) && !parts.some((part) => name.startsWith(`${part}-`));
  });
  expect(odd).toEqual([]);
});

describe('the themes', () => {
  it.each(themes)('%s sets custom properties that there are, and hides what is not defined yet', (path) => {
    const css = without(read(path));
    const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector, body]) => [
      selector!.replace(/\s+/g, ' ').trim(),
      body!.trim(),
    ]);
    const [[, body], undefinedYet, ...others] = rules as [string[], string[], ...string[][]];
    expect(rules[0]![0]).toBe(':root');
    expect(others).toEqual([]);
    const hidden = elements.map(({ tagName }) => `${tagName}:not(:defined)`).join(', ');
    expect(undefinedYet).toEqual([hidden, 'display: none;']);

    const set = body!
      .split(';')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => line.split(':')[0]!);
    expect(set.length).toBeGreaterThan(0);
    expect(set.filter((name) => !known.has(name))).toEqual([]);
    expect(new Set(set).size, 'once each').toBe(set.length);
  });

  it('lightning reads the hooks of Salesforce and sets none', () => {
    const css = without(read('src/themes/lightning.css'));
    expect(css).not.toMatch(/--(slds|dxp|lwc)[\w-]*\s*:/);
    const hooks = [...css.matchAll(/var\(\s*(--(?:slds|dxp)-[gs]-[\w-]+)\s*(,?)/g)];
    expect(hooks.length).toBeGreaterThan(10);
    expect(
      hooks.filter(([, , comma]) => !comma).map(([, name]) => name),
      'without a fallback',
    ).toEqual([]);
  });
});

describe('the events', () => {
  const declared = [...read('src/elements/events.ts').matchAll(/^ {2}'(escalation-[\w-]+)':/gm)].map(
    ([, name]) => name!,
  );
  const fired = elements.flatMap((element) =>
    ((element as { events?: { name: string }[] }).events ?? []).map(({ name }) => name),
  );

  it('are those that have a type', () => {
    expect([...new Set(fired)].sort()).toEqual(declared.sort());
  });
});
