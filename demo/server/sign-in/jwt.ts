import {
  createLocalJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import * as z from 'zod';
import type { User } from 'escalation-elements';
import type { SignIn } from './sign-in.js';

/**
 * A worked example of `authenticate`: a JSON Web Token that the portal's own sign-in has made, in `Authorization: Bearer`.
 * Pages send it by `configure({ headers })`; other sites cannot, so there is nothing to check for where a write comes from.
 */

export interface JwtOptions {
  /** The public keys, as the issuer publishes them. Where they change, `createRemoteJWKSet` of jose reads them from there. */
  keys: JSONWebKeySet;
  issuer: string;
  audience: string;
  /** What a token may be signed with; public-key algorithms only. */
  algorithms?: readonly string[];
  clock?: () => Date;
  /** How claims are read; by default `sub`, `name`, `role`, `account` and `partner`. */
  userOf?: (claims: JWTPayload) => User | null;
}

/** How far the clocks of two servers may be apart, in seconds. */
const TOLERANCE = 10;

export const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'];

const claimsSchema = z.object({
  sub: z.string().min(1),
  name: z.string().min(1),
  role: z.string().min(1),
  account: z.string().min(1).optional(),
  partner: z.boolean().default(false),
});

/** @returns null where a claim is missing */
function userIn(claims: JWTPayload): User | null {
  const read = claimsSchema.safeParse(claims);
  if (!read.success) return null;
  const { sub, partner, ...rest } = read.data;
  return { id: sub, ...rest, audience: partner ? 'partner' : 'direct' };
}

/** A token that does not name its key is checked with each that it can mean. */
async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error)
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (refusal) {
        if (!(refusal instanceof errors.JWSSignatureVerificationFailed)) throw refusal;
      }
    throw error;
  }
}

/** @returns a sign-in by bearer token */
export function jwt(options: JwtOptions): SignIn {
  const { issuer, audience, algorithms = ALGORITHMS, clock = () => new Date(), userOf = userIn } = options;
  const keys = createLocalJWKSet(options.keys);
  return {
    isAmbient: false,
    async authenticate(request) {
      const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
      if (!token) return null;
      try {
        const claims = await verified(token, keys, {
          issuer,
          audience,
          // Named here: a token does not choose what it is checked with, nor that it is not.
          algorithms: [...algorithms],
          requiredClaims: ['exp'],
          clockTolerance: TOLERANCE,
          currentDate: clock(),
        });
        return userOf(claims);
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
