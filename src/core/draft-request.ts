import { expectedAnswer, type Draft } from './draft.js';
import type { EscalationRequest } from './model.js';
import type { Policy } from './policy.js';

/** The request that a draft makes; empty members are left out. */
export function toRequest(draft: Draft, policy: Policy): EscalationRequest {
  const reason = policy.reasons.find(({ id }) => id === draft.reasonId);
  const confirmed = Object.entries(draft.answers)
    .filter(([id, answer]) => answer === expectedAnswer(policy, id))
    .map(([id]) => id);
  const fields = Object.entries(draft.fields).filter(
    ([id, value]) => value.trim() && reason?.fields.includes(id),
  );
  const attachmentIds = draft.files?.flatMap(({ id }) => id ?? []);
  return {
    reasonId: draft.reasonId,
    ...(draft.details.trim() && { details: draft.details }),
    ...(draft.impact.trim() && { impact: draft.impact }),
    ...(reason?.contact && draft.contact && { contact: draft.contact }),
    ...(fields.length && { fields: Object.fromEntries(fields) }),
    ...(draft.onBehalfOf.trim() && { onBehalfOf: draft.onBehalfOf }),
    ...(draft.corrects && { corrects: draft.corrects }),
    ...(attachmentIds?.length && { attachmentIds }),
    confirmed: [...confirmed, ...draft.contested],
    policyVersion: policy.version,
  };
}
