import { expect, html } from '@open-wc/testing';
import { configure, type EscalationReview } from 'escalation-elements';
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
  untilFocused,
} from './find.js';
import { accept, another, draw } from './gallery-review.js';
import { HOUR, people, scene, type Scene, type SceneOptions } from './scene.js';

const STATES = ['queue', 'loading', 'empty', 'unknown', 'signed-out', 'refused', 'unconfigured', 'overdue', 'unread', 'offline']; // prettier-ignore
const manager = { ...people.owner, id: 'o-2', name: 'Lena Fischer' };

/** The queue of a help desk where this has happened. */
async function queue(before: (desk: Scene) => unknown = () => undefined, options: SceneOptions = {}) {
  const desk = scene({ user: people.owner, ...options });
  await before(desk);
  return { desk, review: await draw(desk, '') };
}
/** Four cases: one late, one of another owner, one that nobody has, one of low priority. */
async function four(desk: Scene) {
  await another(desk, '3', { subject: 'Late' }, [accept]);
  desk.pass(26 * HOUR);
  await another(desk, '2', { subject: 'Reviewed' }, [{ kind: 'take' }], manager);
  await another(desk, '4', { subject: 'Low' }, [{ ...accept, importance: 'low', urgency: 'low' }]);
  await desk.escalate();
  await desk.post('Any news?', people.customer);
}
const rows = (review: EscalationReview) =>
  allByRole(byRole(review, 'list', 'Escalation queue'), 'listitem').map(textOf);
const titles = (review: EscalationReview) => parts(review, 'queue-open').map(nameOf);
const said = (review: EscalationReview) => textOf(allByRole(review, 'status')[0]);

describe('the queue', () => {
  it('loading, then empty: and says what happens by itself', async () => {
    const desk = scene({ user: people.owner });
    const release = desk.hold(/escalations/);
    const review = await draw(desk, '');
    await findText(review, 'Loading the queue…');
    expect(statesOf(review, STATES)).to.eql(['queue', 'loading']);
    await expect(review).to.be.accessible();
    release();
    await findText(review, 'Nothing is open. New requests appear here by themselves.');
    expect(nameOf(byRole(review, 'heading'))).to.equal('Escalation queue 0 open');
    expect(statesOf(review, STATES)).to.eql(['queue', 'empty']);
    await expect(review).to.be.accessible();
  });

  it('in the order of the help desk, each row with what it takes to choose one', async () => {
    const { review } = await queue(four);
    await find(review, 'list', 'Escalation queue');
    expect(nameOf(byRole(review, 'heading'))).to.equal('Escalation queue 4 open');
    expect(rows(review)).to.eql([
      'High Case 00483 · Late Acme Ltd · Lack of Updates/Progress Requested May 12, 10:00 AM by Priya Nair Accepted · You Update late by 2 hr',
      'No priority yet Case 00482 · Reviewed Acme Ltd · Lack of Updates/Progress Requested May 13, 12:00 PM by Priya Nair Under review · Lena Fischer Next update by Thu 12:00 PM',
      'No priority yet Case 00481516 · Nightly export stops at 2 GB 1 unread message Acme Ltd · Lack of Updates/Progress Requested May 13, 12:00 PM by Priya Nair Requested · Nobody yet An answer is due by Thu 12:00 PM',
      'Low Case 00484 · Low Acme Ltd · Lack of Updates/Progress Requested May 13, 12:00 PM by Priya Nair Accepted · You Next update by Sat 12:00 PM',
    ]);
    expect(parts(review, 'queue-row-overdue').map((row) => textOf(row).slice(0, 20))).to.eql([
      'High Case 00483 · La',
    ]);
    expect(statesOf(review, STATES)).to.eql(['queue', 'overdue', 'unread']);
    expect(review.unread).to.equal(1);
    await expect(review).to.be.accessible();
  });

  it('filtered: mine, those without an owner, all; each with its number', async () => {
    const { review } = await queue(four);
    const filter = await find(review, 'group', 'Show');
    expect(allByRole(filter, 'radio').map(nameOf)).to.eql([
      'All (4)',
      'Mine (2)',
      'Waiting for an owner (1)',
    ]);
    byRole(filter, 'radio', 'Mine (2)').click();
    await until(() => titles(review).length === 2, 'not filtered');
    expect(titles(review)).to.eql(['Case 00483 · Late', 'Case 00484 · Low']);
    byRole(filter, 'radio', 'Waiting for an owner (1)').click();
    await until(() => titles(review).length === 1, 'not filtered');
    expect(titles(review)).to.eql(['Case 00481516 · Nightly export stops at 2 GB']);
    byRole(filter, 'radio', 'All (4)').click();
    await until(() => titles(review).length === 4, 'not all');
  });

  it('says which requests are new, once, and keeps the focus where somebody is', async () => {
    const { desk, review } = await queue((made) =>
      another(made, '2', {}, [{ ...accept, importance: 'low' }]),
    );
    const row = await find(review, 'button', /Case 00482/);
    expect(said(review)).to.equal('');
    row.focus();
    await desk.escalate();
    await review.refresh();
    await until(() => said(review), 'nothing is said');
    expect(said(review)).to.equal('New escalation request: case 00481516');
    expect(
      titles(review).map((title) => title.slice(0, 13)),
      'before the other',
    ).to.eql(['Case 00481516', 'Case 00482 · ']);
    expect(focused(review) === row, 'the focus has gone').to.equal(true);
    await desk.act({ kind: 'take' });
    await another(desk, '5');
    await another(desk, '6');
    await review.refresh();
    await until(() => titles(review).length === 4, 'not there');
    expect(said(review)).to.equal('2 new escalation requests');
  });

  it('a row that goes hands its focus to the heading', async () => {
    const { desk, review } = await queue((made) => made.escalate());
    (await find(review, 'button', /Case/)).focus();
    await desk.act({ kind: 'withdraw' }, people.customer);
    await review.refresh();
    await untilFocused(review, byRole(review, 'heading'));
  });

  it('shows more, and does not call that new', async () => {
    const { review } = await queue(async (desk) => {
      for (let n = 10; n < 62; n++) await another(desk, String(n));
    });
    await find(review, 'heading', 'Escalation queue more than 50 open');
    byRole(review, 'button', 'Show more').click();
    await find(review, 'heading', 'Escalation queue 52 open');
    expectNone(review, 'button', 'Show more');
    expect(said(review)).to.equal('');
  });

  const failures: [state: string, words: string, options: SceneOptions, before: (desk: Scene) => unknown][] = [
    ['unknown', 'The queue could not be loaded. Try again', {}, (desk) => desk.fail('offline')],
    ['refused', 'The queue is for those who review escalations.', { user: people.customer }, () => undefined],
    ['signed-out', 'Sign in to see the queue. Try again', { user: null }, () => undefined],
    ['refused', 'This help desk has no queue. Open an escalation from its case.', {}, (desk) => {
      desk.answer = () => Response.json({ code: 'not-found' }, { status: 404 });
    }],
  ]; // prettier-ignore
  for (const [state, words, options, before] of failures)
    it(`${state}: ${words}`, async () => {
      const asked = heard(document, 'escalation-auth-required');
      const { review } = await queue(before, options);
      await findText(review, words);
      expect(textOf(review)).to.equal(words);
      expect(statesOf(review, STATES)).to.eql(['queue', state]);
      expect(asked).to.eql(state === 'signed-out' ? [{ caseId: '' }] : []);
      await expect(review).to.be.accessible();
    });

  it('tries again', async () => {
    const { desk, review } = await queue((made) => made.fail('offline'));
    await findText(review, 'The queue could not be loaded.');
    desk.fail(null);
    byRole(review, 'button', 'Try again').click();
    await findText(review, 'Nothing is open.');
  });

  it('keeps what was known while the help desk cannot be reached, and says so', async () => {
    const { desk, review } = await queue((made) => made.escalate());
    await find(review, 'list', 'Escalation queue');
    desk.fail('offline');
    await review.refresh();
    await findText(review, 'The help desk cannot be reached. This is what was known at last.');
    expect(statesOf(review, STATES)).to.eql(['queue', 'offline']);
    expect(titles(review)).to.have.length(1);
    await expect(review).to.be.accessible();
    // Whoever may not see it sees nothing of what was known.
    desk.fail(null);
    desk.user = people.customer;
    await review.refresh();
    await findText(review, 'The queue is for those who review escalations.');
    expect(parts(review, 'queue')).to.be.empty;
  });

  it('unconfigured, once the page has had its time', async () => {
    const parentNode = document.createElement('div');
    configure({}, parentNode);
    document.body.append(parentNode);
    const review = document.createElement('escalation-review');
    parentNode.append(review);
    await until(() => review.matches(':state(unconfigured)'), 'never unconfigured');
    expect(textOf(review)).to.equal('Escalation is not available on this page.');
    parentNode.remove();
  });
});

describe('a row of the queue', () => {
  it('opens the escalation, and leads back to it', async () => {
    const { review } = await queue(four);
    const viewed = heard(document, 'escalation-view');
    const row = await find(review, 'button', /Nightly/);
    row.click();
    await until(() => review.matches(':state(requested)'), 'not opened');
    await untilFocused(review, await find(review, 'heading', /^Escalation · /));
    expect(viewed).to.eql([{ caseId: 'c-1', escalationId: review.escalationId }]);
    expect(review.caseId).to.equal('c-1');
    await findText(review, 'Case 00481516 · Nightly export stops at 2 GB · Acme Ltd');
    await find(review, 'group', 'What you can do');
    await expect(review).to.be.accessible();
    byRole(review, 'button', 'Back to the queue').click();
    await untilFocused(review, await find(review, 'button', /Nightly/));
    expect([review.caseId, review.escalationId]).to.eql(['', '']);
  });

  it('not where the page opens its own', async () => {
    const { review } = await queue(four);
    review.addEventListener('escalation-view', (event) => event.preventDefault());
    (await find(review, 'button', /Nightly/)).click();
    await review.updateComplete;
    expect(review.caseId).to.equal('');
    expect(titles(review)).to.have.length(4);
  });

  it('a case that the page has named has no way back to a queue', async () => {
    const desk = scene({ user: people.owner });
    await desk.escalate();
    const review = await draw(desk);
    await find(review, 'group', 'What you can do');
    expectNone(review, 'button', 'Back to the queue');
  });

  it('holds still what somebody else has written', async () => {
    const { review } = await queue((desk) =>
      another(desk, '2', {
        subject: '<img src=x onerror="window.hacked=1">',
        customer: { name: '\u202Eevil', region: 'x' },
      }),
    );
    await find(review, 'button', 'Case 00482 · <img src=x onerror="window.hacked=1">');
    await findText(review, '⟨U+202E⟩evil');
    expect('hacked' in window).to.equal(false);
    expect(review.shadowRoot!.querySelector('img') === null).to.equal(true);
  });

  it('is asked for only while the queue is looked at', async () => {
    const { desk, review } = await queue(four);
    (await find(review, 'button', /Nightly/)).click();
    await find(review, 'group', 'What you can do');
    const before = desk.sent(/GET \/escalations\?/).length;
    await review.refresh();
    expect(desk.sent(/GET \/escalations\?/)).to.have.length(before);
  });

  it('two elements of one desk ask once', async () => {
    const desk = scene({ user: people.owner });
    await desk.escalate();
    const both = await desk.draw(
      html`<div><escalation-review></escalation-review><escalation-review></escalation-review></div>`,
    );
    for (const one of both.children) await find(one, 'list', 'Escalation queue');
    expect(desk.sent(/GET \/escalations\?/)).to.have.length(1);
  });
});
