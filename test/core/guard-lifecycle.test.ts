import { expect, it } from 'vitest';
import genesys from '../../src/policies/genesys.json' with { type: 'json' };
import pulseSecure from '../../src/policies/pulse-secure.json' with { type: 'json' };
import standard from '../../src/policies/standard.json' with { type: 'json' };
import { hasLadder, hasLifecycle } from '../../src/core/guard-lifecycle.js';
import { parsePolicy, type Policy } from '../../src/core/policy.js';

const policy = parsePolicy(genesys);
const withLifecycle = (lifecycle: unknown) => ({ ...policy, lifecycle }) as Policy;
const { priority } = policy.lifecycle;

it.each([genesys, pulseSecure, standard])('$id says how an escalation gets its priority', (document) => {
  expect(hasLifecycle(parsePolicy(document))).toBe(true);
});

it.each<[string, unknown, boolean]>([
  ['only the priorities', { priority }, true],
  ['nothing', undefined, false],
  ['null', null, false],
  ['no priorities', { updateHours: policy.lifecycle.updateHours }, false],
  ['a row too few', { priority: { low: priority.low, medium: priority.medium } }, false],
  ['a cell that is none', { priority: { ...priority, high: { ...priority.high, high: 'urgent' } } }, false],
  ['hours that are none', { priority, updateHours: { low: 72, medium: '48', high: 24 } }, false],
])('%s: %j', (_name, lifecycle, expected) => {
  expect(hasLifecycle(withLifecycle(lifecycle))).toBe(expected);
});

it('no policy at all', () => expect(hasLifecycle(undefined)).toBe(false));

it.each([genesys, pulseSecure, standard])('$id says what happens when nobody answers', (document) => {
  expect(hasLadder(parsePolicy(document))).toBe(true);
});

it.each<[string, unknown]>([
  ['no lifecycle', undefined],
  ['no ladder', { nudgeMinutes: 240 }],
  ['a rung without a role', { nudgeMinutes: 240, ladder: [{ afterHours: 4 }] }],
  ['a rung without hours', { nudgeMinutes: 240, ladder: [{ role: 'manager' }] }],
  ['no interval', { nudgeMinutes: '240', ladder: [] }],
])('%s: it does not say what happens then', (_name, lifecycle) => {
  expect(hasLadder(withLifecycle(lifecycle))).toBe(false);
  expect(hasLadder(undefined)).toBe(false);
});
