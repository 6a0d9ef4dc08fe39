import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { BackendError } from 'escalation-elements/backend';
import type { Visit } from './visits.js';

/** Counts requests per user, and per address until somebody is signed in. */

/** Guessing needs many tries; signing in needs few. */
const SIGNED_OUT_SHARE = 10;

export interface RateLimit {
  /** @throws BackendError `rate-limited`, with the seconds to wait */
  take(visit: Visit): Promise<void>;
}

/**
 * @param perMinute requests of one user; of an address that is not signed in a tenth
 * @param make where the counts live: in this process by default, so that n processes let n times as many through
 */
export function rateLimit(
  perMinute: number,
  make: (name: string, points: number) => RateLimiterAbstract = (keyPrefix, points) =>
    new RateLimiterMemory({ keyPrefix, points, duration: 60 }),
): RateLimit {
  const users = make('user', perMinute);
  const addresses = make('address', Math.ceil(perMinute / SIGNED_OUT_SHARE));
  return {
    async take({ user, address }) {
      try {
        await (user ? users.consume(user.id) : addresses.consume(address));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        throw new BackendError('rate-limited', 'Too many requests. Wait a moment.', { retryAfter });
      }
    },
  };
}
