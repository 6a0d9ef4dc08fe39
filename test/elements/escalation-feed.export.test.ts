import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { BackendError } from '../../src/core/backend.js';
import type { Entry } from '../../src/core/model.js';
import { byRole, find, findText, parts, until } from './find.js';
import { longTalk, numberOf, painted } from './long-talk.js';

/** Files that the page offers, by name. */
function downloads() {
  const files: { name: string; text: Promise<string> }[] = [];
  const { click } = HTMLAnchorElement.prototype;
  const { createObjectURL } = URL;
  let last: Blob | undefined;
  URL.createObjectURL = (blob: Blob) => createObjectURL.call(URL, (last = blob));
  HTMLAnchorElement.prototype.click = function () {
    if (this.download && last) files.push({ name: this.download, text: last.text() });
  };
  return {
    files,
    restore() {
      HTMLAnchorElement.prototype.click = click;
      URL.createObjectURL = createObjectURL;
    },
  };
}

describe('taking a conversation along', () => {
  let saved: ReturnType<typeof downloads>;
  beforeEach(() => (saved = downloads()));
  afterEach(async () => {
    saved.restore();
    await emulateMedia({ media: 'screen' });
  });

  it('as a text: all of it, who, when and in which zone', async () => {
    const { feed, asked } = await longTalk(1200, { first: 50 });
    byRole(feed, 'button', 'Save or print').click();
    (await find(feed, 'button', 'Save as text')).click();
    await findText(feed, 'Saved: escalation-00481516.txt');
    expect(asked.filter(({ limit }) => limit === 500)).to.have.length(3);
    const text = await saved.files[0]!.text;
    expect(text).to.contain('Case 00481516 · Nightly export stops at 2 GB');
    expect(text).to.contain(
      '1200 messages. Saved May 12, 10:00 AM. Times are in Eastern Daylight Time (America/New_York).',
    );
    expect(text).to.match(/\d+:\d\d [AP]M {2}Sam Okoro \(Escalation Owner\)\nMessage 1\./);
    expect(text.match(/^Message \d+\./gm)).to.have.length(1200);
    expect(text).not.to.match(/[\u2066-\u2069]/);
    await expect(feed).to.be.accessible();
  });

  it('as JSON: the entries as they came, and the escalation', async () => {
    const { feed, all, escalationId } = await longTalk(120, { first: 50 });
    byRole(feed, 'button', 'Save or print').click();
    (await find(feed, 'button', 'Save as JSON')).click();
    await findText(feed, 'Saved: escalation-00481516.json');
    const json = JSON.parse(await saved.files[0]!.text) as { escalation: { id: string }; entries: Entry[] };
    expect(json.entries).to.eql(all);
    expect(json.escalation.id).to.equal(escalationId);
  });

  it('what fails says so, and what was loaded is kept; it can be stopped', async () => {
    const { feed, asked, faults } = await longTalk(3000, { first: 50 });
    byRole(feed, 'button', 'Save or print').click();
    const button = await find(feed, 'button', 'Save as text');
    faults.entries = new BackendError('network');
    button.click();
    await findText(feed, 'Not saved: the help desk cannot be reached. What has been loaded is kept.');
    faults.entries = null;
    let go!: () => void;
    faults.wait = new Promise((resolve) => (go = resolve));
    button.click();
    await findText(feed, 'Loading: 50 messages so far…');
    (await find(feed, 'button', 'Cancel')).click();
    go();
    await findText(feed, 'Stopped. What has been loaded is kept.');
    expect(saved.files).to.eql([]);
    const { length } = asked;
    await painted();
    expect(asked).to.have.length(length);
  });

  it('printed, every row that is loaded is there; afterwards few again', async () => {
    const { feed, rows } = await longTalk(1000, { height: '900px' });
    await painted();
    expect(rows().length).to.be.below(200);
    await emulateMedia({ media: 'print' });
    await until(() => rows().length === 1000, 'not all are there');
    expect(rows().map(numberOf)[499]).to.equal(500);
    expect(parts(feed, 'tools').some((one) => one.checkVisibility())).to.equal(false);
    await emulateMedia({ media: 'screen' });
    await until(() => rows().length < 200, 'all are still there');
    dispatchEvent(new Event('beforeprint'));
    expect(rows()).to.have.length(1000);
    dispatchEvent(new Event('afterprint'));
    expect(rows().length).to.be.below(200);
  });
});
