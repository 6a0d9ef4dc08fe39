import { html, render, type TemplateResult } from 'lit';
import { connect } from '../connect.js';
import { priya } from '../desk/people.js';
import type { CaseRow } from '../desk/portal.js';
import { SCENARIOS, addressOf } from '../desk/scenarios.js';
import { ago, capital, moment, timeOf } from '../format.js';
import { icons } from '../icons.js';
import { renderFoot, renderShell } from '../shell.js';

/** P3: the customer's cases; each leads to its case page. */

interface Shows {
  icon: TemplateResult;
  tone: string;
  words: string;
}

/** What a customer can know of a case before opening it. */
function showsOf({ case: kase, verdict, owner }: CaseRow): Shows {
  switch (verdict.kind) {
    case 'open-escalation':
      return { icon: icons.open, tone: 'on', words: owner ? `Open, owner ${owner}` : 'Requested' };
    case 'available':
      return { icon: icons.ready, tone: 'ready', words: 'Can be escalated' };
    case 'elsewhere':
      return { icon: icons.elsewhere, tone: '', words: verdict.note ?? 'Another way' };
    case 'not-offered':
      return { icon: icons.none, tone: '', words: `Not in ${kase.plan ?? 'this'} plan` };
    case 'blocked':
      if (kase.status === 'closed') return { icon: icons.none, tone: '', words: 'Closed' };
      return {
        icon: icons.wait,
        tone: '',
        words: verdict.availableAt ? `From ${moment(verdict.availableAt)}` : 'Not yet',
      };
  }
}

function renderRow(row: CaseRow): TemplateResult {
  const { case: kase } = row;
  const shows = showsOf(row);
  return html`<tr>
    <td class="number">${kase.number}</td>
    <th scope="row">
      <a href=${addressOf({ caseId: kase.id })}>${kase.subject ?? `Case ${kase.number}`}</a>
      <small>${kase.product}</small>
    </th>
    <td class="priority" data-label="Priority">
      <span class="level ${kase.priority ?? ''}">${capital(kase.priority ?? 'none')}</span>
    </td>
    <td class="status" data-label="Status">${kase.statusLabel}</td>
    <td class="updated" data-label="Updated">
      ${kase.lastUpdate ? timeOf(kase.lastUpdate.at, ago(kase.lastUpdate.at)) : '–'}
    </td>
    <td class="shows ${shows.tone}" data-label="Escalation">
      <span>${shows.icon}${shows.words}</span>
    </td>
  </tr>`;
}

/** States that no case of the customer is in. */
const OTHERS = SCENARIOS.filter(({ process }) => process === 'Any process');

const renderTable = (rows: CaseRow[]): TemplateResult =>
  html`<table class="cases">
    <caption class="hidden">
      Cases of Acme Ltd
    </caption>
    <thead>
      <tr>
        ${['Case', 'Subject', 'Priority', 'Status', 'Updated', 'Escalation'].map(
          (title) => html`<th scope="col">${title}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${rows.map(renderRow)}
    </tbody>
  </table>`;

const renderLoading = (): TemplateResult =>
  html`<div class="skeleton-rows" aria-hidden="true">
    ${Array.from({ length: 23 }, () => html`<i></i>`)}
  </div>`;

function renderPage(rows: CaseRow[] | null): void {
  const main = document.querySelector<HTMLElement>('.page')!;
  main.ariaBusy = rows ? 'false' : 'true';
  const open = rows?.filter(({ case: { status } }) => status !== 'closed').length;
  render(
    html`<section class="card list" aria-labelledby="title">
        <header class="card-title">
          <span class="tile">${icons.case}</span>
          <div>
            <h1 id="title">Cases</h1>
            <p class="muted">${rows ? `${rows.length} cases of Acme Ltd, ${open} open` : 'Loading…'}</p>
          </div>
        </header>
        ${rows ? renderTable(rows) : renderLoading()}
      </section>
      <section class="card others" aria-labelledby="others">
        <h2 id="others">More to look at</h2>
        <ul>
          ${OTHERS.map(
            (scenario) =>
              html`<li>
                <a href=${addressOf(scenario)}>${scenario.label}</a> <span>${scenario.see}</span>
              </li>`,
          )}
        </ul>
      </section>`,
    main,
  );
}

renderShell({
  user: priya,
  of: 'Acme Ltd',
  app: 'Acme Support',
  home: './',
  links: [
    { href: './', label: 'Cases', here: true },
    { href: './owner.html', label: 'Owner’s side', newTab: true },
  ],
});
renderPage(null);
const connection = await connect(priya);
renderFoot(connection.reset);

async function refresh(): Promise<void> {
  const rows = (await (await connection.ask('portal/cases')).json()) as CaseRow[];
  renderPage(rows.sort((a, b) => b.case.id.localeCompare(a.case.id)));
}
connection.onNews(() => void refresh());
setInterval(() => void refresh(), 60_000);
await refresh();
