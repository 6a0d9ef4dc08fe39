import { html, type TemplateResult } from 'lit';
import { matches } from '../core/facts.js';
import { safeHref } from '../core/href.js';
import type { JudgedState } from '../core/model.js';
import type { Policy, Text } from '../core/policy.js';
import { safeLine } from '../core/text.js';

/** Where to read on (G42): what the page says, else the policy's links for this product and this user. */
export function renderHelp(
  host: HTMLElement,
  policy: Policy | undefined,
  state: JudgedState | null,
  text: (text: Text) => string,
): TemplateResult {
  const links = (policy?.help ?? []).filter(
    ({ products, audiences }) => state && matches({ product: products, audience: audiences }, state),
  );
  const empty = !links.length && !host.querySelector(':scope > [slot="help"]');
  return html`<div part="help" ?hidden=${empty}>
    <slot name="help"
      >${links.map(({ label, href }) => {
        const safe = safeHref(href);
        return safe
          ? html`<a href=${safe} target="_blank" rel="noopener noreferrer">${safeLine(text(label))}</a> `
          : safeLine(text(label));
      })}</slot
    >
  </div>`;
}
