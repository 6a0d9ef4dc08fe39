import { Migrator, type Kysely } from 'kysely';
import { SCHEMA } from '../schema.js';
import * as helpDesk from './0001-help-desk.js';

/** By name, in the order in which they run. */
const migrations = { '0001-help-desk': helpDesk };

/** Brings the tables up to date. Several processes may do so at once: one of them does it, the others wait. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: SCHEMA,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error as Error;
}
