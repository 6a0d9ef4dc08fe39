// A Vite plugin that takes the layout (line breaks, indentation, comments) out of html`` and css`` templates.
// Runs of white space become one space, never none, so that nothing moves on the page.
import { transform } from 'lightningcss';

const comment = { html: /<!--[^]*?-->/g, svg: /<!--[^]*?-->/g };

/** No targets are given, so nothing is rewritten for older browsers. The answer is escaped, as a template is written. */
const tightCss = (text) =>
  transform({ filename: 'template.css', code: Buffer.from(text), minify: true })
    .code.toString()
    .replace(/[\\`]|\$\{/g, '\\$&');

const tight = (tag, { cooked, raw }) =>
  tag === 'css'
    ? tightCss(cooked)
    : raw
        .replace(comment[tag], '')
        .replace(/\s+/g, ' ')
        .replace(/ (?=\/?>)/g, '');

/** Every tagged template below a node of the syntax tree. */
function* templates(node) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) yield* templates(child);
    return;
  }
  if (node.type === 'TaggedTemplateExpression') yield node;
  for (const key in node) if (typeof node[key] === 'object') yield* templates(node[key]);
}

export function minifyTemplates() {
  return {
    name: 'minify-templates',
    enforce: 'post',
    transform(code, id) {
      if (id.includes('node_modules') || !/\b(html|svg|css)`/.test(code)) return null;
      const quasis = [];
      for (const { tag, quasi } of templates(this.parse(code))) {
        if (tag.type !== 'Identifier' || !['html', 'svg', 'css'].includes(tag.name)) continue;
        // White space counts in <pre> and <textarea>; a style sheet with ${} is no whole one.
        if (quasi.quasis.some((part) => /<pre\b/.test(part.value.raw))) continue;
        if (tag.name === 'css' && quasi.quasis.length > 1) continue;
        quasi.quasis.forEach((part) => {
          const text = tight(tag.name, part.value);
          quasis.push({ start: part.start, end: part.end, raw: part.value.raw, text });
        });
      }
      let out = code;
      for (const { start, end, raw, text } of quasis.sort((a, b) => b.start - a.start)) {
        // Parsers differ in whether a part's range holds its backtick and braces: look for the text itself.
        const at = out.indexOf(raw, start);
        if (at < 0 || at > end) continue;
        out = out.slice(0, at) + text + out.slice(at + raw.length);
      }
      return out === code ? null : { code: out, map: null };
    },
  };
}
