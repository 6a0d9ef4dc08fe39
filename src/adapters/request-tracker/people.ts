import { isCustomerSide } from '../../core/roles.js';
import type { Person, Role, User } from '../../core/model.js';
import type { Principal } from './wire.js';

/** A user as Request Tracker tells of them. `organization`: empty where the administrator has set none. */
export interface TrackerUser {
  /** What they sign in with. */
  id: string;
  name: string;
  organization: string;
  email: string;
}

/**
 * Says which actor of the policy somebody is. Whoever comes out as customer or partner decides and promises nothing,
 * whatever they write.
 * @param where on an escalation or on a case
 */
export type RoleOf = (person: TrackerUser, where: 'escalation' | 'case') => Role;

/** Whoever has an organization is its customer; the others own escalations, and work on cases. */
export const roleByOrganization: RoleOf = ({ organization }, where) => {
  if (organization) return 'customer';
  return where === 'escalation' ? 'owner' : 'engineer';
};

const idOf = ({ Name, id }: Principal): string => Name || id;

/** Makes people of users, for one who asks: their own role is known. */
export function peopleFor(user: User, roleOf: RoleOf, where: 'escalation' | 'case') {
  const person = (principal: Principal): Person => {
    const id = idOf(principal);
    if (id === user.id) return { id, name: user.name, role: user.role };
    const name = principal.RealName || id;
    const { Organization: organization = '', EmailAddress: email = '' } = principal;
    return { id, name, role: roleOf({ id, name, organization, email }, where) };
  };
  return {
    person,
    /** Request Tracker's user for "nobody" is nobody. */
    owner: (principal: Principal): Person | null => (idOf(principal) === 'Nobody' ? null : person(principal)),
    isTheirs: (principal: Principal): boolean => isCustomerSide(person(principal)),
  };
}
export type People = ReturnType<typeof peopleFor>;
