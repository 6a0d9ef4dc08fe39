import { html, nothing, type TemplateResult } from 'lit';
import { doors, questions } from '../../core/request.js';
import type { CriterionResult } from '../../core/model.js';
import type { DialogView } from './view.js';

/** DOM id of the control that a JSON pointer of the request means. */
export const controlId = (pointer: string): string => `control${pointer.replaceAll('/', '-')}`;

type Input = Event & { target: HTMLInputElement };
export const valueOf = (event: Event): string => (event as Input).target.value;

/** What describes a control: its hint and its error, by id. */
function describe(view: DialogView, pointer: string, hint: boolean) {
  const id = controlId(pointer);
  const error = view.later?.errorText(view, pointer);
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return { id, error, describedBy: ids || nothing, invalid: error ? 'true' : nothing };
}

export interface TextOptions {
  pointer: string;
  value: string;
  label: string;
  hint?: string;
  optional: boolean;
  maxLength: number;
  onInput(value: string): void;
}

/** A field: label, hint, its control, its error, and a counter from 80 % of its limit. */
export function renderField(
  view: DialogView,
  { pointer, value, label, hint, optional, maxLength }: TextOptions,
  renderControl: (described: ReturnType<typeof describe>) => TemplateResult,
): TemplateResult {
  const described = describe(view, pointer, Boolean(hint));
  const { id, error } = described;
  return html`<div part="field field${pointer.replaceAll('/', '-')} ${error ? 'field-invalid' : ''}">
    <label part="label" class="label" for=${id}
      >${label}${optional ? html` <span part="optional" class="muted">${view.say('optional')}</span>` : nothing}</label
    >
    ${hint ? html`<p part="hint" class="muted" id="${id}-hint">${hint}</p>` : nothing}
    ${renderControl(described)}
    ${view.later?.renderError(id, error)}${view.later?.renderCounter(view, value.trim().length, maxLength)}
  </div>`;
}

export const renderTextarea = (view: DialogView, options: TextOptions): TemplateResult =>
  renderField(
    view,
    options,
    ({ id, describedBy, invalid }) =>
      html`<textarea
        part="control textarea"
        id=${id}
        dir="auto"
        .value=${options.value}
        ?readonly=${view.frozen}
        aria-required=${options.optional ? 'false' : 'true'}
        aria-invalid=${invalid}
        aria-describedby=${describedBy}
        @input=${(event: Event) => options.onInput(valueOf(event))}
      ></textarea>`,
  );

interface ChoiceOptions {
  pointer: string;
  legend: string;
  value: string;
  choices: { value: string; label: string; hint?: string }[];
  inline?: boolean;
  onChoose(value: string): void;
}

/** One of few, all to be seen; native radios, one tab stop. */
export function renderRadios(
  view: DialogView,
  { pointer, legend, value, choices, inline, onChoose }: ChoiceOptions,
): TemplateResult {
  const { id, error, describedBy, invalid } = describe(view, pointer, false);
  return html`<fieldset
    part="field field${pointer.replaceAll('/', '-')} ${error ? 'field-invalid' : ''}"
    aria-describedby=${describedBy}
  >
    <legend part="legend" class="label">${legend}</legend>
    <div class=${inline ? 'row' : ''}>
      ${choices.map(
        (choice, i) =>
          html`<label part="choice">
            <input
              part="control radio"
              type="radio"
              id=${i === 0 ? id : nothing}
              name=${id}
              .value=${choice.value}
              .checked=${choice.value === value}
              ?disabled=${view.frozen}
              aria-invalid=${invalid}
              @change=${() => onChoose(choice.value)}
            />
            <span>
              ${choice.label}
              ${choice.hint ? html`<span part="reason-when" class="muted"><br />${choice.hint}</span>` : nothing}
            </span>
          </label>`,
      )}
    </div>
    ${view.later?.renderError(id, error)}
  </fieldset>`;
}

function renderSelect(view: DialogView): TemplateResult {
  const { policy, reasons, draft } = view;
  const { id, error, describedBy, invalid } = describe(view, '/reasonId', false);
  return html`<div part="field field-reasonId ${error ? 'field-invalid' : ''}">
    <label part="label" class="label" for=${id}>${view.text(policy.form.reasonLabel)}</label>
    <select
      part="control select"
      id=${id}
      ?disabled=${view.frozen}
      aria-required="true"
      aria-invalid=${invalid}
      aria-describedby=${describedBy}
      @change=${(event: Event) => view.onDraft({ reasonId: valueOf(event) })}
    >
      <option value="" .selected=${!draft.reasonId}>${view.say('choose')}</option>
      ${reasons.map(
        (reason) =>
          html`<option value=${reason.id} .selected=${reason.id === draft.reasonId}>
            ${view.text(reason.label)}
          </option>`,
      )}
    </select>
    ${view.later?.renderError(id, error)}${view.later?.renderComparison(view)}
  </div>`;
}

function renderReasons(view: DialogView): TemplateResult {
  const { policy, reasons, draft } = view;
  if (policy.form.reasons === 'select') return renderSelect(view);
  return renderRadios(view, {
    pointer: '/reasonId',
    legend: view.text(policy.form.reasonLabel),
    value: draft.reasonId,
    choices: reasons.map(({ id, label, whenToSelect }) => ({
      value: id,
      label: view.text(label),
      hint: whenToSelect && view.text(whenToSelect),
    })),
    onChoose: (reasonId) => view.onDraft({ reasonId }),
  });
}

/** A question of the policy; a fact that the help desk does not have is asked likewise. */
export function renderQuestion(view: DialogView, result: CriterionResult): TemplateResult | typeof nothing {
  const criterion = view.policy.criteria.find(({ id }) => id === result.id);
  if (!criterion) return nothing;
  const { answers } = view.draft;
  return html`${renderRadios(view, {
    pointer: `/confirmed/${result.id}`,
    legend:
      criterion.kind === 'confirm'
        ? view.text(criterion.question)
        : `${view.text(criterion.title)}. ${view.say('isItSo')}`,
    value: answers[result.id] ?? '',
    inline: true,
    choices: [
      { value: 'yes', label: view.say('yes') },
      { value: 'no', label: view.say('no') },
    ],
    onChoose: (value) => view.onDraft({ answers: { ...answers, [result.id]: value as 'yes' | 'no' } }),
  })}
  ${view.later?.renderAnswer(view, criterion)}`;
}

/** The form: the reason and what it asks for, the details, and the questions to confirm. */
export function renderForm(view: DialogView): TemplateResult {
  const { policy, draft, reasons } = view;
  const reason = reasons.find(({ id }) => id === draft.reasonId);
  const { details } = policy.form;
  const hint = reason?.detailsHint ?? details.hint;
  const before = doors(policy, view.criteria);
  return html`<form part="form" novalidate @submit=${(event: Event) => event.preventDefault()}>
    <div class="group">${renderReasons(view)} ${view.later?.renderPromise(view, reason)}</div>
    ${view.later?.renderReason(view, reason)}
    ${renderTextarea(view, {
      pointer: '/details',
      label: view.text(details.label),
      hint: hint && view.text(hint),
      value: draft.details,
      optional: reason?.details !== 'required',
      maxLength: details.maxLength,
      onInput: (value) => view.onDraft({ details: value }),
    })}
    ${view.later?.renderBelowDetails(view)}
    ${questions(policy, view.criteria)
      .filter((result) => !before.includes(result))
      .map((result) => renderQuestion(view, result))}
  </form>`;
}
