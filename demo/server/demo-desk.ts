import { memory, type MemoryState } from 'escalation-elements/adapters/memory';
import type { Backend } from 'escalation-elements/backend';
import { attach } from '../desk/files.js';
import { openKept } from '../desk/kept.js';
import { policyShelf, processOf } from '../desk/policies.js';
import { seedOnce } from '../desk/seed.js';
import { rolesOf, type Policies } from './policies.js';

/** The help desk of the demo page, with its cases, in the memory of this process. */

const shelf = async () => policyShelf(await openKept('server'));

/** Two processes; which one is in force depends on the product of the case. */
export async function demoPolicies(): Promise<Policies> {
  const policies = await shelf();
  const both = await Promise.all([policies.inForce('genesys'), policies.inForce('pulse-secure')]);
  return {
    roles: rolesOf(both),
    policyFor: (kase) => policies.inForce(processOf(kase)),
    policies: (id, version) => policies.find(id, version),
  };
}

/** @returns a help desk that forgets everything with the process */
export async function demoDesk(): Promise<Backend> {
  let state: MemoryState | null = null;
  const store = { read: async () => state, write: async (next: MemoryState) => void (state = next) };
  await seedOnce(await openKept('server'), store, await shelf());
  return memory({ cases: [], store, attach });
}
