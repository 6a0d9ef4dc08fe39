import { doors, type RequestFault } from '../../core/request.js';
import type { DialogView } from './view.js';

/** What was answered to the questions before the form, and what was not. */

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
