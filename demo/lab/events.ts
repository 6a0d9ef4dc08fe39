import { html, type TemplateResult } from 'lit';
import { now } from '../desk/clock.js';
import { second } from '../format.js';

/** What the elements tell the page. */

const NAMES = [
  'submit', 'remedy', 'move-to-case', 'view', 'auth-required', 'verdict', 'requested', 'message', 'change',
  'unread', 'open', 'close', 'error',
].map((name) => `escalation-${name}`); // prettier-ignore
const KEPT = 100;

interface Told {
  at: number;
  name: string;
  detail: string;
}

const detailOf = (detail: Record<string, unknown>): string =>
  Object.entries(detail)
    .filter(([name, value]) => name !== 'caseId' && value !== undefined && value !== '')
    .map(([name, value]) =>
      name === 'verdict' || name === 'code' ? String(value) : `${name} ${String(value)}`,
    )
    .join(', ');

/** @param draw draws the lab again */
export function eventLog(draw: () => void): { render(): TemplateResult } {
  let told: Told[] = [];
  const hear = ({ type, detail }: Event & { detail: Record<string, unknown> }) => {
    told = [{ at: now(), name: type, detail: detailOf(detail) }, ...told].slice(0, KEPT);
    // Drawn by what is drawing the page just now: not from inside it.
    queueMicrotask(draw);
  };
  // While they come down: opening and closing do not bubble.
  for (const name of NAMES) document.addEventListener(name, hear as (event: Event) => void, true);

  const clear = () => {
    told = [];
    draw();
  };
  return {
    render: () =>
      html`<section class="lab-part" aria-labelledby="events">
        <div class="lab-line">
          <h3 class="lab-label" id="events">Events</h3>
          <button type="button" class="link-button" @click=${clear}>Clear</button>
        </div>
        ${
          told.length
            ? html`<ol class="events" tabindex="0" aria-labelledby="events">
                ${told.map(
                  ({ at, name, detail }) =>
                    html`<li>
                      <time datetime=${new Date(at).toISOString()}>${second(at)}</time>
                      <span><code>${name}</code> <span class="muted">${detail}</span></span>
                    </li>`,
                )}
              </ol>`
            : html`<p class="lab-hint">What the elements tell the page appears here.</p>`
        }
      </section>`,
  };
}
