import { newId } from '../core/id.js';
import { refused, same, type Topic } from './contract.js';

/** Filing an escalation: once, and one at a time. */
export const escalating: Topic = {
  'escalate: files a request, frozen as it was shown, and the case shows it': async ({ customer, setup }) => {
    const { escalation, replayed } = await customer.escalate();
    same([escalation.status, replayed], ['requested', false], 'status, replayed');
    same(escalation.reason, { id: setup.request.reasonId, label: setup.reasonLabel }, 'reason');
    same([escalation.requestedBy?.id, escalation.requestedBy?.me], [setup.customer.id, true], 'requested by');
    same(escalation.details, setup.request.details, 'details');
    same((await customer.load()).openEscalation?.id, escalation.id, 'open escalation of the case');
  },
  'escalate: the same key and body again is the same escalation': async ({ customer }) => {
    const key = newId();
    const first = await customer.escalate(key);
    const again = await customer.escalate(key);
    same([again.escalation.id, again.replayed], [first.escalation.id, true], 'id, replayed');
  },
  'escalate: the same key with another body is refused': async ({ customer, setup }) => {
    if (customer.backend.guarantees.dedup !== 'key') return;
    const key = newId();
    await customer.escalate(key);
    await refused(
      customer.escalate(key, { ...setup.request, details: 'Something else altogether, long enough.' }),
      'idempotency-key-reused',
    );
  },
  'escalate: a second one is refused, with the first inside': async ({ customer, colleague }) => {
    const { escalation } = await customer.escalate();
    const error = await refused(colleague.escalate(), 'open-escalation-exists');
    same(error.details.escalation?.id, escalation.id, 'the winner');
  },
  'escalate: of ten at once exactly one is made': async ({ customer, colleague }) => {
    if (customer.backend.guarantees.unique === 'none') return;
    const tries = Array.from({ length: 10 }, (_, i) => (i % 2 ? customer : colleague).escalate());
    const results = await Promise.allSettled(tries);
    same(results.filter(({ status }) => status === 'fulfilled').length, 1, 'made');
  },
  'escalate: a stranger cannot': async ({ stranger }) => {
    await refused(stranger.escalate(), 'not-found');
  },
  'escalate: foreign text is kept byte for byte': async ({ customer, setup }) => {
    const details = 'Line one\nline two </script> ${x} {{y}} \u202e 👩‍👩‍👧 العربية "quoted" \\ end.';
    const { escalation } = await customer.escalate(newId(), { ...setup.request, details });
    same(escalation.details, details, 'details');
  },
};
