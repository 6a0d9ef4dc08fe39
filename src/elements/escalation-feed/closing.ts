import { html, nothing, type TemplateResult } from 'lit';
import type { Escalation } from '../../core/model.js';
import { isOpen } from '../../core/status.js';
import { actButton } from '../conversation/acts.js';
import type { FeedView } from '../conversation/view.js';
import { moment } from '../format.js';
import { doneHere, renderCustomerAct } from './customer-act.js';
import type { CustomerView } from './customer-view.js';

/** Neither process describes an end: withdrawing, reopening, and asking anew are ours. */

/** Withdraws an escalation: a quiet way out, that says what it means before anybody takes it. */
export function renderWithdraw(view: FeedView, { can }: Escalation): TemplateResult | typeof nothing {
  const { say, acting } = view;
  if (!can.act.includes('withdraw')) return nothing;
  // "Cancel" beside "Withdraw" could be taken for either.
  const plain: FeedView = {
    ...view,
    say: (id, values) => say(id === 'actCancel' ? 'withdrawKeep' : id, values),
  };
  return html`<div part="actions">
    <button
      type="button"
      part="button button-link"
      class="link"
      data-act="withdraw"
      aria-expanded=${String(acting.form === 'withdraw')}
      aria-disabled=${acting.busy ? 'true' : nothing}
      @click=${() => acting.busy || acting.toggle('withdraw')}
    >
      ${say('withdraw')}
    </button>
    ${renderCustomerAct(plain, 'withdraw', { above: html`<p>${say('withdrawMeans')}</p>` })}
  </div>`;
}

/** What a user has just done to the whole of it: its status has changed, and so has what can be done. */
export const renderChanged = (view: FeedView, escalation: Escalation): TemplateResult | typeof nothing =>
  doneHere(view, isOpen(escalation) ? 'reopenDone' : 'withdrawDone');

const isReopenable = ({ can, reopenUntil }: Escalation, now: Date): boolean =>
  can.act.includes('reopen') && (!reopenUntil || now < new Date(reopenUntil));

function renderReopen(view: CustomerView, { id, reopenUntil }: Escalation): TemplateResult {
  const { say, acting, now, language, onStay } = view;
  // Another one is open by now: what was written here is not taken away for that.
  const onFailed = () => acting.problem?.code === 'open-escalation-exists' && onStay(id);
  const until = reopenUntil && say('reopenUntil', { time: moment(new Date(reopenUntil), now, language) });
  return html`<div class="row">
      ${actButton(view, 'reopen', say('reopen'))} <span class="muted">${until}</span>
    </div>
    ${renderCustomerAct(view, 'reopen', { required: true, onFailed })}`;
}

const WAYS: readonly string[] = ['available', 'blocked', 'elsewhere'];

/** The way from an end to a new request; of a declined one to a better one (G34), which begins with the old text. */
function renderAgain(view: CustomerView, { id, status, requestedBy }: Escalation) {
  const { say, state } = view;
  const isLast = state?.openEscalation === null && state.past[0]?.id === id;
  if (!isLast || !WAYS.includes(state.verdict.kind)) return nothing;
  if (!view.requestable()) return html`<p class="muted">${say('requestOnPage')}</p>`;
  // What a colleague has written is not filled in.
  const label = status === 'declined' && requestedBy?.me ? 'correctAgain' : 'requestNew';
  return html`<div class="row">
    <button type="button" part="button button-secondary" class="button" @click=${view.onRequest}>
      ${say(label)}
    </button>
  </div>`;
}

/** What can be done once it is over: go on with it while that is possible, else ask anew. */
export const renderNext = (view: CustomerView, escalation: Escalation): TemplateResult | typeof nothing =>
  isReopenable(escalation, view.now) ? renderReopen(view, escalation) : renderAgain(view, escalation);
