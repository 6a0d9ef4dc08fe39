import { BackendError } from '../../core/backend.js';
import type { CasePriority, Role, Status, WaitingOn } from '../../core/model.js';
import type { VendorOptions } from '../lib/vendor.js';
import { PRIORITIES, type Known } from './rows.js';

/** How one Zendesk is set up: the options of the adapter, and their check. */

/** Id of a custom ticket field, as Zendesk shows it beside the field. */
export type ZendeskField = string | number;

/**
 * A custom field that holds a fact of the case; `values` translates its values, those of drop-downs
 * being tags; others mean none.
 */
export type ZendeskFact<T extends string = string> =
  ZendeskField | { id: ZendeskField; values: Record<string, T> };

/** Somebody in Zendesk, as far as it tells. */
export type ZendeskPerson = Known;

/** Where Zendesk keeps what. Customers must be able to see all of these fields. */
export interface ZendeskFields {
  /** Text, written by customers: number of the ticket that an escalation is of. */
  case: ZendeskField;
  /** Multi-line, written by customers: the request, as JSON. */
  asked: ZendeskField;
  /** Multi-line, written by agents only: what the owner made of it, as JSON. */
  reviewed: ZendeskField;
  /** Drop-down, written by agents only: how far it is. */
  stage: ZendeskField;
  /** Text, written by customers: the key of a request. Without it a request that is repeated is not known again. */
  key?: ZendeskField;
  /** Facts of a case that Zendesk has no field for; what has none is not known, and a policy may then ask. */
  program?: ZendeskFact;
  plan?: ZendeskFact;
  product?: ZendeskFact;
  deployment?: ZendeskFact<'cloud' | 'premises'>;
  rma?: ZendeskFact;
  /** A date: when a root cause analysis was asked for. Absent: nobody asks for one here. */
  rcaRequestedAt?: ZendeskField;
  /** Absent: by the status; pending means the customer, on hold a third party. */
  waitingOn?: ZendeskFact<WaitingOn>;
}

/** Options of {@link zendesk}. */
export interface ZendeskOptions extends VendorOptions {
  fields: ZendeskFields;
  /** Id of the ticket form of escalations. Absent: there is one form for all, and the field `case` alone tells them. */
  form?: string | number;
  /** The tags of `fields.stage`; `escalation_requested` … `escalation_withdrawn` by default. */
  stages?: Partial<Record<Status, string>>;
  /** By default urgent is critical, normal is medium. */
  priorities?: Record<string, CasePriority>;
  /** By default an end user is a customer; an agent is an engineer on a case, an owner on an escalation. */
  roleOf?: (person: ZendeskPerson, place: 'case' | 'escalation') => Role;
  /** A search that finds the open escalations, for the queue; by default, whatever is not solved and has the field `case`. */
  queue?: string;
  /** Name of an agent whose name Zendesk does not tell a customer; `Support` by default. */
  team?: string;
  /** Seconds between two looks at a case: a look costs four requests. 60 by default. */
  pollSeconds?: number;
}

const STAGES: Record<Status, string> = {
  requested: 'escalation_requested',
  'under-review': 'escalation_under_review',
  accepted: 'escalation_accepted',
  declined: 'escalation_declined',
  resolved: 'escalation_resolved',
  withdrawn: 'escalation_withdrawn',
};

const idOf = (fact: ZendeskFact): ZendeskField => (typeof fact === 'object' ? fact.id : fact);

/** @throws BackendError `invalid`: no id, or two fields with one id */
function assertIds(fields: ZendeskFields, form: ZendeskOptions['form']): void {
  const ids = new Map<string, string>();
  for (const name of ['case', 'asked', 'reviewed', 'stage'] as const)
    if (fields?.[name] === undefined) throw new BackendError('invalid', `zendesk: fields.${name} is missing`);
  for (const [name, fact] of Object.entries(fields) as [string, ZendeskFact | undefined][]) {
    if (fact === undefined) continue;
    const id = String(idOf(fact));
    if (!/^[1-9]\d{0,15}$/.test(id))
      throw new BackendError('invalid', `zendesk: fields.${name} is no id of a field: ${id}`);
    const other = ids.get(id);
    if (other !== undefined)
      throw new BackendError('invalid', `zendesk: fields.${name} and fields.${other} are one field`);
    ids.set(id, name);
  }
  if (form !== undefined && !/^[1-9]\d{0,15}$/.test(String(form)))
    throw new BackendError('invalid', `zendesk: form is no id of a form: ${form}`);
}

/** @throws BackendError `invalid`: two stages with one tag */
function stagesOf(given: ZendeskOptions['stages']): Record<Status, string> {
  const stages = { ...STAGES, ...given };
  if (new Set(Object.values(stages)).size < Object.keys(stages).length || Object.values(stages).includes(''))
    throw new BackendError('invalid', 'zendesk: every stage needs a tag of its own');
  return stages;
}

/** The options, checked and complete. */
export interface Mapping {
  fields: ZendeskFields;
  form: string | undefined;
  stages: Record<Status, string>;
  priorities: Record<string, CasePriority>;
  roleOf: (person: Known, place: 'case' | 'escalation') => Role;
  team: string;
  queue: string;
  baseUrl: string;
  clock: () => Date;
}

/** @throws BackendError `invalid`: the mapping cannot be right */
export function mappingOf(options: ZendeskOptions): Mapping {
  const {
    fields,
    form,
    stages,
    priorities = PRIORITIES,
    team = 'Support',
    clock = () => new Date(),
  } = options;
  const {
    roleOf = ({ isAgent }, place) => (!isAgent ? 'customer' : place === 'case' ? 'engineer' : 'owner'),
  } = options;
  assertIds(fields, form);
  return {
    fields,
    form: form === undefined ? undefined : String(form),
    stages: stagesOf(stages),
    priorities,
    roleOf,
    team,
    queue: options.queue ?? `type:ticket status<solved custom_field_${fields.case}:*`,
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    clock,
  };
}
