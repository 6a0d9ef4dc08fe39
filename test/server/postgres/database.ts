import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Client } from 'pg';
import { postgres } from '../../../demo/server/postgres/backend.js';
import { connect, type Database, type Where } from '../../../demo/server/postgres/connect.js';
import { seed } from '../../../demo/server/postgres/portal.js';
import type { Case } from '../../../src/core/model.js';
import { attach, caseOf } from '../../desk.js';

/** A database for one test file: PGlite in memory, or a new one on the server that `TEST_DATABASE_URL` names. */

export const serverUrl = process.env.TEST_DATABASE_URL;
export const onServer = serverUrl !== undefined;
export const engine = onServer ? 'PostgreSQL' : 'PGlite';

async function onAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A new database on the server; `drop` removes it, whoever is still connected. */
export async function newDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `desk_${randomBytes(6).toString('hex')}`;
  await onAdmin(`create database ${name}`);
  const url = new URL(serverUrl as string);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onAdmin(`drop database ${name} with (force)`) };
}

/** A database that every test finds empty but for the case that all tests are about. */
export interface TestDatabase extends Database {
  where: Where;
  /** Empties it, and tells of these cases, all of one account. */
  reset(cases?: Case[]): Promise<void>;
}

export async function open(): Promise<TestDatabase> {
  const made = onServer ? await newDatabase() : undefined;
  const where: Where = made ? { url: made.url } : {};
  const database = await connect(where);
  return {
    ...database,
    where,
    async reset(cases = [caseOf()]) {
      await sql`truncate cases, escalations, entries, followers, reads, notes, keys, answers, files, events, feedback`.execute(
        database.db,
      );
      await seed(
        database.db,
        cases.map((kase) => ({ case: kase, account: 'acme' })),
      );
    },
    async close() {
      await database.close();
      await made?.drop();
    },
  };
}

/** A help desk on a database that others use, too: closing it ends its events, and leaves the database open. */
export const deskOn = (
  database: Database,
  options: Partial<Parameters<typeof postgres>[0]> = {},
): ReturnType<typeof postgres> =>
  postgres({ database: { ...database, close: async () => undefined }, attach, ...options });
