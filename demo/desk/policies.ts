import type { Case, Policy } from 'escalation-elements';
import { parsePolicy } from 'escalation-elements/policy';
import genesysDocument from 'escalation-elements/policies/genesys.json' with { type: 'json' };
import pulseDocument from 'escalation-elements/policies/pulse-secure.json' with { type: 'json' };

/** The two processes, with addresses and numbers that belong to nobody. */

/** The policies tell their readers to replace the example numbers; here they are the real ones. */
function dressed(document: unknown): unknown {
  const text = JSON.stringify(document)
    .replaceAll(' (example number: replace it)', '')
    .replaceAll('Example number: replace it', 'Worldwide')
    .replaceAll('purecloudmanagementattention@genesys.com', 'escalations@support.example.com');
  return JSON.parse(text) as unknown;
}

export type Process = 'pulse-secure' | 'genesys';

export const processOf = (kase: Pick<Case, 'product'>): Process =>
  kase.product?.startsWith('Pulse') ? 'pulse-secure' : 'genesys';

export const loadPolicies = async (): Promise<Record<Process, Policy>> => ({
  'pulse-secure': parsePolicy(dressed(pulseDocument)),
  genesys: parsePolicy(dressed(genesysDocument)),
});
export type Policies = Record<Process, Policy>;

/** Days on which support does not work, as the Genesys process has them. */
export const holidays: readonly string[] = genesysDocument.calendar.holidays;
