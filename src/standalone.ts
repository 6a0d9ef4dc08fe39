// The stand-alone file, which also runs where a page changes the ground under Lit: both before Lit, in this order.
import './elements/clobbering.js';
import './elements/comments.js';

export * from './cdn.js';
