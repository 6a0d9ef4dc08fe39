import { ensure, fresh, refused, same, type Topic } from './contract.js';

/** Loading a case. */
export const reading: Topic = {
  'load: answers the case, without an escalation': async ({ customer, setup }) => {
    const state = await customer.load();
    same(state.case.id, setup.caseId, 'case id');
    same(state.openEscalation, null, 'open escalation');
    ensure(!Number.isNaN(Date.parse(state.serverTime)), 'serverTime is no time');
  },
  'load: an unknown case and a foreign one are refused alike': async ({ customer, stranger, setup }) => {
    await refused(customer.backend.load('no-such-case', customer.call), 'not-found');
    await refused(stranger.backend.load(setup.caseId, stranger.call), 'not-found');
  },
  'load: with the etag of before, nothing new is "not-modified"; a change is not': async ({
    customer,
    setup,
  }) => {
    const { etag } = fresh(await customer.backend.load(setup.caseId, customer.call));
    if (etag === undefined) return;
    same(
      await customer.backend.load(setup.caseId, { ...customer.call, etag }),
      'not-modified',
      'second load',
    );
    await customer.escalate();
    fresh(await customer.backend.load(setup.caseId, { ...customer.call, etag }));
  },
  'load: an aborted call rejects with what it was aborted with, or ends before': async ({
    customer,
    setup,
  }) => {
    const abort = new AbortController();
    const reason = new Error('left');
    const work = customer.backend.load(setup.caseId, { ...customer.call, signal: abort.signal });
    abort.abort(reason);
    const outcome = await work.then(
      () => reason,
      (error: unknown) => error,
    );
    ensure(outcome === reason, `expected the reason of the abort, got ${String(outcome)}`);
  },
};
