import './elements/clobbering.js';
import { EscalateCase } from './elements/escalate-case/escalate-case.js';
import { EscalationFeed } from './elements/escalation-feed/escalation-feed.js';
import { warnOnce } from './elements/warn.js';

// The only registration. A tag that is taken stays as it is: a second definition would throw into the host page.
for (const [tag, element] of [
  ['escalate-case', EscalateCase],
  ['escalation-feed', EscalationFeed],
] as const) {
  const known = customElements.get(tag) as { version?: string } | undefined;
  if (!known) customElements.define(tag, element);
  else if (known.version !== element.version)
    warnOnce(`<${tag}> is already defined, in version ${known.version}.`);
}
