import { expectedAnswer, typedText } from '../../core/draft.js';
import type { CriterionResult, JudgedState } from '../../core/model.js';
import type { Policy } from '../../core/policy.js';
import { blocking, doors, reasonsFor } from '../../core/request.js';
import type { CaseDialog } from './dialog.js';
import type { Base, DialogView, FormScreen, Screen } from './view.js';

/** What a dialog shows now; a function of the case, of what was filled in, and of what has been loaded. */
export function screenOf(dialog: CaseDialog): Screen {
  const base = baseOf(dialog);
  const { state, later, keeps } = base;
  const { policy, filled } = dialog;
  const { sent, sending, late, left } = filled;
  if (sent && later) return { ...base, kind: 'sent', later, escalation: sent };
  const escalation = state?.openEscalation;
  // Somebody was faster, and nothing is being typed: what was, has been sent in vain.
  if (escalation && !sending && (!keeps || late))
    return later ? { ...base, kind: 'existing', later, escalation } : { ...base, kind: 'loading' };
  if (!policy || !state) return { ...base, kind: filled.problem ? 'failed' : 'loading' };
  const view = viewOf(base, policy, state);
  if (state.verdict.kind === 'elsewhere' && (!keeps || left))
    return later ? { ...base, kind: 'channel', later, view } : { ...base, kind: 'loading' };
  const way = wayOf(view);
  // What was typed is never taken from under the caret.
  return { ...base, kind: 'form', view, way, showForm: way === 'available' || keeps };
}

function baseOf(dialog: CaseDialog): Base {
  const { filled, state, session, later, say, locale } = dialog;
  const typed = typedText(filled.draft);
  const unconfirmed = session.attempt !== undefined;
  return {
    dialog,
    state,
    later,
    now: session.now(),
    language: locale.language,
    typed,
    keeps: dialog.hasDraft || filled.sending || unconfirmed,
    unconfirmed,
    say,
  };
}

function wayOf({ policy, state, criteria, draft, keeps }: DialogView): FormScreen['way'] {
  const { kind } = state.verdict;
  if (kind !== 'available' && kind !== 'blocked') return kind;
  if (blocking(policy, criteria, draft.contested).length) return 'blocked';
  // Where something is typed already, what has not been answered is asked for on sending.
  const isRight = ({ id }: CriterionResult) =>
    draft.answers[id] ? draft.answers[id] === expectedAnswer(policy, id) : keeps;
  return doors(policy, criteria).every(isRight) ? 'available' : 'asked';
}

function viewOf(base: Base, policy: Policy, state: JudgedState): DialogView {
  const { dialog } = base;
  const { draft, sending } = dialog.filled;
  return {
    ...base,
    policy,
    state,
    criteria: state.verdict.criteria ?? [],
    reasons: reasonsFor(policy, state),
    draft,
    frozen: sending || base.unconfirmed,
    text: dialog.text,
    onDraft: (change) =>
      dialog.set({
        draft: { ...dialog.filled.draft, ...change },
        discarded: undefined,
        // A fault is taken back when its field changes; the others stay until the next try.
        faults: dialog.filled.faults.filter(
          ({ pointer }) => !Object.keys(change).some((name) => changes(name, pointer)),
        ),
      }),
  };
}

/** Whether a change of a member of the draft is a change of what a pointer means. */
const changes = (member: string, pointer: string): boolean =>
  pointer.startsWith(`/${member}`) || (member === 'answers' && pointer.startsWith('/confirmed'));
