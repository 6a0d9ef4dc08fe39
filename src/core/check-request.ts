import type { Facts } from './facts.js';
import type { CriterionResult, EscalationRequest } from './model.js';
import type { Policy } from './policy.js';
import { criterionOf, questions, reasonsFor, type RequestFault } from './request.js';

/**
 * Checks what a requester filled in against the form of the policy; used by the page before sending and by the
 * server before writing.
 * @returns every fault, in the order of the form; empty: it may be sent
 */
export function checkRequest(
  policy: Policy,
  facts: Facts,
  criteria: readonly CriterionResult[],
  request: EscalationRequest,
): RequestFault[] {
  const faults: RequestFault[] = [];
  const length = (pointer: string, value: string | undefined, required: boolean, max: number, min = 1) => {
    const size = value?.trim().length ?? 0;
    if (required && size === 0) faults.push({ pointer, code: 'missing' });
    else if (required && size < min) faults.push({ pointer, code: 'too-short', limit: min });
    else if (size > max) faults.push({ pointer, code: 'too-long', limit: max });
  };
  const reason = reasonsFor(policy, facts).find(({ id }) => id === request.reasonId);
  if (!reason) faults.push({ pointer: '/reasonId', code: request.reasonId ? 'not-offered' : 'missing' });
  if (reason?.instead) return [{ pointer: '/reasonId', code: 'elsewhere' }];
  const { form } = policy;
  length('/onBehalfOf', request.onBehalfOf, false, 200);
  if (reason?.contact) {
    const method = request.contact?.method;
    if (!method || !form.contactMethods.includes(method))
      faults.push({ pointer: '/contact/method', code: 'missing' });
    else length('/contact/value', request.contact?.value, true, 200);
  }
  for (const field of form.fields.filter(({ id }) => reason?.fields.includes(id)))
    length(`/fields/${field.id}`, request.fields?.[field.id], field.required, field.maxLength);
  length(
    '/details',
    request.details,
    reason?.details === 'required',
    form.details.maxLength,
    reason?.minDetails,
  );
  for (const { id } of questions(policy, criteria)) {
    const criterion = criterionOf(policy, id);
    // Its words are asked for once it is confirmed.
    if (!request.confirmed.includes(id)) faults.push({ pointer: `/confirmed/${id}`, code: 'not-confirmed' });
    else if (criterion?.kind === 'confirm' && criterion.impact && form.impact)
      length('/impact', request.impact, true, form.impact.maxLength);
  }
  return faults;
}
