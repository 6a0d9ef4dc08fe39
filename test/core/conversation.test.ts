import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import { BackendError, type Backend, type Call } from '../../src/core/backend.js';
import { conversationOf, type Talk } from '../../src/core/conversation.js';
import { createDesk } from '../../src/core/desk.js';
import { isShown } from '../../src/core/talk.js';
import { isCaseState } from '../../src/core/guard.js';
import type {
  Entry,
  EntryDraft,
  EntryPage,
  EntryQuery,
  Escalation,
  JudgedState,
} from '../../src/core/model.js';
import { request } from '../desk.js';
import { caseOf, everyone, genesys, NOW } from '../gateway/client.js';
import { document } from '../openapi.js';
import '../loaded.js';

const example = (name: string) => structuredClone(document.components.examples[name].value);
const STATE: JudgedState = example('CaseEscalated');
const OPEN: Escalation = {
  ...STATE.openEscalation!,
  id: 'e-1',
  latestEntryId: null,
  can: { post: true, act: [] },
};
const priya = { id: 'u-1', name: 'Priya Nair', role: 'customer', me: true };
const sam = { id: 'o-1', name: 'Sam Okoro', role: 'owner' };
const entry = (id: string, text: string, more: Partial<Entry> = {}): Entry => ({
  id,
  kind: 'message',
  at: '2026-05-12T14:00:00Z',
  author: sam,
  text,
  ...more,
});
const flush = () => vi.advanceTimersByTimeAsync(0);
const fail = (code: BackendError['code']) => new BackendError(code);

/** A help desk with one escalation whose entries can be written from outside. */
function helpDesk(more: Partial<Backend> = {}) {
  const desk = {
    entries: [] as Entry[],
    escalation: OPEN as Escalation | null,
    can: { ...STATE.can, feed: true },
    asked: [] as EntryQuery[],
    posted: [] as { draft: EntryDraft; call: Call }[],
    add: (row: Entry) => void desk.entries.push(row),
  };
  const now = () => desk.escalation && { ...desk.escalation, latestEntryId: desk.entries.at(-1)?.id ?? null };
  const backend: Backend = {
    guarantees: STATE.guarantees,
    load: async () => ({
      value: {
        ...STATE,
        can: desk.can,
        openEscalation: now(),
        verdict: { kind: desk.escalation ? 'open-escalation' : 'available' },
        serverTime: new Date().toISOString(),
      },
    }),
    escalate: () => Promise.reject(fail('server-error')),
    escalation: async () => ({ value: { ...OPEN, status: 'withdrawn', can: { post: false, act: [] } } }),
    async entries(_id, query) {
      desk.asked.push(query);
      const limit = query.limit ?? 50;
      const at = (cursor: string) => desk.entries.findIndex(({ id }) => id === cursor);
      const to = query.before
        ? at(query.before)
        : query.after !== undefined
          ? at(query.after) + 1 + limit
          : desk.entries.length;
      const from = query.after !== undefined ? at(query.after) + 1 : Math.max(to - limit, 0);
      const entries = desk.entries.slice(from, to);
      return {
        value: {
          entries,
          before: from > 0 ? desk.entries[from]!.id : null,
          after: entries.at(-1)?.id ?? query.after ?? '',
        },
      };
    },
    async post(_id, draft, call) {
      desk.posted.push({ draft, call });
      const made = entry(`n-${desk.posted.length}`, draft.text, { clientId: draft.clientId, author: priya });
      desk.add(made);
      return made;
    },
    ...more,
  };
  return Object.assign(desk, { backend });
}

function talkOver(backend: Backend, escalationId = 'e-1') {
  const session = createDesk({ backend }).session('c-1');
  const conversation = conversationOf(session, escalationId);
  const seen: Talk[] = [];
  const stop = conversation.subscribe((talk) => void seen.push(talk));
  return {
    conversation,
    session,
    stop,
    seen,
    get talk() {
      return conversation.talk;
    },
    texts: () => conversation.talk.entries.map(({ text }) => text),
    outbox: () => conversation.talk.outbox.map(({ text, state }) => [text, state]),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('reading', () => {
  it('loading, then the newest page with the escalation', async () => {
    const desk = helpDesk();
    desk.add(entry('1', 'Hello'));
    const feed = talkOver(desk.backend);
    expect(feed.talk.phase).toBe('loading');
    await flush();
    expect(feed.talk).toMatchObject({
      phase: 'ready',
      escalation: { id: 'e-1' },
      older: null,
      problem: null,
    });
    expect(feed.texts()).toEqual(['Hello']);
    expect(desk.asked).toEqual([{ limit: 50 }]);
  });

  it('G14, T30: nothing is asked for until it is known that it may be, and then not where the feed is off', async () => {
    const desk = helpDesk();
    desk.can = { ...desk.can, feed: false };
    let know: () => void = () => undefined;
    const known = new Promise<void>((resolve) => (know = resolve));
    const escalation = vi.fn(desk.backend.escalation);
    const { load } = desk.backend;
    const feed = talkOver({
      ...desk.backend,
      escalation,
      load: async (...rest) => (await known, load(...rest)),
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([desk.asked, escalation.mock.calls, feed.talk.phase]).toEqual([[], [], 'loading']);
    know();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([desk.asked, feed.talk.phase]).toEqual([[], 'ready']);
  });

  const escalation = { ...OPEN, id: 'e-1' };
  it.each<[what: string, open: Escalation | null, past: string[], asked: boolean]>([
    [
      'the open one, with which something may be done',
      { ...escalation, can: { post: false, act: ['read'] } },
      [],
      true,
    ],
    [
      'the open one of a case by e-mail: nothing may be done',
      { ...escalation, can: { post: false, act: [] } },
      [],
      false,
    ],
    ['a past one that the case names', null, ['e-1'], true],
    ['one that the case does not name', null, [], false],
    ['another one than the open one', { ...escalation, id: 'e-2' }, [], false],
  ])('G14, G38: where the feed is off, %s', (_what, openEscalation, past, shown) => {
    const state = {
      ...STATE,
      can: { ...STATE.can, feed: false },
      openEscalation,
      past: past.map((id) => ({ ...STATE.past[0]!, id })),
    };
    expect(isShown(state, 'e-1')).toBe(shown);
    expect(isShown({ ...state, can: { ...state.can, feed: true } }, 'e-1')).toBe(true);
  });

  it('G14: a case that turns out to go by e-mail is asked for nothing more, and nothing of it stays', async () => {
    const desk = helpDesk();
    desk.add(entry('1', 'Hello'));
    const escalation = vi.fn(desk.backend.escalation);
    const feed = talkOver({ ...desk.backend, escalation });
    await flush();
    desk.can = { ...desk.can, feed: false };
    desk.add(entry('2', 'More'));
    await vi.advanceTimersByTimeAsync(60_000);
    await feed.conversation.refresh();
    expect(feed.talk).toMatchObject({ phase: 'ready', escalation: null, entries: [] });
    expect([desk.asked.length, escalation.mock.calls]).toEqual([1, []]);
    desk.can = { ...desk.can, feed: true };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(feed.texts()).toEqual(['Hello', 'More']);
  });

  it('a case that cannot be checked: failed with its problem, and ready when it can', async () => {
    const desk = helpDesk();
    const { load } = desk.backend;
    let fine = false;
    const feed = talkOver({
      ...desk.backend,
      load: (...rest) => (fine ? load(...rest) : Promise.reject(fail('network'))),
    });
    await flush();
    expect(feed.talk).toMatchObject({ phase: 'failed', problem: { code: 'network' } });
    expect(desk.asked).toEqual([]);
    fine = true;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(feed.talk).toMatchObject({ phase: 'ready', problem: null });
  });

  it('A05: 403 on the feed: failed; later: what is there stays', async () => {
    const desk = helpDesk();
    desk.add(entry('1', 'Hello'));
    const entries = vi.fn(desk.backend.entries).mockRejectedValueOnce(fail('forbidden'));
    const feed = talkOver({ ...desk.backend, entries });
    await flush();
    expect(feed.talk).toMatchObject({ phase: 'failed', problem: { code: 'forbidden' } });
    await feed.conversation.refresh();
    expect(feed.talk.phase).toBe('ready');
    entries.mockRejectedValueOnce(fail('network'));
    await feed.conversation.refresh();
    expect(feed.talk).toMatchObject({ phase: 'ready', problem: { code: 'network' } });
    expect(feed.texts()).toEqual(['Hello']);
  });

  it('a newer entry in the case is asked for once, with `after`', async () => {
    const desk = helpDesk();
    desk.add(entry('1', 'Hello'));
    const feed = talkOver(desk.backend);
    await flush();
    desk.add(entry('2', 'We look into it.'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(feed.texts()).toEqual(['Hello', 'We look into it.']);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(desk.asked).toEqual([{ limit: 50 }, { limit: 50, after: '1' }]);
  });

  it('more than a page of newer entries come in one go, in order', async () => {
    const desk = helpDesk();
    const { session, texts } = talkOver(desk.backend);
    await flush();
    for (let i = 1; i <= 120; i++) desk.add(entry(`m-${i}`, `Message ${i}`));
    await session.refresh();
    await flush();
    expect(texts()).toEqual(Array.from({ length: 120 }, (_, i) => `Message ${i + 1}`));
  });

  it('M07: newer pages without end end', async () => {
    const desk = helpDesk();
    let n = 0;
    const entries = async (_id: string, query: EntryQuery) => {
      desk.asked.push(query);
      const rows = Array.from({ length: 50 }, () => entry(`m-${++n}`, 'More'));
      return { value: { entries: rows, before: null, after: `m-${n}` } };
    };
    const { conversation } = talkOver({ ...desk.backend, entries });
    await flush();
    await conversation.refresh();
    expect(desk.asked.length).toBe(51);
  });

  it('M04: an id that comes twice is one row, with the latest text', async () => {
    const desk = helpDesk();
    const page: EntryPage = {
      entries: [entry('1', 'First'), entry('2', 'Two'), entry('1', 'Latest')],
      before: null,
      after: '2',
    };
    const feed = talkOver({ ...desk.backend, entries: async () => ({ value: page }) });
    await flush();
    await feed.conversation.refresh();
    expect(feed.texts()).toEqual(['Latest', 'Two']);
  });

  it('M02: what cannot be shown is left out and counted, also what an adapter has left out', async () => {
    const desk = helpDesk();
    const bad = [null, { id: 'x' }, { ...entry('y', ''), at: 'soon' }] as Entry[];
    const page = { entries: [...bad, entry('1', 'Hello')], before: null, after: '1', skipped: 2 };
    const feed = talkOver({ ...desk.backend, entries: async () => ({ value: page }) });
    await flush();
    expect([feed.texts(), feed.talk.skipped]).toEqual([['Hello'], 5]);
  });

  it('a newest entry that cannot be shown is asked for once', async () => {
    const desk = helpDesk();
    const feed = talkOver(desk.backend);
    await flush();
    desk.add({ ...entry('1', ''), at: 'soon' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(desk.asked).toHaveLength(2);
    expect([feed.texts(), feed.talk.skipped]).toEqual([[], 1]);
    desk.add(entry('2', 'Good'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(feed.texts()).toEqual(['Good']);
  });

  it('a full page with one that cannot be shown is not the last one', async () => {
    const desk = helpDesk();
    const { session, texts } = talkOver(desk.backend);
    await flush();
    for (let i = 1; i <= 60; i++) desk.add(entry(`m-${i}`, `Message ${i}`, i === 7 ? { at: 'soon' } : {}));
    await session.refresh();
    await flush();
    expect(texts()).toHaveLength(59);
  });

  it('A04: another user starts anew, and what was on its way for the first is not shown', async () => {
    const desk = helpDesk({ post: () => Promise.reject(fail('network')) });
    const { load, entries } = desk.backend;
    let id = 'u-1';
    let slow: Promise<void> | undefined;
    let go: () => void = () => undefined;
    const feed = talkOver({
      ...desk.backend,
      load: async (...rest) => {
        const { value } = (await load(...rest)) as { value: JudgedState };
        return { value: { ...value, user: { ...value.user, id } } };
      },
      entries: async (...rest) => {
        const mine = id;
        await slow;
        const { value } = (await entries!(...rest)) as { value: EntryPage };
        return {
          value: {
            ...value,
            entries: value.entries.map((row) => ({ ...row, text: `${mine}: ${row.text}` })),
          },
        };
      },
    });
    desk.add(entry('1', 'Hello'));
    await flush();
    feed.conversation.outbox.send('Only mine');
    await flush();
    expect([feed.texts(), feed.outbox()]).toEqual([['u-1: Hello'], [['Only mine', 'failed']]]);
    slow = new Promise((resolve) => (go = resolve));
    void feed.conversation.refresh();
    id = 'u-2';
    slow = undefined;
    await feed.session.refresh();
    await flush();
    expect([feed.texts(), feed.outbox()]).toEqual([['u-2: Hello'], []]);
    go();
    await flush();
    expect([feed.texts(), feed.talk.problem, feed.talk.phase]).toEqual([['u-2: Hello'], null, 'ready']);
  });

  it('two feeds of one case share the conversation; the last to leave ends it, and nothing leaks', async () => {
    const desk = helpDesk();
    const feed = talkOver(desk.backend);
    const other = conversationOf(feed.session, 'e-1');
    expect(other).toBe(feed.conversation);
    const stop = other.subscribe(() => undefined);
    await flush();
    expect(desk.asked).toHaveLength(1);
    feed.stop();
    await flush();
    expect(vi.getTimerCount()).toBe(1);
    stop();
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an open escalation that the session took, and that is none', () => {
  const bad: [what: string, change: object][] = [
    ['promises that are no list', { promises: 'soon' }],
    ['a reason without words', { reason: { id: 'other' } }],
    ['no actions', { can: { post: true } }],
    ['a next step without words', { nextSteps: [{ who: 'Dana' }] }],
    ['a decision at no time', { decision: { outcome: 'accepted', text: 'Yes.', at: 'soon' } }],
    ['a requester without a name', { requestedBy: { id: 'u-1', role: 'customer' } }],
  ];
  it.each(bad)('%s: failed with protocol, and nothing is asked for', async (_what, change) => {
    const desk = helpDesk();
    desk.escalation = { ...OPEN, ...change };
    expect(isCaseState({ ...STATE, openEscalation: desk.escalation })).toBe(true);
    const feed = talkOver(desk.backend);
    await flush();
    expect(feed.talk).toMatchObject({ phase: 'failed', escalation: null, problem: { code: 'protocol' } });
    await feed.conversation.refresh();
    expect(feed.talk).toMatchObject({ phase: 'failed', escalation: null, problem: { code: 'protocol' } });
    expect(desk.asked).toEqual([]);
    desk.escalation = OPEN;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(feed.talk).toMatchObject({ phase: 'ready', escalation: { id: 'e-1' }, problem: null });
  });

  it('later: told, what is there stays, and it passes with the next good answer', async () => {
    const desk = helpDesk();
    desk.add(entry('1', 'Hello'));
    const feed = talkOver(desk.backend);
    await flush();
    const { escalation } = feed.talk;
    desk.escalation = { ...OPEN, promises: 'soon' as never };
    await vi.advanceTimersByTimeAsync(6_000);
    expect(feed.talk).toMatchObject({ phase: 'ready', problem: { code: 'protocol' } });
    expect([feed.talk.escalation, feed.texts()]).toEqual([escalation, ['Hello']]);
    desk.escalation = OPEN;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(feed.talk).toMatchObject({ phase: 'ready', problem: null });
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('older pages', () => {
  const long = () => {
    const desk = helpDesk();
    for (let i = 1; i <= 120; i++) desk.add(entry(String(i).padStart(3, '0'), `m${i}`));
    return desk;
  };

  it('lead back to the beginning, every entry once, in order', async () => {
    const feed = talkOver(long().backend);
    await flush();
    for (const [first, count] of [
      ['m71', 50],
      ['m21', 100],
      ['m1', 120],
    ] as const) {
      expect([feed.texts()[0], feed.texts().length]).toEqual([first, count]);
      await feed.conversation.entries.showOlder();
    }
    expect(feed.talk.older).toBeNull();
    expect(feed.texts()).toEqual(Array.from({ length: 120 }, (_, i) => `m${i + 1}`));
  });

  it('asked for twice at once: one request, and nothing is cut off', async () => {
    const desk = long();
    const feed = talkOver(desk.backend);
    await flush();
    await Promise.all([feed.conversation.entries.showOlder(), feed.conversation.entries.showOlder()]);
    expect(desk.asked).toHaveLength(2);
    expect(feed.talk.older).toBe('021');
    expect(feed.texts()).toHaveLength(100);
  });

  it('M07: a cursor that repeats ends', async () => {
    const page: EntryPage = { entries: [entry('1', 'Hello')], before: 'again', after: '1' };
    const entries = vi.fn(async () => ({ value: page }));
    const feed = talkOver({ ...helpDesk().backend, entries });
    await flush();
    for (let i = 0; i < 100; i++) await feed.conversation.entries.showOlder();
    expect(feed.talk.older).toBeNull();
    expect(entries).toHaveBeenCalledTimes(2);
    expect(feed.texts()).toEqual(['Hello']);
  });

  it('a page that fails: told, what is there stays, and it can be asked for again', async () => {
    const desk = long();
    const entries = vi.fn(desk.backend.entries);
    const feed = talkOver({ ...desk.backend, entries });
    await flush();
    entries.mockRejectedValueOnce(fail('network'));
    await feed.conversation.entries.showOlder();
    expect(feed.talk).toMatchObject({ older: '071', problem: { code: 'network' } });
    await feed.conversation.entries.showOlder();
    expect(feed.texts()).toHaveLength(100);
  });
});

describe('sending', () => {
  it('is shown as sending at once, and becomes one entry', async () => {
    const desk = helpDesk();
    const feed = talkOver(desk.backend);
    await flush();
    const clientId = feed.conversation.outbox.send('Any news?');
    expect(feed.outbox()).toEqual([['Any news?', 'sending']]);
    await flush();
    expect([feed.texts(), feed.outbox()]).toEqual([['Any news?'], []]);
    expect(desk.posted).toMatchObject([{ draft: { clientId, text: 'Any news?' }, call: { key: clientId } }]);
  });

  it('C08: order is kept; of three one fails and can be sent again with the same key', async () => {
    const desk = helpDesk();
    const post = vi.fn(desk.backend.post);
    const feed = talkOver({
      ...desk.backend,
      post: async (id, draft, call) => {
        const mine = post.mock.calls.length;
        const work = post(id, draft, call);
        // The earlier, the slower: only waiting for each other keeps the order.
        await new Promise((resolve) => setTimeout(resolve, 300 - 100 * mine));
        return work;
      },
    });
    await flush();
    post.mockImplementationOnce(post.getMockImplementation()!).mockRejectedValueOnce(fail('network'));
    const ids = ['One', 'Two', 'Three'].map((text) => feed.conversation.outbox.send(text));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(feed.texts()).toEqual(['One', 'Three']);
    expect(feed.outbox()).toEqual([['Two', 'failed']]);
    expect(feed.talk.outbox[0]).toMatchObject({ clientId: ids[1], problem: { code: 'network' } });
    feed.conversation.outbox.retry(ids[1]!);
    expect(feed.outbox()).toEqual([['Two', 'sending']]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([feed.texts(), feed.outbox()]).toEqual([['One', 'Three', 'Two'], []]);
    expect(post.mock.calls.map(([, { clientId }]) => clientId)).toEqual([...ids, ids[1]]);
  });

  it('C09: the poll delivers the own message before the reply of the POST: one row', async () => {
    const desk = helpDesk();
    const { post } = desk.backend;
    let reply: () => void = () => undefined;
    const replied = new Promise<void>((resolve) => (reply = resolve));
    const feed = talkOver({
      ...desk.backend,
      post: async (...rest) => {
        const made = await post!(...rest);
        await replied;
        return made;
      },
    });
    await flush();
    feed.conversation.outbox.send('Any news?');
    await vi.advanceTimersByTimeAsync(6_000);
    expect([feed.texts(), feed.outbox()]).toEqual([['Any news?'], []]);
    reply();
    await flush();
    expect([feed.texts(), feed.outbox()]).toEqual([['Any news?'], []]);
  });

  it('… also when the reply never comes', async () => {
    const desk = helpDesk();
    const { post } = desk.backend;
    const feed = talkOver({
      ...desk.backend,
      post: async (...rest) => {
        await post!(...rest);
        await new Promise((resolve) => setTimeout(resolve, 10_000));
        throw fail('network');
      },
    });
    await flush();
    feed.conversation.outbox.send('Any news?');
    await vi.advanceTimersByTimeAsync(20_000);
    expect([feed.texts(), feed.outbox()]).toEqual([['Any news?'], []]);
  });

  it('a help desk that does not give the clientId back: one row all the same', async () => {
    const desk = helpDesk({
      post: async (_id, draft) => {
        const made = entry('n-1', draft.text, { author: priya });
        desk.add(made);
        return made;
      },
    });
    const feed = talkOver(desk.backend);
    await flush();
    feed.conversation.outbox.send('Any news?');
    await flush();
    expect([feed.texts(), feed.outbox()]).toEqual([['Any news?'], []]);
  });

  it('what others wrote meanwhile stands in the order of the help desk', async () => {
    const desk = helpDesk();
    const feed = talkOver(desk.backend);
    await flush();
    desk.add(entry('o-1', 'We look into it.'));
    feed.conversation.outbox.send('Any news?');
    await flush();
    expect(feed.texts()).toEqual(['We look into it.', 'Any news?']);
  });

  it('what an earlier page has sent comes back as failed, once, and goes with its key', async () => {
    const desk = helpDesk();
    desk.add(entry('1', 'Arrived', { clientId: 'a', author: priya }));
    const feed = talkOver(desk.backend);
    feed.conversation.outbox.restore([{ clientId: 'a', text: 'Arrived' }]);
    await flush();
    expect(feed.outbox(), 'it had arrived').toEqual([]);
    const rows = [
      { clientId: 'a', text: 'Arrived' },
      { clientId: 'b', text: 'Lost' },
    ];
    feed.conversation.outbox.restore(rows);
    feed.conversation.outbox.restore(rows);
    expect(feed.outbox()).toEqual([['Lost', 'failed']]);
    feed.conversation.outbox.retry('b');
    await flush();
    expect(feed.texts()).toEqual(['Arrived', 'Lost']);
    expect(desk.posted.map(({ call }) => call.key)).toEqual(['b']);
  });

  it('a failed message can be taken out', async () => {
    const feed = talkOver(helpDesk({ post: () => Promise.reject(fail('invalid')) }).backend);
    await flush();
    const clientId = feed.conversation.outbox.send('Oops');
    await flush();
    expect(feed.outbox()).toEqual([['Oops', 'failed']]);
    feed.conversation.outbox.discard(clientId);
    expect(feed.outbox()).toEqual([]);
  });

  it('C10: closed while composing: the text is kept, and it is told', async () => {
    const desk = helpDesk({ post: () => Promise.reject(fail('escalation-closed')) });
    const feed = talkOver(desk.backend);
    await flush();
    desk.escalation = null;
    feed.conversation.outbox.send('One more thing');
    await flush();
    expect(feed.talk.outbox).toMatchObject([
      { text: 'One more thing', state: 'failed', problem: { code: 'escalation-closed' } },
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(feed.talk).toMatchObject({
      phase: 'ready',
      escalation: { status: 'withdrawn', can: { post: false } },
    });
    expect(feed.outbox()).toEqual([['One more thing', 'failed']]);
  });

  it('leaving does not lose a message on its way', async () => {
    const desk = helpDesk();
    const feed = talkOver(desk.backend);
    await flush();
    feed.conversation.outbox.send('Any news?');
    feed.stop();
    await flush();
    expect(desk.entries.map(({ text }) => text)).toEqual(['Any news?']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('over a help desk in memory: both sides talk', async () => {
  const backend = memory({ cases: [caseOf()], clock: () => new Date() });
  const { escalation } = await backend.escalate('c-1', request, { user: everyone.customer, policy: genesys });
  const feeds = [everyone.customer, everyone.owner].map((user) => {
    const session = createDesk({ backend, policy: genesys, user, clock: () => new Date() }).session('c-1');
    const conversation = conversationOf(session, escalation.id);
    conversation.subscribe(() => undefined);
    return conversation;
  });
  await flush();
  feeds[0]!.outbox.send('Any news?');
  await vi.advanceTimersByTimeAsync(6_000);
  feeds[1]!.outbox.send('We look into it.');
  await vi.advanceTimersByTimeAsync(20_000);
  for (const { talk } of feeds)
    expect(talk.entries.filter(({ kind }) => kind === 'message').map(({ text }) => text)).toEqual([
      'Any news?',
      'We look into it.',
    ]);
});
