import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forget } from '../../../demo/server/postgres/forget.js';
import { postgresKeys } from '../../../demo/server/postgres/keys.js';
import { migrate } from '../../../demo/server/postgres/migrations/index.js';
import { putCase, seed } from '../../../demo/server/postgres/portal.js';
import { compareUrgency } from '../../../src/core/urgency.js';
import type { Entry, Escalation, Level } from '../../../src/core/model.js';
import { caseOf, people, policy, request } from '../../desk.js';
import { deskOn, engine, onServer, open, type TestDatabase } from './database.js';

/** What the Postgres backend keeps, and for how long. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let database: TestDatabase;
let desk: ReturnType<typeof deskOn>;
let present: Date;
const clock = () => present;
const wait = (ms: number) => void (present = new Date(present.getTime() + ms));
beforeAll(async () => (database = await open()), 60_000);
afterAll(() => database?.close());
beforeEach(async () => {
  present = new Date('2026-05-12T14:05:00.000Z');
  await database.reset();
  desk = deskOn(database, { clock });
});
afterEach(() => desk.close());

const customer = { user: people.customer, policy };
const owner = { user: people.owner, policy };
const fresh = <T>(answer: { value: T } | 'not-modified'): T => {
  if (answer === 'not-modified') throw new Error('nothing new');
  return answer.value;
};
const escalate = async (caseId = 'c-1') => (await desk.escalate(caseId, request, customer)).escalation;
let count = 0;
const say = (id: string, text: string, call = customer) =>
  desk.post(id, { clientId: `m-${++count}`, text }, call);
const textsOf = (entries: readonly Entry[]) => entries.map(({ text }) => text);

describe(`the keys of the gateway, on ${engine}`, () => {
  const answer = { status: 201, headers: [['ETag', '"1"']] as [string, string][], body: '{"a":"é\\u0000"}' };
  const keys = () => postgresKeys(database.db, clock);

  it('of many at once, in several processes, one is told "new" and the others that it runs', async () => {
    const stores = [keys(), keys(), keys()];
    const states = await Promise.all(
      Array.from({ length: 30 }, (_, i) => stores[i % 3]!.begin('u-1 POST /a k', 'body')),
    );
    expect(states.map(({ state }) => state).sort()).toEqual([
      'new',
      ...Array.from({ length: 29 }, () => 'running'),
    ]);
  });

  it('an answer is given again, in every process; another body is told apart', async () => {
    await keys().begin('elsewhere', 'body');
    const first = keys();
    await first.begin('scope', 'body');
    await first.finish('scope', answer);
    expect(await keys().begin('scope', 'body')).toEqual({ state: 'done', answer });
    expect(await keys().begin('scope', 'other')).toEqual({ state: 'other-body' });
  });

  it('a write that failed frees its key', async () => {
    const first = keys();
    await first.begin('scope', 'body');
    await first.release('scope');
    expect(await keys().begin('scope', 'other')).toEqual({ state: 'new' });
  });

  it('is remembered for a day', async () => {
    const first = keys();
    await first.begin('scope', 'body');
    await first.finish('scope', answer);
    wait(DAY - 1);
    await forget(database.db, present);
    expect(await keys().begin('scope', 'body')).toEqual({ state: 'done', answer });
    wait(1);
    expect(await keys().begin('scope', 'other')).toEqual({ state: 'new' });
  });

  it('of a process that died over it is free again when the others were told to ask, and a late answer changes nothing', async () => {
    const dead = keys();
    await dead.begin('scope', 'body');
    wait(1200);
    const running = await keys().begin('scope', 'body');
    expect(running).toEqual({ state: 'running', retryAfter: 4 });
    wait(4000);
    const next = keys();
    expect(await next.begin('scope', 'body')).toEqual({ state: 'new' });
    await dead.finish('scope', { ...answer, status: 500 });
    await dead.release('scope');
    expect(await keys().begin('scope', 'body')).toMatchObject({ state: 'running' });
    await next.finish('scope', answer);
    expect(await keys().begin('scope', 'body')).toEqual({ state: 'done', answer });
  });
});

describe(`the keys of writes, on ${engine}`, () => {
  it('twenty times the same message at once is one entry', async () => {
    const { id } = await escalate();
    const draft = { clientId: 'once', text: 'Once' };
    const made = await Promise.all(Array.from({ length: 20 }, () => desk.post(id, draft, customer)));
    expect(new Set(made.map((entry) => entry.id)).size).toBe(1);
    expect(fresh(await desk.entries(id, { q: 'once' }, customer)).entries).toHaveLength(1);
  });

  it('twenty times the same request at once is one escalation', async () => {
    const call = { ...customer, key: 'once' };
    const made = await Promise.all(Array.from({ length: 20 }, () => desk.escalate('c-1', request, call)));
    expect(new Set(made.map(({ escalation }) => escalation.id)).size).toBe(1);
    expect(made.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('of two bodies at once with one key, one is refused', async () => {
    const { id } = await escalate();
    const outcomes = await Promise.allSettled(
      ['One', 'Two'].map((text) => desk.post(id, { clientId: 'k', text }, customer)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'idempotency-key-reused' },
    });
  });

  it('is remembered for a day, and then forgotten', async () => {
    const call = { ...customer, key: 'note-1' };
    const notes = async () => {
      await desk.note('c-1', { kind: 'reply', text: 'Here are the logs.' }, call);
      return (await database.db.selectFrom('notes').select('case_id').execute()).length;
    };
    expect(await notes()).toBe(1);
    wait(DAY - 1);
    await forget(database.db, present);
    expect(await notes()).toBe(1);
    wait(1);
    expect(await notes()).toBe(2);
    wait(DAY);
    await forget(database.db, present);
    expect(await database.db.selectFrom('keys').selectAll().execute()).toEqual([]);
  });

  it('a write that was refused leaves its key free', async () => {
    const { id, version } = await escalate();
    const call = { ...owner, key: 'k' };
    await expect(desk.act(id, { kind: 'resolve', summary: '' }, call)).rejects.toMatchObject({
      code: 'transition-not-allowed',
    });
    const { value } = await desk.act(id, { kind: 'take' }, { ...call, etag: version });
    expect(value.status).toBe('under-review');
  });
});

describe(`entries, on ${engine}`, () => {
  it('are never changed, nor deleted, by whatever statement', async () => {
    const { id } = await escalate();
    const { db } = database;
    const sayNo = /entries are never changed/;
    await expect(db.updateTable('entries').set({ sought: '' }).execute()).rejects.toThrow(sayNo);
    await expect(db.deleteFrom('entries').where('escalation_id', '=', id).execute()).rejects.toThrow(sayNo);
    expect(fresh(await desk.entries(id, {}, customer)).entries).toHaveLength(1);
  });

  it('have numbers without a gap, also where writes failed in between', async () => {
    const { id } = await escalate();
    for (let i = 0; i < 3; i++) {
      await say(id, `Message ${i}`);
      const draft = { clientId: `bad-${i}`, text: 'No', attachmentIds: ['none'] };
      await expect(desk.post(id, draft, customer)).rejects.toMatchObject({ code: 'invalid' });
    }
    const { entries } = fresh(await desk.entries(id, {}, customer));
    expect(entries.map((entry) => Number(entry.id))).toEqual([1, 2, 3, 4]);
  });

  it('what patterns mean to the database is text like any other', async () => {
    const { id } = await escalate();
    const texts = ['100 % of it', '1000 of it', 'a_b', 'aXb', 'C:\\temp', 'C:/temp', "o'clock; --"];
    for (const text of texts) await say(id, text);
    const found = async (q: string) => textsOf(fresh(await desk.entries(id, { q }, customer)).entries);
    expect(await found('100 %')).toEqual(['100 % of it']);
    expect(await found('a_b')).toEqual(['a_b']);
    expect(await found('c:\\TEMP')).toEqual(['C:\\temp']);
    expect(await found("O'CLOCK; --")).toEqual(["o'clock; --"]);
    expect(await found('\0')).toHaveLength(texts.length + 1);
  });

  it('a cursor carries no more words of a search than a search may have, and each counts once', async () => {
    const { id } = await escalate();
    await say(id, 'Any news?');
    const q = Array.from({ length: 40 }, () => 'any').join(' ');
    const page = fresh(await desk.entries(id, { q }, customer));
    expect(textsOf(page.entries)).toEqual(['Any news?']);
    expect(fresh(await desk.entries(id, { after: page.after }, customer)).entries).toEqual([]);
    for (const cursor of [{ after: `0 ${'o '.repeat(101)}` }, { before: `000000002 ${'o'.repeat(201)}` }])
      await expect(desk.entries(id, cursor, customer)).rejects.toMatchObject({ code: 'bad-cursor' });
  });

  it('any text comes back as it was sent', async () => {
    const { id } = await escalate();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        const made = await say(id, text);
        expect(made.text).toBe(text);
        const { entries } = fresh(await desk.entries(id, { limit: 1 }, customer));
        expect(entries[0]?.text).toBe(text);
      }),
      { numRuns: onServer ? 100 : 15, examples: [['\u0000'], ['\ud800 alone'], ['\\u0000'], ['👩‍👩‍👧']] },
    );
  });

  it('an id that no database can hold names nothing', async () => {
    const { id } = await escalate();
    for (const odd of ['a\u0000b', '\ud800', "' or 1=1 --", 'x'.repeat(5000)]) {
      await expect(desk.load(odd, customer)).rejects.toMatchObject({ code: 'not-found' });
      await expect(desk.escalation(odd, customer)).rejects.toMatchObject({ code: 'not-found' });
      await expect(desk.escalate(odd, request, customer)).rejects.toMatchObject({ code: 'not-found' });
      await expect(desk.download!('c-1', odd, customer)).rejects.toMatchObject({ code: 'not-found' });
      await expect(desk.entries(id, { before: odd }, customer)).rejects.toMatchObject({ code: 'bad-cursor' });
    }
  });
});

describe(`a case, on ${engine}`, () => {
  it('shows an escalation in one place while others resolve and reopen it', async () => {
    const { id } = await escalate();
    const decide = { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes' } as const;
    await desk.act(id, { kind: 'take' }, owner);
    await desk.act(id, decide, owner);
    let isOver = false;
    const places: number[] = [];
    const readers = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const { openEscalation, past } = fresh(await desk.load('c-1', customer));
        places.push([openEscalation, ...past].filter((one) => one?.id === id).length);
      }
    });
    for (let i = 0; i < (onServer ? 60 : 8); i++) {
      await desk.act(id, { kind: 'resolve', summary: 'Done' }, owner);
      await desk.act(id, { kind: 'reopen', text: 'Not done' }, customer);
      await desk.act(id, decide, owner);
    }
    isOver = true;
    await Promise.all(readers);
    expect(new Set(places)).toEqual(new Set([1]));
  }, 60_000);
});

describe(`files, on ${engine}`, () => {
  const bytes = Uint8Array.from({ length: 700 }, (_, i) => i % 256);
  const upload = (name = 'trace Größe.log', caseId = 'c-1') =>
    desk.upload!(caseId, { name, data: new Blob([bytes], { type: 'text/plain; charset=utf-8' }) }, customer);

  it('come back byte for byte, with name and type', async () => {
    const { id } = await upload();
    const made = await desk.escalate('c-1', { ...request, attachmentIds: [id] }, customer);
    expect(made.escalation.attachments).toMatchObject([{ id, name: 'trace Größe.log', bytes: 700 }]);
    const file = (await desk.download!('c-1', id, owner)) as File;
    expect([file.name, file.type, file.size]).toEqual(['trace Größe.log', 'text/plain', 700]);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });

  it('wait for an hour to be named, and are then gone; a named one stays', async () => {
    const { id } = await escalate();
    const [named, late] = [await upload(), await upload()];
    wait(HOUR - 1);
    await desk.post(id, { clientId: 'a', text: 'Here', attachmentIds: [named.id] }, customer);
    wait(1);
    const draft = { clientId: 'b', text: 'And here', attachmentIds: [late.id] };
    await expect(desk.post(id, draft, customer)).rejects.toMatchObject({ code: 'invalid' });
    wait(DAY);
    await forget(database.db, present);
    expect(await database.db.selectFrom('files').select('id').execute()).toEqual([{ id: named.id }]);
    expect((await desk.download!('c-1', named.id, owner)).size).toBe(700);
  });

  it('of two messages at once that name one file, one has it', async () => {
    const { id } = await escalate();
    const file = await upload();
    const outcomes = await Promise.allSettled(
      ['a', 'b'].map((key) =>
        desk.post(id, { clientId: key, text: key, attachmentIds: [file.id] }, customer),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are found on their own case only, and once they are named', async () => {
    await putCase(database.db, caseOf({ id: 'c-2' }), 'acme');
    const file = await upload();
    await expect(desk.download!('c-1', file.id, customer)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      desk.escalate('c-2', { ...request, attachmentIds: [file.id] }, customer),
    ).rejects.toMatchObject({ code: 'invalid' });
    await desk.escalate('c-1', { ...request, attachmentIds: [file.id] }, customer);
    await expect(desk.download!('c-2', file.id, customer)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('without limits there is no way for them', () => {
    const plain = deskOn(database, { attach: null });
    expect([plain.upload, plain.download]).toEqual([undefined, undefined]);
    return plain.close();
  });
});

describe(`the queue, on ${engine}`, () => {
  const cases = Array.from({ length: 12 }, (_, i) => caseOf({ id: `q-${i}` }));
  const level = fc.constantFrom<Level>('low', 'medium', 'high');
  /** Minutes until the next update is due; null: nothing was decided yet. */
  const decided = fc.option(
    fc.record({ importance: level, urgency: level, due: fc.integer({ min: -300, max: 300 }) }),
  );

  it('has the order of compareUrgency, and its pages lead through it, each row once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(decided, { minLength: 1, maxLength: cases.length }),
        fc.integer({ min: 1, max: 5 }),
        async (rows, limit) => {
          await database.reset(cases);
          for (const [i, row] of rows.entries()) {
            wait(MINUTE);
            const { id } = await escalate(`q-${i}`);
            if (!row) continue;
            const { importance, urgency, due } = row;
            const nextUpdateDueAt = new Date(present.getTime() + due * MINUTE).toISOString();
            await desk.act(id, { kind: 'take' }, owner);
            await desk.act(id, { kind: 'accept', importance, urgency, text: 'Yes', nextUpdateDueAt }, owner);
          }
          const found: Escalation[] = [];
          for (let after: string | null | undefined; after !== null;) {
            const page = fresh(await desk.queue({ limit, after }, owner));
            found.push(...page.escalations);
            after = page.after;
          }
          expect(new Set(found.map(({ id }) => id)).size).toBe(rows.length);
          expect(found).toEqual([...found].sort(compareUrgency(present)));
        },
      ),
      { numRuns: onServer ? 25 : 4 },
    );
  }, 60_000);

  it('a cursor whose escalation has ended is told to be over', async () => {
    const { id } = await escalate();
    await desk.act(id, { kind: 'withdraw' }, customer);
    await expect(desk.queue({ after: id }, owner)).rejects.toMatchObject({ code: 'cursor-expired' });
  });
});

describe(`what the portal tells, on ${engine}`, () => {
  it('a case is made, changed, and given to another account', async () => {
    await putCase(database.db, caseOf({ subject: 'Now it stops at 4 GB' }), 'globex');
    await expect(desk.load('c-1', customer)).rejects.toMatchObject({ code: 'not-found' });
    const state = fresh(await desk.load('c-1', { user: people.stranger }));
    expect(state.case.subject).toBe('Now it stops at 4 GB');
  });

  it('one without an account is for every customer', async () => {
    await putCase(database.db, caseOf());
    expect(fresh(await desk.load('c-1', { user: people.stranger })).case.id).toBe('c-1');
  });

  it('seeding leaves a database alone that has cases', async () => {
    await seed(database.db, [caseOf({ id: 'c-9' })]);
    await expect(desk.load('c-9', owner)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a case is erased as docs/backends/postgres.md says, with all that was said of it, and no other', async () => {
    await putCase(database.db, caseOf({ id: 'c-2' }), 'acme');
    for (const caseId of ['c-1', 'c-2']) {
      const { id } = await escalate(caseId);
      await say(id, `Words about ${caseId}`);
      await desk.note(caseId, { kind: 'reply', text: `A note on ${caseId}` }, customer);
      await desk.upload!(caseId, { name: 'a.log', data: new Blob(['a'], { type: 'text/plain' }) }, customer);
    }
    const page = readFileSync(new URL('../../../docs/backends/postgres.md', import.meta.url), 'utf8');
    const statements = /```sql\n(.*?)```/s.exec(page)![1]!.replaceAll('00481516', 'c-1').split(';');
    await database.db.connection().execute(async (db) => {
      for (const statement of statements) if (statement.trim()) await sql.raw(statement).execute(db);
    });
    await expect(desk.load('c-1', customer)).rejects.toMatchObject({ code: 'not-found' });
    for (const table of ['cases', 'escalations', 'entries', 'notes', 'files', 'events']) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(database.db);
      expect(rows.length, table).toBeGreaterThan(0);
      expect(rows.filter(({ row }) => row.includes('c-1')), table).toEqual([]);
    }
    const { openEscalation } = fresh(await desk.load('c-2', customer));
    expect(openEscalation).not.toBeNull();
    await expect(database.db.deleteFrom('entries').execute()).rejects.toThrow(/never changed/);
  }); // prettier-ignore

  it('what somebody thought of the article is kept', async () => {
    await desk.feedback('genesys', { version: '1', helpful: false, text: 'Too long' }, customer);
    expect(await database.db.selectFrom('feedback').select(['policy', 'feedback']).execute()).toEqual([
      { policy: 'genesys', feedback: { version: '1', helpful: false, text: 'Too long' } },
    ]);
  });

  it('bringing the tables up to date again changes nothing', async () => {
    const { id } = await escalate();
    await Promise.all([migrate(database.db), migrate(database.db)]);
    expect((await desk.load('c-1', customer)) !== 'not-modified').toBe(true);
    expect(fresh(await desk.escalation(id, customer)).id).toBe(id);
  });

  it('its tables are in a schema of their own', async () => {
    const { rows } = await sql<{ name: string }>`
      select distinct table_schema as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema')`.execute(database.db);
    expect(rows).toEqual([{ name: 'escalation_desk' }]);
  });
});
