import * as z from 'zod/mini';

/** The shape of a policy document: members, types and defaults. `policy.ts` parses with it. */

const id = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'));
export const text = z.union([
  z.string().check(z.minLength(1)),
  z
    .record(z.string(), z.string().check(z.minLength(1)))
    .check(z.refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language')),
]);
const list = <T extends z.core.$ZodType>(item: T) => z.array(item).check(z.minLength(1));
const priority = z.enum(['low', 'medium', 'high', 'critical']);
const level = z.enum(['low', 'medium', 'high']);
const nullableNames = z.optional(list(z.nullable(z.string())));
const positive = z.number().check(z.positive(), z.lte(1_000_000));
const businessDays = z.int().check(z.positive(), z.lte(366));

/** Facts of a case, each with the values that match. All given ones must match; `null` matches "none". */
export const condition = z.object({
  priority: z.optional(list(z.nullable(priority))),
  status: z.optional(list(z.enum(['open', 'pending', 'resolved', 'closed']))),
  program: nullableNames,
  plan: nullableNames,
  product: nullableNames,
  deployment: z.optional(list(z.nullable(z.enum(['cloud', 'premises'])))),
  audience: z.optional(list(z.enum(['direct', 'partner']))),
  assigned: z.optional(z.boolean()),
  rma: z.optional(z.boolean()),
  /** A root cause analysis was asked for on this case. */
  rca: z.optional(z.boolean()),
});

const link = z.object({
  label: text,
  href: z
    .string()
    .check(z.regex(/^(https?:\/\/[^/]|mailto:|tel:)/, 'must start with https://, http://, mailto: or tel:')),
});

/** A way out of "not yet" that the page can offer. */
export const remedy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply-on-case'), label: text }),
  z.object({ kind: z.literal('reopen-case'), label: text }),
  z.object({ kind: z.literal('request-priority'), label: text, priority, text }),
  z.object({ kind: z.literal('contact'), label: text, contact: id }),
  z.object({ kind: z.literal('link'), label: text, href: link.shape.href }),
]);

const criterionBase = {
  id,
  /** Asked of these cases only; elsewhere it does not exist. */
  when: z.optional(condition),
  /** blocks: no form until met · asks: a question in the form · advises: shown, never in the way. */
  effect: z.enum(['blocks', 'asks', 'advises']),
  title: text,
  guidance: z.optional(text),
  remedies: z._default(z.array(remedy), []),
};

export const criterion = z.discriminatedUnion('kind', [
  z.object({ ...criterionBase, kind: z.literal('case-open') }),
  z.object({ ...criterionBase, kind: z.literal('assigned') }),
  z.object({ ...criterionBase, kind: z.literal('priority-not'), priorities: list(priority) }),
  z.object({
    ...criterionBase,
    kind: z.literal('elapsed-since-update'),
    hours: positive,
    /** Whose update starts the clock. */
    by: z.enum(['support', 'anyone']),
    clock: z._default(z.enum(['elapsed', 'business']), 'elapsed'),
  }),
  z.object({
    ...criterionBase,
    kind: z.literal('business-days-since'),
    since: z.literal('rcaRequestedAt'),
    days: z.object({ cloud: businessDays, premises: businessDays }),
  }),
  z.object({ ...criterionBase, kind: z.literal('not-waiting-on-customer') }),
  z.object({ ...criterionBase, kind: z.literal('recent-update-read') }),
  z.object({
    ...criterionBase,
    kind: z.literal('confirm'),
    question: text,
    /** The answer that lets the request go on. */
    expects: z._default(z.enum(['yes', 'no']), 'yes'),
    /** A right answer of "yes" also asks for the business impact in words (G10). */
    impact: z._default(z.boolean(), false),
    /** Asked before the form, which comes with the right answer; the other one leads to `remedies` (G6, G22). */
    before: z._default(z.boolean(), false),
  }),
]);

const mailTemplate = z.object({
  to: z.string().check(z.email()),
  subject: list(id),
  separator: z.string(),
  body: list(z.object({ id, label: text })),
});

const channelBase = { id, when: condition, title: z.optional(text), text: z.optional(text) };
export const channel = z.discriminatedUnion('use', [
  z.object({ ...channelBase, use: z.literal('form') }),
  z.object({ ...channelBase, use: z.literal('email'), email: mailTemplate }),
  z.object({ ...channelBase, use: z.literal('contact'), contact: id, warning: z.optional(text) }),
  z.object({ ...channelBase, use: z.literal('link'), link }),
  z.object({ ...channelBase, use: z.literal('none') }),
]);

export const contact = z.object({
  name: text,
  phones: list(z.object({ label: z.optional(text), number: z.string(), hours: z.optional(text) })),
  /** For people who cannot use the phone. */
  alternative: z.optional(text),
});

export const field = z.object({
  id,
  label: text,
  hint: z.optional(text),
  required: z._default(z.boolean(), false),
  kind: z._default(z.enum(['text', 'date']), 'text'),
  maxLength: z._default(positive, 200),
});

export const reason = z.object({
  id,
  label: text,
  whenToSelect: z.optional(text),
  /** What will happen: shown before sending and again after it. */
  action: z.optional(text),
  /** Frozen into the escalation, ticked off by the owner. */
  promises: z._default(z.array(z.object({ id, text, withinHours: z.optional(positive) })), []),
  responder: z.optional(id),
  details: z.enum(['required', 'recommended', 'optional']),
  detailsHint: z.optional(text),
  minDetails: z._default(z.number(), 1),
  /** Asks how to be contacted (P8). */
  contact: z._default(z.boolean(), false),
  fields: z._default(z.array(id), []),
  plans: z.optional(list(z.string())),
  when: z.optional(condition),
  visibility: z._default(z.enum(['everyone', 'owner-only']), 'everyone'),
  active: z._default(z.boolean(), true),
  /** Choosing it leads elsewhere instead of to the form. */
  instead: z.optional(z.object({ text, remedies: z.array(remedy) })),
  source: z.optional(text),
});

const textField = z.object({ label: text, hint: z.optional(text), maxLength: positive });
const form = z.object({
  title: text,
  intro: z.optional(text),
  submit: text,
  /** What is said after sending, besides the action of the reason (P16). */
  sent: z.optional(text),
  reasonLabel: text,
  reasons: z.enum(['select', 'radios']),
  details: textField,
  impact: z.optional(textField),
  contactMethods: z._default(z.array(z.enum(['telephone', 'email'])), ['telephone', 'email']),
  fields: z._default(z.array(field), []),
  onBehalfOf: z.optional(text),
  /** Always there: where to go when it is urgent (G23). */
  urgent: z.optional(z.object({ text, contact: id })),
});

const localDate = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, 'must be YYYY-MM-DD'));
const localTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM'));
const timeZone = z.string().check(
  z.refine((zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
    } catch {
      return false;
    }
  }, 'must be an IANA time zone such as Europe/Berlin'),
);
const calendar = z.object({
  timeZone,
  days: list(z.number().check(z.gte(1), z.lte(7))),
  hours: z
    .object({ from: localTime, to: localTime })
    .check(z.refine(({ from, to }) => from < to, '"to" must be after "from"')),
  holidays: z._default(z.array(localDate), []),
});

const matrixRow = z.object({ low: level, medium: level, high: level });
const lifecycle = z.object({
  /** Hours in which somebody should answer a request; the next update is due then. */
  responseHours: z.optional(positive),
  /** Hours until the next update after an acceptance, by the priority given. */
  updateHours: z.optional(z.object({ low: positive, medium: positive, high: positive })),
  /** importance → urgency → priority of the escalation (G35). */
  priority: z.object({ low: matrixRow, medium: matrixRow, high: matrixRow }),
  withdraw: list(id),
  reopenDays: z._default(z.number().check(z.gte(0)), 0),
  /** Who else hears of an update that is late (silence). */
  ladder: z._default(z.array(z.object({ afterHours: z.number().check(z.gte(0)), role: id })), []),
  /** At most one *Ask for the update* in so many minutes. */
  nudgeMinutes: z._default(positive, 240),
});

const feed = z.object({
  title: z.optional(text),
  /** What belongs here and what in the case feed (G40, G41). */
  hint: z.optional(text),
  /** Programs without entries either way (G14, G38). */
  offFor: z._default(z.array(z.string()), []),
  offText: z.optional(text),
  /** The owner's messages also go on the case (G37). */
  alsoOnCase: z._default(z.boolean(), false),
});

/** A whole document; what it names elsewhere in itself is checked by `policy-references.ts`. */
export const policyShape = z.object({
  $schema: z.optional(z.string()),
  schemaVersion: z.literal(1),
  id,
  version: z.string().check(z.minLength(1)),
  language: z.string().check(z.minLength(2)),
  title: text,
  article: z.optional(
    z.object({
      id: z.string(),
      title: z.optional(text),
      url: z.optional(link.shape.href),
      lastModified: z.optional(z.string()),
      attachments: z._default(z.array(link), []),
    }),
  ),
  /** What to expect while a third party works on the case, by who it is waiting on (G1). */
  expectations: z._default(z.array(z.object({ waitingOn: list(z.string()), text })), []),
  appliesTo: z._default(
    z.object({
      programs: nullableNames,
      plans: z.optional(list(z.string())),
      products: z.optional(list(z.string())),
      otherwise: z.optional(text),
    }),
    {},
  ),
  channels: list(channel),
  contacts: z._default(z.record(z.string(), contact), {}),
  criteria: z.array(criterion),
  reasons: list(reason),
  form,
  calendar: z.optional(calendar),
  lifecycle,
  feed: z._default(feed, { offFor: [], alsoOnCase: false }),
  /** Role labels (P17, G44); `reviews`: takes and decides escalations. */
  actors: z.record(z.string(), z.object({ label: text, reviews: z._default(z.boolean(), false) })),
  help: z._default(
    z.array(
      z.object({
        ...link.shape,
        products: z.optional(list(z.string())),
        audiences: z.optional(list(z.enum(['direct', 'partner']))),
      }),
    ),
    [],
  ),
  labels: z._default(z.record(z.string(), text), {}),
});

/** A document whose shape is right. */
export type PolicyShape = z.infer<typeof policyShape>;
