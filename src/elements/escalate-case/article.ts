import { html, nothing, type TemplateResult } from 'lit';
import { articleOf } from '../../core/guard-article.js';
import { safeHref } from '../../core/href.js';
import type { Policy, Text } from '../../core/policy.js';
import { feedback } from '../../core/session-actions.js';
import { safeLine } from '../../core/text.js';
import { day } from '../format.js';
import type { CaseDialog } from './dialog.js';
import type { Opinion } from './filled.js';
import { renderRadios, valueOf } from './form.js';
import { button } from './frame.js';
import type { DialogView } from './view.js';

/** What the contract takes, in characters (P20). */
const LIMIT = 255;
/** A screen reader hears of the limit at these counts only, not at every key. */
const TOLD = [0, 10, 20, 50];

function renderLink({ text }: DialogView, label: Text, href: string | undefined): TemplateResult {
  const words = safeLine(text(label), 200);
  const safe = href && safeHref(href);
  return safe
    ? html`<a part="article-link" href=${safe} target="_blank" rel="noopener noreferrer">${words}</a>`
    : html`<bdi>${words}</bdi>`;
}

/** Sends what somebody thinks of the article; what they wrote stays until it has arrived. */
async function sendOpinion(dialog: CaseDialog, { id, version }: Policy): Promise<void> {
  const { helpful, text, state } = dialog.filled.opinion;
  const change = (next: Partial<Opinion>) => dialog.set({ opinion: { ...dialog.filled.opinion, ...next } });
  if (state === 'sending' || [...text].length > LIMIT) return dialog.focus('#article-text');
  change({ state: 'sending' });
  const given = { version, helpful: helpful === 'yes', ...(text.trim() && { text }) };
  const outcome = await feedback(dialog.session, id, given).then(
    () => 'sent' as const,
    () => 'failed' as const,
  );
  change({ state: outcome });
  dialog.focus(outcome === 'sent' ? '[part~="article-thanks"]' : '[part~="article-send"]');
}

function renderWords(view: DialogView, opinion: Opinion): TemplateResult {
  const { say, dialog, policy } = view;
  const { text, state } = opinion;
  const left = LIMIT - [...text].length;
  const told = TOLD.find((count) => left <= count);
  const write = (event: Event) => dialog.set({ opinion: { ...opinion, text: valueOf(event), state: '' } });
  return html`<label part="label" class="label" for="article-text"
      >${say('articleMore')} <span part="optional" class="muted">${say('optional')}</span></label
    >
    <textarea
      part="control textarea"
      id="article-text"
      dir="auto"
      .value=${text}
      ?readonly=${state === 'sending'}
      aria-invalid=${left < 0 ? 'true' : nothing}
      aria-describedby="article-counter"
      @input=${write}
    ></textarea>
    <p part="counter ${left < 0 ? 'counter-over' : ''}" class="muted" id="article-counter">
      ${left < 0 ? say('charactersOver', { over: -left }) : say('charactersLeft', { left })}
    </p>
    <p class="hidden" role="status">${told === undefined ? '' : say('articleLeft', { count: told })}</p>
    ${state === 'failed' ? html`<p part="error" class="error" role="alert">${say('articleFailed')}</p>` : nothing}
    ${button(
      say(state === 'sending' ? 'sending' : 'articleSend'),
      'button-secondary article-send',
      () => void sendOpinion(dialog, policy),
      state === 'sending',
    )}`;
}

/** "Was this article helpful?" (P20), where the help desk wants to know. */
function renderOpinion(view: DialogView): TemplateResult | typeof nothing {
  const { say, dialog } = view;
  const { opinion } = dialog.filled;
  if (!dialog.session.desk.backend.feedback) return nothing;
  if (opinion.state === 'sent')
    return html`<p part="article-thanks" role="status" tabindex="-1">${say('articleThanks')}</p>`;
  return html`${renderRadios(view, {
    pointer: '/helpful',
    legend: say('articleHelpful'),
    value: opinion.helpful,
    inline: true,
    choices: [
      { value: 'yes', label: say('yes') },
      { value: 'no', label: say('no') },
    ],
    onChoose: (value) =>
      dialog.set({ opinion: { ...opinion, helpful: value as Opinion['helpful'], state: '' } }),
  })}
  ${opinion.helpful ? renderWords(view, opinion) : nothing}`;
}

/** The article that the process comes from: which one, of when, with what belongs to it (P19), and what one thinks of it. */
export function renderArticle(view: DialogView): TemplateResult | typeof nothing {
  const { policy, say, now, language } = view;
  const article = articleOf(policy);
  if (!article) return nothing;
  const { id, title, url, lastModified, attachments = [] } = article;
  const changed = new Date(lastModified ?? NaN);
  const date = Number.isNaN(changed.getTime()) ? '' : day(changed, now, language);
  return html`<details part="article">
    <summary part="article-title">${say('article', { id: safeLine(id) })}</summary>
    <p>${renderLink(view, title ?? id, url)}</p>
    <p class="muted">
      ${date ? say('articleChanged', { date }) : nothing}
      ${say('articleVersion', { version: safeLine(policy.version) })}
    </p>
    ${attachments.map(({ label, href }) => html`<p>${renderLink(view, label, href)}</p>`)}
    ${renderOpinion(view)}
  </details>`;
}
