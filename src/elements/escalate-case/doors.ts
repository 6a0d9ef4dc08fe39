import { html, nothing, type TemplateResult } from 'lit';
import { expectedAnswer } from '../../core/draft.js';
import { doors, type RequestFault } from '../../core/request.js';
import { renderQuestion } from './form.js';
import type { DialogView, FormScreen } from './view.js';

/** The way that somebody took through the questions before the form: each with its answer, for the events. */
export const pathOf = ({ policy, criteria, draft: { answers } }: DialogView): string[] =>
  doors(policy, criteria).flatMap(({ id }) => (answers[id] ? [`${id}:${answers[id]}`] : []));

/** Those that have no answer yet, as faults; what is asked anyway is among the others already. */
export const unanswered = (
  { policy, criteria, draft: { answers } }: DialogView,
  known: readonly RequestFault[],
): RequestFault[] =>
  doors(policy, criteria)
    .map(({ id }) => ({ id, pointer: `/confirmed/${id}`, code: 'not-confirmed' as const }))
    .filter(({ id, pointer }) => !answers[id] && !known.some((fault) => fault.pointer === pointer));

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
