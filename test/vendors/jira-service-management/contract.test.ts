import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JiraServiceManagementOptions } from '../../../src/adapters/jira-service-management.js';
import type { User } from '../../../src/core/model.js';
import { itPassesTheContract, throughGateway } from '../../contract.js';
import { reasonLabel, request } from '../../desk.js';
import { adapter, addCase, aJira, as, description, msw, people } from './desk.js';

const { customer, colleague, stranger, owner } = people;
/** By itself Jira tells a customer's colleague with an Atlassian account from nobody of support. */
const roleOf: JiraServiceManagementOptions['roleOf'] = ({ id, isCustomer }, place) =>
  isCustomer || id === colleague.id ? 'customer' : place === 'case' ? 'engineer' : 'owner';
const base = { customer, colleague, stranger, owner, request, reasonLabel };

beforeAll(() => msw.listen({ onUnhandledRequest: 'error' }));
afterAll(() => {
  msw.close();
  if (description.skipped) console.log(description.skipped);
});

describe('jira-service-management passes the contract', () => {
  itPassesTheContract(() => ({
    ...base,
    caseId: addCase(aJira()).key,
    as: (user: User) => as(user, { roleOf }),
    wire: {
      fetch: globalThis.fetch,
      as: (user: User, fetch: typeof globalThis.fetch) => as(user, { fetch, roleOf }),
    },
  }));
});

describe('jira-service-management with pages of three rows passes the contract', () => {
  itPassesTheContract(() => ({
    ...base,
    caseId: addCase(aJira({ pageSize: 3 })).key,
    as: (user: User) => as(user, { roleOf }),
  }));
});

describe('jira-service-management behind the gateway, by rest, passes the contract', () => {
  itPassesTheContract(() => {
    const caseId = addCase(aJira()).key;
    return { ...base, caseId, ...throughGateway(adapter({ roleOf }), people), without: ['queue'] };
  });
});

describe("Atlassian's description", () => {
  it.skipIf(description.skipped)('is kept by every request and every reply of these runs', () => {
    expect(description.mismatches).toEqual([]);
    expect([...description.compared].sort()).toEqual([
      'GET /rest/servicedeskapi/request → 200',
      'GET /rest/servicedeskapi/request/{issueIdOrKey} → 200',
      'GET /rest/servicedeskapi/request/{issueIdOrKey} → 404',
      'GET /rest/servicedeskapi/request/{issueIdOrKey}/comment → 200',
      'GET /rest/servicedeskapi/request/{issueIdOrKey}/transition → 200',
      'POST /rest/servicedeskapi/request → 201',
      'POST /rest/servicedeskapi/request/{issueIdOrKey}/comment → 201',
      'POST /rest/servicedeskapi/request/{issueIdOrKey}/transition → 204',
    ]);
    expect([...description.unknown]).toEqual([]);
  });
});
