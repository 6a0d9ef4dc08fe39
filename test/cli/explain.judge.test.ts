import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Explanation } from '../../src/cli/explain.js';
import { completeState } from '../../src/core/access.js';
import { judgeCriteria } from '../../src/core/eligibility.js';
import { aUser, documents, genesys } from '../core/cases.js';
import { anyFacts, anyInstant } from '../policies/arbitraries.js';
import { shell } from './command.js';

async function told(facts: unknown): Promise<Explanation> {
  const files = { 'policy.json': documents.genesys, 'facts.json': facts };
  return JSON.parse((await shell('explain policy.json facts.json --json', files)).out) as Explanation;
}

it('explain judges as pages and gateways do, whatever the facts', async () => {
  await fc.assert(
    fc.asyncProperty(anyFacts, anyInstant, async ({ case: kase, user, openEscalation }, now) => {
      const seen = await told({
        case: kase,
        user,
        openEscalation: openEscalation && {},
        now: now.toISOString(),
      });
      const plain = {
        case: kase,
        openEscalation: null,
        past: [],
        guarantees: { dedup: 'none', unique: 'none', live: false },
        serverTime: now.toISOString(),
      } as const;
      const state = completeState({ ...plain, past: [] }, genesys, { ...aUser(), ...user }, now);
      if (openEscalation) expect(seen.verdict).toBe('open-escalation');
      else expect(seen.verdict).toBe(state.verdict.kind);
      expect(seen.feed).toBe(state.can.feed);
      const results = judgeCriteria(genesys, { case: kase, user }, now).map(({ id, result }) => [id, result]);
      if (seen.channel?.use === 'form')
        expect(seen.criteria.map(({ id, result }) => [id, result])).toEqual(results);
      // Every verdict but "can be escalated" says what would change it.
      if (seen.verdict !== 'available') expect(seen.changes).not.toEqual([]);
      for (const { when, then } of seen.changes)
        expect(`${when} ${then}`).not.toMatch(/undefined|NaN|\[object|Invalid/);
    }),
    { numRuns: 150 },
  );
});
