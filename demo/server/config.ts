import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { policyFile } from './policies.js';

/** What the server is told by its environment. Whatever is wrong with it is said at once, all of it, before anything starts. */

/** The environment cannot be served from; the message names every variable and never a value, which may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Each begins with the name of a variable. */
  readonly faults: readonly string[];
  constructor(...faults: string[]) {
    super(['The environment is not complete:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads variables by a schema. One that is set to nothing counts as absent.
 * @throws ConfigError
 */
export function readEnv<T>(schema: z.ZodType<T>, env: Env): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const nameOf = (path: PropertyKey[]) =>
    path.map((step) => (typeof step === 'number' ? `(${step + 1})` : String(step))).join(' ');
  throw new ConfigError(...read.error.issues.map(({ path, message }) => `${nameOf(path)}: ${message}`));
}

/**
 * Waits for several parts of the environment to be read.
 * @throws ConfigError with what is wrong with any of them
 */
export async function readAll<T extends unknown[]>(...parts: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const failed = (await Promise.allSettled(parts)).flatMap((part) =>
    part.status === 'rejected' ? [part.reason as unknown] : [],
  );
  const faults = failed.flatMap((error) => {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  });
  if (faults.length > 0) throw new ConfigError(...faults);
  return await Promise.all(parts);
}

/** A whole number within limits, as variables have it: text. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

/** A file of JSON. What is in it is not repeated, nor the name: whoever mistakes it for the value puts a secret there. */
export const jsonFile = <T>(schema: z.ZodType<T>, missing = 'names a file') =>
  z.string(missing).transform((path, { addIssue }): T => {
    try {
      return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      addIssue('names a file that cannot be read, or is not what it should be');
      return z.NEVER;
    }
  });

/** Several values, parted by commas. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

export const isHttp = (text: string): boolean => /^https?:/.test(text) && URL.canParse(text);
const isOrigin = (text: string): boolean => isHttp(text) && new URL(text).origin === text;
const ORIGIN = 'must be an origin, such as https://support.example.com, without a path';

const logLevel = z.enum(['debug', 'info', 'warn', 'error']).default('info');

/** The level of the log, before anything else is read: a wrong one is told of with the rest. */
export const logLevelIn = ({ LOG_LEVEL }: Env): string =>
  logLevel.catch('info').parse(LOG_LEVEL || undefined);

/** What every server needs; the help desk and the sign-in read their own variables. */
export const settings = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  /** 0: any free one. */
  PORT: whole(0, 65_535).prefault('8080'),
  BASE_PATH: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'must be a path such as /api, without a slash at the end')
    .default('/api'),
  /** This server as browsers see it, where a proxy stands before it. */
  ORIGIN: z.string().refine(isOrigin, ORIGIN).optional(),
  /** Other origins whose pages may ask, and write. */
  ORIGINS: list.refine((origins) => origins.every(isOrigin), ORIGIN).prefault(''),
  /** How many proxies stand before this server, each of which writes `X-Forwarded-For`. */
  TRUSTED_PROXIES: whole(0, 10).prefault('0'),
  /** Requests per minute, per user; whoever is not signed in has a tenth of it, per address. */
  RATE_LIMIT: whole(10, 1_000_000).prefault('600'),
  /** Open event streams per user. */
  STREAMS_PER_USER: whole(1, 100_000).prefault('30'),
  /** Files of policies, or names of those in the package. The first is in force, the others are still known. */
  POLICY: list.pipe(z.array(policyFile).min(1, 'names no policy')).optional(),
  /** A folder of pages. */
  SERVE_STATIC: z.string().refine(existsSync, 'names a folder that is not there').optional(),
  LOG_LEVEL: logLevel,
  /** How long running requests may take to finish once the server was told to stop. */
  STOP_SECONDS: whole(1, 600).prefault('10'),
});

export type Settings = z.infer<typeof settings>;
