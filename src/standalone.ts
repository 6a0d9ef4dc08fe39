// The stand-alone file of the customer's side, which also runs where a page changes the ground under Lit: both before
// Lit, in this order.
import './elements/clobbering.js';
import './elements/comments.js';
import { EscalateCase } from './elements/escalate-case/escalate-case.js';
import { EscalationFeed } from './elements/escalation-feed/escalation-feed.js';
import { register } from './register.js';

register('escalate-case', EscalateCase);
register('escalation-feed', EscalationFeed);

export { EscalateCase, EscalationFeed };
export { rest } from './adapters/rest.js';
export { configure } from './elements/configure.js';
export { registerLocale } from './locales/registry.js';
