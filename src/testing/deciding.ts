import { newId } from '../core/id.js';
import type { Action, EntryQuery } from '../core/model.js';
import { ACCEPT } from './acting.js';
import { ensure, refused, same, type Actor, type Topic } from './contract.js';

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
    const accepted = await owner.act(made.id, ACCEPT, taken.version);
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
    await refused(owner.act(made.id, ACCEPT, made.version), 'version-changed', 'accept');
  },
  'act: what the lifecycle or the role does not allow is refused': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    await refused(
      owner.act(made.id, { kind: 'resolve', summary: 'Done' }, made.version),
      'transition-not-allowed',
      'resolve',
    );
    await refused(customer.act(made.id, { kind: 'take' }, made.version), 'forbidden', 'take by the customer');
  },
  'act: a stranger cannot, nor write on the case': async ({ customer, stranger, setup }) => {
    const made = (await customer.escalate()).escalation;
    const call = { ...stranger.call, key: newId(), etag: made.version };
    await refused(stranger.has('act')(made.id, { kind: 'withdraw' }, call), 'not-found', 'act by a stranger');
    same((await customer.load()).openEscalation?.version, made.version, 'version');
    if (!(await customer.load()).can?.note) return;
    const note = { kind: 'reply' as const, text: 'Let me in' };
    await refused(
      stranger.has('note')(setup.caseId, note, { ...call, key: newId() }),
      'not-found',
      'note by a stranger',
    );
  },
  'act: a closed escalation takes no more messages': async ({ customer }) => {
    const made = (await customer.escalate()).escalation;
    await customer.act(made.id, { kind: 'withdraw' }, made.version);
    await refused(customer.post(made.id, 'One more thing'), 'escalation-closed', 'post');
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
  'act: internal notes stay among owners, on whatever page': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    const { after } = await customer.entries(made.id);
    await owner.act(made.id, { kind: 'note', text: 'Between us' }, made.version);
    for (const text of ['One', 'Two']) await owner.post(made.id, text);
    const older = async (who: Actor) => (await who.entries(made.id, { limit: 2 })).before ?? undefined;
    const note = (await owner.entries(made.id)).entries.find(({ text }) => text === 'Between us');
    ensure(note, 'the note: expected it for the owner, got none');
    const pages = async (who: Actor): Promise<[string, EntryQuery][]> => [
      ['newest', {}],
      ['newer', { after }],
      ['older', { before: await older(who) }],
      ['by day', { at: note.at.slice(0, 10) }],
      ['by moment', { at: note.at }],
    ];
    for (const who of [owner, customer])
      for (const [name, query] of await pages(who)) {
        const texts = (await who.entries(made.id, query)).entries.map(({ text }) => text);
        same(
          texts.includes('Between us'),
          who === owner,
          `the note on the ${name} page of the ${who.user.role}`,
        );
      }
    const latest = (await customer.load()).openEscalation?.latestEntryId;
    ensure(latest !== note.id, 'latestEntryId for the customer: expected none of an internal note');
  },
  'note: lands on the case': async ({ customer, setup }) => {
    await customer.note('Here are the logs.');
    const { lastUpdate } = (await customer.load()).case;
    same([lastUpdate?.by?.id, lastUpdate?.excerpt], [setup.customer.id, 'Here are the logs.'], 'last update');
  },
};
