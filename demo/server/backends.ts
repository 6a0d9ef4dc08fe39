import * as z from 'zod';
import type { Backend } from 'escalation-elements/backend';
import type { KeyStore } from 'escalation-elements/gateway';
import { seedCases } from '../desk/cases.js';
import { attach } from '../desk/files.js';
import { ConfigError, list, readEnv, whole, type Env } from './config.js';
import { demoDesk } from './demo-desk.js';
import { vendor } from './vendors.js';

/** A help desk, opened. */
export interface HelpDesk {
  backend: Backend;
  /** Where it keeps idempotency keys itself, for any number of processes; else this process does. */
  keys?: KeyStore;
  close?: () => Promise<void>;
}

/** What a help desk of our own is told besides where it is. */
const ownDesk = z.object({
  /** Else PGlite, in a folder. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  PGLITE_DIR: z.string().optional(),
  /** The demo's cases, where it has none: to try it out. A portal tells of its own (`putCase`). */
  SEED: z
    .enum(['demo', 'none'])
    .default('none')
    .transform((name) => name === 'demo'),
  /** Of one file; 0: nothing can be attached. */
  ATTACH_MAX_BYTES: whole(0, 100_000_000).prefault(String(attach.maxBytes)),
  /** Media types, also as `image/*`, and endings of names. */
  ATTACH_TYPES: list.prefault(attach.types.join()),
});

async function openOwn(read: z.infer<typeof ownDesk>): Promise<HelpDesk> {
  const [{ connect, whereIn }, { postgres }, { postgresKeys }, { seed }] = await Promise.all([
    import('./postgres/connect.js'),
    import('./postgres/backend.js'),
    import('./postgres/keys.js'),
    import('./postgres/portal.js'),
  ]);
  const database = await connect(whereIn(read));
  if (read.SEED) await seed(database.db, seedCases(new Date()));
  const limits = { maxBytes: read.ATTACH_MAX_BYTES, types: read.ATTACH_TYPES };
  const backend = postgres({ database, attach: limits.maxBytes ? limits : null });
  return { backend, keys: postgresKeys(database.db), close: () => backend.close() };
}

/**
 * The help desks that `BACKEND` can name. Each reads its own variables from the environment, and returns what opens it;
 * it imports what it needs only then.
 */
const HELP_DESKS: Record<string, (env: Env) => Promise<() => Promise<HelpDesk>>> = {
  async memory(env) {
    if (env.NODE_ENV === 'production')
      throw new ConfigError('BACKEND: memory forgets every escalation with the process: choose another.');
    return async () => ({ backend: await demoDesk() });
  },
  async postgres(env) {
    const read = readEnv(ownDesk, env);
    return () => openOwn(read);
  },
  'request-tracker': vendor(
    async () => (await import('escalation-elements/adapters/request-tracker')).requestTracker,
  ),
  zendesk: vendor(async () => (await import('escalation-elements/adapters/zendesk')).zendesk),
  'jira-service-management': vendor(
    async () => (await import('escalation-elements/adapters/jira-service-management')).jiraServiceManagement,
  ),
  servicenow: vendor(async () => (await import('escalation-elements/adapters/servicenow')).servicenow),
  salesforce: vendor(async () => (await import('escalation-elements/adapters/salesforce')).salesforce),
};

/** The names that `BACKEND` takes. */
export const helpDesks: readonly string[] = Object.keys(HELP_DESKS);

const choice = z.object({
  BACKEND: z
    .string()
    .default('memory')
    .refine((name) => Object.hasOwn(HELP_DESKS, name), `must be one of ${helpDesks.join(', ')}`),
});

/**
 * @returns opens the help desk
 * @throws ConfigError
 */
export async function readHelpDesk(env: Env): Promise<() => Promise<HelpDesk>> {
  const { BACKEND } = readEnv(choice, env);
  return HELP_DESKS[BACKEND]!(env);
}
