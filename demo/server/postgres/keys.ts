import { createHash, randomUUID } from 'node:crypto';
import { BackendError } from 'escalation-elements/backend';
import type { KeyStore } from 'escalation-elements/gateway';
import { guarded } from './errors.js';
import type { Db, Trx } from './schema.js';

/**
 * Idempotency keys, twice: of the backend, in the transaction of the write itself, and of the gateway, whose answers any
 * number of processes share. The primary key decides between two at once; hashes, because what they stand for may be long.
 */

/** How long a key is remembered, in milliseconds. */
const DAY = 86_400_000;
/** A claim that nobody renews for so long is of a process that has died. */
const LEASE = 5_000;
const RENEWAL = 1_000;

const hashed = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * Claims a key for what a write is about to make; taken back with the transaction.
 * @returns what the same write made before; undefined: it is the first
 * @throws BackendError `idempotency-key-reused`
 */
export async function claim(
  trx: Trx,
  { scope, body, made, now }: { scope: string; body: unknown; made: string; now: Date },
): Promise<string | undefined> {
  const row = { scope: hashed(scope), body: hashed(JSON.stringify(body)) };
  const first = await trx
    .insertInto('keys')
    .values({ ...row, made, expires_at: new Date(now.getTime() + DAY) })
    .onConflict((conflict) =>
      conflict
        .column('scope')
        .doUpdateSet((eb) => ({
          body: eb.ref('excluded.body'),
          made: eb.ref('excluded.made'),
          expires_at: eb.ref('excluded.expires_at'),
        }))
        .where('keys.expires_at', '<=', now),
    )
    .returning('scope')
    .executeTakeFirst();
  if (first) return undefined;
  const known = await trx
    .selectFrom('keys')
    .select(['body', 'made'])
    .where('scope', '=', row.scope)
    .executeTakeFirstOrThrow();
  if (known.body !== row.body)
    throw new BackendError('idempotency-key-reused', 'This key came with another body before.');
  return known.made;
}

/**
 * Keeps the gateway's keys in the database. Whoever dies while answering blocks a key for five seconds; who then repeats it
 * gets what was made, where the help desk knows its keys too.
 * @param clock the present, for forgetting after a day
 */
export function postgresKeys(db: Db, clock: () => Date = () => new Date()): KeyStore {
  /** What this process works on: claims by scope. */
  const claims = new Map<string, string>();
  let renewing: ReturnType<typeof setInterval> | undefined;
  const until = (ms: number) => new Date(clock().getTime() + ms);

  const renew = () =>
    db
      .updateTable('answers')
      .set({ expires_at: until(LEASE) })
      .where('claim', 'in', [...claims.values()])
      .where('answer', 'is', null)
      .execute()
      // It is tried again before the claim is over.
      .catch(() => undefined);
  const hold = (scope: string, own: string) => {
    claims.set(scope, own);
    renewing ??= setInterval(() => void renew(), RENEWAL).unref();
  };
  const letGo = (scope: string) => {
    const row = { scope: hashed(scope), claim: claims.get(hashed(scope)) ?? '' };
    claims.delete(row.scope);
    if (claims.size === 0) renewing = void clearInterval(renewing);
    return row;
  };

  return guarded<KeyStore>({
    async begin(scope, body) {
      const row = { scope: hashed(scope), body: hashed(body), claim: randomUUID() };
      for (;;) {
        const first = await db
          .insertInto('answers')
          .values({ ...row, expires_at: until(LEASE) })
          .onConflict((conflict) =>
            conflict
              .column('scope')
              .doUpdateSet((eb) => ({
                body: eb.ref('excluded.body'),
                claim: eb.ref('excluded.claim'),
                answer: null,
                expires_at: eb.ref('excluded.expires_at'),
              }))
              .where('answers.expires_at', '<=', clock()),
          )
          .returning('scope')
          .executeTakeFirst();
        if (first) {
          hold(row.scope, row.claim);
          return { state: 'new' };
        }
        const known = await db
          .selectFrom('answers')
          .select(['body', 'answer', 'expires_at'])
          .where('scope', '=', row.scope)
          .executeTakeFirst();
        // Released in between: it is free now.
        if (!known) continue;
        if (known.body !== row.body) return { state: 'other-body' };
        if (known.answer) return { state: 'done', answer: known.answer };
        // Whoever waits for a dead one finds the key free when they come again.
        const left = known.expires_at.getTime() - clock().getTime();
        return { state: 'running', retryAfter: Math.max(1, Math.ceil(left / 1000)) };
      }
    },

    async finish(scope, answer) {
      const own = letGo(scope);
      await db
        .updateTable('answers')
        .set({ answer: JSON.stringify(answer), expires_at: until(DAY) })
        .where('scope', '=', own.scope)
        .where('claim', '=', own.claim)
        .execute();
    },

    async release(scope) {
      const own = letGo(scope);
      await db.deleteFrom('answers').where('scope', '=', own.scope).where('claim', '=', own.claim).execute();
    },
  });
}
