import type { IncomingMessage } from 'node:http';
import type { User } from 'escalation-elements';

/** What the server knows of a request beside what it says itself. */
export interface Visit {
  /** Names it in the log and in `X-Request-Id`. */
  id: string;
  address: string;
  /** Once they are known. */
  user?: User;
}

/**
 * Where a request comes from. Each proxy adds whom it has the request from; what stands before those is anybody's word.
 * @param proxies how many of ours stand before this server
 */
export function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const hops = [headers['x-forwarded-for'] ?? '']
    .flat()
    .join(',')
    .split(',')
    .map((hop) => hop.trim());
  const seen = [...hops.filter(Boolean), socket.remoteAddress ?? ''];
  return seen[Math.max(0, seen.length - 1 - proxies)] ?? '';
}
