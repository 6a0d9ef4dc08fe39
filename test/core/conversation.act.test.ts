import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import { BackendError, isBackendError, type Backend, type Call } from '../../src/core/backend.js';
import { conversationOf } from '../../src/core/conversation.js';
import { createDesk } from '../../src/core/desk.js';
import type { Action, Escalation, User } from '../../src/core/model.js';
import { request } from '../desk.js';
import { caseOf, everyone, genesys, NOW } from '../gateway/client.js';
import '../loaded.js';

/** What is done with an escalation through its conversation: the real memory, which keeps keys and versions itself. */

const flush = () => vi.advanceTimersByTimeAsync(0);
const ACCEPT: Action = { kind: 'accept', importance: 'high', urgency: 'low', text: 'Yes.' };

/** `lost`: the action arrives, its answer does not. */
type Trouble = 'lost' | 'offline' | null;
async function start(user: User = everyone.owner) {
  const backend = memory({ cases: [caseOf()], clock: () => new Date() });
  const call = { user: everyone.customer, policy: genesys, key: 'k-1' };
  const { escalation } = await backend.escalate('c-1', request, call);
  const state = { trouble: null as Trouble, sent: [] as { action: Action; call: Call }[] };
  const act: NonNullable<Backend['act']> = async (id, action, given) => {
    state.sent.push({ action, call: given });
    if (state.trouble === 'offline') throw new BackendError('network');
    const answer = await backend.act!(id, action, given);
    if (state.trouble === 'lost') throw new BackendError('network');
    return answer;
  };
  const session = createDesk({ backend: { ...backend, act }, policy: genesys, user }).session('c-1');
  const conversation = conversationOf(session, escalation.id);
  conversation.subscribe(() => undefined);
  await flush();
  const by = (who: User, action: Action, version: string) =>
    backend.act!(escalation.id, action, {
      user: who,
      policy: genesys,
      key: `k-${action.kind}`,
      etag: version,
    });
  const record = async () => Object.values((await backend.read()).escalations)[0]!;
  return Object.assign(state, { conversation, session, by, record, id: escalation.id });
}
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isBackendError(error) ? error.code : String(error)),
  );
const statusOf = ({ conversation }: { conversation: { talk: { escalation: Escalation | null } } }) =>
  conversation.talk.escalation?.status;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('an action', () => {
  it('goes out from the version that is shown, and what came of it is there with its entries', async () => {
    const desk = await start();
    await desk.conversation.act(ACCEPT);
    expect(desk.sent).toMatchObject([{ action: ACCEPT, call: { etag: '1', user: { id: 'o-1' } } }]);
    expect(statusOf(desk)).toBe('accepted');
    expect(desk.conversation.talk.entries.at(-1)).toMatchObject({ kind: 'decision', text: 'Yes.' });
  });

  it('whose answer was lost is done once, with the same key', async () => {
    const desk = await start();
    desk.trouble = 'lost';
    const promise: Action = { kind: 'note', text: 'Careful.' };
    expect(await outcome(desk.conversation.act(promise))).toBe('network');
    desk.trouble = null;
    expect(await outcome(desk.conversation.act(promise))).toBe('done');
    expect(new Set(desk.sent.map(({ call }) => call.key)).size).toBe(1);
    expect((await desk.record()).entries.filter(({ kind }) => kind === 'internal')).toHaveLength(1);
  });

  it('that is another one has another key', async () => {
    const desk = await start();
    desk.trouble = 'offline';
    await outcome(desk.conversation.act({ kind: 'note', text: 'One.' }));
    desk.trouble = null;
    await desk.conversation.act({ kind: 'note', text: 'Two.' });
    expect(new Set(desk.sent.map(({ call }) => call.key)).size).toBe(2);
  });

  it('the same one again after it was done is a second one', async () => {
    const desk = await start();
    await desk.conversation.act({ kind: 'note', text: 'Again.' });
    await desk.conversation.act({ kind: 'note', text: 'Again.' });
    expect((await desk.record()).entries.filter(({ kind }) => kind === 'internal')).toHaveLength(2);
  });

  it('from an old version is refused, and what is so by then is shown', async () => {
    const desk = await start();
    await desk.by(everyone.owner2, { kind: 'take' }, '1');
    expect(await outcome(desk.conversation.act(ACCEPT))).toBe('version-changed');
    await flush();
    expect(statusOf(desk)).toBe('under-review');
    // Seen by now: the same decision goes through.
    expect(await outcome(desk.conversation.act(ACCEPT))).toBe('done');
    expect(statusOf(desk)).toBe('accepted');
  });

  it('that the lifecycle does not allow is refused', async () => {
    const desk = await start();
    expect(await outcome(desk.conversation.act({ kind: 'resolve', summary: 'Done.' }))).toBe(
      'transition-not-allowed',
    );
    expect(statusOf(desk)).toBe('requested');
  });

  it('on one that has ended: a rating and a reopening show at once', async () => {
    const desk = await start(everyone.customer);
    await desk.by(everyone.owner, ACCEPT, '1');
    await desk.by(everyone.owner, { kind: 'resolve', summary: 'Done.' }, '2');
    await desk.session.refresh();
    await desk.conversation.refresh();
    await flush();
    expect(statusOf(desk)).toBe('resolved');
    await desk.conversation.act({ kind: 'rate', value: 4 });
    expect(desk.conversation.talk.escalation?.closed?.rating).toBe(4);
    await desk.conversation.act({ kind: 'reopen', text: 'It is back.' });
    await flush();
    expect(statusOf(desk)).toBe('under-review');
    expect(desk.session.snapshot.state?.openEscalation?.id).toBe(desk.id);
  });

  it('before anything is known, there is nothing to act on', async () => {
    const backend = memory({ cases: [caseOf()] });
    const session = createDesk({ backend, policy: genesys, user: everyone.owner }).session('c-1');
    expect(await outcome(conversationOf(session, 'none').act(ACCEPT))).toBe('not-found');
  });
});

describe('an owner’s message', () => {
  it.each([
    [true, true],
    [false, undefined],
    [undefined, true],
  ])('asked to go on the case too: %s; it does: %s (G37: the policy says yes)', async (asked, does) => {
    const desk = await start();
    await desk.conversation.act({ kind: 'take' });
    desk.conversation.outbox.send('We look into it.', { alsoOnCase: asked });
    await flush();
    await vi.advanceTimersByTimeAsync(100);
    expect((await desk.record()).entries.at(-1)).toMatchObject({ kind: 'message', text: 'We look into it.' });
    expect((await desk.record()).entries.at(-1)?.alsoOnCase).toBe(does);
  });
});
