import { html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { Action } from '../../src/core/model.js';
import { parts, until, write } from './find.js';
import { longFeedViews } from './gallery-long.js';
import { feedFiles } from './gallery-files.js';
import { feedTabs } from './gallery-tabs.js';
import { part, given, TYPED, unconfigured, untilPart, type Prepare, type View } from './gallery.js';
import { HOUR, people, type Scene, type SceneOptions } from './scene.js';

const accept: Action = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.' };

/** An escalation on which these have acted. */
const escalated =
  (...acts: Action[]): Prepare =>
  async (desk) => {
    await desk.escalate();
    for (const act of acts) await desk.act(act);
  };

type Act = (feed: EscalationFeed, desk: Scene) => unknown;
const feed = (
  name: string,
  state: string,
  prepare: Prepare,
  options: SceneOptions = {},
  act?: Act,
): View => ({
  name: `feed: ${name}`,
  async draw(translate, icons) {
    const desk = given(translate, options, icons);
    await prepare(desk);
    const element = await desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
    await until(() => element.matches(`:state(${state})`), `not ${state}`);
    await act?.(element, desk);
    await element.updateComplete;
    return element;
  },
});

const send = async (element: HTMLElement): Promise<void> => {
  await untilPart(element, 'send');
  write(part(element, 'textarea'), TYPED);
  part(element, 'send').click();
  await untilPart(element, 'entry-status');
};

async function move(element: HTMLElement): Promise<void> {
  write(part(element, 'textarea'), TYPED);
  await untilPart(element, 'move-to-case');
  part(element, 'move-to-case').click();
}
/** With a text in the composer. */
const written = (name: string, act: Act): View =>
  feed(`a text ${name}`, 'accepted', escalated(accept), {}, async (element, desk) => {
    await untilPart(element, 'textarea');
    await act(element, desk);
  });

/** Presses the button of an action. */
async function press(element: HTMLElement, kind: string): Promise<void> {
  const button = () => element.shadowRoot?.querySelector<HTMLElement>(`[data-act="${kind}"]`);
  await until(button, `no button to ${kind}`);
  button()?.click();
}
const unfold = async (element: HTMLElement, kind: string): Promise<void> => {
  await press(element, kind);
  await untilPart(element, 'act-form');
};
const sendForm = (element: HTMLElement): void =>
  element.shadowRoot?.querySelector<HTMLElement>('[data-form] .primary')?.click();

const decline: Action = {
  kind: 'decline',
  text: 'The criteria are not met.',
  criteria: [{ id: 'high-24-hours', text: 'Wait for the update of Wednesday.' }],
  links: [{ label: 'The rules', href: 'https://example.com/rules' }],
};
const resolve: Action = { kind: 'resolve', summary: 'Fixed in 9.4.2.' };

/** Declined, and requested again. */
const corrected: Prepare = async (desk) => {
  const { id } = await desk.escalate();
  await desk.act(decline);
  desk.pass(26 * HOUR);
  await desk.escalate(people.customer, { corrects: id });
};

/** What customers do besides writing. */
const endings: View[] = [
  feed('withdrawing', 'accepted', escalated(accept), {}, (element) => unfold(element, 'withdraw')),
  feed('withdrawn by now', 'accepted', escalated(accept), {}, async (element) => {
    await unfold(element, 'withdraw');
    sendForm(element);
    await untilPart(element, 'notice-success');
  }),
  feed('not withdrawn', 'accepted', escalated(accept), {}, async (element, desk) => {
    await unfold(element, 'withdraw');
    const problem = { code: 'invalid', title: '-', status: 422, traceId: '4711' };
    const headers = { 'Content-Type': 'application/problem+json' };
    desk.answer = ({ path }) =>
      path.endsWith('/actions') ? Response.json(problem, { status: 422, headers }) : undefined;
    sendForm(element);
    await untilPart(element, 'notice-details');
  }),
  feed('reopening', 'resolved', escalated(accept, resolve), {}, async (element) => {
    await unfold(element, 'reopen');
    sendForm(element);
    await untilPart(element, 'error');
  }),
  feed('rating', 'resolved', escalated(accept, resolve), {}, async (element) => {
    await unfold(element, 'rate');
    sendForm(element);
    await untilPart(element, 'error');
  }),
  feed('rated', 'resolved', escalated(accept, resolve), {}, async (element) => {
    await unfold(element, 'rate');
    part(element, 'radio').click();
    sendForm(element);
    await untilPart(element, 'rated');
  }),
  feed('declined, with a form on the page', 'declined', escalated(decline), {}, async (element) => {
    const button = document.createElement('escalate-case');
    button.caseId = 'c-1';
    element.before(button);
    await until(() => parts(element, 'button-secondary').length, 'no way on');
  }),
  feed('unanswered', 'overdue', async (desk) => {
    await desk.escalate();
    desk.pass(26 * HOUR);
  }),
  ...['nobody', 'the owner'].map((who) =>
    feed(
      `asked ${who}`,
      'overdue',
      async (desk) => {
        await escalated(...(who === 'nobody' ? [] : [accept]))(desk);
        desk.pass(31 * HOUR);
      },
      {},
      async (element) => {
        await press(element, 'nudge');
        await untilPart(element, 'notice-success');
      },
    ),
  ),
  feed('asked by somebody faster', 'overdue', async (desk) => {
    await escalated(accept)(desk);
    desk.pass(26 * HOUR);
    await desk.act({ kind: 'nudge' }, people.colleague);
  }),
  feed('following', 'requested', escalated(), { user: people.colleague }, (element) =>
    unfold(element, 'follow'),
  ),
  feed('followed', 'requested', escalated(), { user: people.colleague }, async (element, desk) => {
    await desk.act({ kind: 'follow' }, people.colleague);
    await element.refresh();
    await until(() => !element.shadowRoot?.querySelector('[data-act="follow"]'), 'it is not followed');
  }),
  feed('earlier escalations', 'requested', corrected, {}, async (element) => {
    await untilPart(element, 'past-title');
    part(element, 'past-title').click();
    await untilPart(element, 'corrects');
  }),
  feed('an earlier escalation', 'requested', corrected, {}, async (element) => {
    await untilPart(element, 'past-item');
    part(element, 'past-item').querySelector('button')?.click();
    await untilPart(element, 'chosen');
    await untilPart(element, 'decision');
  }),
];

export const feedViews: View[] = [
  ...longFeedViews,
  ...feedFiles,
  ...feedTabs,
  ...endings,
  feed(
    'loading',
    'loading',
    (desk) => void desk.hold(/cases/),
    {},
    (element) => untilPart(element, 'skeleton'),
  ),
  feed('empty', 'empty', () => undefined),
  feed('requested', 'requested', escalated()),
  feed('under review', 'under-review', escalated({ kind: 'take' })),
  feed('under review by now', 'requested', escalated(), {}, async (element, desk) => {
    await desk.act({ kind: 'take' });
    await element.refresh();
  }),
  feed('accepted', 'accepted', async (desk) => {
    await escalated(
      accept,
      { kind: 'keep-promise', promiseId: 'review' },
      { kind: 'promise', text: 'Call you.' },
    )(desk);
    await desk.post('https://example.com/a');
  }),
  feed('next steps', 'accepted', async (desk) => {
    await escalated({ ...accept, nextSteps: [{ text: 'Test the fix.' }] })(desk);
    desk.pass(26 * HOUR);
    await desk.act({ kind: 'nudge' }, people.customer);
  }),
  feed('overdue', 'overdue', async (desk) => {
    await escalated(accept)(desk);
    desk.pass(26 * HOUR);
  }),
  feed('declined', 'declined', escalated(decline)),
  feed('resolved', 'resolved', escalated(accept, resolve)),
  feed('withdrawn', 'withdrawn', async (desk) => {
    await desk.escalate();
    await desk.act({ kind: 'withdraw' }, people.customer);
  }),
  feed('off', 'off', () => undefined, { case: { program: 'fedramp-engage' } }),
  feed(
    'off, with an escalation',
    'off',
    escalated({ kind: 'take' }),
    { case: { program: 'fedramp-engage' } },
    async (element) => {
      // Until the policy is there, a role is said by its id.
      await until(() => !/, owner\s*$/.test(part(element, 'fact-owner').textContent), 'no policy');
    },
  ),
  feed('unknown', 'unknown', (desk) => desk.fail('offline')),
  feed('signed out', 'signed-out', () => undefined, { user: null }),
  feed('refused', 'refused', () => undefined, { user: people.stranger }),
  { name: 'feed: unconfigured', draw: () => unconfigured('escalation-feed') },
  feed('offline', 'accepted', escalated(accept), {}, async (element, desk) => {
    desk.fail('offline');
    await element.refresh();
    await untilPart(element, 'notice-warning');
  }),
  feed(
    'many entries',
    'accepted',
    async (desk) => {
      await escalated(accept)(desk);
      for (let i = 0; i < 120; i++) await desk.post(`Update ${i}`);
    },
    {},
    (element) => untilPart(element, 'older'),
  ),
  feed('nothing written', 'accepted', escalated(accept), {}, async (element) => {
    await untilPart(element, 'send');
    part(element, 'send').click();
    await untilPart(element, 'error');
  }),
  feed('sending', 'accepted', escalated(accept), {}, async (element, desk) => {
    await untilPart(element, 'send');
    desk.hold(/POST/);
    await send(element);
  }),
  feed('sent', 'accepted', escalated(accept), {}, async (element) => {
    await send(element);
    await until(() => !parts(element, 'entry-sending').length, 'still sending');
  }),
  feed('not sent', 'accepted', escalated(accept), {}, async (element, desk) => {
    await untilPart(element, 'send');
    desk.fail('offline', /POST/);
    await send(element);
    await untilPart(element, 'entry-failed');
  }),
  written('too long', async (element) => {
    write(part(element, 'textarea'), 'x'.repeat(10_001));
    await untilPart(element, 'counter-over');
  }),
  written('that cannot be kept', async (element) => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new Error('QuotaExceededError');
    };
    write(part(element, 'textarea'), TYPED);
    await untilPart(element, 'draft-status').finally(() => (Storage.prototype.setItem = setItem));
  }),
  written('too late', async (element, desk) => {
    write(part(element, 'textarea'), TYPED);
    await desk.act({ kind: 'resolve', summary: 'Fixed in 9.4.2.' });
    await element.refresh();
    await untilPart(element, 'unsent');
  }),
  written('on its way to the case', async (element, desk) => {
    desk.hold(/notes/);
    await move(element);
    await untilPart(element, 'button-busy');
  }),
  written('moved to the case', async (element) => {
    await move(element);
    await untilPart(element, 'notice-success');
  }),
  written('not moved to the case', async (element, desk) => {
    desk.fail('offline', /notes/);
    await move(element);
    await untilPart(element, 'notice-danger');
  }),
];
