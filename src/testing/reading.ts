import { ensure, fresh, inTime, refused, same, soon, type Topic } from './contract.js';

/** Loading a case. */
export const reading: Topic = {
  'load: answers the case, without an escalation': async ({ customer, setup }) => {
    const state = await customer.load();
    same(state.case.id, setup.caseId, 'case id');
    same(state.openEscalation, null, 'open escalation');
    ensure(!Number.isNaN(Date.parse(state.serverTime)), 'serverTime is no time');
  },
  'load: an unknown case and a foreign one are refused alike': async ({ customer, stranger }) => {
    await refused(customer.backend.load('no-such-case', customer.call), 'not-found', 'load of no case');
    await refused(stranger.load(), 'not-found', 'load by a stranger');
  },
  'load: with the etag of before, nothing new is "not-modified"; a change is not': async ({
    customer,
    setup,
  }) => {
    const { etag } = fresh(await customer.backend.load(setup.caseId, customer.call), 'load');
    if (etag === undefined) return;
    same(
      await customer.backend.load(setup.caseId, { ...customer.call, etag }),
      'not-modified',
      'second load',
    );
    await customer.escalate();
    fresh(await customer.backend.load(setup.caseId, { ...customer.call, etag }), 'load after a change');
  },
  'load: after a word of the other side it is not "not-modified", and says that there is a newer entry':
    async ({ customer, owner, setup }) => {
      const { id } = (await customer.escalate()).escalation;
      await customer.post(id, 'Any news?');
      const known = (await customer.entries(id)).entries.map((entry) => entry.id);
      const before = fresh(await customer.backend.load(setup.caseId, customer.call), 'load');
      const was = before.value.openEscalation?.latestEntryId;
      const made = await owner.post(id, 'We are on it.');
      const look = async () => {
        const found = await customer.backend.load(setup.caseId, { ...customer.call, etag: before.etag });
        return found === 'not-modified' ? found : (found.value.openEscalation?.latestEntryId ?? 'null');
      };
      const is = await soon(look, (found) => found !== 'not-modified' && found !== was);
      ensure(is !== 'not-modified', 'load after a message: expected something new, got "not-modified"');
      ensure(
        is !== was && is !== 'null',
        `latestEntryId after a message: expected another than ${was}, got ${is}`,
      );
      // Whatever else it is, it must not name an entry that the page has: then it asks for none.
      ensure(
        !known.includes(is),
        `latestEntryId: expected that of the new entry, ${made.id}, got that of an older one, ${is}`,
      );
    },
  'load: a stranger finds neither the case nor the escalation, while it is open and after its end': async ({
    customer,
    stranger,
  }) => {
    const made = (await customer.escalate()).escalation;
    const assertUnseen = async (when: string) => {
      await refused(stranger.load(), 'not-found', `load by a stranger, ${when}`);
      if (stranger.lacks('escalation')) return;
      await refused(stranger.escalation(made.id), 'not-found', `escalation by a stranger, ${when}`);
      await refused(stranger.entries(made.id), 'not-found', `entries by a stranger, ${when}`);
    };
    await assertUnseen('while it is open');
    await customer.act(made.id, { kind: 'withdraw' }, made.version);
    await assertUnseen('after its end');
  },
  'load: an aborted call rejects with what it was aborted with, or ends before': async ({
    customer,
    setup,
  }) => {
    const abort = new AbortController();
    const reason = new Error('left');
    const work = customer.backend.load(setup.caseId, { ...customer.call, signal: abort.signal });
    abort.abort(reason);
    const outcome = await inTime(
      work.then(
        () => reason,
        (error: unknown) => error,
      ),
      'the end of an aborted load',
    );
    ensure(outcome === reason, `expected the reason of the abort, got ${String(outcome)}`);
  },
};
