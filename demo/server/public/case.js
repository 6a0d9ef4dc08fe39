// A plain case page, as a portal has it: it asks for the case once, and gives the elements its id. `?case=` names the
// case; without it, the queue is shown.
const caseId = new URLSearchParams(location.search).get('case') ?? '';
const main = document.querySelector('main');
const state = document.querySelector('#state');
// Where the server has its contract, it has written into the page.
const endpoint = document
  .querySelector('#queue')
  .content.querySelector('[endpoint]')
  .getAttribute('endpoint');

const REFUSALS = {
  401: 'You are not signed in.',
  404: 'There is no such case, or it is not yours.',
  429: 'Too many requests. Wait a moment, then load the page again.',
};

const facts = ({ status, statusLabel, priority, assignee, product, plan }) => ({
  Status: statusLabel ?? status,
  Priority: priority,
  'Assigned to': assignee?.name,
  Product: product,
  Plan: plan,
});

/** Puts a template on the page, with the case in it. */
function show(name, kase) {
  const part = document.querySelector(`#${name}`).content.cloneNode(true);
  for (const element of part.querySelectorAll('[endpoint]'))
    if (kase) element.setAttribute('case-id', caseId);
  if (kase) {
    const title = [kase.number ?? caseId, kase.subject].filter(Boolean).join(' ');
    document.title = `${title} · Acme Support`;
    part.querySelector('h1').textContent = title;
    for (const [term, text] of Object.entries(facts(kase)).filter(([, value]) => value)) {
      const row = document.createElement('div');
      row.append(document.createElement('dt'), document.createElement('dd'));
      row.firstChild.textContent = term;
      row.lastChild.textContent = text;
      part.querySelector('dl').append(row);
    }
  }
  main.replaceChildren(part);
}

async function open() {
  if (!caseId) return show('queue');
  const answer = await fetch(`${endpoint}/cases/${encodeURIComponent(caseId)}`);
  if (!answer.ok) {
    state.textContent = REFUSALS[answer.status] ?? 'The help desk does not answer. Load the page again.';
    return;
  }
  const { case: kase, user, can } = await answer.json();
  document.querySelector('#user').textContent = user.name;
  show(can.review ? 'reviewer' : 'customer', kase);
}

open().catch(() => (state.textContent = 'There is no connection. Load the page again.'));
