import { parseArgs } from 'node:util';
import { explain } from './explain.js';
import { CommandError, EXIT, type Io } from './io.js';
import { lint } from './lint.js';

const USAGE = `Usage:
  escalation-elements lint <policy.json>… [--json]
  escalation-elements explain <policy.json> <facts.json> [--now <time>] [--language <tag>] [--json]
  escalation-elements --help | --version
`;

const HELP = `${USAGE}
A file "-" is the standard input.

lint      Finds what is wrong with policies: their shape, and contradictions such as a reason for what a
          criterion forbids, a channel that no case reaches, a contact without an alternative, a missing
          translation, or a guidance without a way out. One line for each: path:line:column, severity,
          reason, rule.
          Exit code: 0 without errors (warnings may be there), 1 with errors, 2 wrong usage or no such file.

explain   Says how a policy judges a case: the verdict, the channel, each criterion with its evidence, the
          reasons that may be chosen, and when the verdict changes. Times are in the zone of TZ.
          --now <time>      judges for this instant, such as 2026-05-12T14:00:00Z; else "now" of the facts,
                            else the present
          --language <tag>  for the texts of the policy, such as de
          Exit code: 0 with a verdict, 1 where policy or facts are wrong, 2 wrong usage or no such file.

--json    Prints JSON instead of text.

The facts are a case as the REST contract has it, alone or with what else a verdict depends on:
  {
    "case": {
      "status": "open | pending | resolved | closed",
      "priority": "low | medium | high | critical", or null,
      "assignee": { "name": "…" }, or null,
      "waitingOn": "support | customer | development | cloud-operations | third-party", or null,
      "lastUpdate": { "at": "2026-05-12T11:00:00Z", "by": { "name": "…" } }, or null
    },
    "user": { "role": "customer", "audience": "direct" },
    "openEscalation": true,
    "now": "2026-05-12T14:00:00Z"
  }
"case" may also have lastSupportUpdate, rcaRequestedAt, waitingSince, waitingFor, deployment, program, plan,
product, rma, customer, number and subject. A fact that is left out is not known; null means none. The user is
a direct customer unless said.
`;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        json: { type: 'boolean' },
        now: { type: 'string' },
        language: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE.trimEnd()}`);
  }
}

async function command(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parse(args);
  const [name, ...paths] = positionals;
  const wrong = (message: string) => new CommandError(`${message}\n\n${USAGE.trimEnd()}`);
  if (values.help) io.out(HELP);
  else if (values.version) io.out(`${io.version}\n`);
  else if (name === 'lint') {
    if (values.now !== undefined || values.language !== undefined)
      throw wrong('lint knows no --now and no --language.');
    if (paths.length === 0) throw wrong('lint needs at least one policy.');
    if (paths.filter((path) => path === '-').length > 1)
      throw wrong('Only one of the files can be the standard input.');
    return lint(paths, values.json ?? false, io);
  } else if (name === 'explain') {
    const [policy, facts, ...more] = paths;
    if (policy === undefined || facts === undefined || more.length)
      throw wrong('explain needs a policy and the facts of a case.');
    return explain([policy, facts], { ...values, json: values.json ?? false }, io);
  } else throw wrong(name === undefined ? 'Say what to do.' : `There is no command "${name}".`);
  return EXIT.ok;
}

/**
 * Runs a command line.
 * @param args what stands behind the name of the program
 * @returns the exit code
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    return await command(args, io);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    io.err(`${error.message}\n`);
    return error.code;
  }
}
