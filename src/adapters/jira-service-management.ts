import type { Backend } from '../core/backend.js';
import type { ActionKind } from '../core/model.js';
import { explain } from './jira-service-management/api.js';
import { jiraMapping, type JiraServiceManagementOptions } from './jira-service-management/options.js';
import { jiraSystem } from './jira-service-management/system.js';
import { perOperation } from './lib/operations.js';
import { ticketDesk } from './lib/ticket-desk.js';
import { client } from './lib/vendor.js';

export type {
  JiraCaseStatus,
  JiraFact,
  JiraField,
  JiraFields,
  JiraPerson,
  JiraServiceManagementOptions,
} from './jira-service-management/options.js';
export type { VendorOptions } from './lib/vendor.js';

/**
 * Jira Service Management (cloud) as a backend: the case is a request, an escalation a second one, of a request type of its
 * own. Everybody asks through the customer interface, as themself (`user.id` is their account id); owners decide in Jira
 * itself, by its workflow. It belongs behind a gateway. `docs/backends/jira-service-management.md` says what must be set up.
 * @throws BackendError `invalid`: the mapping cannot be right; `bad-address`: `baseUrl` is none
 */
export function jiraServiceManagement(options: JiraServiceManagementOptions): Backend {
  const mapping = jiraMapping(options);
  const { withdraw, reopen } = mapping.transitions;
  const acts: ActionKind[] = [
    'move-to-case-feed',
    'note',
    'nudge',
    ...(withdraw === null ? [] : ['withdraw' as const]),
    ...(reopen === null ? [] : ['reopen' as const]),
  ];
  const { pollSeconds = 60, clock } = options;
  const guarantees = { dedup: 'none', unique: 'none', live: false, pollSeconds, acts } as const;
  return perOperation(ticketDesk(jiraSystem(client(options, explain), mapping, guarantees), clock));
}
