import { channelFor, judgeCriteria, refusal } from '../core/eligibility.js';
import type { Channel, Criterion, Reason } from '../core/policy.js';
import { parsePolicy, PolicyError, type Policy } from '../core/policy.js';
import { criterionOf, reasonsFor } from '../core/request.js';
import type { CriterionResult, VerdictKind } from '../core/model.js';
import { safeLine } from '../core/text.js';
import { changesOf, type Change } from './changes.js';
import { evidenceWords, moment, span } from './explain-words.js';
import { isTime, readFacts, type Given } from './facts-file.js';
import { CommandError, EXIT, paint, readText, type Io } from './io.js';
import { JsonFault, readJson, type JsonText } from './json-lines.js';
import { sayText, stateOf, verdictWords, type Asked } from './verdict.js';

/** Options of `explain`, as typed. */
export interface ExplainOptions {
  now?: string;
  language?: string;
  json: boolean;
}

/** A criterion with its result and what shows it. */
interface ExplainedCriterion {
  id: string;
  title: string;
  effect: Criterion['effect'];
  /** Asked before the form comes. */
  before: boolean;
  result: CriterionResult['result'];
  evidence: string;
  availableAt?: string;
}

/** A verdict with everything that it hangs on. */
export interface Explanation {
  now: string;
  verdict: VerdictKind;
  words: string;
  channel: Pick<Channel, 'id' | 'use'> | null;
  feed: boolean;
  /** Judged only where the way is a form. */
  criteria: ExplainedCriterion[];
  /** That may be chosen; `instead`: leads elsewhere. */
  reasons: { id: string; label: string; instead?: string }[];
  /** Reasons of the policy that are not for this case. */
  otherReasons: string[];
  changes: Change[];
}

const criterionOut = (asked: Asked, result: CriterionResult): ExplainedCriterion => {
  const criterion = criterionOf(asked.policy, result.id) as Criterion;
  return {
    id: result.id,
    title: sayText(asked, criterion.kind === 'confirm' ? criterion.question : criterion.title),
    effect: criterion.effect,
    before: criterion.kind === 'confirm' && criterion.before,
    result: result.result,
    evidence: evidenceWords(criterion, result),
    ...(result.availableAt && { availableAt: result.availableAt }),
  };
};

const reasonOut = (asked: Asked, { id, label, instead }: Reason): Explanation['reasons'][number] => ({
  id,
  label: sayText(asked, label),
  ...(instead && { instead: sayText(asked, instead.text) }),
});

/** Judges given facts and says why. */
export function explanation(asked: Asked): Explanation {
  const { policy, given, now } = asked;
  const { verdict, can } = stateOf(asked);
  const channel = refusal(policy, given) ? undefined : channelFor(policy, given);
  const isForm = channel?.use === 'form';
  const chosen = isForm ? reasonsFor(policy, given) : [];
  return {
    now: now.toISOString(),
    verdict: verdict.kind,
    words: verdictWords(asked, verdict),
    channel: channel ? { id: channel.id, use: channel.use } : null,
    feed: can.feed,
    criteria: isForm ? judgeCriteria(policy, given, now).map((result) => criterionOut(asked, result)) : [],
    reasons: chosen.map((reason) => reasonOut(asked, reason)),
    otherReasons: isForm
      ? policy.reasons.flatMap((reason) => (chosen.includes(reason) ? [] : reason.id))
      : [],
    changes: changesOf(asked),
  };
}

const COLOR = { met: 32, 'not-met': 31, ask: 33, unknown: 33 } as const;

function resultWord({ result, effect, before }: ExplainedCriterion): string {
  if (result === 'ask') return effect === 'advises' && !before ? 'shown' : 'asked';
  return result === 'not-met' ? 'not met' : result;
}

function criterionLines(io: Io, row: ExplainedCriterion, now: Date): string[] {
  const word = paint(io, COLOR[row.result], resultWord(row).padEnd(8));
  const from = row.availableAt && new Date(row.availableAt);
  const wait = from ? ` Met from ${moment(from)}, in ${span(from.getTime() - now.getTime())}.` : '';
  return [
    `  ${word} ${row.title}  ${paint(io, 2, `(${row.id}, ${row.effect}${row.before ? ', before the form' : ''})`)}`,
    `           ${row.evidence}${wait}`,
  ].map((line) => line.trimEnd());
}

/** An explanation as a page of text. */
function pageOf(io: Io, asked: Asked, told: Explanation): string {
  const head = (words: string) => ['', paint(io, 1, words)];
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { channel, criteria, reasons, otherReasons, changes } = told;
  const reasonLine = (row: Explanation['reasons'][number]) =>
    `  ${row.label}  ${paint(io, 2, `(${row.id})`)}${row.instead === undefined ? '' : `  leads elsewhere: ${row.instead}`}`;
  const lines = [
    paint(io, 1, told.words),
    `Judged for ${moment(asked.now)} (${zone}) by ${asked.policy.id} ${safeLine(asked.policy.version)}.`,
    `Channel: ${channel ? `${channel.id} (${channel.use})` : 'none'}. Feed: ${told.feed ? 'on' : 'off'}.`,
    ...(criteria.length ? head('Criteria') : []),
    ...criteria.flatMap((row) => criterionLines(io, row, asked.now)),
    ...(reasons.length ? head('Reasons that may be chosen') : []),
    ...reasons.map(reasonLine),
    ...(otherReasons.length ? [`  Not for this case: ${otherReasons.join(', ')}.`] : []),
    ...(changes.length ? head('When it changes') : []),
    ...changes.flatMap(({ when, then }) => [`  When ${safeLine(when, 1_000)}:`, `    ${then}`]),
  ];
  return `${lines.join('\n')}\n`;
}

async function jsonFrom(io: Io, path: string): Promise<JsonText> {
  const text = await readText(io, path);
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const { line, column } = error.place;
    throw new CommandError(`${path}:${line}:${column}  The text ${error.message}.`, EXIT.faults);
  }
}

/** Each fault on a line, at its place in the file. */
function refused(
  path: string,
  json: JsonText,
  faults: readonly { pointer: string; reason: string }[],
): CommandError {
  const lines = faults.map(({ pointer, reason }) => {
    const { line, column } = json.placeOf(pointer);
    return `${path}:${line}:${column}  ${pointer || 'The document'} ${safeLine(reason, 1_000)}.`;
  });
  return new CommandError(lines.join('\n'), EXIT.faults);
}

async function policyFrom(io: Io, path: string): Promise<Policy> {
  const json = await jsonFrom(io, path);
  try {
    return parsePolicy(json.value);
  } catch (error) {
    throw error instanceof PolicyError ? refused(path, json, error.faults) : error;
  }
}

async function factsFrom(io: Io, path: string): Promise<Given> {
  const json = await jsonFrom(io, path);
  const { given, faults, unused } = readFacts(json.value);
  if (!given) throw refused(path, json, faults);
  if (unused.length) io.err(`${path}: not used: ${unused.map((pointer) => safeLine(pointer)).join(', ')}\n`);
  return given;
}

/** `explain <policy.json> <facts.json> [--now …] [--language …] [--json]`. */
export async function explain(
  [policyPath, factsPath]: readonly [string, string],
  options: ExplainOptions,
  io: Io,
): Promise<number> {
  if (policyPath === '-' && factsPath === '-')
    throw new CommandError('Only one of the two files can be the standard input.');
  if (options.now !== undefined && !isTime(options.now))
    throw new CommandError(`--now must be a time such as 2026-05-12T14:00:00Z, not "${options.now}".`);
  const policy = await policyFrom(io, policyPath);
  const given = await factsFrom(io, factsPath);
  const at = options.now ?? given.now;
  const asked: Asked = {
    policy,
    given,
    now: at === undefined ? io.now() : new Date(at),
    languages: options.language === undefined ? [] : [options.language],
  };
  const told = explanation(asked);
  io.out(options.json ? `${JSON.stringify(told, null, 2)}\n` : pageOf(io, asked, told));
  return EXIT.ok;
}
