import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { parsePolicy, type Policy } from 'escalation-elements/policy';
import type { GatewayOptions } from 'escalation-elements/gateway';
import genesys from 'escalation-elements/policies/genesys.json' with { type: 'json' };
import pulseSecure from 'escalation-elements/policies/pulse-secure.json' with { type: 'json' };
import standard from 'escalation-elements/policies/standard.json' with { type: 'json' };

/** Which policy is in force, and which are still known. */
export type Policies = Pick<GatewayOptions, 'policyFor' | 'policies'> & {
  /** Who can sign in: the customer's side, and whom a policy names. */
  roles: readonly string[];
};

const SHIPPED: Record<string, unknown> = { standard, genesys, 'pulse-secure': pulseSecure };

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error('cannot be read');
  }
}
function jsonIn(path: string): unknown {
  const text = textIn(path);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message has a piece of the file in it.
    throw new Error('is not JSON');
  }
}

/** A file of a policy, or the name of one in the package. */
export const policyFile = z.string().transform((name, { addIssue }): Policy => {
  try {
    return parsePolicy(Object.hasOwn(SHIPPED, name) ? SHIPPED[name] : jsonIn(name));
  } catch (error) {
    addIssue((error as Error).message);
    return z.NEVER;
  }
});

/** Every role that somebody of these policies can have. */
export const rolesOf = (policies: readonly Policy[]): string[] => [
  ...new Set(['customer', 'partner', ...policies.flatMap(({ actors }) => Object.keys(actors))]),
];

/** The one in force, and those that were. */
export const policiesOf = (known: readonly Policy[]): Policies => ({
  policyFor: () => known[0] as Policy,
  policies: (id, version) => known.find((one) => one.id === id && one.version === version) ?? null,
  roles: rolesOf(known),
});

/** What is in force where nothing else is said. */
export const standardPolicies = (): Policies => policiesOf([parsePolicy(standard)]);
