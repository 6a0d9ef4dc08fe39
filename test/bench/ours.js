import { configure } from '../../dist/index.js';
import '../../dist/define.js';
import { makeProbe } from './probe.js';

// As a portal loads them: by its own bundler, with a backend of its own.
await makeProbe({
  button: 'escalate-case',
  feed: 'escalation-feed',
  configure: ({ backend, clock }) => configure({ backend, clock }),
});
