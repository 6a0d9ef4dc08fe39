import { html, nothing, type TemplateResult } from 'lit';
import type { FeedView } from './view.js';

type Say = FeedView['say'];

const retryButton = (say: Say, onRetry: () => void) =>
  html`<button type="button" part="button button-link" class="link" @click=${onRetry}>
    ${say('retry')}
  </button>`;

/** One line instead of a feed; where trying again may help, with a way to do so. */
export const renderPlain = (say: Say, part: string, text: string, onRetry?: () => void): TemplateResult =>
  html`<section part="feed" aria-label=${say('feedTitle')}>
    <p part=${part} class="plain">
      ${part === 'empty' ? html`<slot name="empty">${text}</slot>` : text}
      ${onRetry ? retryButton(say, onRetry) : nothing}
    </p>
  </section>`;

/** The outline of a feed whose answer is on its way. */
export const renderLoading = (say: Say): TemplateResult =>
  html`<section part="feed" aria-label=${say('feedTitle')} aria-busy="true">
    <p class="hidden" role="status">${say('loading')}</p>
    <div class="skeletons" aria-hidden="true">
      ${[1, 2, 3, 4].map(() => html`<span part="skeleton"></span>`)}
    </div>
  </section>`;

/** What is below was known before the last look failed. */
export const renderStale = (say: Say, onRetry: () => void): TemplateResult =>
  html`<div part="notice notice-warning" class="notice warning">
    <p>${say('stale')}</p>
    ${retryButton(say, onRetry)}
  </div>`;
