import * as z from 'zod/mini';
import { error, listed, type Finding, type Path } from './lint-finding.js';
import { policyShape, text } from './policy-schema.js';
import type { Policy, Text } from './policy.js';

/** What the words of a policy say, as far as a rule can read them: rules about what words mean read English only. */

/** Every text of a policy, found by the schema, so that none can be forgotten. (z.core taken apart would bundle all of it.) */
function* textsOf(schema: z.core.$ZodType, value: unknown, path: Path = []): Generator<[Path, Text]> {
  if (value === undefined) return;
  if (schema === text) yield [path, value as Text];
  else if (schema instanceof z.core.$ZodOptional || schema instanceof z.core.$ZodDefault)
    yield* textsOf(schema._zod.def.innerType, value, path);
  else if (schema instanceof z.core.$ZodArray)
    for (const [i, item] of (value as unknown[]).entries())
      yield* textsOf(schema._zod.def.element, item, [...path, i]);
  else if (schema instanceof z.core.$ZodRecord)
    for (const [name, item] of Object.entries(value as object))
      yield* textsOf(schema._zod.def.valueType, item, [...path, name]);
  else if (schema instanceof z.core.$ZodObject)
    for (const [name, member] of Object.entries(schema._zod.def.shape))
      yield* textsOf(member, (value as Record<string, unknown>)[name], [...path, name]);
  else if (schema instanceof z.core.$ZodDiscriminatedUnion) {
    const alternative = schema._zod.def.options.find((option) => z.core.safeParse(option, value).success);
    if (alternative) yield* textsOf(alternative, value, path);
  }
}

/** A text by language. */
export const byLanguage = (policy: Policy, words: Text | undefined): Record<string, string> =>
  words === undefined ? {} : typeof words === 'string' ? { [policy.language]: words } : words;

/** What texts say in English, together; empty where they do not say it in English. */
export const english = (policy: Policy, ...texts: (Text | undefined)[]): string =>
  texts
    .flatMap((words) => Object.entries(byLanguage(policy, words)))
    .flatMap(([tag, words]) => (/^en(-|$)/i.test(tag) ? words : []))
    .join('. ');

/** A text in a language serves its regions too, as `localText` reads it. */
const serves = (tag: string, wanted: string) => tag === wanted || tag === wanted.split('-')[0];

/** Where some texts speak a language, people who read only that one meet texts they cannot read. */
export function lintTranslations(policy: Policy): Finding[] {
  const texts = [...textsOf(policyShape, policy)].map(([path, words]) => ({
    path,
    tags: Object.keys(byLanguage(policy, words)),
  }));
  const languages = [...new Set(texts.flatMap(({ tags }) => tags))];
  return texts.flatMap(({ path, tags }) => {
    const missing = languages.filter((wanted) => !tags.some((tag) => serves(tag, wanted)));
    if (missing.length === 0) return [];
    const reason = `Other texts speak ${listed(missing)} and this one does not; translate it, as people meet it in another language.`;
    return [error('missing-translation', path, reason)];
  });
}

const COMMON = new Set(
  (
    'a about all also an and any are as ask asked asking at be because been before but by can case cases do does done ' +
    'escalate escalated escalation for from had has have how i if in into is issue it its more my need no not of on only ' +
    'option or our out please problem reason request select so support than that the them then there they this to up us ' +
    'use was we were what when where which who why will with would you your'
  ).split(' '),
);

/** The words that carry a meaning, without their endings: "changed" and "change", "urgency" and "urgent" are one. */
export function significant(words: string): Set<string> {
  const found = words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    found
      .filter((word) => !COMMON.has(word) && word.length > 2)
      .map((word) => word.replace(/(?<=...)(?:ency|ent|ing|ed|es|s|e|y)$/, '')),
  );
}

/** Whether one text plainly asks about what the other says: two words of meaning, and most of the question. */
export function saysSame(question: string, words: string): boolean {
  const asked = significant(question);
  const said = significant(words);
  const shared = [...asked].filter((word) => said.has(word)).length;
  return shared >= 2 && shared * 2 >= asked.size;
}
