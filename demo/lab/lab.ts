import { html } from 'lit';
import type { Process } from '../desk/policies.js';
import type { Scenario } from '../desk/scenarios.js';
import { renderThemeSwitch } from '../theme.js';
import { clockPart } from './clock.js';
import { eventLog } from './events.js';
import { labFrame, wasOpen, type Frame } from './frame.js';
import { renderLanguage, type Language } from './language.js';
import { renderNetwork } from './network.js';
import { ownerPane, type OwnerPane } from './owner.js';
import type { PolicyPane } from './policy/pane.js';
import { renderPolicyPart } from './policy/part.js';
import { renderScenario } from './scenario.js';
import { snippetPart } from './snippet.js';

/** What the lab sees of the page, and does to it. */
export interface LabPage {
  readonly scenario: Scenario | undefined;
  readonly process: Process | undefined;
  readonly fault: string;
  readonly language: Language;
  /** The owner's side, with the escalation of the case in front. */
  readonly ownerHref: string;
  readonly endpoint: string;
  /** The escalation elements of the page. */
  elements(): readonly Element[];
  ask(path: string, init?: RequestInit): Promise<Response>;
  choose(scenario: Scenario): void;
  setFault(id: string): void;
  moveClock(offset: number): Promise<void>;
  speak(language: Language): void;
  /** Another policy is in force. */
  onApplied(): void;
}

/** “Try it”: puts the page into any state, and shows what it takes to have the elements elsewhere. */
export interface Lab {
  readonly frame: Frame;
  readonly owner: OwnerPane;
  draw(): void;
  /** Another case, or news of another tab. */
  refresh(): void;
}

/** Room for the page, a pane and the lab. */
const spacious = matchMedia('(width >= 1600px)');

/** @param onToggle called when something of it was opened or closed */
export function createLab(page: LabPage, onToggle: () => void): Lab {
  let policy: PolicyPane | undefined;
  const onFrame = () => {
    onToggle();
    if (frame.open) void loadPolicy();
    draw();
  };
  const frame = labFrame(document.querySelector<HTMLDialogElement>('#lab')!, {
    title: 'Try it',
    from: 1100,
    onToggle: onFrame,
  });
  const owner = ownerPane(() => page.ownerHref, onFrame);

  /** Asked for with the lab: a customer's first look at the page does not pay for it. */
  async function loadPolicy(): Promise<PolicyPane> {
    const { policyPane } = await import('./policy/pane.js');
    if (policy) return policy;
    policy = policyPane(page, onFrame);
    void policy.refresh();
    return policy;
  }

  /** One pane at a time, and the lab beside it where there is room for both. */
  function toggle(pane: Frame, other: Frame | undefined): void {
    if (other?.open) other.close();
    if (!pane.open && !spacious.matches) frame.close();
    pane.toggle();
  }
  const toggleOwner = () => toggle(owner.frame, policy?.frame);
  const togglePolicy = async () => toggle((await loadPolicy()).frame, owner.frame);

  function draw(): void {
    const { says = 'Loading the policy…', frame: pane } = policy ?? {};
    frame.draw(
      html`${renderScenario(page.scenario, page.choose)} ${clock.render()}
        ${renderNetwork(page.fault, page.setFault)} ${owner.renderPart(toggleOwner)}
        ${renderPolicyPart(says, pane?.open ?? false, () => void togglePolicy())}
        <div class="lab-part">
          ${renderThemeSwitch('lab-theme')} ${renderLanguage(page.language, page.speak)}
        </div>
        ${events.render()} ${snippet.render()}`,
    );
  }
  const clock = clockPart(page.moveClock, draw);
  const events = eventLog(draw);
  const snippet = snippetPart(page.elements, page.endpoint, draw);
  if (frame.open || wasOpen('policy')) void loadPolicy();
  return { frame, owner, draw, refresh: () => void policy?.refresh() };
}
