import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { FAULTS } from '../desk/faults.js';

/** @param fault the id of what is wrong, or none */
export const renderNetwork = (fault: string, setFault: (id: string) => void): TemplateResult =>
  html`<fieldset class="lab-part lab-choices">
    <legend class="lab-label">Network</legend>
    ${[{ id: '', label: 'Fine' }, ...FAULTS].map(
      ({ id, label }) =>
        html`<label>
          <input
            type="radio"
            name="network"
            value=${id}
            .checked=${live(id === fault)}
            @change=${() => setFault(id)}
          />
          ${label}
        </label>`,
    )}
    <p class="lab-hint">For the elements only. What they know stays; reload to see a first visit.</p>
  </fieldset>`;
