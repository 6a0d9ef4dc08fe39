import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Database, type Where } from '../../../demo/server/postgres/connect.js';
import { seed } from '../../../demo/server/postgres/portal.js';
import { SCHEMA } from '../../../demo/server/postgres/schema.js';
import { isOpen } from '../../../src/core/status.js';
import { caseOf, people, policy, request } from '../../desk.js';
import { deskOn, engine, newDatabase, onServer } from './database.js';
import { acceptance, start, type Other } from './process.js';

/** A process that is killed in the middle of writes leaves nothing half-written. */

const cases = ['c-1', 'c-2', 'c-3', 'c-4', 'c-5'];
const tidy: (() => unknown)[] = [];
/** A database that processes share one after the other. */
let where: Where;
beforeAll(async () => {
  if (onServer) {
    const { url, drop } = await newDatabase();
    tidy.push(drop);
    where = { url };
  } else {
    const folder = mkdtempSync(join(tmpdir(), 'desk-'));
    tidy.push(() => rmSync(folder, { recursive: true, force: true }));
    where = { folder: join(folder, 'pglite') };
  }
  const rows = cases.map((id) => ({ case: caseOf({ id }), account: 'acme' }));
  await within(({ db }) => seed(db, rows));
}, 60_000);
afterAll(async () => {
  for (const step of tidy.reverse()) await step();
});

async function within<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await connect(where);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function run(...args: string[]): Other {
  const other = start(where, ...args);
  tidy.push(other.kill);
  return other;
}

/** Every row of every table, in an order of its own. */
async function everything({ db }: Database): Promise<Record<string, string[]>> {
  const tables = await db.introspection.getTables();
  const names = tables.filter(({ schema }) => schema === SCHEMA).map(({ name }) => name);
  const rows: Record<string, string[]> = {};
  for (const name of names) {
    const found = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(db);
    rows[name] = found.rows.map(({ row }) => row).sort();
  }
  return rows;
}

/** What holds between the rows of one write: @returns what does not. */
async function halves({ db }: Database): Promise<unknown[]> {
  const { rows } = await sql`
    select 'a gap in the entries' as what, e.id from escalations e
    where e.entries <> (select count(*) from entries n where n.escalation_id = e.id)
       or e.entries <> (select max(number) from entries n where n.escalation_id = e.id)
    union all
    select 'a gap in the events', c.id from cases c
    where c.events <> (select count(*) from events v where v.case_id = c.id)
       or c.events <> (select coalesce(max(number), 0) from events v where v.case_id = c.id)
    union all
    select 'an entry without its event', n.escalation_id from entries n
    where 1 <> (select count(*) from events v where v.escalation_id = n.escalation_id and v.entry = n.number)
    union all
    select 'a status that is not the one in the record', e.id from escalations e
    where e.status <> e.record->'escalation'->>'status'
    union all
    select 'a status without its entry', e.id from escalations e
    where e.status <> (
      select n.entry->>'status' from entries n
      where n.escalation_id = e.id and n.entry->>'status' is not null order by number desc limit 1)
    union all
    select 'a key of nothing', k.made from keys k
    where not exists (select from escalations e where e.id = k.made)
      and not exists (select from entries n where n.entry->>'id' = k.made)
    union all
    select 'a text that was moved, and is not on the case', e.id from escalations e
    where (select count(*) from entries n join escalations o on o.id = n.escalation_id
           where o.case_id = e.case_id and n.kind = 'moved')
       <> (select count(*) from notes t where t.case_id = e.case_id)`.execute(db);
  return rows;
}

const customer = { user: people.customer, policy };
const owner = { user: people.owner, policy };

describe(`a process killed while it writes, on ${engine}`, () => {
  it('on four cases at once: every write is there whole or not at all, and what was answered is there', async () => {
    for (const least of onServer ? [3, 10, 17, 25] : [12]) {
      const other = run('write', ...cases.slice(1));
      await other.hasSaid('entry', least);
      if (!onServer) await expect(connect(where)).rejects.toThrow(`in use by process ${other.child.pid}`);
      await other.kill();
      const said = (word: string) =>
        other.said.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
      expect(said('entry').length).toBeGreaterThanOrEqual(least);
      await within(async (database) => {
        expect(await halves(database)).toEqual([]);
        const made = await database.db.selectFrom('escalations').select(['id', 'record']).execute();
        expect(made.map(({ id }) => id)).toEqual(expect.arrayContaining(said('made')));
        const entries = await database.db.selectFrom('entries').select(['escalation_id', 'entry']).execute();
        const written = entries.map((row) => `${row.escalation_id} ${row.entry.id}`);
        expect(written).toEqual(expect.arrayContaining(said('entry')));
        // What the dead one left open can be ended, and the next goes on from there.
        const desk = deskOn(database);
        for (const { id, record } of made)
          if (isOpen(record.escalation)) await desk.act(id, { kind: 'withdraw' }, customer);
        await desk.close();
      });
    }
  }, 60_000);

  it(`before ${onServer ? 'any of its statements' : 'its commit'}: nothing of the write is there, and it can be repeated`, async () => {
    const { id, before } = await within(async (database) => {
      const desk = deskOn(database);
      const { escalation } = await desk.escalate('c-1', request, customer);
      await desk.act(escalation.id, { kind: 'take' }, owner);
      await desk.close();
      return { id: escalation.id, before: await everything(database) };
    });
    let deaths = 0;
    // On a server one death before each statement that the action needs, until none is left to die before.
    for (const which of onServer ? Array.from({ length: 99 }, (_, i) => String(i + 1)) : ['commit']) {
      const other = run('act', id, which);
      await other.ended;
      if (other.said.includes('done')) break;
      deaths++;
      expect(await within(everything)).toEqual(before);
    }
    expect(deaths).toBeGreaterThanOrEqual(onServer ? 10 : 1);
    await within(async (database) => {
      const desk = deskOn(database);
      await desk.act(id, acceptance, { ...owner, key: 'accept' });
      await desk.close();
      expect(await halves(database)).toEqual([]);
      const rows = await database.db
        .selectFrom('entries')
        .select('kind')
        .where('escalation_id', '=', id)
        .orderBy('number')
        .execute();
      expect(rows.map(({ kind }) => kind)).toEqual(['status', 'status', 'decision', 'next-steps']);
    });
  }, 120_000);
});
