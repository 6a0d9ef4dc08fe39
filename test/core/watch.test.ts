import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type Backend, type Call, type CaseEvent } from '../../src/core/backend.js';
import { conversationOf } from '../../src/core/conversation.js';
import { createDesk } from '../../src/core/desk.js';
import type { Entry, JudgedState } from '../../src/core/model.js';
import { shown } from '../../src/core/session.js';
import { document } from '../openapi.js';
import { aBrowser, aPage } from '../page.js';
import '../loaded.js';

const example = (name: string) => structuredClone(document.components.examples[name].value);
const OPEN: JudgedState = example('CaseEscalated');
const entry = (id: string, text: string): Entry => ({
  id,
  kind: 'message',
  at: '2026-05-12T14:00:00Z',
  author: { id: 'o-1', name: 'Sam Okoro', role: 'owner' },
  text,
});

interface Line {
  since: string | undefined;
  call: Call;
  tell: (event: CaseEvent) => void;
  end: (again: boolean) => void;
  fail: (error: BackendError) => void;
}

/** One help desk for all tabs: counts who asks, and tells what it is told to tell. */
function helpDesk(more: { live?: boolean; watches?: boolean; feed?: boolean; user?: string } = {}) {
  const { live = true, watches = true, feed = true } = more;
  const desk = {
    loads: [] as { at: number; background: boolean }[],
    entryPages: 0,
    lines: [] as Line[],
    entries: [] as Entry[],
    fault: null as BackendError | null,
    version: 1,
    /** Something has changed. */
    change: () => void desk.version++,
  };
  const state = (user = more.user ?? 'u-1'): JudgedState => ({
    ...structuredClone(OPEN),
    can: { ...OPEN.can, feed },
    user: { ...OPEN.user, id: user },
    guarantees: { ...OPEN.guarantees, live, pollSeconds: 5 },
    openEscalation: {
      ...OPEN.openEscalation!,
      version: String(desk.version),
      latestEntryId: desk.entries.at(-1)?.id ?? null,
      can: { post: true, act: ['read'] },
    },
    serverTime: new Date().toISOString(),
  });
  const backendFor = (user?: string, address: string | undefined = 'https://desk.test/api'): Backend => ({
    guarantees: OPEN.guarantees,
    ...(address && { address }),
    async load(_caseId, call) {
      desk.loads.push({ at: Date.now(), background: call.background === true });
      if (desk.fault) throw desk.fault;
      const etag = `v${desk.version}`;
      return call.etag === etag ? 'not-modified' : { value: state(user), etag };
    },
    escalate: () => Promise.reject(new BackendError('server-error')),
    async entries(_id, { after }) {
      desk.entryPages++;
      const from = after === undefined ? 0 : desk.entries.findIndex(({ id }) => id === after) + 1;
      const entries = desk.entries.slice(from);
      return { value: { entries, before: null, after: desk.entries.at(-1)?.id ?? '0' } };
    },
    ...(watches && {
      watch: (_caseId, since, call, tell) =>
        new Promise<boolean>((resolve, reject) => {
          desk.lines.push({ since, call, tell, end: resolve, fail: reject });
          call.signal?.addEventListener('abort', () => resolve(true));
        }),
    }),
  });
  return Object.assign(desk, { state, backendFor });
}

const flush = () => vi.advanceTimersByTimeAsync(0);
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
/** A page at the help desk, with several elements on the case. */
function open(backend: Backend, page = aPage(), elements = 1) {
  const desk = createDesk({ backend, platform: page.platform });
  const session = desk.session('c-1');
  const stops = Array.from({ length: elements }, () => session.subscribe(() => undefined));
  return { desk, session, page, close: () => (page.leave(), stops.forEach((stop) => stop())) };
}
const live = ({ lines }: ReturnType<typeof helpDesk>) => lines.filter(({ call }) => !call.signal!.aborted);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-05-12T14:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('events', () => {
  it('one line for all elements, and no polls while it lasts', async () => {
    const desk = helpDesk();
    open(desk.backendFor(), aPage(), 3);
    await pass(600);
    expect([desk.loads.length, desk.lines.length, desk.lines[0]!.since]).toEqual([1, 1, undefined]);
  });

  it('a message is there within the event: nothing is asked for', async () => {
    const desk = helpDesk();
    const { session } = open(desk.backendFor());
    const conversation = conversationOf(session, OPEN.openEscalation!.id);
    conversation.subscribe(() => undefined);
    await flush();
    const [loads, pages] = [desk.loads.length, desk.entryPages];
    const first = entry('e-1', 'The patch is being tested.');
    desk.lines[0]!.tell({ id: '7', kind: 'entry', escalationId: conversation.escalationId, entry: first });
    expect(conversation.talk.entries).toEqual([first]);
    desk.lines[0]!.tell({ id: '7', kind: 'entry', escalationId: 'another', entry: entry('e-2', 'Not here') });
    const { openEscalation } = desk.state();
    const changed = { ...openEscalation!, unread: 4, latestEntryId: 'e-1' };
    desk.lines[0]!.tell({ id: '8', kind: 'escalation', escalation: changed });
    await flush();
    expect(session.snapshot.state!.openEscalation!.unread).toBe(4);
    expect(conversation.talk.entries).toHaveLength(1);
    expect([desk.loads.length, desk.entryPages]).toEqual([loads, pages]);
  });

  it('a message that comes while a page is on its way is not put before what the page brings', async () => {
    const desk = helpDesk();
    const { session } = open(desk.backendFor());
    const conversation = conversationOf(session, OPEN.openEscalation!.id);
    conversation.subscribe(() => undefined);
    await flush();
    desk.entries.push(entry('e-1', 'First'), entry('e-2', 'Second'));
    void conversation.refresh();
    desk.lines[0]!.tell({
      kind: 'entry',
      escalationId: conversation.escalationId,
      entry: desk.entries[1]!,
    });
    await flush();
    expect(conversation.talk.entries.map(({ text }) => text)).toEqual(['First', 'Second']);
  });

  it.each<[string, CaseEvent]>([
    ['a change of the case', { kind: 'case', case: OPEN.case }],
    ['a reset', { kind: 'reset' }],
    [
      'an escalation that has ended',
      { kind: 'escalation', escalation: { ...OPEN.openEscalation!, status: 'resolved' } },
    ],
  ])('%s is looked at once', async (_name, event) => {
    const desk = helpDesk();
    open(desk.backendFor());
    await flush();
    desk.change();
    desk.lines[0]!.tell(event);
    await flush();
    expect(desk.loads.map(({ background }) => background)).toEqual([false, true]);
  });

  it('a reset asks for the entries, too', async () => {
    const desk = helpDesk();
    const { session } = open(desk.backendFor());
    const conversation = conversationOf(session, OPEN.openEscalation!.id);
    conversation.subscribe(() => undefined);
    await flush();
    desk.entries.push(entry('e-1', 'Missed'));
    desk.lines[0]!.tell({ kind: 'reset' });
    await flush();
    expect(conversation.talk.entries.map(({ text }) => text)).toEqual(['Missed']);
  });

  it('a line that breaks is taken up where it was', async () => {
    const desk = helpDesk();
    open(desk.backendFor());
    await pass(60);
    desk.lines[0]!.tell({ id: '41', kind: 'reset' });
    desk.lines[0]!.fail(new BackendError('timeout'));
    await pass(2);
    expect([desk.lines.length, desk.lines[1]!.since]).toEqual([2, '41']);
    await pass(60);
    desk.lines[1]!.end(true);
    await pass(2);
    expect([desk.lines.length, desk.lines[2]!.since]).toEqual([3, '41']);
  });

  it('after two failures it polls, and tries the line again after five minutes', async () => {
    const desk = helpDesk();
    open(desk.backendFor());
    await flush();
    desk.lines[0]!.fail(new BackendError('network'));
    await pass(2);
    desk.lines[1]!.fail(new BackendError('network'));
    await pass(60);
    expect(desk.lines).toHaveLength(2);
    expect(desk.loads.length).toBeGreaterThan(2);
    await pass(360);
    expect(desk.lines).toHaveLength(3);
  });

  it('a line that ends at once each time is no line', async () => {
    const desk = helpDesk();
    const backend = desk.backendFor();
    let asked = 0;
    open({ ...backend, watch: async () => (asked++, true) });
    await pass(290);
    expect(asked).toBe(2);
    expect(desk.loads.length).toBeGreaterThan(3);
  });

  it('204: polls, and never asks for events again', async () => {
    const desk = helpDesk();
    open(desk.backendFor());
    await flush();
    desk.lines[0]!.end(false);
    await pass(1200);
    expect(desk.lines).toHaveLength(1);
    expect(desk.loads.length).toBeGreaterThan(10);
  });

  it.each([
    ['the help desk has none', { live: false }],
    ['the adapter has none', { watches: false }],
    ['the case goes by e-mail (G14)', { feed: false }],
  ])('none where %s: it polls', async (_name, more) => {
    const desk = helpDesk(more);
    open(desk.backendFor());
    await pass(30);
    expect(desk.lines).toHaveLength(0);
    expect(desk.loads.length).toBeGreaterThan(1);
  });

  it('N10, T25: hidden, nothing is held and nothing asked; on return both go on at once', async () => {
    const desk = helpDesk();
    const browser = aBrowser();
    const { page } = open(desk.backendFor(), aPage(browser));
    await pass(60);
    desk.lines[0]!.tell({ id: '9', kind: 'reset' });
    await flush();
    const before = desk.loads.length;
    page.leave();
    expect(live(desk)).toHaveLength(0);
    expect([...browser.rooms.values()].flat()).toHaveLength(0);
    await pass(3600);
    expect(desk.loads).toHaveLength(before);
    page.come();
    await flush();
    expect(desk.loads).toHaveLength(before + 1);
    expect([live(desk).length, live(desk)[0]!.since]).toEqual([1, '9']);
  });

  it('leaving the page leaves nothing behind', async () => {
    const desk = helpDesk();
    const browser = aBrowser();
    const tab = open(desk.backendFor(), aPage(browser), 3);
    await pass(10);
    tab.close();
    await flush();
    expect([live(desk).length, vi.getTimerCount(), tab.page.watching]).toEqual([0, 0, 0]);
    expect([...browser.rooms.values()].flat()).toHaveLength(0);
    expect(tab.session.events.size).toBe(0);
  });
});

describe('several tabs', () => {
  const tabsAt = (desk: ReturnType<typeof helpDesk>, count: number, browser = aBrowser()) =>
    Array.from({ length: count }, () => open(desk.backendFor(), aPage(browser), 3));

  it('10 tabs × 3 elements: one poll per interval', async () => {
    const desk = helpDesk({ live: false });
    tabsAt(desk, 10);
    await flush();
    expect(desk.loads).toHaveLength(10);
    await pass(5 + 10 + 20 + 40 + 60 + 60 + 3);
    expect(desk.loads.length - 10).toBeLessThanOrEqual(6);
    expect(desk.loads.length - 10).toBeGreaterThanOrEqual(5);
  });

  it('10 tabs × 3 elements: one line, and all hear what it says', async () => {
    const desk = helpDesk();
    const tabs = tabsAt(desk, 10);
    await flush();
    expect(live(desk)).toHaveLength(1);
    const escalation = { ...desk.state().openEscalation!, unread: 7 };
    live(desk)[0]!.tell({ id: '3', kind: 'escalation', escalation });
    await flush();
    expect(tabs.map(({ session }) => session.snapshot.state!.openEscalation!.unread)).toEqual(
      Array(10).fill(7),
    );
    expect(desk.loads).toHaveLength(10);
  });

  it('all know whether there are events, those that come later too', async () => {
    const desk = helpDesk();
    const browser = aBrowser();
    const tabs = tabsAt(desk, 2, browser);
    await flush();
    const heard = () => tabs.map(({ session }) => session.live ?? false);
    expect(heard()).toEqual([false, false]);
    live(desk)[0]!.tell({ id: '1', kind: 'reset' });
    await flush();
    expect(heard()).toEqual([true, true]);
    tabs.push(...tabsAt(desk, 1, browser));
    await flush();
    expect(heard()).toEqual([true, true, true]);
    live(desk)[0]!.fail(new BackendError('timeout'));
    await flush();
    expect(heard()).toEqual([false, false, false]);
  });

  it('what one tab has found all know, whichever asked', async () => {
    const desk = helpDesk({ live: false });
    const tabs = tabsAt(desk, 3);
    await flush();
    desk.change();
    // A write of the third: it looks again by itself.
    await tabs[2]!.session.again();
    await flush();
    const versions = tabs.map(({ session }) => session.snapshot.state!.openEscalation!.version);
    expect(versions).toEqual(['2', '2', '2']);
    expect(desk.loads).toHaveLength(4);
  });

  it('the one that asks is closed or hidden: another asks', async () => {
    const desk = helpDesk();
    const tabs = tabsAt(desk, 3);
    await flush();
    live(desk)[0]!.tell({ id: '12', kind: 'reset' });
    await flush();
    tabs[0]!.close();
    await flush();
    expect([live(desk).length, live(desk)[0]!.since]).toEqual([1, '12']);
    tabs[1]!.page.leave();
    await flush();
    expect(live(desk)).toHaveLength(1);
    tabs[1]!.page.come();
    await flush();
    expect(live(desk)).toHaveLength(1);
  });

  it('the one that asks cannot: all say so, and all know when it can again', async () => {
    const desk = helpDesk({ live: false });
    const tabs = tabsAt(desk, 3);
    await flush();
    desk.fault = new BackendError('network');
    await pass(6);
    const problems = () => tabs.map(({ session }) => session.snapshot.problem?.code);
    expect(problems()).toEqual(['network', 'network', 'network']);
    expect(desk.loads).toHaveLength(4);
    desk.fault = null;
    await pass(13);
    expect(problems()).toEqual([undefined, undefined, undefined]);
  });

  it('the one that asks is signed out: it asks for itself alone, and another for the rest', async () => {
    const desk = helpDesk({ live: false });
    const browser = aBrowser();
    let out = false;
    const mine = desk.backendFor();
    const leaving: Backend = {
      ...mine,
      load: (id, call) => (out ? Promise.reject(new BackendError('signed-out')) : mine.load(id, call)),
    };
    const first = open(leaving, aPage(browser));
    await flush();
    const second = open(mine, aPage(browser));
    await flush();
    out = true;
    await pass(20);
    desk.change();
    await pass(30);
    expect(shown(first.session.snapshot)).toBe('signed-out');
    expect(second.session.snapshot.state!.openEscalation!.version).toBe('2');
  });

  it('two users, two help desks, or one without a name share nothing (T22)', async () => {
    const desk = helpDesk();
    const browser = aBrowser();
    const tabs = [
      open(desk.backendFor('u-1'), aPage(browser)),
      open(desk.backendFor('u-2'), aPage(browser)),
      open(desk.backendFor('u-1', 'https://other.test'), aPage(browser)),
      open(desk.backendFor('u-1', ''), aPage(browser)),
    ];
    await flush();
    expect(live(desk)).toHaveLength(4);
    const escalation = { ...desk.state().openEscalation!, unread: 9 };
    live(desk)[0]!.tell({ id: '3', kind: 'escalation', escalation });
    await flush();
    const heard = tabs.filter(({ session }) => session.snapshot.state!.openEscalation!.unread === 9);
    expect(heard).toHaveLength(1);
  });

  it('what another tab says is looked at before it is believed', async () => {
    const desk = helpDesk({ live: false });
    const browser = aBrowser();
    const tab = open(desk.backendFor(), aPage(browser));
    await flush();
    const [name] = [...browser.rooms.keys()];
    const stranger = browser.join(name!, () => undefined);
    const known = tab.session.snapshot;
    const older = { ...desk.state(), serverTime: '2026-01-01T00:00:00Z' };
    for (const message of [
      { state: null },
      { state: { openEscalation: null } },
      { state: older },
      {},
      { state: 1 },
    ])
      stranger.post(message);
    await flush();
    expect(tab.session.snapshot).toBe(known);
  });

  it('where the case goes by e-mail nothing is shared (G14)', async () => {
    const desk = helpDesk({ feed: false });
    const browser = aBrowser();
    tabsAt(desk, 2, browser);
    await pass(30);
    expect(browser.rooms.size).toBe(0);
  });

  it('where tabs cannot choose one, each asks half as often', async () => {
    const desk = helpDesk({ live: false });
    open(desk.backendFor(), aPage());
    await pass(9.9);
    expect(desk.loads).toHaveLength(1);
    await pass(0.2);
    expect(desk.loads).toHaveLength(2);
  });
});
