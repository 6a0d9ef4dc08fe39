// The owner's side for pages that have the stand-alone files of the button and the feed: all that it shares with them it
// takes from there.
import './standalone-feed.js';
import { EscalationReview } from './elements/escalation-review/escalation-review.js';
import { register } from './register.js';

register('escalation-review', EscalationReview);

export { EscalationReview };
