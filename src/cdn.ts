import './define.js';

export { configure } from './elements/configure.js';
export { rest } from './adapters/rest.js';
export { EscalateCase } from './elements/escalate-case/escalate-case.js';
export { EscalationFeed } from './elements/escalation-feed/escalation-feed.js';
export { EscalationReview } from './elements/escalation-review/escalation-review.js';
export { registerLocale } from './locales/registry.js';
