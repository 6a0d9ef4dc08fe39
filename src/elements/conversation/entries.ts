import { html, nothing, type TemplateResult } from 'lit';
import type { Entry, Person } from '../../core/model.js';
import { linkButton } from '../buttons.js';
import { day } from '../format.js';
import { isEvent, renderEntry, renderOutgoing } from './entry.js';
import type { Rows } from './row-window.js';
import type { FeedView } from './view.js';

function partOf(view: FeedView, entry: Entry): string {
  const { id, kind, author } = entry;
  return [
    'entry',
    author.me ? 'entry-mine' : 'entry-theirs',
    isEvent(view, entry) && 'entry-event',
    ['decision', 'next-steps', 'notice', 'internal'].includes(kind) && `entry-${kind}`,
    id === view.nextSteps?.id && 'entry-pinned',
    view.unread.includes(id) && 'entry-unread',
    id === view.found && 'entry-found',
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * The rows of the list: keyed, append-only, in the order of the help desk whatever the times say (M05). What a row needs
 * is worked out when it is drawn. `aria-setsize` and `aria-posinset` say its place, whatever else is drawn.
 */
export function rowsOf(view: FeedView, me: Person): Rows {
  const { talk, now, language, say, found, unread, newestOwn } = view;
  const { entries, older, newer } = talk;
  const outbox = newer === null ? talk.outbox : [];
  const size = entries.length + outbox.length;
  const dayOf = (index: number) =>
    day(index < entries.length ? new Date(entries[index]!.at) : now, now, language);
  const drawOf = (index: number) => {
    const entry = entries[index];
    if (entry) return [partOf(view, entry), renderEntry(view, entry, entry.id === newestOwn)] as const;
    const row = outbox[index - entries.length]!;
    return [`entry entry-mine entry-${row.state}`, renderOutgoing(view, row, me)] as const;
  };
  return {
    size,
    items: entries,
    key: (index) => entries[index]?.id ?? `out ${outbox[index - entries.length]?.clientId}`,
    draw(index) {
      const id = entries[index]?.id;
      const its = dayOf(index);
      const [part, row] = drawOf(index);
      return html`<li
        part=${part}
        aria-setsize=${older === null && newer === null ? size : -1}
        aria-posinset=${index + 1}
        tabindex=${id !== undefined && id === found ? -1 : nothing}
      >
        ${index > 0 && dayOf(index - 1) === its ? nothing : html`<p part="day">${its}</p>`}${
          id !== undefined && id === unread[0]
            ? html`<p part="unread-line">${say('unreadLine')}</p>`
            : nothing
        }${row}
      </li>`;
    },
  };
}

/** A button at an edge of what is loaded. */
const renderEdge = ({ say, loading }: FeedView, which: 'older' | 'newer', onClick: () => void) =>
  html`<button
    type="button"
    part="${which} button button-secondary ${loading === which ? 'button-busy' : ''}"
    class="button"
    aria-disabled=${loading ? 'true' : nothing}
    @click=${onClick}
  >
    ${say(loading === which ? 'olderLoading' : which)}
  </button>`;

/** What has come while the reader was further up. */
const renderCame = ({ say, came, onCame }: FeedView) =>
  came
    ? html`<button
        type="button"
        part="new-messages button button-primary"
        class="button primary"
        @click=${onCame}
      >
        ${say('cameMessages', { count: came })}
      </button>`
    : nothing;

/** What is around the list of rows, which draws itself. */
export function renderEntries(view: FeedView): TemplateResult {
  const { talk, say, onOlder, onNewer, onNewest } = view;
  const { older, newer, skipped } = talk;
  const isEmpty = !talk.entries.length && !talk.outbox.length;
  return html`
    ${older === null ? nothing : renderEdge(view, 'older', onOlder)}
    ${skipped ? html`<p part="notice" class="muted">${say('skipped', { count: skipped })}</p>` : nothing}
    ${isEmpty ? html`<p class="muted">${say('noMessages')}</p>` : nothing}
    <ol part="entries"></ol>
    ${
      newer === null
        ? nothing
        : html`<p class="edge">
            ${renderEdge(view, 'newer', onNewer)} ${linkButton(say('newest'), onNewest)}
          </p>`
    }
    ${renderCame(view)}
  `;
}
