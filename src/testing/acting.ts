import { newId } from '../core/id.js';
import type { Action, Escalation } from '../core/model.js';
import { ensure, refused, same, type Actor, type Scene, type Topic } from './contract.js';

/** What each action does, as the other side reads it; and that none is carried out on what was seen before a change. */

/** A decision with everything in it. */
export const ACCEPT: Action = {
  kind: 'accept',
  importance: 'high',
  urgency: 'medium',
  text: 'We take it on.',
  nextSteps: [{ text: 'Reproduce it' }],
};
const MINUTE = 60_000;
const DAY = '2999-01-01T00:00:00.000Z';

/** An escalation that its owner has taken. */
async function taken({ customer, owner }: Scene): Promise<Escalation> {
  const made = (await customer.escalate()).escalation;
  return owner.act(made.id, { kind: 'take' }, made.version);
}

async function resolved(scene: Scene): Promise<Escalation> {
  const { id, version } = await taken(scene);
  const accepted = await scene.owner.act(id, ACCEPT, version);
  return scene.owner.act(id, { kind: 'resolve', summary: 'Fixed.' }, accepted.version);
}

/** The newest entry of such a kind, in short. */
async function told(who: Actor, id: string, kind: string): Promise<unknown> {
  const found = (await who.entries(id)).entries.findLast((entry) => entry.kind === kind);
  return found && [found.author.id, found.text];
}

const instant = (at: string | null | undefined): number => Date.parse(at ?? '');

export const acting: Topic = {
  'act: take is told to the customer': async (scene) => {
    const { id } = await taken(scene);
    const seen = await scene.customer.escalation(id);
    same(
      [seen.status, seen.owner?.id, seen.owner?.name],
      ['under-review', scene.owner.user.id, scene.owner.user.name],
      'taken',
    );
  },
  'act: accept brings words, priority and steps': async (scene) => {
    const { id, version } = await taken(scene);
    await scene.owner.act(id, ACCEPT, version);
    const { status, decision, importance, urgency, priority, nextSteps } =
      await scene.customer.escalation(id);
    same(
      [status, decision?.outcome, decision?.text, importance, urgency, nextSteps?.map(({ text }) => text)],
      ['accepted', 'accepted', 'We take it on.', 'high', 'medium', ['Reproduce it']],
      'accepted',
    );
    ensure(priority, 'priority: expected one, got none');
    same(await told(scene.customer, id, 'decision'), [scene.owner.user.id, 'We take it on.'], 'the decision');
  },
  'act: promise is there for the customer, keep-promise ticks it off': async (scene) => {
    const { customer, owner } = scene;
    const { id, version } = await taken(scene);
    const promised = await owner.act(id, { kind: 'promise', text: 'A patch', dueAt: DAY }, version);
    const seen = (await customer.escalation(id)).promises.find(({ text }) => text === 'A patch');
    ensure(seen, 'the promise: expected it for the customer, got none');
    same([instant(seen.dueAt), seen.keptAt], [instant(DAY), undefined], 'dueAt, keptAt');
    same(await told(customer, id, 'promise'), [owner.user.id, 'A patch'], 'the entry');
    await owner.act(id, { kind: 'keep-promise', promiseId: seen.id }, promised.version);
    const kept = (await customer.escalation(id)).promises.find((row) => row.id === seen.id);
    ensure(!Number.isNaN(instant(kept?.keptAt)), `keptAt: expected a time, got ${kept?.keptAt}`);
  },
  'act: next-update says when': async (scene) => {
    const { id, version } = await taken(scene);
    await scene.owner.act(id, { kind: 'next-update', dueAt: DAY }, version);
    same(instant((await scene.customer.escalation(id)).nextUpdateDueAt), instant(DAY), 'nextUpdateDueAt');
  },
  'act: move-to-case-feed puts the message on the case, and says so': async (scene) => {
    const { customer, owner } = scene;
    const made = (await customer.escalate()).escalation;
    const message = await customer.post(made.id, 'The logs are there.');
    const { version } = await customer.escalation(made.id);
    await customer.act(made.id, { kind: 'move-to-case-feed', entryId: message.id }, version);
    same((await owner.load()).case.lastUpdate?.excerpt, 'The logs are there.', 'last update of the case');
    const moved = (await owner.entries(made.id)).entries.findLast(({ kind }) => kind === 'moved');
    same([moved?.about, moved?.author.id], [message.id, customer.user.id], 'the entry: about, author');
  },
  'act: reopen opens it again, with words': async (scene) => {
    const { customer, owner } = scene;
    const { id, version } = await resolved(scene);
    await customer.act(id, { kind: 'reopen', text: 'It is back.' }, version);
    const seen = await owner.escalation(id);
    same([seen.status, seen.closed], ['under-review', undefined], 'status, closed');
    same((await customer.load()).openEscalation?.id, id, 'open escalation of the case');
    same(await told(owner, id, 'status'), [customer.user.id, 'It is back.'], 'the entry');
  },
  'act: reopen is refused while another one is open': async (scene) => {
    const { customer } = scene;
    const { id, version } = await resolved(scene);
    const { escalation } = await customer.escalate(newId());
    const error = await refused(
      customer.act(id, { kind: 'reopen', text: 'It is back.' }, version),
      'open-escalation-exists',
      'reopen',
    );
    same(error.details.escalation?.id, escalation.id, 'the one that is open');
  },
  'act: withdraw ends it, for the owner too': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    await customer.act(made.id, { kind: 'withdraw', text: 'It works again.' }, made.version);
    const { status, closed } = await owner.escalation(made.id);
    same([status, closed?.by.id], ['withdrawn', customer.user.id], 'status, by');
    const { openEscalation, past } = await owner.load();
    same([openEscalation, past[0]?.id, past[0]?.status], [null, made.id, 'withdrawn'], 'the case');
  },
  'act: nudge asks for the update that has not come, and not again at once': async (scene) => {
    const { customer, owner } = scene;
    const { id, version } = await taken(scene);
    const late = await owner.act(id, { kind: 'next-update', dueAt: '2020-01-01T00:00:00.000Z' }, version);
    await customer.act(id, { kind: 'nudge' }, late.version);
    same(await told(owner, id, 'notice'), [customer.user.id, ''], 'the entry');
    const { at = '' } = (await owner.entries(id)).entries.findLast(({ kind }) => kind === 'notice') ?? {};
    // By a clock that is not ours, "a short while ago" is not ours to say.
    if (Math.abs(Date.now() - instant(at)) > MINUTE) return;
    await refused(customer.act(id, { kind: 'nudge' }, late.version), 'rate-limited', 'a second nudge');
  },
  'act: rate is told to the owner': async (scene) => {
    const { id, version } = await resolved(scene);
    await scene.customer.act(id, { kind: 'rate', value: 4 }, version);
    same((await scene.owner.escalation(id)).closed?.rating, 4, 'rating');
  },
  'act: follow brings words to the owner': async ({ customer, colleague, owner }) => {
    const made = (await customer.escalate()).escalation;
    await colleague.act(made.id, { kind: 'follow', impact: 'We wait, too.' }, made.version);
    same(await told(owner, made.id, 'message'), [colleague.user.id, 'We wait, too.'], 'the entry');
  },
  'act: none that others see is carried out on an old version': async (scene) => {
    const { customer, owner } = scene;
    const { acts } = await customer.declared();
    const made = (await customer.escalate()).escalation;
    const { id } = made;
    const { id: entryId } = await customer.post(id, 'The logs are there.');
    const assertOld = async (who: Actor, version: string, actions: Action[]) => {
      const is = (await owner.escalation(id)).version;
      for (const action of actions.filter(({ kind }) => !acts || acts.includes(kind)))
        await refused(who.act(id, action, version), 'version-changed', `${action.kind} on an old version`);
      same((await owner.escalation(id)).version, is, 'version afterwards');
    };
    const first = await owner.act(id, { kind: 'take' }, made.version);
    await assertOld(customer, made.version, [{ kind: 'withdraw' }, { kind: 'move-to-case-feed', entryId }]);
    await assertOld(owner, made.version, [
      ACCEPT,
      { kind: 'decline', text: 'No.', criteria: [] },
      { kind: 'promise', text: 'Soon.' },
      { kind: 'next-update', dueAt: DAY },
      { kind: 'note', text: 'Between us.' },
    ]);
    const second = await owner.act(id, ACCEPT, first.version);
    await assertOld(owner, first.version, [{ kind: 'resolve', summary: 'Done.' }]);
    await owner.act(id, { kind: 'resolve', summary: 'Done.' }, second.version);
    await assertOld(customer, second.version, [{ kind: 'reopen', text: 'Again.' }]);
  },
};
