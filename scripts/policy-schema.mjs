/**
 * Writes src/policies/policy.schema.json from the zod schema in src/core/policy.ts, with the descriptions below (they
 * live here because policy.ts is shipped to browsers). `--check`: exits 1 if the file on disk differs.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { registry, toJSONSchema } from 'zod/v4/core';

const TOP = {
  $schema: 'Path or URL of this schema, for editors.',
  schemaVersion: 'Version of the document format. This schema describes version 1.',
  id: 'Names the process, for example in /policies/{id}/{version}.',
  version:
    'Raised by every change of this document. An escalation keeps the version that it was requested under.',
  language: 'BCP 47 tag of the texts that are plain strings.',
  title: 'Name of the process.',
  article:
    'The published article that the process comes from (P19), with last-modified date and attachments. Where there is one, the dialog asks whether it was helpful (P20).',
  expectations: 'What to expect while the case waits on somebody, by the value of `waitingOn` (G1).',
  appliesTo:
    'Programs, plans and products that the whole process is for (P13). Anything else is not offered; `otherwise` says why.',
  channels:
    'Where a request goes: an ordered table, the first row whose `when` matches wins (G43). `none` is not offered. A case whose program is not known takes the e-mail row of a program (G14).',
  contacts: 'Phone numbers and words for those who should call, by id (G24).',
  criteria:
    'What must be met (`blocks`), answered (`asks`) or is only shown (`advises`) before a request, in the order shown (G2). A blocking criterion whose fact is missing is asked.',
  reasons:
    'The choices of the form, in order (P5, G28). Label and promises are frozen into each escalation (P12).',
  form: 'Words, fields and limits of the request.',
  calendar:
    'Business days and hours in a time zone, 1 = Monday … 7 = Sunday; holidays as YYYY-MM-DD. Needed where a criterion counts business time.',
  lifecycle:
    'Hours to answer and to update, priority by importance and urgency (G35), who may withdraw, how long a resolved escalation can be reopened, who hears of a late update.',
  feed: 'The conversation with the owner (G39–G41): its title, what belongs there, and programs that have none (G38).',
  actors: 'Roles and their labels (P17, G44). `reviews`: takes and decides escalations (G32).',
  help: 'Links, by product and audience where given (G8, G42).',
  labels:
    'Words of the page that this process has its own for, by message id; `button` is the label of the button.',
};

const KINDS = {
  'case-open': 'Met while the case is neither resolved nor closed (G3).',
  assigned: 'Met once somebody owns the case (G19).',
  'priority-not': 'Met unless the case has one of these priorities (G11).',
  'elapsed-since-update':
    'Met so many hours after the last update (G9). `by`: whose update starts the clock; `clock`: hours as they pass, or hours of business time.',
  'business-days-since':
    'Met so many business days, by deployment, after a Root Cause Analysis was asked for; met at once where none was (G7).',
  'not-waiting-on-customer':
    'Met unless support waits for the customer, who can contradict: "I have already replied" (G5).',
  'recent-update-read': 'Shows the last update, so that nobody misses it (G4).',
  confirm:
    'A question; only the answer in `expects` lets the request go on (G6). `impact`: the right answer also asks for the business impact in words (G10). `before`: asked before the form; the other answer leads to the remedies.',
};

const USES = {
  form: 'The request is made here.',
  email:
    'The customer sends an e-mail; nothing of the case leaves the page (G14). Field ids of `subject` and `body` that are filled in from the case: case-number, customer-name, customer-region, product. Any other, such as brief-problem, description and impact, is asked.',
  contact: 'The customer calls (G22–G24).',
  link: 'The customer goes to another address.',
  none: 'Not offered; `text` says why.',
};

/** Describes each alternative of a union by the constant that names it. */
function describe(alternatives, member, words) {
  for (const alternative of alternatives) {
    const name = alternative.properties[member].const;
    if (!words[name]) throw new Error(`scripts/policy-schema.mjs: describe the ${member} "${name}".`);
    alternative.description = words[name];
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
  for (const [name, member] of Object.entries(shape.properties)) {
    if (!TOP[name]) throw new Error(`scripts/policy-schema.mjs: describe "${name}".`);
    shape.properties[name] = { description: TOP[name], ...member };
  }
  const { criteria, channels } = shape.properties;
  describe(criteria.items.oneOf, 'kind', KINDS);
  describe(channels.items.oneOf, 'use', USES);
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
