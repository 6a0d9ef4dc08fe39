import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Outgoing, Talk } from '../../core/conversation.js';
import type { Entry, Person } from '../../core/model.js';
import { day } from '../format.js';
import { isEvent, renderEntry, renderOutgoing } from './entry.js';
import type { FeedView } from './view.js';

/** One row of the list. */
interface Row {
  key: string;
  day: string;
  part: string;
  draw(): TemplateResult;
}

const partOf = (view: FeedView, entry: Entry, pinned: boolean): string =>
  [
    'entry',
    entry.author.me ? 'entry-mine' : 'entry-theirs',
    isEvent(view, entry) && 'entry-event',
    ['decision', 'next-steps', 'notice', 'internal'].includes(entry.kind) && `entry-${entry.kind}`,
    pinned && 'entry-pinned',
  ]
    .filter(Boolean)
    .join(' ');

const newest = ({ entries }: Talk, is: (entry: Entry) => boolean) => entries.findLast(is)?.id;

function rowsOf(view: FeedView, me: Person): Row[] {
  const { talk, now, language } = view;
  const own = newest(talk, ({ kind, author }) => kind === 'message' && Boolean(author.me));
  const pinned = newest(talk, ({ kind }) => kind === 'next-steps');
  const today = day(now, now, language);
  return [
    ...talk.entries.map((entry) => ({
      key: entry.id,
      day: day(new Date(entry.at), now, language),
      part: partOf(view, entry, entry.id === pinned),
      draw: () => renderEntry(view, entry, entry.id === own),
    })),
    ...talk.outbox.map((row: Outgoing) => ({
      key: `out ${row.clientId}`,
      day: today,
      part: `entry entry-mine entry-${row.state}`,
      draw: () => renderOutgoing(view, row, me),
    })),
  ];
}

const renderOlder = ({ say, loadingOlder, onOlder }: FeedView) =>
  html`<button
    type="button"
    part="older button button-secondary ${loadingOlder ? 'button-busy' : ''}"
    class="button"
    aria-disabled=${loadingOlder ? 'true' : nothing}
    @click=${onOlder}
  >
    ${say(loadingOlder ? 'olderLoading' : 'older')}
  </button>`;

/**
 * The one renderer of the list: keyed, append-only, in the order of the help desk whatever the times say (M05).
 * `aria-setsize` and `aria-posinset` say each row's place, so that a windowed renderer can take over without a change
 * for readers.
 */
export function renderEntries(view: FeedView, me: Person): TemplateResult {
  const { talk, say } = view;
  const rows = rowsOf(view, me);
  const size = talk.older ? -1 : rows.length;
  return html`
    ${talk.older ? renderOlder(view) : nothing}
    ${talk.skipped ? html`<p part="notice" class="muted">${say('skipped', { count: talk.skipped })}</p>` : nothing}
    ${rows.length ? nothing : html`<p class="muted">${say('noMessages')}</p>`}
    <ol part="entries">
      ${repeat(
        rows,
        ({ key }) => key,
        (row, i) =>
          html`<li part=${row.part} aria-setsize=${size} aria-posinset=${i + 1}>
            ${rows[i - 1]?.day === row.day ? nothing : html`<p part="day">${row.day}</p>`}${row.draw()}
          </li>`,
      )}
    </ol>
  `;
}
