import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rest } from '../../../src/adapters/rest.js';
import type { User } from '../../../src/core/model.js';
import { createGateway } from '../../../src/gateway/gateway.js';
import { itPassesTheContract } from '../../contract.js';
import { policy, request } from '../../desk.js';
import { adapter, addCase, aJira, as, description, msw, people } from './desk.js';

const reasonLabel = policy.reasons.find(({ id }) => id === request.reasonId)?.label as string;
const { customer, colleague, stranger, owner } = people;
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
    as: (user: User) => as(user),
    wire: {
      fetch: globalThis.fetch,
      as: (user: User, fetch: typeof globalThis.fetch) => as(user, { fetch }),
    },
  }));
});

describe('jira-service-management with pages of three rows passes the contract', () => {
  itPassesTheContract(() => ({
    ...base,
    caseId: addCase(aJira({ pageSize: 3 })).key,
    as: (user: User) => as(user),
  }));
});

describe('jira-service-management behind the gateway, by rest, passes the contract', () => {
  itPassesTheContract(() => {
    const caseId = addCase(aJira()).key;
    const gateway = createGateway({
      backend: adapter(),
      policyFor: () => policy,
      policies: (id, version) => (id === policy.id && version === policy.version ? policy : null),
      authenticate: ({ headers }) =>
        Object.values(people).find(({ id }) => id === headers.get('X-User')) ?? null,
    });
    const reach = (user: User, fetch: typeof globalThis.fetch) => ({
      backend: rest({ endpoint: 'https://desk.test', fetch, headers: () => ({ 'X-User': user.id }) }),
      call: {},
    });
    const own: typeof globalThis.fetch = (input, init) => gateway(new Request(input, init));
    return {
      ...base,
      caseId,
      as: (user: User) => reach(user, own),
      wire: { fetch: own, as: reach },
      without: ['upload', 'download', 'queue'],
    };
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
