import type { Action, Entry, EntryPage, Escalation, Policy } from 'escalation-elements';
import { html, render } from 'lit';
import { connect, write } from '../connect.js';
import { newId } from '../desk/new-id.js';
import { sam } from '../desk/people.js';
import type { DeskRow } from '../desk/portal.js';
import { renderActions, renderConversation, renderList, renderRequest, type Desk } from '../owner-parts.js';
import { renderFoot, renderShell } from '../shell.js';

/** The other side of the counter: Sam Okoro takes, decides and answers. Plain fetch, by the REST contract. */

const main = document.querySelector<HTMLElement>('.page')!;
const view = {
  rows: null as DeskRow[] | null,
  escalation: null as Escalation | null,
  etag: '',
  entries: [] as Entry[],
  policy: null as Policy | null,
  problem: '',
};
const chosen = () => location.hash.slice(1);

renderShell({
  user: sam,
  of: 'Escalation Owner',
  app: 'Escalation desk',
  home: './owner.html',
  links: [{ href: './', label: 'Customer’s side', newTab: true }],
});

const PROBLEMS: Record<string, string> = {
  'version-changed': 'The escalation has changed in the meantime. Look at it again.',
  'transition-not-allowed': 'This is not possible any more. Look at it again.',
};

/** @returns false when it was refused: the form keeps its text */
async function send(path: string, init: RequestInit): Promise<boolean> {
  const answer = await connection.ask(path, init).catch(() => null);
  const body = answer?.ok
    ? {}
    : ((await answer?.json().catch(() => null)) as { code?: string; title?: string });
  view.problem = answer?.ok
    ? ''
    : (PROBLEMS[body?.code ?? ''] ?? body?.title ?? 'The help desk did not answer. Try again.');
  await refresh();
  return answer?.ok ?? false;
}

const act = (action: Action) => send(`escalations/${chosen()}/actions`, write(action, view.etag));

function say(text: string): Promise<boolean> {
  const clientId = newId();
  return send(`escalations/${chosen()}/entries`, write({ clientId, text }, undefined, clientId));
}

function draw(): void {
  const { rows, escalation, entries, policy, problem } = view;
  main.ariaBusy = rows ? 'false' : 'true';
  const desk: Desk = { rows: rows ?? [], chosen: chosen(), escalation, entries, policy, problem, act, say };
  render(
    html`<div class="desk">
      ${rows ? renderList(desk) : html`<section class="card desk-list" aria-hidden="true"></section>`}
      ${
        escalation
          ? html`<article class="card">
              ${renderRequest(desk)} ${renderActions(desk)} ${renderConversation(desk)}
            </article>`
          : html`<section class="card empty"><p class="muted">Choose an escalation.</p></section>`
      }
    </div>`,
    main,
  );
}

async function loadChosen(): Promise<void> {
  const id = chosen();
  const [found, page] = await Promise.all([
    connection.ask(`escalations/${id}`),
    connection.ask(`escalations/${id}/entries?limit=200`),
  ]);
  if (id !== chosen()) return;
  view.escalation = found.ok ? ((await found.json()) as Escalation) : null;
  view.etag = found.headers.get('ETag') ?? '';
  view.entries = page.ok ? ((await page.json()) as EntryPage).entries : [];
  if (!view.escalation) return;
  const { id: policyId, version } = view.escalation.policy;
  const policy = await connection.ask(`policies/${policyId}/${version}`);
  view.policy = policy.ok ? ((await policy.json()) as Policy) : null;
}

async function refresh(): Promise<void> {
  const answer = await connection.ask('portal/escalations');
  view.rows = answer.ok ? ((await answer.json()) as DeskRow[]) : [];
  const first = view.rows[0];
  if (chosen()) await loadChosen();
  // No address yet, or one of an escalation that a reset has taken away.
  if (!view.escalation && first) {
    history.replaceState(null, '', `#${first.escalation.id}`);
    await loadChosen();
  }
  draw();
}

addEventListener('hashchange', () => {
  view.problem = '';
  void refresh();
});
draw();
const connection = await connect(sam);
renderFoot(connection.reset);
connection.onNews((_news, here) => {
  if (!here) void refresh();
});
setInterval(draw, 15_000);
await refresh();
