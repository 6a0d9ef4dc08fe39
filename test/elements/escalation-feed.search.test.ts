import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { EscalationFeed } from 'escalation-elements';
import { BackendError } from '../../src/core/backend.js';
import {
  allByRole,
  byRole,
  expectNone,
  find,
  findText,
  focused,
  parts,
  textOf,
  until,
  write,
} from './find.js';
import { longTalk, numberOf, painted, topOf, type LongOptions } from './long-talk.js';

const field = (feed: EscalationFeed) => parts(feed, 'search')[0]?.querySelector('input') as HTMLInputElement;
const hits = (feed: EscalationFeed) => parts(feed, 'hit').map(textOf);

async function searching(count: number, options: LongOptions = {}) {
  const made = await longTalk(count, { height: '900px', ...options });
  byRole(made.feed, 'button', 'Search').click();
  await until(() => field(made.feed) && focused(made.feed) === field(made.feed), 'the field has no focus');
  return made;
}

describe('searching a conversation', () => {
  it('finds what is not loaded, marks the words, and shows what was chosen in its place, focused', async () => {
    const { feed, all } = await searching(5000, { first: 50 });
    all[1233] = { ...all[1233]!, text: 'Message 1234. The <b>zebra</b> has eaten the cable.' };
    write(field(feed), 'ZEBRA cable');
    await findText(feed, '1 found');
    expect(hits(feed)[0]).to.contain('The <b>zebra</b> has eaten the cable.').and.to.contain('Sam Okoro');
    expect([...parts(feed, 'hit')[0]!.querySelectorAll('mark')].map(textOf)).to.eql(['zebra', 'cable']);
    await expect(feed).to.be.accessible();
    parts(feed, 'hit')[0]!.click();
    await until(() => focused(feed)?.matches('[part~="entry-found"]'), 'it has not the focus');
    const row = focused(feed) as HTMLElement;
    expect(numberOf(row)).to.equal(1234);
    const box = byRole(feed, 'region', 'Conversation').getBoundingClientRect();
    expect(topOf(row)).to.be.within(box.top - 1, box.bottom);
    // It is the conversation of that time, with both its edges.
    byRole(feed, 'button', 'Show older');
    byRole(feed, 'button', 'Show newer');
    await expect(feed).to.be.accessible();
  });

  it('by the keyboard: Ctrl+F inside of the conversation, Enter and arrows, Escape back to where it was', async () => {
    const { feed, box } = await longTalk(300, { height: '900px' });
    box().focus();
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'f' });
    await sendKeys({ up: 'Control' });
    await until(() => field(feed) && focused(feed) === field(feed), 'the field has no focus');
    await sendKeys({ type: 'Message 29' });
    await findText(feed, '13 found');
    await sendKeys({ press: 'Enter' });
    expect(focused(feed) === parts(feed, 'hit')[0]).to.equal(true);
    await sendKeys({ press: 'ArrowDown' });
    expect(focused(feed) === parts(feed, 'hit')[1]).to.equal(true);
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowUp' });
    expect(focused(feed) === field(feed)).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await until(() => focused(feed) === box(), 'the focus is not back');
    expect(parts(feed, 'search')).to.be.empty;
  });

  it('pressed once more, and outside of the conversation, Ctrl+F is the browser’s', async () => {
    const { feed, box } = await searching(300);
    const press = (target: EventTarget) =>
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, cancelable: true, bubbles: true }),
      );
    expect([press(field(feed)), press(box()), press(byRole(feed, 'textbox'))]).to.eql([true, true, true]);
    byRole(feed, 'button', 'Close').click();
    await until(() => !field(feed), 'still open');
    expect([press(byRole(feed, 'textbox')), press(box())]).to.eql([true, false]);
  });

  it('shows more when asked, and says that there is more', async () => {
    const { feed } = await searching(300, { first: 50 });
    write(field(feed), 'message');
    await findText(feed, '20 or more found');
    expect(hits(feed)[0]).to.contain('Message 300');
    byRole(feed, 'button', 'Show more results').click();
    await findText(feed, '40 or more found');
  });

  it('of a help desk without a search: looks through what is loaded, and says so', async () => {
    const { feed } = await searching(300, { first: 50, noSearch: true });
    write(field(feed), 'message 29');
    await findText(feed, '10 found');
    await findText(feed, 'Looked through 50 messages that are loaded.');
  });

  it('says that nothing was found, and that it did not work, with a way on', async () => {
    const { feed, faults } = await searching(60);
    write(field(feed), 'quagga');
    await findText(feed, 'Nothing found.');
    faults.entries = new BackendError('network');
    write(field(feed), 'proxy');
    await findText(feed, 'The search did not work');
    await expect(feed).to.be.accessible();
    faults.entries = null;
    byRole(parts(feed, 'search')[0]!, 'button', 'Try again').click();
    await findText(feed, /\d+ or more found/);
    write(field(feed), '');
    await until(() => !hits(feed).length, 'an empty search has results');
  });

  it('drops the answer to what is not asked any more', async () => {
    const { feed, all, asked } = await searching(60);
    all[3] = { ...all[3]!, text: 'Message 4 quagga' };
    write(field(feed), 'message');
    await until(() => asked.some(({ q }) => q === 'message'), 'not asked');
    write(field(feed), 'quagga');
    await findText(feed, '1 found');
    await painted();
    expect(hits(feed)).to.have.length(1);
  });

  it('is not in the way of a few messages', async () => {
    const { feed } = await longTalk(5);
    expectNone(feed, 'button', 'Search');
    expectNone(feed, 'button', 'Go to a day');
    await find(feed, 'button', 'Save or print');
    expect(allByRole(feed, 'button', /^(Search|Go to)/)).to.eql([]);
  });
});
