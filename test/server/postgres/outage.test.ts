import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { people } from '../../desk.js';
import { run, type Run } from '../running.js';
import { onServer, open, type TestDatabase } from './database.js';
import { start } from './process.js';

/** A PostgreSQL that is restarted, or falls silent, under servers that go on. */

/** A way to the database that can be made silent: nothing goes through, and nothing is closed. */
async function wayTo(url: string) {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get('host');
  const both: Socket[] = [];
  let isSilent = false;
  let lost = 0;
  const join = (from: Socket, to: Socket) =>
    from
      .on('data', (bytes) => (isSilent ? lost++ : to.write(bytes)))
      .on('close', () => !isSilent && to.destroy());
  const way = createServer((near) => {
    const far = folder ? connect(`${folder}/.s.PGSQL.${port || 5432}`) : connect(Number(port || 5432), hostname);
    both.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    join(near, far);
    join(far, near);
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  const through = new URL(url);
  through.searchParams.delete('host');
  through.host = `127.0.0.1:${(way.address() as AddressInfo).port}`;
  return {
    url: through.href,
    silence: (silent: boolean) => void (isSilent = silent),
    /** How much did not arrive. */
    lost: () => lost,
    close() {
      way.close();
      for (const socket of both) socket.destroy();
    },
  };
} // prettier-ignore

describe.skipIf(!onServer)('a PostgreSQL', () => {
  let database: TestDatabase;
  const tidy: (() => unknown)[] = [];
  beforeAll(async () => (database = await open()), 60_000);
  afterEach(async () => {
    for (const step of tidy.splice(0).reverse()) await step();
  });
  afterAll(() => database?.close());

  it('that ends every connection under load costs some answers, and no process', async () => {
    await database.reset();
    const other = start(database.where, 'serve');
    tidy.push(other.kill);
    const url = `${await other.says('serves ')}/cases/c-1`;
    const statuses = new Set<number | string>();
    let isOver = false;
    const read = () =>
      fetch(url, { headers: { 'X-User': people.customer.id } }).then(
        async (answer) => (await answer.text(), answer.status),
        () => 'no answer at all',
      );
    const readers = Array.from({ length: 30 }, async () => {
      while (!isOver) statuses.add(await read());
    });
    for (let i = 0; i < 8; i++) {
      await vi.waitFor(async () => expect(await read()).toBe(200), { timeout: 10_000 });
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(database.db);
    }
    await vi.waitFor(async () => expect(await read()).toBe(200), { timeout: 10_000 });
    isOver = true;
    await Promise.all(readers);
    expect(other.child.exitCode).toBeNull();
    expect([...statuses]).toEqual(expect.arrayContaining([200]));
    expect([...statuses]).not.toContain('no answer at all');
  }, 60_000);

  const serverOn = async (url: string, more: Record<string, string>) => {
    const server: Run = await run({ BACKEND: 'postgres', SEED: 'demo', DATABASE_URL: url, ...more });
    tidy.push(server.stop);
    return server;
  };

  it('that falls silent holds nobody for long, and is asked again when it is back', async () => {
    await database.reset([]);
    const way = await wayTo((database.where as { url: string }).url);
    tidy.push(way.close);
    const server = await serverOn(way.url, { STOP_SECONDS: '2', RATE_LIMIT: '100000' });
    const cookie = await server.signIn('u-priya');
    const look = async () => (await server.ask('/api/cases/00481498', {}, cookie)).status;
    expect(await look()).toBe(200);
    way.silence(true);
    // More than the pool has connections.
    expect(new Set(await Promise.all(Array.from({ length: 15 }, look)))).toEqual(new Set([503]));
    way.silence(false);
    await vi.waitFor(async () => expect(await look()).toBe(200), { timeout: 10_000, interval: 500 });
  }, 60_000);

  it('that is silent does not keep a server from stopping', async () => {
    await database.reset([]);
    const way = await wayTo((database.where as { url: string }).url);
    tidy.push(way.close);
    const server = await serverOn(way.url, { STOP_SECONDS: '2' });
    const cookie = await server.signIn('u-priya');
    way.silence(true);
    void server.ask('/api/cases/00481498', {}, cookie).catch(() => undefined);
    await vi.waitFor(() => expect(way.lost()).toBeGreaterThan(0));
    const before = performance.now();
    await server.stop();
    expect(performance.now() - before).toBeLessThan(10_000);
  }, 60_000);
});
