import { servicenow, type ServiceNowOptions } from '../../../src/adapters/servicenow.js';
import type { User } from '../../../src/core/model.js';
import { people, policy, reasonLabel, request } from '../../desk.js';
import { asDelivered, STATES } from './dialect.js';
import { loginOf, newSysId, staffAndCustomers } from './people.js';
import { start, type Row, type ServiceNow } from './server.js';

/** An instance as its administrators have set it up, and the adapter that is told so. */

const signIn: ServiceNowOptions['headers'] = ({ user }) =>
  new Headers(user ? { Authorization: `Bearer ${loginOf(user)}` } : {});

export const adapterFor = (instance: ServiceNow, options: Partial<ServiceNowOptions> = {}) =>
  servicenow({
    baseUrl: instance.origin,
    headers: signIn,
    states: STATES,
    caseFields: instance.dialect.caseFields,
    ...options,
  });

/** One case of Acme that can be escalated, and one of somebody else. */
export function instanceWith(dialect = asDelivered, values: Row = {}) {
  const instance = start(dialect);
  const product = newSysId();
  instance.tables['customer_account']!.push(
    { sys_id: 'acme', name: 'Acme Ltd' },
    { sys_id: 'globex', name: 'Globex' },
  );
  instance.tables['cmdb_model']!.push({ sys_id: product, name: 'Genesys Cloud CX' });
  const caseRow = (account: string) =>
    instance.insert(
      dialect.tables.case,
      {
        number: 'CS0000871', short_description: 'Nightly export stops at 2 GB', state: '10', priority: '3', account,
        product, assigned_to: staffAndCustomers.engineer.id, contact: staffAndCustomers.customer.id,
        u_deployment: 'cloud', u_plan: 'Platinum', ...values,
      }, // prettier-ignore
      loginOf(people.customer),
    );
  const [ours, theirs] = [caseRow('acme'), caseRow('globex')];
  const early: Row = { sys_created_on: '2026-05-11 12:00:00' };
  Object.assign(
    instance.comment(dialect.tables.case, ours, 'comments', 'Logs received.', loginOf(people.engineer)),
    early,
  );
  return { instance, caseId: ours['sys_id']!, theirs: theirs['sys_id']! };
}

export const scene = { ...staffAndCustomers, request, reasonLabel };
export const callOf = (user: User) => ({ user, policy });
