import { html, nothing, type TemplateResult } from 'lit';
import { expectedAnswer } from '../../core/draft.js';
import type { Contact } from '../../core/model.js';
import type { Criterion, Reason } from '../../core/policy.js';
import { renderRemedies } from './criteria.js';
import { renderField, renderRadios, renderTextarea, valueOf, type TextOptions } from './form.js';
import type { DialogView } from './view.js';

/** The label that an error names. */
export function labelOf(view: DialogView, pointer: string): string {
  const { form, criteria } = view.policy;
  const [, part, id] = pointer.split('/');
  if (part === 'reasonId') return view.text(form.reasonLabel);
  if (part === 'details') return view.text(form.details.label);
  if (part === 'onBehalfOf' && form.onBehalfOf) return view.text(form.onBehalfOf);
  if (part === 'impact' && form.impact) return view.text(form.impact.label);
  if (part === 'contact')
    return view.say(id === 'value' ? contactLabel(view.draft.contact?.method) : 'contactMethod');
  const field = part === 'fields' ? form.fields.find((row) => row.id === id) : undefined;
  if (field) return view.text(field.label);
  const criterion = criteria.find((row) => row.id === id);
  if (criterion) return view.text(criterion.kind === 'confirm' ? criterion.question : criterion.title);
  return part ?? '';
}

const contactLabel = (method: Contact['method'] | undefined) =>
  method === 'email' ? 'contactEmail' : 'contactTelephone';

export function errorText(view: DialogView, pointer: string): string | null {
  const fault = view.dialog.filled.faults.find((row) => row.pointer === pointer);
  if (!fault) return null;
  return view.say(`error.${fault.code}`, { label: labelOf(view, pointer), limit: fault.limit ?? 0 });
}

/** The error of a field, beside it. */
export const renderError = (id: string, error: string | null | undefined) =>
  error ? html`<p part="error" class="error" id="${id}-error">${error}</p>` : nothing;
const renderInput = (
  view: DialogView,
  options: TextOptions & { type: string; autocomplete?: string },
): TemplateResult =>
  renderField(
    view,
    options,
    ({ id, describedBy, invalid }) =>
      html`<input
        part="control textbox"
        id=${id}
        type=${options.type}
        autocomplete=${options.autocomplete ?? 'off'}
        .value=${options.value}
        ?readonly=${view.frozen}
        aria-required=${options.optional ? 'false' : 'true'}
        aria-invalid=${invalid}
        aria-describedby=${describedBy}
        @input=${(event: Event) => options.onInput(valueOf(event))}
      />`,
  );

/** When to select the reason, and what will happen then; always there, so that it is announced when it changes. */
export function renderPromise(view: DialogView, reason: Reason | undefined): TemplateResult {
  const when =
    reason?.whenToSelect && view.policy.form.reasons === 'select' && view.text(reason.whenToSelect);
  return html`<div class="group" aria-live="polite">
    ${when ? html`<p part="reason-when" class="muted">${when}</p>` : nothing}
    ${
      reason?.action && !reason.instead
        ? html`<div part="promise">
            <span class="label">${view.say('whatWillHappen')}</span>
            <span part="promise-text">${view.text(reason.action)}</span>
          </div>`
        : nothing
    }
    ${
      reason?.instead
        ? html`<div part="notice notice-warning" class="notice warning">
            <p>${view.text(reason.instead.text)}</p>
            ${renderRemedies(view, { id: reason.id, remedies: reason.instead.remedies })}
          </div>`
        : nothing
    }
  </div>`;
}

function renderContact(view: DialogView): TemplateResult {
  const { form } = view.policy;
  const contact = view.draft.contact;
  const change = (next: Partial<Contact>) =>
    view.onDraft({ contact: { method: contact?.method ?? 'telephone', ...contact, ...next } });
  const method = contact?.method;
  return html`${renderRadios(view, {
    pointer: '/contact/method',
    legend: view.say('contactMethod'),
    value: method ?? '',
    inline: true,
    choices: form.contactMethods.map((value) => ({ value, label: view.say(value) })),
    onChoose: (value) => change({ method: value as Contact['method'], value: '' }),
  })}
  ${
    method
      ? html`${renderInput(view, {
          pointer: '/contact/value',
          label: view.say(contactLabel(method)),
          value: contact?.value ?? '',
          optional: false,
          maxLength: 200,
          type: method === 'email' ? 'email' : 'tel',
          autocomplete: method === 'email' ? 'email' : 'tel',
          onInput: (value) => change({ value }),
        })}
        ${renderInput(view, {
          pointer: '/contact/when',
          label: view.say('contactWhen'),
          value: contact?.when ?? '',
          optional: true,
          maxLength: 200,
          type: 'text',
          onInput: (when) => change({ when, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
        })}`
      : nothing
  }`;
}

/** A partner asks for somebody else (G31). */
function renderOnBehalfOf(view: DialogView): TemplateResult | typeof nothing {
  const label = view.policy.form.onBehalfOf;
  const { role, audience } = view.state.user;
  if (!label || (role !== 'partner' && audience !== 'partner')) return nothing;
  return renderInput(view, {
    pointer: '/onBehalfOf',
    label: view.text(label),
    value: view.draft.onBehalfOf,
    optional: true,
    maxLength: 200,
    type: 'text',
    autocomplete: 'organization',
    onInput: (onBehalfOf) => view.onDraft({ onBehalfOf }),
  });
}

/** What the chosen reason asks for besides the details. */
export function renderReason(view: DialogView, reason: Reason | undefined): TemplateResult {
  const fields = view.policy.form.fields.filter(({ id }) => reason?.fields.includes(id));
  return html`${renderOnBehalfOf(view)} ${reason?.contact ? renderContact(view) : nothing}
  ${fields.map((field) =>
    renderInput(view, {
      pointer: `/fields/${field.id}`,
      label: view.text(field.label),
      hint: field.hint && view.text(field.hint),
      value: view.draft.fields[field.id] ?? '',
      optional: !field.required,
      maxLength: field.maxLength,
      type: field.kind,
      onInput: (value) => view.onDraft({ fields: { ...view.draft.fields, [field.id]: value } }),
    }),
  )}`;
}

/** What an answer leads to: the one that is not expected says what that means, and the ways on. */
export function renderAnswer(view: DialogView, criterion: Criterion): TemplateResult {
  const { draft, policy } = view;
  const answer = draft.answers[criterion.id];
  const right = answer === expectedAnswer(policy, criterion.id);
  const asks = criterion.kind === 'confirm';
  return html` ${
    answer && !right
      ? html`<div part="notice notice-warning" class="notice warning" role="status">
          <p part="criterion-guidance">${view.text(criterion.guidance ?? criterion.title)}</p>
          ${renderRemedies(view, criterion)}
        </div>`
      : nothing
  }
  ${
    right && asks && criterion.impact && policy.form.impact
      ? renderTextarea(view, {
          pointer: '/impact',
          label: view.text(policy.form.impact.label),
          hint: policy.form.impact.hint && view.text(policy.form.impact.hint),
          value: draft.impact,
          optional: false,
          maxLength: policy.form.impact.maxLength,
          onInput: (impact) => view.onDraft({ impact }),
        })
      : nothing
  }`;
}
