import { html, nothing, type TemplateResult } from 'lit';
import { hasLadder } from '../../core/guard-lifecycle.js';
import { ladderRoles } from '../../core/ladder.js';
import type { Escalation } from '../../core/model.js';
import { isOverdue } from '../../core/status.js';
import { isolated } from '../../core/text.js';
import type { Done } from '../conversation/acting.js';
import { actButton, renderActProblem } from '../conversation/acts.js';
import type { FeedView } from '../conversation/view.js';
import { clockTime, moment } from '../format.js';
import { doneHere } from './customer-act.js';
import type { CustomerView } from './customer-view.js';

const MINUTE = 60_000;

const lifecycleOf = ({ policy }: FeedView) => (hasLadder(policy) ? policy : undefined);

/** To whom a question goes: the owner, and whoever the policy's ladder has reached by now. */
export function nudgeOf(view: FeedView, escalation: Escalation): Done {
  const { owner } = escalation;
  const policy = lifecycleOf(view);
  const labels = new Set(policy && ladderRoles(policy, escalation, view.now).map(view.role));
  const roles = [...labels].filter(Boolean).map(isolated);
  return {
    id: `nudgeDone${owner ? 'Owner' : ''}${roles.length ? 'Next' : ''}`,
    values: { name: isolated(owner?.name ?? ''), roles: new Intl.ListFormat(view.language).format(roles) },
  };
}

/** When somebody has last asked, as far as the entries tell; a time to come is a clock gone wrong. */
function lastAsked({ talk, now }: FeedView): number | undefined {
  const at = talk.entries.findLast(({ kind, text }) => kind === 'notice' && !text)?.at;
  const time = Date.parse(at ?? '');
  return time < now.getTime() + MINUTE ? time : undefined;
}

/** At this hour; of another day with its name. */
const hour = (at: Date, { now, language }: FeedView): string =>
  at.toDateString() === now.toDateString() ? clockTime(at, language) : moment(at, now, language);

/** Silence: an update that is late can be asked for, at most so often; whoever asked last asked for all. */
export function renderSilence(view: CustomerView, escalation: Escalation): TemplateResult | typeof nothing {
  const { say, acting, now, notBefore } = view;
  if (!isOverdue(escalation, now) || !escalation.can.act.includes('nudge')) return nothing;
  const asked = lastAsked(view);
  const policy = lifecycleOf(view);
  const wait = (policy?.lifecycle.nudgeMinutes ?? 0) * MINUTE;
  const until = new Date(Math.max((asked ?? 0) + wait, notBefore?.getTime() ?? 0));
  if (until <= now)
    return html`${policy ? nothing : doneHere(view, 'nudgeDone')}
      <div class="row">${actButton(view, 'nudge', say('nudge'), { onAct: view.onNudge })}</div>
      ${acting.problem?.code === 'rate-limited' ? nothing : renderActProblem(view, 'nudge')}`;
  const time = hour(until, view);
  const isRefused = acting.failed === 'nudge';
  return html`${doneHere(view, 'nudgeDone')}
    <p part="asked" class="muted" role=${isRefused ? 'alert' : nothing}>
      ${asked === undefined ? say('askAgain', { time }) : say('asked', { at: hour(new Date(asked), view), time })}
    </p>`;
}
