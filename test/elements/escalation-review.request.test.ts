import { expect } from '@open-wc/testing';
import type { EscalationReview } from 'escalation-elements';
import type { EscalationRequest } from '../../src/core/model.js';
import {
  allByRole,
  byRole,
  expectNone,
  find,
  findText,
  focused,
  heard,
  nameOf,
  parts,
  statesOf,
  textOf,
  until,
} from './find.js';
import { accept, draw, FULL } from './gallery-review.js';
import { HOUR, people, scene, type Scene, type SceneOptions } from './scene.js';

const STATES = [
  'queue', 'loading', 'empty', 'requested', 'under-review', 'accepted', 'declined', 'resolved', 'withdrawn', 'off',
  'unknown', 'signed-out', 'refused', 'unconfigured',
]; // prettier-ignore

async function shown(
  state: string,
  before: (desk: Scene) => unknown = () => undefined,
  options: SceneOptions = {},
) {
  const desk = scene({ user: people.owner, ...options });
  await before(desk);
  const review = await draw(desk);
  await until(() => review.matches(`:state(${state})`), `not ${state}: ${statesOf(review, STATES).join()}`);
  expect(statesOf(review, STATES)).to.eql([state]);
  return { desk, review };
}
/** A request as it was made, read by an owner who knows the policy. */
async function requested(
  change: Partial<EscalationRequest> = {},
  options: SceneOptions = {},
  user = people.customer,
) {
  const { desk, review } = await shown('requested', (made) => made.escalate(user, change), options);
  await until(() => parts(review, 'criteria').length, 'no criteria');
  return { desk, review };
}
const answers = (review: EscalationReview) =>
  Object.fromEntries(
    parts(review, 'request-row').map((row) => [
      textOf(row.querySelector('dt')),
      textOf(row.querySelector('dd')),
    ]),
  );
const judged = (review: EscalationReview) =>
  allByRole(byRole(review, 'list', 'Criteria, judged now'), 'listitem').map(textOf);

describe('the request', () => {
  it('as it was made, with the words of the policy', async () => {
    const { review } = await requested(FULL);
    expect(answers(review)).to.eql({
      Reason: 'Lack of Updates/Progress',
      Requester: 'Priya Nair, Customer, Acme Ltd',
      Requested: 'May 12, 10:00 AM',
      'On behalf of': 'Globex',
      Comments: 'Nobody has answered for two weeks and the export still fails.',
      'Business impact': 'Forty agents cannot export.',
      'Go-live date': 'June 1',
      Contact: 'Telephone: +47 22 12 34 56 Best time: 9 to 12 (Europe/Oslo)',
      Confirmed: 'Not because of a change in urgency or impact',
    });
    const link = byRole<HTMLAnchorElement>(review, 'link', '+47 22 12 34 56');
    expect(link.getAttribute('href')).to.equal('tel:+4722123456');
    await expect(review).to.be.accessible();
  });

  it('an address is one to write to, and nothing more', async () => {
    const { review } = await requested({ contact: { method: 'email', value: 'priya@example.com' } });
    expect(byRole(review, 'link', 'priya@example.com').getAttribute('href')).to.equal(
      'mailto:priya@example.com',
    );
    for (const value of [
      'priya@example.com?bcc=x@evil.test',
      'a@example.com,b@evil.test',
      'javascript:alert(1)',
    ]) {
      const other = await requested({ contact: { method: 'email', value } });
      expect(answers(other.review)['Contact']).to.equal(`E-mail: ${value}`);
      expectNone(other.review, 'link', value);
    }
    const service = await requested({ contact: { method: 'telephone', value: '*#06#' } });
    expectNone(service.review, 'link', '*#06#');
  });

  it('who follows it', async () => {
    const { review } = await shown('requested', async (desk) => {
      await desk.escalate();
      await desk.act({ kind: 'follow' }, people.colleague);
    });
    await until(() => 'Followers' in answers(review), 'nobody');
    expect(answers(review)['Followers']).to.equal('1 person follows it');
  });

  it('another version of the process than the one in force', async () => {
    const { review } = await shown('requested', async (desk) => {
      await desk.escalate();
      await desk.backend.change(({ escalations }) => {
        for (const { escalation } of Object.values(escalations)) escalation.policy.version = '0';
      });
    });
    await findText(review, 'Requested under version 0 of the process; version 1 is in force now.');
  });

  it('the declined one that it corrects, and back', async () => {
    const { review } = await shown('requested', async (desk) => {
      await desk.escalate();
      await desk.act({ kind: 'decline', text: 'Not now.', criteria: [] });
      const [declined] = await desk.escalations();
      await desk.escalate(people.customer, { corrects: declined?.id });
    });
    await findText(review, 'It corrects a request that was declined.');
    byRole(review, 'button', 'Show that one').click();
    await findText(review, 'Not now.');
    await until(() => focused(review)?.matches('h2'), 'the focus is lost');
    byRole(review, 'button', 'Back to the request').click();
    await until(() => review.matches(':state(requested)'), 'not back');
    await findText(review, 'It corrects a request that was declined.');
    expectNone(review, 'button', 'Back to the request');
  });

  it('folds away once it is decided', async () => {
    const { desk, review } = await requested();
    await desk.act(accept);
    await review.refresh();
    await until(() => !(parts(review, 'request')[0] as HTMLDetailsElement).open, 'still open');
    expectNone(review, 'list', 'Criteria, judged now');
  });

  it('holds still what somebody else has written', async () => {
    const evil = '<img src=x onerror="window.hacked=1">';
    const { review } = await requested({
      details: `${evil} javascript:alert(1)`,
      impact: evil,
      onBehalfOf: `\u202E${evil}`,
      contact: { method: 'telephone', value: evil, when: evil, timeZone: evil },
      fields: { __proto__x: evil },
    });
    expect(textOf(parts(review, 'request')[0])).to.contain(evil);
    expect('hacked' in window).to.equal(false);
    expect(review.shadowRoot!.querySelector('img') === null).to.equal(true);
  });
});

describe('the criteria, judged again', () => {
  it('each with its evidence, what is not met first, and what the requester has confirmed', async () => {
    const { desk, review } = await requested();
    expect(judged(review)).to.eql([
      'Shown You have read the last update 26 hr. ago by Dana Reyes',
      'Asked Not because of a change in urgency or impact Confirmed by Priya Nair',
      'Met There is an active case',
      'Met Priority is not low',
      'Met Product Support is not waiting on you',
      'Met A Root Cause Analysis has had its time',
    ]);
    await desk.change({
      waitingOn: 'customer',
      waitingSince: '2026-05-11T12:00:00Z',
      waitingFor: 'Send the logs.',
    });
    await review.refresh();
    await find(review, 'listitem', /^Not met/);
    expect(judged(review)[0]).to.equal(
      'Not met Product Support is not waiting on you Support has been waiting for the customer since May 11: “Send the logs.”',
    );
    await expect(review).to.be.accessible();
  });

  it('in the words of somebody who is not the customer', async () => {
    const { desk, review } = await requested();
    await desk.change({
      priority: 'high',
      lastUpdate: { at: '2026-05-12T11:00:00Z', by: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' } },
    });
    await review.refresh();
    await find(review, 'listitem', /^Not met 24 hours/);
    expect(judged(review)[0]).to.contain('3 hr. ago by Dana Reyes');
    expect(textOf(review)).not.to.match(/Not yet 24 hours|You decide|your answer/);
  });
});

describe('what there is to say of a case', () => {
  it('empty, unknown, signed out, refused', async () => {
    const empty = await shown('empty');
    expect(textOf(empty.review)).to.equal('No escalation on this case.');
    const unknown = await shown('unknown', (desk) => desk.fail('offline'));
    await expect(unknown.review).to.be.accessible();
    unknown.desk.fail(null);
    byRole(unknown.review, 'button', 'Try again').click();
    await findText(unknown.review, 'No escalation on this case.');
    const asked = heard(document, 'escalation-auth-required');
    await shown('signed-out', () => undefined, { user: null });
    expect(asked).to.eql([{ caseId: 'c-1' }]);
    const { review } = await shown('refused', () => undefined, { user: people.stranger });
    expect(textOf(review)).to.equal('This case is not available to you.');
  });

  it('off: the request and what can be done, no entries and nothing to type (G38)', async () => {
    const { desk, review } = await shown('off', (made) => made.escalate(people.customer, FULL), {
      case: { program: 'fedramp-engage' },
    });
    await until(() => parts(review, 'criteria').length, 'no criteria');
    expect(answers(review)['Comments']).to.contain('Nobody has answered');
    await findText(review, 'Communication for this case is by e-mail.');
    expectNone(review, 'textbox', /^Message/);
    byRole(review, 'button', 'Take').click();
    await findText(review, 'It is yours now.');
    expect(desk.sent(/entries/)).to.be.empty;
    await expect(review).to.be.accessible();
  });

  it('offline: what was known, and late', async () => {
    const { desk, review } = await shown('accepted', async (made) => {
      await made.escalate();
      await made.act(accept);
    });
    desk.pass(30 * HOUR);
    desk.fail('offline');
    await review.refresh();
    await findText(review, 'The help desk cannot be reached. This is what was known at last.');
    expect(statesOf(review, ['offline', 'overdue', ...STATES])).to.eql(['offline', 'overdue', 'accepted']);
  });

  it('a past one by its id, with the words of the policy', async () => {
    const { desk, review } = await shown('declined', async (made) => {
      await made.escalate();
      await made.act({
        kind: 'decline',
        text: 'Not now.',
        criteria: [{ id: 'active-case', text: 'It is closed.' }],
      });
    });
    const [past] = await desk.escalations();
    await desk.escalate();
    await review.refresh();
    await until(() => review.matches(':state(requested)'), 'the open one comes first');
    review.escalationId = past!.id;
    await until(() => review.matches(':state(declined)'), 'not the past one');
    await findText(review, 'There is an active case');
    expect(nameOf(byRole(review, 'heading'))).to.equal('Escalation · Lack of Updates/Progress');
  });
});
