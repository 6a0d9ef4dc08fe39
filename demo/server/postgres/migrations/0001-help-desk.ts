import { sql, type Kysely } from 'kysely';

/** The tables of the first version. A migration that has run anywhere is never changed: the next one changes them. */

const cases = (db: Kysely<unknown>) =>
  db.schema
    .createTable('cases')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text')
    .addColumn('document', 'json', (column) => column.notNull())
    .addColumn('events', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();

async function escalations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('escalations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('rank', 'smallint', (column) => column.notNull())
    .addColumn('due_at', 'timestamptz', (column) => column.notNull())
    .addColumn('requested_at', 'timestamptz', (column) => column.notNull())
    .addColumn('record', 'json', (column) => column.notNull())
    .addColumn('entries', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('escalations_of_case').on('escalations').column('case_id').execute();
  const isOpen = sql<boolean>`status in ('requested', 'under-review', 'accepted')`;
  await db.schema
    .createIndex('escalations_one_open')
    .unique()
    .on('escalations')
    .column('case_id')
    .where(isOpen)
    .execute();
  await db.schema
    .createIndex('escalations_queue')
    .on('escalations')
    .columns(['rank', 'due_at', 'requested_at', 'id'])
    .where(isOpen)
    .execute();
  for (const table of ['followers', 'reads'])
    await db.schema
      .createTable(table)
      .addColumn('escalation_id', 'text', (column) => column.notNull().references('escalations.id'))
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint(`${table}_pkey`, ['escalation_id', 'user_id'])
      .execute();
  await db.schema
    .alterTable('reads')
    .addColumn('number', 'integer', (column) => column.notNull())
    .execute();
}

async function entries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('entries')
    .addColumn('escalation_id', 'text', (column) => column.notNull().references('escalations.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('entry', 'json', (column) => column.notNull())
    .addColumn('sought', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('entries_pkey', ['escalation_id', 'number'])
    .execute();
  await db.schema.createIndex('entries_by_time').on('entries').columns(['escalation_id', 'at']).execute();
  await sql`
    create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'entries are never changed, nor deleted' using errcode = 'restrict_violation'; end $$
  `.execute(db);
  await sql`
    create trigger entries_append_only before update or delete on entries
    for each row execute function refuse_change()
  `.execute(db);
}

async function files(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('files')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('by_id', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('about', 'json', (column) => column.notNull())
    .addColumn('data', 'bytea', (column) => column.notNull())
    .addColumn('escalation_id', 'text')
    .addColumn('entry', 'integer')
    .execute();
  await db.schema
    .createIndex('files_unnamed')
    .on('files')
    .column('at')
    .where(sql<boolean>`escalation_id is null`)
    .execute();
}

async function events(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('escalation_id', 'text')
    .addColumn('entry', 'integer')
    .addColumn('user_id', 'text')
    .addPrimaryKeyConstraint('events_pkey', ['case_id', 'number'])
    .execute();
  await db.schema.createIndex('events_by_time').on('events').column('at').execute();
}

/** Both kinds of idempotency keys; `scope` decides between two at once. */
async function keys(db: Kysely<unknown>): Promise<void> {
  for (const table of ['keys', 'answers']) {
    await db.schema
      .createTable(table)
      .addColumn('scope', 'text', (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
      .execute();
    await db.schema.createIndex(`${table}_by_expiry`).on(table).column('expires_at').execute();
  }
  await db.schema
    .alterTable('keys')
    .addColumn('made', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .alterTable('answers')
    .addColumn('claim', 'text', (column) => column.notNull())
    .addColumn('answer', 'json')
    .execute();
}

async function notes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notes')
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id'))
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('by_id', 'text', (column) => column.notNull())
    .addColumn('note', 'json', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('notes_of_case').on('notes').columns(['case_id', 'at']).execute();
  await db.schema
    .createTable('feedback')
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('by_id', 'text')
    .addColumn('feedback', 'json', (column) => column.notNull())
    .execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const make of [cases, escalations, entries, files, events, keys, notes]) await make(db);
}
