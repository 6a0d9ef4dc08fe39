import type { Hono } from 'hono';
import type { JSONWebKeySet } from 'jose';
import * as z from 'zod';
import type { Case, User } from 'escalation-elements';
import type { Backend } from 'escalation-elements/backend';
import { seedCases } from '../desk/cases.js';
import { jonas, kim, priya, sam } from '../desk/people.js';
import { ConfigError, jsonFile, list, readEnv, type Env } from './config.js';
import { demoSignIn } from './sign-in/demo.js';
import { ALGORITHMS, jwt } from './sign-in/jwt.js';
import { sessionCookie } from './sign-in/session-cookie.js';
import type { SignIn } from './sign-in/sign-in.js';

/** The ways to sign in that `SIGN_IN` can name. A portal puts its own here. */

export interface Opened {
  signIn: SignIn;
  pages?: Hono;
}

/** What the environment says of it. */
export interface ReadSignIn {
  /** Of the demo: who can be chosen. */
  people?: readonly User[];
  open(backend: Backend): Opened;
}

const userSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.string().min(1),
  audience: z.enum(['direct', 'partner']).default('direct'),
  account: z.string().optional(),
});

/** Those of the demo's cases that the help desk has, and shows to this user. */
const casesOf =
  (backend: Backend) =>
  async (user: User): Promise<Case[]> => {
    const loads = seedCases(new Date()).map(({ case: { id } }) => backend.load(id, { user }));
    const found = await Promise.allSettled(loads);
    return found.flatMap((one) =>
      one.status === 'fulfilled' && one.value !== 'not-modified' ? one.value.value.case : [],
    );
  };

const demoSettings = z.object({
  ORIGIN: z.string().optional(),
  PEOPLE: jsonFile(z.array(userSchema)).optional(),
});
const keySet = z.custom<JSONWebKeySet>((value) => {
  const keys = (value as JSONWebKeySet | null)?.keys;
  return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null);
});
const jwtSettings = z.object({
  JWT_KEYS: jsonFile(keySet, 'names a file with the public keys, as a JSON Web Key Set'),
  JWT_ISSUER: z.string('is the iss of the tokens'),
  JWT_AUDIENCE: z.string('is the aud of the tokens'),
  JWT_ALGORITHMS: list.prefault(ALGORITHMS.join()),
});

const SIGN_INS: Record<string, (env: Env) => ReadSignIn> = {
  demo(env) {
    if (env.NODE_ENV === 'production')
      throw new ConfigError('SIGN_IN: demo lets anybody in as anybody: choose another in production.');
    const { ORIGIN, PEOPLE: people = [priya, jonas, kim, sam] } = readEnv(demoSettings, env);
    const session = sessionCookie({ isSecure: ORIGIN?.startsWith('https:') ?? false });
    return {
      people,
      open: (backend) => ({
        signIn: session,
        pages: demoSignIn({ session, people, casesOf: casesOf(backend) }),
      }),
    };
  },
  jwt(env) {
    const read = readEnv(jwtSettings, env);
    const { JWT_KEYS: keys, JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_ALGORITHMS: algorithms } = read;
    return { open: () => ({ signIn: jwt({ keys, issuer, audience, algorithms }) }) };
  },
};

const names = Object.keys(SIGN_INS);
const choice = z.object({
  SIGN_IN: z
    .string()
    .default('demo')
    .refine((name) => Object.hasOwn(SIGN_INS, name), `must be one of ${names.join(', ')}`),
});

/** @throws ConfigError */
export async function readSignIn(env: Env): Promise<ReadSignIn> {
  const { SIGN_IN } = readEnv(choice, env);
  return SIGN_INS[SIGN_IN]!(env);
}
