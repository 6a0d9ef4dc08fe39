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
  mayReadNotes,
  present,
  summaryOf,
  visibleEntries,
  type Change,
  type EscalationRecord,
} from './core/record.js';
export { actOn } from './core/record-actions.js';
export { assertQueues, seesEntry } from './core/access.js';
export { noted, textToMove } from './core/case-note.js';
export { assertTaken, mediaType, tooLarge } from './core/file-refusals.js';
export type { FileLimits } from './core/files.js';
export { hashOf } from './core/hash.js';
export { isCustomerSide } from './core/roles.js';
export { soughtIn, soughtWords } from './core/sought.js';
export { isOpen, OPEN } from './core/status.js';
export { compareUrgency, rankOf } from './core/urgency.js';
/** A help desk of tickets and comments made into a backend, and what its adapter needs. */
export { ticketDesk } from './adapters/lib/ticket-desk.js';
export type {
  Asked,
  Range,
  Reviewed,
  Said,
  Ticket,
  TicketChange,
  TicketDraft,
  TicketSystem,
} from './adapters/lib/tickets.js';
export { marked, unmarked } from './adapters/lib/marked.js';
export { client, type Client, type Explain, type VendorOptions } from './adapters/lib/vendor.js';
export { segment } from './adapters/lib/address.js';
