import { html, nothing, type TemplateResult } from 'lit';
import type { Values } from '../locales/registry.js';

/** Shown from 80 % of a limit on; over it, by how much: nothing is cut. */
export function renderCounter(
  { say }: { say(id: string, values: Values): string },
  length: number,
  max: number,
): TemplateResult | typeof nothing {
  const left = max - length;
  if (left > max / 5) return nothing;
  return html`<p part="counter ${left < 0 ? 'counter-over' : ''}" class="muted">
    ${left < 0 ? say('charactersOver', { over: -left }) : say('charactersLeft', { left })}
  </p>`;
}
