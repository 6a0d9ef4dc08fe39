import { html, nothing, type TemplateResult } from 'lit';
import type { ActionKind, Escalation } from '../../core/model.js';
import { linkButton } from '../buttons.js';
import { actButton, renderActProblem, renderDone } from '../conversation/acts.js';
import { renderCopy } from '../conversation/entry.js';
import type { FeedView } from '../conversation/view.js';
import { renderAccept, stepIds } from './accept.js';
import { renderPromises, renderSaying } from './care.js';
import { renderDecline } from './decline.js';

/** In the order in which they are needed; the first of a new request is the next thing to do. */
const BAR = [
  'take',
  'accept',
  'decline',
  'resolve',
  'reopen',
  'next-update',
  'promise',
  'keep-promise',
  'note',
  'withdraw',
] as const;
type Offered = (typeof BAR)[number];

function renderForm(view: FeedView, kind: Offered, escalation: Escalation) {
  if (kind === 'take') return nothing;
  if (kind === 'accept') return renderAccept(view);
  if (kind === 'decline') return renderDecline(view, escalation);
  if (kind === 'keep-promise') return renderPromises(view, escalation);
  return renderSaying(view, kind, escalation);
}

/** What was written for an action that cannot be done any more, because somebody else was faster. */
function renderLeft(view: FeedView, kind: ActionKind, { criteria = [] }: Escalation): TemplateResult {
  const { acting, say } = view;
  const names = [
    'text',
    ...(kind === 'accept' ? stepIds(view).map((id) => `step-${id}`) : []),
    ...criteria.map(({ id }) => `why-${id}`),
  ];
  const text = names.map((name) => acting.value(kind, name)).filter(Boolean).join('\n\n'); // prettier-ignore
  const onCopy = (event: Event) =>
    view.onCopy(
      kind,
      text,
      (event.target as Element).closest('[data-left]')?.querySelector<HTMLElement>('.foreign'),
    );
  return html`<div part="unsent" tabindex="-1" data-left>
    <div part="notice notice-warning" class="notice"><p>${say('actChanged')}</p></div>
    ${
      text
        ? html`<p class="muted">${say('unsent')}</p>
            <p class="foreign" dir="auto">${text}</p>`
        : nothing
    }
    <p part="entry-actions">
      ${text ? renderCopy(view, kind, onCopy) : nothing}
      ${linkButton(say('delete'), () => acting.forget(kind))}
    </p>
  </div>`;
}

/** What may be done now: one row of buttons, and below it the form of the one that was chosen. */
export function renderActions(view: FeedView, escalation: Escalation): TemplateResult {
  const { acting, say } = view;
  const { act } = escalation.can;
  const offered = BAR.filter((kind) => act.includes(kind));
  const { form, busy, failed } = acting;
  // On its way it stays, although it is not offered any more.
  const open = BAR.find((kind) => kind === form && (offered.includes(kind) || busy === kind));
  return html`<section part="actions" aria-label=${say('review.actions')}>
    ${renderDone(view)} ${failed && failed !== open ? renderActProblem(view, failed) : nothing}
    ${form && !open ? renderLeft(view, form, escalation) : nothing}
    ${
      offered.length
        ? html`<div class="row" role="group" aria-label=${say('review.actions')}>
            ${offered.map((kind) =>
              actButton(view, kind, say(`review.act.${kind}`), {
                primary: offered[0] === kind && (kind === 'take' || kind === 'accept'),
                onAct:
                  kind === 'take' ? () => void acting.act({ kind }, { id: 'review.done.take' }) : undefined,
              }),
            )}
          </div>`
        : nothing
    }
    ${open ? renderForm(view, open, escalation) : nothing}
  </section>`;
}
