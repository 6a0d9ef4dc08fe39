import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { postgres } from '../../../demo/server/postgres/backend.js';
import { guarded } from '../../../demo/server/postgres/errors.js';
import { postgresKeys } from '../../../demo/server/postgres/keys.js';
import type { Tables } from '../../../demo/server/postgres/schema.js';
import { BackendError } from '../../../src/core/backend.js';
import { people, policy, request } from '../../desk.js';

/** What the database says, as the codes of the contract. */

const failing = (error: unknown) => guarded({ fail: () => Promise.reject(error as Error) });
const saying = (code: string) => Object.assign(new Error('as the database has it'), { code });

it.each([
  ['08006', 'unavailable'], // connection failure
  ['53300', 'unavailable'], // too many connections
  ['57P01', 'unavailable'], // shutting down
  ['57014', 'unavailable'], // took too long
  ['40P01', 'unavailable'], // deadlock
  ['25P03', 'unavailable'], // stood still in a transaction
  ['22021', 'not-found'], // an id with U+0000
  ['23514', 'server-error'], // a constraint that should never fail
  ['42P01', 'server-error'], // no such table
])('%s is told as %s, and what the database said stays behind it', async (code, expected) => {
  const error = saying(code);
  const refusal = await failing(error)
    .fail()
    .catch((one: unknown) => one);
  expect(refusal).toMatchObject({ name: 'BackendError', code: expected, cause: error });
  expect((refusal as Error).message).not.toContain('as the database has it');
});

it('a refusal of ours stays what it is; a mistake of ours is a server error', async () => {
  const ours = new BackendError('invalid', 'No.');
  await expect(failing(ours).fail()).rejects.toBe(ours);
  await expect(failing(new TypeError('x is undefined')).fail()).rejects.toMatchObject({
    code: 'server-error',
  });
});

it('a server that cannot be reached is unavailable, whatever one asks for', async () => {
  const pool = new Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const listen = () => Promise.reject(new Error('not there'));
  const desk = postgres({ database: { db, listen, close: () => db.destroy() } });
  const call = { user: people.customer, policy };
  const keys = postgresKeys(db);
  for (const work of [
    () => desk.load('c-1', call),
    () => desk.escalate('c-1', request, call),
    () => desk.entries('e-1', {}, call),
    () => desk.watch('c-1', undefined, call, () => undefined),
    () => keys.begin('scope', 'body'),
  ])
    await expect(work()).rejects.toMatchObject({ code: 'unavailable' });
  await desk.close();
  await expect(desk.load('c-1', call)).rejects.toMatchObject({ code: 'unavailable' });
});

it('without a user or a policy nothing is asked of the database', async () => {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: new Pool() }) });
  const listen = () => Promise.reject(new Error('not there'));
  const desk = postgres({ database: { db, listen, close: () => db.destroy() } });
  await expect(desk.load('c-1', {})).rejects.toMatchObject({ code: 'signed-out' });
  await expect(desk.escalate('c-1', request, { user: people.customer })).rejects.toMatchObject({
    code: 'server-error',
  });
  await desk.close();
});
