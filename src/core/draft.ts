import type { Contact, EscalationRequest } from './model.js';
import type { Policy } from './policy.js';

/** What somebody has filled in so far. */
export interface Draft {
  reasonId: string;
  details: string;
  impact: string;
  contact: Contact | null;
  fields: Readonly<Record<string, string>>;
  /** Answers to the questions, by criterion. */
  answers: Readonly<Record<string, 'yes' | 'no'>>;
  /** Criteria that the requester says are met after all (G5). */
  contested: readonly string[];
  onBehalfOf: string;
  /** Id of the declined escalation that this one is to put right; else empty. */
  corrects: string;
}

export const emptyDraft: Draft = Object.freeze({
  reasonId: '',
  details: '',
  impact: '',
  contact: null,
  fields: {},
  answers: {},
  contested: [],
  onBehalfOf: '',
  corrects: '',
});

/** Typed text that must not be lost. */
export const typedText = (draft: Draft): string =>
  [draft.details, draft.impact].filter((text) => text.trim()).join('\n\n');

/** The answer that lets a request go on: of a question the policy's, of a missing fact "yes". */
export function expectedAnswer(policy: Policy, criterionId: string): 'yes' | 'no' {
  const criterion = policy.criteria.find(({ id }) => id === criterionId);
  return criterion?.kind === 'confirm' ? criterion.expects : 'yes';
}

/** The request that a draft makes; empty members are left out. */
export function toRequest(draft: Draft, policy: Policy): EscalationRequest {
  const reason = policy.reasons.find(({ id }) => id === draft.reasonId);
  const confirmed = Object.entries(draft.answers)
    .filter(([id, answer]) => answer === expectedAnswer(policy, id))
    .map(([id]) => id);
  const fields = Object.entries(draft.fields).filter(
    ([id, value]) => value.trim() && reason?.fields.includes(id),
  );
  return {
    reasonId: draft.reasonId,
    ...(draft.details.trim() && { details: draft.details }),
    ...(draft.impact.trim() && { impact: draft.impact }),
    ...(reason?.contact && draft.contact && { contact: draft.contact }),
    ...(fields.length && { fields: Object.fromEntries(fields) }),
    ...(draft.onBehalfOf.trim() && { onBehalfOf: draft.onBehalfOf }),
    ...(draft.corrects && { corrects: draft.corrects }),
    confirmed: [...confirmed, ...draft.contested],
    policyVersion: policy.version,
  };
}
