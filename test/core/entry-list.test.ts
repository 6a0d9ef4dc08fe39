import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/core/backend.js';
import type { Conversation } from '../../src/core/conversation.js';
import { EntryList } from '../../src/core/entry-list.js';
import { excerpt, matches } from '../../src/core/matching.js';
import type { Entry, EntryQuery } from '../../src/core/model.js';
import { newestOf, summing } from '../../src/core/summing.js';
import { start, type Talk } from '../../src/core/talk.js';

const entry = (n: number, text = `Message ${n}`): Entry => ({
  id: `m-${n}`,
  kind: 'message',
  at: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
  author: { id: 'o-1', name: 'Sam Okoro', role: 'owner' },
  text,
});

/** A conversation of so many entries at a help desk with pages of fifty. */
function listOf(count: number) {
  const all = Array.from({ length: count }, (_, n) => entry(n));
  const desk = { asked: [] as EntryQuery[], fault: null as BackendError | null };
  const page = (from: number, to: number) => ({
    value: {
      entries: all.slice(Math.max(from, 0), to),
      before: from > 0 ? String(from) : null,
      after: String(Math.min(to, all.length)),
    },
  });
  const entries = async (_id: string, query: EntryQuery) => {
    desk.asked.push(query);
    if (desk.fault) throw desk.fault;
    const { limit = 50, before, after, at } = query;
    if (before) return page(Number(before) - limit, Number(before));
    if (after) return page(Number(after), Number(after) + limit);
    const from = at ? all.findIndex((row) => row.at >= at) : -1;
    return from < 0 ? page(all.length - limit, all.length) : page(from, from + limit);
  };
  let talk: Talk = start;
  const conversation = {
    session: { desk: { backend: { entries } } },
    escalationId: 'e-1',
    reader: 'u-1',
    outbox: { without: () => talk.outbox },
    get talk() {
      return talk;
    },
    set: (change: Partial<Talk>) => void (talk = { ...talk, ...change }),
  };
  const list = new EntryList(conversation as unknown as Conversation);
  return {
    list,
    all,
    desk,
    talk: () => talk,
    ids: () => talk.entries.map(({ id }) => Number(id.slice(2))),
    /** Another message, as an event tells it. */
    come: () => list.append([all[all.push(entry(all.length)) - 1]!]),
  };
}
const run = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('the entries of a conversation', () => {
  it('an earlier day is a stretch of its own: what comes waits, and the way back needs no request', async () => {
    const { list, talk, ids, all, come, desk } = listOf(500);
    await list.loadNewer(false);
    expect(ids()).toEqual(run(450, 500));
    expect(await list.showFrom(all[100]!.at)).toBe('m-100');
    expect(ids()).toEqual(run(100, 150));
    expect([talk().older, talk().newer]).toEqual(['100', '150']);
    come();
    expect(ids()).toEqual(run(100, 150));
    expect(talk().waiting.map(({ id }) => id)).toEqual(['m-500']);
    expect([list.isNew('m-500', null), list.isNew('m-501', null)]).toEqual([false, true]);
    const { length } = desk.asked;
    list.showNewest();
    expect(ids()).toEqual(run(450, 501));
    expect([talk().newer, talk().waiting, desk.asked.length]).toEqual([null, [], length]);
  });

  it('a day that is loaded, or touches what is, makes no gap', async () => {
    const { list, talk, ids, all } = listOf(500);
    await list.loadNewer(false);
    await list.showFrom(all[460]!.at);
    expect([ids(), talk().newer]).toEqual([run(450, 500), null]);
    await list.showFrom(all[430]!.at);
    expect([ids(), talk().newer, talk().older]).toEqual([run(430, 500), null, '430']);
  });

  it('what fails changes nothing, and says why', async () => {
    const { list, talk, ids, all, desk } = listOf(500);
    await list.loadNewer(false);
    desk.fault = new BackendError('network');
    expect(await list.showFrom(all[0]!.at)).toBeUndefined();
    await list.showOlder();
    expect([ids(), talk().problem?.code]).toEqual([run(450, 500), 'network']);
    await expect(list.find({ q: 'words' })).rejects.toMatchObject({ code: 'network' });
  });

  it('however somebody goes through it: in order, each once, no gap; and it reaches the newest in the end', async () => {
    const step = fc.constantFrom('older', 'newer', 'newest', 'come', 'look', 'day');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.tuple(step, fc.nat(399)), { maxLength: 12 }),
        async (count, steps) => {
          const { list, talk, ids, all, come } = listOf(count);
          await list.loadNewer(false);
          for (const [kind, n] of steps) {
            if (kind === 'older') await list.showOlder();
            else if (kind === 'newer') await list.showNewer();
            else if (kind === 'newest') list.showNewest();
            else if (kind === 'come') come();
            else if (kind === 'look') await list.loadNewer(true);
            else await list.showFrom(all[n % all.length]!.at);
            const [first = 0] = ids();
            expect(ids()).toEqual(run(first, first + ids().length));
            expect(talk().older === null).toBe(first === 0);
            if (talk().newer === null) expect(ids().at(-1)).toBe(all.length - 1);
          }
          for (let n = 0; talk().newer !== null && n < 20; n++) await list.showNewer();
          expect(ids().at(-1)).toBe(all.length - 1);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what is summed up', () => {
  it('is that of all entries, whatever was added where', () => {
    const isLong = ({ text }: Entry) => text.length > 9;
    const grown = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 })), { maxLength: 20 });
    fc.assert(
      fc.property(grown, (changes) => {
        const newest = newestOf(isLong);
        const count = summing(
          () => ({ n: 0 }),
          (known) => ({ n: known.n + 1 }),
        );
        let all: Entry[] = [];
        let [low, high] = [1000, 1000];
        for (const [before, n] of changes) {
          const added = run(0, n).map(() => entry(before ? --low : high++, before ? 'a' : 'a longer text'));
          all = before ? [...added.reverse(), ...all] : [...all, ...added];
          expect(newest(all)).toBe(all.findLast(isLong));
          expect(count(all).n).toBe(all.length);
        }
      }),
    );
  });

  it('looks only at what was added at the end', () => {
    let looked = 0;
    const count = summing(
      () => 0,
      (known) => (looked++, known + 1),
    );
    const all = run(0, 1000).map((n) => entry(n));
    count(all);
    count([...all, entry(1000)]);
    expect(looked).toBe(1001);
  });
});

describe('words in a text', () => {
  it.each<[string, string, boolean]>([
    ['The Export stops', 'export', true],
    ['The Export stops', 'stops the', true],
    ['The Export stops', 'export starts', false],
    ['a.b (c)', 'A.B (C)', true],
    ['axb', 'a.b', false],
    ['anything', '  ', true],
  ])('%j has %j: %j', (text, query, has) => expect(matches(text, query)).toBe(has));

  it('are marked in what is around the first of them', () => {
    const text = `${'before '.repeat(40)}the (zebra) and the Zebra ${'after '.repeat(60)}`;
    const pieces = excerpt(text, '(zebra) zebra');
    expect(pieces.filter(({ hit }) => hit).map((piece) => piece.text)).toEqual(['(zebra)', 'Zebra']);
    expect(pieces[0]).toEqual({ text: '…', hit: false });
    expect(pieces.at(-1)).toEqual({ text: '…', hit: false });
  });

  it('whatever is looked for where: no more than fits, nothing that is not in the text', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400, unit: 'grapheme' }),
        fc.string({ maxLength: 20 }),
        (text, query) => {
          const pieces = excerpt(text, query);
          const shown = pieces.map((piece) => piece.text).join('');
          expect(shown.length).toBeLessThanOrEqual(162);
          expect(text.replace(/\s+/g, ' ')).toContain(shown.replace(/^…|…$/g, ''));
        },
      ),
    );
  });
});
