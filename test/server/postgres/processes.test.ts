import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rest } from '../../../src/adapters/rest.js';
import type { CaseEvent } from '../../../src/core/backend.js';
import type { Entry, User } from '../../../src/core/model.js';
import { people, request } from '../../desk.js';
import { onServer, open, type TestDatabase } from './database.js';
import { start, type Other } from './process.js';

/** Three processes of a gateway over one PostgreSQL, as pages meet them: over HTTP. */

describe.skipIf(!onServer)('three processes over one PostgreSQL', () => {
  let database: TestDatabase;
  let processes: Other[];
  let origins: string[];
  beforeAll(async () => {
    database = await open();
    processes = [1, 2, 3].map(() => start(database.where, 'serve'));
    origins = await Promise.all(processes.map((other) => other.says('serves ')));
  }, 60_000);
  afterAll(async () => {
    for (const other of processes ?? []) await other.kill();
    await database?.close();
  });
  beforeEach(() => database.reset());

  const at = (i: number, user: User) =>
    rest({ endpoint: origins[i]!, headers: () => ({ 'X-User': user.id }) });
  const escalate = async () =>
    (await at(0, people.customer).escalate('c-1', request, { key: 'first' })).escalation.id;
  /** All that was written, as a page reads it. */
  const writtenIn = async (id: string): Promise<Entry[]> => {
    const page = await at(1, people.owner).entries!(id, { limit: 500 }, {});
    return page === 'not-modified' ? [] : page.value.entries;
  };
  /** Many messages at once by somebody through one of the processes. */
  const writeMany = (id: string, i: number, user: User, many: number) =>
    Promise.all(
      Array.from({ length: many }, (_, n) => {
        const clientId = `${i} ${n}`;
        return at(i, user).post!(id, { clientId, text: `${clientId} by ${user.name}` }, { key: clientId });
      }),
    );

  function listen(i: number, user: User, since?: string) {
    const heard: CaseEvent[] = [];
    const stop = new AbortController();
    let stir = () => undefined as void;
    const ended = at(i, user).watch!('c-1', since, { signal: stop.signal }, (event) => {
      heard.push(event);
      stir();
    });
    const entries = () => heard.flatMap((event) => (event.kind === 'entry' ? [event.entry.id] : []));
    return {
      heard,
      entries,
      async until(isEnough: () => boolean) {
        const isOver = ended.then(() => true);
        while (!isEnough()) {
          const isNews = new Promise<boolean>((resolve) => (stir = () => resolve(false)));
          if ((await Promise.race([isNews, isOver])) && !isEnough()) throw new Error('The events ended.');
        }
      },
      async stop() {
        stop.abort();
        await ended.catch(() => undefined);
      },
    };
  }

  it('while all three write, a reader at each hears every entry once and in order', async () => {
    const id = await escalate();
    const readers = [people.customer, people.owner, people.colleague].map((user, i) => listen(i, user));
    for (const reader of readers) await reader.until(() => reader.heard.length > 0);
    await Promise.all([
      writeMany(id, 0, people.customer, 50),
      writeMany(id, 1, people.owner, 50),
      writeMany(id, 2, people.colleague, 50),
    ]);
    for (const reader of readers) await reader.until(() => reader.entries().length >= 150);
    const written = (await writtenIn(id)).map((entry) => entry.id).slice(1);
    expect(written).toHaveLength(150);
    for (const reader of readers) {
      expect(reader.entries()).toEqual(written);
      expect(reader.heard.filter(({ kind }) => kind === 'reset')).toHaveLength(1);
      await reader.stop();
    }
  }, 60_000);

  it('a reader that breaks off and goes on at another process misses nothing, and hears nothing twice', async () => {
    const id = await escalate();
    const first = listen(0, people.customer);
    await first.until(() => first.heard.length > 0);
    const writing = [0, 1, 2].map((i) => writeMany(id, i, people.owner, 40));
    const heard: string[] = [];
    let reader = first;
    let since: string | undefined;
    for (const [turn, enough] of [20, 45, 70, 120].entries()) {
      await reader.until(() => heard.length + reader.entries().length >= enough);
      await reader.stop();
      heard.push(...reader.entries());
      // Whoever has heard nothing goes on from where they were.
      since = reader.heard.at(-1)?.id ?? since;
      reader = listen((turn + 1) % 3, people.customer, since);
    }
    await reader.stop();
    await Promise.all(writing);
    const written = (await writtenIn(id)).map((entry) => entry.id).slice(1);
    expect(heard).toEqual(written);
    expect(written).toHaveLength(120);
  }, 60_000);

  it('of 60 requests at once through all of them one is made', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) =>
        at(n % 3, n % 2 ? people.customer : people.colleague).escalate('c-1', request, { key: `race ${n}` }),
      ),
    );
    const made = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.escalation.id] : []));
    expect(made).toHaveLength(1);
    for (const one of outcomes)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({
          code: 'open-escalation-exists',
          details: { escalation: { id: made[0] } },
        });
  }, 60_000);

  it('the same message at all of them at once is one entry', async () => {
    const id = await escalate();
    const draft = { clientId: 'once', text: 'Once' };
    const made = await Promise.all(
      Array.from({ length: 9 }, (_, n) => at(n % 3, people.customer).post!(id, draft, { key: 'once' })),
    );
    expect(new Set(made.map((entry) => entry.id)).size).toBe(1);
    expect((await writtenIn(id)).filter(({ text }) => text === 'Once')).toHaveLength(1);
  }, 60_000);

  it('one that is killed while all write takes nothing with it: what it did not answer is repeated elsewhere', async () => {
    const id = await escalate();
    const reader = listen(1, people.customer);
    await reader.until(() => reader.heard.length > 0);
    const dies = start(database.where, 'serve');
    const origin = await dies.says('serves ');
    // Without the page's patience: each message is sent once.
    const send = (base: string, key: string) =>
      fetch(`${base}/escalations/${id}/entries`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-User': people.customer.id,
          'Idempotency-Key': `"${key}"`,
        },
        body: JSON.stringify({ clientId: key, text: key }),
      });
    const keys = Array.from({ length: 80 }, (_, n) => `doomed ${n}`);
    const answers = keys.map((key, n) =>
      send(origin, key).then(
        ({ status }) => {
          if (n >= 5) void dies.kill();
          return status;
        },
        () => null,
      ),
    );
    const others = writeMany(id, 0, people.owner, 40);
    const statuses = await Promise.all(answers);
    await others;
    expect(statuses).toContain(null);
    // A key that the dead one had claimed is free again in less time than a page repeats its request.
    const again = await Promise.all(
      keys.map((text) => at(2, people.customer).post!(id, { clientId: text, text }, { key: text })),
    );
    expect(new Set(again.map((entry) => entry.id)).size).toBe(80);
    const entries = await writtenIn(id);
    expect(entries).toHaveLength(1 + 40 + 80);
    await reader.until(() => reader.entries().length >= 120);
    expect(reader.entries()).toEqual(entries.slice(1).map((entry) => entry.id));
    await reader.stop();
  }, 90_000);
});
