import type { Case, CasePriority, CaseStatus, Person, WaitingOn } from '../../core/model.js';
import { broken, instant, type Row } from './table.js';

/** What a case of ServiceNow says about itself. */

/** Columns of a case; references may be followed with a dot, as in `account.name`. */
export interface CaseFields {
  number: string;
  subject: string;
  state: string;
  priority: string;
  /** A reference to a user. */
  assignee: string;
  customer: string;
  product: string;
  /** Its values are those of `waitingOnValues`. */
  waitingOn: string;
  /** From here on, null: no such column, so the fact is not known, or as the model has it. Time. */
  rcaRequestedAt: string | null;
  waitingSince: string | null;
  waitingFor: string | null;
  /** Its values are `cloud` and `premises`. */
  deployment: string | null;
  program: string | null;
  plan: string | null;
  rma: string | null;
  region: string | null;
}

export const CASE_FIELDS: CaseFields = {
  number: 'number',
  subject: 'short_description',
  state: 'state',
  priority: 'priority',
  assignee: 'assigned_to',
  customer: 'account.name',
  product: 'product.name',
  waitingOn: 'state',
  rcaRequestedAt: null,
  waitingSince: null,
  waitingFor: null,
  deployment: null,
  program: null,
  plan: null,
  rma: null,
  region: null,
};

/** Values of `state`, as a new instance has them. */
export const CASE_STATES: Record<string, CaseStatus> = {
  '1': 'open',
  '10': 'open',
  '18': 'pending',
  '6': 'resolved',
  '3': 'closed',
  '7': 'closed',
};
export const CASE_PRIORITIES: Record<string, CasePriority> = {
  '1': 'critical',
  '2': 'high',
  '3': 'medium',
  '4': 'low',
};
/** New and open: support; awaiting info: the customer. */
export const WAITING_ON: Record<string, WaitingOn> = { '1': 'support', '10': 'support', '18': 'customer' };

export interface CaseValues {
  states: Record<string, CaseStatus>;
  priorities: Record<string, CasePriority>;
  waitingOn: Record<string, WaitingOn>;
}

/** A reference to a user, with what a person needs. */
export const personColumns = (column: string): string[] =>
  ['', '.name', '.user_name', '.sys_class_name'].map((part) => column + part);

export const caseColumns = (fields: CaseFields): string[] => [
  'sys_id',
  ...personColumns(fields.assignee),
  ...new Set(
    Object.values(fields).filter((column): column is string => column !== null && column !== fields.assignee),
  ),
];

/** A person that a row refers to; null: nobody. */
export function referred(
  row: Row,
  column: string,
  make: (found: Row, login: string) => Person,
): Person | null {
  const [id = '', name = '', login = '', table = ''] = personColumns(column).map((part) => row[part]);
  return id ? make({ sys_id: id, name, sys_class_name: table }, login || id) : null;
}

/** What the queue says of a case. A column that did not come is not known. */
export function aboutOf(row: Row, fields: CaseFields, { priorities }: Pick<CaseValues, 'priorities'>) {
  const [number, subject, name] = [row[fields.number], row[fields.subject], row[fields.customer]];
  const region = fields.region === null ? '' : row[fields.region];
  return {
    id: row['sys_id'] ?? '',
    ...(number !== undefined && { number }),
    ...(subject !== undefined && { subject }),
    priority: priorities[row[fields.priority] ?? ''] ?? null,
    ...(name !== undefined && { customer: name ? { name, ...(region && { region }) } : null }),
  } satisfies Partial<Case>;
}

/** @returns the case, without who wrote last */
export function caseOf(
  row: Row,
  fields: CaseFields,
  { states, priorities, waitingOn }: CaseValues,
  person: (found: Row, login: string) => Person,
): Omit<Case, 'lastUpdate'> {
  /** An empty column says that there is none; one that did not come says nothing. */
  const fact = <K extends string, V>(name: K, column: string | null, value: (told: string) => V) => {
    const told = column === null ? undefined : row[column];
    return (told === undefined ? {} : { [name]: told === '' ? null : value(told) }) as {
      [N in K]?: V | null;
    };
  };
  const text = (value: string) => value;
  const time = (column: string | null) => (value: string) => instant(value, String(column));
  const deployment = (value: string) => (value === 'cloud' || value === 'premises' ? value : null);
  const state = row[fields.state] ?? '';
  const status = states[state];
  if (!status) throw broken(`the state "${state}" of a case is not mapped.`);
  return {
    ...aboutOf(row, fields, { priorities }),
    status,
    assignee: referred(row, fields.assignee, person),
    waitingOn: waitingOn[row[fields.waitingOn] ?? ''] ?? null,
    ...fact('product', fields.product, text),
    ...fact('rcaRequestedAt', fields.rcaRequestedAt, time(fields.rcaRequestedAt)),
    ...fact('waitingSince', fields.waitingSince, time(fields.waitingSince)),
    ...fact('waitingFor', fields.waitingFor, text),
    ...fact('program', fields.program, text),
    ...fact('plan', fields.plan, text),
    ...fact('rma', fields.rma, text),
    ...fact('deployment', fields.deployment, deployment),
  };
}
