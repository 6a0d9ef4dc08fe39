import { expect } from '@open-wc/testing';
import { answer, byRole, expectNone, find, findText, parts, textOf, until, write } from './find.js';
import { policies, scene, type SceneOptions } from './scene.js';
import { draw, open } from './typing.js';

/** The article that the Pulse Secure process comes from (P19), and its feedback (P20). */

async function unfolded(options: SceneOptions = {}) {
  const desk = scene({ policy: policies['pulse-secure'], ...options });
  const element = await draw(desk);
  await open(element);
  await until(() => parts(element, 'article').length, 'no article');
  parts(element, 'article-title')[0]?.click();
  return { desk, element, article: parts(element, 'article')[0] as HTMLElement };
}
const helpful = 'Was this article helpful?';
/** What the hidden status beside the counter says. */
const told = (article: HTMLElement) => textOf(byRole(article, 'status'));

describe('the article of the process', () => {
  it('is named with its id, title, date, version and attachment (P19)', async () => {
    const { element, article } = await unfolded();
    expect(textOf(article)).to.contain('About this process: KB30196');
    expect(textOf(article)).to.contain('Last changed October 30, 2020.');
    expect(textOf(article)).to.contain('Version 1 of the process.');
    for (const [name, href] of [
      ['How to escalate a support case', 'https://example.com/articles/KB30196'],
      ['Attachment 1', 'https://example.com/articles/KB30196/attachment-1'],
    ] as const)
      expect(byRole(article, 'link', name).getAttribute('href')).to.equal(href);
    await expect(element).to.be.accessible();
  });

  it('takes yes or no, and words of at most 255 characters (P20)', async () => {
    const { desk, element, article } = await unfolded();
    expectNone(article, 'textbox');
    answer(article, helpful, 'No');
    const field = await find<HTMLTextAreaElement>(article, 'textbox', /^How can we make it more useful/);
    expect(textOf(article)).to.contain('255 characters left');
    write(field, 'Say how long it takes.');
    await findText(article, '233 characters left');
    byRole(article, 'button', 'Send feedback').click();
    await findText(article, 'Thank you. Your feedback has arrived.');
    const sent = desk.sent(/POST \/policies\/pulse-secure\/feedback/);
    expect(sent.map(({ body }) => body)).to.eql([
      { version: '1', helpful: false, text: 'Say how long it takes.' },
    ]);
    await expect(element).to.be.accessible();
  });

  it('the counter is told at a few counts only, not at every key', async () => {
    const { article } = await unfolded();
    answer(article, helpful, 'Yes');
    const field = await find<HTMLTextAreaElement>(article, 'textbox', /^How can we/);
    const heard = new Set<string>();
    for (let length = 195; length <= 255; length++) {
      write(field, 'x'.repeat(length));
      await find(article, 'textbox', /^How can we/);
      const left = new RegExp(`\\b${255 - length} characters? left`);
      await until(() => left.test(textOf(article)), `not at ${length}`);
      heard.add(told(article));
    }
    expect([...heard]).to.eql([
      '',
      'At most 50 characters left',
      'At most 20 characters left',
      'At most 10 characters left',
      'No characters left',
    ]);
  });

  it('too long is not sent, and nothing is cut', async () => {
    const { desk, article } = await unfolded();
    answer(article, helpful, 'Yes');
    const field = await find<HTMLTextAreaElement>(article, 'textbox', /^How can we/);
    write(field, 'x'.repeat(260));
    await findText(article, '5 characters too many');
    byRole(article, 'button', 'Send feedback').click();
    expect(field.value).to.have.length(260);
    expect(desk.sent(/feedback/)).to.eql([]);
  });

  it('that did not arrive stays, and can be sent again', async () => {
    const { desk, article } = await unfolded();
    answer(article, helpful, 'No');
    write(await find(article, 'textbox', /^How can we/), 'Shorter.');
    await findText(article, 'characters left');
    desk.fail('offline', /feedback/);
    byRole(article, 'button', 'Send feedback').click();
    await findText(article, 'Not sent. Your text is still here');
    desk.fail(null);
    byRole(article, 'button', 'Send feedback').click();
    await findText(article, 'Thank you.');
  });

  it('is not there for a process without one', async () => {
    const { desk, element } = await (async () => {
      const { article: _article, ...policy } = policies['pulse-secure'];
      const scened = scene({ policy });
      const drawn = await draw(scened);
      await open(drawn);
      return { desk: scened, element: drawn };
    })();
    expect(parts(element, 'article')).to.eql([]);
    expect(desk.log.length).to.be.greaterThan(0);
  });
});
