import type { Finding } from '../core/lint-finding.js';
import { lintPolicy } from '../core/lint-policy.js';
import { parsePolicy, PolicyError } from '../core/policy.js';
import { safeLine } from '../core/text.js';
import { EXIT, paint, readText, type Io } from './io.js';
import { JsonFault, readJson, type JsonText, type Place } from './json-lines.js';

/** A finding with the file, line and column where it is. */
export type Placed = { path: string } & Place & Finding;

/** Members that the policy was made without: a shape drops what it does not know, mostly a typing mistake. */
function strangers(document: unknown, policy: unknown, pointer = ''): string[] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([name, member]) => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Object.hasOwn(policy as object, name)) return [at];
    return strangers(member, (policy as Record<string, unknown>)[name], at);
  });
}

function findingsOf({ value, twice }: JsonText, now: Date): Finding[] {
  const found = twice.map((pointer): Finding => ({
    pointer,
    rule: 'duplicate-member',
    severity: 'error',
    reason: `${pointer} stands there twice and only the last one counts; take the others out.`,
  }));
  try {
    const policy = parsePolicy(value);
    const lost = strangers(value, policy).map((pointer): Finding => ({
      pointer,
      rule: 'unknown-member',
      severity: 'warning',
      reason: `${pointer} is nothing that a policy knows, and does nothing; correct its name, or take it out.`,
    }));
    return [...found, ...lost, ...lintPolicy(policy, now)];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const faults = error.faults.map(({ pointer, reason }): Finding => ({
      pointer,
      rule: 'shape',
      severity: 'error',
      reason: `${pointer || 'The document'} ${reason}.`,
    }));
    return [...found, ...faults];
  }
}

/** Everything that is wrong with the text of a policy, in the order of its lines. */
export function lintText(path: string, text: string, now: Date): Placed[] {
  try {
    const json = readJson(text);
    return findingsOf(json, now)
      .map((finding) => ({ path, ...json.placeOf(finding.pointer), ...finding }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const reason = `The text ${error.message}.`;
    return [{ path, ...error.place, pointer: '', rule: 'syntax', severity: 'error', reason }];
  }
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function line(io: Io, { path, line, column, severity, reason, rule }: Placed): string {
  const word = paint(io, severity === 'error' ? 31 : 33, severity.padEnd(7));
  // Words of a document reach a terminal: no escapes with them.
  return `${safeLine(path)}:${line}:${column}  ${word}  ${safeLine(reason, 1_000)}  ${paint(io, 2, `(${rule})`)}\n`;
}

/** `lint <policy.json>… [--json]`. */
export async function lint(paths: readonly string[], json: boolean, io: Io): Promise<number> {
  const texts: string[] = [];
  for (const path of paths) texts.push(await readText(io, path));
  const found = texts.flatMap((text, i) => lintText(paths[i] as string, text, io.now()));
  const errors = found.filter(({ severity }) => severity === 'error').length;
  if (json) io.out(`${JSON.stringify(found, null, 2)}\n`);
  else {
    for (const finding of found) io.out(line(io, finding));
    const sums = `${counted(errors, 'error')}, ${counted(found.length - errors, 'warning')}`;
    io.out(`${sums} in ${counted(texts.length, 'policy', 'policies')}\n`);
  }
  return errors ? EXIT.faults : EXIT.ok;
}
