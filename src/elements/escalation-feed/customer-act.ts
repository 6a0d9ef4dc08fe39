import { html, nothing, type TemplateResult } from 'lit';
import type { Action } from '../../core/model.js';
import { actText, faultOf, renderActForm, renderDone } from '../conversation/acts.js';
import type { FeedView } from '../conversation/view.js';

/** What customers do with a text of their own. */
type Kind = 'withdraw' | 'reopen' | 'rate' | 'follow';

interface ActOptions {
  /** What the contract calls the text. */
  name?: string;
  /** The text has to be there. */
  required?: boolean;
  /** On one line. */
  lines?: boolean;
  hint?: string;
  /** Stands above the text. */
  above?: unknown;
  /** What else is sent. */
  more?(): object;
  /** What else is missing. */
  missing?(): Record<string, string | false>;
  onFailed?(): void;
}

/** The form of one of their actions. Its words have the name of the action: `withdrawTitle`, `withdrawWhy`, … */
export function renderCustomerAct(view: FeedView, kind: Kind, options: ActOptions = {}) {
  const { name = 'text', required, lines, hint, above, more, missing, onFailed } = options;
  const { say, acting } = view;
  const onSubmit = async () => {
    const text = acting.value(kind, name).trim();
    const fault = required || text ? faultOf(text) : undefined;
    if (!acting.check(kind, { ...missing?.(), [name]: fault })) return;
    const values = { ...more?.() };
    const action = { kind, ...values, ...(text && { [name]: text }) } as Action;
    if (!(await acting.act(action, { id: `${kind}Done`, values }))) onFailed?.();
  };
  return renderActForm(view, kind, {
    title: say(`${kind}Title`),
    submit: say(`${kind}Submit`),
    onSubmit: () => void onSubmit(),
    body: html`${above}
    ${actText(view, kind, name, { label: say(`${kind}Why`), optional: !required, lines, hint })}`,
  });
}

/** What has been done, said where it was done. @param id how its message begins */
export const doneHere = (view: FeedView, id: string): TemplateResult | typeof nothing =>
  view.acting.done?.id.startsWith(id) ? renderDone(view) : nothing;
