import { html, nothing, type TemplateResult } from 'lit';
import { escalationPriority } from '../../core/lifecycle.js';
import type { Level } from '../../core/model.js';
import type { Policy } from '../../core/policy.js';
import { icon } from '../icons.js';
import type { FeedView } from '../conversation/view.js';

export const LEVELS = ['low', 'medium', 'high'] as const;
const BARS = ['M3 13h4v7H3z', 'M10 9h4v11h-4z', 'M17 4h4v16h-4z'];

/** A priority by word and by shape: one bar, two, three. */
export const renderLevel = ({ say, icons }: Pick<FeedView, 'say' | 'icons'>, level: Level): TemplateResult =>
  html`${icon(`priority-${level}`, BARS.slice(0, LEVELS.indexOf(level) + 1).join(''), 'priority-icon', icons)}
  ${say(`level.${level}`)}`;

/** One of low, medium and high; native radios, one tab stop. */
export function renderLevels(view: FeedView, name: 'importance' | 'urgency'): TemplateResult {
  const { say, acting } = view;
  const fault = acting.fault('accept', name);
  const id = `act-accept-${name}`;
  return html`<fieldset
    part="field ${fault ? 'field-invalid' : ''}"
    aria-describedby=${fault ? `${id}-error` : nothing}
  >
    <legend part="legend" class="label">${say(`review.${name}`)}</legend>
    <div class="row">
      ${LEVELS.map(
        (level) =>
          html`<label part="choice">
            <input
              part="control radio"
              type="radio"
              name=${id}
              .value=${level}
              .checked=${acting.value('accept', name) === level}
              ?disabled=${acting.busy !== ''}
              aria-invalid=${fault ? 'true' : nothing}
              @change=${() => acting.write('accept', name, level)}
            />
            ${say(`level.${level}`)}
          </label>`,
      )}
    </div>
    ${fault ? html`<p part="error" class="error" id="${id}-error">${say(fault)}</p>` : nothing}
  </fieldset>`;
}

/** What the policy makes of importance and urgency (G35), as a picture: people would rather look than read. */
export function renderMatrix(view: FeedView, policy: Policy, importance: string, urgency: string) {
  const { say } = view;
  const head = (axis: string, level: Level, scope: string) =>
    html`<th scope=${scope}>
      <span class="muted">${say(`review.${axis}`)}</span> ${say(`level.${level}`)}
    </th>`;
  return html`<table part="priorities">
    <caption class="hidden">
      ${say('review.matrix')}
    </caption>
    <thead>
      <tr>
        <td></td>
        ${LEVELS.map((level) => head('urgency', level, 'col'))}
      </tr>
    </thead>
    <tbody>
      ${LEVELS.toReversed().map(
        (row) =>
          html`<tr>
            ${head('importance', row, 'row')}
            ${LEVELS.map((column) => {
              const level = escalationPriority(policy, row, column);
              const current = row === importance && column === urgency;
              return html`<td
                part="priority priority-${level} ${current ? 'priority-current' : ''}"
                aria-current=${current ? 'true' : nothing}
              >
                ${renderLevel(view, level)}
              </td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
