import 'escalation-elements/define';
import type { Escalation, Queue } from 'escalation-elements';
import { html, nothing, render } from 'lit';
import { connect } from '../connect.js';
import { sam } from '../desk/people.js';
import type { CaseChange, CasePage } from '../desk/portal.js';
import { CLOSE_OWNER } from '../lab/owner.js';
import { renderCase } from '../owner-case.js';
import { renderFoot, renderShell } from '../shell.js';

/** The other side of the counter: Sam Okoro's queue, and the case of what he looks at. */

const main = document.querySelector<HTMLElement>('.page')!;
const review = document.createElement('escalation-review');
/** Beside the customer's page: no second demo around it. */
const isBeside = window.parent !== window;

const view = {
  page: null as CasePage | null,
  /** How many are open; null: not known. */
  open: null as number | null,
  /** What was last done with the case. */
  done: '',
};
const chosen = () => decodeURIComponent(location.hash.slice(1));

function drawShell(): void {
  renderShell({
    user: sam,
    of: 'Escalation Owner',
    app: 'Escalation desk',
    company: 'Acme Support',
    home: './owner.html',
    links: [
      { href: './owner.html#', label: 'Queue', here: !chosen() },
      ...(isBeside ? [] : [{ href: './', label: 'Customer’s side', newTab: true }]),
    ],
  });
}

function draw(): void {
  const { page, open, done } = view;
  document.title = `${open ? `(${open}) ` : ''}Escalations · Acme Support`;
  document.body.classList.toggle('beside', isBeside);
  main.ariaBusy = 'false';
  drawShell();
  render(
    html`<div class="desk ${page ? 'with-case' : ''}">
      <section class="card desk-review" aria-label="Escalations">${review}</section>
      ${page ? renderCase(page.case, done, (change, words) => void changeCase(page.case.id, change, words)) : nothing}
    </div>`,
    main,
  );
}

async function answerOf<T>(path: string): Promise<T | null> {
  const answer = await connection.ask(path).catch(() => null);
  return answer?.ok ? ((await answer.json()) as T) : null;
}

async function loadCase(): Promise<void> {
  const { caseId } = review;
  const page = caseId ? await answerOf<CasePage>(`portal/cases/${encodeURIComponent(caseId)}`) : null;
  if (caseId !== review.caseId) return;
  if (page?.case.id !== view.page?.case.id) view.done = '';
  view.page = page;
  draw();
}

async function count(): Promise<void> {
  const queue = await answerOf<Queue>('escalations?open&limit=500');
  if (queue) view.open = queue.escalations.length;
  draw();
}

async function changeCase(caseId: string, change: CaseChange, words: string): Promise<void> {
  const init = { method: 'POST', body: JSON.stringify(change) };
  const answer = await connection.ask(`portal/cases/${caseId}/change`, init).catch(() => null);
  view.done = answer?.ok ? words : 'The help desk did not answer. Try again.';
  await Promise.all([loadCase(), review.refresh()]);
}

/** What the address names; the queue where it names nothing, or what a reset has taken away. */
async function visit(): Promise<void> {
  const id = chosen();
  const found = id ? await answerOf<Escalation>(`escalations/${encodeURIComponent(id)}`) : null;
  if (id !== chosen()) return;
  if (id && !found) history.replaceState(null, '', location.pathname);
  if (id !== review.escalationId || !found)
    Object.assign(review, { caseId: found?.caseId ?? '', escalationId: found?.id ?? '' });
  await loadCase();
}

/** The element goes its own ways, too: to a row, and back to the queue. */
function follow(escalationId: string): void {
  if (escalationId === chosen()) return;
  history.pushState(null, '', `#${escalationId}`);
  void loadCase();
}

review.addEventListener('escalation-view', () => queueMicrotask(() => follow(review.escalationId)));
review.addEventListener('click', () => queueMicrotask(() => review.caseId || follow('')));
addEventListener('hashchange', () => void visit());
// Back and forth in the history of what `follow` has written.
addEventListener('popstate', () => void visit());
if (isBeside)
  addEventListener('keydown', (event) => {
    const [at] = event.composedPath() as [Element];
    // What is typed in, or opened, has the key for itself.
    if (event.key !== 'Escape' || event.defaultPrevented || at.matches('input, select, textarea')) return;
    window.parent.postMessage(CLOSE_OWNER, location.origin);
  });

drawShell();
const connection = await connect(sam);
renderFoot(connection.reset);
connection.onNews((_news, here) => {
  void count();
  void loadCase();
  if (!here) void review.refresh();
});
setInterval(draw, 15_000);
await Promise.all([count(), visit()]);
