import { BackendError } from '../../core/backend.js';
import type { CasePriority, CaseStatus, Role, Status, WaitingOn } from '../../core/model.js';
import type { VendorOptions } from '../lib/vendor.js';

/** How one Jira Service Management is set up: the options of the adapter, and their check. */

/** A field of a request: `customfield_10041`, or the name of one of Jira's own. */
export type JiraField = string;

/**
 * A field that holds a fact of the case. `values` translates its values, null meaning none; with one that is not named, as with
 * an empty field, the fact is not known.
 */
export type JiraFact<T extends string = string> =
  JiraField | { id: JiraField; values: Record<string, T | null> };

/** Somebody in Jira, as far as it tells. */
export interface JiraPerson {
  /** Account id. */
  id: string;
  name: string;
  email?: string;
  /** Reported the request, takes part in it, or has a customer's account. */
  isCustomer: boolean;
}

/** Which fields hold what. All must be visible on the request type: Jira tells no others. */
export interface JiraFields {
  /** Short text, on the request type of escalations: key of the request that an escalation is of. */
  case: JiraField;
  /** Paragraph, on the request type of escalations: the request, as JSON in base64url. */
  asked: JiraField;
  /** Facts of a case, on the request types of cases; what has no field is not known, and a policy may then ask. */
  priority?: JiraField;
  /**
   * Not known, as of an empty field, means e-mail where a policy has such a program: let it never be empty, and name in `values`
   * what is none, such as `Commercial: null`.
   */
  program?: JiraFact;
  plan?: JiraFact;
  product?: JiraFact;
  deployment?: JiraFact<'cloud' | 'premises'>;
  rma?: JiraFact;
  /** A date: when a root cause analysis was asked for. Absent: nobody asks for one here. */
  rcaRequestedAt?: JiraField;
}

/** What a status of the workflow of cases means. */
export interface JiraCaseStatus {
  status: CaseStatus;
  waitingOn?: WaitingOn | null;
}

/** Options of {@link jiraServiceManagement}. */
export interface JiraServiceManagementOptions extends VendorOptions {
  /** Service desk and request type of escalations, by id. */
  serviceDesk: string | number;
  requestType: string | number;
  fields: JiraFields;
  /** Names of statuses of escalations; others are told by their category: new, under review, resolved. */
  statuses?: Record<string, Status>;
  /** Names of statuses of cases; others are told by their category: open, open, resolved. */
  caseStatuses?: Record<string, JiraCaseStatus>;
  /** Names of the transitions that the portal shows; null: there is none, and the action is not offered. */
  transitions?: { withdraw?: string | null; reopen?: string | null };
  /** By default Highest is critical, Lowest is low. */
  priorities?: Record<string, CasePriority>;
  /** By default who is no customer is an engineer on a case, an owner on an escalation. */
  roleOf?: (person: JiraPerson, place: 'case' | 'escalation') => Role;
  /** Name of whoever has a request, which Jira does not tell here; `Support` by default. */
  team?: string;
  /** Seconds between two looks at a case: a look costs four requests. 60 by default. */
  pollSeconds?: number;
}

/** Of the workflows that Atlassian ships, in small letters. */
const STATUSES: Record<string, Status> = {
  'waiting for support': 'requested',
  accepted: 'accepted',
  declined: 'declined',
  canceled: 'withdrawn',
  cancelled: 'withdrawn',
  withdrawn: 'withdrawn',
};
const CASE_STATUSES: Record<string, JiraCaseStatus> = {
  'waiting for support': { status: 'open', waitingOn: 'support' },
  'waiting for customer': { status: 'pending', waitingOn: 'customer' },
  closed: { status: 'closed' },
};
const PRIORITIES: Record<string, CasePriority> = {
  highest: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  lowest: 'low',
};

/** The options, checked and complete. Names are in small letters. */
export interface JiraMapping extends Omit<
  Required<JiraServiceManagementOptions>,
  keyof VendorOptions | 'pollSeconds' | 'serviceDesk' | 'requestType' | 'transitions'
> {
  serviceDesk: string;
  requestType: string;
  transitions: { withdraw: string | null; reopen: string | null };
}

const small = <T>(names: Record<string, T> = {}): Record<string, T> =>
  Object.fromEntries(Object.entries(names).map(([name, value]) => [name.toLowerCase(), value]));

/** @throws BackendError `invalid`: no id, or two fields with one id */
function assertIds({ fields, serviceDesk, requestType }: JiraServiceManagementOptions): void {
  for (const [name, id] of Object.entries({ serviceDesk, requestType }))
    if (!/^[1-9]\d{0,9}$/.test(String(id)))
      throw new BackendError('invalid', `jiraServiceManagement: ${name} is no id: ${id}`);
  const ids = new Map<string, string>();
  for (const name of ['case', 'asked'] as const)
    if (fields?.[name] === undefined)
      throw new BackendError('invalid', `jiraServiceManagement: fields.${name} is missing`);
  for (const [name, fact] of Object.entries(fields) as [string, JiraFact | undefined][]) {
    if (fact === undefined) continue;
    const id = typeof fact === 'object' ? fact.id : fact;
    if (!/^(customfield_\d{1,10}|[a-zA-Z]{1,60})$/.test(id))
      throw new BackendError('invalid', `jiraServiceManagement: fields.${name} is no id of a field: ${id}`);
    const other = ids.get(id);
    if (other !== undefined)
      throw new BackendError(
        'invalid',
        `jiraServiceManagement: fields.${name} and fields.${other} are one field`,
      );
    ids.set(id, name);
  }
}

/** @throws BackendError `invalid`: the mapping cannot be right */
export function jiraMapping(options: JiraServiceManagementOptions): JiraMapping {
  assertIds(options);
  const { withdraw = 'Cancel request', reopen = 'Reopen' } = options.transitions ?? {};
  const {
    roleOf = ({ isCustomer }, place) => (isCustomer ? 'customer' : place === 'case' ? 'engineer' : 'owner'),
  } = options;
  return {
    serviceDesk: String(options.serviceDesk),
    requestType: String(options.requestType),
    fields: options.fields,
    statuses: { ...STATUSES, ...small(options.statuses) },
    caseStatuses: { ...CASE_STATUSES, ...small(options.caseStatuses) },
    transitions: { withdraw, reopen },
    priorities: { ...PRIORITIES, ...small(options.priorities) },
    roleOf,
    team: options.team ?? 'Support',
  };
}
