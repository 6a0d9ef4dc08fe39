import { html, nothing, type TemplateResult } from 'lit';
import type { Escalation, NextStep, Promised } from '../../core/model.js';
import { isOpen } from '../../core/status.js';
import { safeLine } from '../../core/text.js';
import { paths } from '../icon-paths.js';
import { icon } from '../icons.js';
import { renderText } from './entry.js';
import { when } from './when.js';
import type { FeedView } from './view.js';

/** What happens next (G33, G36); of a help desk without steps of its own, the owner's last word about them. */
function nextSteps({ nextSteps: newest }: FeedView, { nextSteps: steps }: Escalation): NextStep[] {
  if (steps?.length) return steps;
  return newest?.text ? [{ text: newest.text }] : [];
}

/** By when something is to be done; said plainly once that time has passed without it. */
function renderDue({ say, now, language }: FeedView, dueAt: string | undefined, keptAt?: string) {
  if (!dueAt) return nothing;
  const due = new Date(dueAt);
  const late = due < (keptAt ? new Date(keptAt) : now);
  if (keptAt && !late) return nothing;
  return html`<time datetime=${dueAt} class=${late ? 'late' : ''}
    >${say(late ? 'wasDue' : 'by', { time: when(due, now, language) })}</time
  >`;
}

const renderSteps = (view: FeedView, steps: readonly NextStep[]) =>
  html`<div>
    <p class="muted">${view.say('nextSteps')}</p>
    <ul aria-label=${view.say('nextSteps')}>
      ${steps.map(
        ({ text, who, dueAt }) =>
          html`<li part="next-step">
            <span class="foreign" dir="auto">${renderText(text, 2000)}</span>
            <span class="muted"
              >${who ? html`<bdi>${safeLine(who)}</bdi>` : nothing}${who && dueAt ? ', ' : nothing}${renderDue(view, dueAt)}</span
            >
          </li>`,
      )}
    </ul>
  </div>`;

/** When a promise was kept, and that this was late; else by when it is to be. */
const renderKept = (view: FeedView, { keptAt, dueAt }: Promised) =>
  keptAt
    ? html`<time datetime=${keptAt}
          >${view.say('keptAt', { time: when(new Date(keptAt), view.now, view.language) })}</time
        >
        ${renderDue(view, dueAt, keptAt)}`
    : renderDue(view, dueAt);

const renderPromises = (view: FeedView, { promises, status }: Escalation) => {
  const { say, icons } = view;
  const open = isOpen({ status }) ? 'promiseOpen' : 'promiseMissed';
  return html`<div part="promises">
    <p class="muted">${say('promises')}</p>
    <ul aria-label=${say('promises')}>
      ${promises.map((promise) => {
        const { text, keptAt } = promise;
        return html`<li part="promise ${keptAt ? 'promise-kept' : 'promise-open'}">
          ${icon(keptAt ? 'check' : 'pending', keptAt ? paths.check : paths.pending, 'promise-icon', icons)}
          <span dir="auto"
            ><span class="muted">${say(keptAt ? 'promiseKept' : open)}:</span> ${safeLine(text, 1000)}
            <span class="muted">${renderKept(view, promise)}</span></span
          >
        </li>`;
      })}
    </ul>
  </div>`;
};

/**
 * What happens next and what was promised, above the conversation; folded where there is little room, so that it never
 * pushes the conversation out of sight. Nothing comes next once it is over; of what was promised it is still said what
 * was kept, unless the escalation was never taken on.
 */
export function renderPlan(view: FeedView, escalation: Escalation): TemplateResult | typeof nothing {
  const open = isOpen(escalation);
  const steps = open ? nextSteps(view, escalation) : [];
  const promised = escalation.promises.length > 0 && (open || escalation.status === 'resolved');
  if (!steps.length && !promised) return nothing;
  const title = !promised ? 'nextSteps' : steps.length ? 'pinned' : 'promises';
  // Not `toggle`: that comes late, and for what we do ourselves, too.
  const onClick = () => view.onFold(!view.unfolded);
  return html`<details part="pinned" ?open=${view.unfolded}>
    <summary part="pinned-title" @click=${onClick}>${view.say(title)}</summary>
    <div class="plan ${steps.length && promised ? '' : 'alone'}">
      ${steps.length ? renderSteps(view, steps) : nothing}
      ${promised ? renderPromises(view, escalation) : nothing}
    </div>
  </details>`;
}
