import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rest } from '../../src/adapters/rest.js';
import { conversationOf } from '../../src/core/conversation.js';
import { createDesk } from '../../src/core/desk.js';
import type { JudgedState } from '../../src/core/model.js';
import '../loaded.js';
import { document } from '../openapi.js';
import { aBrowser, aPage } from '../page.js';

const example = (name: string) => structuredClone(document.components.examples[name].value);
const STATE: JudgedState = {
  ...example('CaseEscalated'),
  guarantees: { dedup: 'key', unique: 'store', live: true },
};
const OPEN = { ...STATE.openEscalation!, latestEntryId: 'e-0' };

type Kind = 'case' | 'entries' | 'events';
const kindOf = (url: string): Kind =>
  url.endsWith('/events') ? 'events' : url.includes('/entries') ? 'entries' : 'case';
const FAULTS: Record<string, () => Response> = {
  'no connection': () => {
    throw new TypeError('Failed to fetch');
  },
  '503': () => new Response('Busy.', { status: 503, headers: { 'Content-Type': 'text/plain' } }),
  '503 with Retry-After 1': () => new Response('Busy.', { status: 503, headers: { 'Retry-After': '1' } }),
  '500': () => new Response('{}', { status: 500, headers: { 'Content-Type': 'application/problem+json' } }),
  '429': () => new Response('{}', { status: 429, headers: { 'Retry-After': '2' } }),
  'a login page': () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }),
};

/** A page with a button and a feed at a help desk of which some kinds of calls fail for ever. */
async function outage(faulty: Kind[], fault: () => Response) {
  const count = { case: 0, entries: 0, events: 0 };
  let broken = false;
  const fetch: typeof globalThis.fetch = async (input) => {
    const kind = kindOf(input as string);
    if (broken) count[kind]++;
    if (broken && faulty.includes(kind)) return fault();
    if (kind === 'events') return new Response(null, { status: 204 });
    const page = { entries: [], before: null, after: '0' };
    const state = { ...STATE, openEscalation: OPEN, serverTime: new Date().toISOString() };
    return Response.json(kind === 'entries' ? page : state);
  };
  const page = aPage(aBrowser());
  const desk = createDesk({
    backend: rest({ endpoint: 'https://desk.test/api', fetch }),
    platform: page.platform,
  });
  const session = desk.session('case-48213');
  return {
    count,
    page,
    break: () => (broken = true),
    open: () => {
      session.subscribe(() => undefined);
      conversationOf(session, OPEN.id).subscribe(() => undefined);
    },
  };
}
const minutes = (n: number) => vi.advanceTimersByTimeAsync(n * 60_000);

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-05-12T14:00:00Z') }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('N12: a permanent outage costs at most 12 requests per 5 minutes, tab and kind', () => {
  const kinds: Kind[][] = [['case', 'entries', 'events'], ['case'], ['entries'], ['events']];
  const rows = Object.keys(FAULTS).flatMap((name) =>
    kinds.flatMap((faulty) => [0, 0.999].map((random) => [name, faulty.join(', '), random] as const)),
  );
  it.each(rows)('%s for %s (chance %s)', async (name, faulty, random) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const desk = await outage(faulty.split(', ') as Kind[], FAULTS[name]!);
    desk.break();
    desk.open();
    let before = { ...desk.count };
    for (let n = 0; n < 4; n++) {
      await minutes(5);
      const now = { ...desk.count };
      for (const kind of faulty.split(', ') as Kind[])
        expect(now[kind] - before[kind]).toBeLessThanOrEqual(12);
      before = now;
    }
    // It does look again.
    if (faulty.includes('case')) expect(before.case).toBeGreaterThan(15);
  });

  it('hidden: none at all; on return one', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const desk = await outage(['case', 'entries', 'events'], FAULTS['503']!);
    desk.break();
    desk.open();
    await minutes(5);
    desk.page.leave();
    // What was on its way comes to its end.
    await minutes(1);
    const before = { ...desk.count };
    await minutes(60);
    expect(desk.count).toEqual(before);
    desk.page.come();
    await minutes(0.01);
    expect(desk.count.case).toBeGreaterThan(before.case);
  });

  it('an outage that begins while all is well', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const desk = await outage(['case', 'entries', 'events'], FAULTS['no connection']!);
    desk.open();
    await minutes(1);
    desk.break();
    await minutes(5);
    expect(Math.max(...Object.values(desk.count))).toBeLessThanOrEqual(12);
  });
});
