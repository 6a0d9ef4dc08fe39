import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/core/model.js';
import { assignedToManager, NOW, open, pulse, type Gateway, type Who } from './client.js';

/** `GET /escalations/{id}/entries?q=` and `?at=`. */

const MINUTE = 60_000;
const minute = (n: number): string => new Date(Date.parse(NOW) + n * MINUTE).toISOString();

/** An escalation with these messages, by turns of customer and owner, a minute apart. */
async function talk(messages: readonly string[], options: Parameters<typeof open>[0] = {}) {
  const desk = open(options);
  const { body: made } = await desk.escalate('customer');
  for (const [i, text] of messages.entries()) {
    desk.wait(1);
    await desk.say(i % 2 ? 'owner' : 'customer', made.id, text);
  }
  return { desk, path: `/escalations/${made.id}/entries`, id: made.id as string };
}
type Query = Record<string, string | number>;
const page = async (desk: Gateway, path: string, query: Query, who: Who = 'customer') => {
  const given = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const { status, body } = await desk.get(who, `${path}?${given.toString()}`);
  const entries: Entry[] = body.entries ?? [];
  return { status, body, ids: entries.map(({ id }) => id), texts: entries.map(({ text }) => text) };
};

describe('by words', () => {
  const messages = [
    'The patch for Zürich is late.', 'Straße 5: the patch is in test.', 'ÉLÈVE: aucun correctif', 'Ὀδυσσεύς waits',
    'Größe 2 GB, 50 % full', 'a_b\\c (d) [e] .* ^$', 'İstanbul: patch', 'The late, late patch', 'мой ёжик', 'مَرْحَبًا',
  ]; // prettier-ignore
  let at: Awaited<ReturnType<typeof talk>>;
  beforeAll(async () => {
    at = await talk(messages);
  });
  it.each<[string, number[]]>([
    ['patch', [0, 1, 6, 7]],
    ['PATCH zurich', [0]],
    ['late patch', [0, 7]],
    ['patch  \t late', [0, 7]],
    ['strasse', [1]],
    ['STRASSE', [1]],
    ['eleve', [2]],
    ['ΟΔΥΣΣΕΥΣ', [3]],
    ['οδυσσευσ', [3]],
    ['50 %', [4]],
    ['grosse', [4]],
    ['.*', [5]],
    ['(d) [e]', [5]],
    ['istanbul', [6]],
    ['еж', [8]],
    ['مرحبا', [9]],
    ['atc', [0, 1, 6, 7]],
    ['patch hamburg', []],
    ['lat e', [0, 7]],
    ['okoro zurich', []],
    ['okoro strasse', [1]],
  ])('%j', async (q, expected) => {
    const { status, texts } = await page(at.desk, at.path, { q });
    expect([status, texts]).toEqual([200, expected.map((i) => messages[i])]);
  });

  it.each<[Query, string]>([
    [{ q: '' }, 'no word'],
    [{ q: '  \t ' }, 'spaces'],
    [{ q: '👍'.repeat(201) }, '201 characters'],
    [{ q: 'a', at: '2026-05-12' }, 'q and at'],
    [{ q: 'a', before: '000000001' }, 'q and before'],
    [{ at: '2026-05-12', after: '000000001' }, 'at and after'],
    [{ before: '000000001', after: '000000001' }, 'before and after'],
    [{ at: '' }, 'an empty day'],
    [{ at: 'yesterday' }, 'a word'],
    [{ at: '2026-02-30' }, 'a day that is none'],
    [{ at: '2026-5-1' }, 'a short day'],
    [{ at: '2026-05-12T14:05' }, 'a time without an offset'],
    [{ at: '2026-05-12T14:05:00+02:00' }, 'a time in another zone'],
    [{ at: '2026-05-12T25:05:00Z' }, 'an hour that is none'],
    [{ at: '1747058700' }, 'seconds'],
  ])('%j is refused: %s', async (query) => {
    const { status, body } = await page(at.desk, at.path, query);
    expect([status, body.code]).toEqual([422, 'invalid']);
  });

  it('as long as it may be', async () => {
    expect((await page(at.desk, at.path, { q: '👍'.repeat(200) })).status).toBe(200);
  });

  it('a cursor that is none, with words or without: 400', async () => {
    for (const before of ['gone', 'gone patch', ' patch']) {
      const { status, body } = await page(at.desk, at.path, { before });
      expect([before, status, body.code]).toEqual([before, 400, 'bad-cursor']);
    }
  });

  it('pages lead through all that is found, each once, whatever comes in between', async () => {
    const words = fc.constantFrom('patch', 'late', 'Zürich');
    const run = fc.array(fc.subarray(['patch', 'late', 'Zürich', 'test']), { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(run, words, fc.integer({ min: 1, max: 4 }), async (all, q, limit) => {
        const texts = all.map((row, i) => `${i} ${row.join(' ')}`);
        const { desk, path, id } = await talk(texts);
        const newest = await page(desk, path, { q, limit });
        const found = [...newest.texts];
        await desk.say('customer', id, `later ${q}`);
        for (let before = newest.body.before; before !== null;) {
          const older = await page(desk, path, { before, limit });
          found.unshift(...older.texts);
          before = older.body.before;
        }
        expect(found).toEqual(texts.filter((text) => text.includes(q)));
        expect((await page(desk, path, { after: newest.body.after })).texts).toEqual([`later ${q}`]);
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it.each<[Who, boolean]>([
    ['owner', true],
    ['manager', true],
    ['customer', false],
    ['engineer', false],
    ['assignee', false],
  ])('P9: an internal note is found by %s: %s, and by nobody else without a trace', async (who, finds) => {
    const desk = open({ cases: [assignedToManager()], policy: pulse });
    const { body: made } = await desk.escalate('customer', { reasonId: 'faster-progress', confirmed: [] });
    await desk.act('owner', made.id, { kind: 'note', text: 'Swordfish' }, '"1"');
    const path = `/escalations/${made.id}/entries`;
    const found = await page(desk, path, { q: 'swordfish', limit: 1 }, who);
    const never = await page(desk, path, { q: 'never said', limit: 1 }, who);
    expect(found.texts).toEqual(finds ? ['Swordfish'] : []);
    const bare = ({ body }: typeof found) =>
      JSON.stringify(body).replaceAll('swordfish', '…').replaceAll('never said', '…');
    if (!finds) expect(bare(found)).toBe(bare(never));
  });
});

describe('by a day or a moment', () => {
  it.each<[string, string]>([
    ['the moment of an entry', minute(3)],
    ['a moment between two', minute(2.5)],
    ['the same, written otherwise', minute(3).replace('.000Z', '+00:00')],
  ])('%s: the page begins with the first from then on; its cursors lead both ways', async (_what, at) => {
    const { desk, path } = await talk(['1', '2', '3', '4', '5', '6']);
    const found = await page(desk, path, { at, limit: 2 });
    expect(found.texts).toEqual(['3', '4']);
    expect((await page(desk, path, { before: found.body.before, limit: 2 })).texts).toEqual(['1', '2']);
    expect((await page(desk, path, { after: found.body.after, limit: 9 })).texts).toEqual(['5', '6']);
  });

  it.each<[string, string[]]>([
    ['2026-05-12', ['', '1']],
    ['2026-05-13', ['2', '3']],
    ['2026-05-14', ['2', '3']],
    ['2001-01-01', ['', '1']],
  ])('%s: a day begins at midnight in UTC; after the last entry, the newest page', async (at, expected) => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    desk.setClock('2026-05-12T23:59:59.999Z');
    await desk.say('customer', made.id, '1');
    desk.setClock('2026-05-13T00:00:00.000Z');
    await desk.say('customer', made.id, '2');
    await desk.say('customer', made.id, '3');
    expect((await page(desk, `/escalations/${made.id}/entries`, { at, limit: 2 })).texts).toEqual(expected);
  });
});
