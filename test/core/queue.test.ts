import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type Backend, type Call, type Tagged } from '../../src/core/backend.js';
import { createDesk } from '../../src/core/desk.js';
import type { Escalation, Queue, QueueQuery } from '../../src/core/model.js';
import { queueOf, type QueueView } from '../../src/core/queue.js';
import { document } from '../openapi.js';
import { aPage } from '../page.js';
import '../loaded.js';

const one = (id: string): Escalation => ({
  ...structuredClone(document.components.examples['Queue'].value.escalations[0]),
  id,
});
type Answer = Tagged<Queue> | 'not-modified' | BackendError;
const page = (ids: string[], after: string | null = null, etag = ids.join()): Tagged<Queue> => ({
  value: { escalations: ids.map(one), after },
  etag,
});

/** A help desk whose queue answers by a script, by cursor. */
function scripted(answer: (query: QueueQuery, call: Call) => Answer, browserPage = aPage()) {
  const asked: { query: QueueQuery; call: Call; at: number }[] = [];
  const backend: Backend = {
    guarantees: { dedup: 'key', unique: 'store', live: false, pollSeconds: 5 },
    load: () => Promise.reject(new BackendError('not-found')),
    escalate: () => Promise.reject(new BackendError('not-found')),
    async queue(query, call) {
      asked.push({ query, call, at: Date.now() });
      const answered = answer(query, call);
      if (answered instanceof BackendError) throw answered;
      return answered;
    },
  };
  const queue = queueOf(createDesk({ backend, platform: browserPage.platform }));
  return { queue, asked, page: browserPage };
}
const ids = ({ escalations }: QueueView) => escalations.map(({ id }) => id);
const flush = () => vi.advanceTimersByTimeAsync(0);
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the queue', () => {
  it('is loaded with the first who looks, and left with the last', async () => {
    const { queue, asked, page: shown } = scripted(() => page(['a', 'b']));
    expect([queue.view.phase, asked.length]).toEqual(['loading', 0]);
    const stop = queue.subscribe(() => undefined);
    await flush();
    expect([queue.view.phase, ids(queue.view)]).toEqual(['ready', ['a', 'b']]);
    stop();
    expect(shown.watching).toBe(0);
    await pass(600);
    expect(asked).toHaveLength(1);
  });

  it('asks at growing intervals while nothing changes, with the tag that it has', async () => {
    const { queue, asked } = scripted((_query, { etag }) => (etag ? 'not-modified' : page(['a'])));
    queue.subscribe(() => undefined);
    await pass(200);
    const waits = asked.slice(1).map(({ at }, i) => (at - asked[i]!.at) / 1000);
    expect(waits.slice(0, 5)).toEqual([5, 10, 20, 40, 60]);
    expect(asked[1]?.call.etag).toBe('a');
    expect(ids(queue.view)).toEqual(['a']);
  });

  it('asks soon again after a change', async () => {
    let now = page(['a']);
    const { queue, asked } = scripted((_query, { etag }) => (etag === now.etag ? 'not-modified' : now));
    queue.subscribe(() => undefined);
    await pass(40);
    now = page(['b', 'a']);
    await pass(40);
    expect(ids(queue.view)).toEqual(['b', 'a']);
    const { at } = asked.at(-1)!;
    await pass(5);
    expect(asked.at(-1)!.at - at).toBeLessThanOrEqual(10_000);
  });

  it('is not asked for while nobody can see it, and at once on return', async () => {
    const shown = aPage();
    const { queue, asked } = scripted(() => page(['a']), shown);
    queue.subscribe(() => undefined);
    await flush();
    shown.leave();
    await pass(600);
    expect(asked).toHaveLength(1);
    shown.come();
    await flush();
    expect(asked).toHaveLength(2);
  });

  it('what failed takes nothing away, and says why', async () => {
    let broken = false;
    const { queue } = scripted(() => (broken ? new BackendError('network') : page(['a'])));
    queue.subscribe(() => undefined);
    await flush();
    broken = true;
    await queue.refresh();
    expect([queue.view.phase, ids(queue.view), queue.view.problem?.code]).toEqual([
      'ready',
      ['a'],
      'network',
    ]);
    broken = false;
    await queue.refresh();
    expect(queue.view.problem).toBeNull();
  });

  it.each(['forbidden', 'not-found'] as const)('%s is not asked again', async (code) => {
    const { queue, asked } = scripted(() => new BackendError(code));
    queue.subscribe(() => undefined);
    await pass(600);
    expect([queue.view.phase, queue.view.problem?.code, asked.length]).toEqual(['failed', code, 1]);
  });

  it('waits as long as a busy help desk asks', async () => {
    const { queue, asked } = scripted(() => new BackendError('unavailable', 'Busy', { retryAfter: 90 }));
    queue.subscribe(() => undefined);
    await pass(85);
    expect(asked).toHaveLength(1);
    await pass(10);
    expect(asked).toHaveLength(2);
  });

  it('a help desk without one says so', async () => {
    const backend: Backend = {
      guarantees: { dedup: 'key', unique: 'store', live: false },
      load: () => Promise.reject(new BackendError('not-found')),
      escalate: () => Promise.reject(new BackendError('not-found')),
    };
    const queue = queueOf(createDesk({ backend }));
    queue.subscribe(() => undefined);
    await flush();
    expect(queue.view.problem?.code).toBe('not-found');
  });

  it('shows the next page when asked to, and keeps it', async () => {
    const pages: Record<string, Tagged<Queue>> = {
      '': page(['a', 'b'], 'b', '1'),
      b: page(['c'], null, '2'),
    };
    const { queue } = scripted(({ after = '' }, { etag }) =>
      etag === pages[after]?.etag ? 'not-modified' : pages[after]!,
    );
    queue.subscribe(() => undefined);
    await flush();
    expect([ids(queue.view), queue.view.more]).toEqual([['a', 'b'], true]);
    await queue.showMore();
    expect([ids(queue.view), queue.view.more]).toEqual([['a', 'b', 'c'], false]);
    pages[''] = page(['z', 'a'], 'a', '3');
    pages['a'] = page(['b', 'c'], null, '4');
    await queue.refresh();
    expect(ids(queue.view)).toEqual(['z', 'a', 'b', 'c']);
  });

  it('one that moved between two pages is there once', async () => {
    const { queue } = scripted(({ after }) => (after ? page(['b', 'c'], null) : page(['a', 'b'], 'b')));
    queue.subscribe(() => undefined);
    await flush();
    await queue.showMore();
    expect(ids(queue.view)).toEqual(['a', 'b', 'c']);
  });

  it('a cursor whose row has gone: the queue begins anew, without a word', async () => {
    let gone = false;
    const { queue } = scripted(({ after }) => {
      if (after && gone) return new BackendError('cursor-expired');
      return after ? page(['c'], null, 'second') : page(['a', 'b'], 'b', 'first');
    });
    queue.subscribe(() => undefined);
    await flush();
    await queue.showMore();
    gone = true;
    await queue.refresh();
    expect([ids(queue.view), queue.view.more, queue.view.problem]).toEqual([['a', 'b'], true, null]);
  });

  it('elements of one desk share it', () => {
    const desk = createDesk({ backend: {} as Backend });
    expect(queueOf(desk)).toBe(queueOf(desk));
  });
});
