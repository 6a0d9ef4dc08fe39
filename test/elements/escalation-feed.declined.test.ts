import { expect, html } from '@open-wc/testing';
import type { EscalateCase, EscalationFeed } from 'escalation-elements';
import type { Action } from '../../src/core/model.js';
import { allByRole, byRole, expectNone, find, findText, parts, textOf, until } from './find.js';
import { HOUR, people, policies, scene, type Scene, type SceneOptions } from './scene.js';
import { details } from './typing.js';

const OLD = { reasonId: 'other', details: 'The export has been failing since Monday.' };
const decline: Action = {
  kind: 'decline',
  text: 'It does not meet the criteria.',
  criteria: [{ id: 'active-case', text: 'The case was resolved.' }],
};
const AGAIN = /^(Correct and send again|Request a new escalation)$/;
const WORDS = 'To request an escalation again, use the Escalate button on the case page.';
const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;
const BOTH = html`<div>
  <p><escalate-case case-id="c-1"></escalate-case></p>
  ${FEED}
</div>`;

interface Given extends SceneOptions {
  by?: (typeof people)['customer'];
  acts?: Action[];
  page?: typeof BOTH;
}
/** A page with a declined escalation; the button beside the feed unless told otherwise. */
async function page({ by = people.customer, acts = [decline], page: template = BOTH, ...options }: Given = {}) {
  const desk = scene(options);
  await desk.escalate(by, OLD);
  for (const act of acts) await desk.act(act, act.kind === 'withdraw' ? by : people.owner);
  const root = await desk.draw<HTMLElement>(template);
  const feed = (root.localName === 'escalation-feed' ? root : root.querySelector('escalation-feed')) as EscalationFeed;
  await find(feed, 'list', 'Progress');
  await findText(feed, /requested by/);
  // The policy is there.
  await findText(feed, 'More training');
  return { desk, root, feed, button: root.querySelector('escalate-case') as EscalateCase };
} // prettier-ignore

describe('declined is not the end (G34)', () => {
  it('says why, criterion by criterion, and leads to a form with the old text; the new request names it', async () => {
    const { desk, feed, button } = await page();
    const again = await find(feed, 'button', 'Correct and send again');
    expect(textOf(byRole(feed, 'list', 'Why'))).to.equal('There is an active case The case was resolved.');
    await expect(feed).to.be.accessible();
    again.click();
    await until(() => button.open, 'the form is not open');
    await until(() => details(button).value === OLD.details, 'the old text is not there');
    const [declined] = await desk.escalations();
    byRole(byRole(button, 'group', /urgency or impact/), 'radio', 'No').click();
    byRole(button, 'button', 'Submit').click();
    await findText(feed, 'Corrects the request that was declined on May 12. Show that request');
    expect(desk.sent(/^POST .*escalations$/)[0]?.body).to.deep.include({ ...OLD, corrects: declined?.id });
    button.close();
    expectNone(feed, 'button', AGAIN);
    await expect(feed).to.be.accessible();

    byRole(feed, 'button', 'Show that request').click();
    await findText(feed, 'Declined by Sam Okoro');
    await until(() => feed.shadowRoot?.activeElement?.matches('h2'), 'the focus is not on the title');
    // Another one is open: nothing more here.
    expectNone(feed, 'button', AGAIN);
    expect(textOf(feed)).not.to.contain('Escalate button');
  });

  it('a colleague’s: nothing of theirs is filled in, so it is called what it is', async () => {
    const { feed } = await page({ by: people.colleague });
    await find(feed, 'button', 'Request a new escalation');
  });

  it('withdrawn: a new one', async () => {
    const { feed, button } = await page({ acts: [{ kind: 'withdraw' }] });
    (await find(feed, 'button', 'Request a new escalation')).click();
    await until(() => button.open, 'the form is not open');
    button.close();
  });

  it('resolved: a new one, once it cannot be reopened', async () => {
    const accept: Action = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.' };
    const { desk, feed } = await page({ acts: [accept, { kind: 'resolve', summary: 'Fixed.' }] });
    await find(feed, 'button', 'Reopen');
    expectNone(feed, 'button', AGAIN);
    desk.pass(15 * 24 * HOUR);
    await feed.refresh();
    await find(feed, 'button', 'Request a new escalation');
  });

  it('blocked now: the way is still there, and shows what is missing', async () => {
    const { desk, feed, button } = await page();
    await desk.change({ priority: 'low' });
    await feed.refresh();
    (await find(feed, 'button', 'Correct and send again')).click();
    await until(() => button.open, 'the form is not open');
    await findText(button, 'Priority is not low');
    button.close();
  });
});

describe('there is never a dead button:', () => {
  it('without a form on the page it says how to go on', async () => {
    const { feed } = await page({ page: FEED });
    await findText(feed, WORDS);
    expectNone(feed, 'button', AGAIN);
    await expect(feed).to.be.accessible();
  });

  it('nor where the form is in a part that is not shown, or of another case, or gone', async () => {
    const hidden = html`<div>
      <p hidden><escalate-case case-id="c-1"></escalate-case></p>
      ${FEED}
    </div>`;
    const { feed } = await page({ page: hidden });
    await findText(feed, WORDS);
    const other = html`<div>
      <p><escalate-case case-id="c-2"></escalate-case></p>
      ${FEED}
    </div>`;
    await findText((await page({ page: other })).feed, WORDS);

    const gone = await page();
    const again = await find(gone.feed, 'button', 'Correct and send again');
    gone.button.remove();
    again.click();
    await findText(gone.feed, WORDS);
    expectNone(gone.feed, 'button', AGAIN);
  });

  it('a button that the page draws itself counts: its element is there', async () => {
    const own = html`<div>
      <p><escalate-case case-id="c-1" trigger="none"></escalate-case></p>
      ${FEED}
    </div>`;
    const { feed, button } = await page({ page: own });
    (await find(feed, 'button', 'Correct and send again')).click();
    await until(() => button.open, 'the form is not open');
    button.close();
  });

  it('nothing is offered where a request is not', async () => {
    const { desk, feed } = await page();
    await find(feed, 'button', 'Correct and send again');
    desk.judge = {
      ...policies.genesys,
      appliesTo: { ...policies['pulse-secure'].appliesTo, plans: ['Gold'] },
    };
    await feed.refresh();
    await until(() => !allByRole(feed, 'button', AGAIN).length, 'it is still offered');
    expect(textOf(feed)).not.to.contain(WORDS);
  });

  it('nor to whom it is not: owners do not request', async () => {
    const { feed } = await page({ user: people.owner });
    expectNone(feed, 'button', AGAIN);
    expect(textOf(feed)).not.to.contain(WORDS);
  });
});

describe('what was promised and decided stays, although the process has changed (P12)', () => {
  /** The page is sent the policy of a later version. */
  async function later(acts: Action[], draw: (desk: Scene) => Promise<EscalationFeed>) {
    const desk = scene();
    const { policy: old } = await desk.escalate();
    for (const act of acts) await desk.act(act);
    const next = {
      ...policies.genesys,
      version: `${old.version}-next`,
      reasons: policies.genesys.reasons.filter(({ id }) => id === 'other'),
      criteria: policies.genesys.criteria.filter(({ id }) => id !== 'active-case'),
    };
    desk.judge = next;
    desk.answer = ({ path }) => (path.startsWith('/policies') ? Response.json(next) : undefined);
    return { desk, feed: await draw(desk), old };
  }
  const draw = (desk: Scene) => desk.draw<EscalationFeed>(FEED);
  const items = (feed: EscalationFeed, list: string) =>
    allByRole(byRole(feed, 'list', list), 'listitem').map((item) => textOf(item));

  it('the reason and its promises: kept ones with their time, late ones with the time that was promised', async () => {
    const accept: Action = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.' };
    const { desk, feed, old } = await later(
      [accept, { kind: 'keep-promise', promiseId: 'review' }, { kind: 'promise', text: 'Call you.', dueAt: '2026-05-12T16:00:00Z' }],
      draw,
    ); // prettier-ignore
    await findText(feed, 'Escalation Owner');
    expect(desk.sent(/policies/).map(({ path }) => path)).to.eql([`/policies/genesys/${old.version}-next`]);
    await findText(feed, 'Escalation · Lack of Updates/Progress');
    expect(items(feed, 'We said we would')).to.eql([
      'Done: review your request against the escalation criteria kept today 10:00 AM',
      'Not yet: reply with next steps',
      'Not yet: Call you. by today 12:00 PM',
    ]);
    desk.pass(3 * HOUR);
    await feed.refresh();
    await findText(feed, 'Not yet: Call you. was due today 12:00 PM');
    const [promise] = (await desk.escalations())[0]!.promises.slice(-1);
    await desk.act({ kind: 'keep-promise', promiseId: promise!.id });
    await feed.refresh();
    await findText(feed, 'Done: Call you. kept today 1:00 PM was due today 12:00 PM');
    await expect(feed).to.be.accessible();
  });

  it('the criteria of a decision: a title where there is one, else a neutral one, and never an id', async () => {
    const criteria = [
      { id: 'active-case', text: 'The case was resolved.' },
      { id: 'high-24-hours', text: 'Wait until Friday.' },
      { id: '<img src=x onerror="window.hacked=1">', text: '<b>No</b>' },
    ];
    const { feed } = await later([{ ...decline, criteria }], draw);
    await findText(feed, 'An earlier criterion');
    expect(items(feed, 'Why')).to.eql([
      'An earlier criterion The case was resolved.',
      '24 hours since the last update Wait until Friday.',
      'An earlier criterion <b>No</b>',
    ]);
    expect(parts(feed, 'decision')[0]?.querySelector('b, img')).to.equal(null);
  });
});
