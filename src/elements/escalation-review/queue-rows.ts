import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Escalation } from '../../core/model.js';
import { isOverdue } from '../../core/status.js';
import { isolated } from '../../core/text.js';
import { dated, when } from '../conversation/when.js';
import type { FeedView } from '../conversation/view.js';
import { renderLevel } from './priority.js';

/** What the rows are drawn from. */
export interface QueueView extends Pick<FeedView, 'say' | 'language' | 'now' | 'icons'> {
  onOpen(row: Escalation): void;
}

export const FILTERS = {
  all: () => true,
  mine: ({ owner }: Escalation) => Boolean(owner?.me),
  waiting: ({ owner }: Escalation) => !owner,
};
export type QueueFilter = keyof typeof FILTERS;

/** Which of them are shown, each with how many there are. */
export const renderFilter = (
  { say }: QueueView,
  rows: readonly Escalation[],
  filter: QueueFilter,
  onFilter: (filter: QueueFilter) => void,
): TemplateResult =>
  html`<fieldset part="queue-filter" class="row">
    <legend class="hidden">${say('queue.filter')}</legend>
    ${(Object.keys(FILTERS) as QueueFilter[]).map(
      (name) =>
        html`<label part="choice">
          <input
            part="control radio"
            type="radio"
            name="filter"
            .checked=${name === filter}
            @change=${() => onFilter(name)}
          />
          ${say(`queue.${name}`, { count: rows.filter(FILTERS[name]).length })}
        </label>`,
    )}
  </fieldset>`;

const HOUR = 3_600_000;

/** How late, in the largest unit that fits: "2 hr". */
function late(ms: number, language: string): string {
  const [unit, size]: [string, number] =
    ms < HOUR ? ['minute', 60_000] : ms < 48 * HOUR ? ['hour', HOUR] : ['day', 24 * HOUR];
  const format = new Intl.NumberFormat(language, { style: 'unit', unit });
  return format.format(Math.max(1, Math.floor(ms / size)));
}

/** When the customer hears next; late in plain words. */
function renderDue({ say, now, language }: QueueView, row: Escalation): TemplateResult | typeof nothing {
  if (!row.nextUpdateDueAt) return nothing;
  const due = new Date(row.nextUpdateDueAt);
  const isLate = isOverdue(row, now);
  const words = isLate
    ? say('queue.late', { time: late(now.getTime() - due.getTime(), language) })
    : say(row.status === 'requested' ? 'answer' : 'nextUpdate', { time: when(due, now, language) });
  return html`<p part="next-update ${isLate ? 'next-update-overdue' : ''}">
    <time datetime=${row.nextUpdateDueAt}>${words}</time>
  </p>`;
}

function renderRow(view: QueueView, row: Escalation): TemplateResult {
  const { say, now, language } = view;
  const { owner, requestedBy, priority, unread } = row;
  const { number, subject, customer } = row.case ?? {};
  const asked = dated(new Date(row.requestedAt), now, language);
  const name = requestedBy?.me ? say('byYou') : isolated(requestedBy?.name ?? '');
  const title = [say('queue.case', { number: number ?? row.caseId }), subject && isolated(subject)];
  const about = [customer && isolated(customer.name), isolated(row.reason.label)];
  const joined = (words: unknown[]) => words.filter(Boolean).join(' · ');
  return html`<div part="queue-priority">
      ${priority ? renderLevel(view, priority) : html`<span class="muted">${say('queue.noPriority')}</span>`}
    </div>
    <div>
      <button
        type="button"
        part="queue-open"
        class="link"
        data-row=${row.id}
        @click=${() => view.onOpen(row)}
      >
        ${joined(title)}
      </button>
      ${unread ? html`<span part="queue-unread">${say('queue.unread', { count: unread })}</span>` : nothing}
      <p>${joined(about)}</p>
      <p class="muted">
        ${say('requestedOn')} ${requestedBy ? say('requestedBy', { time: asked, name }) : asked}
      </p>
    </div>
    <div>
      <p part="queue-status">
        ${say(`status.${row.status}`)} ·
        <bdi>${owner ? (owner.me ? say('you') : isolated(owner.name)) : say('ownerNone')}</bdi>
      </p>
      ${renderDue(view, row)}
    </div>`;
}

/** In the order of the help desk: by priority, then overdue. */
export const renderRows = (view: QueueView, rows: readonly Escalation[]): TemplateResult =>
  rows.length
    ? html`<ul part="queue" aria-label=${view.say('queue.title')}>
        ${repeat(
          rows,
          ({ id }) => id,
          (row) =>
            html`<li part="queue-row ${isOverdue(row, view.now) ? 'queue-row-overdue' : ''}">
              ${renderRow(view, row)}
            </li>`,
        )}
      </ul>`
    : html`<p class="plain">${view.say('queue.none')}</p>`;
