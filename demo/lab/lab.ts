import { html } from 'lit';
import type { Scenario } from '../desk/scenarios.js';
import { icons } from '../icons.js';
import { renderThemeSwitch } from '../theme.js';
import { clockPart } from './clock.js';
import { eventLog } from './events.js';
import { labFrame, type Frame } from './frame.js';
import { renderLanguage, type Language } from './language.js';
import { renderNetwork } from './network.js';
import { renderScenario } from './scenario.js';
import { snippetPart } from './snippet.js';

/** What the lab sees of the page, and does to it. */
export interface LabPage {
  readonly scenario: Scenario | undefined;
  readonly fault: string;
  readonly language: Language;
  /** The owner's side, with the escalation of the case in front. */
  readonly ownerHref: string;
  readonly endpoint: string;
  /** The escalation elements of the page. */
  elements(): readonly Element[];
  choose(scenario: Scenario): void;
  setFault(id: string): void;
  moveClock(offset: number): Promise<void>;
  speak(language: Language): void;
}

/** “Try it”: puts the page into any state, and shows what it takes to have the elements elsewhere. */
export interface Lab {
  readonly frame: Frame;
  draw(): void;
}

/** @param onToggle called when it was opened or closed */
export function createLab(page: LabPage, onToggle: () => void): Lab {
  const frame = labFrame(document.querySelector<HTMLDialogElement>('#lab')!, onToggle);
  const draw = () =>
    frame.draw(
      html`${renderScenario(page.scenario, page.choose)} ${clock.render()}
        ${renderNetwork(page.fault, page.setFault)}
        <section class="lab-part lab-line">
          <h3 class="lab-label">Owner’s side</h3>
          <a class="aside-link" href=${page.ownerHref} target="escalation-owner"
            >Open the pane${icons.newTab}<span class="hidden"> (opens in a new tab)</span></a
          >
        </section>
        <div class="lab-part">
          ${renderThemeSwitch('lab-theme')} ${renderLanguage(page.language, page.speak)}
        </div>
        ${events.render()} ${snippet.render()}`,
    );
  const clock = clockPart(page.moveClock, draw);
  const events = eventLog(draw);
  const snippet = snippetPart(page.elements, page.endpoint, draw);
  return { frame, draw };
}
