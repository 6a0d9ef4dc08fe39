import type { User } from 'escalation-elements';
import { BackendError, isCustomerSide } from 'escalation-elements/backend';
import { expressionBuilder } from 'kysely';
import type { Db, Tables, Trx } from './schema.js';

/** Cases, for those who may see them. */

export const notFound = (what: string) => new BackendError('not-found', `There is no such ${what}.`);

const cases = expressionBuilder<Tables, 'cases'>();

/** The condition that a case is for this user: support sees all, customers their account's. */
export const isFor = (user: User) =>
  isCustomerSide(user)
    ? cases.or([cases('cases.account', 'is', null), cases('cases.account', '=', user.account ?? '')])
    : cases.lit(true);

/**
 * A case of this user's.
 * @throws BackendError `not-found`
 */
export const caseOf = (db: Db, caseId: string, user: User) =>
  db
    .selectFrom('cases')
    .select(['document', 'events'])
    .where('id', '=', caseId)
    .where(isFor(user))
    .executeTakeFirstOrThrow(() => notFound('case'));

/**
 * The same, and nobody else writes on this case before the transaction ends: every write begins here, so that none waits
 * for another in a circle.
 */
export const lockCase = (trx: Trx, caseId: string, user: User) =>
  trx
    .selectFrom('cases')
    .select(['document', 'events'])
    .where('id', '=', caseId)
    .where(isFor(user))
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('case'));
