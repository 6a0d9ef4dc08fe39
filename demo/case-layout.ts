import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import {
  renderCaseFeed,
  renderDetails,
  renderHeader,
  renderLatest,
  renderPeople,
  type Reply,
} from './case-parts.js';
import { faultById } from './desk/faults.js';
import type { CasePage } from './desk/portal.js';
import { icons } from './icons.js';
import { ENGLISH, type Language } from './lab/language.js';
import { renderTabs, type Tab } from './tabs.js';

/** How the case page is laid out, and where the elements stand in it. */
export interface CaseView {
  caseId: string;
  language: Language;
  page: CasePage;
  tab: string;
  /** An escalation is open. */
  escalated: boolean;
  /** Entries of it that the user has not read. */
  unread: number;
  reply: Reply;
  selectTab: (id: string) => void;
  /** The phone's own: more to do with the case. */
  more: TemplateResult;
}

type Shows = Pick<CaseView, 'caseId' | 'language'>;

/** Made anew where the language changes: an element does not watch what is around it. */
const inLanguage = ({ language }: Shows, element: (lang: unknown, dir: unknown) => TemplateResult) => {
  const own = language !== ENGLISH;
  return keyed(language.tag, element(own ? language.tag : nothing, own ? language.dir : nothing));
};

const renderElement = (shows: Shows) =>
  inLanguage(
    shows,
    (lang, dir) => html`<escalate-case case-id=${shows.caseId} lang=${lang} dir=${dir}></escalate-case>`,
  );

const renderFeedElement = (shows: Shows) =>
  inLanguage(
    shows,
    (lang, dir) => html`<escalation-feed case-id=${shows.caseId} lang=${lang} dir=${dir}></escalation-feed>`,
  );

/** On the tab: that an escalation is open, and how much of it is new. */
const renderMark = ({ escalated, unread }: CaseView) =>
  unread
    ? html`<span class="count" aria-hidden="true">${unread > 99 ? '99+' : unread}</span
        ><span class="hidden">, ${unread} unread</span>`
    : escalated
      ? html`<span class="dot"></span><span class="hidden">, open</span>`
      : nothing;

const tabsOf = (view: CaseView): Tab[] => [
  { id: 'details', label: 'Details', body: renderDetails(view.page) },
  {
    id: 'case-feed',
    label: 'Case Feed',
    body: renderCaseFeed(view.page.file, view.page.case.status === 'closed' ? null : view.reply),
  },
  {
    id: 'escalation-feed',
    label: html`Escalation Feed${renderMark(view)}`,
    body: html`${renderFeedElement(view)}`,
  },
];

/** Genesys has the button in the lower right of the case page (G20, G25), Pulse Secure in its header (P3). */
export function renderRecord(view: CaseView): TemplateResult {
  const { page, tab, escalated, more, selectTab } = view;
  const inHeader = page.process === 'pulse-secure';
  // Beside the feed itself the note says nothing new: on a phone it leaves the room to the feed.
  const atRest = escalated && tab === 'escalation-feed' && !inHeader;
  return html`${renderHeader(page.case, inHeader ? renderElement(view) : null)}
    <div class="columns">
      <section class="card tabs" aria-label="Case ${page.case.number} in detail">
        ${renderTabs('Case', tabsOf(view), tab, selectTab)}
      </section>
      <div class="side">
        ${renderLatest(page.file)} ${renderPeople(page.case)}
        <section
          class="card action-bar ${atRest ? 'at-rest' : ''} ${inHeader ? 'phone-only' : ''}"
          aria-label="Case actions"
        >
          ${
            inHeader
              ? nothing
              : html`<h2>Escalation</h2>
                  ${renderElement(view)}`
          }
          ${more}
        </section>
      </div>
    </div>`;
}

export const renderMissing = (shows: Shows): TemplateResult =>
  html`<section class="card missing">
    <span class="tile">${icons.case}</span>
    <h1>Case not found</h1>
    <p class="muted">There is no such case, or it belongs to another company.</p>
    ${renderElement(shows)}
    <p><a href="./">All cases</a></p>
  </section>`;

export const renderLoading = (): TemplateResult =>
  html`<section class="record skeleton" aria-hidden="true"><i></i><i></i></section>
    <div class="columns skeleton" aria-hidden="true">
      <section class="card"><i></i><i></i><i></i></section>
      <div class="side">
        <section class="card"><i></i></section>
      </div>
    </div>`;

/** What the demo did to this page, and the way back. */
export function renderFault(id: string, mend: () => void): TemplateResult | typeof nothing {
  const fault = faultById(id);
  return fault
    ? html`<div class="fault" role="region" aria-label="Demo">
        <p>${fault.says}</p>
        <button type="button" class="button" @click=${mend}>${fault.mend}</button>
      </div>`
    : nothing;
}
