import { html, nothing, type TemplateResult } from 'lit';
import type { Escalation, Person } from '../../core/model.js';
import { isOpen, isOverdue } from '../../core/status.js';
import { isolated, safeLine } from '../../core/text.js';
import { ago, countdown } from '../format.js';
import { renderEnding } from './ending.js';
import { renderPlan } from './plan.js';
import { renderSteps } from './steps.js';
import { dated, when } from './when.js';
import type { FeedView } from './view.js';

/** The promised update: in time, or honestly late. */
function renderNextUpdate(
  { say, now, language }: FeedView,
  escalation: Escalation,
): TemplateResult | typeof nothing {
  const { nextUpdateDueAt: at } = escalation;
  if (!at || !isOpen(escalation)) return nothing;
  const due = new Date(at);
  const time = when(due, now, language);
  // Nobody has taken it yet: what is due is an answer.
  const what = escalation.status === 'requested' ? 'answer' : 'nextUpdate';
  if (isOverdue(escalation, now))
    return html`<p part="next-update next-update-overdue">
      <time datetime=${at}>${say(`${what}Late`, { time, ago: ago(due, now, language) })}</time>
    </p>`;
  const left = countdown(due, now);
  return html`<p part="next-update">
    <time datetime=${at}>${say(what, { time })}</time>
    ${left ? html`<span class="muted relative">(${say(...left)})</span>` : nothing}
  </p>`;
}

function renderOwner({ say, role }: FeedView, owner: Person | null) {
  if (!owner) return say('ownerNone');
  const label = role(owner.role);
  return html`<bdi>${owner.me ? say('you') : safeLine(owner.name)}</bdi>${label ? `, ${label}` : nothing}`;
}

/** When, and by whom where that is not for others to know. */
function requested({ say, now, language }: FeedView, { requestedAt, requestedBy }: Escalation): string {
  const time = dated(new Date(requestedAt), now, language);
  if (!requestedBy) return time;
  return say('requestedBy', { time, name: requestedBy.me ? say('byYou') : isolated(requestedBy.name) });
}

const renderFact = (name: string, term: string, fact: unknown) =>
  html`<div part="fact fact-${name}">
    <dt>${term}</dt>
    <dd>${fact}</dd>
  </div>`;

/** What an element adds: below the title, below how it ended, below the promised update, and at the end. */
export interface HeaderMore {
  top?: unknown;
  ending?: unknown;
  update?: unknown;
  end?: unknown;
}

/** Status, owner, priority, promises: what is known of the escalation, before the conversation. */
export function renderHeader(
  view: FeedView,
  escalation: Escalation,
  { top, ending, update, end }: HeaderMore = {},
): TemplateResult {
  const { say } = view;
  const { owner, priority, reason } = escalation;
  const files = view.attachments(escalation.attachments);
  return html`<header part="header">
    <h2 part="title" tabindex="-1">${say('feedTitleReason', { reason: isolated(reason.label) })}</h2>
    ${top} ${renderSteps(view, escalation)} ${renderEnding(view, escalation, ending)}
    <dl part="facts">
      ${renderFact('owner', say('owner'), renderOwner(view, owner))}
      ${priority ? renderFact('priority', say('priority'), say(`level.${priority}`)) : nothing}
      ${renderFact('reason', say('reason'), html`<bdi>${safeLine(reason.label)}</bdi>`)}
      ${files === nothing ? nothing : renderFact('files', say('files'), files)}
      ${renderFact('requested', say('requestedOn'), requested(view, escalation))}
    </dl>
    ${renderNextUpdate(view, escalation)} ${update} ${renderPlan(view, escalation)} ${end}
  </header>`;
}
