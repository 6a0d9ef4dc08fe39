import { newId } from '../core/id.js';
import type { Action } from '../core/model.js';
import { ensure, refused, same, type Actors, type Topic } from './contract.js';

const accept: Action = {
  kind: 'accept',
  importance: 'high',
  urgency: 'medium',
  text: 'We take it on.',
  nextSteps: [{ text: 'Reproduce it' }],
};

/** The life of an escalation, and notes on the case. */
export const deciding: Topic = {
  'act: take, accept, resolve: owner, priority and summary are there for the customer': async ({
    customer,
    owner,
    setup,
  }) => {
    const made = (await customer.escalate()).escalation;
    const taken = await owner.act(made.id, { kind: 'take' }, made.version);
    same([taken.status, taken.owner?.id], ['under-review', setup.owner.id], 'taken');
    const accepted = await owner.act(made.id, accept, taken.version);
    same(
      [accepted.status, accepted.importance, accepted.urgency],
      ['accepted', 'high', 'medium'],
      'accepted',
    );
    ensure(accepted.priority, 'no priority was set');
    const kinds = (await customer.entries(made.id)).entries.map(({ kind }) => kind);
    ensure(
      kinds.includes('decision') && kinds.includes('next-steps'),
      `entries lack the decision: ${kinds.join()}`,
    );
    await owner.act(made.id, { kind: 'resolve', summary: 'Fixed in 9.4.1' }, accepted.version);
    const seen = await customer.escalation(made.id);
    same([seen.status, seen.closed?.summary], ['resolved', 'Fixed in 9.4.1'], 'resolved');
    same((await customer.load()).openEscalation, null, 'open escalation');
  },
  'act: a decline gives reasons; the case can be escalated again': async ({ customer, owner, setup }) => {
    const made = (await customer.escalate()).escalation;
    const decline: Action = {
      kind: 'decline',
      text: 'Not yet.',
      criteria: [{ id: 'c5', text: 'Too early' }],
    };
    await owner.act(made.id, decline, made.version);
    const state = await customer.load();
    same(
      [state.openEscalation, state.past[0]?.id, state.past[0]?.status],
      [null, made.id, 'declined'],
      'state',
    );
    same((await customer.escalation(made.id)).decision?.criteria, decline.criteria, 'reasons');
    const again = await customer.escalate(newId(), { ...setup.request, corrects: made.id });
    same(again.escalation.corrects, made.id, 'corrects');
  },
  'act: on an old version is refused': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    await owner.act(made.id, { kind: 'take' }, made.version);
    await refused(owner.act(made.id, accept, made.version), 'version-changed');
  },
  'act: what the lifecycle or the role does not allow is refused': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    await refused(
      owner.act(made.id, { kind: 'resolve', summary: 'Done' }, made.version),
      'transition-not-allowed',
    );
    await refused(customer.act(made.id, { kind: 'take' }, made.version), 'forbidden');
  },
  'act: a stranger cannot, nor write on the case': async ({ customer, stranger, setup }) => {
    const made = (await customer.escalate()).escalation;
    const call = { ...stranger.call, key: newId(), etag: made.version };
    await refused(stranger.has('act')(made.id, { kind: 'withdraw' }, call), 'not-found');
    same((await customer.load()).openEscalation?.version, made.version, 'version');
    if (!(await customer.load()).can?.note) return;
    const note = { kind: 'reply' as const, text: 'Let me in' };
    await refused(stranger.has('note')(setup.caseId, note, { ...call, key: newId() }), 'not-found');
  },
  'act: a closed escalation takes no more messages': async ({ customer }) => {
    const made = (await customer.escalate()).escalation;
    await customer.act(made.id, { kind: 'withdraw' }, made.version);
    await refused(customer.post(made.id, 'One more thing'), 'escalation-closed');
  },
  'act: read: each person’s own, and the version stays': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    const { id: entryId } = await owner.post(made.id, 'Hello');
    const before = await customer.escalation(made.id);
    const read = await customer.act(made.id, { kind: 'read', entryId }, before.version);
    same([before.unread, read.unread, read.version], [1, 0, before.version], 'unread, version after reading');
  },
  'act: follow: everybody sees how many, and the version stays': async ({ customer, colleague }) => {
    const made = (await customer.escalate()).escalation;
    const followed = await colleague.act(made.id, { kind: 'follow' }, made.version);
    const seen = await customer.escalation(made.id);
    same([followed.following, followed.version], [true, made.version], 'following, version');
    same([seen.followers, seen.following], [1, false], 'followers, following of the other');
  },
  'act: internal notes stay among owners': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    await owner.act(made.id, { kind: 'note', text: 'Between us' }, made.version);
    const texts = async (who: Actors['customer']) =>
      (await who.entries(made.id)).entries.map(({ text }) => text);
    ensure((await texts(owner)).includes('Between us'), 'the owner does not see the note');
    ensure(!(await texts(customer)).includes('Between us'), 'the customer sees the internal note');
  },
  'note: lands on the case': async ({ customer, setup }) => {
    await customer.note('Here are the logs.');
    const { lastUpdate } = (await customer.load()).case;
    same([lastUpdate?.by?.id, lastUpdate?.excerpt], [setup.customer.id, 'Here are the logs.'], 'last update');
  },
};
