import type { CaseFields, EscalationFields } from '../../../src/adapters/servicenow.js';
import type { Status } from '../../../src/core/model.js';

/** How tables, columns and values are called on an instance. */

export const STATES: Record<Status, string> = {
  requested: '1',
  'under-review': '2',
  accepted: '3',
  declined: '4',
  resolved: '5',
  withdrawn: '6',
};
export const OPEN_VALUES = ['1', '2', '3'];

/** Names of tables and columns. */
export interface Dialect {
  tables: { case: string; escalation: string };
  fields: EscalationFields;
  caseFields: Partial<CaseFields>;
  caseColumns: string[];
  escalationColumns: string[];
}

const fields: EscalationFields = {
  case: 'source_record',
  state: 'state',
  requestedBy: 'requested_by',
  owner: 'assigned_to',
  subject: 'short_description',
  description: 'justification',
  request: 'u_escalation_request',
  review: 'u_escalation_review',
  key: 'correlation_id',
  closedAt: 'closed_at',
  number: 'number',
};
const caseFields = {
  rcaRequestedAt: 'u_rca_requested',
  deployment: 'u_deployment',
  program: 'u_program',
  plan: 'u_plan',
};
export const asDelivered: Dialect = {
  tables: { case: 'sn_customerservice_case', escalation: 'sn_customerservice_escalation' },
  fields,
  caseFields,
  caseColumns: [
    'number', 'short_description', 'state', 'priority', 'assigned_to', 'account', 'product', 'contact',
    ...Object.values(caseFields),
  ], // prettier-ignore
  escalationColumns: Object.values(fields),
};
