import type { BackendError } from './backend.js';

/** The write may have reached the help desk: only the same key, or a look, can tell. */
export const isOutcomeUnknown = (error: BackendError): boolean =>
  ['network', 'timeout', 'protocol', 'unavailable', 'server-error', 'request-in-progress'].includes(
    error.code,
  );
