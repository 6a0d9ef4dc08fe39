import { html, nothing, type TemplateResult } from 'lit';
import type { Outgoing } from '../../core/conversation.js';
import { linkify } from '../../core/links.js';
import type { Attachment, Entry, Person } from '../../core/model.js';
import { isolated, safeBody, safeLine } from '../../core/text.js';
import { clockTime } from '../format.js';
import { linkButton } from '../buttons.js';
import type { FeedView } from './view.js';

/** Characters shown of a long text, and how many more at each step (T5). */
const FEW = 2000;
const MANY = 100_000;

/** Text of somebody else: shown as text, with its links. */
export const renderText = (text: string, most?: number): TemplateResult =>
  html`${linkify(safeBody(text, most).text).map((piece) =>
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

/** *Copy*, and where the page may not write to the clipboard, how to do it by hand. */
export function renderCopy({ say, copied }: FeedView, clientId: string, onCopy: (event: Event) => void) {
  const last = copied?.clientId === clientId ? copied : undefined;
  return html`${linkButton(say(last?.done ? 'copied' : 'copy'), onCopy)}
  ${last?.done === false ? html`<span class="muted">${say('copyByHand')}</span>` : nothing}`;
}

/** What an entry without a text of its own says; null: it is a message. */
export function eventLine({ say }: Pick<FeedView, 'say'>, entry: Entry): string | null {
  const name = isolated(entry.author.name);
  switch (entry.kind) {
    case 'status':
      // Only who reopens says why.
      if (entry.status === 'under-review')
        return say(entry.text ? 'statusReopened' : 'statusUnderReview', { name });
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

/** Whether it is one line that says what happened. */
export const isEvent = (view: FeedView, entry: Entry): boolean =>
  eventLine(view, entry) !== null && (!entry.text || entry.kind === 'promise');

/** A long text shows its beginning; the rest comes when it is asked for, in steps that no browser minds. */
function renderBody(view: FeedView, text: string, id?: string): TemplateResult {
  const shown = (id !== undefined && view.shown(id)) || FEW;
  // Nobody folds away a line or two.
  const whole = id === undefined || text.length <= Math.max(shown, FEW + 400);
  // White space counts in it, so that it is written without any.
  const inner = html`${renderText(text, whole ? text.length : shown)}${whole ? nothing : '…'}`;
  const body = html`<div part="entry-text" class="foreign" dir="auto">${inner}</div>`;
  if (id === undefined || text.length <= FEW + 400) return body;
  const next = whole ? undefined : shown === FEW ? MANY : shown + MANY;
  const label = whole ? 'showLess' : text.length <= (next ?? 0) ? 'showAll' : 'showMore';
  return html`${body}
    <p part="entry-actions">${linkButton(view.say(label), () => view.onShow(id, next), shown > FEW)}</p>`;
}

interface Message {
  author: Person;
  at?: string;
  text: string;
  attachments?: readonly Attachment[];
  /** Of an entry: a long text is folded. */
  id?: string;
  tag?: string;
  below?: TemplateResult | typeof nothing;
}

function renderMessage(view: FeedView, message: Message): TemplateResult {
  const { author, at, text, attachments, id, tag, below = nothing } = message;
  // The badge is the help desk's word for what somebody is, never part of a name (T4).
  const role = author.me ? '' : view.role(author.role);
  return html`<article class="row">
    <span part="entry-avatar" aria-hidden="true">${initials(author.name)}</span>
    <div>
      <p part="entry-header">
        ${
          author.me
            ? html`<span part="entry-author">${view.say('you')}</span>`
            : html`<bdi part="entry-author">${safeLine(author.name)}</bdi>`
        }
        ${role ? html`<span part="entry-role">${role}</span>` : nothing}
        ${at ? html`<time part="entry-time" datetime=${at}>${clockTime(new Date(at), view.language)}</time>` : nothing}
        ${tag ? html`<span part="entry-tag">${tag}</span>` : nothing}
      </p>
      ${renderBody(view, text, id)}${view.attachments(attachments)}${below}
    </div>
  </article>`;
}

/** How an entry looks: one of ours, one of theirs, or something that happened. */
export function renderEntry(view: FeedView, entry: Entry, newestOwn: boolean): TemplateResult {
  const { say, language } = view;
  const { id, at, author, text, kind, attachments } = entry;
  const line = eventLine(view, entry);
  if (line !== null)
    return html`<p part="entry-line">
        <bdi>${line}</bdi> ·
        <time part="entry-time" datetime=${at}>${clockTime(new Date(at), language)}</time>
      </p>
      ${isEvent(view, entry) ? nothing : renderMessage(view, { author, at, text, attachments, id })}`;
  const tag = kind === 'next-steps' ? say('nextSteps') : kind === 'internal' ? say('internal') : '';
  const more = view.below?.(entry) ?? nothing;
  const below =
    newestOwn || more !== nothing
      ? html`<p part="entry-actions">
          ${newestOwn ? html`<span part="entry-status" class="muted">${say('sent')}</span>` : nothing} ${more}
        </p>`
      : nothing;
  return renderMessage(view, { author, at, text, attachments, id, tag, below });
}

/** Why a message was not sent. */
function whyFailed({ problem }: Outgoing): string {
  if (problem?.code === 'signed-out') return 'failedSignedOut';
  if (problem?.code === 'escalation-closed') return 'failedClosed';
  if (problem?.code === 'unconfirmed') return 'failedUnsure';
  if (problem?.code === 'invalid' || problem?.code === 'too-large') return 'failedRefused';
  return problem?.retryable ? 'failedWhy' : 'failed';
}

/** A message on its way, at the end of the list; a failed one keeps its text and says what can be done. */
export function renderOutgoing(view: FeedView, row: Outgoing, me: Person): TemplateResult {
  const { say } = view;
  const { clientId, text, attachments } = row;
  const failed = row.state === 'failed';
  const why = whyFailed(row);
  const gone = view.filesGone(row);
  const onCopy = (event: Event) => {
    const shown = (event.target as Element).closest('li')?.querySelector<HTMLElement>('[part="entry-text"]');
    view.onCopy(clientId, text, shown);
  };
  const below = html`<p part="entry-actions">
    ${gone ?? html`<span part="entry-status" class=${failed ? 'error' : 'muted'}>${say(failed ? why : 'sending')}</span>`}
    ${
      failed
        ? html`${
            // Nothing but another escalation would take it.
            why === 'failedClosed' || gone
              ? nothing
              : linkButton(say('sendAgain'), () => view.onRetry(clientId))
          }
          ${renderCopy(view, clientId, onCopy)} ${linkButton(say('delete'), () => view.onDiscard(clientId))}`
        : nothing
    }
  </p>`;
  return renderMessage(view, { author: { ...me, me: true }, text, attachments, below });
}
