import { completeState } from '../core/access.js';
import { isBackendError, type ErrorCode } from '../core/backend.js';
import { newId } from '../core/id.js';
import type { Action, ActionKind, JudgedState } from '../core/model.js';
import { ensure, same, type Actor, type Topic } from './contract.js';

/** That what a help desk declares is so: nobody is offered what it does not take. */

/** The case as a page gets it: judged by the server, or in the page. Elements draw what its `can` says, and no more. */
async function shownTo({ user, load, call }: Actor): Promise<JudgedState> {
  const state = await load();
  if (state.verdict) return state as JudgedState;
  ensure(call.policy, 'a backend that gives no verdict needs the policy in its calls');
  return completeState(state, call.policy, user, new Date());
}

const REFUSALS: readonly ErrorCode[] = ['forbidden', 'not-found', 'transition-not-allowed'];

async function isRefused(work: Promise<unknown>, what: string): Promise<void> {
  const outcome = await work.then(
    () => 'an answer',
    (error: unknown) => error,
  );
  ensure(
    isBackendError(outcome) && REFUSALS.includes(outcome.code),
    `${what} is not declared, and was not refused: ${String(outcome)}`,
  );
}

const ALL: { [K in ActionKind]: Extract<Action, { kind: K }> } = {
  take: { kind: 'take' },
  accept: { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' },
  decline: { kind: 'decline', text: 'No.', criteria: [] },
  promise: { kind: 'promise', text: 'Soon.' },
  'keep-promise': { kind: 'keep-promise', promiseId: 'none' },
  'next-update': { kind: 'next-update', dueAt: '2999-01-01T00:00:00Z' },
  'move-to-case-feed': { kind: 'move-to-case-feed', entryId: 'none' },
  note: { kind: 'note', text: 'Between us.' },
  resolve: { kind: 'resolve', summary: 'Done.' },
  withdraw: { kind: 'withdraw' },
  reopen: { kind: 'reopen', text: 'Again.' },
  follow: { kind: 'follow' },
  nudge: { kind: 'nudge' },
  rate: { kind: 'rate', value: 3 },
  read: { kind: 'read', entryId: 'none' },
};

export const declaring: Topic = {
  'declared: an action that the help desk does not take is offered to nobody, and refused': async ({
    customer,
    owner,
  }) => {
    const made = (await customer.escalate()).escalation;
    const { acts = Object.keys(ALL) } = await customer.declared();
    const missing = Object.values(ALL).filter(({ kind }) => !acts.includes(kind));
    for (const who of [customer, owner]) {
      const offered = (await shownTo(who)).openEscalation?.can.act ?? [];
      same(
        offered.filter((kind) => !acts.includes(kind)),
        [],
        `offered to the ${who.user.role}, though not declared`,
      );
      for (const action of who.backend.act ? missing : [])
        await isRefused(
          who.has('act')(made.id, action, { ...who.call, key: newId(), etag: made.version }),
          action.kind,
        );
    }
  },
  'declared: entries, notes and files are offered where they are there, and nowhere else': async ({
    customer,
    setup,
  }) => {
    const { can } = await shownTo(customer);
    const { backend, call } = customer;
    for (const [is, ...names] of [
      [can.feed, 'entries', 'post'],
      [can.note, 'note'],
      [can.attach, 'upload', 'download'],
    ] as const)
      for (const name of names) ensure(!is || backend[name], `${name} is offered, and is not there`);
    if (!can.note && backend.note)
      await isRefused(
        backend.note(setup.caseId, { kind: 'reply', text: 'Hello' }, { ...call, key: newId() }),
        'note',
      );
    if (!can.attach && backend.upload)
      await isRefused(backend.upload(setup.caseId, { name: 'a.txt', data: new Blob(['a']) }, call), 'upload');
  },
  'declared: where there are no events, whoever watches is told to poll': async ({ customer, setup }) => {
    const { live } = await customer.declared();
    const { watch } = customer.backend;
    if (live) return ensure(watch, 'live is declared, and watch is not there');
    if (!watch) return;
    const stop = new AbortController();
    same(
      await watch(setup.caseId, undefined, { ...customer.call, signal: stop.signal }, () => stop.abort()),
      false,
      'answer to who watches',
    );
  },
};
