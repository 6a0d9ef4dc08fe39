/**
 * Writes src/policies/policy.schema.json from the zod schema in src/core/policy.ts, with the descriptions of
 * policy-words.mjs, one for every member at every depth. `--check`: exits 1 if the file on disk differs.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { KINDS, REMEDIES, USES, WORDS } from './policy-words.mjs';
import { registry, toJSONSchema } from 'zod/v4/core';

/** Describes each alternative of a union by the constant that names it. */
function describe(alternatives, member, words) {
  for (const alternative of alternatives) {
    const name = alternative.properties[member].const;
    if (!words[name]) throw new Error(`scripts/policy-schema.mjs: describe the ${member} "${name}".`);
    alternative.description = words[name];
  }
}

/** Gives every member its words, in front, where people read; those that it finds are taken out of `left`. */
function explain(node, path, left) {
  for (const part of [...(node.oneOf ?? []), ...(node.anyOf ?? [])]) explain(part, path, left);
  if (node.items) explain(node.items, `${path}[]`, left);
  if (typeof node.additionalProperties === 'object') explain(node.additionalProperties, `${path}{}`, left);
  for (const [name, member] of Object.entries(node.properties ?? {})) {
    const at = path ? `${path}.${name}` : name;
    if (!WORDS[at]) throw new Error(`scripts/policy-words.mjs: describe "${at}".`);
    left.delete(at);
    const [description, ...examples] = [WORDS[at]].flat(1);
    explain(member, at, left);
    node.properties[name] = { description, ...member, ...(examples.length && { examples }) };
  }
}

/** What many members use, written once under `$defs`. */
function shared(policySchema) {
  const { shape } = policySchema._zod.def;
  const rowOf = (list) => list._zod.def.element._zod.def.options[0]._zod.def.shape;
  return registry()
    .add(shape.title, {
      id: 'text',
      description: 'A string in the language of the policy, or an object of strings by language tag.',
    })
    .add(rowOf(shape.channels).when, {
      id: 'condition',
      description:
        'Facts of a case, each with the values that match. All that are given must match; `null` matches "none"; {} matches every case.',
    })
    .add(rowOf(shape.criteria).remedies._zod.def.innerType._zod.def.element, {
      id: 'remedy',
      description: 'A way out of "not yet" that the page can offer.',
    });
}

const path = fileURLToPath(new URL('../src/policies/policy.schema.json', import.meta.url));

async function generate() {
  const { module } = await runnerImport(fileURLToPath(new URL('../src/core/policy.ts', import.meta.url)), {
    configFile: false,
    logLevel: 'error',
  });
  const { $schema, $defs, ...shape } = toJSONSchema(module.policySchema, {
    target: 'draft-2020-12',
    io: 'input',
    metadata: shared(module.policySchema),
    // The parser drops what it does not know; in an editor it is a typing mistake.
    override: ({ jsonSchema }) => {
      delete jsonSchema.id;
      if (jsonSchema.properties) jsonSchema.additionalProperties = false;
    },
  });
  const left = new Set(Object.keys(WORDS));
  explain(shape, '', left);
  for (const name of ['condition', 'remedy']) explain($defs[name], `$${name}`, left);
  if (left.size) throw new Error(`scripts/policy-words.mjs: there is no ${[...left].join(', ')}.`);
  const { criteria, channels } = shape.properties;
  describe(criteria.items.oneOf, 'kind', KINDS);
  describe(channels.items.oneOf, 'use', USES);
  describe($defs.remedy.oneOf, 'kind', REMEDIES);
  const schema = {
    $schema,
    title: 'Escalation policy',
    description: "One organisation's escalation process as data, for escalation-elements.",
    ...shape,
    $defs,
  };
  return format(JSON.stringify(schema), { ...(await resolveConfig(path)), parser: 'json' });
}

const text = await generate();
if (!process.argv.includes('--check')) await writeFile(path, text);
else if (text !== (await readFile(path, 'utf8').catch(() => ''))) {
  console.error(
    'src/policies/policy.schema.json is not what src/core/policy.ts says. Run: node scripts/policy-schema.mjs',
  );
  process.exitCode = 1;
}
