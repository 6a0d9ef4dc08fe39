import { getCase, getPolicy, postEscalation, postFeedback, postNote } from './case-routes.js';
import type { Context } from './context.js';
import { getEvents } from './events.js';
import { getFile, postFile } from './files.js';
import { getEntries, getEscalation, getQueue, postAction, postEntry } from './escalation-routes.js';

/** The contract's calls. `*` takes one segment of the path. */
export const routes: {
  method: string;
  pattern: string[];
  handle: (context: Context) => Promise<Response>;
}[] = [
  { method: 'GET', pattern: ['cases', '*'], handle: getCase },
  { method: 'GET', pattern: ['cases', '*', 'events'], handle: getEvents },
  { method: 'POST', pattern: ['cases', '*', 'files'], handle: postFile },
  { method: 'GET', pattern: ['cases', '*', 'files', '*'], handle: getFile },
  { method: 'POST', pattern: ['cases', '*', 'escalations'], handle: postEscalation },
  { method: 'POST', pattern: ['cases', '*', 'notes'], handle: postNote },
  { method: 'GET', pattern: ['policies', '*', '*'], handle: getPolicy },
  { method: 'POST', pattern: ['policies', '*', 'feedback'], handle: postFeedback },
  { method: 'GET', pattern: ['escalations'], handle: getQueue },
  { method: 'GET', pattern: ['escalations', '*'], handle: getEscalation },
  { method: 'GET', pattern: ['escalations', '*', 'entries'], handle: getEntries },
  { method: 'POST', pattern: ['escalations', '*', 'entries'], handle: postEntry },
  { method: 'POST', pattern: ['escalations', '*', 'actions'], handle: postAction },
];
