import { expect, it } from 'vitest';
import { hasLifecycle } from '../../src/core/guard-lifecycle.js';
import type { Policy } from '../../src/core/policy.js';
import { policy } from '../desk.js';

it('a policy has the life of an escalation', () => expect(hasLifecycle(policy)).toBe(true));

const { lifecycle } = policy;
it.each<[string, unknown]>([
  ['no lifecycle', undefined],
  ['no matrix', { ...lifecycle, priority: undefined }],
  ['a matrix that ends early', { ...lifecycle, priority: { ...lifecycle.priority, high: {} } }],
  [
    'a level that is none',
    { ...lifecycle, priority: { ...lifecycle.priority, low: { ...lifecycle.priority.low, low: 'none' } } },
  ],
  ['no ladder', { ...lifecycle, ladder: undefined }],
  ['a rung without a role', { ...lifecycle, ladder: [{ afterHours: 4 }] }],
  ['a rung without hours', { ...lifecycle, ladder: [{ role: 'manager' }] }],
  ['no interval', { ...lifecycle, nudgeMinutes: '240' }],
])('%s: it has none', (_what, changed) => {
  expect(hasLifecycle({ ...policy, lifecycle: changed } as Policy)).toBe(false);
});
