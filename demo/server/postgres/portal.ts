import type { Case } from 'escalation-elements';
import { sql } from 'kysely';
import type { Db } from './schema.js';
import { tellOf } from './telling.js';

/** What the portal does besides the backend: it tells of its cases. */

/**
 * How the portal tells of a case: makes it, or changes what has changed. What the portal says last holds, also over what a
 * note has made of the case.
 * @param account whose it is; absent: every customer may see it
 */
export async function putCase(
  db: Db,
  kase: Case,
  account?: string,
  clock: () => Date = () => new Date(),
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const changed = await trx
      .insertInto('cases')
      .values({ id: kase.id, account: account || null, document: JSON.stringify(kase) })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({
            account: eb.ref('excluded.account'),
            document: eb.ref('excluded.document'),
          }))
          .where(
            sql<boolean>`(cases.account, cases.document::text) is distinct from (excluded.account, excluded.document::text)`,
          ),
      )
      .returning('id')
      .executeTakeFirst();
    if (changed) await tellOf(trx, kase.id, [{ kind: 'case' }], clock());
  });
}

/** Puts the first cases into a database that has none. */
export async function seed(
  db: Db,
  rows: readonly (Case | { case: Case; account?: string })[],
): Promise<void> {
  if (await db.selectFrom('cases').select('id').limit(1).executeTakeFirst()) return;
  for (const row of rows) {
    if ('case' in row) await putCase(db, row.case, row.account);
    else await putCase(db, row);
  }
}
