import type { CaseStatus, Status } from '../../core/model.js';
import type { RoleOf } from './people.js';

/** Names of the custom fields of a case. What a queue has no field for is a fact that is not known. */
export interface CaseFields {
  priority: string;
  waitingOn: string;
  program: string;
  plan: string;
  product: string;
  deployment: string;
  rcaRequestedAt: string;
  rma: string;
  customer: string;
  region: string;
}

/** Names of the custom fields of an escalation. */
export interface EscalationFields {
  case: string;
  reason: string;
  key: string;
  /** What was asked: the requester writes it once. */
  asked: string;
  /** What its owners made of it: only staff may write it. */
  reviewed: string;
}

/** Names of the custom fields of what is written on a ticket. */
export interface EntryFields {
  clientId: string;
  entryKind: string;
}

/** What things are called in one Request Tracker, and what they mean. */
export interface Naming {
  queue: string;
  fields: CaseFields & EscalationFields & EntryFields;
  statuses: Record<string, Status>;
  caseStatuses: Record<string, CaseStatus>;
  commercial: string;
  roleOf: RoleOf;
}
