import 'escalation-elements/define';
import type { EscalateCase, EscalationFeed } from 'escalation-elements';
import { html, nothing, render, type TemplateResult } from 'lit';
import { renderCaseFeed, renderDetails, renderHeader, renderLatest, renderPeople } from '../case-parts.js';
import { connect, write } from '../connect.js';
import { priya } from '../desk/people.js';
import type { CasePage } from '../desk/portal.js';
import { icons } from '../icons.js';
import { renderFoot, renderShell } from '../shell.js';
import { renderTabs, tabInAddress, type Tab } from '../tabs.js';

/** The case page of the portal: where a customer meets the elements. */

const address = new URLSearchParams(location.search);
const caseId = address.get('case') ?? '';
if (!caseId) location.replace('./');

const TABS = [{ id: 'details' }, { id: 'case-feed' }, { id: 'escalation-feed' }];
const view = {
  page: null as CasePage | null,
  found: true,
  tab: tabInAddress(TABS),
  escalated: false,
  fault: address.get('fault') ?? '',
  sending: false,
  problem: '',
};

const main = document.querySelector<HTMLElement>('.page')!;
const button = () => main.querySelector<EscalateCase>('escalate-case');
const feed = () => main.querySelector<EscalationFeed>('escalation-feed');

renderShell({
  user: priya,
  of: 'Acme Ltd',
  app: 'Acme Support',
  home: './',
  links: [
    { href: './', label: 'Cases' },
    { href: './owner.html', label: 'Owner’s side', newTab: true },
  ],
});
const renderElement = () => html`<escalate-case case-id=${caseId}></escalate-case>`;

function selectTab(tab: string): void {
  view.tab = tab;
  // Replaced, not pushed: "back" leads to the cases, not through the tabs.
  history.replaceState(null, '', `#${tab}`);
  draw();
}

async function reply(text: string): Promise<boolean> {
  view.sending = true;
  view.problem = '';
  draw();
  const body = write({ kind: 'reply', text });
  const answer = await connection.ask(`cases/${caseId}/notes`, body).catch(() => null);
  view.sending = false;
  if (answer?.status === 422) view.problem = 'Communication for this case is by e-mail.';
  else if (!answer?.ok) view.problem = 'Not posted: the help desk did not answer. Your text is still here.';
  draw();
  return answer?.ok ?? false;
}

function tabsOf(page: CasePage): Tab[] {
  const { sending, problem, escalated } = view;
  const closed = page.case.status === 'closed';
  return [
    { id: 'details', label: 'Details', body: renderDetails(page) },
    {
      id: 'case-feed',
      label: 'Case Feed',
      body: renderCaseFeed(page.file, closed ? null : { sending, problem, send: reply }),
    },
    {
      id: 'escalation-feed',
      label: html`Escalation
      Feed${escalated ? html`<span class="dot"></span><span class="hidden">, open</span>` : nothing}`,
      body: html`<escalation-feed case-id=${caseId}></escalation-feed>`,
    },
  ];
}

/** Genesys has the button in the lower right of the case page (G20, G25), Pulse Secure in its header (P3). */
const renderRecord = (page: CasePage): TemplateResult => {
  const inHeader = page.process === 'pulse-secure';
  // Beside the feed itself the note says nothing new: on a phone it leaves the room to the feed.
  const atRest = view.escalated && view.tab === 'escalation-feed';
  return html`${renderHeader(page.case, inHeader ? renderElement() : null)}
    <div class="columns">
      <section class="card tabs" aria-label="Case ${page.case.number} in detail">
        ${renderTabs('Case', tabsOf(page), view.tab, selectTab)}
      </section>
      <div class="side">
        ${renderLatest(page.file)} ${renderPeople(page.case)}
        ${
          inHeader
            ? nothing
            : html`<section class="card action-bar ${atRest ? 'at-rest' : ''}" aria-labelledby="action">
                <h2 id="action">Escalation</h2>
                ${renderElement()}
              </section>`
        }
      </div>
    </div>`;
};

const renderMissing = (): TemplateResult =>
  html`<section class="card missing">
    <span class="tile">${icons.case}</span>
    <h1>Case not found</h1>
    <p class="muted">There is no such case, or it belongs to another company.</p>
    ${renderElement()}
    <p><a href="./">All cases</a></p>
  </section>`;

const renderLoading = (): TemplateResult =>
  html`<section class="record skeleton" aria-hidden="true"><i></i><i></i></section>
    <div class="columns skeleton" aria-hidden="true">
      <section class="card"><i></i><i></i><i></i></section>
      <div class="side">
        <section class="card"><i></i></section>
      </div>
    </div>`;

/** What the demo did to this page, and the way back. */
function renderFault(): TemplateResult | typeof nothing {
  const known = {
    '401': ['Your sign-in has expired.', 'Sign in again'],
    '503': ['The help desk is down.', 'Bring it back'],
  };
  const [text, label] = known[view.fault as keyof typeof known] ?? [];
  return text
    ? html`<div class="fault" role="region" aria-label="Demo">
        <p>${text}</p>
        <button type="button" class="button" @click=${mend}>${label}</button>
      </div>`
    : nothing;
}

function mend(): void {
  view.fault = '';
  connection.setFault('');
  address.delete('fault');
  history.replaceState(null, '', `?${address.toString()}${location.hash}`);
  draw();
  refreshElements();
}

function draw(): void {
  const { page, found } = view;
  main.ariaBusy = page || !found ? 'false' : 'true';
  render(
    html`${renderFault()}${!found ? renderMissing() : page ? renderRecord(page) : renderLoading()}`,
    main,
  );
}

function refreshElements(): void {
  void button()?.refresh();
  void feed()?.refresh();
}

async function refreshPage(): Promise<void> {
  const answer = await connection.ask(`portal/cases/${encodeURIComponent(caseId)}`);
  view.found = answer.ok;
  if (answer.ok) view.page = (await answer.json()) as CasePage;
  const { number = caseId, subject = '' } = view.page?.case ?? {};
  document.title = `${answer.ok ? `${number} ${subject}` : 'Case not found'} · Acme Support`;
  draw();
}

addEventListener('hashchange', () => {
  view.tab = tabInAddress(TABS);
  draw();
});
main.addEventListener('escalation-verdict', ({ detail }) => {
  view.escalated = detail.verdict === 'open-escalation';
  draw();
});
// The element goes on to scroll to the feed and to focus it: the tab must be open by then.
main.addEventListener('escalation-view', () => selectTab('escalation-feed'));
main.addEventListener('escalation-remedy', (event) => {
  const { remedy } = event.detail;
  if (remedy !== 'reply-on-case' && remedy !== 'reopen-case') return;
  event.preventDefault();
  button()?.close();
  if (remedy === 'reopen-case') void reopen();
  else {
    selectTab('case-feed');
    main.querySelector<HTMLElement>('#reply')?.focus();
  }
});

async function reopen(): Promise<void> {
  await connection.ask(`portal/cases/${caseId}/reopen`, { method: 'POST' });
  refreshElements();
}

draw();
const connection = await connect(priya, view.fault);
renderFoot(connection.reset);
connection.onNews((_news, here) => {
  void refreshPage();
  if (!here) refreshElements();
});
setInterval(draw, 60_000);
await refreshPage();
