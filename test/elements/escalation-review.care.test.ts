import { expect } from '@open-wc/testing';
import type { Action, Escalation } from '../../src/core/model.js';
import { allByRole, descriptionOf, expectNone, findText, focused, parts, textOf, until } from './find.js';
import { accept } from './gallery-review.js';
import { bar, resolve, reviewing, time } from './reviewing.js';
import { type Scene } from './scene.js';

describe('looking after it', () => {
  const rows: [name: string, acts: Action[], fill: [label: RegExp, text: string][], submit: string, done: string,
    check: (escalation: Escalation, desk: Scene) => unknown][] = [
    ['Add a promise', [accept], [[/^What you promise/, 'Call you.']], 'Promise it', 'Promised.',
      ({ promises }) => expect(promises.at(-1)?.text).to.equal('Call you.')],
    ['Write a note', [accept], [[/^Internal note/, 'It is the proxy.']], 'Save the note', 'The note is saved.',
      async (_seen, desk) => expect((await desk.entries()).at(-1)).to.include({ kind: 'internal', text: 'It is the proxy.' })],
    ['Resolve', [accept], [[/^What came of it/, 'Fixed in 9.4.2.']], 'Resolve the escalation', 'Resolved.',
      ({ status, closed }) => expect([status, closed?.summary]).to.eql(['resolved', 'Fixed in 9.4.2.'])],
    ['Reopen', [accept, resolve], [[/^Why it is reopened/, 'It is back.']], 'Reopen the escalation', 'Reopened.',
      ({ status }) => expect(status).to.equal('under-review')],
  ]; // prettier-ignore
  for (const [name, acts, fill, submit, done, check] of rows)
    it(`${name}: needs its text, and does what it says`, async () => {
      const { desk, review, open, press, type, seen } = await reviewing(acts);
      await open(name);
      await expect(review).to.be.accessible();
      press(submit);
      await findText(review, 'Write something first.');
      for (const [label, text] of fill) await type(label, text);
      press(submit);
      await findText(review, done);
      await until(() => focused(review)?.matches('[data-done]'), 'no focus');
      await check(await seen(), desk);
      await expect(review).to.be.accessible();
    });

  it('a note is no message: customers and the case never see it', async () => {
    const { desk, review, open, press, type } = await reviewing([accept]);
    await open('Write a note');
    await findText(review, 'Only those who review escalations read it. It never goes on the case.');
    await type(/^Internal note/, 'It is the proxy.');
    press('Save the note');
    await until(() => parts(review, 'entry-internal').length, 'not in the list');
    expect(textOf(parts(review, 'entry-internal')[0])).to.match(/Internal note It is the proxy\.$/);
    expectNone(parts(review, 'entry-internal')[0]!, 'button', 'Move to the Case Feed');
    expect((await desk.entries()).at(-1)?.alsoOnCase).to.equal(undefined);
  });

  it('a promise is kept by its own button, and the last one takes the form with it', async () => {
    const { review, open, seen } = await reviewing([accept]);
    await open('Keep a promise');
    const rows = () => allByRole(review, 'button', 'Mark as kept');
    expect(rows().map(descriptionOf)).to.eql([
      'review your request against the escalation criteria',
      'reply with next steps',
    ]);
    await expect(review).to.be.accessible();
    rows()[1]!.click();
    await findText(review, 'Marked as kept.');
    expect((await seen()).promises.map(({ keptAt }) => Boolean(keptAt))).to.eql([false, true]);
    await open('Keep a promise');
    rows()[0]!.click();
    await until(() => !bar(review).includes('Keep a promise'), 'still offered');
  });

  it('the next update: what is promised stands there, a time is needed, and it is told in UTC', async () => {
    const { review, open, press, choose, seen } = await reviewing([accept]);
    await open('Set the next update');
    expect(time(review, 'Next update by').value).to.equal('2026-05-13T10:00');
    await choose('Next update by', '');
    press('Set it');
    await findText(review, 'Choose a date and a time.');
    await choose('Next update by', '2026-05-11T10:00');
    press('Set it');
    await findText(review, 'Choose a time that is still to come.');
    await choose('Next update by', '2026-05-14T16:15');
    press('Set it');
    await findText(review, 'The next update is set.');
    expect((await seen()).nextUpdateDueAt).to.equal('2026-05-14T20:15:00.000Z');
  });
});
