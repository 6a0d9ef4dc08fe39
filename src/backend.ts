/** For who writes a backend: the port, its error, and an escalation as a store of one's own keeps it. */
export {
  BackendError,
  isBackendError,
  type Backend,
  type Call,
  type CaseEvent,
  type ErrorCode,
  type ErrorDetails,
  type FileUpload,
  type Tagged,
} from './core/backend.js';
export {
  addMessage,
  fileRequest,
  present,
  summaryOf,
  visibleEntries,
  type Change,
  type EscalationRecord,
} from './core/record.js';
export { actOn } from './core/record-actions.js';
export { seesEntry } from './core/access.js';
export { assertTaken, mediaType, tooLarge } from './core/file-refusals.js';
export { hashOf } from './core/hash.js';
export { isCustomerSide } from './core/roles.js';
export { isOpen } from './core/status.js';
export { compareUrgency } from './core/urgency.js';
