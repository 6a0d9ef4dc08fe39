import { desk } from './session.js';
import { sheetsOf } from './styles.js';

const CLOSE = 'm12 10.6 5-5L18.4 7l-5 5 5 5-1.4 1.4-5-5-5 5L5.6 17l5-5-5-5L7 5.6z';
const CHECK = 'M9.5 17.5 4 12l1.6-1.6 3.9 3.9 8.9-8.9L20 7z';
const frame = document.createElement('template');
frame.innerHTML = `<dialog part="dialog" aria-labelledby="dialog-title"><header part="dialog-header"><div><h2 part="dialog-title" id="dialog-title" tabindex="-1"></h2><p part="dialog-subtitle" class="muted" dir="auto"></p></div><button type="button" part="button dialog-close" class="button" aria-label="Close"><svg viewBox="0 0 24 24" aria-hidden="true" part="close-icon icon icon-close"><path d="${CLOSE}"></path></svg></button></header><p class="hidden" role="status"></p><div part="dialog-body"><p part="last-update" class="muted" tabindex="-1"><time></time> <bdi part="last-update-excerpt"></bdi></p><slot name="intro"><p part="intro"></p></slot><details part="verdict verdict-available"><summary part="criteria-summary">This case can be escalated</summary><ul part="criteria"></ul></details><form part="form" novalidate><div class="group"><fieldset part="field field-reasonId"><legend part="legend" class="label"></legend><div></div></fieldset><div class="group" aria-live="polite"></div></div><div part="field field-details"><label part="label" class="label" for="control-details"><span></span> <span part="optional" class="muted">(optional)</span></label><p part="hint" class="muted" id="control-details-hint"></p><textarea part="control textarea" dir="auto" id="control-details" aria-required="false" aria-describedby="control-details-hint"></textarea></div></form><slot name="contact"></slot><div part="help" hidden><slot name="help"></slot></div></div><footer part="dialog-footer"><button type="button" part="button button-link" class="link" hidden>Discard draft</button><button type="button" part="button button-secondary" class="button" aria-disabled="false">Close</button><button type="button" part="button button-primary" class="button primary" aria-disabled="false"></button></footer></dialog>`;
const criterion = document.createElement('template');
criterion.innerHTML = `<li part="criterion criterion-met"><svg viewBox="0 0 24 24" aria-hidden="true" part="criterion-icon icon icon-check"><path d="${CHECK}"></path></svg><p><span part="criterion-result">Met</span> <span part="criterion-title"></span></p></li>`;
const choice = document.createElement('template');
choice.innerHTML = `<label part="choice"><input part="control radio" type="radio" name="control-reasonId"><span><span part="reason-when" class="muted"></span></span></label>`;
const promise = document.createElement('template');
promise.innerHTML = `<div part="promise"><span class="label">What will happen:</span> <span part="promise-text"></span></div>`;
const relative = new Intl.RelativeTimeFormat('en', { style: 'short' });

const NAMES = ['input', 'change', 'paste', 'keydown', 'keyup', 'keypress'];
const PASSES = /^(Escape|Tab|F\d+)$/;

/**
 * A dialog with the same fields, reasons, promise and criteria, by hand: built once, then changed where something has
 * changed. What is typed is kept in the tab, and counted. Left out against ours: sending, checks, refusals, other verdicts,
 * news while it is open, other tabs, attachments, extra fields, what a host may put in its place.
 */
export class VanillaDialog {
  constructor(host, session) {
    this.host = host;
    this.session = session;
    this.draft = { reasonId: '', details: '' };
    host.shadowRoot.adoptedStyleSheets = [
      ...host.shadowRoot.adoptedStyleSheets,
      ...sheetsOf('dialog', 'later'),
    ];
    for (const name of NAMES)
      host.shadowRoot.addEventListener(name, (event) => {
        const { key, ctrlKey, metaKey } = event;
        if (!(key !== undefined && (ctrlKey || metaKey || PASSES.test(key)))) event.stopPropagation();
      });
  }

  find(part) {
    return this.element.querySelector(`[part~="${part}"]`);
  }

  async show() {
    if (this.element?.open) return;
    this.policy ??= await desk.backend.policy();
    if (!this.element) this.build();
    this.update();
    this.element.showModal();
    this.find('dialog-title').focus();
    this.host.internals.states.add('dialog-open');
    this.host.dispatchEvent(new CustomEvent('escalation-open', { detail: {} }));
    this.tick = setInterval(() => this.updateTime(), 15_000);
    this.shownOrNot = new ResizeObserver(() => this.element.checkVisibility() || this.close());
    this.shownOrNot.observe(this.element);
    this.recall();
  }

  close() {
    this.element?.close();
  }

  closed() {
    clearInterval(this.tick);
    this.shownOrNot.disconnect();
    this.host.internals.states.delete('dialog-open');
    this.host.dispatchEvent(new CustomEvent('escalation-close', { detail: {} }));
    this.host.inPage.focus();
  }

  build() {
    this.element = frame.content.firstElementChild.cloneNode(true);
    const { form, reasons } = this.policy;
    this.find('dialog-title').textContent = form.title;
    this.find('intro').textContent = form.intro;
    this.find('legend').textContent = form.reasonLabel;
    this.find('label').firstChild.textContent = form.details.label;
    this.find('button-primary').textContent = form.submit;
    const choices = this.find('field-reasonId').lastChild;
    for (const { id, label, whenToSelect } of reasons) {
      const row = choice.content.firstElementChild.cloneNode(true);
      row.firstChild.value = id;
      row.firstChild.addEventListener('change', () => this.choose(id));
      row.lastChild.prepend(label);
      row.lastChild.lastChild.append(document.createElement('br'), whenToSelect);
      choices.append(row);
    }
    const field = this.find('textarea');
    field.addEventListener('input', () => this.typed(field.value));
    this.find('dialog-close').addEventListener('click', () => this.close());
    this.find('button-secondary').addEventListener('click', () => this.close());
    this.find('button-link').addEventListener('click', () => this.discard());
    this.find('form').addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('close', () => this.closed());
    this.host.shadowRoot.append(this.element);
  }

  /** What the case says. */
  update() {
    const { state } = this.session;
    const { number, subject } = state.case;
    this.find('dialog-subtitle').textContent = `Case ${number} · \u2068${subject}\u2069`;
    const list = this.find('criteria');
    list.replaceChildren(
      ...state.verdict.criteria.map(({ id }) => {
        const row = criterion.content.firstElementChild.cloneNode(true);
        row.querySelector('[part="criterion-title"]').textContent = this.policy.criteria.find(
          (one) => one.id === id,
        ).title;
        return row;
      }),
    );
    this.find('last-update-excerpt').textContent = `“${state.case.lastUpdate.excerpt}”`;
    this.updateTime();
    this.updateDraft();
  }

  updateTime() {
    const { at, by } = this.session.state.case.lastUpdate;
    const hours = Math.round((new Date(at) - this.session.now()) / 3_600_000);
    const time = this.find('last-update').firstChild;
    time.dateTime = at;
    time.textContent = `Last update ${relative.format(hours, 'hour')} by \u2068${by.name}\u2069`;
  }

  choose(reasonId) {
    this.draft.reasonId = reasonId;
    const reason = this.policy.reasons.find(({ id }) => id === reasonId);
    const block = promise.content.firstElementChild.cloneNode(true);
    block.lastChild.textContent = reason.action;
    this.element.querySelector('[aria-live]').replaceChildren(...(reason.action ? [block] : []));
    const required = reason.details === 'required';
    this.find('optional')?.toggleAttribute('hidden', required);
    this.find('textarea').ariaRequired = String(required);
    this.changed();
  }

  typed(details) {
    this.draft.details = details;
    this.changed();
  }

  changed() {
    sessionStorage.setItem(
      `vanilla draft ${this.session.caseId}`,
      JSON.stringify({ at: Date.now(), value: this.draft }),
    );
    this.updateDraft();
  }

  recall() {
    const kept = sessionStorage.getItem(`vanilla draft ${this.session.caseId}`);
    if (!kept || this.draft.details) return;
    this.draft = JSON.parse(kept).value;
    this.find('textarea').value = this.draft.details;
    this.updateDraft();
  }

  discard() {
    this.draft = { reasonId: '', details: '' };
    this.find('textarea').value = '';
    sessionStorage.removeItem(`vanilla draft ${this.session.caseId}`);
    this.updateDraft();
  }

  updateDraft() {
    const { hint, maxLength } = this.policy.form.details;
    const reason = this.policy.reasons.find(({ id }) => id === this.draft.reasonId);
    this.find('hint').textContent = reason?.detailsHint ?? hint;
    const left = maxLength - this.draft.details.trim().length;
    const counts = left <= maxLength / 5;
    this.keep('counter', 'muted', counts, () => this.find('textarea').parentElement);
    if (counts)
      this.find('counter').textContent =
        left < 0 ? `${-left} characters too many` : `${left} characters left`;
    this.keep('draft-status', 'muted', this.draft.details, () => this.find('form'));
    if (this.draft.details) this.find('draft-status').textContent = 'Saved on this device';
    this.find('button-link').hidden = !this.draft.details;
    this.host.internals.states[this.draft.details ? 'add' : 'delete']('draft');
  }

  /** A paragraph that is there or not. */
  keep(part, className, wanted, parent) {
    const found = this.find(part);
    if (!wanted) found?.remove();
    else if (!found) {
      const line = document.createElement('p');
      line.className = className;
      line.setAttribute('part', part);
      parent().append(line);
    }
  }
}
