import { BackendError } from '../../core/backend.js';
import { readText } from '../../core/read-text.js';

const MAX_BYTES = 5_000_000;

/** Not JSON, a redirect, larger than 5 MB, or of another shape. */
export const protocol = (status?: number): BackendError =>
  new BackendError('protocol', 'The answer is not what the contract says.', { status });

/** JSON, or `protocol`: a login page with status 200 must never read as "no open escalation". */
export async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 304) return undefined;
  const text = response.body ? await readText(response.body, MAX_BYTES) : await response.text();
  try {
    if (text !== null && /\bjson\b/i.test(response.headers.get('Content-Type') ?? ''))
      return JSON.parse(text);
  } catch {
    // Truncated: told below.
  }
  throw protocol(response.status);
}
