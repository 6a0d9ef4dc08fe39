// A Lightning module may not be longer than 131,072 bytes, and half of the stand-alone file is text: style sheets,
// markup, words, names. This step takes them out of the finished code, packs them together, and unpacks them at its start:
// html`<p>${a}</p>` becomes html(p1,a), "a text" p2, {words:"…"} json(p3), a.longName a[p4]. Code stays code: no eval.
import { deflateRawSync } from 'node:zlib';
import { minify } from 'terser';
import { parseSync } from 'vite';
import { toText, unpack } from './unpack-strings.mjs';

/** Control characters keep the pieces apart; a text with one, or with half a surrogate pair, stays in the code. */
const packable = (text) => typeof text === 'string' && text.isWellFormed() && !/[\x01-\x03]/.test(text);

/** The JSON of an expression made of constants alone; undefined for any other. */
function json(node) {
  const { type, value } = node ?? {};
  if (type === 'Literal' && !node.regex && !node.bigint) return JSON.stringify(value);
  // Minified true and false.
  if (type === 'UnaryExpression' && node.operator === '!' && [0, 1].includes(node.argument.value))
    return String(!node.argument.value);
  const list = (items, [open, close]) =>
    items.includes(undefined) ? undefined : open + items.join() + close;
  if (type === 'ArrayExpression') return list(node.elements.map(json), '[]');
  if (type !== 'ObjectExpression') return undefined;
  const member = ({ key, computed, value }) => {
    const name = key && !computed ? String(key.name ?? key.value) : '__proto__';
    const inner = name === '__proto__' ? undefined : json(value);
    return inner && `${JSON.stringify(name)}:${inner}`;
  };
  return list(node.properties.map(member), '{}');
}

/** The strings of a template, as meant and, where they differ, as written. */
function textOf(strings) {
  const [cooked, raw] = [strings, strings.raw].map((list) => list.join('\x02'));
  return cooked === raw ? cooked : `${cooked}\x03${raw}`;
}

/** A tagged template: what stands before, between and behind its ${} becomes parentheses and commas. */
function template({ tag, quasi, end }) {
  const strings = quasi.quasis.map(({ value }) => value.cooked);
  strings.raw = quasi.quasis.map(({ value }) => value.raw);
  if (![...strings, ...strings.raw].every(packable)) return [];
  const holes = quasi.expressions;
  const bracket = (hole, text) => (hole?.type === 'SequenceExpression' ? text : '');
  const edits = strings.map((_, i) => {
    const before = holes[i - 1];
    const after = holes[i];
    const close = after ? `,${bracket(after, '(')}` : ')';
    const code = (name) => (before ? bracket(before, ')') : `(${name}`) + close;
    return [before?.end ?? tag.end, after?.start ?? end, code];
  });
  return [{ kind: holes.length ? 'html' : 'css', text: textOf(strings), edits }];
}

/** Every piece below a node: {kind, text, edits: [from, to, (its name, the name of JSON.parse) => code][]}. */
function* findPieces(node) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) yield* findPieces(child);
    return;
  }
  const { type, start, end, key, property } = node;
  const piece = (kind, text, from, to, code) => ({ kind, text, edits: [[from, to, code]] });
  if (type === 'TaggedTemplateExpression') {
    yield* template(node);
    yield* findPieces([node.tag, ...node.quasi.expressions]);
    return;
  }
  const constant = /^(Array|Object)Expression$/.test(type) && end - start > 40 && json(node);
  if (constant) {
    yield piece('json', constant, start, end, (name, parse) => `${parse}(${name})`);
    return;
  }
  const text =
    type === 'TemplateLiteral' && !node.expressions.length ? node.quasis[0].value.cooked : node.value;
  if (/^(Template)?Literal$/.test(type) && packable(text))
    yield piece('text', text, start, end, (name) => name);
  if (type === 'MemberExpression' && !node.computed && property.type === 'Identifier') {
    const code = (name) => `${node.optional ? '?.' : ''}[${name}]`;
    yield piece('text', property.name, node.object.end, property.end, code);
  }
  // constructor() and __proto__: mean something else in brackets.
  const own = key && !node.computed && !node.shorthand && key.type !== 'PrivateIdentifier';
  const name = own && String(key.name ?? key.value);
  if (own && !['constructor', '__proto__'].includes(name))
    yield piece('text', name, key.start, key.end, (to) => `[${to}]`);
  for (const [field, child] of Object.entries(node)) {
    // Names that are no expressions, and "use strict". `new tag…` makes what the template returns, `new tag()` a tag.
    if (field === 'key' && !node.computed) continue;
    if (field === 'expression' && node.directive) continue;
    if (field === 'callee' && type === 'NewExpression' && child.type === 'TaggedTemplateExpression') continue;
    yield* findPieces(child);
  }
}

/** Names of two letters that stand nowhere in the code. */
function* freeNames(code) {
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_'];
  const taken = new Set([...code.match(/[\w$]+/g), 'as', 'do', 'if', 'in', 'is', 'of']);
  for (const first of letters)
    for (const second of letters) if (!taken.has(first + second)) yield first + second;
}

/** @param {string} expression Minified; the answer is one, too. */
export async function packStrings(expression) {
  // A function in parentheses is one that is called at once: browsers compile it without a first look.
  const code = `(${expression})`;
  const { program, errors } = parseSync('standalone.js', code);
  if (errors.length > 0) throw new Error(errors[0].message);
  const groups = new Map();
  for (const piece of findPieces(program)) {
    const { kind, text } = piece;
    // A template is a thing of its own at each place: its strings array is the key of Lit's cache.
    const id = kind === 'css' || kind === 'html' ? piece : `${kind} ${text}`;
    const { edits } = groups.get(id) ?? { edits: [] };
    groups.set(id, { kind, text, edits: [...edits, ...piece.edits] });
  }
  // Its name in the list, and about half a byte for each character, packed.
  const pays = ({ text, edits }) =>
    edits.reduce((sum, [from, to, code]) => sum + to - from - code('xx', 'xx').length, 0) >
    3 + text.split('\x03')[0].length / 2;
  // Alike beside alike packs better; unpack() wants templates first.
  const pieces = ['css', 'html', 'json', 'text'].flatMap((kind) =>
    [...groups.values()].filter((piece) => piece.kind === kind && pays(piece)),
  );
  const templates = pieces.filter(({ kind }) => kind === 'css' || kind === 'html').length;
  const [parse, ...free] = freeNames(code);
  const names = free.slice(0, pieces.length);
  if (names.length < pieces.length) throw new Error('No names are left for the packed strings.');

  const edits = pieces.flatMap(({ edits }, i) =>
    edits.map(([from, to, code]) => [from, to, code(names[i], parse)]),
  );
  let [out, at] = ['', 0];
  // return"…" and "…"in need no blank, a name does.
  const add = (text) => (out += (/[\w$]$/.test(out.slice(-1)) && /^[\w$]/.test(text) ? ' ' : '') + text);
  for (const [from, to, text] of edits.sort((a, b) => a[0] - b[0])) {
    add(code.slice(at, from));
    add(text);
    at = to;
  }
  add(code.slice(at));

  const all = pieces.map(({ text }) => text).join('\x01');
  const bytes = deflateRawSync(all, { level: 9, memLevel: 9 });
  if ((bytes[0] & 7) !== 5)
    throw new Error('The strings are not one dynamic block, as unpack() reads them: too many, or too few.');
  const packed = toText(bytes);
  const again = unpack(packed, templates).map((piece) => (piece.raw ? textOf(piece) : piece));
  if (again.join('\x01') !== all) throw new Error('The strings do not come out as they went in.');
  const small = { ecma: 2022, compress: { passes: 3 }, format: { ascii_only: true } };
  const unpacker = (await minify(`x=${unpack}`, small)).code.slice(2, -1);
  return `((${parse},[${names}])=>${out})(JSON.parse,(${unpacker})("${packed}",${templates}))`;
}
