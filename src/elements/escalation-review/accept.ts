import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { hasLifecycle } from '../../core/guard-lifecycle.js';
import { escalationPriority } from '../../core/lifecycle.js';
import type { Level } from '../../core/model.js';
import { linkButton } from '../buttons.js';
import { actText, faultOf, renderActForm } from '../conversation/acts.js';
import type { FeedView } from '../conversation/view.js';
import { dueAt, timeFault, toLocal, zone } from './local-time.js';
import { renderLevel, renderLevels, renderMatrix } from './priority.js';

const HOUR = 3_600_000;
/** As the contract has it. */
const STEP = 2000;
const WHO = 200;

/** The ids of the rows for next steps: one is there from the start (G33). */
export const stepIds = ({ acting }: FeedView): string[] =>
  acting.value('accept', 'steps', '1').split(',').filter(Boolean);

const stepOf = ({ acting }: FeedView, id: string) => ({
  text: acting.value('accept', `step-${id}`),
  who: acting.value('accept', `who-${id}`),
  due: acting.value('accept', `due-${id}`),
});

/** Moves the focus once what was clicked for is there. */
function focusThen(event: Event, selector: string): void {
  const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
  void (root.host as LitElement).updateComplete.then(() =>
    root.querySelector<HTMLElement>(selector)?.focus(),
  );
}

function renderSteps(view: FeedView): TemplateResult {
  const { say, acting } = view;
  const ids = stepIds(view);
  const set = (rows: string[]) => acting.write('accept', 'steps', rows.join());
  const onAdd = (event: Event) => {
    const id = String(Math.max(0, ...ids.map(Number)) + 1);
    set([...ids, id]);
    focusThen(event, `#act-accept-step-${id}`);
  };
  const onRemove = (event: Event, id: string) => {
    for (const name of ['step', 'who', 'due']) acting.write('accept', `${name}-${id}`, '');
    set(ids.filter((one) => one !== id));
    focusThen(event, '[data-add]');
  };
  return html`${repeat(
      ids,
      (id) => id,
      (id, i) =>
        html`<fieldset part="step-row">
          <legend part="legend" class="label">${say('review.step', { n: i + 1 })}</legend>
          <div class="fields">
            ${actText(view, 'accept', `step-${id}`, { label: say('review.stepText'), optional: true, lines: false, max: STEP })}
            ${actText(view, 'accept', `who-${id}`, { label: say('review.stepWho'), optional: true, lines: false, max: WHO })}
            ${actText(view, 'accept', `due-${id}`, { label: say('review.due'), optional: true, lines: false, type: 'datetime-local' })}
          </div>
          ${acting.busy ? nothing : linkButton(say('review.remove'), (event) => onRemove(event, id))}
        </fieldset>`,
    )}
    <p>
      <button
        type="button"
        part="button button-secondary"
        class="button"
        data-add
        aria-disabled=${acting.busy ? 'true' : nothing}
        @click=${(event: Event) => (acting.busy ? undefined : onAdd(event))}
      >
        ${say('review.addStep')}
      </button>
    </p>`;
}

/** Accepting: how important and how urgent it is, the answer, what happens next, and when the customer hears again (G33–G36). */
export function renderAccept(view: FeedView): TemplateResult | typeof nothing {
  const { say, acting, policy, now } = view;
  const importance = acting.value('accept', 'importance') as Level;
  const urgency = acting.value('accept', 'urgency') as Level;
  const text = acting.value('accept', 'text');
  const known = hasLifecycle(policy) ? policy : undefined;
  const priority = known && importance && urgency && escalationPriority(known, importance, urgency);
  const hours = priority && known?.lifecycle.updateHours?.[priority];
  // Moves with the priority, until somebody has chosen.
  const start = hours ? toLocal(new Date(now.getTime() + hours * HOUR)) : '';
  const next = acting.value('accept', 'next', start);

  const onSubmit = () => {
    const steps = stepIds(view).map((id) => ({ id, ...stepOf(view, id) }));
    const used = steps.filter(({ text: what, who, due }) => what.trim() || who.trim() || due);
    const fine = acting.check('accept', {
      importance: !importance && 'review.choose',
      urgency: !urgency && 'review.choose',
      text: faultOf(text),
      ...Object.fromEntries(
        used.flatMap(({ id, text: what, who, due }) => [
          [`step-${id}`, faultOf(what, STEP)],
          [`who-${id}`, who.trim() ? faultOf(who, WHO) : undefined],
          [`due-${id}`, timeFault(due, now)],
        ]),
      ),
      next: timeFault(next, now),
    });
    if (!fine) return;
    const nextUpdateDueAt = dueAt(next).dueAt;
    const nextSteps = used.map(({ text: what, who, due }) => ({
      text: what,
      ...(who.trim() && { who }),
      ...dueAt(due),
    }));
    void acting.act(
      {
        kind: 'accept',
        importance,
        urgency,
        text,
        ...(nextSteps.length && { nextSteps }),
        ...(nextUpdateDueAt && { nextUpdateDueAt }),
      },
      { id: 'review.done.accept' },
    );
  };
  const title = say('review.do.accept');
  return renderActForm(view, 'accept', {
    title,
    submit: title,
    onSubmit,
    body: html`<div class="beside">
        <div class="stack">
          ${renderLevels(view, 'importance')} ${renderLevels(view, 'urgency')}
          <p part="priority-result" role="status">
            ${priority ? html`${say('priority')} <strong>${renderLevel(view, priority)}</strong>` : nothing}
          </p>
        </div>
        ${known ? renderMatrix(view, known, importance, urgency) : nothing}
      </div>
      ${actText(view, 'accept', 'text', { label: say('review.text') })}
      <p class="muted">${say('review.zone', { zone: zone() })}</p>
      ${renderSteps(view)}
      ${actText(view, 'accept', 'next', {
        label: say('review.nextUpdate'),
        start,
        optional: true,
        lines: false,
        type: 'datetime-local',
      })}`,
  });
}
