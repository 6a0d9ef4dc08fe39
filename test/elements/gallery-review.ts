import { html } from '@open-wc/testing';
import type { EscalationReview } from 'escalation-elements';
import type { Action, Case, EscalationRequest } from '../../src/core/model.js';
import { parts, until, write } from './find.js';
import { longReviewViews } from './gallery-long.js';
import { reviewFiles } from './gallery-files.js';
import { reviewTabs } from './gallery-tabs.js';
import { given, part, TYPED, unconfigured, untilPart, type Prepare, type View } from './gallery.js';
import { caseOf, HOUR, people, policies, request, type Scene, type SceneOptions } from './scene.js';

export const accept = {
  kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.',
} as const; // prettier-ignore

/** What a requester may fill in, all of it. */
export const FULL: Partial<EscalationRequest> = {
  impact: 'Forty agents cannot export.',
  contact: { method: 'telephone', value: '+47 22 12 34 56', when: '9 to 12', timeZone: 'Europe/Oslo' },
  fields: { 'go-live-date': '2026-06-01' },
  onBehalfOf: 'Globex',
};

/** Where it is nobody's fault that the help desk does not say. */
const ADVISES = {
  ...policies.genesys,
  criteria: policies.genesys.criteria.map((row) =>
    row.kind === 'priority-not' ? { ...row, effect: 'advises' as const } : row,
  ),
};

const call = (user = people.customer, more = {}) => ({ user, policy: policies.genesys, ...more });

/** An open escalation of another case, past every page. @returns its id */
export async function another(
  desk: Scene,
  caseId: string,
  change: Partial<Case> = {},
  acts: readonly Action[] = [],
  by = people.owner,
): Promise<string> {
  await desk.backend.change(({ cases }) => {
    cases[caseId] ??= {
      case: caseOf({ id: caseId, number: `0048${caseId}`, ...change }),
      account: 'acme',
      notes: [],
    };
  });
  const body = { ...request, policyVersion: policies.genesys.version };
  const filed = await desk.backend.escalate(caseId, body, call(people.customer, { key: caseId }));
  const { id } = filed.escalation;
  for (const act of acts) await desk.backend.act?.(id, act, call(by, { key: `${caseId} ${act.kind}` }));
  return id;
}

export const draw = (desk: Scene, caseId = 'c-1') =>
  desk.draw<EscalationReview>(html`<escalation-review case-id=${caseId}></escalation-review>`);

type Act = (review: EscalationReview, desk: Scene) => unknown;
const review = (
  name: string,
  state: string,
  prepare: Prepare,
  { caseId = 'c-1', ...options }: SceneOptions & { caseId?: string } = {},
  act?: Act,
): View => ({
  name: `review: ${name}`,
  async draw(translate, icons) {
    const desk = given(translate, { user: people.owner, ...options }, icons);
    await prepare(desk);
    const element = await draw(desk, caseId);
    await until(() => element.matches(`:state(${state})`), `not ${state}`);
    await act?.(element, desk);
    await element.updateComplete;
    return element;
  },
});
/** The queue, past every case. */
const queue = (name: string, state: string, prepare: Prepare, options: SceneOptions = {}, act?: Act): View =>
  review(`queue, ${name}`, state, prepare, { ...options, caseId: '' }, act);

const escalated =
  (...acts: Action[]): Prepare =>
  async (desk) => {
    await desk.escalate(people.customer, FULL);
    for (const act of acts) await desk.act(act);
  };

/** By what it does, as the element itself finds it. */
const button = (element: HTMLElement, kind: string) =>
  element.shadowRoot?.querySelector<HTMLElement>(`[data-act="${kind}"]`);
const inForm = <E extends HTMLElement>(element: HTMLElement, what: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(`[data-form] ${what}`) ?? []),
];
/** With the form of an action unfolded. */
const acting = (kind: string, state: string, prepare: Prepare, act?: Act, name = kind): View =>
  review(`form: ${name}`, state, prepare, {}, async (element, desk) => {
    await until(() => button(element, kind), `no ${kind}`);
    button(element, kind)?.click();
    await untilPart(element, 'act-form');
    await act?.(element, desk);
  });
const submit = (element: HTMLElement) => inForm(element, '[part~="button-primary"]')[0]?.click();
/** Writes into the first text of a form, and sends it. */
async function say(element: EscalationReview, text = TYPED): Promise<void> {
  write(inForm<HTMLTextAreaElement>(element, 'textarea')[0]!, text);
  await element.updateComplete;
  submit(element);
}

export const reviewViews: View[] = [
  ...longReviewViews,
  ...reviewFiles,
  ...reviewTabs,
  queue(
    'loading',
    'loading',
    (desk) => void desk.hold(/escalations/),
    {},
    (element) => untilPart(element, 'skeleton'),
  ),
  queue('empty', 'empty', () => undefined),
  queue('signed out', 'signed-out', () => undefined, { user: null }),
  queue('forbidden', 'refused', () => undefined, { user: people.customer }),
  queue('unknown', 'unknown', (desk) => desk.fail('offline')),
  queue(
    'with rows',
    'overdue',
    async (desk) => {
      await escalated(accept)(desk);
      await desk.post('https://example.com/a', people.customer);
      desk.pass(26 * HOUR);
      await another(desk, '2', { subject: undefined, customer: null });
      await another(desk, '3', {}, [{ ...accept, importance: 'low', urgency: 'low' }]);
    },
    {},
    (element) => untilPart(element, 'queue-row-overdue'),
  ),
  queue('filtered', 'queue', escalated(), {}, async (element) => {
    await untilPart(element, 'queue-filter');
    parts(element, 'radio')[1]?.click();
  }),
  queue('stale', 'queue', escalated(), {}, async (element, desk) => {
    await untilPart(element, 'queue');
    desk.fail('offline');
    await element.refresh();
    await untilPart(element, 'notice-warning');
  }),
  queue('more', 'queue', async (desk) => {
    for (let n = 10; n < 62; n++) await another(desk, String(n));
  }),
  queue(
    'new',
    'queue',
    () => undefined,
    {},
    async (element, desk) => {
      await untilPart(element, 'empty');
      await desk.escalate();
      await element.refresh();
      await untilPart(element, 'queue');
    },
  ),
  queue('a row opened', 'queue', escalated(), {}, async (element) => {
    await untilPart(element, 'queue-open');
    part(element, 'queue-open').click();
    await untilPart(element, 'back');
    await untilPart(element, 'criteria');
  }),
  { name: 'review: unconfigured', draw: () => unconfigured('escalation-review') },
  review(
    'loading',
    'loading',
    (desk) => void desk.hold(/cases/),
    {},
    (element) => untilPart(element, 'skeleton'),
  ),
  review('empty', 'empty', () => undefined),
  review('unknown', 'unknown', (desk) => desk.fail('offline')),
  review('signed out', 'signed-out', () => undefined, { user: null }),
  review('refused', 'refused', () => undefined, { user: people.stranger }),
  review('requested', 'requested', escalated(), {}, (element) => untilPart(element, 'criteria')),
  review('by e-mail', 'requested', async (desk) => {
    await desk.escalate(people.customer, {
      contact: { method: 'email', value: 'priya@example.com' },
    });
  }),
  review('criteria not met', 'requested', escalated(), {}, async (element, desk) => {
    await desk.change({ status: 'resolved', waitingOn: 'customer', priority: 'high', assignee: null });
    await element.refresh();
    await untilPart(element, 'criterion-not-met');
  }),
  review(
    'a fact not known',
    'requested',
    escalated(),
    { case: { priority: null }, policy: ADVISES },
    (element) => untilPart(element, 'criterion-unknown'),
  ),
  review('under review', 'under-review', escalated({ kind: 'take' }), {}, async (element, desk) => {
    desk.pass(26 * HOUR);
    await element.refresh();
    await until(() => element.matches(':state(overdue)'), 'not late');
  }),
  review('accepted', 'accepted', async (desk) => {
    await escalated({ ...accept, nextSteps: [{ text: 'Test the fix.' }] })(desk);
    await desk.act({ kind: 'keep-promise', promiseId: 'review' });
    await desk.act({ kind: 'note', text: TYPED });
    await desk.post('https://example.com/a', people.customer);
    desk.pass(30 * HOUR);
    await desk.act({ kind: 'nudge' }, people.customer);
  }),
  review('many entries', 'accepted', async (desk) => {
    await escalated(accept)(desk);
    for (let i = 0; i < 60; i++) await desk.post(`Update ${i}`, people.customer);
  }),
  review(
    'a message moved to the case',
    'accepted',
    async (desk) => {
      await escalated(accept)(desk);
      await desk.post('https://example.com/a', people.customer);
    },
    {},
    async (element) => {
      await untilPart(element, 'entry-link');
      element.shadowRoot?.querySelector<HTMLElement>('[part="entry-actions"] button')?.click();
      await untilPart(element, 'notice-success');
    },
  ),
  review('a text that cannot be kept', 'accepted', escalated(accept), {}, async (element) => {
    await untilPart(element, 'send');
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new Error('QuotaExceededError');
    };
    write(part(element, 'textarea'), TYPED);
    await untilPart(element, 'draft-status').finally(() => (Storage.prototype.setItem = setItem));
  }),
  review('a text too late', 'accepted', escalated(accept), {}, async (element, desk) => {
    await untilPart(element, 'send');
    write(part(element, 'textarea'), TYPED);
    await desk.act({ kind: 'resolve', summary: 'Fixed in 9.4.2.' });
    await element.refresh();
    await untilPart(element, 'unsent');
  }),
  review(
    'declined',
    'declined',
    escalated({
      kind: 'decline',
      text: 'The criteria are not met.',
      criteria: [{ id: 'recent-update', text: 'Wait for the update of Wednesday.' }],
    }),
  ),
  review('a corrected one', 'requested', async (desk) => {
    await escalated({ kind: 'decline', text: 'The criteria are not met.', criteria: [] })(desk);
    const [declined] = await desk.escalations();
    await desk.escalate(people.customer, { corrects: declined?.id });
  }),
  review('resolved', 'resolved', escalated(accept, { kind: 'resolve', summary: 'Fixed in 9.4.2.' })),
  review('withdrawn', 'withdrawn', async (desk) => {
    await desk.escalate();
    await desk.act({ kind: 'withdraw' }, people.customer);
  }),
  review('off', 'off', () => undefined, { case: { program: 'fedramp-engage' } }),
  review(
    'off, with an escalation',
    'off',
    escalated({ kind: 'take' }),
    { case: { program: 'fedramp-engage' } },
    (element) => untilPart(element, 'criteria'),
  ),
  review('offline', 'accepted', escalated(accept), {}, async (element, desk) => {
    desk.fail('offline');
    await element.refresh();
    await untilPart(element, 'notice-warning');
  }),
  review('sending', 'accepted', escalated(accept), {}, async (element, desk) => {
    desk.hold(/POST/);
    await untilPart(element, 'send');
    write(part(element, 'textarea'), TYPED);
    part(element, 'send').click();
    await untilPart(element, 'entry-sending');
  }),
  review('not sent', 'accepted', escalated(accept), {}, async (element, desk) => {
    desk.fail('offline', /POST/);
    await untilPart(element, 'send');
    write(part(element, 'textarea'), TYPED);
    part(element, 'send').click();
    await untilPart(element, 'entry-failed');
  }),
  review('sent', 'accepted', escalated(accept), {}, async (element) => {
    await untilPart(element, 'also-on-case');
    write(part(element, 'textarea'), TYPED);
    part(element, 'send').click();
    await until(
      () => parts(element, 'entry-status').length && !parts(element, 'entry-sending').length,
      'on its way',
    );
  }),
  acting('accept', 'requested', escalated(), async (element) => {
    for (const radio of inForm(element, '[type="radio"]').slice(0, 4)) radio.click();
    await untilPart(element, 'priority-current');
  }),
  acting(
    'accept',
    'under-review',
    escalated({ kind: 'take' }),
    async (element) => {
      submit(element);
      await untilPart(element, 'field-invalid');
    },
    'accept, with nothing in it',
  ),
  acting(
    'accept',
    'under-review',
    escalated({ kind: 'take' }),
    async (element, desk) => {
      write(inForm<HTMLTextAreaElement>(element, 'textarea')[0]!, TYPED);
      await desk.act(accept);
      await element.refresh();
      await untilPart(element, 'unsent');
    },
    'accept, too late',
  ),
  acting('decline', 'requested', escalated(), async (element) => {
    inForm(element, '[type="checkbox"]')[0]?.click();
    await element.updateComplete;
    inForm(element, '[type="checkbox"]').at(-1)?.click();
  }),
  acting('promise', 'accepted', escalated(accept)),
  acting('next-update', 'accepted', escalated(accept), async (element) => {
    inForm<HTMLInputElement>(element, 'input')[0]!.value = '';
    inForm(element, 'input')[0]!.dispatchEvent(new Event('input'));
    await element.updateComplete;
    submit(element);
    await untilPart(element, 'error');
  }),
  acting('keep-promise', 'accepted', escalated(accept)),
  acting(
    'note',
    'accepted',
    escalated(accept),
    async (element, desk) => {
      desk.hold(/actions/);
      await say(element);
      await untilPart(element, 'button-busy');
    },
    'note, on its way',
  ),
  acting(
    'note',
    'accepted',
    escalated(accept),
    async (element) => {
      write(inForm<HTMLTextAreaElement>(element, 'textarea')[0]!, 'x'.repeat(10_001));
      await untilPart(element, 'counter-over');
      submit(element);
      await untilPart(element, 'error');
    },
    'note, too long',
  ),
  acting(
    'note',
    'accepted',
    escalated(accept),
    async (element) => {
      await say(element);
      await untilPart(element, 'notice-success');
    },
    'note, saved',
  ),
  acting('resolve', 'accepted', escalated(accept), async (element, desk) => {
    desk.answer = ({ method }) =>
      method === 'POST'
        ? Response.json(
            { code: 'invalid', title: '-', status: 422, traceId: '4711' },
            {
              status: 422,
              headers: { 'Content-Type': 'application/problem+json' },
            },
          )
        : undefined;
    await say(element);
    await untilPart(element, 'notice-danger');
  }),
  acting('reopen', 'resolved', escalated(accept, { kind: 'resolve', summary: 'Fixed in 9.4.2.' })),
];
