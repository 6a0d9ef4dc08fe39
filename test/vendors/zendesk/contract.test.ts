import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../../src/core/model.js';
import { itPassesTheContract, throughGateway } from '../../contract.js';
import { reasonLabel, request } from '../../desk.js';
import { aZendesk, adapter, addCase, as, description, FIELDS, msw, people } from './desk.js';

const { customer, colleague, stranger, owner } = people;
const base = { customer, colleague, stranger, owner, request, reasonLabel };

beforeAll(() => msw.listen({ onUnhandledRequest: 'error' }));
afterAll(() => {
  msw.close();
  if (description.skipped) console.log(description.skipped);
});

describe('zendesk passes the contract', () => {
  itPassesTheContract(() => {
    const caseId = String(addCase(aZendesk()).id);
    return {
      ...base,
      caseId,
      as: (user: User) => as(user),
      wire: {
        fetch: globalThis.fetch,
        as: (user: User, fetch: typeof globalThis.fetch) => as(user, { fetch }),
      },
    };
  });
});

describe('zendesk without a field for keys passes the contract', () => {
  itPassesTheContract(() => {
    const caseId = String(addCase(aZendesk()).id);
    const { key: _key, ...fields } = (({ case: kase, asked, reviewed, stage, key, plan, program, product }) => ({
      case: kase, asked, reviewed, stage, key, plan, program, product,
    }))(FIELDS); // prettier-ignore
    return { ...base, caseId, as: (user: User) => as(user, { fields }) };
  });
});

describe('zendesk behind the gateway, by rest, passes the contract', () => {
  itPassesTheContract(() => {
    const caseId = String(addCase(aZendesk()).id);
    return { ...base, caseId, ...throughGateway(adapter(), people) };
  });
});

describe("Zendesk's description", () => {
  it.skipIf(description.skipped)('is kept by every request and every reply of these runs', () => {
    expect(description.mismatches).toEqual([]);
    expect([...description.compared].sort()).toEqual([
      'GET /api/v2/requests → 200',
      'GET /api/v2/requests/{request_id} → 200',
      'GET /api/v2/requests/{request_id}/comments → 200',
      'GET /api/v2/search → 200',
      'GET /api/v2/tickets/{ticket_id} → 200',
      'GET /api/v2/tickets/{ticket_id}/comments → 200',
      'POST /api/v2/requests → 201',
      'PUT /api/v2/requests/{request_id} → 200',
      'PUT /api/v2/tickets/{ticket_id} → 200',
    ]);
    expect([...description.unknown].sort()).toEqual([
      'GET /api/v2/organizations/{id}/requests',
      'GET /api/v2/organizations/{id}/tickets',
      'GET /api/v2/tickets/show_many',
      'GET /api/v2/users/me',
      'GET /api/v2/users/{id}/tickets/requested',
    ]);
  });
});
