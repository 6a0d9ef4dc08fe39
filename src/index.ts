import './elements/clobbering.js';
export { configure, type Configuration, type Configured } from './elements/configure.js';
export { createDesk, type Desk, type DeskOptions, type Platform } from './core/desk.js';
export { EscalateCase } from './elements/escalate-case/escalate-case.js';
export { EscalationFeed } from './elements/escalation-feed/escalation-feed.js';
export { EscalationReview } from './elements/escalation-review/escalation-review.js';
export type { EscalationEvents } from './elements/events.js';
export { registerLocale, type Message, type Values, type Words } from './locales/registry.js';
export {
  BackendError,
  isBackendError,
  type Backend,
  type Call,
  type ErrorCode,
  type ErrorDetails,
  type Tagged,
} from './core/backend.js';
export type { Session, Shown, Snapshot } from './core/session.js';
export type * from './core/model.js';
export type { Policy, PolicyDocument } from './core/policy.js';
