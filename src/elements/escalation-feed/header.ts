import { html, nothing, type TemplateResult } from 'lit';
import { isOverdue } from '../../core/status.js';
import type { Escalation, Status } from '../../core/model.js';
import { safeLine } from '../../core/text.js';
import { safeHref } from '../../core/href.js';
import { ago, countdown, moment } from '../format.js';
import { paths } from '../icon-paths.js';
import { icon } from '../icons.js';
import { renderText } from './entries.js';
import type { FeedView } from './view.js';

const PATH: readonly Status[] = ['requested', 'under-review', 'accepted', 'resolved'];

/** The steps that an escalation takes; where it ended otherwise, the end takes the place of what did not come. */
function stepsOf(
  escalation: Escalation,
): { status: Status; state: 'done' | 'current' | 'todo' | 'stopped' }[] {
  const { status, decision } = escalation;
  if (status === 'declined' || status === 'withdrawn') {
    const before: Status[] =
      status === 'declined' || decision ? ['requested', 'under-review'] : ['requested'];
    return [
      ...before.map((step) => ({ status: step, state: 'done' as const })),
      { status, state: 'stopped' },
    ];
  }
  const at = PATH.indexOf(status);
  return PATH.map((step, i) => ({
    status: step,
    state: i < at || status === 'resolved' ? 'done' : i === at ? 'current' : 'todo',
  }));
}

const WORD = { done: 'stepDone', current: 'stepCurrent', stopped: 'stepCurrent', todo: 'stepTodo' };

function renderSteps({ say }: FeedView, escalation: Escalation): TemplateResult {
  const steps = stepsOf(escalation);
  const n =
    Math.max(
      steps.findLastIndex(({ state }) => state !== 'todo'),
      0,
    ) + 1;
  const status = say(`status.${escalation.status}`);
  return html`<div>
    <p class="step-short" aria-hidden="true">${say('step', { n, count: steps.length, status })}</p>
    <ol part="steps" aria-label=${say('steps')}>
      ${steps.map(
        ({ status: step, state }) =>
          html`<li part="step step-${state}" aria-current=${state === 'current' ? 'step' : nothing}>
            <span part="step-icon" aria-hidden="true"></span>
            <span part="step-label"
              >${say(`status.${step}`)}<span class="hidden">, ${say(WORD[state])}</span></span
            >
          </li>`,
      )}
    </ol>
  </div>`;
}

/** The promised update: in time, or honestly late. */
function renderNextUpdate(
  { say, now, language }: FeedView,
  escalation: Escalation,
): TemplateResult | typeof nothing {
  if (!escalation.nextUpdateDueAt || !escalation.can.post) return nothing;
  const due = new Date(escalation.nextUpdateDueAt);
  const time = moment(due, now, language);
  if (isOverdue(escalation, now))
    return html`<p part="next-update next-update-overdue">
      <time datetime=${escalation.nextUpdateDueAt}
        >${say('nextUpdateLate', { time, ago: ago(due, now, language) })}</time
      >
    </p>`;
  const left = countdown(due, now);
  return html`<p part="next-update">
    <time datetime=${escalation.nextUpdateDueAt}>${say('nextUpdate', { time })}</time>
    ${left ? html`<span class="muted">(${say(...left)})</span>` : nothing}
  </p>`;
}

function renderPromises({ say, icons }: FeedView, { promises }: Escalation): TemplateResult | typeof nothing {
  if (!promises.length) return nothing;
  return html`<div part="promises">
    <p class="muted">${say('promises')}</p>
    <ul>
      ${promises.map(({ text, keptAt }) => {
        const word = say(keptAt ? 'promiseKept' : 'promiseOpen');
        return html`<li part="promise ${keptAt ? 'promise-kept' : 'promise-open'}">
          ${icon(keptAt ? 'check' : 'pending', keptAt ? paths.check : paths.pending, 'promise-icon', icons)}
          <span dir="auto"><span class="muted">${word}:</span> ${safeLine(text, 1000)}</span>
        </li>`;
      })}
    </ul>
  </div>`;
}

/** Why it was declined, criterion by criterion, with the ways that the owner names (G34). */
function renderDecision(
  { say }: FeedView,
  { status, decision }: Escalation,
): TemplateResult | typeof nothing {
  if (status !== 'declined' || !decision) return nothing;
  return html`<div part="decision notice notice-warning" class="notice warning">
    <div>
      <p part="decision-text" class="foreign" dir="auto">${renderText(decision.text)}</p>
      ${
        decision.criteria?.length
          ? html`<ul aria-label=${say('reasons')}>
              ${decision.criteria.map(({ text }) => html`<li class="foreign" dir="auto">${renderText(text)}</li>`)}
            </ul>`
          : nothing
      }
      ${decision.links?.map(({ label, href }) => {
        const safe = safeHref(href);
        return safe
          ? html`<p><a href=${safe} target="_blank" rel="noopener noreferrer">${safeLine(label)}</a></p>`
          : nothing;
      })}
    </div>
  </div>`;
}

/** Status, owner, priority, promises: what is known of the escalation, before the conversation. */
export function renderHeader(view: FeedView, escalation: Escalation): TemplateResult {
  const { say } = view;
  const { owner, priority, reason, closed } = escalation;
  return html`<header part="header">
    <h2 part="title" dir="auto">${say('feedTitleReason', { reason: safeLine(reason.label) })}</h2>
    ${renderSteps(view, escalation)}
    <dl part="facts">
      <div part="fact fact-owner">
        <dt>${say('owner')}</dt>
        <dd>
          ${
            owner
              ? html`<bdi>${owner.me ? say('you') : safeLine(owner.name)}</bdi>, ${view.role(owner.role)}`
              : say('ownerNone')
          }
        </dd>
      </div>
      ${
        priority
          ? html`<div part="fact fact-priority">
              <dt>${say('priority')}</dt>
              <dd>${say(`level.${priority}`)}</dd>
            </div>`
          : nothing
      }
    </dl>
    ${renderNextUpdate(view, escalation)} ${renderPromises(view, escalation)}
    ${renderDecision(view, escalation)}
    ${
      closed?.summary && escalation.status !== 'declined'
        ? html`<p part="closed-summary" class="foreign" dir="auto">${renderText(closed.summary)}</p>`
        : nothing
    }
  </header>`;
}
