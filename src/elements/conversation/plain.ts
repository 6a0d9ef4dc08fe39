import { html, nothing, type TemplateResult } from 'lit';
import { linkButton } from '../buttons.js';
import type { FeedView } from './view.js';
import type { Talking } from './talking.js';

type Say = FeedView['say'];

/** One line instead of a feed; where trying again may help, with a way to do so. */
export const renderPlain = (
  say: Say,
  part: string,
  text: string,
  help: unknown,
  onRetry?: () => void,
): TemplateResult =>
  html`<section part="feed" aria-label=${say('feedTitle')}>
    <p part=${part} class="plain">
      ${part === 'empty' ? html`<slot name="empty">${text}</slot>` : text}
      ${onRetry ? linkButton(say('retry'), onRetry) : nothing}
    </p>
    ${help}
  </section>`;

/** The outline of a feed whose answer is on its way. */
export const renderLoading = (say: Say): TemplateResult =>
  html`<section part="feed" aria-label=${say('feedTitle')} aria-busy="true">
    <p class="hidden" role="status">${say('feed.loading')}</p>
    <div class="skeletons" aria-hidden="true">
      ${[1, 2, 3, 4].map(() => html`<span part="skeleton"></span>`)}
    </div>
  </section>`;

/** What is below was known before the last look failed. */
export const renderStale = (say: Say, text: string, onRetry: () => void): TemplateResult =>
  html`<div part="notice notice-warning" class="notice">
    <p>${text}</p>
    ${linkButton(say('retry'), onRetry)}
  </div>`;

/**
 * What stands where there is no escalation to show, and why; undefined: there is one.
 * @param below draws what comes after the words
 */
export function renderInstead(
  { shown, say, conversation, session, offText }: Talking,
  below: () => unknown,
  onRetry: () => void,
): TemplateResult | undefined {
  const plain = (part: string, text: string, retry?: () => void) =>
    renderPlain(say, part, text, below(), retry);
  if (shown === 'loading') return renderLoading(say);
  if (shown === 'off' && !conversation) return plain('off', offText);
  if (shown === 'unknown' || shown === 'signed-out') return plain('notice', say(`feed.${shown}`), onRetry);
  // The case is there, the escalation is not for this user.
  if (shown === 'refused') return plain('notice', say(session.snapshot.state ? 'refusedTalk' : shown));
  if (shown === 'empty' || shown === 'unconfigured')
    return plain(shown === 'empty' ? 'empty' : 'notice', say(shown));
  return undefined;
}
