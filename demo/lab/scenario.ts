import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { SCENARIOS, type Scenario } from '../desk/scenarios.js';

const PROCESSES = [...new Set(SCENARIOS.map(({ process }) => process))];

/** @param shown what the page shows; none where the address names a case of its own */
export function renderScenario(
  shown: Scenario | undefined,
  choose: (scenario: Scenario) => void,
): TemplateResult {
  const onChange = ({ target }: Event) =>
    choose(SCENARIOS.find(({ id }) => id === (target as HTMLSelectElement).value)!);
  return html`<section class="lab-part">
    <label class="lab-label" for="scenario">Scenario</label>
    <select id="scenario" aria-describedby="scenario-see" .value=${live(shown?.id ?? '')} @change=${onChange}>
      ${shown ? nothing : html`<option value="" disabled>Another case</option>`}
      ${PROCESSES.map(
        (name) =>
          html`<optgroup label=${name}>
            ${SCENARIOS.filter(({ process }) => process === name).map(
              ({ id, label }) => html`<option value=${id} ?selected=${id === shown?.id}>${label}</option>`,
            )}
          </optgroup>`,
      )}
    </select>
    <p class="lab-hint" id="scenario-see">${shown?.see}</p>
  </section>`;
}
