import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import type { Action } from '../../src/core/model.js';
import { expectNone, find, findText, parts, statesOf, textOf, until } from './find.js';
import { hostile } from './hostile.js';
import { HOUR, MINUTE, people, policies, scene, type Scene } from './scene.js';

const ASK = 'Ask for the update';
const accept: Action = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.' };
/** High priority: an update every 24 hours; the ladder has a rung 4 hours after that. */
const LATE = 26;

const draw = (desk: Scene) =>
  desk.draw<EscalationFeed>(html`<escalation-feed case-id="c-1"></escalation-feed>`);
async function drawn(acts: Action[] = [accept], hours = LATE, prepare?: (desk: Scene) => unknown) {
  const desk = scene();
  await desk.escalate();
  for (const act of acts) await desk.act(act);
  desk.pass(hours * HOUR);
  await prepare?.(desk);
  const feed = await draw(desk);
  await find(feed, 'list', 'Progress');
  await findText(feed, /requested by/);
  // The policy is there.
  await findText(feed, 'More training');
  return { desk, feed };
}
const ask = async (feed: EscalationFeed) => (await find(feed, 'button', ASK)).click();
const notices = async (desk: Scene) => (await desk.entries()).filter(({ kind }) => kind === 'notice');
const asked = (feed: EscalationFeed) => parts(feed, 'asked').map(textOf);

describe('an update that is late', () => {
  it('can be asked for, once it is', async () => {
    const { desk, feed } = await drawn([accept], 23);
    expectNone(feed, 'button', ASK);
    desk.pass(3 * HOUR);
    await feed.refresh();
    await findText(feed, 'An update was due today 10:00 AM (2 hr. ago). It is late.');
    await find(feed, 'button', ASK);
    expect(statesOf(feed, ['overdue'])).to.eql(['overdue']);
    await expect(feed).to.be.accessible();
  });

  it('goes to the owner; then it is said when that was, and when again', async () => {
    const { desk, feed } = await drawn();
    await ask(feed);
    await findText(feed, 'Sent to Sam Okoro.');
    await until(() => feed.shadowRoot?.activeElement?.matches('[data-done]'), 'the focus is elsewhere');
    expect(asked(feed)).to.eql(['Asked at 12:00 PM. You can ask again at 4:00 PM.']);
    expectNone(feed, 'button', ASK);
    await findText(feed, 'Priya Nair asked for an update');
    expect((await notices(desk)).map(({ author }) => author.name)).to.eql(['Priya Nair']);
    await expect(feed).to.be.accessible();
  });

  it('after four hours to the next level, too, as the policy calls it', async () => {
    const { feed } = await drawn([accept], LATE + 3);
    await ask(feed);
    await findText(feed, 'Sent to Sam Okoro and the next level: Product Support Manager.');
  });

  it('nobody has taken it: says so, and goes to those who could', async () => {
    const { feed } = await drawn([], 26);
    await findText(feed, 'Nobody has answered yet. An answer was due today 10:00 AM (2 hr. ago). It is late.');
    await ask(feed);
    await findText(feed, 'Sent to those who take escalations.');
    const later = await drawn([], 29);
    await ask(later.feed);
    await findText(later.feed, 'Sent to those who take escalations, and to the next level: Product Support Manager.');
  }); // prettier-ignore

  it('turns available by itself when the time has come', async () => {
    const { desk, feed } = await drawn();
    await ask(feed);
    await findText(feed, 'You can ask again at 4:00 PM');
    desk.pass(239 * MINUTE);
    feed.requestUpdate();
    await feed.updateComplete;
    expectNone(feed, 'button', ASK);
    desk.pass(MINUTE);
    feed.requestUpdate();
    await ask(feed);
    await findText(feed, 'Sent to Sam Okoro and the next level');
    expect(asked(feed)).to.eql(['Asked at 4:00 PM. You can ask again at 8:00 PM.']);
    expect(await notices(desk)).to.have.length(2);
  });

  it('whoever asked asked for all; of another day with its name', async () => {
    const { desk, feed } = await drawn([accept], 37, (made) => made.act({ kind: 'nudge' }, people.colleague));
    expect(asked(feed)).to.eql(['Asked at 11:00 PM. You can ask again at Thu 3:00 AM.']);
    expectNone(feed, 'button', ASK);
    desk.pass(2 * HOUR);
    feed.requestUpdate();
    await findText(feed, 'Asked at Wed 11:00 PM. You can ask again at 3:00 AM.');
  });

  it('an update has come: there is nothing to ask for', async () => {
    const { desk, feed } = await drawn();
    await ask(feed);
    await findText(feed, 'Sent to Sam Okoro.');
    await desk.post('Engineering has a fix.');
    await feed.refresh();
    await until(() => !asked(feed).length, 'it is still said');
    expect(textOf(feed)).not.to.contain('Sent to');
    expectNone(feed, 'button', ASK);
  });
});

describe('asking that is refused', () => {
  it('a colleague was faster (429): says when again, and who it was is in the conversation', async () => {
    const { desk, feed } = await drawn();
    // This page has not heard of it.
    desk.fail('offline', /GET/);
    await desk.act({ kind: 'nudge' }, people.colleague);
    desk.pass(5 * MINUTE);
    await ask(feed);
    await findText(feed, 'You can ask again at 4:00 PM.');
    expect(textOf(await find(feed, 'alert'))).to.contain('You can ask again at 4:00 PM.');
    expectNone(feed, 'button', ASK);
    desk.fail(null);
    await feed.refresh();
    await findText(feed, 'Tom Berg asked for an update');
    await findText(feed, 'Asked at 12:00 PM. You can ask again at 4:00 PM.');
    await expect(feed).to.be.accessible();
    expect(await notices(desk)).to.have.length(1);
    desk.pass(4 * HOUR);
    feed.requestUpdate();
    await find(feed, 'button', ASK);
    expectNone(feed, 'alert');
  });

  it('a policy without a lifecycle: goes to the owner, and the refusal says the time', async () => {
    const { lifecycle: _lifecycle, ...bare } = policies.genesys;
    const { desk, feed } = await drawn([accept], LATE + 3, (made) => {
      made.answer = ({ path }) => (path.startsWith('/policies') ? Response.json(bare) : undefined);
    });
    await ask(feed);
    await findText(feed, 'Sent to Sam Okoro.');
    desk.pass(MINUTE);
    await ask(feed);
    await findText(feed, 'Asked at 3:00 PM. You can ask again at 7:00 PM.');
  });

  it('a refusal that does not say when: in a minute', async () => {
    const { desk, feed } = await drawn();
    desk.answer = ({ path }) =>
      path.endsWith('/actions')
        ? Response.json({ code: 'rate-limited', title: 'x', status: 429 }, { status: 429, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '600' } })
        : undefined; // prettier-ignore
    await ask(feed);
    await findText(feed, 'You can ask again at 12:10 PM.');
    expect(asked(feed)).to.eql(['You can ask again at 12:10 PM.']);
  });

  it('offline: not done, and the button stays', async () => {
    const { desk, feed } = await drawn();
    desk.fail('offline', /actions/);
    await ask(feed);
    await findText(feed, 'Not done: the connection was lost.');
    expect(await notices(desk)).to.be.empty;
    await expect(feed).to.be.accessible();
    desk.fail(null);
    await ask(feed);
    await findText(feed, 'Sent to Sam Okoro.');
  });

  it('its answer was lost: the conversation tells that it arrived, once', async () => {
    const { desk, feed } = await drawn();
    desk.fail('lost', /actions/);
    await ask(feed);
    await findText(feed, /Asked at 12:00 PM/);
    expectNone(feed, 'button', ASK);
    expect(await notices(desk)).to.have.length(1);
  });

  it('a note from a clock gone wrong does not keep anybody from asking', async () => {
    const { feed } = await drawn([accept], LATE, async (desk) => {
      await desk.act({ kind: 'nudge' }, people.colleague);
      await desk.backend.change(({ escalations }) => {
        for (const { entries } of Object.values(escalations)) entries.at(-1)!.at = '9999-01-01T00:00:00Z';
      });
    });
    await find(feed, 'button', ASK);
  });
});

it('the names of an owner and of the next level are text', async () => {
  for (const { payload } of hostile.filter((_, i) => i % 8 === 0)) {
    const desk = scene({
      policy: { ...policies.genesys, actors: { ...policies.genesys.actors, manager: { label: payload, reviews: false } } },
    });
    await desk.escalate();
    await desk.act(accept);
    await desk.backend.change(({ escalations }) => {
      for (const row of Object.values(escalations)) row.escalation.owner = { id: 'o-1', name: payload, role: 'owner' };
    });
    desk.pass((LATE + 3) * HOUR);
    const feed = await draw(desk);
    await findText(feed, 'Escalation Owner');
    await ask(feed);
    await findText(feed, /Sent to .* and the next level:/);
    expect(parts(feed, 'notice-success')[0]?.querySelector('*:not(p)')).to.equal(null);
    expect(feed.shadowRoot!.querySelectorAll('img, script, iframe, [onerror]')).to.be.empty;
    feed.remove();
  }
  expect('hacked' in window).to.equal(false);
}); // prettier-ignore
