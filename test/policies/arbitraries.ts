import fc from 'fast-check';
import type { Judged } from '../../src/core/eligibility.js';
import type { Case } from '../../src/core/model.js';
import { dana } from '../core/cases.js';

const from = Date.parse('2024-01-01T00:00:00Z');
const to = Date.parse('2028-01-01T00:00:00Z');

export const anyInstant = fc.integer({ min: from, max: to }).map((at) => new Date(at));
const anyTime = anyInstant.map((at) => at.toISOString());
const anyUpdate = fc.option(fc.record({ at: anyTime, by: fc.constantFrom(dana, null) }));

/** Any case, with any of the optional members missing. */
export const anyCase = fc.record(
  {
    id: fc.constant('c-1'),
    status: fc.constantFrom('open', 'pending', 'resolved', 'closed'),
    priority: fc.constantFrom('low', 'medium', 'high', 'critical', null),
    assignee: fc.constantFrom(dana, null),
    waitingOn: fc.constantFrom('support', 'customer', 'development', 'cloud-operations', 'third-party', null),
    lastUpdate: anyUpdate,
    lastSupportUpdate: anyUpdate,
    rcaRequestedAt: fc.option(anyTime),
    deployment: fc.constantFrom('cloud', 'premises', null),
    program: fc.constantFrom('fedramp-cloud-cx', 'fedramp-engage', 'another', null),
    plan: fc.constantFrom('Platinum', 'Gold', null),
    product: fc.constantFrom('PureConnect', 'Cloud CX', null),
    rma: fc.constantFrom('RMA-7', null),
  },
  { requiredKeys: ['id', 'status', 'priority', 'assignee', 'waitingOn', 'lastUpdate'] },
) as fc.Arbitrary<Case>;

export const anyFacts: fc.Arbitrary<Judged> = fc.record({
  case: anyCase,
  user: fc.record({
    role: fc.constantFrom('customer', 'partner', 'owner', 'engineer'),
    audience: fc.constantFrom('direct', 'partner'),
  }),
  openEscalation: fc.constantFrom({ id: 'e-1' }, null, null, null),
});
