import type { FeedView } from '../conversation/view.js';

/** What a customer's pieces draw from, beside what both sides have. */
export interface CustomerView extends FeedView {
  /** Somebody looks at another escalation than the page would show. */
  isChosen: boolean;
  /** Shows another escalation of the case; without an id the one that the page would show. */
  onChoose(escalationId?: string): void;
  /** Goes on showing this one, although another is open. */
  onStay(escalationId: string): void;
  /** Whether this page has a form for a request. */
  requestable(): boolean;
  onRequest(): void;
  /** A refusal has said: not before then. */
  notBefore: Date | undefined;
  onNudge(): void;
}
