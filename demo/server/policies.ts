import { readFile } from 'node:fs/promises';
import { parsePolicy, type Policy } from 'escalation-elements/policy';
import type { GatewayOptions } from 'escalation-elements/gateway';
import genesys from 'escalation-elements/policies/genesys.json' with { type: 'json' };
import pulseSecure from 'escalation-elements/policies/pulse-secure.json' with { type: 'json' };
import standard from 'escalation-elements/policies/standard.json' with { type: 'json' };
import { ConfigError } from './config.js';

/** Which policy is in force, and which are still known. */
export type Policies = Pick<GatewayOptions, 'policyFor' | 'policies'>;

const SHIPPED: Record<string, unknown> = { standard, genesys, 'pulse-secure': pulseSecure };

async function read(name: string): Promise<Policy> {
  try {
    const document = Object.hasOwn(SHIPPED, name) ? SHIPPED[name] : JSON.parse(await readFile(name, 'utf8'));
    return parsePolicy(document);
  } catch (error) {
    throw new ConfigError(`POLICY: ${name}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

/**
 * @param names of files, or of policies in the package; the first is in force, the others were
 * @throws ConfigError
 */
export async function policiesFrom(names: readonly string[]): Promise<Policies> {
  const known = await Promise.all(names.map(read));
  const [current] = known;
  if (!current) throw new ConfigError('POLICY: names no policy');
  return {
    policyFor: () => current,
    policies: (id, version) => known.find((one) => one.id === id && one.version === version) ?? null,
  };
}
