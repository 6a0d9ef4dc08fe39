import { lintPolicy } from 'escalation-elements/policy';
import { now } from '../../desk/clock.js';
import { judgePolicy, type Process } from '../../desk/policies.js';
import { placeOf, type Place } from './place.js';
import { schemaFaults, syntaxFaults, type Said } from './schema.js';

/** What is wrong with a text, at its line: faults refuse it, hints are worth a look. */
export interface Problem extends Place {
  kind: 'fault' | 'hint';
  line: number;
  /** JSON pointer; none where the text is not JSON. */
  pointer: string;
  reason: string;
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** By the judge that applies it, and not by the schema: the words are those of the refusal. */
export async function problemsOf(process: Process, text: string): Promise<Problem[]> {
  const at = (kind: Problem['kind'], { from, to }: Place, pointer: string, reason: string): Problem => ({
    from,
    to,
    kind,
    line: lineOf(text, from),
    pointer,
    reason,
  });
  const said = (kind: Problem['kind']) => (found: Said) => at(kind, found, '', found.text);
  const inText = (kind: Problem['kind']) => (found: { pointer: string; reason: string }) =>
    at(kind, placeOf(text, found.pointer), found.pointer, found.reason);

  const syntax = await syntaxFaults(text);
  if (syntax.length) return syntax.map(said('fault'));
  const judged = judgePolicy(process, text, '0');
  if (Array.isArray(judged)) return judged.map(inText('fault'));
  const unknown = await schemaFaults(text);
  return [...unknown.map(said('hint')), ...lintPolicy(judged, new Date(now())).map(inText('hint'))];
}
