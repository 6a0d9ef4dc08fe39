import { expect, html } from '@open-wc/testing';
import type { EscalationFeed, EscalationReview } from 'escalation-elements';
import { BackendError, type Backend } from '../../src/core/backend.js';
import { backendOf, file, LIMITS } from './files.js';
import { allByRole, byRole, expectNone, find, findText, focused, parts, textOf, until } from './find.js';
import { people, scene, type Scene } from './scene.js';

const FEED = html`<escalation-feed case-id="c-1"></escalation-feed>`;
const REVIEW = html`<escalation-review case-id="c-1"></escalation-review>`;

/** A request and an answer, each with files. */
async function answered(change: Partial<Backend> = {}) {
  const desk = scene({ attach: LIMITS });
  const upload = async (name: string, user = people.customer, type = 'image/png') => {
    const found = await desk.as(user).upload?.('c-1', { name, data: file(name, 1234, type) }, {});
    return found?.id ?? '';
  };
  await desk.escalate(people.customer, { attachmentIds: [await upload('screen.png')] });
  await desk.act({ kind: 'take' });
  const attachmentIds = [
    await upload('fix.pdf', people.owner, 'application/pdf'),
    await upload('gnp.exe.log', people.owner, 'text/plain'),
  ];
  const id = (await desk.escalations())[0]?.id ?? '';
  await desk.as(people.owner).post?.(id, { clientId: 'k', text: 'Try this.', attachmentIds }, {});
  const own = backendOf(desk);
  // Our gateway takes such marks out of a name: another help desk may not.
  const entries: Backend['entries'] = async (...asked) => {
    const page = await own.entries!(...asked);
    if (page !== 'not-modified')
      for (const { attachments = [] } of page.value.entries)
        for (const one of attachments) if (one.name === 'gnp.exe.log') one.name = `\u202E${one.name}`;
    return page;
  };
  Object.assign(desk.configuration, { backend: { ...own, entries, ...change } });
  return desk;
}
const draw = (desk: Scene) => desk.draw<EscalationFeed>(FEED);

/** What the browser was told to save: names and bytes. */
function saved() {
  const all: { name: string; type: string; blob: Blob | undefined }[] = [];
  const blobs = new Map<string, Blob>();
  const { createObjectURL } = URL;
  const { click } = HTMLAnchorElement.prototype;
  URL.createObjectURL = (blob: Blob) => {
    const href = createObjectURL.call(URL, blob);
    blobs.set(href, blob);
    return href;
  };
  HTMLAnchorElement.prototype.click = function () {
    const blob = blobs.get(this.href);
    all.push({ name: this.download, type: blob?.type ?? '', blob });
  };
  restore = () => {
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
  };
  return all;
}
let restore = () => {};
afterEach(() => restore());

describe('attachments', () => {
  it('of the request stand in the header, those of an entry below its text, with kind and size', async () => {
    const feed = await draw(await answered());
    await find(feed, 'button', 'Download fix.pdf');
    expect(textOf(parts(feed, 'fact-files')[0])).to.equal('Files screen.png 2 kB');
    expect(
      parts(feed, 'entry').map((entry) => [...entry.querySelectorAll('[part~=file]')].map(textOf)),
    ).to.deep.include([
      'fix.pdf 2 kB',
      // Nothing turns the name around.
      '⟨U+202E⟩gnp.exe.log 2 kB',
    ]);
    expect([parts(feed, 'icon-image').length, parts(feed, 'icon-file').length]).to.eql([1, 2]);
    await expect(feed).to.be.accessible();
    expect(
      [...feed.shadowRoot!.querySelectorAll('[href*="files"]')].map((one) => one.outerHTML).join(),
    ).to.equal('');
  });

  it('of the request stand in the review, too', async () => {
    const desk = await answered();
    desk.user = people.owner;
    const review = await desk.draw<EscalationReview>(REVIEW);
    await until(
      () => parts(review, 'request-row').some((row) => /^Files screen.png/.test(textOf(row))),
      'none',
    );
    await expect(review).to.be.accessible();
  });

  it('are fetched with the sign-in and saved, byte for byte, as nothing that a page would show', async () => {
    const all = saved();
    const desk = await answered();
    const feed = await draw(desk);
    (await find(feed, 'button', 'Download \u27E8U+202E\u27E9gnp.exe.log')).click();
    await until(() => all.length, 'nothing saved');
    expect(all.map(({ name, type }) => [name, type])).to.eql([
      ['⟨U+202E⟩gnp.exe.log', 'application/octet-stream'],
    ]);
    expect(await all[0]?.blob?.text()).to.equal('x'.repeat(1234));
    expect(desk.sent(/^GET .*files/)).to.have.length(1);
  });

  it('say that they are on their way, and what went wrong, with a way to try again', async () => {
    const all = saved();
    const answers: { resolve(blob: Blob): void; reject(error: unknown): void }[] = [];
    const download: Backend['download'] = () =>
      new Promise((resolve, reject) => answers.push({ resolve, reject }));
    const feed = await draw(await answered({ download }));
    const button = await find(feed, 'button', 'Download fix.pdf');
    button.click();
    button.click();
    await findText(feed, 'Downloading…');
    expect([answers.length, button.getAttribute('aria-disabled')]).to.eql([1, 'true']);
    await expect(feed).to.be.accessible();
    const problems: [BackendError, string][] = [
      [new BackendError('network'), 'Not downloaded: the connection was lost.'],
      [new BackendError('not-found'), 'Not downloaded: the file is no longer there.'],
      [
        new BackendError('signed-out'),
        'Not downloaded: your sign-in has expired. Sign in in another tab, then choose Retry.',
      ],
      [new BackendError('server-error'), 'Not downloaded: the help desk could not send it.'],
    ];
    for (const [error, words] of problems) {
      answers.at(-1)?.reject(error);
      await findText(feed, words);
      await expect(feed).to.be.accessible();
      const again = byRole(feed, 'button', 'Retry');
      again.focus();
      again.click();
      await until(() => focused(feed) === button, 'the focus is lost');
      await findText(feed, 'Downloading…');
    }
    answers.at(-1)?.resolve(new Blob(['x']));
    await until(() => all.length === 1, 'nothing saved');
    await until(() => !textOf(feed).includes('Downloading…'), 'still on its way');
    expectNone(feed, 'button', 'Retry');
  });

  it('of a help desk that gives none are names', async () => {
    const feed = await draw(await answered({ download: undefined }));
    await findText(feed, 'fix.pdf');
    expect(allByRole(feed, 'button', /^Download/)).to.be.empty;
    await expect(feed).to.be.accessible();
  });

  it('are said on paper', async () => {
    const feed = await draw(await answered());
    await find(feed, 'button', 'Download fix.pdf');
    const [sheet] = feed.shadowRoot!.adoptedStyleSheets.filter(({ cssRules }) =>
      [...cssRules].some((rule) => rule.cssText.includes('button[part~="file-name"]')),
    );
    expect(sheet === feed.shadowRoot!.adoptedStyleSheets.at(-1), 'comes last').to.equal(true);
  });
});
