import { html, nothing, type TemplateResult } from 'lit';

/** A button that looks like a link; `expanded`: whether what it unfolds is there. */
export const linkButton = (
  label: string,
  onClick: (event: Event) => void,
  expanded?: boolean,
): TemplateResult =>
  html`<button
    type="button"
    part="button button-link"
    class="link"
    aria-expanded=${expanded ?? nothing}
    @click=${onClick}
  >
    ${label}
  </button>`;
