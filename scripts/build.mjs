// npm run build: everything in dist/ and dist-demo/.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'vite';
import { minifyTemplates } from './minify-templates.mjs';
import { packStrings } from './pack-strings.mjs';
import { node, root } from './run.mjs';

const src = join(root, 'src');
const dist = join(root, 'dist');

async function step(title, work) {
  const start = performance.now();
  const note = await work();
  console.log(
    `  ${title.padEnd(12)} ${(note ?? '').padEnd(52)} ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
}

function copy(from, to) {
  if (!existsSync(join(src, from))) return 0;
  mkdirSync(dirname(join(dist, to)), { recursive: true });
  cpSync(join(src, from), join(dist, to));
  return 1;
}

const list = (folder, ending) =>
  existsSync(join(src, folder)) ? readdirSync(join(src, folder)).filter((name) => name.endsWith(ending)) : [];

async function compile() {
  const { code, output } = await node(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
  if (code !== 0) throw new Error(output);
  // npm makes a bin executable when it installs; whoever runs it from here needs it now.
  chmodSync(join(dist, 'cli', 'cli.js'), 0o755);
  return 'src → dist';
}

/** Each policy as JSON and as a module, for those whose tools cannot import JSON. */
function policies() {
  const names = list('policies', '.json').filter((name) => name !== 'policy.schema.json');
  for (const name of names) {
    copy(`policies/${name}`, `policies/${name}`);
    const target = join(dist, 'policies', name.replace(/\.json$/, ''));
    const policy = JSON.parse(readFileSync(join(src, 'policies', name), 'utf8'));
    writeFileSync(`${target}.js`, `export default ${JSON.stringify(policy, null, 2)};\n`);
    const type = "import('../core/policy.js').PolicyDocument";
    writeFileSync(`${target}.d.ts`, `declare const policy: ${type};\nexport default policy;\n`);
  }
  return names.join(' ');
}

function documents() {
  const themes = list('themes', '.css');
  for (const name of themes) copy(`themes/${name}`, `themes/${name}`);
  const schema = copy('policies/policy.schema.json', 'policy.schema.json');
  const openapi = copy('gateway/openapi.yaml', 'openapi.yaml');
  return `${themes.length} themes, ${schema} policy schema, ${openapi} openapi.yaml`;
}

async function bundle({ entry, file, outDir = join(dist, 'cdn'), plugins = [] }) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { tsconfigPaths: true },
    plugins: [minifyTemplates(), withoutAnnotations, ownPolicy(), ...plugins],
    build: {
      outDir,
      emptyOutDir: outDir !== join(dist, 'cdn'),
      target: 'es2022',
      // Terser makes the smaller file; its unsafe options save 0.2 % and are left off.
      minify: 'terser',
      terserOptions: {
        ecma: 2022,
        module: true,
        // Vite's default, for a browser far below our floor.
        safari10: false,
        compress: { passes: 3, ecma: 2022 },
        format: { comments: false },
      },
      lib: { entry, formats: ['es'], fileName: (_, name) => file(name) },
      // Chunks are named after their source file: scripts/size.mjs finds them by name.
      rolldownOptions: {
        // The entry may hold what its lazy chunks share: fewer files, smaller together.
        preserveEntrySignatures: 'allow-extension',
        output: { chunkFileNames: '[name].js' },
      },
    },
  });
  return `dist/cdn/${file}`;
}

/** Vite keeps them in libraries for who bundles these again; nobody does, and they are 1 % of the button. */
const withoutAnnotations = {
  name: 'without-annotations',
  generateBundle(_, files) {
    for (const file of Object.values(files))
      if (file.type === 'chunk') file.code = file.code.replace(/\/\*\s*@__PURE__\s*\*\//g, '');
  },
};

/**
 * The Trusted Types policy of the bundled Lit under a name of ours: two Lits on a page would fight for `lit-html`, and a
 * page that lists the policies it trusts names ours with us.
 */
function ownPolicy() {
  let renamed = false;
  return {
    name: 'own-policy',
    transform(code, id) {
      if (!/\/lit-html\/(development\/)?lit-html\.js$/.test(id)) return null;
      const own = code.replace(/(createPolicy\(["'])lit-html(?=["'])/, '$1escalation-widget');
      renamed = own !== code;
      return { code: own, map: null };
    },
    buildEnd(error) {
      if (!error && !renamed) throw new Error('Lit makes no policy named lit-html any more.');
    },
  };
}

/** The stand-alone file leaves out what only help desks without a judging server need; src/standalone-without.ts. */
const leaveOut = {
  name: 'leave-out',
  enforce: 'pre',
  resolveId: (id) => (/\/(policy|judge-in-page)\.js$/.test(id) ? join(src, 'standalone-without.ts') : null),
};

/** In one file nothing comes later: without the wrappers that a bundler puts around what does, it is 4 % smaller. */
const atOnce = {
  name: 'at-once',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(src)) return null;
    const heads = [];
    const out = code.replace(/(?<!typeof )\bimport\((['"][^'"]+['"])\)/g, (_, path) => {
      heads.push(`import * as atOnce${heads.length} from ${path};`);
      return `Promise.resolve(atOnce${heads.length - 1})`;
    });
    return heads.length ? { code: heads.join('') + out, map: null } : null;
  },
};

const STANDALONE = {
  standalone: 'escalation-elements.standalone.js',
  'standalone-feed': 'escalation-feed.standalone.js',
  'standalone-review': 'escalation-review.standalone.js',
};

/** A finished module: what it takes from which others, its code, and what it gives. */
function taken(code) {
  const pairs = (list) =>
    [...list.matchAll(/([\w$]+)(?: as ([\w$]+))?/g)].map(([, name, as = name]) => [name, as]);
  const [, inner, given] = /^(.*?)export\s*\{([^{}]*)\};?\s*$/s.exec(code) ?? [];
  if (inner === undefined) throw new Error('A stand-alone file exports nothing.');
  const imports = [];
  const body = inner.replace(
    /\bimport\s*(?:\{([^{}]*)\}\s*from\s*)?"\.\/([\w-]+)\.js";/g,
    (_, list, from) => {
      if (!STANDALONE[from]) throw new Error(`${from} is in no stand-alone file.`);
      if (list) imports.push({ from, names: pairs(list).map(([name, as]) => `${name}:${as}`) });
      return '';
    },
  );
  return { imports, body, exports: pairs(given).map(([own, as]) => ({ as, text: `${as}:${own}` })) };
}

/**
 * One of the files: its code with what it shares with others behind the global, which is the API besides. Names that the
 * minifier has made have two letters at most, and mean nothing in another build.
 */
function asPiece(file, code, build, name, before) {
  const { imports, body, exports } = taken(code);
  if (/\bimport\b/.test(body)) throw new Error(`${file} imports what no stand-alone file before it has.`);
  const given = (test) => `{${exports.filter(({ as }) => test(as)).map(({ text }) => text)}}`;
  const isApi = (as) => as.length > 2;
  const shares = `api_.pieces["${file}"]=${given((as) => !isApi(as))};return Object.assign(api_,${given(isApi)})`;
  if (!before) return `(()=>{const api_={build:"${build}",pieces:{}};${body};${shares}})()`;
  const needed = `api_?.build==="${build}"&&api_.pieces["${before}"]`;
  const refusal = `${STANDALONE[before]} of the same version has to be loaded before this file.`;
  const takes = imports.map(({ from, names }) => `const{${names}}=api_.pieces["${from}"];`).join('');
  return `(api_=>{if(!(${needed}))throw Error("${refusal}");${takes}${body};${shares}})(globalThis.${name})`;
}

/**
 * Files that are classic scripts and modules: no top-level import, export, import() or var that a module would keep. The
 * first is complete in itself and leaves its API on a global; each other is loaded after the one before it, and takes from
 * there what they share. Their strings are packed, to stay below the limit.
 */
async function standalone(name) {
  const entries = Object.keys(STANDALONE);
  const outDir = mkdtempSync(join(tmpdir(), 'escalation-elements-'));
  const entry = Object.fromEntries(entries.map((file) => [file, join(src, `${file}.ts`)]));
  await bundle({ entry, outDir, file: (file) => `${file}.js`, plugins: [leaveOut, atOnce] });
  const codes = entries.map((file) => readFileSync(join(outDir, `${file}.js`), 'utf8'));
  const build = createHash('sha256').update(codes.join()).digest('hex').slice(0, 8);
  const sizes = [];
  for (const [i, file] of entries.entries()) {
    const piece = asPiece(file, codes[i], build, name, entries[i - 1]);
    const out = `${i === 0 ? `globalThis.${name}=` : ''}${await packStrings(piece)};\n`;
    writeFileSync(join(dist, 'cdn', STANDALONE[file]), out);
    sizes.push(`${codes[i].length} → ${out.length}`);
  }
  rmSync(outDir, { recursive: true });
  return `${entries.length} files, ${sizes.join(', ')}`;
}

/** The licences of what the CDN files hold: the minifier takes their comments out. */
function licences() {
  if (!existsSync(join(dist, 'cdn'))) return '';
  const packages = ['lit', 'lit-html', 'lit-element', '@lit/reactive-element', '@lit/context', 'zod'];
  const text = packages.map(
    (name) => `${name}\n\n${readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8')}`,
  );
  writeFileSync(join(dist, 'cdn', 'THIRD-PARTY-LICENSES.txt'), text.join('\n\n'));
  return 'dist/cdn/THIRD-PARTY-LICENSES.txt';
}

async function demo() {
  if (!existsSync(join(root, 'demo', 'index.html'))) return 'no demo/index.html';
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  return 'demo → dist-demo';
}

try {
  rmSync(dist, { recursive: true, force: true });
  rmSync(join(root, 'dist-demo'), { recursive: true, force: true });
  await step('compile', compile);
  await step('policies', policies);
  await step('documents', documents);
  await step('cdn', async () => {
    await bundle({ entry: join(src, 'cdn.ts'), file: () => 'escalation-elements.js' });
    return 'dist/cdn/escalation-elements.js';
  });
  await step('stand-alone', () => standalone('escalationElements'));
  await step('licences', licences);
  await step('demo', demo);
} catch (error) {
  console.error(`\nThe build failed: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
