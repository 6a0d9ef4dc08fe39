import { newId } from '../core/id.js';
import type { Action, Level, Queue } from '../core/model.js';
import { compareUrgency } from '../core/urgency.js';
import { ensure, fresh, refused, same, Skip, type Topic } from './contract.js';

/** The owner's queue, where the help desk has one. */
export const queueing: Topic = {
  'queue: an open escalation is in it with its case, a closed one is not': async ({
    customer,
    owner,
    setup,
  }) => {
    same((await owner.queue()).escalations, [], 'queue at first');
    const made = (await customer.escalate()).escalation;
    const [row] = (await owner.queue()).escalations;
    same([row?.id, row?.caseId, row?.case?.id], [made.id, setup.caseId, setup.caseId], 'the row');
    await customer.act(made.id, { kind: 'withdraw' }, made.version);
    same((await owner.queue()).escalations, [], 'queue after the end');
  },
  'queue: with the tag of before, nothing new is "not-modified"; a change is not': async ({
    customer,
    owner,
  }) => {
    const queue = owner.has('queue');
    await customer.escalate();
    const { etag, value } = fresh(await queue({}, owner.call), 'queue');
    if (etag === undefined) return;
    same(await queue({}, { ...owner.call, etag }), 'not-modified', 'second look');
    const [row] = value.escalations;
    ensure(row, 'the queue is empty');
    await owner.act(row.id, { kind: 'take' }, row.version);
    fresh(await queue({}, { ...owner.call, etag }), 'queue after a change');
  },
  'queue: the most urgent first, and page by page every row once': async ({ customer, owner, setup }) => {
    const ids = [setup.caseId, ...(setup.moreCases ?? [])];
    if (ids.length < 3) throw new Skip('the setup has no more cases');
    owner.has('queue');
    const importance = ['low', 'high', 'medium'] as const;
    for (const [i, id] of ids.entries()) {
      const made = (await customer.escalate(newId(), setup.request, id)).escalation;
      const level = importance[i % 3] as Level;
      const accept: Action = { kind: 'accept', importance: level, urgency: level, text: 'Yes.' };
      if (i < 3) await owner.act(made.id, accept, made.version);
    }
    const whole = (await owner.queue()).escalations;
    same(new Set(whole.map((row) => row.caseId)).size, ids.length, 'cases in the queue');
    const sorted = [...whole].sort(compareUrgency(new Date()));
    same(
      whole.map((row) => row.id),
      sorted.map((row) => row.id),
      'order',
    );
    const rows: string[] = [];
    for (let after: string | null | undefined, turns = 0; after !== null && turns < 9; turns++) {
      const page: Queue = await owner.queue({ limit: 1, ...(after && { after }) });
      rows.push(...page.escalations.map((row) => row.id));
      after = page.after;
    }
    same(
      rows,
      whole.map((row) => row.id),
      'rows of all pages',
    );
  },
  'queue: is not for the customer’s side': async ({ customer }) => {
    await refused(customer.queue(), 'forbidden', 'queue for the customer');
  },
  'queue: a cursor that is none is refused': async ({ owner }) => {
    const queue = owner.has('queue');
    const outcome = await queue({ after: 'no-such-row' }, owner.call).catch((error: unknown) => error);
    const code = (outcome as { code?: string }).code;
    ensure(
      code === 'bad-cursor' || code === 'cursor-expired',
      `queue with a wrong cursor: expected "bad-cursor" or "cursor-expired", got ${code ?? 'an answer'}`,
    );
  },
};
