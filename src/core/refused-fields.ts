import type { BackendError } from './backend.js';
import type { RequestFault } from './request.js';

const KNOWN_FAULTS: RequestFault['code'][] = [
  'missing',
  'too-short',
  'too-long',
  'not-offered',
  'elsewhere',
  'not-confirmed',
];

/** Field faults that a server has found, in the form's own terms. */
export const faultsOf = (error: BackendError): RequestFault[] =>
  (error.details.errors ?? []).map(({ pointer, detail }) => {
    const [code, limit] = detail.split(': ');
    const known = KNOWN_FAULTS.find((name) => name === code);
    return { pointer, code: known ?? 'not-offered', ...(limit && { limit: Number(limit) }) };
  });
