import type { Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, type PoolConfig } from 'pg';
import { lockFolder } from './folder-lock.js';
import { migrate } from './migrations/index.js';
import { CHANNEL, SCHEMA, type Db, type Tables } from './schema.js';

/** A database that is open, its tables up to date. */
export interface Database {
  db: Db;
  /**
   * Hears of {@link CHANNEL}, on one connection, until it is stopped.
   * @param lost called when the connection is gone, also after it was stopped
   * @returns stops it
   */
  listen(heard: (payload: string) => void, lost: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** `url`: of a PostgreSQL server; else PGlite in this process, in `folder`, or in memory. */
export type Where = { url: string } | { url?: undefined; folder?: string };

/** What the environment says: `DATABASE_URL`, else `PGLITE_DIR`, else `.data/pglite`. */
export const whereIn = ({
  DATABASE_URL,
  PGLITE_DIR,
}: {
  DATABASE_URL?: string;
  PGLITE_DIR?: string;
}): Where => (DATABASE_URL ? { url: DATABASE_URL } : { folder: PGLITE_DIR || '.data/pglite' });

/** A statement that takes longer waits for a lock that nobody gives back. */
const PATIENCE_MS = 15_000;
/** A server that says nothing for longer, not even that a statement took too long, is not there any more. */
const SILENCE_MS = 20_000;

function poolOf(config: PoolConfig): { pool: Pool; db: Db } {
  const pool = new Pool({
    connectionTimeoutMillis: PATIENCE_MS,
    statement_timeout: PATIENCE_MS,
    // A process that stands still in the middle of a write gives its locks back.
    idle_in_transaction_session_timeout: PATIENCE_MS,
    ...config,
  });
  // An idle connection that ends is replaced when one is needed.
  pool.on('error', () => undefined);
  // One that ends in use fails its statement, which is told of; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // Before anything else on this connection: a client sends what it is given in order.
  pool.on('connect', (client) => void client.query(`set search_path to ${SCHEMA}`).catch(() => undefined));
  return { pool, db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}

/** A connection that was lost without a word, as in a failover, looks as if it stood. */
const onSilence = ({ connection: { stream } }: Client, act: () => void) =>
  void (stream as Socket).setTimeout(SILENCE_MS, act);
const end = ({ connection: { stream } }: Client) =>
  void stream.destroy(new Error('The connection to the database is silent.'));

/** Nothing is said where nothing happens: the server is asked first, and left when it is silent then as well. */
function endWhenDeaf(client: Client): void {
  let isAsked = false;
  onSilence(client, () => {
    if (isAsked) return end(client);
    isAsked = true;
    client.query('select 1').then(
      () => (isAsked = false),
      () => undefined,
    );
  });
}

async function server(url: string): Promise<Database> {
  const { db, pool } = poolOf({ connectionString: url, application_name: 'escalation desk' });
  // One that nobody uses is closed before.
  pool.on('connect', (client) => onSilence(client, () => end(client)));
  return {
    db,
    async listen(heard, lost) {
      const client = new Client({
        connectionString: url,
        application_name: 'escalation events',
        connectionTimeoutMillis: PATIENCE_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: PATIENCE_MS,
      });
      client.on('error', () => undefined);
      client.on('notification', ({ payload = '' }) => heard(payload));
      try {
        await client.connect();
        await client.query(`listen ${CHANNEL}`);
      } catch (error) {
        await client.end().catch(() => undefined);
        throw error;
      }
      endWhenDeaf(client);
      client.on('end', lost);
      return () => client.end();
    },
    close: () => db.destroy(),
  };
}

/** PGlite is one session: the pool has one connection, and every transaction waits for the one before. */
async function inProcess(folder: string | undefined): Promise<Database> {
  const unlock = folder ? lockFolder(folder) : () => undefined;
  const lite = await PGlite.create({ dataDir: folder }).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const { pool, db } = poolOf({ ...createPgConfig(lite), max: 1, idleTimeoutMillis: 0 });
  let hear: (payload: string) => void = () => undefined;
  pool.on('connect', (client) => client.on('notification', ({ payload = '' }) => hear(payload)));
  return {
    db,
    async listen(heard) {
      hear = heard;
      await sql`listen ${sql.id(CHANNEL)}`.execute(db);
      return async () => void (hear = () => undefined);
    },
    async close() {
      await db.destroy();
      await lite.close();
      unlock();
    },
  };
}

/** Opens a database and brings its tables up to date. */
export async function connect(where: Where): Promise<Database> {
  const database = await (where.url === undefined ? inProcess(where.folder) : server(where.url));
  try {
    await migrate(database.db);
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
  return database;
}
