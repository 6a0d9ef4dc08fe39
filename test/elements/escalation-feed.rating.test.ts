import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { EscalationFeed } from 'escalation-elements';
import { accept, done, draw, drawn, only, resolve } from './acted.js';
import {
  allByRole, byRole, descriptionOf, expectNone, find, findText, nameOf, parts, textOf, until, untilFocused, write,
} from './find.js'; // prettier-ignore
import { people } from './scene.js';

type Field = HTMLTextAreaElement;

describe('rating', () => {
  const rate = async (feed: EscalationFeed) => {
    byRole(feed, 'button', 'Rate this escalation').click();
    return find(feed, 'group', 'How well was this escalation handled?');
  };
  const send = (feed: EscalationFeed) => byRole(feed, 'button', 'Send rating').click();

  it('one question, five answers in words, and thanks, also after a reload', async () => {
    const { desk, feed } = await drawn([accept, resolve]);
    const question = await rate(feed);
    const radios = allByRole<HTMLInputElement>(question, 'radio');
    expect(radios.map(nameOf)).to.eql(['Not at all', 'Not well', 'Fairly well', 'Well', 'Very well']);
    await untilFocused(feed, radios[0]!);
    await expect(feed).to.be.accessible();
    send(feed);
    await findText(feed, 'Choose one of the five.');
    await untilFocused(feed, question);
    expect(descriptionOf(question)).to.equal('Choose one of the five.');
    radios[2]!.focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(radios.map(({ checked }) => checked)).to.eql([false, false, false, true, false]);
    await until(() => !textOf(question).includes('Choose'), 'the fault is still there');
    write(byRole<Field>(feed, 'textbox', /^What should we know/), 'Quick in the end.');
    send(feed);
    await done(feed, 'Thank you. You rated this escalation 4 of 5.');
    expectNone(feed, 'button', 'Rate this escalation');
    expect((await only(desk)).closed?.rating).to.equal(4);
    expect((await desk.entries()).at(-1)).to.include({ kind: 'internal', text: 'Quick in the end.' });
    expect(desk.sent(/actions/).at(-1)?.body).to.eql({ kind: 'rate', value: 4, text: 'Quick in the end.' });
    await expect(feed).to.be.accessible();

    feed.remove();
    const later = await draw(desk);
    await findText(later, 'Thank you. You rated this escalation 4 of 5.');
    expectNone(later, 'button', 'Rate this escalation');
  });

  it('what somebody else has rated is not said to be yours; what is no rating is not shown', async () => {
    const { desk, feed } = await drawn([accept, resolve], people.colleague);
    await desk.act({ kind: 'rate', value: 2 }, people.customer);
    await feed.refresh();
    await findText(feed, 'This escalation was rated 2 of 5.');
    for (const rating of [0, 6, 4.5, -1]) {
      await desk.backend.change(({ escalations }) => {
        for (const { escalation } of Object.values(escalations)) escalation.closed = { ...escalation.closed!, rating };
      });
      await feed.refresh();
      await feed.updateComplete;
      expect(parts(feed, 'rated'), String(rating)).to.be.empty;
    }
  }); // prettier-ignore

  it('not sent: what was chosen and written is still there', async () => {
    const { desk, feed } = await drawn([accept, resolve]);
    const question = await rate(feed);
    byRole(question, 'radio', 'Very well').click();
    write(byRole<Field>(feed, 'textbox', /^What should we know/), 'Thanks.');
    desk.fail('503', /actions/);
    send(feed);
    await findText(feed, 'Not done: the connection was lost.');
    expect(byRole<HTMLInputElement>(question, 'radio', 'Very well').checked).to.equal(true);
    expect(byRole<Field>(feed, 'textbox', /^What should we know/).value).to.equal('Thanks.');
    desk.fail(null);
    send(feed);
    await done(feed, 'Thank you. You rated this escalation 5 of 5.');
  });
});

describe('on paper', () => {
  after(() => emulateMedia({ media: 'screen' }));

  it('says when it was printed, and how much of it was loaded; on the screen that is not seen', async () => {
    const { desk, feed } = await drawn([accept]);
    const line = () => parts(feed, 'printed')[0]!;
    expect(line().checkVisibility()).to.equal(false);
    await emulateMedia({ media: 'print' });
    expect(line().checkVisibility()).to.equal(true);
    expect(textOf(line())).to.equal('Printed May 12, 10:00 AM. Messages shown: 2.');
    expectNone(feed, 'button', 'Withdraw');
    for (let i = 0; i < 60; i++) await desk.post(`Update ${i}`);
    feed.remove();
    const long = await draw(desk);
    await findText(long, 'Printed May 12, 10:00 AM. Messages shown: 50. Older ones were not loaded.');
  });
});
