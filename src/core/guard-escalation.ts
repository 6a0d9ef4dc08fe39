import type { ErrorCode, ErrorDetails } from './backend.js';
import { status } from './guard.js';
import type { Attachment, Case, Entry, EntryPage, Escalation, EscalationSummary, Queue } from './model.js';
import { flag, list, number, object, oneOf, optional, orNull, text, time, type Shape } from './shape.js';

/** Opaque, and never empty. */
const id: Shape = (value) => text(value) && value !== '';
const person = object({ id, name: text, role: text, me: optional(flag) });
const optionalText = optional(text);
const optionalTime = optional(time);
const level = optional(oneOf('low', 'medium', 'high'));

const attachment = object({ id, name: text, bytes: number, type: text, href: text });
const attachments = optional(list(attachment));

const criteria: Shape = list(
  object({
    id: text,
    result: oneOf('met', 'not-met', 'ask', 'unknown'),
    evidence: optional(object({ code: text, values: object({}) })),
    availableAt: optionalTime,
  }),
);

const decision = object({
  outcome: oneOf('accepted', 'declined'),
  text,
  criteria: optional(list(object({ id: text, text }))),
  links: optional(list(object({ label: text, href: text }))),
  at: time,
});

const escalation: Shape = object({
  id,
  caseId: id,
  status,
  version: text,
  reason: object({ id: text, label: text }),
  promises: list(object({ id, text, dueAt: optionalTime, keptAt: optionalTime })),
  details: optionalText,
  impact: optionalText,
  confirmed: list(text),
  attachments,
  requestedBy: orNull(person),
  requestedAt: time,
  owner: orNull(person),
  followers: number,
  following: flag,
  decision: optional(decision),
  importance: level,
  urgency: level,
  priority: level,
  nextSteps: optional(list(object({ text, who: optionalText, dueAt: optionalTime }))),
  nextUpdateDueAt: optional(orNull(time)),
  closed: optional(object({ at: time, by: person, summary: optionalText, rating: optional(number) })),
  reopenUntil: optionalTime,
  corrects: optionalText,
  latestEntryId: orNull(text),
  unread: number,
  can: object({ post: flag, act: list(text) }),
  criteria: optional(criteria),
});

const summary = object({
  id,
  status,
  reason: object({ label: text }),
  requestedAt: time,
  owner: orNull(object({ name: text })),
  closed: optional(object({ at: time })),
});

const inQueue: Shape = (value) =>
  escalation(value) &&
  object({
    case: object({
      id,
      number: optionalText,
      subject: optionalText,
      priority: orNull(text),
      customer: optional(orNull(object({ name: text }))),
    }),
  })(value);
const queue = object({ escalations: list(inQueue), after: orNull(text) });

const entry: Shape = object({
  id,
  clientId: optionalText,
  // Kinds of a newer server are shown as messages.
  kind: text,
  about: optionalText,
  at: time,
  author: person,
  text,
  attachments,
  status: optional(status),
});

const update = object({ at: time, by: orNull(person), excerpt: optionalText });
const kase = object({
  id,
  number: optionalText,
  subject: optionalText,
  status: text,
  priority: orNull(text),
  assignee: orNull(person),
  waitingOn: orNull(text),
  lastUpdate: orNull(update),
  lastSupportUpdate: optional(orNull(update)),
});

export const isEscalation = (value: unknown): value is Escalation => escalation(value);
/** A past escalation in a list. */
export const isSummary = (value: unknown): value is EscalationSummary => summary(value);
export const isQueue = (value: unknown): value is Queue => queue(value);
export const isEntry = (value: unknown): value is Entry => entry(value);
export const isAttachment = (value: unknown): value is Attachment => attachment(value);
export const isCase = (value: unknown): value is Case => kase(value);

/** A page of entries. One bad entry does not take the page with it: it is left out and counted, order and cursors stay. */
export function readEntryPage(value: unknown): EntryPage | null {
  if (!object({ entries: list(() => true), before: orNull(text), after: text })(value)) return null;
  const { entries, before, after } = value as EntryPage;
  const kept = entries.filter(isEntry);
  const skipped = entries.length - kept.length;
  return { entries: kept, before, after, ...(skipped && { skipped }) };
}

/** The members of a problem document (RFC 9457) that the client uses. */
const members: Record<string, Shape> = {
  // Those that the status does not tell by itself; of an unknown one the status counts.
  code: oneOf(
    'not-entitled',
    'open-escalation-exists',
    'escalation-closed',
    'transition-not-allowed',
    'request-in-progress',
    'unconfirmed',
    'criteria-not-met',
    'channel-not-offered',
    'idempotency-key-reused',
    'idempotency-key-missing',
    'if-match-missing',
    'invalid-json',
    'bad-cursor',
    'method-not-allowed',
    'unsupported-media-type',
    'file-too-large',
    'file-type-refused',
  ),
  traceId: text,
  escalation,
  criteria,
  channel: text,
  plan: orNull(text),
  requiredPlans: list(text),
  errors: list(object({ pointer: text, detail: text })),
  from: text,
  allowed: list(text),
  maxBytes: number,
};

/** The members of a problem that {@link ErrorDetails} has, and its code where that is a known one; what is wrong is left out. */
export const readProblem = (body: object): ErrorDetails & { code?: ErrorCode } =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([name, shape]) => Object.hasOwn(body, name) && shape((body as Record<string, unknown>)[name]))
      .map(([name]) => [name, (body as Record<string, unknown>)[name]]),
  );
