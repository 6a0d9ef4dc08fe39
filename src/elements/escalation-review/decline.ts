import { html, nothing, type TemplateResult } from 'lit';
import { matches } from '../../core/facts.js';
import { articleOf } from '../../core/guard-article.js';
import { safeHref } from '../../core/href.js';
import type { Escalation, Link } from '../../core/model.js';
import { safeLine } from '../../core/text.js';
import { actText, faultOf, renderActForm } from '../conversation/acts.js';
import type { FeedView } from '../conversation/view.js';

const YES = 'yes';

/** A choice of several: its name in the form, and whether it stands ticked before anybody has chosen. */
function renderCheck(view: FeedView, name: string, label: unknown, start: string): TemplateResult {
  const { acting } = view;
  const onChange = (event: Event) =>
    acting.write('decline', name, (event.target as HTMLInputElement).checked ? YES : '');
  return html`<label part="choice">
    <input
      part="control checkbox"
      type="checkbox"
      .checked=${acting.value('decline', name, start) === YES}
      ?disabled=${acting.busy !== ''}
      @change=${onChange}
    />
    <span dir="auto">${label}</span>
  </label>`;
}

/** Where the customer can read on: what the policy has for this product and audience, and its article (G34, G42). */
function linksOf({ policy, state, text }: FeedView): Link[] {
  const article = policy && articleOf(policy);
  const rows = (policy?.help ?? [])
    .filter(({ products, audiences }) => state && matches({ product: products, audience: audiences }, state))
    .map(({ label, href }) => ({ label: text(label), href }));
  if (article?.url) rows.push({ label: article.title ? text(article.title) : article.id, href: article.url });
  return rows.flatMap(({ label, href }) => {
    const safe = safeHref(href);
    // The contract takes web addresses only.
    return safe && /^http/.test(safe) ? [{ label: safeLine(label), href: safe }] : [];
  });
}

/** Declining: which criteria are not met and why, where to read on, and the owner's own words (G34). */
export function renderDecline(
  view: FeedView,
  { criteria = [] }: Escalation,
): TemplateResult | typeof nothing {
  const { say, acting, policy } = view;
  const links = linksOf(view);
  const isTicked = (name: string, start = '') => acting.value('decline', name, start) === YES;
  const rows = criteria.flatMap(({ id, result }) => {
    const found = policy?.criteria.find((row) => row.id === id);
    const title = view.criterion(id);
    if (!found || title === undefined) return [];
    const start = result === 'not-met' ? YES : '';
    const guidance = found.guidance ? view.text(found.guidance) : '';
    const ticked = isTicked(`not-${id}`, start);
    return [{ id, title, start, guidance, ticked, text: acting.value('decline', `why-${id}`, guidance) }];
  });
  const text = acting.value('decline', 'text');
  const onSubmit = () => {
    const ticked = rows.filter((row) => row.ticked);
    const faults: Record<string, string | undefined> = { text: faultOf(text) };
    for (const row of ticked) faults[`why-${row.id}`] = faultOf(row.text);
    if (!acting.check('decline', faults)) return;
    const read = links.filter(({ href }) => isTicked(`link ${href}`));
    void acting.act(
      {
        kind: 'decline',
        text,
        criteria: ticked.map(({ id, text: why }) => ({ id, text: why })),
        ...(read.length && { links: read }),
      },
      { id: 'review.done.decline' },
    );
  };
  const title = say('review.do.decline');
  return renderActForm(view, 'decline', {
    title,
    submit: title,
    onSubmit,
    body: html`${
      rows.length
        ? html`<fieldset part="field">
            <legend part="legend" class="label">${say('review.criteriaMissed')}</legend>
            ${rows.map(
              (row) =>
                html`${renderCheck(view, `not-${row.id}`, row.title, row.start)}
                ${
                  row.ticked
                    ? actText(view, 'decline', `why-${row.id}`, {
                        label: say('review.why', { title: row.title }),
                        start: row.guidance,
                      })
                    : nothing
                }`,
            )}
          </fieldset>`
        : nothing
    }
    ${actText(view, 'decline', 'text', { label: say('review.text') })}
    ${
      links.length
        ? html`<fieldset part="field">
            <legend part="legend" class="label">${say('review.links')}</legend>
            ${links.map(({ label, href }) => renderCheck(view, `link ${href}`, label, ''))}
          </fieldset>`
        : nothing
    }`,
  });
}
