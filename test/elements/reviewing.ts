import type { EscalationReview } from 'escalation-elements';
import type { Action, Escalation } from '../../src/core/model.js';
import { allByRole, byRole, find, nameOf, parts, until, write } from './find.js';
import { draw, FULL } from './gallery-review.js';
import { people, policies, scene, type Scene, type SceneOptions } from './scene.js';

/** What is offered, by its words. */
export const bar = (review: EscalationReview) =>
  allByRole(byRole(review, 'group', 'What you can do'), 'button').map(nameOf);

/** An escalation on which these have acted, as its owner sees it. */
export async function reviewing(
  acts: readonly Action[] = [],
  options: SceneOptions = {},
  before?: (desk: Scene) => unknown,
) {
  const desk = scene({ user: people.owner, ...options });
  await desk.escalate(people.customer, FULL);
  for (const act of acts) await desk.act(act);
  await before?.(desk);
  const review = await draw(desk);
  await find(review, 'group', 'What you can do');
  // The policy is there, too.
  await until(() => parts(review, 'criteria').length, 'no criteria');
  const press = (name: string) => byRole(review, 'button', name).click();
  const open = async (name: string) => {
    press(name);
    await until(() => parts(review, 'act-form').length, `no form: ${name}`);
    return parts(review, 'act-form')[0]!;
  };
  const type = async (label: string | RegExp, text: string) => {
    write(byRole<HTMLTextAreaElement>(review, 'textbox', label), text);
    await review.updateComplete;
  };
  /** A date and a time, as the reader's clock has it. */
  const choose = async (label: string, local: string) => {
    const field = [...review.shadowRoot!.querySelectorAll<HTMLInputElement>('[type="datetime-local"]')].find(
      (one) => nameOf(one).startsWith(label),
    )!;
    field.value = local;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await review.updateComplete;
  };
  /** As the customer's page has it. */
  const seen = async (): Promise<Escalation> => {
    const [record] = Object.values((await desk.backend.read()).escalations).slice(-1);
    const call = { user: people.customer, policy: policies.genesys };
    const found = await desk.backend.escalation?.(record!.escalation.id, call);
    return (found as { value: Escalation }).value;
  };
  return { desk, review, press, open, type, choose, seen };
}
/** A field for a date and a time. */
export const time = (review: EscalationReview, label: string) =>
  [...review.shadowRoot!.querySelectorAll<HTMLInputElement>('[type="datetime-local"]')].find((one) =>
    nameOf(one).startsWith(label),
  )!;
export const take: Action = { kind: 'take' };
export const resolve: Action = { kind: 'resolve', summary: 'Fixed in 9.4.2.' };
export const ACTIONS = /^POST .*actions/;
