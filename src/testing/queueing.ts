import { ensure, fresh, refused, same, type Topic } from './contract.js';

/** The owner's queue, where the help desk has one. */
export const queueing: Topic = {
  'queue: an open escalation is in it with its case, a closed one is not': async ({
    customer,
    owner,
    setup,
  }) => {
    const queue = async () => fresh(await owner.has('queue')({}, owner.call)).value;
    same((await queue()).escalations, [], 'queue at first');
    const made = (await customer.escalate()).escalation;
    const [row] = (await queue()).escalations;
    same([row?.id, row?.caseId, row?.case?.id], [made.id, setup.caseId, setup.caseId], 'the row');
    await customer.act(made.id, { kind: 'withdraw' }, made.version);
    same((await queue()).escalations, [], 'queue after the end');
  },
  'queue: with the tag of before, nothing new is "not-modified"; a change is not': async ({
    customer,
    owner,
  }) => {
    const queue = owner.has('queue');
    await customer.escalate();
    const { etag, value } = fresh(await queue({}, owner.call));
    if (etag === undefined) return;
    same(await queue({}, { ...owner.call, etag }), 'not-modified', 'second look');
    const [row] = value.escalations;
    ensure(row, 'the queue is empty');
    await owner.act(row.id, { kind: 'take' }, row.version);
    fresh(await queue({}, { ...owner.call, etag }));
  },
  'queue: is not for the customer’s side': async ({ customer }) => {
    await refused(customer.has('queue')({}, customer.call), 'forbidden');
  },
  'queue: a cursor that is none is refused': async ({ owner }) => {
    const queue = owner.has('queue');
    const outcome = await queue({ after: 'no-such-row' }, owner.call).catch((error: unknown) => error);
    const code = (outcome as { code?: string }).code;
    ensure(code === 'bad-cursor' || code === 'cursor-expired', `expected a refusal, got ${String(code)}`);
  },
};
