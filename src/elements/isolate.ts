import { tell } from './events.js';
import { warnOnce } from './warn.js';

/** A fault of ours stays ours: the page is told by an event, what was drawn stays, and the next update may succeed. */
export function isolate(host: HTMLElement, work: () => void): void {
  try {
    work();
  } catch (error) {
    warnOnce(String((error as Error).stack));
    tell(host, 'escalation-error', { code: 'internal', retryable: false });
  }
}
