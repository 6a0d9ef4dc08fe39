import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { Action, User } from '../../src/core/model.js';
import { find, findText, textOf, until } from './find.js';
import { HOUR, people, scene, type Scene } from './scene.js';

/** An escalation that has come some way, and what its owner and the customer do with it. */

export const accept: Action = {
  kind: 'accept',
  importance: 'high',
  urgency: 'medium',
  text: 'We take it on.',
};
export const resolve: Action = { kind: 'resolve', summary: 'Fixed in 9.4.2.' };

export const draw = (desk: Scene) =>
  desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);

/** The feed of an escalation on which the owner has acted so, as one person sees it. */
export async function drawn(acts: Action[], user: User = people.customer, hours = 0) {
  const desk = scene({ user });
  await desk.escalate();
  for (const act of acts) await desk.act(act);
  desk.pass(hours * HOUR);
  const feed = await draw(desk);
  await find(feed, 'list', 'Progress');
  await findText(feed, /Escalation requested by/);
  return { desk, feed };
}
export const done = async (feed: EscalationFeed, text: string | RegExp) => {
  await findText(feed, text);
  await until(() => feed.shadowRoot?.activeElement?.matches('[data-done]'), 'the focus is elsewhere');
  expect(textOf(feed.shadowRoot?.activeElement)).to.match(new RegExp(text));
};
export const only = async (desk: Scene) => (await desk.escalations())[0]!;
