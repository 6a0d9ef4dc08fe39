// npm run manifest: writes src/parts.ts from custom-elements.json. --check: fails when it is not current.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from './run.mjs';

const NAMES = { 'escalate-case': 'case', 'escalation-feed': 'feed', 'escalation-review': 'review' };

const manifest = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8'));
const elements = manifest.modules
  .flatMap(({ declarations }) => declarations ?? [])
  .filter(({ tagName }) => tagName);

/** Only whole names can be exported: `field-<id>` is not one. */
const partsOf = ({ cssParts }) => cssParts.map(({ name }) => name).filter((name) => /^[\w-]+$/.test(name));

const entries = elements.map((element) => {
  const name = NAMES[element.tagName];
  if (!name) throw new Error(`scripts/parts.mjs has no name for <${element.tagName}>.`);
  return `/** Of \`<${element.tagName}>\`. */\n${name}: '${partsOf(element).join(', ')}',`;
});
const file = join(root, 'src/parts.ts');
const code = await format(
  `// Written by \`npm run manifest\` from custom-elements.json.

/** The parts of each element, for \`exportparts\` of a component that wraps it in a shadow root of its own. */
export const parts = { ${entries.join('\n')} } as const;\n`,
  { ...(await resolveConfig(file)), parser: 'typescript' },
);

if (!process.argv.includes('--check')) writeFileSync(file, code);
else if (readFileSync(file, 'utf8') !== code) {
  console.error('src/parts.ts is not what custom-elements.json says: run `npm run manifest`.');
  process.exit(1);
}
