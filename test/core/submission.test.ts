import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type Backend, type ErrorCode } from '../../src/core/backend.js';
import { createDesk } from '../../src/core/desk.js';
import { hashOf } from '../../src/core/hash.js';
import type { CaseState, Escalation, EscalationRequest, JudgedState } from '../../src/core/model.js';
import {
  escalate,
  isAttempt,
  isSubmitRecord,
  keyFor,
  openSubmission,
  recallAttempt,
  release,
  SETTLES_MS,
  type Attempt,
  type Ledger,
  type SubmitRecord,
} from '../../src/core/submission.js';
import type { Session } from '../../src/core/session.js';
import { document } from '../openapi.js';
import { request } from '../desk.js';
import '../loaded.js';

const example = (name: string) => structuredClone(document.components.examples[name].value);
const ESCALATION: Escalation = example('EscalationRequested');
const SAFE: JudgedState = example('CaseAvailable');
/** A case that can have two escalations, if nobody takes care. */
const FREE: JudgedState = { ...SAFE, guarantees: { ...SAFE.guarantees, unique: 'none' } };
const other: EscalationRequest = { ...request, details: 'Something else.' };
const NOW = Date.parse('2026-05-12T14:00:00Z');

/** What the tabs of one browser share, and what each keeps for itself. */
function browser() {
  let record: SubmitRecord | null = null;
  let now = NOW;
  return {
    get record() {
      return record;
    },
    set record(next: SubmitRecord | null) {
      record = next;
    },
    pass: (ms: number) => void (now += ms),
    tab() {
      let kept: Attempt | null = null;
      const ledger: Ledger = {
        now: () => now,
        read: () => record,
        write: (next) => void (record = next),
        attempt: () => kept,
        keep: (next) => void (kept = next),
        alone: async (work) => work(),
      };
      return ledger;
    },
  };
}
type Browser = ReturnType<typeof browser>;

/** A help desk that answers `escalate` by a script, and shows what it is told to show. */
function helpDesk(guarantees: Partial<CaseState['guarantees']> = {}) {
  const desk = {
    open: null as Escalation | null,
    past: [] as JudgedState['past'],
    looks: 0,
    sent: [] as { key?: string; once?: boolean; request: EscalationRequest }[],
    answers: [] as (BackendError | Promise<Escalation> | Escalation)[],
    /** A page of its own: nothing of another one is in its memory. */
    page: () => {
      const session = createDesk({ backend }).session('c-1');
      session.subscribe(() => undefined);
      return session;
    },
  };
  const backend: Backend = {
    guarantees: { dedup: 'key', unique: 'none', live: false },
    load: async () => {
      desk.looks++;
      const state = {
        ...FREE,
        openEscalation: desk.open,
        past: desk.past,
        serverTime: new Date().toISOString(),
        guarantees: { ...FREE.guarantees, live: false, ...guarantees },
      };
      return { value: state };
    },
    escalate: async (_caseId, body, { key, once }) => {
      desk.sent.push({ key, once, request: body });
      const answer = desk.answers.shift() ?? ESCALATION;
      if (answer instanceof Error) throw answer;
      return { escalation: await answer, replayed: false };
    },
  };
  return desk;
}
const fail = (code: ErrorCode) => new BackendError(code);
const flush = () => vi.advanceTimersByTimeAsync(0);

async function setting(guarantees?: Partial<CaseState['guarantees']>) {
  const desk = helpDesk(guarantees);
  const tabs = browser();
  const tab = async (ledger = tabs.tab()) => {
    const session = desk.page();
    await flush();
    await openSubmission(ledger);
    return { session, ledger, send: (body = request) => escalate(session, body, ledger) };
  };
  return { desk, tabs, tab };
}
/** As after a reload: the tab has what it kept, and nothing else. */
const reload = (desk: ReturnType<typeof helpDesk>): Session => desk.page();

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  return () => vi.useRealTimers();
});

describe('the key to send a body with', () => {
  const record = (change: Partial<SubmitRecord>): SubmitRecord => ({
    v: 1,
    key: 'k',
    hash: 'mine',
    state: 'sent',
    at: NOW,
    ...change,
  });
  const late = NOW + SETTLES_MS;
  const ended: JudgedState = { ...FREE, past: [{ id: 'e-1' } as JudgedState['past'][0]] };
  it.each<[string, SubmitRecord | null, number, boolean, JudgedState | undefined, 'k' | 'new' | 'look']>([
    ['nothing is known', null, NOW, true, undefined, 'new'],
    ['a dialog was opened', record({ state: 'open', hash: '' }), NOW, true, undefined, 'k'],
    ['the same body is on its way', record({}), NOW, true, undefined, 'k'],
    ['… to a help desk without keys', record({}), NOW, false, undefined, 'look'],
    ['another body is on its way', record({ hash: 'other' }), NOW, true, undefined, 'look'],
    ['… and nothing is to be seen', record({ hash: 'other' }), late - 1, true, FREE, 'look'],
    ['… and its time is over', record({ hash: 'other' }), late, true, FREE, 'k'],
    ['… but nobody has looked', record({ hash: 'other' }), late, true, undefined, 'look'],
    ['one was filed', record({ state: 'done' }), NOW, true, undefined, 'look'],
    ['one was filed, and is not to be seen yet', record({ state: 'done' }), late - 1, true, FREE, 'look'],
    ['… of a help desk that has one per case', record({ state: 'done' }), NOW, true, SAFE, 'new'],
    ['one was filed, and is long gone', record({ state: 'done' }), late, true, FREE, 'new'],
    ['one was filed, and has ended', record({ state: 'done', id: 'e-1' }), NOW, true, ended, 'new'],
  ])('%s', (_what, known, now, repeatable, seen, expected) => {
    const key = keyFor(known, 'mine', now, repeatable, seen);
    expect(key === undefined ? 'look' : key === 'k' ? 'k' : 'new').toBe(expected);
  });

  it('is never that of a filed request, and a new one never while a request may be on its way', () => {
    const records = fc.record({
      v: fc.constant(1 as const),
      key: fc.constant('k'),
      hash: fc.constantFrom('mine', 'other', ''),
      state: fc.constantFrom('open' as const, 'sent' as const, 'done' as const),
      at: fc.integer({ min: NOW - 2 * SETTLES_MS, max: NOW }),
    });
    const seen = fc.constantFrom(undefined, FREE);
    fc.assert(
      fc.property(records, fc.boolean(), seen, (known, repeatable, state) => {
        const key = keyFor(known, 'mine', NOW, repeatable, state);
        if (known.state === 'done') expect(key).not.toBe('k');
        if (known.state !== 'done') expect([undefined, 'k']).toContain(key);
        if (NOW - known.at < SETTLES_MS && known.state === 'done') expect(key).toBe(undefined);
      }),
    );
  });
});

describe('two tabs', () => {
  it('share the key that the first dialog made', async () => {
    const { desk, tabs, tab } = await setting();
    const [one, two] = [await tab(), await tab()];
    const key = tabs.record?.key;
    desk.answers = [fail('invalid')];
    await expect(one.send()).rejects.toMatchObject({ code: 'invalid' });
    expect(desk.sent[0]?.key).toBe(key);
    await two.send();
    expect(desk.sent[1]?.key, 'a refusal has released it').not.toBe(key);
  });

  it('the same body at once: the same key twice, which the help desk knows', async () => {
    const { desk, tab } = await setting();
    const [one, two] = [await tab(), await tab()];
    await Promise.all([one.send(), two.send()]);
    expect(new Set(desk.sent.map(({ key }) => key)).size).toBe(1);
  });

  it('another body while one is on its way: it looks, sends nothing, and says so', async () => {
    const { desk, tab } = await setting();
    const [one, two] = [await tab(), await tab()];
    desk.answers = [new Promise(() => undefined)];
    void one.send();
    await flush();
    const { looks } = desk;
    await expect(two.send(other)).rejects.toMatchObject({ code: 'request-in-progress' });
    expect(desk.looks).toBe(looks + 1);
    expect(desk.sent).toHaveLength(1);
    expect(two.session.attempt, 'it is not frozen').toBe(undefined);
  });

  it('another body after one was filed: it looks, and shows that one', async () => {
    const { desk, tab } = await setting();
    const [one, two] = [await tab(), await tab()];
    await one.send();
    desk.open = ESCALATION;
    await expect(two.send(other)).rejects.toMatchObject({
      code: 'open-escalation-exists',
      details: { escalation: { id: ESCALATION.id } },
    });
    expect(desk.sent).toHaveLength(1);
  });

  it('the other one has crashed: its key goes on, so that the help desk says whether its body has arrived', async () => {
    const { desk, tabs, tab } = await setting();
    const [one, two] = [await tab(), await tab()];
    desk.answers = [new Promise(() => undefined), fail('idempotency-key-reused')];
    void one.send();
    await flush();
    tabs.pass(SETTLES_MS);
    const sent = two.send(other);
    // What has arrived is seen only now.
    desk.open = ESCALATION;
    await expect(sent).rejects.toMatchObject({ code: 'open-escalation-exists' });
    expect(desk.sent.map(({ key }) => key)).toEqual([desk.sent[0]?.key]);
  });

  it('a key that went with another body: it looks; a new key only when nothing is to be seen after a while', async () => {
    const { desk, tabs, tab } = await setting();
    const one = await tab();
    desk.answers = [fail('idempotency-key-reused')];
    await expect(one.send()).rejects.toMatchObject({ code: 'request-in-progress' });
    await expect(one.send()).rejects.toMatchObject({ code: 'request-in-progress' });
    expect(desk.sent).toHaveLength(1);
    tabs.pass(SETTLES_MS);
    await one.send();
    expect(desk.sent[1]?.key).not.toBe(desk.sent[0]?.key);
  });

  it('a look that fails sends nothing', async () => {
    const { desk, tab } = await setting();
    const [one, two] = [await tab(), await tab()];
    await one.send();
    const looked = two.send(other);
    vi.spyOn(two.session, 'again').mockImplementation(async () => two.session.fail(fail('network')));
    await expect(looked.catch(() => two.send(other))).rejects.toBeInstanceOf(BackendError);
    expect(desk.sent).toHaveLength(1);
  });
});

describe('a help desk without keys', () => {
  it('is never sent the same twice by an adapter: it is told so', async () => {
    const { desk, tab } = await setting({ dedup: 'none' });
    await (await tab()).send();
    expect(desk.sent[0]?.once).toBe(true);
  });

  it('one with keys may be', async () => {
    const { desk, tab } = await setting();
    await (await tab()).send();
    expect(desk.sent[0]?.once).toBe(undefined);
  });

  it('the same body in another tab is not sent either', async () => {
    const { desk, tab } = await setting({ dedup: 'none' });
    const [one, two] = [await tab(), await tab()];
    desk.answers = [new Promise(() => undefined)];
    void one.send();
    await flush();
    await expect(two.send()).rejects.toMatchObject({ code: 'request-in-progress' });
    expect(desk.sent).toHaveLength(1);
  });

  it('after somebody has looked and decided, it is sent with another key', async () => {
    const { desk, tab } = await setting({ dedup: 'none' });
    const { session, ledger, send } = await tab();
    desk.answers = [fail('timeout')];
    await expect(send()).rejects.toMatchObject({ code: 'timeout' });
    release(session, ledger);
    await send(other);
    expect(desk.sent[1]?.request).toEqual(other);
    expect(desk.sent[1]?.key).not.toBe(desk.sent[0]?.key);
  });
});

describe('after a reload', () => {
  /** A request whose answer never came, and the tab reloaded. */
  async function left() {
    const all = await setting();
    const { desk, tab } = all;
    const { ledger, send } = await tab();
    desk.answers = [new Promise(() => undefined)];
    void send();
    await flush();
    const session = reload(desk);
    await flush();
    return { ...all, session, ledger, recall: (state = FREE) => recallAttempt(session, ledger, state) };
  }

  it('what was sent is kept before it is sent', async () => {
    const { desk, tab } = await setting();
    const { ledger, send } = await tab();
    let kept: Attempt | null = null;
    desk.answers = [new Promise(() => undefined)];
    const { push } = desk.sent;
    desk.sent.push = (...rows) => ((kept = ledger.attempt()), push.apply(desk.sent, rows));
    void send();
    await flush();
    expect(kept).toMatchObject({ request, key: desk.sent[0]?.key });
  });

  it('goes on with the same key and the same body', async () => {
    const { desk, session, ledger, recall } = await left();
    expect(recall()).toBe('unknown');
    await escalate(session, other, ledger);
    expect(desk.sent[1]).toEqual(desk.sent[0]);
    expect(ledger.attempt()).toBe(null);
  });

  it('is done when the case shows it', async () => {
    const { tabs, session, ledger, recall } = await left();
    const open = {
      ...ESCALATION,
      reason: { id: request.reasonId, label: '' },
      requestedAt: new Date(NOW).toISOString(),
    };
    const mine = { ...open, requestedBy: { id: 'u-1', name: 'Priya', role: 'customer', me: true } };
    expect(recall({ ...FREE, openEscalation: mine })).toBe('filed');
    expect([session.attempt, ledger.attempt()]).toEqual([undefined, null]);
    expect(tabs.record).toMatchObject({ state: 'done', id: mine.id });
  });

  it('somebody else’s is not it', async () => {
    const { recall } = await left();
    const requestedAt = new Date(NOW).toISOString();
    const theirs = {
      ...ESCALATION,
      reason: { id: request.reasonId, label: '' },
      requestedAt,
      requestedBy: null,
    };
    expect(recall({ ...FREE, openEscalation: theirs })).toBe('unknown');
  });

  it('is not repeated where one has ended since: its key would bring back the old answer', async () => {
    const { session, ledger, recall, tabs } = await left();
    const past = {
      ...ESCALATION,
      reason: { id: request.reasonId, label: '' },
      requestedAt: new Date(NOW).toISOString(),
    };
    expect(recall({ ...FREE, past: [past] })).toBe('none');
    expect([session.attempt, ledger.attempt(), tabs.record]).toEqual([undefined, null, null]);
  });

  it.each<[string, (tabs: Browser) => void, string]>([
    ['another tab has seen it arrive', (tabs) => (tabs.record = { ...tabs.record!, state: 'done' }), 'filed'],
    ['another tab has seen it refused', (tabs) => (tabs.record = { ...tabs.record!, key: 'new' }), 'none'],
    [
      'another tab goes on with its own text',
      (tabs) => (tabs.record = { ...tabs.record!, hash: 'x' }),
      'none',
    ],
    ['the record is gone', (tabs) => (tabs.record = null), 'unknown'],
  ])('%s', async (_what, change, expected) => {
    const { tabs, ledger, recall } = await left();
    change(tabs);
    expect(recall()).toBe(expected);
    expect(ledger.attempt() === null).toBe(expected !== 'unknown');
  });
});

describe('what is kept', () => {
  it('the record has no text in it', async () => {
    const { desk, tabs, tab } = await setting();
    desk.answers = [fail('network')];
    await (await tab()).send().catch(() => undefined);
    expect(tabs.record).toEqual({
      v: 1,
      key: desk.sent[0]?.key,
      hash: hashOf(request),
      state: 'sent',
      at: NOW,
    });
  });

  it.each<[unknown, boolean]>([
    [{ v: 1, key: 'k', hash: '', state: 'open', at: 1 }, true],
    [{ v: 1, key: 'k', hash: '', state: 'done', at: 1, id: 'e-1' }, true],
    [{ v: 2, key: 'k', hash: '', state: 'open', at: 1 }, false],
    [{ v: 1, key: 'k', hash: '', state: 'gone', at: 1 }, false],
    [{ v: 1, key: 7, hash: '', state: 'open', at: 1 }, false],
    [{ v: 1, key: 'k', hash: '', state: 'open', at: 'now' }, false],
    [null, false],
    ['<img>', false],
  ])('%j is a record: %s', (value, expected) => expect(isSubmitRecord(value)).toBe(expected));

  it.each<[unknown, boolean]>([
    [{ key: 'k', at: 1, request }, true],
    [{ key: 'k', at: 1, request: { ...request, details: { html: '<b>' } } }, false],
    [{ key: 'k', at: 1, request: {} }, false],
    [{ key: 'k', at: 1 }, false],
    [{ at: 1, request }, false],
    [null, false],
  ])('%j is an attempt: %s', (value, expected) => expect(isAttempt(value)).toBe(expected));
});
