import { html, nothing, type TemplateResult } from 'lit';
import type { Case, Person } from 'escalation-elements';
import type { CaseFeedEntry, CaseFile } from './desk/case-file.js';
import { roleName } from './desk/people.js';
import type { CasePage } from './desk/portal.js';
import { ago, capital, date, initials, moment, timeOf } from './format.js';
import { icons } from './icons.js';

/** The parts of the case page that every portal has: header, details, people, case feed. */

type Field = [name: string, value: unknown];

const renderFields = (fields: Field[], kind: string): TemplateResult =>
  html`<dl class=${kind}>
    ${fields
      .filter(([, value]) => value)
      .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`; // prettier-ignore

const level = (kase: Case) =>
  html`<span class="level ${kase.priority ?? ''}">${capital(kase.priority ?? 'none')}</span>`;

const headerFields = (kase: Case): Field[] => [
  ['Priority', level(kase)],
  ['Status', kase.statusLabel],
  ['Owner', kase.assignee?.name ?? 'Not assigned yet'],
  ['Last update', kase.lastUpdate && timeOf(kase.lastUpdate.at, ago(kase.lastUpdate.at))],
  kase.plan ? ['Plan', kase.plan] : ['Product', kase.product],
];

/** @param action what stands in the header of the record; null: nothing does */
export const renderHeader = (kase: Case, action: unknown): TemplateResult =>
  html`<section class="record" aria-label="Case ${kase.number}">
    <header class="record-title">
      <span class="tile">${icons.case}</span>
      <div>
        <p class="eyebrow">Case ${kase.number}</p>
        <h1 dir="auto">${kase.subject}</h1>
      </div>
    </header>
    ${action ? html`<div class="record-action">${action}</div>` : nothing}
    ${renderFields(headerFields(kase), 'record-fields')}
  </section>`;

export const renderDetails = ({ case: kase, file }: CasePage): TemplateResult =>
  html`<h2>Description</h2>
    <p class="description" dir="auto">${file.description}</p>
    <h2>Case information</h2>
    ${renderFields(
      [
        ['Case number', kase.number],
        ['Opened', timeOf(file.openedAt, date(file.openedAt))],
        ['Product', kase.product],
        ['Environment', file.environment],
        ['Support plan', kase.plan],
        ['Priority', level(kase)],
        ['Company', kase.customer?.name],
        ['Region', kase.customer?.region],
        ['Replacement', kase.rma],
        ['Root cause analysis', kase.rcaRequestedAt && html`Asked for on ${timeOf(kase.rcaRequestedAt, date(kase.rcaRequestedAt))}`],
      ],
      'fields',
    )}`; // prettier-ignore

const renderPerson = (person: Pick<Person, 'name'>, what: string): TemplateResult =>
  html`<li>
    <span class="avatar" aria-hidden="true">${initials(person.name)}</span>
    <span><b>${person.name}</b><small>${what}</small></span>
  </li>`;

export const renderPeople = (kase: Case): TemplateResult =>
  html`<section class="card people" aria-labelledby="people">
    <h2 id="people">People</h2>
    <ul>
      ${kase.assignee ? renderPerson(kase.assignee, 'Case owner, support engineer') : nothing}
      ${renderPerson({ name: 'Priya Nair' }, `Contact, ${kase.customer?.name}`)}
    </ul>
  </section>`;

/** The last word, with the way to the rest. */
export const renderLatest = ({ feed }: CaseFile): TemplateResult | typeof nothing => {
  const last = feed.at(-1);
  if (!last) return nothing;
  return html`<section class="card latest" aria-labelledby="latest">
    <h2 id="latest">Latest on the case</h2>
    <p class="muted"><small>${last.by.name}, ${timeOf(last.at, ago(last.at))}</small></p>
    <p class="post-text" dir="auto">${last.text}</p>
    <p><a href="#case-feed">Open the Case Feed</a></p>
  </section>`;
};

const renderEntry = ({ at, by, text, mark }: CaseFeedEntry): TemplateResult =>
  html`<li class="post">
    <span class="avatar ${by.role}" aria-hidden="true">${initials(by.name)}</span>
    <div>
      <p class="post-head">
        <b>${by.name}</b> <span class="muted">${roleName(by.role)}</span>
        <span class="muted when">${timeOf(at, moment(at))}</span>
      </p>
      ${mark ? html`<p class="mark">${mark}</p>` : nothing}
      <p class="post-text" dir="auto">${text}</p>
    </div>
  </li>`;

export interface Reply {
  sending: boolean;
  problem: string;
  send: (text: string) => Promise<boolean>;
}

function renderReply({ sending, problem, send }: Reply): TemplateResult {
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector('textarea')!;
    if (!field.value.trim()) return field.focus();
    if (!sending && (await send(field.value))) field.value = '';
  };
  return html`<form class="reply" @submit=${onSubmit}>
    <label for="reply">Reply on the case</label>
    <textarea
      id="reply"
      rows="3"
      dir="auto"
      aria-describedby=${problem ? 'reply-problem' : nothing}
    ></textarea>
    ${problem ? html`<p class="problem" id="reply-problem" role="alert">${problem}</p>` : nothing}
    <button class="button brand-button" aria-disabled=${sending ? 'true' : 'false'}>
      ${sending ? 'Posting…' : 'Post reply'}
    </button>
  </form>`;
}

/** Newest last, as one reads a conversation. */
export const renderCaseFeed = ({ feed }: CaseFile, reply: Reply | null): TemplateResult =>
  html`<ol class="posts">
      ${feed.map(renderEntry)}
    </ol>
    ${reply ? renderReply(reply) : html`<p class="muted closed-note">This case is closed. Reopen it to reply.</p>`}`;
