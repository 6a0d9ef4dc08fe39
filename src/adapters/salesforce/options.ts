import { BackendError } from '../../core/backend.js';
import type { CasePriority, CaseStatus, Role, Status, WaitingOn } from '../../core/model.js';
import type { CaseFields, EntryFields, EscalationFields, SalesforcePerson } from './rows.js';
import type { VendorOptions } from '../lib/vendor.js';

/** How an org calls what an escalation needs, and what it does where nothing else is said. */

/** Options of `salesforce`. */
export interface SalesforceOptions extends VendorOptions {
  /** Version of the REST API. */
  version?: string;
  /** API names of the two objects. */
  objects?: { escalation?: string; entry?: string };
  fields?: Partial<EscalationFields>;
  entryFields?: Partial<EntryFields>;
  caseFields?: Partial<CaseFields>;
  /** Values of the field of an escalation's status; one for each. */
  statuses?: Partial<Record<Status, string>>;
  /** What the values of a case's fields mean. A case that `IsClosed` is over; else a status not named is open. */
  caseStatuses?: Record<string, CaseStatus>;
  casePriorities?: Record<string, CasePriority>;
  waitingOnValues?: Record<string, WaitingOn>;
  /** Longest values: characters, of a comment on the case bytes. A longer one is refused before anything is sent. */
  limits?: { text?: number; json?: number; key?: number; caseComment?: number };
  /** What somebody is. By default by their `UserType`; who is on the customer's side decides nothing. */
  roleOf?: (person: SalesforcePerson) => Role;
  /** Smallest polling interval, in seconds. */
  pollSeconds?: number;
}

const FIELDS: EscalationFields = {
  case: 'Case__c',
  status: 'Status__c',
  key: 'Idempotency_Key__c',
  openKey: 'Open_Key__c',
  subject: 'Reason__c',
  description: 'Description__c',
  request: 'Request__c',
  review: 'Review__c',
  owner: 'Taken_By__c',
  entries: 'Entries__r',
};
const ENTRY_FIELDS: EntryFields = {
  escalation: 'Escalation__c',
  kind: 'Kind__c',
  text: 'Text__c',
  internalText: 'Internal_Text__c',
  status: 'Status__c',
  about: 'About__c',
  clientId: 'Client_Id__c',
};
const CASE_FIELDS: CaseFields = {
  waitingOn: 'Status', product: null, rcaRequestedAt: null, waitingSince: null, waitingFor: null, deployment: null,
  program: null, plan: null, rma: null, region: null,
}; // prettier-ignore
const STATUSES: Record<Status, string> = {
  requested: 'Requested',
  'under-review': 'Under Review',
  accepted: 'Accepted',
  declined: 'Declined',
  resolved: 'Resolved',
  withdrawn: 'Withdrawn',
};
const CASE_STATUSES: Record<string, CaseStatus> = { 'Waiting on Customer': 'pending', 'On Hold': 'pending' };
const PRIORITIES: Record<string, CasePriority> = {
  Critical: 'critical',
  High: 'high',
  Medium: 'medium',
  Low: 'low',
};
const WAITING_ON: Record<string, WaitingOn> = {
  New: 'support',
  Working: 'support',
  Escalated: 'support',
  'Waiting on Customer': 'customer',
};
const LIMITS = { text: 32_768, json: 131_072, key: 255, caseComment: 4000 };

const defaultRole = ({ userType, on }: SalesforcePerson): Role => {
  if (userType === 'PowerPartner') return 'partner';
  if (userType !== 'Standard') return 'customer';
  return on === 'case' ? 'engineer' : 'owner';
};

const mistaken = (what: string) => new BackendError('invalid', `salesforce: ${what}`);

/** Refuses a mapping that would ask for something else than is meant. */
function assertMapping(version: string, names: object[], statuses: Record<Status, string>): void {
  if (!/^\d{2,3}\.\d$/.test(version)) throw mistaken(`"${version}" is no version, such as 64.0.`);
  for (const [what, name] of names.flatMap(
    (all) => Object.entries(all) as [string, string | null | undefined][],
  ))
    if (name !== null && !/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name ?? ''))
      throw mistaken(`"${name}" for ${what} is no name of an object or a field.`);
  const values = Object.values(statuses);
  if (values.some((value) => !value) || new Set(values).size < values.length)
    throw mistaken('each status needs a value of its own.');
}

/** The options with their defaults. @throws BackendError `invalid`: a mapping that cannot be one */
export function mappingOf(options: SalesforceOptions) {
  const mapping = {
    version: options.version ?? '64.0',
    roleOf: options.roleOf ?? defaultRole,
    pollSeconds: options.pollSeconds ?? 60,
    objects: { escalation: 'Escalation__c', entry: 'Escalation_Entry__c', ...options.objects },
    fields: { ...FIELDS, ...options.fields },
    entry: { ...ENTRY_FIELDS, ...options.entryFields },
    caseFields: { ...CASE_FIELDS, ...options.caseFields },
    statuses: { ...STATUSES, ...options.statuses },
    limits: { ...LIMITS, ...options.limits },
    caseValues: {
      statuses: options.caseStatuses ?? CASE_STATUSES,
      priorities: options.casePriorities ?? PRIORITIES,
      waitingOn: options.waitingOnValues ?? WAITING_ON,
    },
  };
  const { version, objects, fields, entry, caseFields, statuses } = mapping;
  assertMapping(version, [objects, fields, entry, caseFields], statuses);
  return mapping;
}
