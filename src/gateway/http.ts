import { BackendError } from '../core/backend.js';
import { parseBody, type BodySchema } from '../core/bodies.js';
import { readText } from '../core/read-text.js';

const MAX_BODY = 262_144;

/**
 * The body, or null where it is too long. One whose length is said ends there, since that is what parts requests on a
 * connection: it is read whole, which costs a server half of reading it piece by piece.
 */
async function textOf(request: Request): Promise<string | null> {
  const length = request.headers.get('Content-Length');
  if (length === null) return request.body ? readText(request.body, MAX_BODY) : '';
  if (!(Number(length) <= MAX_BODY)) return null;
  const text = await request.text();
  return text.length <= MAX_BODY ? text : null;
}

/**
 * Reads and checks a JSON body.
 * @throws BackendError `unsupported-media-type`, `too-large`, `invalid-json`, `invalid` (with JSON pointers)
 */
export async function readBody<T>(request: Request, schema: BodySchema<T>): Promise<T> {
  // Only JSON: a form of another site cannot send it without asking first (CORS).
  if (!/^application\/json\b/i.test(request.headers.get('Content-Type') ?? ''))
    throw new BackendError('unsupported-media-type', 'Send the body as application/json.');
  let value: unknown;
  const text = await textOf(request);
  if (text === null) throw new BackendError('too-large', `The body may have at most ${MAX_BODY} bytes.`);
  try {
    value = JSON.parse(text);
  } catch {
    throw new BackendError('invalid-json', 'The body is not JSON.');
  }
  return parseBody(schema, value);
}

/** JSON with a status and headers; private by default, because every answer is one user's. */
export function json(
  value: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(value), {
    status: init.status ?? 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-cache', ...init.headers },
  });
}

/** The opaque part of an entity tag, without quotes and without the `W/` that a proxy may have put before it. */
export const tagIn = (header: string | null): string | undefined =>
  header?.split(',')[0]?.trim().replace(/^W\//, '').replace(/^"|"$/g, '') || undefined;

/** A tagged answer, or 304 when the client has it already. */
export function tagged(request: Request, value: unknown, tag: string, status = 200): Response {
  const headers = { ETag: `"${tag}"` };
  if (request.method === 'GET' && tagIn(request.headers.get('If-None-Match')) === tag)
    return new Response(null, { status: 304, headers: { ...headers, 'Cache-Control': 'private, no-cache' } });
  return json(value, { status, headers });
}

/** Language tags of `Accept-Language`, best first. */
export function languagesOf(request: Request): string[] {
  return (request.headers.get('Accept-Language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const quality = Number(
        rest
          .find((item) => item.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { tag, quality };
    })
    .filter(({ tag, quality }) => /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

const ALLOWED_HEADERS =
  'Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Content-Type, Content-Disposition, Authorization';

/** Lets the configured origins in; to all others the answer stays unreadable. */
export function withCors(request: Request, response: Response, origins: readonly string[]): Response {
  const origin = request.headers.get('Origin');
  response.headers.append('Vary', 'Origin, Accept-Language');
  response.headers.set('X-Content-Type-Options', 'nosniff');
  if (!origin || !origins.includes(origin)) return response;
  response.headers.set('Access-Control-Allow-Origin', origin);
  response.headers.set('Access-Control-Allow-Credentials', 'true');
  response.headers.set('Access-Control-Expose-Headers', 'ETag, Location, Retry-After, Idempotency-Replayed');
  if (request.method === 'OPTIONS') {
    response.headers.set('Access-Control-Allow-Methods', 'GET, POST');
    response.headers.set('Access-Control-Allow-Headers', ALLOWED_HEADERS);
    response.headers.set('Access-Control-Max-Age', '7200');
  }
  return response;
}
