import type { CaseState } from './model.js';
import { flag, list, number, object, oneOf, optional, orNull, text, time, type Shape } from './shape.js';

/** A status of an escalation. */
export const status = oneOf('requested', 'under-review', 'accepted', 'declined', 'resolved', 'withdrawn');

/** A {@link CaseState}, as far as the button and the session read it. */
const caseState: Shape = object({
  case: object({ id: text, status: text }),
  openEscalation: orNull(
    object({
      id: text,
      status,
      requestedAt: time,
      owner: orNull(object({ name: text })),
      can: object({ post: flag }),
    }),
  ),
  past: list(object({ id: text, status })),
  verdict: optional(
    object({
      kind: oneOf('available', 'blocked', 'elsewhere', 'open-escalation', 'not-offered'),
      button: optional(object({ label: text })),
      note: optional(text),
      policyReason: optional(text),
      availableAt: optional(time),
    }),
  ),
  policy: optional(object({ id: text, version: text })),
  user: optional(object({ id: text, role: text })),
  can: optional(object({ feed: flag })),
  guarantees: object({ pollSeconds: optional(number) }),
  serverTime: time,
});

/** What dialog and feed draw besides is checked when they do, by `guard-policy.ts` and `guard-escalation.ts`. */
export function isCaseState(value: unknown): value is CaseState {
  if (!caseState(value)) return false;
  const { verdict, openEscalation } = value as CaseState;
  // A verdict that says "open" without the escalation, or the other way round, is no answer.
  return !verdict || (verdict.kind === 'open-escalation') === (openEscalation !== null);
}
