import { html, type TemplateResult } from 'lit';

/** In the lab: the way to the pane. */
export const renderPolicyPart = (says: string, open: boolean, toggle: () => void): TemplateResult =>
  html`<section class="lab-part" aria-labelledby="policy-part">
    <div class="lab-line">
      <h3 class="lab-label" id="policy-part">Policy</h3>
      <button
        type="button"
        class="button"
        aria-controls="policy"
        aria-expanded=${open ? 'true' : 'false'}
        @click=${toggle}
      >
        Edit the policy
      </button>
    </div>
    <p class="lab-hint">${says}</p>
  </section>`;
