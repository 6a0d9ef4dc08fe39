import type { Backend } from '../core/backend.js';
import type { Guarantees } from '../core/model.js';
import { perOperation } from './lib/operations.js';
import { ticketDesk } from './lib/ticket-desk.js';
import { client } from './lib/vendor.js';
import { explain } from './zendesk/api.js';
import { mappingOf, type ZendeskOptions } from './zendesk/options.js';
import { zendeskSystem } from './zendesk/system.js';

export type { VendorOptions } from './lib/vendor.js';
export type {
  ZendeskFact,
  ZendeskField,
  ZendeskFields,
  ZendeskOptions,
  ZendeskPerson,
} from './zendesk/options.js';

const ACTS: NonNullable<Guarantees['acts']> = [
  'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve',
  'withdraw', 'reopen', 'nudge',
]; // prettier-ignore

/**
 * Zendesk as a backend: the case is a ticket, an escalation a second one. Customers ask through the Requests API, agents
 * through the Tickets API, everybody as themself (`user.id` is their id in Zendesk); it belongs behind a gateway.
 * `docs/backends/zendesk.md` says what must be set up.
 * @throws BackendError `invalid`: the mapping cannot be right; `bad-address`: `baseUrl` is none
 */
export function zendesk(options: ZendeskOptions): Backend {
  const { pollSeconds = 60, clock } = options;
  const guarantees = { dedup: 'none', unique: 'none', live: false, pollSeconds, acts: ACTS } as const;
  const system = zendeskSystem(client(options, explain), mappingOf(options), guarantees);
  return perOperation(ticketDesk(system, clock));
}
