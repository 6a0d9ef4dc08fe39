import { html } from '@open-wc/testing';
import { configure, type EscalateCase } from 'escalation-elements';
import type { Policy } from '../../src/core/policy.js';
import { parts, until } from './find.js';
import { caseOf, people, policies, scene, type Scene, type SceneOptions } from './scene.js';

/** Whatever is drawn is made from a policy; a test may translate it first. */
export type Translate = (policy: Policy) => Policy;

export type Icons = Record<string, string>;

/** One thing that an element can show. Everything is found by part, never by words: they may be in any language. */
export interface View {
  name: string;
  draw(translate: Translate, icons?: Icons): Promise<HTMLElement>;
}

/** What people write in these views. */
export const TYPED = 'Nobody has answered for two weeks.';

export const given = (translate: Translate, options: SceneOptions = {}, icons?: Icons) =>
  scene({ ...options, policy: translate(options.policy ?? policies.genesys), with: { icons } });

export const part = <E extends HTMLElement = HTMLElement>(element: HTMLElement, name: string): E =>
  parts(element, name)[0] as E;
export const untilPart = (element: HTMLElement, name: string): Promise<void> =>
  until(
    () => part(element, name),
    `no part ${name}: ${element.shadowRoot?.textContent?.replace(/\s+/g, ' ')}`,
  );

export type Prepare = (desk: Scene) => unknown;
/** Draws the case and waits for its verdict. */
export async function draw(desk: Scene, verdict: string, attributes = {}): Promise<EscalateCase> {
  const element = await desk.draw<EscalateCase>(
    html`<escalate-case case-id="c-1" feed-href="#feed"></escalate-case>`,
  );
  Object.assign(element, attributes);
  await until(() => element.verdict === verdict, `${element.verdict}, not ${verdict}`);
  await element.updateComplete;
  return element;
}

export type Act = (element: EscalateCase, desk: Scene) => unknown;

/** In the page, without its dialog. */
const inPage = (
  name: string,
  verdict: string,
  options: SceneOptions = {},
  prepare?: Prepare,
  attributes = {},
  act?: Act,
): View => ({
  name,
  async draw(translate, icons) {
    const desk = given(translate, options, icons);
    await prepare?.(desk);
    const element = await draw(desk, verdict, attributes);
    await act?.(element, desk);
    await element.updateComplete;
    return element;
  },
});

/** Support has answered too lately for a case of high priority. */
export const RECENT = {
  priority: 'high' as const,
  lastUpdate: { ...caseOf().lastUpdate!, at: '2026-05-12T11:00:00Z' },
};
export const PULSE = { policy: policies['pulse-secure'] };

export async function unconfigured(
  tag: 'escalate-case' | 'escalation-feed' | 'escalation-review',
): Promise<HTMLElement> {
  const parentNode = document.createElement('div');
  configure({}, parentNode);
  document.body.append(parentNode);
  const element = document.createElement(tag);
  element.caseId = 'c-1';
  parentNode.append(element);
  await until(() => element.matches(':state(unconfigured)'), 'never unconfigured');
  return element;
}

export const caseViews: View[] = [
  inPage('loading', 'loading', {}, (desk) => void desk.hold(/cases/)),
  inPage('available', 'available'),
  inPage('icon', 'available', {}, undefined, { trigger: 'icon' }),
  inPage('blocked', 'blocked', { case: RECENT }),
  inPage('requested', 'open-escalation', {}, (desk) => desk.escalate()),
  inPage('accepted', 'open-escalation', {}, async (desk) => {
    await desk.escalate();
    await desk.act({ kind: 'accept', importance: 'high', urgency: 'high', text: 'We take it on.' });
  }),
  inPage('offline', 'available', {}, undefined, {}, async (element, desk) => {
    desk.fail('offline');
    await element.refresh();
  }),
  inPage('elsewhere', 'elsewhere', { case: { priority: 'critical' } }),
  inPage(
    'under review by now',
    'open-escalation',
    {},
    (desk) => desk.escalate(),
    {},
    async (element, desk) => {
      await desk.act({ kind: 'take' });
      await element.refresh();
    },
  ),
  inPage('not offered', 'not-offered', { ...PULSE, case: { plan: 'Gold' } }),
  inPage('unknown', 'unknown', {}, (desk) => desk.fail('offline')),
  inPage('signed out', 'signed-out', { user: null }),
  inPage('refused', 'refused', { user: people.stranger }),
  { name: 'unconfigured', draw: () => unconfigured('escalate-case') },
];
