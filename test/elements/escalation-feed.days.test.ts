import { expect } from '@open-wc/testing';
import {
  byRole,
  expectNone,
  find,
  findText,
  focused,
  parts,
  queryRole,
  statesOf,
  textOf,
  until,
} from './find.js';
import { longTalk, numberOf, painted } from './long-talk.js';

type Talk = Awaited<ReturnType<typeof longTalk>>;
async function goTo({ feed }: Talk, date: string) {
  if (!queryRole(feed, 'textbox', 'Show the conversation from'))
    byRole(feed, 'button', 'Go to a day').click();
  const field = await find<HTMLInputElement>(feed, 'textbox', 'Show the conversation from');
  field.value = date;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  byRole(feed, 'button', 'Show').click();
}
const days = ({ feed }: Talk) => parts(feed, 'day').map(textOf);
const numbers = (talk: Talk) => talk.rows().map(numberOf);

describe('an earlier day', () => {
  it('is shown with both its edges, older and newer, until it meets the newest', async () => {
    const talk = await longTalk(3000, { first: 50, height: '900px' });
    const { feed } = talk;
    const at = talk.all[2899]!.at;
    await goTo(talk, at.slice(0, 10));
    await until(() => queryRole(feed, 'button', 'Show newer'), 'no newer ones');
    expect(days(talk)).to.include(
      new Date(at).toLocaleDateString('en', { month: 'long', day: 'numeric', year: 'numeric' }),
    );
    expect(statesOf(feed, ['scrolled-up'])).to.eql(['scrolled-up']);
    await expect(feed).to.be.accessible();
    const rows = talk.rows();
    expect(rows[0]!.getAttribute('aria-setsize')).to.equal('-1');
    for (let n = 0; n < 5 && queryRole(feed, 'button', 'Show newer'); n++) {
      const { length } = talk.asked;
      byRole(feed, 'button', 'Show newer').click();
      await until(() => talk.asked.length > length, 'not asked');
      await painted();
    }
    expectNone(feed, 'button', 'Show newer');
    // Without a gap, and each once, from the day to the newest.
    talk.box().scrollTop = talk.box().scrollHeight;
    await painted();
    // The row with the focus is kept, wherever it is.
    const all = talk
      .rows()
      .filter((row) => row !== focused(feed))
      .map(numberOf);
    expect(all.at(-1)).to.equal(3000);
    for (const [i, number] of all.entries()) if (i > 0) expect(number).to.equal(all[i - 1]! + 1);
  });

  it('what comes meanwhile is counted, and leads to the newest', async () => {
    const talk = await longTalk(3000, { first: 50, height: '900px' });
    const { feed } = talk;
    await goTo(talk, talk.all[100]!.at.slice(0, 10));
    await until(() => queryRole(feed, 'button', 'Show newer'), 'no newer ones');
    const before = numbers(talk);
    await talk.add('One.', 'Two.');
    const button = await find(feed, 'button', '2 new messages ↓');
    expect(numbers(talk)).to.eql(before);
    expect(textOf(byRole(feed, 'status'))).to.equal('2 new messages');
    button.click();
    await findText(feed, 'Two.');
    await until(() => !queryRole(feed, 'button', /new messages/), 'the button stays');
    await painted();
    expect(talk.rows().at(-1)?.textContent).to.contain('Two.');
  });

  it('there is a way back to the newest', async () => {
    const talk = await longTalk(3000, { first: 50, height: '900px' });
    await goTo(talk, talk.all[100]!.at.slice(0, 10));
    (await find(talk.feed, 'button', 'Back to the newest messages')).click();
    await until(() => numbers(talk).at(-1) === 3000, 'not at the newest');
    await until(() => !statesOf(talk.feed, ['scrolled-up']).length, 'not at the end');
  });

  it('a day after the last message says so; none asks for one', async () => {
    const talk = await longTalk(60);
    await goTo(talk, '');
    await findText(talk.feed, 'Choose a day first.');
    await goTo(talk, '2030-01-01');
    await findText(talk.feed, 'Nothing was written on that day or later.');
  });
});

describe('new messages', () => {
  it('while the reader is further up: a button leads to the first of them', async () => {
    const { feed, box, add, rows } = await longTalk(300, { height: '900px' });
    await painted();
    expect(statesOf(feed, ['scrolled-up'])).to.eql([]);
    box().scrollTop = 2000;
    await until(() => statesOf(feed, ['scrolled-up']).length, 'not scrolled up');
    await add('One.');
    await find(feed, 'button', '1 new message ↓');
    await add('Two.');
    const button = await find(feed, 'button', '2 new messages ↓');
    await expect(feed).to.be.accessible();
    button.click();
    await until(
      () => document.activeElement?.shadowRoot?.activeElement?.textContent?.includes('One.'),
      'no focus',
    );
    expect(rows().some((row) => row.textContent?.includes('Two.'))).to.equal(true);
    expectNone(feed, 'button', /new message/);
  });

  it('at the end they are followed, and nobody has to press anything', async () => {
    const { feed, box, add, rows } = await longTalk(300, { height: '900px' });
    await painted();
    await add('One.', 'Two.');
    await painted();
    expect(box().scrollHeight - box().scrollTop - box().clientHeight).to.be.below(2);
    expect(rows().at(-1)?.textContent).to.contain('Two.');
    expectNone(feed, 'button', /new message/);
  });

  it('what was not read when the feed was opened stands below a line, until it is left', async () => {
    const { feed, rows } = await longTalk(40, { unread: 3 });
    const lines = () => parts(feed, 'unread-line').map((line) => numberOf(line.closest('li')!));
    expect(lines()).to.eql([38]);
    expect(parts(feed, 'entry-unread').map(numberOf)).to.eql([38, 39, 40]);
    expect(rows()).to.have.length(40);
    await feed.refresh();
    expect(lines()).to.eql([38]);
    await expect(feed).to.be.accessible();
  });
});
