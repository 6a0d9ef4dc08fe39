import { isBackendError, type BackendError, type ErrorCode } from '../core/backend.js';

const STATUS: Partial<Record<ErrorCode, number>> = {
  'invalid-json': 400,
  'idempotency-key-missing': 400,
  'bad-cursor': 400,
  'signed-out': 401,
  forbidden: 403,
  'not-entitled': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'open-escalation-exists': 409,
  'escalation-closed': 409,
  'transition-not-allowed': 409,
  'request-in-progress': 409,
  unconfirmed: 409,
  'cursor-expired': 410,
  'version-changed': 412,
  'too-large': 413,
  'file-too-large': 413,
  'file-type-refused': 415,
  'unsupported-media-type': 415,
  'criteria-not-met': 422,
  'channel-not-offered': 422,
  invalid: 422,
  'idempotency-key-reused': 422,
  'if-match-missing': 428,
  'rate-limited': 429,
  unavailable: 503,
};

/** What went wrong behind the gateway is not the client's: it may come back, so 503. */
const BEHIND: readonly ErrorCode[] = ['network', 'timeout', 'protocol'];

type Told = Pick<BackendError, 'code' | 'message' | 'details'>;

/** What the client may know of an error. */
function toldOf(error: unknown): Told {
  const { code, message, details }: Told = isBackendError(error)
    ? error
    : { code: 'server-error', message: '', details: {} };
  if (BEHIND.includes(code)) return { code: 'unavailable', message, details };
  // An id that cannot be sent on names nothing; and nothing tells the unknown from what is somebody else's.
  if (code === 'not-found' || code === 'bad-address')
    return { code: 'not-found', message: 'There is nothing at this address for you.', details: {} };
  if (Object.hasOwn(STATUS, code)) return { code, message, details };
  return { code: 'server-error', message: 'Something failed on our side.', details: {} };
}

/** Seconds to wait, where the contract asks for `Retry-After` and nobody said how long. */
const waitFor = (code: ErrorCode): number | undefined =>
  ({ unavailable: 5, 'rate-limited': 5, 'request-in-progress': 1 })[code as string];

/** By which a refusal is found in the log. */
export const newTraceId = () => Math.random().toString(36).slice(2, 12).padEnd(10, '0');

/** A problem document (RFC 9457) with the contract's extra members. */
export function problem(error: unknown, traceId: string): Response {
  const { code, message, details } = toldOf(error);
  const status = STATUS[code] ?? 500;
  const { status: _status, traceId: _traceId, retryAfter, ...members } = details;
  const wait = retryAfter ?? waitFor(code);
  const body = {
    type: `urn:escalation-elements:problem:${code}`,
    title: code[0]?.toUpperCase() + code.slice(1).replaceAll('-', ' '),
    ...(message && { detail: message }),
    status,
    code,
    traceId,
    ...members,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(wait !== undefined && { 'Retry-After': String(Math.ceil(wait)) }),
      ...(code === 'method-not-allowed' && { Allow: (members.allowed ?? []).join(', ') }),
    },
  });
}
