import { html, nothing, type TemplateResult } from 'lit';
import { expectedAnswer } from '../../core/draft.js';
import { doors } from '../../core/request.js';
import { renderQuestion } from './form.js';
import type { FormScreen } from './view.js';

/**
 * The questions that come before the form, one after the other: the next one comes with the right answer to the one
 * before, and a wrong one shows the better way (G6, G22).
 */
export function renderDoors({ view, way, say, keeps }: FormScreen): TemplateResult | typeof nothing {
  const { policy, criteria, draft } = view;
  const all = way === 'available' || way === 'asked' ? doors(policy, criteria) : [];
  if (!all.length) return nothing;
  const next = all.findIndex(({ id }) => draft.answers[id] !== expectedAnswer(policy, id));
  // Where something is typed already, the form is there, and what is missing in it must be, too.
  const shown = next < 0 || keeps ? all : all.slice(0, next + 1);
  return html`<div part="questions" role="group" aria-label=${say('before')}>
    ${shown.map((result) => renderQuestion(view, result))}
  </div>`;
}
