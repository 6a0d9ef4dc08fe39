import { newId } from '../core/id.js';
import { ensure, needsKeys, refused, same, type Topic } from './contract.js';

/** What is easily taken for something else on its way. */
export const FOREIGN =
  'Line one\nline two </script> ${x} {{y}} \u202e 👩‍👩‍👧 العربية "quoted" &amp; <b>bold</b> \\ end.';

/** Filing an escalation: once, and one at a time. */
export const escalating: Topic = {
  'escalate: files a request, frozen as it was shown, and the case shows it': async ({ customer, setup }) => {
    const { escalation, replayed } = await customer.escalate();
    same([escalation.status, replayed], ['requested', false], 'status, replayed');
    same(escalation.reason, { id: setup.request.reasonId, label: setup.reasonLabel }, 'reason');
    same([escalation.requestedBy?.id, escalation.requestedBy?.me], [setup.customer.id, true], 'requested by');
    same(
      [escalation.details, escalation.confirmed],
      [setup.request.details, setup.request.confirmed],
      'details, confirmed',
    );
    same((await customer.load()).openEscalation?.id, escalation.id, 'open escalation of the case');
  },
  'escalate: the same key and body again is the same escalation': async (scene) => {
    await needsKeys(scene);
    const key = newId();
    const first = await scene.customer.escalate(key);
    const again = await scene.customer.escalate(key);
    same([again.escalation.id, again.replayed], [first.escalation.id, true], 'id, replayed');
  },
  'escalate: the same key with another body is refused': async (scene) => {
    await needsKeys(scene);
    const key = newId();
    await scene.customer.escalate(key);
    await refused(
      scene.customer.escalate(key, {
        ...scene.setup.request,
        details: 'Something else altogether, long enough.',
      }),
      'idempotency-key-reused',
      'escalate with the same key',
    );
  },
  'escalate: the same key twice at the same moment is one': async (scene) => {
    await needsKeys(scene);
    const { customer } = scene;
    const key = newId();
    const results = await Promise.allSettled([customer.escalate(key), customer.escalate(key)]);
    const open = (await customer.load()).openEscalation;
    ensure(open, 'nothing was made');
    for (const result of results)
      if (result.status === 'fulfilled') same(result.value.escalation.id, open.id, 'the one that is open');
      else await refused(Promise.reject(result.reason as Error), 'request-in-progress', 'escalate');
    same((await customer.escalate(key)).escalation.id, open.id, 'the same key again');
  },
  'escalate: a second one is refused, with the first inside': async ({ customer, colleague }) => {
    const { escalation } = await customer.escalate();
    const error = await refused(colleague.escalate(), 'open-escalation-exists', 'a second escalate');
    same(error.details.escalation?.id, escalation.id, 'the winner');
  },
  'escalate: of twenty at once one stays: it alone is made, or all but one withdraw': async ({
    customer,
    colleague,
  }) => {
    const { unique } = await customer.declared();
    const tries = Array.from({ length: 20 }, (_, i) => (i % 2 ? customer : colleague).escalate());
    const results = await Promise.allSettled(tries);
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    same(made.length, 1, 'made');
    const { openEscalation, past } = await customer.load();
    same(openEscalation?.id, made[0]?.escalation.id, 'the one that is open');
    if (unique !== 'none') return same(past, [], 'others of the case');
    const left = past.filter(({ status }) => status !== 'withdrawn');
    same(left, [], 'others of the case that did not withdraw');
  },
  'escalate: a stranger cannot': async ({ stranger }) => {
    await refused(stranger.escalate(), 'not-found', 'escalate by a stranger');
  },
  'escalate: foreign text is kept byte for byte': async ({ customer, setup }) => {
    const details = FOREIGN;
    const { escalation } = await customer.escalate(newId(), { ...setup.request, details });
    same(escalation.details, details, 'details');
  },
};
