// npm run size: what the CDN files weigh for each thing that a page shows. --check: fails above the budget.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './run.mjs';

// Chunks are named after their source file; `lazy` are those that are loaded on demand in that scene, with all that
// they import. The page asks for them itself: what a scene needs to be painted is all in its row.
const entry = 'escalation-elements.js';
const dialog = ['dialog.js', 'guard-policy.js'];
const scenes = [
  { title: 'button visible', files: [entry], lazy: [], limit: { brotli: 13_000 } },
  { title: '+ dialog open', files: [entry], lazy: dialog, limit: { brotli: 22_000 } },
  // Once the button is there: what looks again, and listens.
  { title: '+ kept up to date', files: [entry], lazy: ['watch.js', 'page.js'], limit: {} },
  // Comes right after the dialog has opened: criteria, what a reason brings, sending and its outcomes.
  {
    title: '+ filled in, sent',
    files: [entry],
    lazy: [...dialog, 'later.js', 'rest-calls.js'],
    limit: {},
  },
  {
    title: 'button and feed',
    files: [entry],
    lazy: ['panel.js', 'rest-calls.js', 'guard-policy.js'],
    limit: {},
  },
  {
    title: 'button and review',
    files: [entry],
    lazy: ['review-panel.js', 'rest-calls.js', 'guard-policy.js'],
    limit: {},
  },
  {
    title: 'stand-alone file',
    files: ['escalation-elements.standalone.js'],
    lazy: [],
    limit: { min: 131_072 },
  },
  // Comes after that one, on a page that has a feed, too.
  {
    title: 'stand-alone feed',
    files: ['escalation-feed.standalone.js'],
    lazy: [],
    limit: { min: 131_072 },
  },
  {
    title: 'stand-alone review',
    files: ['escalation-review.standalone.js'],
    lazy: [],
    limit: { min: 131_072 },
  },
];

const cdn = join(root, 'dist', 'cdn');

/** A file and all that it imports statically. */
function closure(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(cdn, file), 'utf8');
  // Minified: import{a as b}from"./x.js", import"./x.js", export{a}from"./x.js"; import("./x.js") is not static.
  for (const [, path] of code.matchAll(/(?:\bimport|\bfrom)\s*["'](\.[^"']+\.js)["']/g)) {
    closure(join(dirname(file), path), seen);
  }
  return seen;
}

const brotli = (data) =>
  brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

function weigh(files) {
  const sum = { min: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const data = readFileSync(join(cdn, file));
    sum.min += data.length;
    sum.gzip += gzipSync(data, { level: 9 }).length;
    sum.brotli += brotli(data);
  }
  return sum;
}

const format = (bytes) => bytes.toLocaleString('en').padStart(9);
let failed = false;
console.log(
  `${'bytes'.padEnd(17)} ${'min'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}  files`,
);
for (const { title, files, lazy, limit } of scenes) {
  const missing = [...files, ...lazy].filter((file) => !existsSync(join(cdn, file)));
  if (missing.length > 0) {
    console.log(
      `${title.padEnd(17)} dist/cdn lacks ${missing.join(', ')}: build first, or adjust scripts/size.mjs`,
    );
    failed = true;
    continue;
  }
  const all = new Set();
  for (const file of [...files, ...lazy]) closure(file, all);
  const sum = weigh(all);
  const over = Object.entries(limit).filter(([unit, most]) => sum[unit] > most);
  const verdict = over
    .map(([unit, most]) => `  over the limit of ${most.toLocaleString('en')} B ${unit}`)
    .join('');
  const names = [...all].map((file) => basename(file, '.js')).join(' ');
  console.log(
    `${title.padEnd(17)} ${format(sum.min)} ${format(sum.gzip)} ${format(sum.brotli)}  ${names}${verdict}`,
  );
  if (over.length > 0) failed = true;
}
if (failed && process.argv.includes('--check')) process.exit(1);
