import type { Case, Policy } from 'escalation-elements';
import { parsePolicy, type PolicyError } from 'escalation-elements/policy';
import genesysDocument from 'escalation-elements/policies/genesys.json' with { type: 'json' };
import pulseDocument from 'escalation-elements/policies/pulse-secure.json' with { type: 'json' };
import type { Kept } from './kept.js';
import { written } from './written.js';

/** The two processes, with addresses and numbers that belong to nobody, and every version that was made of them here. */

/** The policies tell their readers to replace the example numbers; here they are the real ones. */
const dressed = (document: unknown): string =>
  written(document)
    .replaceAll(' (example number: replace it)', '')
    .replaceAll('Example number: replace it', 'Worldwide')
    .replaceAll('purecloudmanagementattention@genesys.com', 'escalations@support.example.com');

export type Process = 'pulse-secure' | 'genesys';
export const PROCESS_NAMES: Record<Process, string> = {
  'pulse-secure': 'Pulse Secure',
  genesys: 'Genesys',
};

export const processOf = (kase: Pick<Case, 'product'>): Process =>
  kase.product?.startsWith('Pulse') ? 'pulse-secure' : 'genesys';

/** As the package has them: version 1. */
const SHIPPED: Record<Process, string> = {
  'pulse-secure': dressed(pulseDocument),
  genesys: dressed(genesysDocument),
};
const FIRST = 1;

/** Days on which support does not work, as the Genesys process has them. */
export const holidays: readonly string[] = genesysDocument.calendar.holidays;

export type Fault = PolicyError['faults'][number];

/** By field, as the package recognises its own errors. */
const faultsOf = (error: unknown): Fault[] => {
  if ((error as Error).name === 'PolicyError') return (error as PolicyError).faults;
  if (error instanceof SyntaxError) return [{ pointer: '', reason: 'is not JSON' }];
  throw error;
};

/**
 * Whether a text can be the policy of a process.
 * @param version it will have: what the text itself says does not count
 */
export function judgePolicy(process: Process, text: string, version: string): Policy | Fault[] {
  try {
    const value: unknown = JSON.parse(text);
    const policy = parsePolicy(isObject(value) ? { ...value, version } : value);
    // Escalations name the policy that they were requested under.
    return policy.id === process ? policy : [{ pointer: '/id', reason: `must stay "${process}"` }];
  } catch (error) {
    return faultsOf(error);
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What is in force, as its author wrote it. */
export interface PolicyInForce {
  process: Process;
  version: string;
  text: string;
  /** The one that came with the package. */
  shipped: string;
}

/** The policies of all tabs: the newest is in force, and none is ever taken away. */
export interface PolicyShelf {
  inForce(process: Process): Promise<Policy>;
  find(id: string, version: string): Promise<Policy | null>;
  read(process: Process): Promise<PolicyInForce>;
  /** Puts a text in force, with the next version. @returns its faults: then the old one stays */
  apply(process: Process, text: string): Promise<Fault[]>;
}

type Edited = Partial<Record<Process, string[]>>;

export function policyShelf(kept: Kept): PolicyShelf {
  const parsed = new Map<string, Policy>();
  const textsOf = async (process: Process): Promise<string[]> => [
    SHIPPED[process],
    ...((await kept.get<Edited>('policies'))?.[process] ?? []),
  ];

  function policyOf(process: Process, texts: string[], index: number): Policy {
    const name = `${index} ${texts[index]}`;
    const policy = parsed.get(name) ?? judgePolicy(process, texts[index]!, String(index + FIRST));
    if (Array.isArray(policy)) throw new Error(`${process} ${index + FIRST} was accepted and is no policy.`);
    parsed.set(name, policy);
    return policy;
  }

  return {
    async inForce(process) {
      const texts = await textsOf(process);
      return policyOf(process, texts, texts.length - 1);
    },
    async find(id, version) {
      const process = (Object.keys(SHIPPED) as Process[]).find((name) => name === id);
      if (!process) return null;
      const texts = await textsOf(process);
      const index = texts.findIndex((_, i) => String(i + FIRST) === version);
      return index < 0 ? null : policyOf(process, texts, index);
    },
    async read(process) {
      const texts = await textsOf(process);
      const version = String(texts.length - 1 + FIRST);
      return { process, version, text: texts.at(-1)!, shipped: SHIPPED[process] };
    },
    async apply(process, text) {
      const edited = (await kept.get<Edited>('policies')) ?? {};
      const texts = await textsOf(process);
      const judged = judgePolicy(process, text, String(texts.length + FIRST));
      if (Array.isArray(judged)) return judged;
      await kept.set('policies', { ...edited, [process]: [...texts.slice(1), text] });
      return [];
    },
  };
}
