import { expect, html } from '@open-wc/testing';
import { configure, type EscalationFeed } from 'escalation-elements';
import {
  allByRole,
  byRole,
  find,
  findText,
  heard,
  nameOf,
  parts,
  queryRole,
  statesOf,
  textOf,
  until,
} from './find.js';
import { HOUR, people, scene, type Scene, type SceneOptions } from './scene.js';

const STATES = [
  'loading', 'empty', 'requested', 'under-review', 'accepted', 'declined', 'resolved', 'withdrawn', 'off',
  'unknown', 'signed-out', 'refused', 'unconfigured',
]; // prettier-ignore

const draw = (desk: Scene) =>
  desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
async function shown(state: string, options: SceneOptions = {}, before?: (desk: Scene) => unknown) {
  const desk = scene(options);
  await before?.(desk);
  const feed = await draw(desk);
  await until(() => feed.matches(`:state(${state})`), `not ${state}: ${statesOf(feed, STATES).join()}`);
  return { desk, feed };
}
const escalated = (state: string, ...acts: Parameters<Scene['act']>[0][]) =>
  shown(state, {}, async (desk) => {
    await desk.escalate();
    for (const act of acts) await desk.act(act);
  });
async function expectState(feed: EscalationFeed, state: string) {
  await expect(feed).to.be.accessible();
  expect(statesOf(feed, STATES)).to.eql([state]);
}
const accept = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.' } as const;
const steps = (feed: EscalationFeed) =>
  allByRole(byRole(feed, 'list', 'Progress'), 'listitem').map((step) => [
    textOf(step),
    step.getAttribute('aria-current'),
  ]);
const fact = (feed: EscalationFeed, part: string) => textOf(parts(feed, part)[0]);

describe('<escalation-feed>, without an escalation to show', () => {
  it('loading: says so, without words to read', async () => {
    const desk = scene();
    const open = desk.hold(/cases/);
    const feed = await draw(desk);
    await until(() => queryRole(feed, 'status'), 'nothing is drawn');
    await expectState(feed, 'loading');
    expect(textOf(byRole(feed, 'status'))).to.equal('Loading the escalation…');
    expect(byRole(feed, 'region').getAttribute('aria-busy')).to.equal('true');
    open();
    await findText(feed, 'No escalation on this case.');
  });

  it('empty: says so, or what the page says, and has nothing to type', async () => {
    const { feed } = await shown('empty');
    await expectState(feed, 'empty');
    expect(textOf(feed)).to.equal('No escalation on this case.');
    expect(queryRole(feed, 'textbox')).to.equal(null);
    const own = document.createElement('span');
    own.slot = 'empty';
    own.textContent = 'All is well.';
    feed.append(own);
    expect(textOf(feed)).to.equal('All is well.');
  });

  it('unknown: says so and tries again', async () => {
    const { desk, feed } = await shown('unknown', {}, (made) => made.fail('offline'));
    await expectState(feed, 'unknown');
    expect(textOf(feed)).to.equal('The escalation could not be loaded. Try again');
    desk.fail(null);
    byRole(feed, 'button', 'Try again').click();
    await findText(feed, 'No escalation on this case.');
  });

  it('unknown: so is a conversation that could not be loaded', async () => {
    const { desk, feed } = await shown('unknown', {}, async (made) => {
      await made.escalate();
      made.fail('offline', /entries/);
    });
    desk.fail(null);
    byRole(feed, 'button', 'Try again').click();
    await find(feed, 'list', 'Progress');
  });

  it('signed out, and in again', async () => {
    const asked = heard(document, 'escalation-auth-required');
    const { desk, feed } = await shown('signed-out', { user: null });
    await expectState(feed, 'signed-out');
    expect(textOf(feed)).to.equal('Sign in to see the escalation. Try again');
    expect(asked).to.eql([{ caseId: 'c-1' }]);
    desk.user = people.customer;
    byRole(feed, 'button', 'Try again').click();
    await findText(feed, 'No escalation on this case.');
  });

  it('refused', async () => {
    const { feed } = await shown('refused', { user: people.stranger });
    await expectState(feed, 'refused');
    expect(textOf(feed)).to.equal('This case is not available to you.');
  });

  it('unconfigured, once the page has had its time', async () => {
    const parentNode = document.createElement('div');
    configure({}, parentNode);
    document.body.append(parentNode);
    const feed = document.createElement('escalation-feed');
    feed.caseId = 'c-1';
    parentNode.append(feed);
    await until(() => feed.matches(':state(unconfigured)'), 'never unconfigured');
    await expectState(feed, 'unconfigured');
    expect(textOf(feed)).to.equal('Escalation is not available on this page.');
    parentNode.remove();
  });

  it('off: says why, and asks for no entries (G14, G38)', async () => {
    for (const program of ['fedramp-cloud-cx', 'fedramp-engage']) {
      const { desk, feed } = await shown('off', { case: { program } });
      await expectState(feed, 'off');
      expect(textOf(feed)).to.equal('Communication for this case is by e-mail.');
      expect(desk.sent(/entries/)).to.be.empty;
    }
  });

  it('off with an escalation: its steps and owner, no entries and nothing to type (G38)', async () => {
    const { desk, feed } = await shown('off', { case: { program: 'fedramp-engage' } }, async (made) => {
      await made.escalate();
      await made.act({ kind: 'take' });
    });
    await expectState(feed, 'off');
    expect(steps(feed)[1]).to.eql(['Under review, now', 'step']);
    expect(fact(feed, 'fact-owner')).to.contain('Sam Okoro');
    expect(textOf(feed)).to.contain('Communication for this case is by e-mail.');
    expect(queryRole(feed, 'textbox')).to.equal(null);
    expect(desk.sent(/entries/)).to.be.empty;
  });
});

describe('<escalation-feed>, with an escalation', () => {
  it('requested: nobody has it yet', async () => {
    const { feed } = await escalated('requested');
    await expectState(feed, 'requested');
    await find(feed, 'heading', /^Escalation Feed|^Escalation · Lack of Updates\/Progress$/);
    expect(steps(feed)).to.eql([
      ['Requested, now', 'step'],
      ['Under review, to come', null],
      ['Accepted, to come', null],
      ['Resolved, to come', null],
    ]);
    expect(fact(feed, 'fact-owner')).to.equal('Owner Nobody yet');
    await findText(feed, 'An answer is due by Wed 10:00 AM (in 24 h 0 min)');
    byRole(feed, 'textbox', 'Message to the owner');
  });

  it('under review: by whom', async () => {
    const { feed } = await escalated('under-review', { kind: 'take' });
    await expectState(feed, 'under-review');
    expect(steps(feed).map(([, current]) => current)).to.eql([null, 'step', null, null]);
    await findText(feed, 'Owner Sam Okoro, Escalation Owner');
  });

  it('accepted: owner with role, priority, promises and the next update', async () => {
    const { desk, feed } = await escalated('accepted', accept, { kind: 'keep-promise', promiseId: 'review' });
    await expectState(feed, 'accepted');
    expect(steps(feed)).to.eql([
      ['Requested, done', null],
      ['Under review, done', null],
      ['Accepted, now', 'step'],
      ['Resolved, to come', null],
    ]);
    await findText(feed, 'Owner Sam Okoro, Escalation Owner');
    expect(fact(feed, 'fact-priority')).to.equal('Escalation priority High');
    expect(parts(feed, 'promise-kept').map(textOf)).to.eql([
      'Done: review your request against the escalation criteria kept today 10:00 AM',
    ]);
    expect(parts(feed, 'promise-open').map(textOf)).to.eql(['Not yet: reply with next steps']);
    await findText(feed, 'Next update by Wed 10:00 AM');
    await findText(feed, /Accepted by Sam Okoro.*We take it on\./);
    byRole(feed, 'textbox', 'Message to Sam Okoro');

    desk.pass(26 * HOUR);
    await feed.refresh();
    await findText(feed, 'An update was due today 10:00 AM (2 hr. ago). It is late.');
    await until(() => feed.matches(':state(overdue)'), 'not overdue');
    await expect(feed).to.be.accessible();
  });

  it('declined: each reason and the links of the owner, and nothing to type (G34)', async () => {
    const { feed } = await shown('declined', {}, async (desk) => {
      await desk.escalate();
      await desk.act({
        kind: 'decline',
        text: 'The criteria are not met.',
        criteria: [{ id: 'high-24-hours', text: 'Wait for the update of Wednesday.' }],
        links: [{ label: 'The rules', href: 'https://example.com/rules' }],
      });
      // Whatever a help desk lets through.
      await desk.backend.change(({ escalations }) => {
        for (const { escalation } of Object.values(escalations))
          escalation.decision?.links?.push({ label: 'Not a link', href: 'javascript:alert(1)' });
      });
    });
    await expectState(feed, 'declined');
    await findText(feed, 'The criteria are not met.');
    // The criterion as the policy calls it, and what the owner says of it.
    byRole(
      byRole(feed, 'list', 'Why'),
      'listitem',
      '24 hours since the last update Wait for the update of Wednesday.',
    );
    expect(textOf(parts(feed, 'closed')[0])).to.contain('Declined by Sam Okoro · May 12, 10:00 AM');
    const link = byRole<HTMLAnchorElement>(feed, 'link', 'The rules');
    expect([link.href, link.rel]).to.eql(['https://example.com/rules', 'noopener noreferrer']);
    expect(allByRole(feed, 'link').map(nameOf)).not.to.contain('Not a link');
    expect(parts(feed, 'promise'), 'not taken on: nothing was broken').to.be.empty;
    expect(steps(feed).at(-1)?.[0]).to.contain('Declined');
    expect(queryRole(feed, 'textbox')).to.equal(null);
    await findText(feed, 'This escalation is closed. It takes no more messages.');
  });

  it('resolved: what came of it', async () => {
    const { feed } = await escalated('resolved', accept, { kind: 'resolve', summary: 'Fixed in 9.4.2.' });
    await expectState(feed, 'resolved');
    await findText(feed, 'Fixed in 9.4.2.');
    expect(steps(feed).map(([text]) => text)).to.eql([
      'Requested, done',
      'Under review, done',
      'Accepted, done',
      'Resolved, done',
    ]);
    expect(queryRole(feed, 'textbox')).to.equal(null);
  });

  it('a past one by its id', async () => {
    const { desk, feed } = await escalated('declined', { kind: 'decline', text: 'Not now.', criteria: [] });
    const [past] = await desk.escalations();
    await desk.escalate();
    await feed.refresh();
    await until(() => feed.matches(':state(requested)'), 'the open one comes first');
    feed.escalationId = past?.id ?? '';
    await until(() => feed.matches(':state(declined)'), 'not the past one');
    await findText(feed, 'Not now.');
  });

  it('tells the page of each change, once', async () => {
    const { desk, feed } = await escalated('requested');
    const changes = heard(document, 'escalation-change');
    await desk.act({ kind: 'take' });
    await feed.refresh();
    await desk.act(accept);
    await feed.refresh();
    await until(() => feed.matches(':state(accepted)'), 'not accepted');
    const [escalation] = await desk.escalations();
    expect(changes).to.eql([
      { escalationId: escalation?.id, status: 'under-review', previous: 'requested' },
      { escalationId: escalation?.id, status: 'accepted', previous: 'under-review' },
    ]);
  });

  it('keeps what was known while the help desk cannot be reached, and says so', async () => {
    const { desk, feed } = await escalated('accepted', accept);
    desk.fail('offline');
    await feed.refresh();
    await findText(feed, 'The help desk cannot be reached. This is what was known at last.');
    await until(() => feed.matches(':state(offline)'), 'not offline');
    expect(statesOf(feed, STATES)).to.eql(['accepted']);
    await expect(feed).to.be.accessible();
    desk.fail(null);
    byRole(feed, 'button', 'Try again').click();
    await until(() => !textOf(feed).includes('cannot be reached'), 'still stale');
  });
});
