// The stand-alone file of the owner's side: a file of its own, because one with all three elements would be longer than a
// Lightning module may be. It needs nothing of the other one, and gets along with it on one page.
import './elements/clobbering.js';
import './elements/comments.js';
import { EscalationReview } from './elements/escalation-review/escalation-review.js';
import { register } from './register.js';

register('escalation-review', EscalationReview);

export { EscalationReview };
export { rest } from './adapters/rest.js';
export { configure } from './elements/configure.js';
export { registerLocale } from './locales/registry.js';
