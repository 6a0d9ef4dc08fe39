// For the manifest: parts are documented where they are styled, in the doc blocks of the style sheets; the tokens and
// their defaults are what the style sheets read.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

const shared = 'src/elements';
const sheetsIn = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.styles.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));

/** What follows `var(` up to its closing bracket, for every use of a public token. */
function* uses(css) {
  for (const { index } of css.matchAll(/var\(\s*--escalation-/g)) {
    let depth = 0;
    let end = index + 3;
    do {
      if (css[end] === '(') depth += 1;
      if (css[end] === ')') depth -= 1;
      end += 1;
    } while (depth > 0);
    const inner = css
      .slice(index + 4, end - 1)
      .replace(/\s+/g, ' ')
      .trim();
    const comma = inner.indexOf(',');
    yield { name: inner.slice(0, comma), fallback: inner.slice(comma + 1).trim() };
  }
}

/** Every public token that style sheets read, with its default in public words. */
export function tokensIn(sheets) {
  const css = sheets.join('\n');
  const privates = new Map(
    [...css.matchAll(/(--_[\w-]+):\s*var\(\s*(--escalation-[\w-]+)/g)].map(([, name, token]) => [
      name,
      token,
    ]),
  );
  const tokens = new Map();
  for (const { name, fallback } of uses(css))
    if (!tokens.has(name))
      tokens.set(
        name,
        fallback.replace(/var\((--_[\w-]+)\)/g, (whole, own) =>
          privates.has(own) ? `var(${privates.get(own)})` : whole,
        ),
      );
  return tokens;
}

/** Rooms that an element shares with some others. */
const rooms = (path) =>
  [
    ['conversation', 'escalation-feed', 'escalation-review'],
    ['criteria', 'escalate-case', 'escalation-review'],
    ['files', 'escalate-case', 'escalation-feed', 'escalation-review'],
    ['tools', 'escalation-feed', 'escalation-review'],
  ].flatMap(([room, ...elements]) =>
    elements.some((name) => path.includes(`/${name}/`)) ? `${shared}/${room}` : [],
  );

/** The style sheets of an element, by the path of its module: those that all share, those of some, and its own. */
export const sheetsOf = (path) => [shared, ...rooms(path), dirname(path)].flatMap(sheetsIn);

const partsIn = (sheets) =>
  sheets.flatMap((sheet) =>
    [...sheet.matchAll(/\* @csspart (\S+) - (.+)/g)].map(([, name, description]) => ({ name, description })),
  );

const merged = (own = [], more) => [
  ...own,
  ...more.filter(({ name }) => !own.some((known) => known.name === name)),
];

/** The global tokens; those of a piece are described by their names. */
const GLOBAL = {
  'color-surface': 'Background of the dialog and the feed.',
  'color-surface-sunken': "Background of what is set back: the footer, others' messages.",
  'color-text': 'Text.',
  'color-text-muted': 'Hints and times.',
  'color-border': 'Lines that only decorate.',
  'color-border-control': 'Edges of buttons and fields.',
  'color-accent': 'Actions, links, the current step.',
  'color-accent-hover': 'The accent under the pointer.',
  'color-on-accent': 'Text on the accent.',
  'color-accent-soft': 'Background of own messages and of what is selected.',
  'color-danger': 'Errors, what was not sent.',
  'color-danger-soft': 'Background of errors.',
  'color-warning': 'What is late or urgent.',
  'color-warning-soft': 'Background of warnings.',
  'color-success': 'What is met, sent or kept.',
  'color-success-soft': 'Background of good news.',
  'color-focus': 'The ring around what has the focus.',
  'color-backdrop': 'What covers the page behind the dialog.',
  'font-family': 'Font of everything.',
  'font-family-mono': 'Font of codes.',
  'font-size': 'Size of text; `inherit` takes the page’s.',
  'font-size-small': 'Size of hints and times.',
  'font-size-title': 'Size of titles.',
  'font-weight-strong': 'Weight of labels and titles.',
  'line-height': 'Height of a line.',
  space: 'All distances are multiples of it: density.',
  'control-size': 'Height of buttons and fields; at least 44px on touch.',
  'icon-size': 'Width and height of icons.',
  radius: 'Corners of buttons, fields and boxes.',
  'radius-large': 'Corners of the dialog, the feed and its messages.',
  'border-width': 'Width of lines.',
  'focus-width': 'Width of the focus ring.',
  'focus-offset': 'Distance of the focus ring.',
  shadow: 'Shadow of the dialog.',
  duration: 'How long a change takes; none where less motion is wanted.',
  easing: 'How a change runs.',
};
/** Short for a part, or for a pseudo-element. */
const SHORT = {
  backdrop: '`::backdrop` of `dialog`',
  avatar: '`entry-avatar`',
  hint: 'hints',
  unread: '`unread-line`',
};
const WHEN = { hover: 'under the pointer', invalid: 'with an error' };

/** A token of a piece is its part's name with a CSS property, and sometimes a state. */
function describe(token, parts) {
  const name = token.replace('--escalation-', '');
  if (name in GLOBAL) return GLOBAL[name];
  const pieces = [...parts.map((part) => part.name), ...Object.keys(SHORT)];
  const [piece] = pieces.filter((one) => name.startsWith(`${one}-`)).sort((a, b) => b.length - a.length);
  // Of no part that there is: test/themes.test.ts says so.
  if (!piece) return '';
  const [, property, state] = /^(.+?)(?:-(hover|invalid))?$/.exec(name.slice(piece.length + 1));
  return `\`${property}\` of ${SHORT[piece] ?? `\`${piece}\``}${state ? `, ${WHEN[state]}` : ''}.`;
}

/** Adds to an element's entry what its style sheets say. */
export function addStyling(declaration, path) {
  const sheets = sheetsOf(path);
  const parts = merged(declaration.cssParts, partsIn(sheets));
  const described = new Map(
    (declaration.cssProperties ?? []).map((token) => [token.name, token.description]),
  );
  declaration.cssParts = parts;
  declaration.cssProperties = [...tokensIn(sheets)]
    .map(([name, value]) => ({
      name,
      description: described.get(name) || describe(name, parts),
      default: value,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
