import { sessionOf } from './session.js';
import { sheetsOf } from './styles.js';

const trigger = document.createElement('template');
trigger.innerHTML = `<button type="button" part="trigger" aria-haspopup="dialog" aria-busy="false"><slot name="icon"><svg viewBox="0 0 24 24" aria-hidden="true" part="trigger-icon icon icon-escalate"><path d="M5 21V4h9l.6 2H20v9h-6.6l-.6-2H7v8z"></path></svg></slot><span part="trigger-label"><slot></slot></span></button>`;
const note = document.createElement('template');
note.innerHTML = `<p part="note" tabindex="-1"><svg viewBox="0 0 24 24" aria-hidden="true" part="note-icon icon icon-escalate"><path d="M5 21V4h9l.6 2H20v9h-6.6l-.6-2H7v8z"></path></svg><span part="note-text" dir="auto"></span> <a part="note-link">View escalation</a></p>`;
const placeholder = document.createElement('template');
placeholder.innerHTML = `<span part="placeholder" aria-hidden="true"></span>`;

const ESCALATES = ['available', 'blocked', 'elsewhere'];

/**
 * A button with verdict and note, by hand, for a Chromium of today. Left out against ours: other languages and words of the
 * host, icons of the host, sign-in, retry, attributes for other triggers, and what keeps a hostile page out.
 */
export class VanillaCase extends HTMLElement {
  static observedAttributes = ['case-id', 'when-open', 'feed-href'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheetsOf('button');
    this.internals = this.attachInternals();
    this.addEventListener('command', (event) => event.command === '--show' && void this.show());
    this.onSession = () => this.draw();
  }

  connectedCallback() {
    this.follow();
  }

  disconnectedCallback() {
    this.leave();
  }

  attributeChangedCallback(name) {
    if (name === 'case-id') this.follow();
    else this.draw();
  }

  follow() {
    const caseId = this.getAttribute('case-id');
    const session = caseId && this.isConnected ? sessionOf(caseId) : undefined;
    if (session === this.session) return;
    this.leave();
    this.session = session;
    this.stop = session?.follow(this.onSession);
    this.draw();
  }

  leave() {
    this.stop?.();
    this.stop = this.session = undefined;
  }

  get verdict() {
    const { state, problem } = this.session ?? {};
    return state?.verdict.kind ?? (problem ? 'unknown' : 'loading');
  }

  get escalationId() {
    return this.session?.state?.openEscalation?.id ?? null;
  }

  draw() {
    if (!this.session) return;
    const { verdict } = this;
    if (verdict !== this.drawn) {
      this.drawn = verdict;
      this.internals.states.clear();
      this.internals.states.add(verdict);
      const template = ESCALATES.includes(verdict) ? trigger : verdict === 'loading' ? placeholder : note;
      this.inPage?.remove();
      this.inPage = template.content.firstElementChild.cloneNode(true);
      this.shadowRoot.prepend(this.inPage);
      if (template === trigger) this.inPage.addEventListener('click', () => void this.show());
      this.dispatchEvent(
        new CustomEvent('escalation-verdict', {
          bubbles: true,
          composed: true,
          detail: { caseId: this.session.caseId, verdict },
        }),
      );
    }
    this.fill(this.session.state);
  }

  fill(state) {
    if (ESCALATES.includes(this.drawn))
      this.inPage.querySelector('slot:not([name])').textContent =
        state.verdict.button?.label ?? 'Escalate case';
    if (this.drawn === 'loading') return;
    this.fillNote(state?.openEscalation);
  }

  fillNote(open) {
    const text = this.inPage.querySelector('[part="note-text"]');
    if (!text) return;
    const date =
      open && new Date(open.requestedAt).toLocaleDateString('en', { day: 'numeric', month: 'long' });
    text.textContent = open
      ? `Escalated on ${date}${open.owner ? `, with ${open.owner.name}` : ''}.`
      : 'We could not check whether this case is already escalated.';
    this.inPage.querySelector('a').href = this.getAttribute('feed-href') ?? '#';
  }

  async show() {
    if (!this.session || !ESCALATES.includes(this.verdict)) return false;
    const { VanillaDialog } = await import('./dialog.js');
    this.dialog ??= new VanillaDialog(this, this.session);
    await this.dialog.show();
    return true;
  }

  close() {
    this.dialog?.close();
  }
}
