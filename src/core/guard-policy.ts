import { BackendError } from './backend.js';
import type { JudgedState } from './model.js';
import type { Policy } from './policy.js';
import {
  flag,
  list,
  number,
  object,
  oneOf,
  optional,
  orNull,
  recordOf,
  text,
  time,
  type Shape,
} from './shape.js';

/** A text of the policy, in one language or several. */
const words: Shape = (value) =>
  text(value) || (recordOf(text)(value) && Object.keys(value as object).length > 0);
const maybe = optional(words);

const remedies = list(
  object({ kind: text, label: words, text: maybe, href: optional(text), contact: optional(text) }),
);
const textField = { label: words, hint: maybe, maxLength: number };

const policy: Shape = object({
  id: text,
  version: text,
  language: text,
  channels: list(
    object({
      id: text,
      use: text,
      title: maybe,
      text: maybe,
      warning: maybe,
      contact: optional(text),
      link: optional(object({ label: words, href: text })),
      email: optional(
        object({
          to: text,
          subject: list(text),
          separator: text,
          body: list(object({ id: text, label: words })),
        }),
      ),
    }),
  ),
  criteria: list(
    object({
      id: text,
      kind: text,
      effect: text,
      title: words,
      question: maybe,
      guidance: maybe,
      remedies,
    }),
  ),
  reasons: list(
    object({
      id: text,
      label: words,
      whenToSelect: maybe,
      action: maybe,
      details: text,
      detailsHint: maybe,
      minDetails: number,
      contact: flag,
      fields: list(text),
      plans: optional(list(text)),
      active: flag,
      instead: optional(object({ text: words, remedies })),
    }),
  ),
  form: object({
    title: words,
    intro: maybe,
    submit: words,
    sent: maybe,
    reasonLabel: words,
    details: object(textField),
    impact: optional(object(textField)),
    contactMethods: list(text),
    fields: list(object({ id: text, ...textField })),
    urgent: optional(object({ text: words, contact: text })),
  }),
  contacts: recordOf(
    object({
      name: words,
      phones: list(object({ label: maybe, number: text, hours: maybe })),
      alternative: maybe,
    }),
  ),
  expectations: list(object({ waitingOn: list(text), text: words })),
  help: list(object({ label: words, href: text })),
  actors: recordOf(object({ label: words })),
  feed: object({ title: maybe, hint: maybe, offText: maybe }),
  labels: recordOf(words),
});

/** Whether a policy is complete, as a gateway sends it: every default filled in, as far as a page draws from it. */
export const isPolicy = (value: unknown): value is Policy => policy(value);

/**
 * A policy as it came. Complete ones are taken as they are; else the schema fills in what was left out.
 * @throws BackendError `protocol`, with the path and the reason of every fault
 */
export async function readPolicy(body: unknown): Promise<Policy> {
  if (isPolicy(body)) return body;
  const { parsePolicy } = await import('./policy.js');
  try {
    return parsePolicy(body);
  } catch (error) {
    throw new BackendError('protocol', (error as Error).message);
  }
}

const dialogState: Shape = object({
  case: object({
    number: optional(text),
    subject: optional(text),
    caseFeedUrl: optional(text),
    customer: optional(orNull(object({ name: text, region: optional(text) }))),
    product: optional(orNull(text)),
    assignee: orNull(object({ name: text })),
    lastUpdate: orNull(object({ at: time, by: orNull(object({ name: text })), excerpt: optional(text) })),
  }),
  verdict: object({
    channel: optional(text),
    criteria: optional(
      list(
        object({
          id: text,
          result: oneOf('met', 'not-met', 'ask', 'unknown'),
          evidence: optional(object({ code: text, values: object({}) })),
        }),
      ),
    ),
  }),
});

/** Whether a state has what a dialog draws, which is more than the button's guard has looked at. */
export const isDialogState = (state: JudgedState): boolean => dialogState(state);
