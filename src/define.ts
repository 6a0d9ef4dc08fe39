import './elements/clobbering.js';
import { EscalateCase } from './elements/escalate-case/escalate-case.js';
import { EscalationFeed } from './elements/escalation-feed/escalation-feed.js';
import { EscalationReview } from './elements/escalation-review/escalation-review.js';
import { register } from './register.js';

register('escalate-case', EscalateCase);
register('escalation-feed', EscalationFeed);
register('escalation-review', EscalationReview);
