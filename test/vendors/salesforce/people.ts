import { randomUUID } from 'node:crypto';
import type { User } from '../../../src/core/model.js';
import { people } from '../../desk.js';

/** 18 characters, the first three by the kind of record. */
export const newRecordId = (prefix: string): string =>
  prefix +
  randomUUID()
    .replaceAll('-', '')
    .slice(0, 18 - prefix.length);

/** The people of the tests, by the ids that this Salesforce knows them by. */
export const staffAndCustomers = Object.fromEntries(
  Object.entries(people).map(([name, user]) => [name, { ...user, id: newRecordId('005') }]),
) as Record<keyof typeof people, User>;
