import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forget } from '../../../demo/server/postgres/forget.js';
import { putCase } from '../../../demo/server/postgres/portal.js';
import { tellOf } from '../../../demo/server/postgres/telling.js';
import type { CaseEvent } from '../../../src/core/backend.js';
import type { User } from '../../../src/core/model.js';
import { caseOf, people, policy, request } from '../../desk.js';
import { deskOn, engine, onServer, open, type TestDatabase } from './database.js';

/** Live events of the Postgres backend, within one process. */

type Desk = ReturnType<typeof deskOn>;
let database: TestDatabase;
let desk: Desk;
beforeAll(async () => (database = await open()), 60_000);
afterAll(() => database?.close());
beforeEach(async () => {
  await database.reset();
  desk = deskOn(database);
});
afterEach(() => desk.close());

const customer = { user: people.customer, policy };
const owner = { user: people.owner, policy };
const escalate = async () => (await desk.escalate('c-1', request, customer)).escalation.id;
let count = 0;
const say = (id: string, text: string, on = desk) => on.post(id, { clientId: `m-${++count}`, text }, owner);

/** Watches, and lets one wait for what comes. */
function listen(on: Desk, since?: string, user: User = people.customer) {
  const heard: CaseEvent[] = [];
  const stop = new AbortController();
  let stir = () => undefined as void;
  const ended = on.watch('c-1', since, { user, signal: stop.signal }, (event) => {
    heard.push(event);
    stir();
  });
  ended.catch(() => undefined);
  return {
    heard,
    ended,
    told: () => heard.map((event) => (event.kind === 'entry' ? event.entry.text || event.kind : event.kind)),
    texts: () => heard.flatMap((event) => (event.kind === 'entry' ? [event.entry.text] : [])),
    async until(isIt: (event: CaseEvent) => boolean) {
      const isOver = ended.then(() => true);
      while (!heard.some(isIt)) {
        const isNews = new Promise<boolean>((resolve) => (stir = () => resolve(false)));
        if ((await Promise.race([isNews, isOver])) && !heard.some(isIt)) throw new Error('It has ended.');
      }
    },
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}
const isKind = (kind: CaseEvent['kind']) => (event: CaseEvent) => event.kind === kind;
const isText = (text: string) => (event: CaseEvent) => event.kind === 'entry' && event.entry.text === text;
/** Something that everybody is told of, so that all before it has come. */
const sayEnd = (n = ++count) => putCase(database.db, caseOf({ number: `the end ${n}` }), 'acme');
const isEnd = (event: CaseEvent) =>
  event.kind === 'case' && Boolean(event.case.number?.startsWith('the end'));

describe(`watch, on ${engine}`, () => {
  it('what many write at once is told once each, in the order of the conversation', async () => {
    const id = await escalate();
    const lines = [people.customer, people.owner, people.colleague].map((user) =>
      listen(desk, undefined, user),
    );
    for (const line of lines) await line.until(isKind('reset'));
    await Promise.all(Array.from({ length: 60 }, (_, i) => say(id, `Message ${i}`)));
    await sayEnd();
    for (const line of lines) await line.until(isEnd);
    const page = await desk.entries(id, { limit: 500 }, customer);
    const written = page === 'not-modified' ? [] : page.value.entries.map(({ text }) => text).slice(1);
    expect(written).toHaveLength(60);
    for (const line of lines) {
      expect(line.texts()).toEqual(written);
      const ids = line.heard.map((event) => Number(event.id));
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    }
    for (const line of lines) expect(await line.stop()).toBe(true);
  });

  it('after a break: what happened in between, in order, and how it stands', async () => {
    const id = await escalate();
    const before = listen(desk);
    await before.until(isKind('reset'));
    await before.stop();
    await say(id, 'One');
    await desk.note('c-1', { kind: 'reply', text: 'Logs' }, customer);
    await say(id, 'Two');
    const line = listen(desk, before.heard[0]!.id);
    await line.until(isText('Two'));
    await line.until(isKind('escalation'));
    await line.stop();
    // The escalation as it stands now, once: where it was last changed.
    expect(line.told()).toEqual(['One', 'case', 'Two', 'escalation']);
  });

  it.each([
    [500, 'case'],
    [501, 'reset'],
  ])('after %i events it begins with: %s', async (events, kind) => {
    await sayEnd();
    const news = Array.from({ length: events }, () => ({ kind: 'case' as const }));
    const { id } = await database.db
      .selectFrom('cases')
      .select('events as id')
      .where('id', '=', 'c-1')
      .executeTakeFirstOrThrow();
    await database.db.transaction().execute((trx) => tellOf(trx, 'c-1', news, new Date()));
    const line = listen(desk, String(id));
    await line.until(() => true);
    expect(line.told()).toEqual([kind]);
    await line.stop();
  });

  it('where the events since have been cleared away it begins with a reset; who is up to date goes on', async () => {
    const id = await escalate();
    await say(id, 'One');
    const { events } = await database.db.selectFrom('cases').select('events').executeTakeFirstOrThrow();
    await forget(database.db, new Date(Date.now() + 30 * 86_400_000));
    const [late, current] = [listen(desk, String(events - 1)), listen(desk, String(events))];
    await late.until(() => true);
    await say(id, 'Two');
    for (const line of [late, current]) await line.until(isText('Two'));
    expect([late.told()[0], current.told()[0]]).toEqual(['reset', 'Two']);
    for (const line of [late, current]) await line.stop();
  });

  it.each(['0x1', '-1', '1e3', '99999999', '', '1; drop table events'])(
    'an id that was never given out, %j: a reset',
    async (since) => {
      const line = listen(desk, since);
      await line.until(() => true);
      expect(line.told()).toEqual(['reset']);
      await line.stop();
    },
  );

  it('tells of its own case only', async () => {
    await putCase(database.db, caseOf({ id: 'c-2' }), 'acme');
    const line = listen(desk);
    await line.until(isKind('reset'));
    await desk.escalate('c-2', request, customer);
    await putCase(database.db, caseOf({ id: 'c-2', subject: 'Another' }), 'acme');
    await sayEnd();
    await line.until(isEnd);
    expect(line.told()).toEqual(['reset', 'case']);
    await line.stop();
  });

  it('what has not changed is not told', async () => {
    const line = listen(desk);
    await line.until(isKind('reset'));
    await putCase(database.db, caseOf(), 'acme');
    await sayEnd();
    await line.until(isEnd);
    expect(line.told()).toEqual(['reset', 'case']);
    await line.stop();
  });

  it('that somebody has read is told to them alone', async () => {
    const id = await escalate();
    const { id: entryId } = await say(id, 'Hello');
    const lines = [people.customer, people.colleague].map((user) => listen(desk, undefined, user));
    for (const line of lines) await line.until(isKind('reset'));
    await desk.act(id, { kind: 'read', entryId }, customer);
    await sayEnd();
    for (const line of lines) await line.until(isEnd);
    expect(lines.map((line) => line.told())).toEqual([
      ['reset', 'escalation', 'case'],
      ['reset', 'case'],
    ]);
    for (const line of lines) await line.stop();
  });

  it('a case that is somebody else’s from now on: not-found', async () => {
    const line = listen(desk);
    await line.until(isKind('reset'));
    await putCase(database.db, caseOf(), 'globex');
    await expect(line.ended).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of a call that was aborted before it began: true, and nothing is told', async () => {
    const told: CaseEvent[] = [];
    const call = { ...customer, signal: AbortSignal.abort() };
    expect(await desk.watch('c-1', undefined, call, (event) => told.push(event))).toBe(true);
    expect(told).toEqual([]);
  });

  it('ends, and can be watched again, when the desk is closed', async () => {
    const line = listen(desk);
    await line.until(isKind('reset'));
    await desk.close();
    expect(await line.ended).toBe(true);
  });

  it('where nothing can be heard for a while, all of it is told afterwards', async () => {
    let tries = 0;
    let lose = () => undefined as void;
    let isDeaf = true;
    const flaky = deskOn({
      ...database,
      async listen(heard, lost) {
        if (++tries <= 2) throw new Error('not yet');
        const stop = await database.listen(
          (payload) => isDeaf || heard(payload),
          () => undefined,
        );
        lose = () => void stop().then(lost);
        return stop;
      },
    });
    const id = await escalate();
    const line = listen(flaky);
    await line.until(isKind('reset'));
    // Before there is a connection.
    await say(id, 'One');
    await line.until(isText('One'));
    expect(tries).toBe(3);
    // While it is lost.
    await say(id, 'Two');
    await say(id, 'Three');
    expect(line.texts()).toEqual(['One']);
    lose();
    await line.until(isText('Three'));
    isDeaf = false;
    await say(id, 'Four');
    await line.until(isText('Four'));
    expect(line.texts()).toEqual(['One', 'Two', 'Three', 'Four']);
    await line.stop();
    await flaky.close();
  });
});

describe.skipIf(!onServer)('the connection that listens, on PostgreSQL', () => {
  const connections = async () => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity
      where datname = current_database() and application_name = 'escalation events'`.execute(database.db);
    return rows.map(({ pid }) => pid);
  };

  it('is one, however many watch; when it is cut, another takes its place and nothing is lost', async () => {
    const id = await escalate();
    const lines = Array.from({ length: 20 }, () => listen(desk));
    for (const line of lines) await line.until(isKind('reset'));
    await say(id, 'Before');
    for (const line of lines) await line.until(isText('Before'));
    // Those of the tests before may still be on their way out.
    await expect.poll(connections).toHaveLength(1);
    const [pid] = await connections();
    await sql`select pg_terminate_backend(${pid})`.execute(database.db);
    await say(id, 'Meanwhile');
    await say(id, 'Just after');
    for (const line of lines) await line.until(isText('Just after'));
    await say(id, 'Later');
    for (const line of lines) await line.until(isText('Later'));
    for (const line of lines) {
      expect(line.texts()).toEqual(['Before', 'Meanwhile', 'Just after', 'Later']);
      await line.stop();
    }
    expect(await connections()).not.toContain(pid);
  });
});
