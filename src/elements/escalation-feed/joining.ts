import { html, nothing, type TemplateResult } from 'lit';
import type { Escalation } from '../../core/model.js';
import { isOpen } from '../../core/status.js';
import { actButton, renderActProblem } from '../conversation/acts.js';
import type { FeedView } from '../conversation/view.js';
import { renderCustomerAct } from './customer-act.js';

/** A colleague whom it affects, too, follows it and says how; that is a message like any other. */
function renderFollow(view: FeedView): TemplateResult {
  const { say, acting, state } = view;
  // Where there are no messages, there is nothing to say.
  const onAct =
    state?.can.feed === false ? () => void acting.act({ kind: 'follow' }, { id: 'followDone' }) : undefined;
  return html`<div class="row">
      <p>${say('followAsk')}</p>
      ${actButton(view, 'follow', say('follow'), { onAct })}
    </div>
    ${
      onAct
        ? renderActProblem(view, 'follow')
        : renderCustomerAct(view, 'follow', { name: 'impact', hint: say('followHint') })
    }`;
}

/** Who follows an escalation, and the way to do so. */
export function renderJoin(view: FeedView, escalation: Escalation): TemplateResult | typeof nothing {
  const { say, acting } = view;
  const { following, followers: count, can } = escalation;
  const may = can.act.includes('follow');
  if (!isOpen(escalation) || !(may || following || count > 0)) return nothing;
  const words = [following && say('following'), count > Number(following) && say('followers', { count })]
    .filter(Boolean)
    .join(' ');
  const isDone = acting.done?.id === 'followDone';
  return html`<div part="join">
    ${may ? renderFollow(view) : nothing}
    ${words ? html`<p class="muted" tabindex="-1" ?data-done=${isDone}>${words}</p>` : nothing}
  </div>`;
}
