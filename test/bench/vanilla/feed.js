import { VanillaList } from './list.js';
import { desk, sessionOf } from './session.js';
import { sheetsOf } from './styles.js';

const icon = (part, path) =>
  `<svg viewBox="0 0 24 24" aria-hidden="true" part="${part}"><path d="${path}"></path></svg>`;
const PENDING =
  'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm-1 3v5l4 2.4.9-1.6L13 12V8z';
const step = (label, state, word) =>
  `<li part="step step-${state}"><span part="step-icon" aria-hidden="true"></span><span part="step-label">${label}<span class="hidden">, ${word}</span></span></li>`;
const fact = (name, label) => `<div part="fact fact-${name}"><dt>${label}</dt><dd><bdi></bdi></dd></div>`;
const tool = (label, path) =>
  `<button type="button" part="button button-link" class="link" aria-expanded="false">${icon('tool-icon icon', path)}${label}</button>`;
const frame = document.createElement('template');
frame.innerHTML = `<section part="feed" aria-label="Escalation"><p part="printed"></p><header part="header"><h2 part="title" tabindex="-1"></h2><div class="steps"><p class="step-short" aria-hidden="true">Step 1 of 4: Requested</p><ol part="steps" aria-label="Progress">${step('Requested', 'current', 'now')}${step('Under review', 'todo', 'to come')}${step('Accepted', 'todo', 'to come')}${step('Resolved', 'todo', 'to come')}</ol></div><dl part="facts">${fact('owner', 'Owner')}${fact('reason', 'Reason')}${fact('requested', 'Requested')}</dl><details part="pinned" open><summary part="pinned-title">We said we would</summary><div class="plan alone"><div part="promises"><p class="muted">We said we would</p><ul aria-label="We said we would"></ul></div></div></details><div part="actions"><button type="button" part="button button-link" class="link">Withdraw</button></div></header><div part="tools"><div class="row">${tool('Search', 'M10 4a6 6 0 1 0 3.7 10.7l4.8 4.8 1.4-1.4-4.8-4.8A6 6 0 0 0 10 4zm0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z')}${tool('Go to a day', 'M7 3v2H4v16h16V5h-3V3h-2v2H9V3zM6 10h12v9H6z')}${tool('Save or print', 'M11 4h2v8l3-3 1.4 1.4L12 15.8l-5.4-5.4L8 9l3 3zM5 18h14v2H5z')}</div></div><div part="conversation" role="region" tabindex="0" aria-label="Conversation"><button type="button" class="button" part="older button button-secondary" hidden>Show older</button><ol part="entries"></ol></div><div part="composer"><div class="hint"><p part="composer-hint" id="hint" class="muted">Technical details belong on the case.</p><button type="button" class="link" part="move-to-case button button-link">Post to the Case Feed instead</button></div><label part="label" class="label" for="message">Message to the owner</label><textarea part="control textarea" id="message" dir="auto" rows="3" aria-describedby="hint"></textarea><div class="below"><button type="button" part="send button button-primary" class="button primary">Send</button></div></div><div part="help" hidden><slot name="help"></slot></div><p class="hidden" role="status"></p></section>`;
const promise = document.createElement('template');
promise.innerHTML = `<li part="promise promise-open">${icon('promise-icon icon', PENDING)}<span dir="auto"><span class="muted">Not yet:</span> </span></li>`;

/**
 * Status and conversation of an escalation, by hand: header, windowed list, a composer that does not send. Left out against
 * ours: everything that one may do (withdraw, rate, search, days, saving), read markers, drafts, other statuses.
 */
export class VanillaFeed extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = sheetsOf('feed');
    root.append(frame.content.cloneNode(true));
    this.list = new VanillaList(this.find('conversation'), this.find('entries'));
    this.find('older').addEventListener('click', () => this.showOlder());
  }

  find(part) {
    return this.shadowRoot.querySelector(`[part~="${part}"]`);
  }

  connectedCallback() {
    this.session = sessionOf(this.getAttribute('case-id'));
    this.stop = this.session.follow(() => this.draw());
    this.onEvent = (event) => event.kind === 'entry' && this.heard(event.entry);
    this.session.events.add(this.onEvent);
    this.list.connect();
  }

  disconnectedCallback() {
    this.stop();
    this.session.events.delete(this.onEvent);
    this.list.disconnect();
  }

  draw() {
    const escalation = this.session.state?.openEscalation;
    if (!escalation) return;
    this.find('title').textContent = `Escalation · \u2068${escalation.reason.label}\u2069`;
    const [owner, reason, requested] = this.shadowRoot.querySelectorAll('dd bdi');
    owner.textContent = escalation.owner?.name ?? 'Nobody yet';
    reason.textContent = escalation.reason.label;
    requested.textContent = new Date(escalation.requestedAt).toLocaleString('en', {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    this.find('promises').lastChild.replaceChildren(
      ...escalation.promises.map(({ text }) => {
        const line = promise.content.firstElementChild.cloneNode(true);
        line.lastChild.append(text);
        return line;
      }),
    );
    if (!this.loading) this.loading = this.load(escalation.id);
  }

  async load(id) {
    const { value } = await desk.backend.entries(id, { limit: 50 });
    this.older = value.before;
    this.find('older').hidden = value.before === null;
    this.known = new Set(value.entries.map((entry) => entry.id));
    this.list.load(value.entries);
  }

  heard(entry) {
    if (!this.known || this.known.has(entry.id)) return;
    this.known.add(entry.id);
    this.list.append(entry);
    this.shadowRoot.querySelector('[role="status"]').textContent = `New message from ${entry.author.name}`;
  }

  async showOlder() {
    const { value } = await desk.backend.entries(this.session.state.openEscalation.id, {
      before: this.older,
    });
    this.older = value.before;
    for (const { id } of value.entries) this.known.add(id);
    this.list.prepend(value.entries);
    this.find('older').hidden = value.before === null;
  }
}
