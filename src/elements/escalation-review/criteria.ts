import { html, nothing, type TemplateResult } from 'lit';
import type { CriterionResult, Escalation } from '../../core/model.js';
import { isolated } from '../../core/text.js';
import type { FeedView } from '../conversation/view.js';
import { evidenceText, RESULT_ICONS } from '../criteria/evidence.js';
import { paths } from '../icon-paths.js';
import { icon } from '../icons.js';

/** Only shown to the requester, who is not asked anything. */
const isShown = ({ policy }: FeedView, id: string): boolean =>
  policy?.criteria.some(
    ({ id: own, kind, effect }) => own === id && kind !== 'confirm' && effect === 'advises',
  ) ?? false;

/** What the requester has said to a criterion that asks, or that can be contested. */
function confirmation(view: FeedView, { id, result }: CriterionResult, escalation: Escalation): string {
  const { say } = view;
  const { requestedBy } = escalation;
  if (isShown(view, id)) return '';
  if (!escalation.confirmed.includes(id)) return result === 'ask' ? say('review.unconfirmed') : '';
  if (!requestedBy) return say('review.confirmedUnnamed');
  const name = requestedBy.me ? say('byYou') : isolated(requestedBy.name);
  return say('review.confirmedBy', { name });
}

function renderCriterion(view: FeedView, row: CriterionResult, escalation: Escalation): TemplateResult {
  const { result, evidence } = row;
  const mark = RESULT_ICONS[result];
  const word = result === 'ask' && isShown(view, row.id) ? 'shown' : result;
  // For the owner in words of their own: the customer is somebody else here.
  const say: FeedView['say'] = (id, values) => view.say(`review.${id}`, values);
  const lines = [
    confirmation(view, row, escalation),
    ...(evidence ? evidenceText({ ...view, say }, evidence, false) : []),
  ].filter(Boolean);
  return html`<li part="criterion criterion-${result}">
    ${icon(mark, paths[mark], 'criterion-icon', view.icons)}
    <p>
      <span part="criterion-result">${view.say(`review.${word}`)}</span>
      <span part="criterion-title">${view.criterion(row.id)}</span>
    </p>
    ${lines.map((text) => html`<p part="criterion-evidence" class="muted" dir="auto">${text}</p>`)}
  </li>`;
}

/** The criteria as they are now, each with its evidence (G32); what is not met first. */
export function renderCriteria(view: FeedView, escalation: Escalation): TemplateResult | typeof nothing {
  const order = ['not-met', 'unknown', 'ask', 'met'];
  const rows = (escalation.criteria ?? [])
    .filter(({ id }) => view.criterion(id) !== undefined)
    .sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  if (!rows.length) return nothing;
  const isNew = escalation.status === 'requested' || escalation.status === 'under-review';
  const title = view.say('review.criteria');
  return html`<details part="judged" ?open=${isNew}>
    <summary part="request-title">${title}</summary>
    <ul part="criteria" aria-label=${title}>
      ${rows.map((row) => renderCriterion(view, row, escalation))}
    </ul>
  </details>`;
}
