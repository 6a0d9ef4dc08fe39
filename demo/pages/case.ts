import 'escalation-elements/define';
import type { EscalateCase, EscalationFeed, Shown } from 'escalation-elements';
import { html, render } from 'lit';
import { renderFault, renderLoading, renderMissing, renderRecord } from '../case-layout.js';
import { replyPart } from '../case-reply.js';
import { connect, endpointOf } from '../connect.js';
import { priya, userById } from '../desk/people.js';
import type { CasePage } from '../desk/portal.js';
import { addressOf, caseInAddress, scenarioOf, type Scenario } from '../desk/scenarios.js';
import { renderLabButton } from '../lab/frame.js';
import { createLab } from '../lab/lab.js';
import { ENGLISH, type Language } from '../lab/language.js';
import { forgetDrafts } from '../lab/policy/drafts.js';
import { renderMoreMenu } from '../more-menu.js';
import { renderFoot, renderShell } from '../shell.js';
import { tabInAddress } from '../tabs.js';

/** The case page of the portal: where a customer meets the elements. */

const TABS = [{ id: 'details' }, { id: 'case-feed' }, { id: 'escalation-feed' }];
const view = {
  ...caseInAddress(),
  language: ENGLISH,
  page: null as CasePage | null,
  found: true,
  tab: tabInAddress(TABS),
  verdict: 'loading' as Shown | 'unconfigured',
  /** Entries of the open escalation that the user has not read. */
  unread: 0,
};
if (!view.caseId) location.replace('./');
/** Whoever the address names, if they can sign in on this side. */
const signedIn = () => {
  const user = userById(view.as);
  return user?.account ? user : priya;
};
const connecting = connect(signedIn(), view.fault);

const main = document.querySelector<HTMLElement>('.page')!;
const button = () => main.querySelector<EscalateCase>('escalate-case');
const feed = () => main.querySelector<EscalationFeed>('escalation-feed');

const lab = createLab(
  {
    get scenario() {
      return scenarioOf(view);
    },
    get process() {
      return view.page?.process;
    },
    get fault() {
      return view.fault;
    },
    get ownerHref() {
      const id = button()?.escalationId;
      return `./owner.html${id ? `#${id}` : ''}`;
    },
    get language() {
      return view.language;
    },
    endpoint: endpointOf().pathname,
    elements: () => [button(), feed()].filter((element) => element !== null),
    ask: async (path, init) => (await connecting).ask(path, init),
    choose: (scenario) => void choose(scenario),
    setFault: (id) => void setFault(id),
    moveClock: async (offset) => (await connecting).moveClock(offset),
    speak: (language) => void speak(language),
    onApplied: () => refreshElements(),
  },
  onPanes,
);

/** The address says whether the owner's side stands beside the page. */
function onPanes(): void {
  drawShell();
  const owner = lab.owner.frame.open;
  if (owner === view.owner) return;
  view.owner = owner;
  history.replaceState(null, '', addressOf(view) + location.hash);
}
if (view.owner) lab.owner.frame.stand();

function drawShell(): void {
  const user = signedIn();
  renderShell({
    user,
    of: user.role === 'partner' ? 'Partner of Acme Ltd' : 'Acme Ltd',
    app: 'Acme Support',
    home: './',
    tool: renderLabButton(lab.frame),
    links: [{ href: './', label: 'Cases' }],
  });
}

function selectTab(tab: string): void {
  view.tab = tab;
  // Replaced, not pushed: "back" leads to the cases, not through the tabs.
  history.replaceState(null, '', `#${tab}`);
  draw();
}

function writeReply(): void {
  selectTab('case-feed');
  main.querySelector<HTMLElement>('#reply')?.focus();
}

const reply = replyPart(
  async (init) => (await connecting).ask(`cases/${view.caseId}/notes`, init),
  () => draw(),
  () => refreshElements(),
);

/** What the host's own server does with the case. */
const ask = async (verb: string, body?: object) =>
  (await connecting).ask(`portal/cases/${view.caseId}/${verb}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });

async function reopen(): Promise<void> {
  await ask('reopen');
  refreshElements();
}

/** Whether the dialog of the element has something to say, or the feed has. */
const canEscalate = () => ['available', 'blocked', 'elsewhere', 'open-escalation'].includes(view.verdict);
const escalate = () => void button()?.show();

function escalateLabel({ process }: CasePage): string {
  if (!canEscalate()) return '';
  if (view.verdict === 'open-escalation') return 'View escalation';
  return process === 'pulse-secure' ? 'Escalate Now' : 'Escalate Case';
}

const renderMore = (page: CasePage) =>
  renderMoreMenu({
    escalate: escalateLabel(page),
    closed: page.case.status === 'closed',
    onEscalate: escalate,
    onReply: writeReply,
    onReopen: () => void reopen(),
    onClosure: () => void close(page),
  });

async function close(page: CasePage): Promise<void> {
  const { openClosure } = await import('../closure.js');
  openClosure({
    case: page.case,
    canEscalate: canEscalate(),
    onEscalate: escalate,
    onClosure: (reason) => void ask('closure', { reason }).then(() => selectTab('case-feed')),
  });
}

function renderPage() {
  const { page, found, caseId, language, tab, verdict, unread } = view;
  if (!found) return renderMissing(view);
  if (!page) return renderLoading();
  const escalated = verdict === 'open-escalation';
  const more = renderMore(page);
  return renderRecord({ caseId, language, page, tab, escalated, unread, reply: reply.view, selectTab, more });
}

function draw(): void {
  main.ariaBusy = view.page || !view.found ? 'false' : 'true';
  render(html`${renderFault(view.fault, () => void setFault(''))}${renderPage()}`, main);
  lab.draw();
}

function refreshElements(): void {
  void button()?.refresh();
  void feed()?.refresh();
}

async function setFault(fault: string): Promise<void> {
  view.fault = fault;
  history.replaceState(null, '', addressOf(view) + location.hash);
  draw();
  (await connecting).setFault(fault);
  refreshElements();
}

async function speak(language: Language): Promise<void> {
  await language.load?.();
  view.language = language;
  draw();
}

async function choose(next: Scenario): Promise<void> {
  // A trouble that the scenario itself was goes with it; one that was chosen beside it stays.
  const kept = scenarioOf(view)?.fault === view.fault ? '' : view.fault;
  const { caseId, fault = kept, as, tab = view.tab } = next;
  view.tab = tab;
  history.pushState(null, '', `${addressOf({ caseId, fault, as, owner: view.owner })}#${tab}`);
  await visit();
}

/** Comes to what the address names as if for the first time. */
async function visit(): Promise<void> {
  const { caseId, fault, as } = caseInAddress();
  const connection = await connecting;
  if (as !== view.as) {
    view.as = as;
    connection.signIn(signedIn());
    drawShell();
  }
  const page = await portalPage(caseId);
  if (caseId !== caseInAddress().caseId) return;
  connection.setFault(fault);
  connection.forget();
  reply.clear();
  Object.assign(view, { caseId, fault, page, found: page !== null, verdict: 'loading', unread: 0 });
  drawAll();
  lab.refresh();
}

async function portalPage(caseId: string): Promise<CasePage | null> {
  const answer = await (await connecting).ask(`portal/cases/${encodeURIComponent(caseId)}`);
  return answer.ok ? ((await answer.json()) as CasePage) : null;
}

async function refreshPage(): Promise<void> {
  const { caseId } = view;
  const page = await portalPage(caseId);
  if (caseId !== view.caseId) return;
  view.page = page;
  view.found = page !== null;
  drawAll();
}

function drawAll(): void {
  const { number = view.caseId, subject = '' } = view.page?.case ?? {};
  document.title = `${view.page ? `${number} ${subject}` : 'Case not found'} · Acme Support`;
  draw();
}

// Back and forth between cases and faults, and links to a tab.
addEventListener('popstate', () => {
  view.tab = tabInAddress(TABS);
  const { caseId, fault, as } = caseInAddress();
  if (caseId === view.caseId && fault === view.fault && as === view.as) draw();
  else void visit();
});
main.addEventListener('escalation-verdict', ({ detail }) => {
  view.verdict = detail.verdict;
  draw();
  if (detail.verdict === 'open-escalation') lab.owner.follow(button()?.escalationId ?? '');
});
main.addEventListener('escalation-unread', ({ detail }) => {
  view.unread = detail.count;
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
  else writeReply();
});

drawShell();
draw();
const connection = await connecting;
renderFoot(connection.reset);
connection.onNews(({ kind }, here) => {
  if (kind === 'reset') forgetDrafts();
  void refreshPage();
  if (here && kind !== 'clock') return;
  refreshElements();
  lab.refresh();
});
setInterval(draw, 15_000);
await refreshPage();
lab.refresh();
