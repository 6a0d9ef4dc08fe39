import { html, nothing, type TemplateResult } from 'lit';
import type { CriterionResult } from '../../core/model.js';
import type { Remedy } from '../../core/policy.js';
import { safeHref } from '../../core/href.js';
import { newId } from '../../core/id.js';
import { evidenceText, RESULT_ICONS } from '../criteria/evidence.js';
import { paths } from '../icon-paths.js';
import { icon } from '../icons.js';
import { pathOf } from './answers.js';
import { renderTextarea } from './form.js';
import { copy } from './actions.js';
import { copyWord } from './copy-button.js';
import { carryOut, sendReply } from './remedies.js';
import type { DialogView } from './view.js';

/** The address of a way out that has one. */
function remedyHref({ state }: DialogView, remedy: Remedy): string | null {
  if (remedy.kind === 'link') return safeHref(remedy.href, true);
  const { caseFeedUrl } = state.case;
  return remedy.kind === 'reply-on-case' && caseFeedUrl ? safeHref(caseFeedUrl) : null;
}

/** One way out, as a link or a button. */
function renderRemedy(view: DialogView, about: string, remedy: Remedy): TemplateResult | typeof nothing {
  const label = view.text(remedy.label);
  const href = remedyHref(view, remedy);
  const act = (event: Event) => carryOut(view.dialog, about, remedy, pathOf(view), event);
  if (href)
    return html`<a part="remedy button button-secondary" class="button" href=${href} @click=${act}
      >${label}</a
    >`;
  return html`<button type="button" part="remedy button button-secondary" class="button" @click=${act}>
    ${label}
  </button>`;
}

/** The ways out of a criterion or of a reason, which `about` names. */
export const renderRemedies = (
  view: DialogView,
  { id: about, remedies }: { id: string; remedies: readonly Remedy[] },
): TemplateResult | typeof nothing =>
  remedies.length
    ? html`<div class="remedies">${remedies.map((remedy) => renderRemedy(view, about, remedy))}</div>`
    : nothing;

/**
 * A text for the case, written here; where we may not write on it, the words to use elsewhere. Below the criteria, not in
 * one of them: it stays when the criterion that it answers is met meanwhile.
 */
export function renderReply(view: DialogView): TemplateResult | typeof nothing {
  const { say, state } = view;
  const { reply } = view.dialog.filled;
  if (!reply || (!state.can.note && !reply.text)) return nothing;
  if (!state.can.note)
    return html`<div part="reply" class="group">
      <p class="muted">${say('useTheseWords')}</p>
      <pre class="foreign" tabindex="0" role="region" aria-label=${say('yourText')}>${reply.text}</pre>
      <button
        type="button"
        part="button button-secondary"
        class="button"
        @click=${(event: Event) => void copy(view.dialog, 'reply', reply.text, (event.target as HTMLElement).previousElementSibling as HTMLElement)}
      >
        ${say(copyWord(view.dialog.filled, 'reply', 'copyTheText'))}
      </button>
    </div>`;
  if (reply.kind === 'priority-change') return nothing;
  return html`<div part="reply" class="group">
    ${renderTextarea(view, {
      pointer: '/reply',
      label: say('replyLabel'),
      value: reply.text,
      optional: false,
      maxLength: 10_000,
      // Another text is another note: with the old key it would be refused.
      onInput: (text) => view.dialog.set({ reply: { ...reply, text, key: newId() } }),
    })}
    <button
      type="button"
      part="button button-primary ${reply.sending ? 'button-busy' : ''}"
      class="button primary"
      aria-disabled=${reply.sending ? 'true' : 'false'}
      @click=${() => void sendReply(view.dialog)}
    >
      ${say(reply.sending ? 'sending' : 'sendReply')}
    </button>
  </div>`;
}

/** One criterion: a word and a shape, its title, and why. What is met stays short. */
function renderCriterion(view: DialogView, result: CriterionResult): TemplateResult | typeof nothing {
  const criterion = view.policy.criteria.find(({ id }) => id === result.id);
  if (!criterion) return nothing;
  const unmet = result.result === 'not-met';
  const evidence =
    result.evidence && result.result !== 'met'
      ? evidenceText(view, result.evidence, criterion.guidance !== undefined)
      : [];
  return html`<li part="criterion criterion-${result.result}">
    ${icon(RESULT_ICONS[result.result], paths[RESULT_ICONS[result.result]], 'criterion-icon', view.dialog.icons)}
    <p>
      <span part="criterion-result">${view.say(`result.${result.result}`)}</span>
      <span part="criterion-title">${view.text(criterion.title)}</span>
    </p>
    ${evidence.map((line) => html`<p part="criterion-evidence" class="muted" dir="auto">${line}</p>`)}
    ${
      unmet && criterion.guidance
        ? html`<p part="criterion-guidance" class="muted">${view.text(criterion.guidance)}</p>`
        : nothing
    }
    ${unmet ? renderRemedies(view, criterion) : nothing}
    ${
      unmet && result.contestable
        ? html`<div class="remedies">
            <button
              type="button"
              part="remedy button button-link"
              class="link"
              @click=${() => view.onDraft({ contested: [...view.draft.contested, result.id] })}
            >
              ${view.say('alreadyReplied')}
            </button>
          </div>`
        : nothing
    }
  </li>`;
}

/** What is in the way, in full; what is fine on one line. What will be asked comes with the form. */
export function renderBlockers(view: DialogView, results: readonly CriterionResult[]): TemplateResult {
  const met = results.filter(({ result }) => result === 'met').map(({ id }) => id);
  const titles = view.policy.criteria
    .filter(({ id }) => met.includes(id))
    .map(({ title }) => view.text(title));
  return html`${renderCriteria(
    view,
    results.filter(({ result }) => result === 'not-met' || result === 'unknown'),
  )}
  ${
    titles.length
      ? html`<p part="criterion criterion-met" class="muted">
          ${icon('check', paths.check, 'criterion-icon', view.dialog.icons)}
          <span
            ><span part="criterion-result">${view.say('result.met')}</span>
            <span part="criterion-title">${titles.join(' · ')}</span></span
          >
        </p>`
      : nothing
  }`;
}

/** All criteria; what is in the way first. */
export function renderCriteria(view: DialogView, results: readonly CriterionResult[]): TemplateResult {
  const order = { 'not-met': 0, unknown: 1, ask: 2, met: 3 };
  const sorted = [...results].sort((a, b) => order[a.result] - order[b.result]);
  return html`<ul part="criteria">
    ${sorted.map((result) => renderCriterion(view, result))}
  </ul>`;
}
