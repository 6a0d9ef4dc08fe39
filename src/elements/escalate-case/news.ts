import { html, nothing, type TemplateResult } from 'lit';
import { isolated, safeLine } from '../../core/text.js';
import { clockTime, day, moment } from '../format.js';
import { renderCopy } from './copy-button.js';
import { renderCriteria } from './criteria.js';
import { linkButton } from '../buttons.js';
import { addTo, isRepeatable, retry } from './actions.js';
import { discard, undoDiscard } from './drafts.js';
import type { Base, FormScreen, Screen } from './view.js';
import { existingLine, renderFaults, renderProblem } from './outcome.js';

type Form = FormScreen;

const STALE: readonly string[] = ['criteria-not-met', 'channel-not-offered', 'not-entitled', 'signed-out'];

const notice = (tone: string, text: string, more: unknown = nothing) =>
  html`<div part="notice notice-${tone}" class="notice">
    <p>${text}</p>
    ${more}
  </div>`;

/** The update that has restarted a clock: who wrote, when, and what that means. */
function restarted({ view, say, now, language }: Form): string | null {
  const { availableAt } = view.state.verdict;
  const evidence = view.criteria.find(
    ({ result, evidence }) => result === 'not-met' && evidence?.code === 'last-update',
  )?.evidence;
  const at = evidence?.values['at'];
  if (!availableAt || typeof at !== 'string') return null;
  const { by, hours } = evidence?.values ?? {};
  return say(by ? 'changed.restarted' : 'changed.restarted.unnamed', {
    by: isolated(String(by)),
    at: clockTime(new Date(at), language),
    hours: Number(hours),
    time: moment(new Date(availableAt), now, language),
  });
}

/** Nothing of the case is in the way. */
const isFree = (way: Form['way']): boolean => way === 'available' || way === 'asked';

const isSignedOut = ({ dialog }: Base): boolean => dialog.session.snapshot.phase === 'signed-out';

/** What has changed while somebody typed; null: the request can still be sent. */
function changeOf(screen: Form): string | null {
  const { way, keeps, say, unconfirmed, view, dialog } = screen;
  const kept = ` ${say('textKept')}`;
  if (way === 'not-offered' && !keeps)
    return safeLine(view.state.verdict.policyReason ?? '', 500) || say('changed.not-offered');
  if (!keeps || dialog.filled.sending || unconfirmed) return null;
  if (isSignedOut(screen)) return say('signedOut');
  if (isFree(way)) return null;
  if (way === 'open-escalation') return existingLine(screen, view.state.openEscalation) + kept;
  return ((way === 'blocked' && restarted(screen)) || say(`changed.${way}`)) + kept;
}

function renderChange(screen: Form, text: string): TemplateResult {
  const { way, say, view, keeps, dialog } = screen;
  const signedOut = isSignedOut(screen);
  const unmet = view.criteria.filter(({ result }) => result === 'not-met');
  const isRestarted = way === 'blocked' && restarted(screen) !== null;
  return html`<div part="notice notice-warning" class="notice news" tabindex="-1" data-outcome>
    <p>${text}</p>
    ${isRestarted && !signedOut ? linkButton(say('readUpdate'), toLastUpdate) : nothing}
    ${signedOut ? linkButton(say('retry'), () => void retry(dialog)) : keeps ? renderCopy(screen) : nothing}
    ${way === 'blocked' && !isRestarted ? renderCriteria(view, unmet) : nothing}
  </div>`;
}

function toLastUpdate({ target }: Event): void {
  const root = (target as HTMLElement).getRootNode() as ShadowRoot;
  root.querySelector<HTMLElement>('[part="last-update"]')?.focus();
}

/** Declined before (G34): by whom and why, above the form that holds the old text. */
function renderDeclined({ dialog, say, language, now, view }: Form): TemplateResult | typeof nothing {
  const { declined } = dialog.filled;
  const decision = declined?.decision;
  if (!decision) return nothing;
  const name = isolated(declined.owner?.name ?? '');
  const reasons = decision.criteria ?? [];
  const line = say(declined.owner ? 'declined' : 'declined.unnamed', {
    date: day(new Date(decision.at), now, language),
    name,
    text: safeLine(reasons.at(0)?.text ?? decision.text, 300),
  });
  const titles = new Map(view.policy.criteria.map(({ id, title }) => [id, view.text(title)]));
  return html`<div part="notice notice-info" class="notice">
    <p dir="auto">${line}</p>
    ${
      reasons.length
        ? html`<details>
            <summary>${say('allReasons')}</summary>
            <p dir="auto" class="foreign">${safeLine(decision.text, 2000)}</p>
            <ul>
              ${reasons.map(
                ({ id, text }) =>
                  html`<li dir="auto"><strong>${titles.get(id)}</strong> ${safeLine(text, 1000)}</li>`,
              )}
            </ul>
          </details>`
        : nothing
    }
  </div>`;
}

/** What stands above the form: what went wrong, what has changed, what happened before. */
export function renderNews(screen: Form): TemplateResult {
  const { say, dialog, way, keeps } = screen;
  const { problem, remedied, discarded } = dialog.filled;
  const change = changeOf(screen);
  // The change says it better than the refusal that came of it.
  const told = change !== null && problem && STALE.includes(problem.code);
  return html`${told ? nothing : renderProblem(screen)}${renderFaults(screen)}
  ${change === null ? nothing : renderChange(screen, change)}${renderDeclined(screen)}
  ${dialog.waited && isFree(way) && !keeps ? notice('success', say('canNow')) : nothing}
  ${remedied ? notice('success', say(remedied)) : nothing}
  ${
    discarded
      ? notice(
          'info',
          say('discarded'),
          linkButton(say('undo'), () => undoDiscard(dialog)),
        )
      : nothing
  }`;
}

/** Said once, when it changes, by the one status of the dialog. */
export function statusOf(screen: Screen): string {
  const { say, dialog } = screen;
  const { sending, copied, added, remedied, discarded } = dialog.filled;
  if (sending) return say('sending');
  if (copied) return say(copied.endsWith('?') ? 'selected' : 'copied');
  if (screen.kind === 'loading') return say('loading');
  if (screen.kind === 'existing' && added === 'added') return say('added');
  if (screen.kind !== 'form') return '';
  if (remedied) return say(remedied);
  if (discarded) return say('discarded');
  return changeOf(screen) ?? (dialog.waited && isFree(screen.way) ? say('canNow') : '');
}

/** The way on with what is typed, where the form cannot be sent, or not again without looking first. */
export function otherWayOn({ way, say, dialog, state, unconfirmed }: Form): [string, () => void] | undefined {
  const escalation = state?.openEscalation;
  if (unconfirmed) return [say(isRepeatable(dialog) ? 'retry' : 'checkAgain'), () => void retry(dialog)];
  if (way === 'elsewhere') return [say('showHow'), () => dialog.set({ left: true })];
  return escalation?.can.post ? [say('addText'), () => void addTo(dialog, escalation)] : undefined;
}

export const renderDiscard = (screen: Screen): TemplateResult | typeof nothing =>
  screen.kind === 'form' && screen.typed && !screen.view.frozen
    ? linkButton(screen.say('discard'), () => discard(screen.dialog))
    : nothing;
