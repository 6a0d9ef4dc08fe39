import type { ErrorCode } from '../core/backend.js';
import type { Status } from '../core/model.js';
import type { Shown } from '../core/session.js';

/** The events of the elements, by name, with their details: ids and codes, never typed text or tokens. */
export interface EscalationEvents {
  /** Before sending; cancelable. */
  'escalation-submit': { caseId: string; reasonId: string; path: string[] };
  /** Before a remedy is carried out; cancelable. */
  'escalation-remedy': { caseId: string; criterion: string; remedy: string; path: string[] };
  /** Before a text is put on the case itself; cancelable. `entryId`: of a message that is moved there. */
  'escalation-move-to-case': { escalationId: string; entryId?: string };
  /** Before the page is taken to the escalation; cancelable. */
  'escalation-view': { caseId: string; escalationId: string };
  /** Nobody is signed in; cancelable. */
  'escalation-auth-required': { caseId: string };
  'escalation-verdict': { caseId: string; verdict: Shown };
  'escalation-requested': { caseId: string; escalationId: string; replayed: boolean };
  'escalation-message': { escalationId: string; entryId: string };
  'escalation-change': { escalationId: string; status: Status; previous: Status };
  /** How many entries of the open escalation this user has not read, for a mark on the page's tab. */
  'escalation-unread': { caseId: string; count: number };
  'escalation-open': Record<string, never>;
  'escalation-close': Record<string, never>;
  /** `internal`: a fault of this package. */
  'escalation-error': { code: ErrorCode | 'internal'; retryable: boolean; traceId?: string };
}

type Wrapped = { [K in keyof EscalationEvents]: CustomEvent<Readonly<EscalationEvents[K]>> };
declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementEventMap extends Wrapped {}
}

const CANCELABLE = ['submit', 'remedy', 'move-to-case', 'view', 'auth-required'].map(
  (name) => `escalation-${name}`,
);

/**
 * Tells the page. Events of the dialog's own opening and closing do not bubble: a page's handlers for other dialogs
 * must not hear them.
 * @returns false when a listener prevented the default
 */
export function tell<K extends keyof EscalationEvents>(
  host: HTMLElement,
  name: K,
  detail: EscalationEvents[K],
): boolean {
  const bubbles = name !== 'escalation-open' && name !== 'escalation-close';
  const cancelable = CANCELABLE.includes(name);
  return host.dispatchEvent(
    new CustomEvent(name, { detail: Object.freeze(detail), bubbles, composed: bubbles, cancelable }),
  );
}
