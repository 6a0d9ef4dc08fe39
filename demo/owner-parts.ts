import { html, nothing, type TemplateResult } from 'lit';
import type { Action, Entry, Escalation, Level, Policy } from 'escalation-elements';
import type { DeskRow } from './desk/portal.js';
import { roleName } from './desk/people.js';
import { ago, capital, initials, moment, timeOf } from './format.js';

/** The owner's side in parts: the list, the request, the decision, the conversation. Plain on purpose. */

export interface Desk {
  rows: DeskRow[];
  chosen: string;
  escalation: Escalation | null;
  entries: Entry[];
  policy: Policy | null;
  problem: string;
  act: (action: Action) => Promise<boolean>;
  say: (text: string) => Promise<boolean>;
}

const STATUS: Record<Escalation['status'], string> = {
  requested: 'Waiting for an owner',
  'under-review': 'Under review',
  accepted: 'Accepted',
  declined: 'Declined',
  resolved: 'Resolved',
  withdrawn: 'Withdrawn',
};
const LEVELS: readonly Level[] = ['low', 'medium', 'high'];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const chip = (status: Escalation['status']) => html`<span class="chip ${status}">${STATUS[status]}</span>`;

export const renderList = ({ rows, chosen }: Desk): TemplateResult =>
  html`<nav class="card desk-list" aria-label="Open escalations">
    <h2>Open escalations</h2>
    ${rows.length ? nothing : html`<p class="muted">Nothing is open. Requests appear here by themselves.</p>`}
    <ul>
      ${rows.map(
        ({ escalation, case: kase }) =>
          html`<li>
            <a href="#${escalation.id}" aria-current=${escalation.id === chosen ? 'true' : nothing}>
              <b>${kase.subject}</b>
              <small>Case ${kase.number} · ${escalation.reason.label}</small>
              <small
                >${chip(escalation.status)}
                ${timeOf(escalation.requestedAt, ago(escalation.requestedAt))}</small
              >
            </a>
          </li>`,
      )}
    </ul>
  </nav>`;

const row = (name: string, value: unknown) => (value ? html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>` : nothing); // prettier-ignore

const titleOf = (policy: Policy | null, id: string): string =>
  text(policy?.criteria.find((criterion) => criterion.id === id)?.title) || id;

const RESULTS = { met: 'Met', 'not-met': 'Not met', ask: 'Asked', unknown: 'Not known' };

/** What was asked for, as it was shown to the requester. */
export function renderRequest({ escalation, rows, policy }: Desk): TemplateResult | typeof nothing {
  if (!escalation) return nothing;
  const kase = rows.find((item) => item.escalation.id === escalation.id)?.case;
  const { requestedBy, details, impact, contact, fields, criteria = [], confirmed } = escalation;
  return html`<header class="request-title">
      <p class="eyebrow">${kase ? `Case ${kase.number} · ` : ''}${escalation.reason.label}</p>
      <h1 dir="auto">${kase?.subject ?? 'Escalation'}</h1>
      <p>${chip(escalation.status)}</p>
    </header>
    <dl class="request">
      ${row('Requested by', html`${requestedBy?.name}, ${timeOf(escalation.requestedAt, moment(escalation.requestedAt))}`)}
      ${row('Company', kase?.customer?.name)} ${row('Owner', escalation.owner?.name)}
      ${row('Case', kase && `${capital(kase.priority ?? 'no')} priority, ${kase.statusLabel}, ${kase.product}`)}
      ${row('Escalation priority', escalation.priority && capital(escalation.priority))}
      ${row('Next update due', escalation.nextUpdateDueAt && moment(escalation.nextUpdateDueAt))}
      ${row('What they wrote', details)} ${row('Business impact', impact)}
      ${row('Contact', contact && `${capital(contact.method)} ${contact.value ?? ''}`)}
      ${Object.entries(fields ?? {}).map(([name, value]) => row(capital(name.replaceAll('-', ' ')), value))}
    </dl>
    ${
      criteria.length
        ? html`<h2>Criteria</h2>
            <ul class="criteria">
              ${criteria.map(
                ({ id, result }) =>
                  html`<li>
                    <span>${confirmed.includes(id) ? 'Confirmed' : RESULTS[result]}</span
                    >${titleOf(policy, id)}
                  </li>`,
              )}
            </ul>`
        : nothing
    }`;
}

/** Sends what a form holds; empties it when it has arrived. */
const onSubmit = (work: (form: FormData) => Promise<boolean>) => async (event: SubmitEvent) => {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  if (await work(new FormData(form))) form.reset();
};

const value = (form: FormData, name: string): string => {
  const found = form.get(name);
  return typeof found === 'string' ? found.trim() : '';
};

const levels = (name: string, label: string) =>
  html`<label
    >${label}
    <select name=${name}>
      ${LEVELS.map((level) => html`<option value=${level} ?selected=${level === 'medium'}>${capital(level)}</option>`)}
    </select>
  </label>`;

function renderAccept({ act }: Desk): TemplateResult {
  const send = onSubmit((form) => {
    const step = value(form, 'step');
    return act({
      kind: 'accept',
      importance: value(form, 'importance') as Level,
      urgency: value(form, 'urgency') as Level,
      text: value(form, 'text'),
      ...(step && { nextSteps: [{ text: step }] }),
    });
  });
  return html`<details name="decision" open>
    <summary>Accept</summary>
    <form @submit=${send}>
      <div class="pair">${levels('importance', 'Importance')} ${levels('urgency', 'Urgency')}</div>
      <label>Answer to the customer <textarea name="text" rows="3" required></textarea></label>
      <label>Next step (optional) <input name="step" autocomplete="off" /></label>
      <button class="button brand-button">Accept escalation</button>
    </form>
  </details>`;
}

function renderDecline({ act, escalation, policy }: Desk): TemplateResult {
  const ids = (escalation?.criteria ?? []).map(({ id }) => id);
  const send = onSubmit((form) =>
    act({
      kind: 'decline',
      text: value(form, 'text'),
      criteria: ids.map((id) => ({ id, text: value(form, `why-${id}`) })).filter((reason) => reason.text),
    }),
  );
  return html`<details name="decision">
    <summary>Decline</summary>
    <form @submit=${send}>
      <label>Answer to the customer <textarea name="text" rows="3" required></textarea></label>
      <fieldset>
        <legend>Which criteria are not met, and why (fill in what applies)</legend>
        ${ids.map((id) => html`<label>${titleOf(policy, id)} <input name="why-${id}" autocomplete="off" /></label>`)}
      </fieldset>
      <button class="button">Decline escalation</button>
    </form>
  </details>`;
}

function renderResolve({ act }: Desk): TemplateResult {
  const send = onSubmit((form) => act({ kind: 'resolve', summary: value(form, 'summary') }));
  return html`<details>
    <summary>Resolve</summary>
    <form @submit=${send}>
      <label>Summary for the customer <textarea name="summary" rows="3" required></textarea></label>
      <button class="button">Resolve escalation</button>
    </form>
  </details>`;
}

/** Only what is possible now. */
export function renderActions(desk: Desk): TemplateResult {
  const can = desk.escalation?.can.act ?? [];
  return html`<section class="decision" aria-label="Decision">
    ${desk.problem ? html`<p class="problem" role="alert">${desk.problem}</p>` : nothing}
    ${
      can.includes('take')
        ? html`<p>
            <button type="button" class="button" @click=${() => void desk.act({ kind: 'take' })}>
              Take it
            </button>
            <span class="muted">You become the owner; the customer sees that you review it.</span>
          </p>`
        : nothing
    }
    ${can.includes('accept') ? renderAccept(desk) : nothing}
    ${can.includes('decline') ? renderDecline(desk) : nothing}
    ${can.includes('resolve') ? renderResolve(desk) : nothing}
  </section>`;
}

const EVENTS: Partial<Record<Escalation['status'], string>> = {
  requested: 'requested the escalation',
  'under-review': 'is reviewing it',
  accepted: 'accepted it',
  declined: 'declined it',
  resolved: 'resolved it',
  withdrawn: 'withdrew it',
};

const said = ({ kind, status, about }: Entry): string =>
  kind === 'promise'
    ? about
      ? 'kept a promise'
      : 'promised'
    : ({
        'next-steps': 'wrote the next steps',
        notice: 'asked for an update',
        moved: 'moved a message to the case feed',
      }[kind as string] ??
      (status && EVENTS[status]) ??
      '');

const renderEntry = (entry: Entry): TemplateResult =>
  html`<li class="post">
    <span class="avatar ${entry.author.role}" aria-hidden="true">${initials(entry.author.name)}</span>
    <div>
      <p class="post-head">
        <b>${entry.author.name}</b> <span class="muted">${said(entry) || roleName(entry.author.role)}</span>
        <span class="muted when">${timeOf(entry.at, moment(entry.at))}</span>
      </p>
      ${entry.text ? html`<p class="post-text" dir="auto">${entry.text}</p>` : nothing}
    </div>
  </li>`;

export function renderConversation({ entries, escalation, say }: Desk): TemplateResult {
  const name = escalation?.requestedBy?.name ?? 'the customer';
  const send = onSubmit((form) => {
    const message = value(form, 'message');
    return message ? say(message) : Promise.resolve(false);
  });
  return html`<section class="conversation" aria-labelledby="conversation">
    <h2 id="conversation">Conversation</h2>
    <ol class="posts">
      ${entries.map(renderEntry)}
    </ol>
    ${
      escalation?.can.post
        ? html`<form class="reply" @submit=${send}>
            <label for="message">Message to ${name}</label>
            <textarea id="message" name="message" rows="3" dir="auto" required></textarea>
            <button class="button brand-button">Send</button>
          </form>`
        : html`<p class="muted">This escalation is closed.</p>`
    }
  </section>`;
}
