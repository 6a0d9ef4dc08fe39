// The stand-alone file of the button and its dialog, which also runs where a page changes the ground under Lit: both before
// Lit, in this order.
import './elements/clobbering.js';
import './elements/comments.js';
import { EscalateCase } from './elements/escalate-case/escalate-case.js';
import { register } from './register.js';

register('escalate-case', EscalateCase);

export { EscalateCase };
export { rest } from './adapters/rest.js';
export { configure } from './elements/configure.js';
export { registerLocale } from './locales/registry.js';
