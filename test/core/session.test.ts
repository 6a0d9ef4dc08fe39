import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import {
  BackendError,
  type Backend,
  type Call,
  type ErrorCode,
  type Tagged,
} from '../../src/core/backend.js';
import { createDesk, type DeskOptions } from '../../src/core/desk.js';
import type { Case, CaseState, Escalation, EscalationRequest, JudgedState } from '../../src/core/model.js';
import { note } from '../../src/core/session-actions.js';
import { escalate } from '../../src/core/submission.js';
import { policyOf } from '../../src/core/session-policy.js';
import { shown, type Snapshot } from '../../src/core/session.js';
import { document } from '../openapi.js';
import { caseOf, everyone, genesys, NOW, open as openGateway, pulse } from '../gateway/client.js';
import { request } from '../desk.js';
import { aPage } from '../page.js';
import '../loaded.js';

const example = (name: string) => structuredClone(document.components.examples[name].value);
const ESCALATION: Escalation = example('EscalationRequested');
const OPEN: JudgedState = example('CaseEscalated');

const stateOf = (more: Partial<JudgedState> = {}): JudgedState => ({
  ...example('CaseAvailable'),
  serverTime: new Date().toISOString(),
  ...more,
});
const loaded = (more: Partial<JudgedState> = {}, etag?: string): Tagged<CaseState> => ({
  value: stateOf(more),
  etag,
});
const blocked = (availableAt?: string) => loaded({ verdict: { kind: 'blocked', availableAt } }, 'blocked');
const fail = (code: ErrorCode, details = {}) => new BackendError(code, code, details);

type Load = Tagged<CaseState> | 'not-modified' | Error | (() => Promise<Tagged<CaseState> | 'not-modified'>);
/** A help desk that answers by a script; the last answer stays. */
function scripted(answers: Load[], more: Partial<Backend> = {}) {
  const calls: { caseId: string; call: Call; at: number }[] = [];
  const backend: Backend = {
    guarantees: { dedup: 'key', unique: 'store', live: false },
    async load(caseId, call) {
      calls.push({ caseId, call, at: Date.now() });
      const answer = answers[calls.length - 1] ?? answers.at(-1)!;
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer() : answer;
    },
    escalate: () => Promise.reject(fail('server-error')),
    ...more,
  };
  return { backend, calls };
}
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => ((resolve = yes), (reject = no)));
  return { promise, resolve, reject };
}
const flush = () => vi.advanceTimersByTimeAsync(0);
const deskOver = (backend: Backend, more: Partial<DeskOptions> = {}) => createDesk({ backend, ...more });
const watch = (desk: ReturnType<typeof createDesk>, caseId = 'c-1') => {
  const session = desk.session(caseId);
  const seen: Snapshot[] = [];
  const stop = session.subscribe((snapshot) => void seen.push(snapshot));
  return { session, seen, stop, kinds: () => seen.map(shown) };
};

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('states', () => {
  it('loading, then the verdict', async () => {
    const { session, kinds } = watch(deskOver(scripted([loaded()]).backend));
    expect(shown(session.snapshot)).toBe('loading');
    await flush();
    expect(kinds()).toEqual(['available']);
  });

  it.each<[ErrorCode, string]>([
    ['signed-out', 'signed-out'],
    ['not-found', 'refused'],
    ['forbidden', 'refused'],
    ['bad-address', 'refused'],
    ['network', 'unknown'],
    ['timeout', 'unknown'],
    ['protocol', 'unknown'],
    ['unavailable', 'unknown'],
    ['server-error', 'unknown'],
    ['rate-limited', 'unknown'],
  ])('%s, when nothing was known before: %s', async (code, expected) => {
    const { session } = watch(deskOver(scripted([fail(code)]).backend));
    await flush();
    expect(shown(session.snapshot)).toBe(expected);
    expect(session.snapshot).toMatchObject({ problem: { code } });
  });

  it('a backend that throws anything else: unknown', async () => {
    const { session } = watch(deskOver(scripted([new TypeError('x is undefined')]).backend));
    await flush();
    expect(session.snapshot).toMatchObject({ phase: 'unknown', problem: { code: 'server-error' } });
  });

  it.each<ErrorCode>(['network', 'timeout', 'protocol', 'server-error'])(
    'known before: %s takes nothing away, an open escalation least of all',
    async (code) => {
      const { session } = watch(deskOver(scripted([{ value: OPEN }, fail(code)]).backend));
      await flush();
      await session.refresh();
      expect(session.snapshot).toMatchObject({ phase: 'ready', problem: { code } });
      expect(shown(session.snapshot)).toBe('open-escalation');
    },
  );

  it('… and is known again with the next answer', async () => {
    const { session } = watch(deskOver(scripted([loaded({}, 'a'), fail('network'), 'not-modified']).backend));
    await flush();
    await session.refresh();
    await session.refresh();
    expect(session.snapshot).toMatchObject({ phase: 'ready', problem: null });
  });

  it('M09: "not modified", though nothing was known, is no answer', async () => {
    const { session } = watch(deskOver(scripted(['not-modified']).backend));
    await flush();
    expect(session.snapshot).toMatchObject({ phase: 'unknown', problem: { code: 'protocol' } });
  });

  it('a plain backend without policy or user cannot be judged: unknown, in words', async () => {
    const { verdict: _verdict, ...plain } = stateOf();
    const { session } = watch(deskOver(scripted([{ value: plain }]).backend));
    await flush();
    expect(session.snapshot).toMatchObject({ phase: 'unknown', problem: { code: 'protocol' } });
  });

  it('snapshots are frozen', async () => {
    const { session } = watch(deskOver(scripted([loaded()]).backend));
    expect(Object.isFrozen(session.snapshot)).toBe(true);
    await flush();
    expect(Object.isFrozen(session.snapshot)).toBe(true);
  });

  it('asks with the etag of the answer before, user and languages', async () => {
    const user = everyone.customer;
    const { backend, calls } = scripted([loaded({}, 'tag-1'), 'not-modified']);
    const { session } = watch(deskOver(backend, { user, languages: ['de'] }));
    await flush();
    await session.refresh();
    expect(calls.map(({ call }) => [call.etag, call.user, call.languages])).toEqual([
      [undefined, user, ['de']],
      ['tag-1', user, ['de']],
    ]);
  });

  it('now() is the help desk’s: by serverTime; a 304 leaves the offset', async () => {
    const ahead = new Date(Date.parse(NOW) + 7_200_000).toISOString();
    const { session } = watch(
      deskOver(scripted([loaded({ serverTime: ahead }, 'a'), 'not-modified']).backend),
    );
    await flush();
    expect(session.now().toISOString()).toBe(ahead);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(session.now().getTime() - Date.parse(ahead)).toBe(5_000);
  });

  it('a desk made with options that are undefined has its defaults', async () => {
    const desk = createDesk({ backend: scripted([loaded()]).backend, clock: undefined, platform: undefined });
    const { session } = watch(desk);
    await flush();
    expect(shown(session.snapshot)).toBe('available');
  });
});

describe('stale answers are dropped', () => {
  it('C01 A → B while A is pending: only B is shown, and A’s request is aborted', async () => {
    const answers = { A: deferred<Tagged<CaseState>>(), B: deferred<Tagged<CaseState>>() };
    const signals: Record<string, AbortSignal> = {};
    const { backend } = scripted([], {
      load: (caseId, { signal }) => ((signals[caseId] = signal!), answers[caseId as 'A' | 'B'].promise),
    });
    const desk = deskOver(backend);
    const first = watch(desk, 'A');
    first.stop();
    const second = watch(desk, 'B');
    await flush();
    expect([signals['A']!.aborted, signals['B']!.aborted]).toEqual([true, false]);
    answers.B.resolve(loaded({ case: { ...stateOf().case, id: 'B' } }));
    answers.A.resolve(loaded({ case: { ...stateOf().case, id: 'A' } }));
    await flush();
    expect(first.seen).toEqual([]);
    expect(second.session.snapshot).toMatchObject({ state: { case: { id: 'B' } } });
  });

  it('C02 A → B → A fast × 50: the last is right, and at most one request is live', async () => {
    let live = 0;
    let most = 0;
    const { backend } = scripted([], {
      load: (caseId, { signal }) =>
        new Promise((resolve, reject) => {
          most = Math.max(most, ++live);
          const timer = setTimeout(() => {
            live--;
            resolve(loaded({ case: { ...stateOf().case, id: caseId } }));
          }, 100);
          signal!.addEventListener(
            'abort',
            () => (live--, clearTimeout(timer), reject(signal!.reason as Error)),
          );
        }),
    });
    const desk = deskOver(backend);
    let last = watch(desk, 'A');
    for (let i = 1; i <= 50; i++) {
      last.stop();
      await flush();
      last = watch(desk, i % 2 ? 'B' : 'A');
    }
    await vi.advanceTimersByTimeAsync(150);
    expect(last.session.snapshot).toMatchObject({ state: { case: { id: 'A' } } });
    expect([most, live]).toEqual([1, 0]);
  });

  it('an answer that was asked for before an own write is older than it', async () => {
    const slow = deferred<Tagged<CaseState>>();
    const { backend, calls } = scripted([loaded(), () => slow.promise, { value: OPEN }], {
      escalate: async () => ({ escalation: ESCALATION, replayed: false }),
    });
    const { session, seen } = watch(deskOver(backend));
    await flush();
    void session.refresh();
    await escalate(session, request);
    await flush();
    slow.resolve(loaded());
    await flush();
    expect(shown(session.snapshot)).toBe('open-escalation');
    expect(seen.map(shown)).not.toContain('loading');
    expect(calls[1]!.call.signal!.aborted).toBe(true);
  });

  it('several callers at once share one request', async () => {
    const { backend, calls } = scripted([loaded()]);
    const { session } = watch(deskOver(backend));
    await Promise.all([session.refresh(), session.refresh(), session.refresh()]);
    expect(calls).toHaveLength(1);
  });
});

describe('polling', () => {
  const times = (calls: { at: number }[]) => calls.map(({ at }) => (at - Date.parse(NOW)) / 1000);

  it('5 s, doubling to 60 s while nothing changes', async () => {
    const { backend, calls } = scripted([loaded({}, 'a'), 'not-modified']);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(200_000);
    expect(times(calls)).toEqual([0, 5, 15, 35, 75, 135, 195]);
  });

  it.each([
    [0, [0, 4, 12, 28]],
    [0.999999, [0, 6, 18, 42]],
  ])('± 20 %% (random %s)', async (random, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const { backend, calls } = scripted([loaded({}, 'a'), 'not-modified']);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(45_000);
    times(calls).forEach((at, i) => expect(at).toBeCloseTo(expected[i]!, 1));
  });

  it('a change brings it back to 5 s', async () => {
    const { backend, calls } = scripted([
      loaded({}, 'a'),
      'not-modified',
      'not-modified',
      loaded({}, 'b'),
      'not-modified',
    ]);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(41_000);
    expect(times(calls)).toEqual([0, 5, 15, 35, 40]);
  });

  it('failures are asked again at growing intervals too (N12)', async () => {
    const { backend, calls } = scripted([fail('unavailable')]);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(300_000);
    expect(calls.length).toBeLessThanOrEqual(12);
    expect(times(calls).slice(0, 4)).toEqual([0, 10, 30, 70]);
  });

  it('not more often than the help desk allows', async () => {
    const guarantees = { ...stateOf().guarantees, pollSeconds: 30 };
    const { backend, calls } = scripted([loaded({ guarantees }, 'a'), 'not-modified']);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(100_000);
    expect(times(calls)).toEqual([0, 30, 60, 90]);
  });

  it.each<[unknown, number]>([
    [1e12, 1],
    [Number.MAX_VALUE, 1],
    ['soon', 10],
    [null, 10],
    [{}, 10],
    [-5, 10],
  ])('an absurd interval (%s s) is no storm', async (seconds, most) => {
    const guarantees = { ...stateOf().guarantees, pollSeconds: seconds as number };
    const { backend, calls } = scripted([loaded({ guarantees })]);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls.length).toBeLessThanOrEqual(most + 3);
  });

  it('N10: none while hidden, one at once on return', async () => {
    const page = aPage();
    const { backend, calls } = scripted([loaded({}, 'a'), 'not-modified']);
    watch(deskOver(backend, { platform: page.platform }));
    await flush();
    page.leave();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(calls).toHaveLength(1);
    page.come();
    await flush();
    expect(times(calls)).toEqual([0, 600]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls).toHaveLength(3);
  });

  it('at once after an own write, without the old etag', async () => {
    const { backend, calls } = scripted([loaded({}, 'a'), 'not-modified', 'not-modified', loaded({}, 'b')], {
      note: async () => undefined,
    });
    const { session } = watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(20_000);
    await note(session, { kind: 'reply', text: 'Here.' });
    await flush();
    expect(times(calls)).toEqual([0, 5, 15, 20]);
    expect(calls.at(-1)!.call.etag).toBeUndefined();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(times(calls).at(-1)).toBe(25);
  });

  it('at `availableAt`', async () => {
    const soon = new Date(Date.parse(NOW) + 2_000).toISOString();
    const { backend, calls } = scripted([blocked(soon), loaded()]);
    const { session } = watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(shown(session.snapshot)).toBe('blocked');
    await vi.advanceTimersByTimeAsync(100);
    expect(times(calls)).toEqual([0, 2.05]);
    expect(shown(session.snapshot)).toBe('available');
  });

  it('`availableAt` that has passed, yet still blocked: no storm', async () => {
    const past = new Date(Date.parse(NOW) - 1_000).toISOString();
    const { backend, calls } = scripted([blocked(past), 'not-modified']);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(16_000);
    expect(times(calls)).toEqual([0, 5, 15]);
  });

  it('a case that is refused is not asked for again', async () => {
    const { backend, calls } = scripted([fail('not-found')]);
    watch(deskOver(backend));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(calls).toHaveLength(1);
  });
});

describe('subscribers', () => {
  it('are told once per microtask, with what they were told before', async () => {
    const { backend } = scripted([loaded(), { value: OPEN }], {
      escalate: async () => ({ escalation: ESCALATION, replayed: false }),
    });
    const session = deskOver(backend).session('c-1');
    const told: [string, string, boolean][] = [];
    const listener = (name: string) => (snapshot: Snapshot, previous: Snapshot, first: boolean) => {
      if (name === 'a') told.push([shown(previous), shown(snapshot), first]);
      else expect(first).toBe(false);
    };
    session.subscribe(listener('a'));
    session.subscribe(listener('b'));
    await flush();
    expect(told).toEqual([['loading', 'available', true]]);
    session.adopt(ESCALATION);
    session.adopt(ESCALATION);
    expect(told).toHaveLength(1);
    await flush();
    expect(told.slice(1).map(([previous, now]) => [previous, now])).toEqual([
      ['available', 'open-escalation'],
      ['open-escalation', 'open-escalation'],
    ]);
  });

  it('elements that show the same case share one session and one load', async () => {
    const { backend, calls } = scripted([loaded()]);
    const desk = deskOver(backend);
    const [a, b] = [watch(desk), watch(desk)];
    await flush();
    expect(a.session).toBe(b.session);
    expect(calls).toHaveLength(1);
    expect([a.kinds(), b.kinds()]).toEqual([['available'], ['available']]);
  });

  it('stops when the last leaves; nothing leaks', async () => {
    const page = aPage();
    const { backend, calls } = scripted([loaded({}, 'a'), 'not-modified']);
    const desk = deskOver(backend, { platform: page.platform });
    const [a, b] = [watch(desk), watch(desk)];
    await flush();
    a.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls).toHaveLength(2);
    b.stop();
    b.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([calls.length, vi.getTimerCount(), page.watching]).toEqual([2, 0, 0]);
    expect(desk.session('c-1')).not.toBe(a.session);
  });

  it('leaving while a request is on its way aborts it, and nothing is scheduled after it', async () => {
    const slow = deferred<Tagged<CaseState>>();
    const { backend, calls } = scripted([() => slow.promise]);
    const { stop, seen } = watch(deskOver(backend));
    stop();
    await flush();
    expect(calls[0]!.call.signal!.aborted).toBe(true);
    slow.resolve(loaded());
    await flush();
    expect([vi.getTimerCount(), seen]).toEqual([0, []]);
  });

  it('an element that is only moved (leaves and comes back at once) changes nothing, 500 times', async () => {
    const page = aPage();
    const { backend, calls } = scripted([loaded({}, 'a'), 'not-modified']);
    const desk = deskOver(backend, { platform: page.platform });
    let element = watch(desk);
    await flush();
    for (let i = 0; i < 500; i++) {
      element.stop();
      element = watch(desk);
      await flush();
    }
    expect([calls.length, page.watching, vi.getTimerCount()]).toEqual([1, 2, 1]);
    element.stop();
    await flush();
    expect([page.watching, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('a session that was left and is used again does not push a newer one out', async () => {
    const desk = deskOver(scripted([loaded()]).backend);
    const old = watch(desk);
    old.stop();
    await flush();
    const newer = watch(desk);
    const again = old.session.subscribe(() => undefined);
    again();
    await flush();
    expect(desk.session('c-1')).toBe(newer.session);
  });
});

describe('escalate: the key', () => {
  const other: EscalationRequest = { ...request, details: 'Corrected.' };
  /** Answers to `escalate` by a script. */
  function posting(outcomes: (BackendError | Escalation)[]) {
    const sent: { request: EscalationRequest; key?: string }[] = [];
    const script = scripted([loaded(), () => new Promise(() => undefined)], {
      escalate: async (_caseId, body, { key }) => {
        sent.push({ request: body, key });
        const outcome = outcomes[sent.length - 1]!;
        if (outcome instanceof Error) throw outcome;
        return { escalation: outcome, replayed: false };
      },
    });
    return { ...script, sent, session: watch(deskOver(script.backend)).session };
  }

  it.each<ErrorCode>([
    'network',
    'timeout',
    'protocol',
    'unavailable',
    'server-error',
    'request-in-progress',
    'signed-out',
    'rate-limited',
  ])('after %s: the same key and the same body, whatever is given', async (code) => {
    const { session, sent } = posting([fail(code), ESCALATION]);
    await flush();
    await expect(escalate(session, request)).rejects.toMatchObject({ code });
    await escalate(session, other);
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]!.key).toMatch(/^[\w-]{16,}$/);
  });

  it.each<ErrorCode>([
    'invalid',
    'criteria-not-met',
    'channel-not-offered',
    'not-entitled',
    'forbidden',
    'not-found',
    'too-large',
    'bad-address',
  ])('after the definite refusal %s: a new key, the corrected body', async (code) => {
    const { session, sent } = posting([fail(code), ESCALATION]);
    await flush();
    await expect(escalate(session, request)).rejects.toMatchObject({ code });
    await escalate(session, other);
    expect(sent[1]!.request).toEqual(other);
    expect(sent[1]!.key).not.toBe(sent[0]!.key);
  });

  it('after a success: a new key', async () => {
    const { session, sent } = posting([ESCALATION, ESCALATION]);
    await flush();
    await escalate(session, request);
    await escalate(session, other);
    expect(sent[1]).toMatchObject({ request: other });
    expect(sent[1]!.key).not.toBe(sent[0]!.key);
  });

  it('C06: five clicks at once are one request', async () => {
    const { session, sent } = posting([ESCALATION]);
    await flush();
    const filed = await Promise.all(Array.from({ length: 5 }, () => escalate(session, request)));
    expect(sent).toHaveLength(1);
    expect(new Set(filed.map(({ escalation }) => escalation.id)).size).toBe(1);
  });

  it('C07: 409 shows the winner', async () => {
    const { session } = posting([fail('open-escalation-exists', { escalation: ESCALATION })]);
    await flush();
    await expect(escalate(session, request)).rejects.toMatchObject({ code: 'open-escalation-exists' });
    expect(session.snapshot).toMatchObject({
      state: { openEscalation: { id: ESCALATION.id }, verdict: { kind: 'open-escalation' } },
    });
  });

  it('a success shows the escalation at once, and looks again', async () => {
    const { session, calls } = posting([ESCALATION]);
    await flush();
    await escalate(session, request);
    expect(shown(session.snapshot)).toBe('open-escalation');
    expect(calls).toHaveLength(2);
  });

  it('a definite refusal looks again', async () => {
    const { session, calls } = posting([fail('criteria-not-met')]);
    await flush();
    await escalate(session, request).catch(() => undefined);
    await flush();
    expect(calls).toHaveLength(2);
  });

  it('leaving does not abort a request on its way', async () => {
    const slow = deferred<Escalation>();
    let signal: AbortSignal | undefined;
    const { backend } = scripted([loaded()], {
      escalate: async (_id, _body, call) => (
        (signal = call.signal),
        { escalation: await slow.promise, replayed: false }
      ),
    });
    const { session, stop } = watch(deskOver(backend));
    await flush();
    const work = escalate(session, request);
    stop();
    await flush();
    slow.resolve(ESCALATION);
    expect((await work).escalation.id).toBe(ESCALATION.id);
    expect(signal?.aborted ?? false).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('policy', () => {
  it('is fetched once per version, and again after a failure', async () => {
    const policy = vi
      .fn<NonNullable<Backend['policy']>>()
      .mockRejectedValueOnce(fail('network'))
      .mockResolvedValue(genesys);
    const { session } = watch(deskOver(scripted([loaded()], { policy }).backend));
    await flush();
    await expect(policyOf(session)).rejects.toMatchObject({ code: 'network' });
    await flush();
    expect(await policyOf(session)).toBe(genesys);
    expect(await policyOf(session)).toBe(genesys);
    expect(policy).toHaveBeenCalledTimes(2);
  });

  it('is the desk’s own, where it has one', async () => {
    const { session } = watch(deskOver(scripted([loaded()]).backend, { policy: pulse }));
    expect(await policyOf(session)).toBe(pulse);
  });
});

describe('judging in the page equals the gateway', () => {
  const table: [string, Partial<Case>, typeof genesys][] = [
    ['available', {}, genesys],
    ['blocked: low', { priority: 'low' }, genesys],
    [
      'blocked: high, updated just now',
      { priority: 'high', lastUpdate: { at: '2026-05-12T11:00:00Z', by: null } },
      genesys,
    ],
    ['blocked: waiting on the customer', { waitingOn: 'customer' }, genesys],
    ['blocked: closed', { status: 'closed' }, genesys],
    ['elsewhere: critical', { priority: 'critical' }, genesys],
    ['elsewhere: FedRAMP Cloud CX', { program: 'fedramp-cloud-cx' }, genesys],
    ['elsewhere: program unknown', { program: undefined }, genesys],
    ['available: FedRAMP Engage', { program: 'fedramp-engage' }, genesys],
    ['available: Platinum', {}, pulse],
    ['not-offered: Gold', { plan: 'Gold' }, pulse],
  ];
  it.each(table)('%s', async (_what, changes, policy) => {
    for (const who of ['customer', 'colleague', 'partner', 'owner', 'engineer'] as const) {
      const kase = caseOf(changes);
      const gateway = openGateway({ cases: [kase], policy });
      const backend = memory({ cases: [{ case: kase, account: 'acme' }], clock: () => new Date(NOW) });
      const user = everyone[who];
      const { session, stop } = watch(deskOver(backend, { policy, user, clock: () => new Date(NOW) }));
      await flush();
      const inPage = session.snapshot.phase === 'ready' ? session.snapshot.state : undefined;
      const { body } = await gateway.get(who, '/cases/c-1');
      expect(JSON.parse(JSON.stringify(inPage))).toEqual(body);

      const asked = { ...request, reasonId: policy === pulse ? 'faster-progress' : request.reasonId };
      const posted = await gateway.post(who, '/cases/c-1/escalations', asked);
      const filed = await escalate(session, asked).then(
        ({ escalation }) => escalation.status,
        (error: BackendError) => error.code,
      );
      expect(filed).toBe(posted.status === 201 ? posted.body.status : posted.body.code);
      expect(Object.keys((await backend.read()).escalations)).toHaveLength(posted.status === 201 ? 1 : 0);
      stop();
      await flush();
    }
  });

  it('G34 `corrects` names a declined escalation of the case', async () => {
    const backend = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    const asOwner = { user: everyone.owner, policy: genesys };
    const { escalation } = await backend.escalate('c-1', request, {
      user: everyone.customer,
      policy: genesys,
    });
    await backend.act!(escalation.id, { kind: 'decline', text: 'No.', criteria: [] }, asOwner);
    const { session } = watch(deskOver(backend, { policy: genesys, user: everyone.customer }));
    await flush();
    await expect(escalate(session, { ...request, corrects: 'e-0' })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/corrects' }] },
    });
    const filed = await escalate(session, { ...request, corrects: escalation.id });
    expect(filed.escalation.corrects).toBe(escalation.id);
  });

  it('open-escalation, and P9 hidden from who may not know', async () => {
    const backend = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    await backend.escalate(
      'c-1',
      { ...request, reasonId: 'case-reassignment' },
      { user: everyone.customer, policy: pulse },
    );
    for (const [who, kind, code] of [
      ['customer', 'open-escalation', 'open-escalation-exists'],
      ['engineer', 'not-offered', 'not-found'],
    ] as const) {
      const { session } = watch(deskOver(backend, { policy: pulse, user: everyone[who] }));
      await flush();
      expect(shown(session.snapshot)).toBe(kind);
      await expect(escalate(session, request)).rejects.toMatchObject({ code });
    }
  });
});
