import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Outgoing } from '../../core/conversation.js';
import type { Entry, Person } from '../../core/model.js';
import { isolated, safeBody, safeLine } from '../../core/text.js';
import { linkify } from '../../core/links.js';
import { clockTime, day } from '../format.js';
import type { FeedView } from './view.js';

/** Text of somebody else: shown as text, with its links. */
export const renderText = (text: string): TemplateResult =>
  html`${linkify(safeBody(text).text).map((piece) =>
    piece.href
      ? html`<a part="entry-link" href=${piece.href} target="_blank" rel="noopener noreferrer nofollow ugc"
          >${piece.text}</a
        >`
      : piece.text,
  )}`;

const initials = (name: string): string =>
  safeLine(name)
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();

/** What an entry without a text of its own says; null: it is a message. */
function eventLine({ say }: FeedView, entry: Entry): string | null {
  const name = isolated(entry.author.name);
  switch (entry.kind) {
    case 'status':
      if (entry.status === 'under-review') return say('statusUnderReview', { name });
      if (entry.status === 'resolved') return say('statusResolved', { name });
      if (entry.status === 'withdrawn') return say('statusWithdrawn', { name });
      return say('statusRequested', { name });
    case 'decision':
      return say(entry.status === 'declined' ? 'decisionDeclined' : 'decisionAccepted', { name });
    case 'moved':
      return say('moved', { name });
    case 'promise': {
      const text = safeLine(entry.text, 1000);
      return entry.about ? say('kept', { text }) : say('promised', { name, text });
    }
    case 'notice':
      return entry.text ? null : say('notice', { name });
    default:
      return null;
  }
}

const renderBubble = (text: string) =>
  html`<div part="entry-text" class="foreign" dir="auto">${renderText(text)}</div>`;

function renderMessage(
  view: FeedView,
  author: Person,
  at: string,
  text: string,
  status: TemplateResult | typeof nothing,
  tag = '',
): TemplateResult {
  const { say, language } = view;
  return html`<article class="row">
    <span part="entry-avatar" aria-hidden="true">${initials(author.name)}</span>
    <div>
      <p part="entry-header">
        ${
          author.me
            ? html`<span part="entry-author">${say('you')}</span>`
            : html`<bdi part="entry-author">${safeLine(author.name)}</bdi>
                <span part="entry-role">${view.role(author.role)}</span>`
        }
        ${at ? html`<time part="entry-time" datetime=${at}>${clockTime(new Date(at), language)}</time>` : nothing}
        ${tag ? html`<span part="entry-tag">${tag}</span>` : nothing}
      </p>
      ${renderBubble(text)}${status}
    </div>
  </article>`;
}

/** How an entry looks: one of ours, one of theirs, or something that happened. */
function renderEntry(view: FeedView, entry: Entry, newestOwn: boolean): TemplateResult {
  const line = eventLine(view, entry);
  if (line !== null)
    return html`<p part="entry-line">
        <bdi>${line}</bdi> · <time datetime=${entry.at}>${clockTime(new Date(entry.at), view.language)}</time>
      </p>
      ${entry.text && entry.kind !== 'promise' ? renderMessage(view, entry.author, entry.at, entry.text, nothing) : nothing}`;
  const tag =
    entry.kind === 'next-steps'
      ? view.say('nextSteps')
      : entry.kind === 'internal'
        ? view.say('internal')
        : '';
  const sent = newestOwn
    ? html`<p part="entry-actions"><span part="entry-status" class="muted">${view.say('sent')}</span></p>`
    : nothing;
  return renderMessage(view, entry.author, entry.at, entry.text, sent, tag);
}

const partOf = (entry: Entry, isEvent: boolean): string =>
  [
    'entry',
    entry.author.me ? 'entry-mine' : 'entry-theirs',
    isEvent && (!entry.text || entry.kind === 'promise') && 'entry-event',
    ['decision', 'next-steps', 'notice'].includes(entry.kind) && `entry-${entry.kind}`,
  ]
    .filter(Boolean)
    .join(' ');

/** A message on its way, at the end of the list; a failed one keeps its text and says what can be done. */
function renderOutgoing(view: FeedView, row: Outgoing, me: Person): TemplateResult {
  const { say, conversation } = view;
  const failed = row.state === 'failed';
  const code = row.problem?.code;
  const why =
    code === 'signed-out'
      ? 'failedSignedOut'
      : code === 'escalation-closed'
        ? 'failedClosed'
        : code && row.problem?.retryable
          ? 'failedWhy'
          : 'failed';
  const action = (label: string, onClick: () => void) =>
    html`<button type="button" part="button button-link" class="link" @click=${onClick}>${label}</button>`;
  const status = html`<p part="entry-actions">
    <span part="entry-status" class=${failed ? 'error' : 'muted'}>${say(failed ? why : 'sending')}</span>
    ${
      failed
        ? html`${action(say('sendAgain'), () => conversation.retry(row.clientId))}
          ${action(say(view.copied === row.clientId ? 'copied' : 'copy'), () => view.onCopy(row.clientId, row.text))}
          ${action(say('delete'), () => conversation.discard(row.clientId))}`
        : nothing
    }
  </p>`;
  return renderMessage(view, { ...me, me: true }, '', row.text, status);
}

/**
 * The one renderer of the list: keyed, append-only. `aria-setsize` and `aria-posinset` say each row's place, so that a
 * windowed renderer can take over without a change for readers.
 */
export function renderEntries(view: FeedView, me: Person): TemplateResult {
  const { talk, say, now, language } = view;
  const rows: { key: string; at: string; entry?: Entry; outgoing?: Outgoing }[] = [
    ...talk.entries.map((entry) => ({ key: entry.id, at: entry.at, entry })),
    ...talk.outbox.map((outgoing) => ({ key: `out ${outgoing.clientId}`, at: now.toISOString(), outgoing })),
  ];
  const newest = talk.entries.findLast(({ kind, author }) => kind === 'message' && author.me)?.id;
  const dayOf = (at: string) => day(new Date(at), now, language);
  const size = talk.older ? -1 : rows.length;
  return html`
    ${
      talk.older
        ? html`<button
            type="button"
            part="older button button-secondary"
            class="button"
            @click=${() => void view.conversation.showOlder()}
          >
            ${say('older')}
          </button>`
        : nothing
    }
    <ol part="entries">
      ${repeat(
        rows,
        ({ key }) => key,
        ({ at, entry, outgoing }, i) => {
          const before = rows[i - 1];
          const heading =
            !before || dayOf(before.at) !== dayOf(at) ? html`<p part="day">${dayOf(at)}</p>` : nothing;
          const part = entry
            ? partOf(entry, eventLine(view, entry) !== null)
            : `entry entry-mine entry-${outgoing?.state ?? ''}`;
          return html`<li part=${part} aria-setsize=${size} aria-posinset=${i + 1}>
            ${heading}${entry ? renderEntry(view, entry, entry.id === newest) : outgoing ? renderOutgoing(view, outgoing, me) : nothing}
          </li>`;
        },
      )}
    </ol>
  `;
}
