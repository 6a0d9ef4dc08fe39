import { setViewport } from '@web/test-runner-commands';
import type { EscalateCase } from 'escalation-elements';
import { parts, write } from './find.js';
import { dialogFiles } from './gallery-files.js';
import { dialogTabs } from './gallery-tabs.js';
import {
  draw,
  given,
  part,
  PULSE,
  RECENT,
  TYPED,
  untilPart,
  type Act,
  type Prepare,
  type View,
} from './gallery.js';
import { HOUR, people, policies, type SceneOptions } from './scene.js';

/** With its dialog. */
const dialog = (name: string, verdict: string, options: SceneOptions, act: Act, prepare?: Prepare): View => ({
  name: `dialog: ${name}`,
  async draw(translate, icons) {
    const desk = given(translate, options, icons);
    const element = await draw(desk, verdict);
    await prepare?.(desk);
    await element.show();
    await act(element, desk);
    await element.updateComplete;
    return element;
  },
});

export function pick(element: HTMLElement, reasonId: string): void {
  const select = part<HTMLSelectElement>(element, 'select');
  select.value = reasonId;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}
/** Answers a field of radios by their values. */
export const say = (element: HTMLElement, field: string, value: string): void =>
  [...part(element, `field-${field}`).querySelectorAll('input')]
    .find((input) => input.value === value)
    ?.click();
export const submit = (element: HTMLElement): void =>
  parts(part(element, 'dialog-footer'), 'button-primary')[0]?.click();

async function fillIn(element: EscalateCase): Promise<void> {
  await untilPart(element, 'select');
  pick(element, 'lack-of-updates');
  await untilPart(element, 'promise');
  write(part(element, 'textarea'), TYPED);
  await element.updateComplete;
  say(element, 'confirmed-no-change-of-urgency', 'no');
  await element.updateComplete;
}
const sends: Act = async (element) => {
  await fillIn(element);
  submit(element);
};

/** The page of the tests may not write into a clipboard. */
async function withClipboard(act: () => Promise<void>): Promise<void> {
  const { clipboard } = navigator;
  const own = clipboard.writeText.bind(clipboard);
  clipboard.writeText = async () => undefined;
  await act().finally(() => (clipboard.writeText = own));
}

const HIGH = { priority: 'high' as const };
const WAITING = {
  waitingOn: 'customer' as const,
  waitingSince: '2026-05-11T09:00:00Z',
  waitingFor: 'Please send the logs.',
};
/** Nobody knows whether an analysis was asked for, and nothing hangs on it. */
const NOT_KNOWN = {
  policy: {
    ...policies.genesys,
    criteria: policies.genesys.criteria.map((row) =>
      row.kind === 'business-days-since' ? { ...row, effect: 'advises' as const } : row,
    ),
  },
  case: { rcaRequestedAt: undefined },
};
const LINKED = {
  ...policies.standard,
  channels: [
    {
      id: 'portal',
      use: 'link' as const,
      when: {},
      title: 'Escalate in the portal',
      text: 'This product has a portal of its own.',
      link: { label: 'Open the portal', href: 'https://example.com/portal' },
    },
  ],
};
const POST = /^POST \/cases\/c-1\/escalations$/;
const seen =
  (name: string): Act =>
  (element) =>
    untilPart(element, name);

export const dialogViews: View[] = [
  ...dialogFiles,
  ...dialogTabs,
  dialog('a sheet, on a phone', 'available', {}, async (element) => {
    await setViewport({ width: 390, height: 700 });
    await fillIn(element);
    await element.updateComplete;
    await setViewport({ width: 800, height: 600 });
  }),
  dialog('loading', 'available', {}, seen('dialog'), (desk) => void desk.hold(/policies/)),
  dialog('failed', 'available', {}, seen('notice-details'), (desk) => desk.fail('503', /policies/)),
  dialog('form', 'available', { case: HIGH }, async (element) => {
    await fillIn(element);
    say(element, 'confirmed-significant-impact', 'yes');
    write(part(element, 'textarea'), TYPED.repeat(14));
    await untilPart(element, 'counter');
    parts(element, 'criteria-summary')[0]?.click();
  }),
  dialog('too long', 'available', {}, async (element) => {
    await fillIn(element);
    write(part(element, 'textarea'), TYPED.repeat(20));
    await untilPart(element, 'counter-over');
  }),
  dialog('wrong answers', 'available', { case: HIGH }, async (element) => {
    await fillIn(element);
    say(element, 'confirmed-significant-impact', 'no');
    say(element, 'confirmed-no-change-of-urgency', 'yes');
    await untilPart(element, 'remedy');
  }),
  dialog('fields of a reason', 'available', {}, async (element) => {
    await untilPart(element, 'select');
    pick(element, 'project-blocker');
    await untilPart(element, 'field-fields-go-live-date');
  }),
  dialog('a reason that leads elsewhere', 'available', {}, async (element) => {
    await untilPart(element, 'select');
    pick(element, 'urgency-impact-changed');
    await untilPart(element, 'remedy');
  }),
  dialog('how to reach you', 'available', PULSE, async (element) => {
    await untilPart(element, 'select');
    pick(element, 'support-engineer-now');
    await untilPart(element, 'field-contact-method');
    say(element, 'contact-method', 'email');
    await untilPart(element, 'field-contact-value');
    say(element, 'contact-method', 'telephone');
  }),
  dialog('radios', 'available', { policy: policies.standard }, seen('radio')),
  dialog('questions first', 'available', { policy: policies.shipped }, async (element) => {
    await untilPart(element, 'questions');
    say(element, 'confirmed-production-runs', 'no');
    await untilPart(element, 'field-confirmed-no-change-of-urgency');
    say(element, 'confirmed-no-change-of-urgency', 'yes');
    await untilPart(element, 'remedy');
  }),
  dialog('a partner', 'available', {}, seen('field-onBehalfOf'), (desk) => {
    desk.user = people.partner;
  }),
  dialog('the article', 'available', PULSE, async (element) => {
    await untilPart(element, 'article');
    part(element, 'article-title').click();
    say(element, 'helpful', 'no');
    await untilPart(element, 'article-send');
  }),
  dialog('thanks for the feedback', 'available', PULSE, async (element) => {
    await untilPart(element, 'article');
    part(element, 'article-title').click();
    say(element, 'helpful', 'yes');
    await untilPart(element, 'article-send');
    part(element, 'article-send').click();
    await untilPart(element, 'article-thanks');
  }),
  dialog('faults', 'available', { case: HIGH }, async (element) => {
    await untilPart(element, 'criteria');
    submit(element);
    await untilPart(element, 'error-summary');
  }),
  dialog('with development', 'available', { case: { waitingOn: 'development' } }, seen('pending-party')),
  dialog('a fact unknown', 'available', NOT_KNOWN, seen('criterion-unknown')),
  dialog('blocked', 'blocked', { case: RECENT }, seen('criterion-not-met')),
  dialog('blocked, by priority', 'blocked', { case: { priority: 'low' } }, async (element, desk) => {
    await untilPart(element, 'remedy');
    parts(element, 'remedy')[1]?.click();
    await untilPart(element, 'contact');
    parts(element, 'remedy')[0]?.click();
    await untilPart(element, 'notice-success');
    desk.pass(HOUR);
  }),
  dialog('blocked, waiting for you', 'blocked', { case: WAITING }, async (element) => {
    await untilPart(element, 'remedy');
    part(element, 'remedy').click();
    await untilPart(element, 'reply');
  }),
  dialog(
    'blocked, by an analysis',
    'blocked',
    { case: { rcaRequestedAt: '2026-05-08T14:00:00Z' } },
    seen('criterion-not-met'),
  ),
  dialog('elsewhere: call', 'elsewhere', { case: { priority: 'critical' } }, async (element) => {
    await untilPart(element, 'channel-contact');
    await withClipboard(async () => {
      parts(part(element, 'channel'), 'button-secondary')[0]?.click();
      await untilPart(element, 'copied');
    });
  }),
  dialog('elsewhere: e-mail', 'elsewhere', { case: { program: 'fedramp-cloud-cx' } }, seen('channel-email')),
  dialog('elsewhere: link', 'elsewhere', { policy: LINKED }, seen('channel-link')),
  dialog('sending', 'available', {}, sends, (desk) => void desk.hold(POST)),
  dialog('sent', 'available', {}, async (element, desk) => {
    await sends(element, desk);
    await untilPart(element, 'confirmation');
  }),
  dialog(
    'not sent',
    'available',
    {},
    async (element, desk) => {
      await sends(element, desk);
      await untilPart(element, 'notice-details');
      part(element, 'notice-details').querySelector('summary')?.click();
    },
    (desk) => desk.fail('503', POST),
  ),
  dialog(
    'not confirmed',
    'available',
    {},
    async (element, desk) => {
      await sends(element, desk);
      await untilPart(element, 'notice-details');
    },
    (desk) => desk.fail('lost', POST),
  ),
  dialog('signed out while sending', 'available', {}, async (element, desk) => {
    await fillIn(element);
    desk.user = null;
    submit(element);
    await untilPart(element, 'notice-danger');
  }),
  dialog('somebody was faster', 'available', {}, async (element, desk) => {
    await fillIn(element);
    await desk.escalate(people.colleague);
    submit(element);
    await untilPart(element, 'existing');
    const [copy, add] = parts(part(element, 'dialog-footer'), 'button').slice(1);
    await withClipboard(async () => {
      copy?.click();
      add?.click();
      await untilPart(element, 'notice-success');
    });
  }),
];
