import { TalkElement } from '../conversation/talk-element.js';

/**
 * The escalation owner's side: the queue and, of one escalation, the request with its criteria, the decision, and the
 * conversation.
 *
 * @tag escalation-review
 * @slot empty - Replaces what is said when there is no escalation, or nothing in the queue.
 * @slot help - Replaces the policy's links to guidance.
 * @fires {CustomEvent<{caseId: string, escalationId: string}>} escalation-view - Before a row of the queue is opened here; cancelable.
 * @fires {CustomEvent<{escalationId: string, entryId?: string}>} escalation-move-to-case - Before a text, or a message, is put on the case itself; cancelable.
 * @fires {CustomEvent<{caseId: string, verdict: string}>} escalation-verdict - The verdict has changed.
 * @fires {CustomEvent<{caseId: string}>} escalation-auth-required - Nobody is signed in; cancelable. Of the queue: without a case.
 * @fires {CustomEvent<{escalationId: string, entryId: string}>} escalation-message - A message of the user has arrived.
 * @fires {CustomEvent<{escalationId: string, status: string, previous: string}>} escalation-change - The status of the escalation has changed.
 * @fires {CustomEvent<{caseId: string, count: number}>} escalation-unread - How much the user has not read has changed.
 * @fires {CustomEvent<{code: string, retryable: boolean, traceId?: string}>} escalation-error - Something failed.
 * @cssState queue - It shows the queue: there is no case; with `loading`, `empty`, `unknown`, `signed-out`, `refused` or `unconfigured` where one of them holds.
 * @cssState loading - No answer yet.
 * @cssState empty - There is no escalation.
 * @cssState requested - Nobody has taken it yet.
 * @cssState under-review - The owner looks at the request.
 * @cssState accepted - The owner works on it.
 * @cssState declined - It was declined.
 * @cssState resolved - It is resolved.
 * @cssState withdrawn - It was withdrawn.
 * @cssState off - Communication is by e-mail.
 * @cssState unknown - No usable answer came.
 * @cssState signed-out - Nobody is signed in.
 * @cssState refused - The case, or the queue, is not for this user.
 * @cssState unconfigured - There is no help desk.
 * @cssState overdue - The promised update is late.
 * @cssState unread - There is something that the user has not read.
 * @cssState scrolled-up - The newest entry is not in sight.
 * @cssState sending - A message is on its way.
 * @cssState offline - The last look failed; what is shown was known before.
 * @cssState live - Messages are here as they are written; else the page looks again from time to time.
 */
export class EscalationReview extends TalkElement {
  protected override load = async () => (await import('./review-panel.js')).ReviewPanel;
}

declare global {
  interface HTMLElementTagNameMap {
    'escalation-review': EscalationReview;
  }
}
