import { html, nothing, type TemplateResult } from 'lit';
import { PROCESS_NAMES, type PolicyInForce } from '../../desk/policies.js';
import { SCENARIOS, type Scenario } from '../../desk/scenarios.js';
import type { Idea } from './ideas.js';
import type { Problem } from './problems.js';

/** What the policy's pane shows around its editor. */
export interface PolicyView {
  inForce: PolicyInForce | null;
  ideas: readonly Idea[];
  /** The one that was taken up last. */
  idea: Idea | null;
  problems: readonly Problem[];
  edited: boolean;
  /** Already as it came with the package. */
  isShipped: boolean;
  says: string;
  refused: boolean;
  host: HTMLElement;
  take(idea: Idea): void;
  choose(scenario: Scenario): void;
  goTo(problem: Problem): void;
  apply(): void;
  discard(): void;
  undo(): void;
}

const button = (label: string, act: () => void, more = ''): TemplateResult =>
  html`<button type="button" class="button ${more}" @click=${act}>${label}</button>`;

function renderIdeas({ ideas, idea, take, choose }: PolicyView): TemplateResult {
  const scenario = SCENARIOS.find(({ id }) => id === idea?.scenario);
  return html`<section class="policy-ideas" aria-label="Ideas">
    <ul>
      ${ideas.map((one) => html`<li>${button(one.label, () => take(one), 'idea')}</li>`)}
    </ul>
    <p class="lab-hint">
      ${
        scenario
          ? html`Apply it, then look at
              <button type="button" class="link-button" @click=${() => choose(scenario)}>
                ${scenario.label}
              </button>`
          : 'Each changes the text below. Nothing is in force before you apply it.'
      }
    </p>
  </section>`;
}

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const countOf = (problems: readonly Problem[]): string => {
  const faults = problems.filter(({ kind }) => kind === 'fault').length;
  const hints = problems.length - faults;
  return [faults && many(faults, 'fault'), hints && many(hints, 'hint')].filter(Boolean).join(', ');
};

function renderProblems({ problems, goTo }: PolicyView): TemplateResult | typeof nothing {
  if (!problems.length) return nothing;
  return html`<section class="policy-problems" aria-labelledby="policy-problems">
    <h3 id="policy-problems">${countOf(problems)}</h3>
    <ol>
      ${problems.map(
        (problem) =>
          html`<li class="is-${problem.kind}">
            <button type="button" class="link-button" @click=${() => goTo(problem)}>
              Line ${problem.line}
            </button>
            <p>${problem.pointer ? html`<code>${problem.pointer}</code> ` : nothing}${problem.reason}</p>
          </li>`,
      )}
    </ol>
  </section>`;
}

export function renderPolicy(view: PolicyView): TemplateResult {
  const { inForce, host, says, refused, edited, isShipped, apply, discard, undo } = view;
  return html`<div class="policy" aria-busy=${inForce ? 'false' : 'true'}>
    ${inForce ? html`<p class="policy-name">${PROCESS_NAMES[inForce.process]}</p>` : nothing}
    ${renderIdeas(view)} ${host}
    <p class="policy-says ${refused ? 'refused' : ''} ${edited ? 'edited' : ''}" role="status">${says}</p>
    ${renderProblems(view)}
    <div class="policy-acts">
      ${isShipped ? nothing : button('Undo to the shipped policy', undo)}
      ${edited ? button('Discard the edits', discard) : nothing} ${button('Apply', apply, 'brand-button')}
    </div>
  </div>`;
}
