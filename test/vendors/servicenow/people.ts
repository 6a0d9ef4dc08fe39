import { randomUUID } from 'node:crypto';
import type { User } from '../../../src/core/model.js';
import { people } from '../../desk.js';

export const newSysId = (): string => randomUUID().replaceAll('-', '');

const USER_IDS = Object.fromEntries(Object.values(people).map(({ id }) => [id, newSysId()]));
/** The people of the tests, by the ids that this ServiceNow knows them by. */
export const staffAndCustomers = Object.fromEntries(
  Object.entries(people).map(([name, user]) => [name, { ...user, id: USER_IDS[user.id]! }]),
) as Record<keyof typeof people, User>;
export const loginOf = (user: User): string => user.name.toLowerCase().replace(' ', '.');
