import { html, nothing, type TemplateResult } from 'lit';
import { safeHref } from '../../core/href.js';
import { emlFile, mailDraft, type MailDraft } from '../../core/mail-draft.js';
import type { Channel, ContactBlock } from '../../core/policy.js';
import { isolated, safeLine } from '../../core/text.js';
import { download } from '../download.js';
import { renderHelp } from '../help.js';
import { renderField, renderTextarea, valueOf } from './form.js';
import { copy } from './actions.js';
import { copyWord, renderCopy } from './copy-button.js';
import type { DialogView } from './view.js';

/** A button that copies a text which stands beside it. */
const copyButton = (view: DialogView, name: string, text: string, word: string) =>
  html`<button
    type="button"
    part="button button-secondary ${view.dialog.filled.copied === name ? 'copied' : ''}"
    class="button"
    @click=${(event: Event) =>
      void copy(
        view.dialog,
        name,
        text,
        (event.target as HTMLElement).parentElement?.querySelector<HTMLElement>('[data-text]') ?? null,
      )}
  >
    ${view.say(copyWord(view.dialog.filled, name, word))}
  </button>`;

export function renderContactBlock(
  { text }: DialogView,
  contact: ContactBlock | undefined,
): TemplateResult | typeof nothing {
  if (!contact) return nothing;
  return html`<div part="contact" class="group">
    <p part="contact-name" class="label">${text(contact.name)}</p>
    <ul class="phones">
      ${contact.phones.map(({ label, number, hours }) => {
        const href = safeHref(`tel:${number.replace(/[^\d+]/g, '')}`, true);
        return html`<li>
          <span
            >${label ? html`<span>${text(label)}</span>` : nothing}
            ${hours ? html`<span part="contact-hours" class="muted">${text(hours)}</span>` : nothing}</span
          >
          ${href ? html`<a part="contact-phone" href=${href}>${number}</a>` : number}
        </li>`;
      })}
    </ul>
    ${contact.alternative ? html`<p part="contact-alternative" class="muted">${text(contact.alternative)}</p>` : nothing}
  </div>`;
}

/** Critical cases (G22–G24): whom to call, with what at hand, and what not to use. */
function renderContact(view: DialogView, channel: Channel): TemplateResult {
  const { policy, state, say, text } = view;
  const contact = channel.use === 'contact' ? policy.contacts[channel.contact] : undefined;
  const number = safeLine(state.case.number ?? state.case.id);
  const { assignee } = state.case;
  return html`<slot name="contact">${renderContactBlock(view, contact)}</slot>
    <div class="line">
      <p>${say('yourNumber')} <strong data-text>${number}</strong></p>
      ${copyButton(view, 'number', number, 'copy')}
    </div>
    ${
      channel.use === 'contact' && channel.warning
        ? html`<div part="warning notice notice-warning" class="notice"><p>${text(channel.warning)}</p></div>`
        : nothing
    }
    ${channel.text ? html`<p>${text(channel.text)}</p>` : nothing}
    ${assignee ? html`<p class="muted">${say('assigned', { name: isolated(assignee.name) })}</p>` : nothing}`;
}

/** What the case itself knows of the e-mail's fields. */
function knownOf({ case: kase }: DialogView['state']): Record<string, string> {
  return {
    'customer-name': kase.customer?.name ?? '',
    'case-number': kase.number ?? kase.id,
    'customer-region': kase.customer?.region ?? '',
    product: kase.product ?? '',
  };
}

const ASKED_LONG = ['description', 'impact'];

/** A field of the e-mail: what the case knows is filled in, and can be put right. */
function renderMailField(view: DialogView, id: string, label: string, value: string) {
  const { dialog } = view;
  const { mail } = dialog.filled;
  const onMail = (next: string) => dialog.set({ mail: { ...dialog.filled.mail, [id]: next } });
  const options = {
    pointer: `/mail/${id}`,
    label,
    value: mail[id] ?? value,
    optional: false,
    maxLength: 10_000,
    onInput: onMail,
  };
  if (ASKED_LONG.includes(id)) return renderTextarea(view, options);
  return renderField(
    view,
    options,
    ({ id: controlId }) =>
      html`<input
        part="control textbox"
        id=${controlId}
        type="text"
        autocomplete="off"
        .value=${options.value}
        @input=${(event: Event) => onMail(valueOf(event))}
      />`,
  );
}

function renderPreview(view: DialogView, draft: MailDraft): TemplateResult {
  const { say } = view;
  const row = (name: string, label: string, text: string, word: string) =>
    html`<div class="line">
      <p class="muted">${label}</p>
      <pre
        part="email-${name}"
        class="foreign"
        data-text
        dir="auto"
        tabindex="0"
        role="region"
        aria-label=${label}
      >
${text}</pre>
      ${copyButton(view, name, text, word)}
    </div>`;
  return html`<div part="email" role="group" aria-label=${say('preview')}>
    ${row('address', say('mailTo'), draft.to, 'copyAddress')}
    ${row('subject', say('mailSubject'), draft.subject, 'copySubject')}
    ${row('body', say('mailBody'), draft.body.replaceAll('\r\n', '\n'), 'copyText')}
  </div>`;
}

/** FedRAMP Cloud CX (G14–G18): the draft is made here, and the customer's own mail program sends it. */
function renderMail(view: DialogView, channel: Channel): TemplateResult {
  const { say, text, dialog } = view;
  if (channel.use !== 'email') return html``;
  const { email } = channel;
  const labels = new Map(email.body.map(({ id, label }) => [id, text(label)]));
  const known = knownOf(view.state);
  const ids = [...new Set([...email.subject, ...labels.keys()])];
  const asked = ids.filter((id) => !(id in known));
  const given = ids.filter((id) => id in known);
  const body = [...labels].map(([id, label]) => ({ id, label }));
  const draft = mailDraft({ ...email, body }, { ...known, ...dialog.filled.mail });
  const field = (id: string) =>
    renderMailField(view, id, labels.get(id) ?? say(`mail.${id}`), known[id] ?? '');
  return html`${channel.text ? html`<p>${text(channel.text)}</p>` : nothing}
    <p part="notice notice-info" class="notice"><span>${say('notSaved')}</span></p>
    <div class="fields">${asked.map(field)}</div>
    <details>
      <summary>${say('fromTheCase')}</summary>
      <div class="fields">${given.map(field)}</div>
    </details>
    ${renderPreview(view, draft)}
    <div class="remedies">
      ${
        draft.href
          ? html`<a part="button button-primary" class="button primary" href=${draft.href}
              >${say('openMail')}</a
            >`
          : nothing
      }
      <button
        type="button"
        part="button button-secondary"
        class="button"
        @click=${() => download('escalation.eml', 'message/rfc822', emlFile(draft))}
      >
        ${say('download')}
      </button>
    </div>
    <p class="muted">${say(draft.href ? 'nothingOpened' : 'mailTooLong')} ${say('notSentYet')}</p>`;
}

function renderLink(view: DialogView, channel: Channel): TemplateResult {
  if (channel.use !== 'link') return html``;
  const href = safeHref(channel.link.href, true);
  const label = view.text(channel.link.label);
  return html`${channel.text ? html`<p>${view.text(channel.text)}</p>` : nothing}
  ${href ? html`<p><a part="button button-primary" class="button primary" href=${href}>${label}</a></p>` : nothing}`;
}

const RENDER: Record<Channel['use'], (view: DialogView, channel: Channel) => TemplateResult> = {
  contact: renderContact,
  email: renderMail,
  link: renderLink,
  form: () => html``,
  none: () => html``,
};

const channelOf = ({ policy, state }: DialogView): Channel | undefined =>
  policy.channels.find(({ id }) => id === state.verdict.channel);

export function channelTitle(view: DialogView): string {
  return view.text(channelOf(view)?.title ?? view.policy.form.title);
}

/** The right way for this case, instead of the form (G43). What was typed before can be taken along. */
export function renderChannel(view: DialogView): TemplateResult {
  const { say, typed } = view;
  const channel = channelOf(view);
  return html`<div part="channel channel-${channel?.use}">
    ${channel ? RENDER[channel.use](view, channel) : say('changed.not-offered')}
    ${
      typed
        ? html`<div class="group">
            <p>${say('textKept')} ${renderCopy(view)}</p>
            <pre class="foreign" tabindex="0" role="region" aria-label=${say('yourText')}>${typed}</pre>
          </div>`
        : nothing
    }
    ${renderHelp(view.dialog.host, view.policy, view.state, view.text)}
  </div>`;
}
