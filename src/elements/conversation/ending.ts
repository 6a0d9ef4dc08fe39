import { html, nothing, type TemplateResult } from 'lit';
import { safeHref } from '../../core/href.js';
import type { Decision, Escalation } from '../../core/model.js';
import { isOpen } from '../../core/status.js';
import { isolated, safeLine } from '../../core/text.js';
import { renderText } from './entry.js';
import { dated } from './when.js';
import type { FeedView } from './view.js';

const BY: Record<string, string> = {
  declined: 'decisionDeclined',
  resolved: 'statusResolved',
  withdrawn: 'statusWithdrawn',
};

/** Why it was declined, criterion by criterion, with the ways that the owner names (G34). */
function renderDecision(view: FeedView, { text, criteria, links }: Decision): TemplateResult {
  const { say, policy, criterion } = view;
  return html`<div part="decision">
    <p part="decision-text" class="foreign" dir="auto">${renderText(text)}</p>
    ${
      criteria?.length
        ? html`<ul aria-label=${say('reasons')}>
            ${criteria.map((row) => {
              // The process may have changed since: the answer stays.
              const title = criterion(row.id) ?? (policy && say('criterionGone'));
              return html`<li part="decision-criterion">
                ${title ? html`<p class="label">${title}</p>` : nothing}
                <p class="foreign" dir="auto">${renderText(row.text)}</p>
              </li>`;
            })}
          </ul>`
        : nothing
    }
    ${links?.map(({ label, href }) => {
      const safe = safeHref(href);
      return safe
        ? html`<p>
            <a part="entry-link" href=${safe} target="_blank" rel="noopener noreferrer">${safeLine(label)}</a>
          </p>`
        : nothing;
    })}
  </div>`;
}

/**
 * How it ended, by whom and when: the first thing to know of a closed escalation.
 * @param more what can be done about it
 */
export function renderEnding(
  view: FeedView,
  escalation: Escalation,
  more: unknown = nothing,
): TemplateResult | typeof nothing {
  if (isOpen(escalation)) return nothing;
  const { say, now, language } = view;
  const { status, closed, decision, owner } = escalation;
  const declined = status === 'declined' ? decision : undefined;
  const by = closed?.by ?? (declined ? owner : null);
  const at = closed?.at ?? declined?.at;
  const name = by?.me ? say('byYou') : isolated(by?.name ?? '');
  return html`<div part="closed">
    <p>
      <strong>${by ? say(BY[status] ?? '', { name }) : say(`status.${status}`)}</strong>
      ${at ? html`· <time datetime=${at}>${dated(new Date(at), now, language)}</time>` : nothing}
    </p>
    ${declined ? renderDecision(view, declined) : nothing}
    ${
      closed?.summary && !declined
        ? html`<p part="closed-summary" class="foreign" dir="auto">${renderText(closed.summary)}</p>`
        : nothing
    }
    ${more}
  </div>`;
}
