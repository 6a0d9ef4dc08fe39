import type { Person, User } from 'escalation-elements';

/** Who can sign in. */
export const priya: User = {
  id: 'u-priya',
  name: 'Priya Nair',
  role: 'customer',
  audience: 'direct',
  account: 'acme',
};
/** Her colleague, who is faster when the demo is asked for that. */
export const jonas: User = { ...priya, id: 'u-jonas', name: 'Jonas Berg' };
/** Works on Acme's cases for Acme: asks on behalf of others (G31). */
export const kim: User = {
  id: 'u-kim',
  name: 'Kim Larsen',
  role: 'partner',
  audience: 'partner',
  account: 'acme',
};
export const sam: User = { id: 'o-sam', name: 'Sam Okoro', role: 'owner', audience: 'direct' };
const users = [priya, jonas, kim, sam];

export const userById = (id: string | null): User | null => users.find((user) => user.id === id) ?? null;

const engineer = (id: string, name: string): Person => ({ id, name, role: 'engineer' });
export const dana = engineer('e-dana', 'Dana Reyes');
export const ines = engineer('e-ines', 'Ines Carvalho');
export const marek = engineer('e-marek', 'Marek Novak');
/** Whom a case can be given to. */
export const engineers: readonly Person[] = [dana, ines, marek];
export const asPerson = ({ id, name, role }: User): Person => ({ id, name, role });

/** How the portal calls the roles. */
export const roleName = (role: string): string =>
  ({ customer: 'Customer', partner: 'Partner', owner: 'Escalation Owner', engineer: 'Support engineer' })[
    role
  ] ?? role;
