/**
 * What the core and `rest` load when it is wanted, loaded at once: fake timers do not wait for a module, which takes as long
 * as the machine is busy.
 */
import '../src/adapters/lib/failures.js';
import '../src/adapters/rest/rest-calls.js';
import '../src/adapters/rest/rest-events.js';
import '../src/adapters/rest/rest-files.js';
import '../src/core/guard-escalation.js';
import '../src/core/guard-policy.js';
import '../src/core/judge-in-page.js';
import '../src/core/policy.js';
import '../src/core/watch.js';
