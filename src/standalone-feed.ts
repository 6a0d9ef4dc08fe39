// The feed for pages that have the stand-alone file: all that it shares with the button it takes from there.
import './standalone.js';
import { EscalationFeed } from './elements/escalation-feed/escalation-feed.js';
import { register } from './register.js';

register('escalation-feed', EscalationFeed);

export { EscalationFeed };
