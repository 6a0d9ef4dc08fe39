import { html, nothing, type TemplateResult } from 'lit';
import type { Action, ActionKind, Escalation } from '../../core/model.js';
import { safeLine } from '../../core/text.js';
import { actButton, actText, faultOf, renderActForm } from '../conversation/acts.js';
import { when } from '../conversation/when.js';
import type { FeedView } from '../conversation/view.js';
import { dueAt, timeFault, toLocal, zone } from './local-time.js';

/** What an owner says in one text, or with one time. */
export type Saying = 'promise' | 'next-update' | 'note' | 'resolve' | 'withdraw' | 'reopen';

/** The action that a filled-in form means. */
function actionOf(kind: Saying, text: string, local: string): Action {
  const due = dueAt(local);
  if (kind === 'promise') return { kind, text, ...due };
  if (kind === 'next-update') return { kind, dueAt: due.dueAt ?? '' };
  if (kind === 'resolve') return { kind, summary: text };
  if (kind === 'withdraw') return { kind, ...(text && { text }) };
  return { kind, text };
}

/** What stands there before anybody writes: what is promised already. */
const startOf = ({ now }: FeedView, { nextUpdateDueAt: at }: Escalation): string =>
  at && new Date(at) > now ? toLocal(new Date(at)) : '';

/** The form of an action that is one text, one time, or both. */
export function renderSaying(view: FeedView, kind: Saying, escalation: Escalation) {
  const { say, acting, now } = view;
  const timed = kind === 'next-update' || kind === 'promise';
  const isTime = kind === 'next-update';
  const start = isTime ? startOf(view, escalation) : '';
  const text = acting.value(kind, 'text');
  const due = acting.value(kind, 'due', start);
  const optional = kind === 'withdraw';
  const onSubmit = () => {
    const fine = acting.check(kind, {
      text: !isTime && (text.trim() || !optional) && faultOf(text),
      due: timed && timeFault(due, now, !isTime),
    });
    if (fine) void acting.act(actionOf(kind, text.trim() && text, due), { id: `review.done.${kind}` });
  };
  const title = say(`review.act.${kind}`);
  const hinted = kind === 'note' || kind === 'promise' || kind === 'resolve';
  return renderActForm(view, kind, {
    title,
    submit: say(`review.do.${kind}`),
    onSubmit,
    body: html`${
      isTime
        ? nothing
        : actText(view, kind, 'text', {
            label: say(`review.text.${kind}`),
            hint: hinted ? say(`review.hint.${kind}`) : undefined,
            optional,
          })
    }
    ${
      timed
        ? actText(view, kind, 'due', {
            label: say(isTime ? 'review.nextUpdate' : 'review.due'),
            hint: say('review.zone', { zone: zone() }),
            start,
            optional: !isTime,
            lines: false,
            type: 'datetime-local',
          })
        : nothing
    }`,
  });
}

/** The promises that are not kept yet, each with a button that says it is. */
export function renderPromises(view: FeedView, { promises }: Escalation): TemplateResult {
  const { say, acting, now, language } = view;
  const kind: ActionKind = 'keep-promise';
  const done = { id: `review.done.${kind}` };
  const title = say(`review.do.${kind}`);
  return html`<div part="act-form" role="group" aria-label=${title} data-form=${kind}>
    <ul part="open-promises" aria-label=${title}>
      ${promises
        .filter(({ keptAt }) => !keptAt)
        .map(
          ({ id, text, dueAt: at }, i) =>
            html`<li class="row">
              <span id="promise-${i}" dir="auto"
                >${safeLine(text, 1000)}
                ${at ? html`<span class="muted">${say('by', { time: when(new Date(at), now, language) })}</span>` : nothing}</span
              >
              ${actButton(view, kind, say('review.kept'), {
                onAct: () => void acting.act({ kind, promiseId: id }, done),
                describedBy: `promise-${i}`,
              })}
            </li>`,
        )}
    </ul>
  </div>`;
}
