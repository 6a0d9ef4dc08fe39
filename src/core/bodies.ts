import * as z from 'zod/mini';
import { BackendError } from './backend.js';
import type { Action, CaseNote, EntryDraft, EscalationRequest, Feedback } from './model.js';

/** What a server reads, checked: the bodies of the contract's writes. Members are copied by name. */

const id = z.string().check(z.minLength(1), z.maxLength(500));
/** Lengths count characters, not UTF-16 units. */
const words = (max: number, min = 0) =>
  z.string().check(
    z.minLength(min),
    z.refine(
      (value) => value.length <= max || [...value].length <= max,
      `must have at most ${max} characters`,
    ),
  );
const time = z
  .string()
  .check(z.refine((value) => !Number.isNaN(Date.parse(value)), 'must be an RFC 3339 time'));
const level = z.enum(['low', 'medium', 'high']);
const contact = z.object({
  method: z.enum(['telephone', 'email']),
  value: z.optional(words(200)),
  when: z.optional(words(200)),
  timeZone: z.optional(words(100)),
});
const nextStep = z.object({
  text: words(2000, 1),
  who: z.optional(words(200)),
  dueAt: z.optional(time),
});
const declined = z.array(z.object({ id, text: words(10_000) }));

/** A time exactly as the contract has it: RFC 3339, in UTC, and in the calendar. */
export const isUtcTime = (value: string): boolean => {
  const at = new Date(value).getTime();
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/.test(value) &&
    !Number.isNaN(at) &&
    new Date(at).toISOString().startsWith(value.slice(0, 19))
  );
};
const utcTime = z.string().check(z.refine(isUtcTime, 'must be an RFC 3339 time in UTC'));
const nextStepDraft = z.object({ ...nextStep.shape, dueAt: z.optional(utcTime) });

const optionalId = z.optional(id);
export const requestSchema: z.ZodMiniType<EscalationRequest> = z.object({
  reasonId: z.string().check(z.maxLength(500)),
  details: z.optional(words(10_000)),
  impact: z.optional(words(10_000)),
  contact: z.optional(contact),
  confirmed: z.array(id).check(z.maxLength(100)),
  onBehalfOf: z.optional(words(200)),
  corrects: optionalId,
  fields: z.optional(z.record(z.string(), words(2000))),
  attachmentIds: z.optional(z.array(id).check(z.maxLength(50))),
  policyVersion: id,
});

const notBlank = z.refine((value) => String(value).trim().length > 0, 'must not be empty');
const message = words(10_000, 1).check(notBlank);

export const entryDraftSchema: z.ZodMiniType<EntryDraft> = z.object({
  clientId: id,
  text: message,
  attachmentIds: z.optional(z.array(id).check(z.maxLength(50))),
  alsoOnCase: z.optional(z.boolean()),
});

export const noteSchema: z.ZodMiniType<CaseNote> = z.object({
  kind: z.enum(['reply', 'priority-change', 'moved']),
  text: message,
});

/** P20: at most 255 characters. */
export const feedbackSchema: z.ZodMiniType<Feedback> = z.object({
  version: id,
  helpful: z.boolean(),
  text: z.optional(words(255)),
});

/** An absolute web address, of the characters that an address may have. */
const webAddress = z.string().check(z.regex(/^https?:\/\/(?!\/)[!#-;=?-Z[\]_a-z~]+$/));
const links = z.optional(z.array(z.object({ label: words(200, 1), href: webAddress })));
export const actionSchema: z.ZodMiniType<Action> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('take') }),
  z.object({
    kind: z.literal('accept'),
    importance: level,
    urgency: level,
    text: message,
    nextSteps: z.optional(z.array(nextStepDraft).check(z.maxLength(50))),
    nextUpdateDueAt: z.optional(utcTime),
  }),
  z.object({ kind: z.literal('decline'), text: message, criteria: declined, links }),
  z.object({ kind: z.literal('promise'), text: message, dueAt: z.optional(utcTime) }),
  z.object({ kind: z.literal('keep-promise'), promiseId: id }),
  z.object({ kind: z.literal('next-update'), dueAt: utcTime }),
  z.object({ kind: z.literal('move-to-case-feed'), entryId: id }),
  z.object({ kind: z.literal('note'), text: message }),
  z.object({ kind: z.literal('resolve'), summary: message }),
  z.object({ kind: z.literal('withdraw'), text: z.optional(words(10_000)) }),
  z.object({ kind: z.literal('reopen'), text: message }),
  z.object({ kind: z.literal('follow'), impact: z.optional(words(10_000)) }),
  z.object({ kind: z.literal('nudge') }),
  z.object({
    kind: z.literal('rate'),
    value: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    text: z.optional(words(10_000)),
  }),
  z.object({ kind: z.literal('read'), entryId: id }),
]);

/** A schema of a body. */
export type BodySchema<T> = z.ZodMiniType<T>;

/**
 * A body, checked.
 * @throws BackendError `invalid`, with the JSON pointer of every fault
 */
export function parseBody<T>(schema: BodySchema<T>, value: unknown): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  throw new BackendError('invalid', 'Some members of the body are missing or wrong.', {
    errors: result.error.issues.map(({ path, message: detail }) => ({
      pointer: path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      detail,
    })),
  });
}
