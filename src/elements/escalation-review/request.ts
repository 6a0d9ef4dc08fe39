import { html, nothing, type TemplateResult } from 'lit';
import { safeHref } from '../../core/href.js';
import type { Contact, Escalation } from '../../core/model.js';
import { safeLine } from '../../core/text.js';
import { linkButton } from '../buttons.js';
import { renderText } from '../conversation/entry.js';
import { dated } from '../conversation/when.js';
import type { FeedView } from '../conversation/view.js';
import { day } from '../format.js';

/** On one line; what is no text is left out: the guard has not looked at all that is drawn here. */
export const line = (text: unknown): string => (typeof text === 'string' ? safeLine(text) : '');
const body = (text: unknown) =>
  typeof text === 'string' ? html`<span class="foreign" dir="auto">${renderText(text)}</span>` : nothing;

/** What was answered to a field of the form. */
function fieldText({ policy, now, language }: FeedView, id: string, value: unknown): string {
  const isDate = policy?.form.fields.find((row) => row.id === id)?.kind === 'date';
  const at = new Date(`${String(value)}T00:00`);
  return isDate && !Number.isNaN(at.getTime()) ? day(at, now, language) : line(value);
}

/** A number to call or an address to write to, and when. */
function renderContact({ say }: FeedView, { method, value, when, timeZone }: Contact): TemplateResult {
  const to = line(value);
  const isPhone = method === 'telephone';
  // Nothing but an address: no subject, no text, no copy to somebody.
  const href = isPhone
    ? safeHref(`tel:${to}`, true)
    : /^[^\s?&,]+@[^\s?&,]+$/.test(to)
      ? safeHref(`mailto:${to}`)
      : null;
  const time = line(when);
  const zone = line(timeZone);
  return html`${say(isPhone ? 'telephone' : 'email')}:
  ${href ? html`<a part="contact" href=${href}><bdi>${to}</bdi></a>` : html`<bdi>${to}</bdi>`}
  ${
    time || zone
      ? html`<br />${say('contactWhen')}:
          <bdi>${zone ? say('review.when', { when: time, zone }) : time}</bdi>`
      : nothing
  }`;
}

/** Who asked, as what, and for which company (G31). */
function renderRequester({ say, role, state }: FeedView, { requestedBy }: Escalation) {
  if (!requestedBy) return nothing;
  const more = [role(requestedBy.role), line(state?.case.customer?.name)].filter(Boolean);
  return html`<bdi>${requestedBy.me ? say('you') : safeLine(requestedBy.name)}</bdi
    >${more.map((word) => html`, <bdi>${word}</bdi>`)}`;
}

/** The request as it was made, frozen; with what has changed about it since. */
export function renderRequest(
  view: FeedView,
  escalation: Escalation,
  onOpen: (escalationId: string) => void,
): TemplateResult {
  const { say, text, policy, state, now, language } = view;
  const { reason, details, impact, contact, fields, onBehalfOf, confirmed, corrects } = escalation;
  const form = policy?.form;
  const files = view.attachments(escalation.attachments);
  const version = line(escalation.policy?.version);
  const current = line(state?.policy.version);
  const rows: [term: string, fact: unknown][] = [
    [say('reason'), html`<bdi>${safeLine(reason.label)}</bdi>`],
    [say('review.requester'), renderRequester(view, escalation)],
    [say('requestedOn'), dated(new Date(escalation.requestedAt), now, language)],
    [say('review.onBehalfOf'), onBehalfOf && html`<bdi>${line(onBehalfOf)}</bdi>`],
    [form ? text(form.details.label) : say('details'), details && body(details)],
    [form?.impact ? text(form.impact.label) : say('review.impact'), impact && body(impact)],
    ...Object.entries(fields ?? {}).map(([id, value]): [string, unknown] => {
      const label = form?.fields.find((row) => row.id === id)?.label;
      return [label ? text(label) : line(id), html`<bdi>${fieldText(view, id, value)}</bdi>`];
    }),
    [files === nothing ? '' : say('files'), files],
    [say('review.contact'), contact?.value && renderContact(view, contact)],
    [say('review.confirmed'), confirmed.map((id) => view.criterion(id)).filter(Boolean).join(' · ')],
    [say('review.following'), escalation.followers > 0 && say('review.followers', { count: escalation.followers })],
  ]; // prettier-ignore
  const isNew = escalation.status === 'requested' || escalation.status === 'under-review';
  return html`<details part="request" ?open=${isNew}>
    <summary part="request-title">${say('review.request')}</summary>
    <dl>
      ${rows.map(([term, fact]) =>
        fact && fact !== nothing
          ? html`<div part="request-row">
              <dt>${term}</dt>
              <dd>${fact}</dd>
            </div>`
          : nothing,
      )}
    </dl>
    ${
      version && current && version !== current
        ? html`<p class="muted">${say('review.version', { version, current })}</p>`
        : nothing
    }
    ${
      corrects
        ? html`<p>${say('review.corrects')} ${linkButton(say('review.declined'), () => onOpen(corrects))}</p>`
        : nothing
    }
  </details>`;
}
