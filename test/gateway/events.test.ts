import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import { BackendError, type Backend, type CaseEvent } from '../../src/core/backend.js';
import { createGateway } from '../../src/gateway/gateway.js';
import {
  assignedToManager,
  caseOf,
  everyone,
  genesys,
  NOW,
  open,
  pulse,
  type Gateway,
  type Who,
} from './client.js';
import { isEnd, isReset, isText, listen, sayEnd, type Told } from './stream.js';

/** `GET /cases/{id}/events`. */

const events = '/cases/c-1/events';
/** What was told, in short. */
const short = (told: readonly Told[]): string[] =>
  told.map(({ event, data }) =>
    event === 'entry' ? `entry ${data.text || data.kind}` : event === 'escalation' ? `escalation ${data.status}` : event,
  ); // prettier-ignore
const texts = (told: readonly Told[]): string[] =>
  told.filter(({ event }) => event === 'entry').map(({ data }) => data.text);
const helpDesk = (options: Partial<Parameters<typeof memory>[0]> = {}) =>
  memory({ cases: [{ case: caseOf(), account: 'acme' }], clock: () => new Date(NOW), ...options });

describe('who may listen', () => {
  it.each<[Who | null, string, number]>([
    ['stranger', 'c-1', 404],
    ['customer', 'c-none', 404],
    [null, 'c-1', 401],
  ])('%s, %s: %s', async (who, id, status) => {
    const answer = await open().get(who, `/cases/${id}/events`, { Accept: 'text/event-stream' });
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([status, 'no-store']);
  });

  it.each<Who>(['customer', 'colleague', 'partner', 'owner', 'engineer'])(
    '%s: a stream that no cache keeps and no proxy holds back',
    async (who) => {
      const line = await listen(open(), who);
      const { status, headers } = line.response;
      expect(status).toBe(200);
      expect(headers.get('Content-Type')).toBe('text/event-stream');
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('X-Accel-Buffering')).toBe('no');
      await line.read();
      expect(line.comments()).toBe(1);
      await line.until(isReset);
      expect(line.heard[0]).toMatchObject({ event: 'reset', id: expect.stringMatching(/./) });
      await line.close();
    },
  );

  it('takes no writes', async () => {
    const { status, headers } = await open().post('customer', events, {});
    expect([status, headers.get('Allow')]).toEqual([405, 'GET']);
  });
});

describe('204, poll', () => {
  const { watch: _watch, ...deaf } = helpDesk();
  const { program: _program, ...unknown } = caseOf();
  it.each<[string, () => Gateway]>([
    ['the help desk has no events', () => open({ backend: deaf })],
    ['it says that it is not live', () => open({ memory: { guarantees: { live: false } } })],
    ['it finds out when asked', () => open({ backend: { ...helpDesk(), watch: async () => false } })],
    ['G14: the case goes by e-mail', () => open({ cases: [caseOf({ program: 'fedramp-cloud-cx' })] })],
    ['G14: its program is not known', () => open({ cases: [unknown] })],
  ])('%s', async (_name, make) => {
    const { status, body, headers } = await make().get('customer', events);
    expect([status, body, headers.get('Cache-Control')]).toEqual([204, undefined, 'no-store']);
  });

  it('what is refused before anything was told is a problem, not a stream', async () => {
    const refusing = { ...helpDesk(), watch: () => Promise.reject(new BackendError('unavailable')) };
    const { status, body } = await open({ backend: refusing }).get('customer', events);
    expect([status, body.code]).toEqual([503, 'unavailable']);
  });
});

describe('what is told', () => {
  it('a request, a message, what was read: in order, as the GETs have them', async () => {
    const desk = open({ basePath: '/api' });
    const line = await listen(
      {
        gateway: (request) => desk.gateway(new Request(request.url.replace('/cases', '/api/cases'), request)),
      },
      'customer',
    );
    await line.until(isReset);
    const { body: made } = await desk.escalate('colleague');
    await desk.say('owner', made.id, 'We are on it.');
    await desk.act('owner', made.id, { kind: 'take' }, '"1"');
    await desk.act('colleague', made.id, { kind: 'follow' });
    await sayEnd(desk);
    const told = await line.until(isEnd);
    expect(short(told.filter(({ event }) => event === 'entry'))).toEqual([
      'entry status',
      'entry We are on it.',
      'entry status',
    ]);
    const followed = told.findLast(({ event }) => event === 'escalation');
    expect(followed?.data).toEqual((await desk.get('customer', `/escalations/${made.id}`)).body);
    const { body: page } = await desk.get('customer', `/escalations/${made.id}/entries`);
    expect(told.filter(({ event }) => event === 'entry').map(({ data }) => data)).toEqual(
      page.entries.map((entry: object) => ({ ...entry, escalationId: made.id })),
    );
    expect(told.at(-1)?.data).toEqual((await desk.get('customer', '/cases/c-1')).body.case);
    await line.close();
  });

  it('what somebody reads is told to them alone', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    const { body: entry } = await desk.say('owner', made.id, 'Hello');
    const lines = await Promise.all([listen(desk, 'customer'), listen(desk, 'colleague')]);
    for (const line of lines) await line.until(isReset);
    await desk.act('customer', made.id, { kind: 'read', entryId: entry.id });
    await sayEnd(desk);
    const [own, other] = await Promise.all(lines.map((line) => line.until(isEnd)));
    expect(own!.filter(({ event }) => event === 'escalation').map(({ data }) => data.unread)).toEqual([0]);
    expect(short(other!)).toEqual(['reset', 'case']);
    for (const line of lines) await line.close();
  });

  /** Who hears of a request (and of a message and a note in it): no more than the GETs show. */
  const all = ['reset', 'entry status', 'escalation requested', 'entry Hello', 'escalation requested'];
  const seen = [...all, 'escalation requested', 'case'];
  const owns = [...all, 'entry Between us', 'escalation requested', 'case'];
  const nothing = ['reset', 'case'];
  const owner = { reasonId: 'case-reassignment', confirmed: [] };
  const usual = { reasonId: 'faster-progress', confirmed: [] };
  it.each<[string, Who, object, string[]]>([
    ['usual', 'customer', usual, seen],
    ['usual', 'colleague', usual, seen],
    ['usual', 'partner', usual, seen],
    ['usual', 'owner', usual, owns],
    ['usual', 'manager', usual, owns],
    ['usual', 'engineer', usual, seen],
    ['usual', 'assignee', usual, seen],
    ['owner-only', 'customer', owner, seen],
    ['owner-only', 'colleague', owner, seen],
    ['owner-only', 'partner', owner, seen],
    ['owner-only', 'owner', owner, owns],
    ['owner-only', 'manager', owner, owns],
    ['owner-only', 'engineer', owner, nothing],
    ['owner-only', 'assignee', owner, nothing],
  ])('P9: of an %s request, a message and an internal note: %s', async (_kind, who, asked, expected) => {
    const desk = open({ cases: [assignedToManager()], policy: pulse });
    const line = await listen(desk, who);
    await line.until(isReset);
    const { body: made } = await desk.escalate('customer', asked);
    // Read as it comes, so that what is told together does not hide how often.
    const heard = (count: number) => line.until(() => line.heard.length >= count);
    if (expected.length > 2) await heard(3);
    await desk.say('partner', made.id, 'Hello');
    if (expected.length > 2) await heard(5);
    await desk.act('owner', made.id, { kind: 'note', text: 'Between us' }, '"1"');
    await sayEnd(desk);
    expect(short(await line.until(isEnd))).toEqual(expected);
    await line.close();

    const again = await listen(desk, who, { since: line.heard[0]?.id });
    const entries = expected.filter((row) => row.startsWith('entry'));
    const resumed = short(await again.until(isEnd));
    expect(resumed.filter((row) => row.startsWith('entry'))).toEqual(entries);
    await again.close();
  });

  it('G38: where the feed is off, there are no entries', async () => {
    const desk = open({ cases: [caseOf({ program: 'fedramp-engage' })] });
    const line = await listen(desk, 'customer');
    await line.until(isReset);
    await desk.escalate('customer');
    await sayEnd(desk);
    expect(short(await line.until(isEnd))).toEqual(['reset', 'escalation requested', 'case']);
    await line.close();
  });

  it('several things at once: the case is looked at once', async () => {
    let loads = 0;
    const backend = helpDesk();
    const counted: Backend = {
      ...backend,
      load: (...rest) => {
        loads++;
        return backend.load(...rest);
      },
      async watch(_caseId, _since, { signal }, tell) {
        for (let i = 1; i <= 100; i++) tell({ kind: 'case', id: String(i), case: caseOf() });
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        return true;
      },
    };
    const line = await listen(open({ backend: counted }), 'customer');
    loads = 0;
    await line.until(({ id }) => id === '100');
    expect([line.heard.length, loads]).toEqual([100, 1]);
    await line.close();
  });
});

describe('rights are asked for again with what is told', () => {
  it('a case that is theirs no more: the stream ends, and says nothing of it', async () => {
    const desk = open();
    const line = await listen(desk, 'customer');
    await line.until(isReset);
    await desk.desk.change(({ cases }) => void (cases['c-1']!.account = 'globex'));
    expect(short(await line.toEnd())).toEqual(['reset']);
    expect((await desk.get('customer', events)).status).toBe(404);
  });

  it('G14: a case that goes by e-mail from now on: the stream ends, and says nothing of it', async () => {
    const desk = open();
    const line = await listen(desk, 'customer');
    await line.until(isReset);
    await desk.desk.change(({ cases }) => {
      cases['c-1']!.case = { ...cases['c-1']!.case, program: 'fedramp-cloud-cx', subject: 'A secret' };
    });
    expect(short(await line.toEnd())).toEqual(['reset']);
  });

  it('a policy that turns the feed off: entries are told no more', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    const line = await listen(desk, 'customer');
    await line.until(isReset);
    await desk.say('owner', made.id, 'Before');
    await line.until(isText('Before'));
    const { feed } = genesys;
    await desk.desk.change(({ cases }) => {
      cases['c-1']!.case = { ...cases['c-1']!.case, program: 'fedramp-engage' };
    });
    expect(feed.offFor).toContain('fedramp-engage');
    await desk.desk.post!(
      made.id,
      { clientId: 'after', text: 'After' },
      { user: everyone.owner, policy: genesys, key: 'after' },
    );
    await sayEnd(desk);
    expect(texts(await line.until(isEnd))).toEqual(['Before']);
    await line.close();
  });
});

describe('after a break', () => {
  it('an id that is none, and one of another day, begin anew', async () => {
    for (const since of ['never-given-out', '999999999', '1']) {
      const line = await listen(open(), 'customer', { since });
      expect(short(await line.until(isReset))).toEqual(['reset']);
      await line.close();
    }
  });

  it('after too much, it begins anew', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    const line = await listen(desk, 'customer');
    await line.until(isReset);
    const since = line.heard[0]!.id!;
    await line.close();
    const say = (count: number) =>
      desk.desk.change((state) => {
        const { entries } = state.escalations[made.id]!;
        for (let i = 0; i < count; i++)
          entries.push({ ...entries[0]!, kind: 'message', text: 'x', id: String(++state.count).padStart(9, '0') });
      }); // prettier-ignore
    await say(500);
    await sayEnd(desk);
    const most = await listen(desk, 'customer', { since });
    expect(short(await most.until(isEnd)).slice(0, 501)).toEqual([
      ...Array.from({ length: 500 }, () => 'entry x'),
      'escalation requested',
    ]);
    await most.close();
    await say(1);
    const more = await listen(desk, 'customer', { since });
    await more.until(isReset);
    expect(short(more.heard)).toEqual(['reset']);
    await more.close();
  });

  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('customer', 'owner', 'colleague') },
    { weight: 1, arbitrary: fc.constant('note') },
    { weight: 1, arbitrary: fc.constant('read') },
    { weight: 2, arbitrary: fc.constant('hear') },
    { weight: 3, arbitrary: fc.nat({ max: 4 }) },
  );
  it.each<Who>(['customer', 'owner'])(
    '%s, breaking off anywhere: nothing lost, nothing twice, in order',
    async (who) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const desk = open();
          const { body: made } = await desk.escalate('customer');
          let line = await listen(desk, who);
          await line.until(isReset);
          let since = line.heard.pop()!.id!;
          const expected: string[] = [];
          const found: string[] = [];
          /** Takes so many events of what has come; the rest was lost on the way. */
          const take = (count = Infinity) => {
            const taken = line.heard.splice(0).slice(0, count);
            since = taken.at(-1)?.id ?? since;
            found.push(...texts(taken));
          };
          const hearAll = async () => {
            const last = expected.at(-1);
            if (last !== undefined && found.at(-1) !== last) await line.until(isText(last));
          };
          for (const [i, what] of steps.entries()) {
            const text = `${i}`;
            if (what === 'read') {
              const { body } = await desk.get(who, `/escalations/${made.id}`);
              await desk.act(who, made.id, { kind: 'read', entryId: body.latestEntryId });
            } else if (what === 'note') {
              const { etag } = await desk.get('owner', `/escalations/${made.id}`);
              await desk.act('owner', made.id, { kind: 'note', text }, etag);
              if (who === 'owner') expected.push(text);
            } else if (what === 'hear') {
              await hearAll();
              take();
            } else if (typeof what === 'number') {
              if (what > 0) await hearAll();
              await line.close();
              take(what);
              line = await listen(desk, who, { since });
            } else {
              await desk.say(what, made.id, text);
              expected.push(text);
            }
          }
          await hearAll();
          take();
          await line.close();
          expect(found).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );
});

/** A help desk whose events the test makes. */
function spoken() {
  const lines: { tell: (event: CaseEvent) => void; signal: AbortSignal }[] = [];
  const backend: Backend = {
    ...helpDesk(),
    watch: (_caseId, _since, { signal }, tell) =>
      new Promise((resolve) => {
        lines.push({ tell, signal: signal! });
        signal!.addEventListener('abort', () => resolve(true));
      }),
  };
  return { lines, backend };
}

describe('the line', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says every 15 seconds that it is alive, also when nothing has happened at all', async () => {
    const { lines, backend } = spoken();
    const opening = listen(open({ backend }), 'customer', { since: '5' });
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(1000);
    const line = await opening;
    await line.read();
    expect(line.comments()).toBe(1);
    for (const comments of [2, 3, 4]) {
      const reading = line.read();
      await vi.advanceTimersByTimeAsync(15_000);
      await reading;
      expect(line.comments()).toBe(comments);
    }
    await line.close();
  });

  it('ends after ten minutes, and whoever comes back is asked again who they are', async () => {
    const { lines, backend } = spoken();
    const opening = listen(open({ backend }), 'customer');
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    lines[0]!.tell({ kind: 'reset', id: '1' });
    const line = await opening;
    const ending = line.toEnd();
    await vi.advanceTimersByTimeAsync(599_000);
    expect(lines[0]!.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(short(await ending)).toEqual(['reset']);
    expect(lines[0]!.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, (line: Awaited<ReturnType<typeof listen>>, abort: AbortController) => unknown]>([
    ['the reader closes', (line) => line.close()],
    ['the request is aborted', (_line, abort) => abort.abort()],
  ])('%s: the help desk is told, and no timer is left', async (_name, leave) => {
    const { lines, backend } = spoken();
    const abort = new AbortController();
    const opening = listen(open({ backend }), 'customer', { signal: abort.signal });
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    lines[0]!.tell({ kind: 'reset', id: '1' });
    const line = await opening;
    await line.until(isReset);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    await leave(line, abort);
    await vi.waitFor(() => expect(lines[0]!.signal.aborted).toBe(true));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a help desk that ends it ends the stream, after what it told', async () => {
    const backend: Backend = {
      ...helpDesk(),
      watch: async (_caseId, _since, _call, tell) => {
        tell({ kind: 'case', id: '1', case: caseOf() });
        return true;
      },
    };
    const line = await listen(open({ backend }), 'customer');
    expect(short(await line.toEnd())).toEqual(['case']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('whoever reads slowly is told to load anew, with the newest id', async () => {
    const { lines, backend } = spoken();
    // Unchecked: the check itself would read.
    const gateway = createGateway({
      backend,
      policyFor: () => genesys,
      policies: () => genesys,
      authenticate: () => everyone.customer,
    });
    const opening = listen({ gateway: gateway }, 'customer');
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    for (let i = 1; i <= 1000; i++) lines[0]!.tell({ kind: 'case', id: String(i), case: caseOf() });
    const line = await opening;
    await line.until(({ id }) => id === '1000');
    expect(line.heard.length).toBeLessThanOrEqual(600);
    expect(line.heard[0]!.event).toBe('reset');
    await line.close();
  });

  it('an id that could not come back in a header is left out', async () => {
    const { lines, backend } = spoken();
    const opening = listen(open({ backend }), 'customer');
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    lines[0]!.tell({ kind: 'case', id: 'a\ndata: {}', case: caseOf() });
    lines[0]!.tell({ kind: 'reset', id: 'ß' });
    const line = await opening;
    await line.until(isReset);
    expect(line.heard.map(({ event, id }) => [event, id])).toEqual([
      ['case', undefined],
      ['reset', undefined],
    ]);
    await line.close();
  });
});
