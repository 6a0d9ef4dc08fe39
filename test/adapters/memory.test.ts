import { describe, expect, it } from 'vitest';
import { watchCase } from '../../src/adapters/memory/watch.js';
import { memory, type MemoryState } from '../../src/adapters/memory.js';
import type { CaseEvent } from '../../src/core/backend.js';
import type { User } from '../../src/core/model.js';
import { backendContract } from '../../src/testing/index.js';
import { itPassesTheContract } from '../contract.js';
import { attach, caseOf, helpDesk, people, policy, request } from '../desk.js';

type Desk = ReturnType<typeof helpDesk>;
const cases = ['c-1', 'c-2', 'c-3'].map((id) => caseOf({ id }));
const setupOver = (backend: Desk) => ({
  ...people,
  caseId: 'c-1',
  moreCases: ['c-2', 'c-3'],
  request,
  reasonLabel: policy.reasons.find(({ id }) => id === request.reasonId)?.label as string,
  as: (user: User) => ({ backend, call: { user, policy } }),
});

describe('memory passes the contract', () => {
  itPassesTheContract(() => setupOver(helpDesk(cases, { attach })));
});

it('of the contract, what a backend lacks is skipped by name; without a way to skip it passes', async () => {
  const plain = () => {
    const { queue: _queue, ...desk } = helpDesk(cases, { guarantees: { live: false } });
    return setupOver(desk);
  };
  const skipped: string[] = [];
  for (const { name, run } of backendContract(plain)) {
    await run({ skip: (why) => void skipped.push(`${name.split(':')[0]}: ${why}`) });
    await run();
  }
  expect([...new Set(skipped)]).toEqual([
    'queue: the backend lacks queue',
    'watch: the help desk has no events',
    'files: the help desk takes no files',
    'fails: the backend has no line of its own',
    'lies: the backend has no line of its own',
  ]);
});

const customer = { user: people.customer, policy };
const owner = { user: people.owner, policy };
let keys = 0;
const say = (desk: Desk, id: string, text: string, call = owner) => {
  const clientId = `k-${++keys}`;
  return desk.post!(id, { clientId, text }, { ...call, key: clientId });
};
/** Watches, and lets one wait for what comes. */
function listen(desk: Desk, since?: string, caseId = 'c-1', { user }: { user: User } = customer) {
  const heard: CaseEvent[] = [];
  const stop = new AbortController();
  let stir = () => undefined as void;
  const ended = desk.watch!(caseId, since, { user, signal: stop.signal }, (event) => {
    heard.push(event);
    stir();
  });
  return {
    heard,
    ended,
    kinds: () => heard.map(({ kind }) => kind),
    async until(isIt: (event: CaseEvent) => boolean) {
      while (!heard.some(isIt)) await Promise.race([ended, new Promise<void>((resolve) => (stir = resolve))]);
    },
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}
const isKind = (kind: CaseEvent['kind']) => (event: CaseEvent) => event.kind === kind;

describe('watch', () => {
  it('answers false at once where the desk is not live', async () => {
    const line = listen(helpDesk([caseOf()], { guarantees: { live: false } }));
    expect([await line.ended, line.heard]).toEqual([false, []]);
  });

  it('is live by default, and says so', async () => {
    const desk = helpDesk();
    expect(desk.guarantees.live).toBe(true);
    expect(await desk.load('c-1', customer)).toMatchObject({ value: { guarantees: { live: true } } });
  });

  it('of a call that was aborted before it began: true, and nothing is told', async () => {
    const told: CaseEvent[] = [];
    const call = { ...customer, signal: AbortSignal.abort() };
    expect(await helpDesk().watch!('c-1', undefined, call, (event) => told.push(event))).toBe(true);
    expect(told).toEqual([]);
  });

  it('whoever has gone is not looked for again', async () => {
    let kept: MemoryState | null = null;
    let reads = 0;
    const store = {
      read: async () => (reads++, kept),
      write: async (state: MemoryState) => void (kept = state),
    };
    const desk = helpDesk([caseOf()], { store });
    const change = async () => {
      reads = 0;
      await desk.change(({ cases }) => {
        cases['c-1']!.case = { ...cases['c-1']!.case, subject: `Subject ${++keys}` };
      });
      return reads;
    };
    const line = listen(desk);
    await line.until(isKind('reset'));
    expect(await change()).toBe(2);
    await line.until(isKind('case'));
    expect(await line.stop()).toBe(true);
    expect(await change()).toBe(1);
    expect(line.kinds()).toEqual(['reset', 'case']);
  });

  it('leaves no listener behind, neither of the desk nor of the signal', async () => {
    const desk = helpDesk();
    const { signal } = new AbortController();
    const on = { added: 0, removed: 0 };
    signal.addEventListener = () => void on.added++;
    signal.removeEventListener = () => void on.removed++;
    const listeners = new Set<() => void>();
    const source = { read: () => desk.read(), listeners };
    const watching = watchCase(source, 'c-1', undefined, { user: people.customer, signal }, () => undefined);
    expect([listeners.size, on]).toEqual([1, { added: 1, removed: 0 }]);
    await desk.change(({ cases }) => void delete cases['c-1']);
    listeners.forEach((listener) => listener());
    await expect(watching).rejects.toMatchObject({ code: 'not-found' });
    expect([listeners.size, on]).toEqual([0, { added: 1, removed: 1 }]);
  });

  it('tells of its own case only, and of no change that nobody can see', async () => {
    const desk = helpDesk([caseOf(), caseOf({ id: 'c-2' })]);
    const line = listen(desk);
    await line.until(isKind('reset'));
    await desk.escalate('c-2', request, customer);
    await desk.feedback!('genesys', { version: '1', helpful: true }, customer);
    await desk.note!('c-1', { kind: 'reply', text: 'Logs' }, customer);
    await line.until(isKind('case'));
    expect(line.kinds()).toEqual(['reset', 'case']);
    await line.stop();
  });

  it('a case that is somebody else’s from now on: not-found', async () => {
    const desk = helpDesk();
    const line = listen(desk);
    await line.until(isKind('reset'));
    await desk.change(({ cases }) => void (cases['c-1']!.account = 'globex'));
    await expect(line.ended).rejects.toMatchObject({ code: 'not-found' });
  });

  it('after a break: the entries in between, then how it stands; what was closed before stays untold', async () => {
    const desk = helpDesk();
    const { escalation: first } = await desk.escalate('c-1', request, customer);
    await desk.act!(first.id, { kind: 'withdraw' }, customer);
    const before = listen(desk);
    await before.until(isKind('reset'));
    await before.stop();
    const since = before.heard[0]!.id;
    const { escalation: second } = await desk.escalate('c-1', request, customer);
    await say(desk, second.id, 'Hello');
    await desk.act!(second.id, { kind: 'withdraw' }, customer);
    const { escalation: third } = await desk.escalate('c-1', request, customer);
    const line = listen(desk, since);
    await line.until(isKind('case'));
    await line.stop();
    expect(
      line.heard.map((event) =>
        event.kind === 'entry'
          ? `${event.escalationId === third.id ? 'third' : 'second'} ${event.entry.text || event.entry.status}`
          : event.kind === 'escalation'
            ? `${event.escalation.id === second.id ? 'second' : 'third'} is ${event.escalation.status}`
            : event.kind,
      ),
    ).toEqual([
      'second requested',
      'second Hello',
      'second withdrawn',
      'third requested',
      'second is withdrawn',
      'third is requested',
      'case',
    ]);
  });

  it.each([
    [500, 'entry'],
    [501, 'reset'],
  ])('after %i entries it begins with: %s', async (count, kind) => {
    const desk = helpDesk();
    const { escalation } = await desk.escalate('c-1', request, customer);
    const { latestEntryId } = escalation;
    await desk.change((state) => {
      const { entries } = state.escalations[escalation.id]!;
      const row = entries[0]!;
      for (let i = 0; i < count; i++) entries.push({ ...row, id: String(++state.count).padStart(9, '0') });
    });
    const line = listen(desk, latestEntryId!);
    await line.until(() => true);
    expect(line.heard[0]!.kind).toBe(kind);
    await line.stop();
  });
});

describe('files', () => {
  it('without `attach` there is no way for them', async () => {
    const desk = helpDesk();
    expect([desk.upload, desk.download]).toEqual([undefined, undefined]);
    await expect(desk.escalate('c-1', { ...request, attachmentIds: ['f'] }, customer)).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('live through a store that copies what it keeps, and come with their name', async () => {
    let kept: MemoryState | null = null;
    const store = {
      read: async () => structuredClone(kept),
      write: async (state: MemoryState) => void (kept = structuredClone(state)),
    };
    const desk = helpDesk([caseOf()], { attach, store });
    const data = new Blob(['line 1\n'], { type: 'text/plain' });
    const { id } = await desk.upload!('c-1', { name: 'trace.log', data }, customer);
    const { escalation } = await desk.escalate('c-1', { ...request, attachmentIds: [id] }, customer);
    await say(desk, escalation.id, 'Read it');
    const reopened = memory({ cases: [], attach, store });
    const file = (await reopened.download!('c-1', id, owner)) as File;
    expect([file.name, file.type, await file.text()]).toEqual(['trace.log', 'text/plain', 'line 1\n']);
  });

  it('one without a type is of any', async () => {
    const desk = helpDesk([caseOf()], { attach });
    const { type } = await desk.upload!('c-1', { name: 'trace.log', data: new Blob(['x']) }, customer);
    expect(type).toBe('application/octet-stream');
  });
});
