/**
 * Whether a write comes from a page that may write. A cookie goes with every request to its site, whoever made the page
 * (CSRF); where the page comes from, browsers say themselves, and no page can change it.
 */

export interface Sites {
  /** This server as browsers see it; where absent, as the request names it. */
  own?: string;
  /** Other origins whose pages may write. */
  others: readonly string[];
}

const READS = ['GET', 'HEAD', 'OPTIONS'];

export function mayWrite(request: Request, { own, others }: Sites): boolean {
  if (READS.includes(request.method)) return true;
  const origin = request.headers.get('Origin');
  if (origin !== null && others.includes(origin)) return true;
  const site = request.headers.get('Sec-Fetch-Site');
  if (site !== null) return site === 'same-origin';
  return origin !== null && origin === (own ?? new URL(request.url).origin);
}
