import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { statesOf, until } from './find.js';
import { scene, type Scene, type SceneOptions } from './scene.js';

export const VERDICTS = [
  'loading', 'available', 'blocked', 'elsewhere', 'open-escalation', 'not-offered', 'unknown', 'signed-out',
  'refused', 'unconfigured',
]; // prettier-ignore

export const draw = (desk: Scene) =>
  desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);

/** Draws the case and waits for its verdict. */
export async function shown(options: SceneOptions, verdict: string, before?: (desk: Scene) => unknown) {
  const desk = scene(options);
  await before?.(desk);
  const element = await draw(desk);
  await until(() => element.verdict === verdict, `the verdict is ${element.verdict}, not ${verdict}`);
  await element.updateComplete;
  return { desk, element };
}

/** What every verdict has in common. */
export async function expectVerdict(element: EscalateCase, verdict: string) {
  await expect(element).to.be.accessible();
  expect(element.verdict).to.equal(verdict);
  expect(statesOf(element, VERDICTS)).to.eql([verdict]);
}
