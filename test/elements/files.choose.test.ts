import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { BackendError } from '../../src/core/backend.js';
import { choose, drag, file, heldUploads, LIMITS, paste } from './files.js';
import { allByRole, byRole, find, findText, focused, parts, textOf, until } from './find.js';
import { scene, type SceneOptions } from './scene.js';
import { details, typing } from './typing.js';

/** The dialog with something typed, and a help desk that takes files. */
async function filling(options: SceneOptions = {}) {
  const { desk, begun } = heldUploads(options);
  const typed = await typing({}, desk);
  await until(() => parts(typed.element, 'attach').length, 'nothing can be attached');
  return { ...typed, begun, rows: () => parts(typed.element, 'file').map(textOf) };
}
/** What a screen reader is told of files. */
const told = (element: Element) => textOf(parts(element, 'attaching')[0]?.querySelector('[aria-live]'));
const untilTold = (element: Element, words: string) =>
  until(() => told(element) === words, `"${told(element)}", not "${words}"`);

describe('files of a request', () => {
  it('are not spoken of where the help desk takes none', async () => {
    const { element } = await typing({}, scene());
    expect(parts(element, 'attaching')).to.be.empty;
    expect(textOf(element)).not.to.match(/file|attach/i);
  });

  it('says what is taken; each file is uploaded at once, two at a time, and is then there', async () => {
    const { element, begun, rows } = await filling();
    const button = byRole(element, 'button', 'Attach files');
    expect(button.getAttribute('aria-describedby')).to.equal('attach-hint');
    await findText(element, 'Images, TXT, LOG, MD, PDF, up to 10 kB each.');
    await expect(element).to.be.accessible();
    await choose(element, file('a.png'), file('b.pdf', 900, 'application/pdf'), file('c.log', 300, ''));
    await until(() => begun.length === 2, `${begun.length} uploads`);
    await element.updateComplete;
    expect(rows()).to.eql([
      'a.png 2 kB Uploading… Cancel',
      'b.pdf 900 bytes Uploading… Cancel',
      'c.log 300 bytes Waiting… Cancel',
    ]);
    expect(parts(element, 'file-uploading')).to.have.length(3);
    await findText(element, '0 of 3 files are there');
    await expect(element).to.be.accessible();
    begun[0]?.go();
    await until(() => begun.length === 3, `${begun.length} uploads`);
    // Not every system knows a media type for it.
    expect(begun[2]).to.include({ name: 'c.log', type: 'text/plain' });
    expect(told(element), 'once per batch').to.equal('');
    begun[1]?.go();
    begun[2]?.go();
    await untilTold(element, '3 files attached.');
    expect(rows()).to.eql(['a.png 2 kB Remove', 'b.pdf 900 bytes Remove', 'c.log 300 bytes Remove']);
    expect(parts(element, 'file-done')).to.have.length(3);
    await expect(element).to.be.accessible();
  });

  it('shows how far each is, where that is known', async () => {
    const { element, begun } = await filling();
    await choose(element, file('a.png'), file('b.png'));
    await until(() => begun.length === 2, `${begun.length} uploads`);
    for (const { call } of begun) call.onProgress?.(500, 2000);
    await until(() => parts(element, 'file-progress').length === 2, 'no progress');
    const [bar] = parts(element, 'file-progress') as HTMLProgressElement[];
    expect([bar?.value, bar?.max, bar?.position, bar?.ariaLabel ?? bar?.getAttribute('aria-label')]).to.eql([
      500,
      2000,
      0.25,
      'Upload of a.png',
    ]);
    expect(parts(element, 'file-count')).to.be.empty;
    await expect(element).to.be.accessible();
  });

  it('can be cancelled on their way and removed later; the focus goes on', async () => {
    const { element, begun, rows } = await filling();
    await choose(element, file('a.png'), file('b.png'), file('c.png'));
    await until(() => begun.length === 2, `${begun.length} uploads`);
    const cancel = await find(element, 'button', 'Cancel the upload of a.png');
    cancel.focus();
    cancel.click();
    await until(() => begun.length === 3, 'the next one begins');
    expect(begun[0]?.call.signal?.aborted).to.equal(true);
    await element.updateComplete;
    await until(
      () => focused(element) === byRole(element, 'button', 'Cancel the upload of b.png'),
      'the focus is lost',
    );
    begun[1]?.go();
    begun[2]?.go();
    await untilTold(element, '2 files attached.');
    byRole(element, 'button', 'Remove b.png').click();
    await until(() => rows().length === 1, rows().join());
    byRole(element, 'button', 'Remove c.png').click();
    await until(() => focused(element) === byRole(element, 'button', 'Attach files'), 'the focus is lost');
    expect(rows()).to.be.empty;
  });

  it('that cannot be uploaded say why, and can be tried again', async () => {
    const { element, begun } = await filling();
    await choose(element, file('a.png'));
    await until(() => begun.length === 1, 'no upload');
    begun[0]?.fail(new BackendError('network'));
    await findText(element, 'Not attached: the connection was lost.');
    await untilTold(element, 'One file could not be attached.');
    expect(parts(element, 'file-failed')).to.have.length(1);
    await expect(element).to.be.accessible();
    byRole(element, 'button', 'Retry a.png').click();
    await until(() => begun.length === 2, 'no second upload');
    begun[1]?.go();
    await untilTold(element, 'One file attached.');
  });

  const refusals: [BackendError, string, boolean][] = [
    [
      new BackendError('file-too-large', '', { maxBytes: 1500 }),
      'Not attached: too large. A file may have up to 1 kB.',
      false,
    ],
    [
      new BackendError('file-type-refused', '', { allowed: ['application/pdf'] }),
      'Not attached: this kind of file is not taken. Taken are: PDF.',
      false,
    ],
    [new BackendError('too-large'), 'Not attached: too large. A file may have up to 10 kB.', false],
    [
      new BackendError('signed-out'),
      'Not attached: your sign-in has expired. Sign in in another tab, then choose Retry.',
      true,
    ],
    [new BackendError('server-error'), 'Not attached: the help desk could not take it.', true],
  ];
  for (const [error, words, again] of refusals)
    it(`refused with ${error.code}: “${words}”`, async () => {
      const { element, begun } = await filling();
      await choose(element, file('a.png'));
      await until(() => begun.length === 1, 'no upload');
      begun[0]?.fail(error);
      await findText(element, words);
      expect(allByRole(element, 'button', 'Retry a.png')).to.have.length(again ? 1 : 0);
      byRole(element, 'button', 'Remove a.png');
    });

  it('are checked before anything of them is sent', async () => {
    const { element, begun, rows } = await filling();
    const exe = file('setup.exe', 10, 'application/x-msdownload');
    await choose(element, file('big.png', 10_001), exe, file('none.txt', 0, 'text/plain'));
    await findText(element, 'setup.exe');
    expect(rows()).to.eql([
      'big.png 11 kB Remove Not attached: too large. A file may have up to 10 kB.',
      'setup.exe 10 bytes Remove Not attached: this kind of file is not taken. Taken are: Images, TXT, LOG, MD, PDF.',
      'none.txt 0 bytes Remove Not attached: the file is empty.',
    ]);
    await untilTold(element, '3 files could not be attached.');
    await expect(element).to.be.accessible();
    expect(begun).to.be.empty;
  });

  it('are added once, ten at most, and what is left out is named', async () => {
    const { element, begun, rows } = await filling();
    await choose(element, file('0.png'), file('0.png'));
    await findText(element, '0.png is attached already.');
    expect(rows()).to.have.length(1);
    await choose(element, ...Array.from({ length: 13 }, (_, i) => file(`${i + 1}.png`)));
    await findText(element, 'At most 10 files can be attached. Left out: 10.png, 11.png, 12.png and 1 more');
    expect(rows()).to.have.length(10);
    expect(byRole(element, 'button', 'Attach files').getAttribute('aria-disabled')).to.equal('true');
    // Another of that name is another.
    await until(() => begun.length === 2, 'no uploads');
    await choose(element, file('0.png', 2000, 'image/png', 2));
    await findText(element, 'Left out: 0.png');
  });

  it('have names that are text: what turns it around is shown', async () => {
    const { element } = await filling();
    const long = `${'long-name-'.repeat(20)}end.png`;
    await choose(
      element,
      file('\u202Egnp.exe\u202C.png'),
      file('<img src=x onerror=alert(1)>.png'),
      file(long),
    );
    await findText(element, '⟨U+202E⟩gnp.exe⟨U+202C⟩.png');
    await findText(element, '<img src=x onerror=alert(1)>.png');
    await findText(element, 'end.png');
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
  });
});

describe('files that are dropped', () => {
  const over = (element: Element) => details(element);

  it('onto the form are added; where to is shown while they are dragged', async () => {
    const { element, begun } = await filling();
    drag(over(element), 'dragenter', file('a.png'));
    expect(drag(over(element), 'dragover', file('a.png')).defaultPrevented).to.equal(true);
    await findText(element, 'Drop the files here');
    await expect(element).to.be.accessible();
    drag(over(element), 'drop', file('a.png'));
    await until(() => begun.length === 1, 'no upload');
    await until(() => parts(element, 'drop-target').length === 0, 'still a place to drop');
  });

  it('beside it do nothing, and do not take the page away', async () => {
    const { element, begun } = await filling();
    const outside: string[] = [];
    for (const name of ['dragover', 'drop']) document.addEventListener(name, () => outside.push(name));
    for (const name of ['dragover', 'drop'] as const) {
      const event = drag(parts(element, 'dialog-footer')[0]!, name, file('a.png'));
      expect(event.defaultPrevented, name).to.equal(true);
    }
    expect(outside, 'heard by the page').to.be.empty;
    expect(begun).to.be.empty;
    expect(parts(element, 'file')).to.be.empty;
  });

  it('leave no mark when they are dragged away', async () => {
    const { element } = await filling();
    drag(over(element), 'dragenter', file('a.png'));
    await findText(element, 'Drop the files here');
    drag(over(element), 'dragleave', file('a.png'));
    await until(() => parts(element, 'drop-target').length === 0, 'still a place to drop');
  });

  it('a text that is dragged is left to the browser', async () => {
    const { element } = await filling();
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', 'words');
    const event = new DragEvent('dragover', {
      dataTransfer,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    over(element).dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
  });
});

describe('files that are pasted', () => {
  it('a picture gets a name that says when', async () => {
    const { element, begun } = await filling();
    const shot = () => file('image.png');
    expect(paste(details(element), [shot(), shot()]).defaultPrevented).to.equal(true);
    await until(() => begun.length === 2, 'no upload');
    expect(begun[0]?.name).to.match(/^Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
    expect(begun[1]?.name).to.match(/^Pasted .* \(2\)\.png$/);
  });

  it('a file keeps its own', async () => {
    const { element, begun } = await filling();
    paste(details(element), [file('report.pdf', 10, 'application/pdf')]);
    await until(() => begun[0]?.name === 'report.pdf', 'no upload');
  });

  it('a text with its picture is a text', async () => {
    const { element, begun } = await filling();
    const event = paste(details(element), [file('image.png')], {
      'text/plain': 'A table',
      'text/html': '<b>',
    });
    expect(event.defaultPrevented).to.equal(false);
    await element.updateComplete;
    expect(begun).to.be.empty;
  });
});

describe('at 320 px, from right to left', () => {
  before(async () => {
    document.documentElement.dir = 'rtl';
    await setViewport({ width: 320, height: 700 });
  });
  after(async () => {
    document.documentElement.dir = '';
    await setViewport({ width: 800, height: 600 });
  });

  it('nothing is wider than the window, whatever the names', async () => {
    const { element, begun } = await filling();
    await choose(element, file(`${'x'.repeat(180)}.png`), file('b.png'), file('c.exe', 10, 'a/b'));
    await until(() => begun.length === 2, 'no uploads');
    begun[0]?.call.onProgress?.(1, 2);
    begun[1]?.fail(new BackendError('network'));
    await find(element, 'button', 'Retry b.png');
    for (const part of ['attaching', 'file', 'file-name', 'file-progress', 'attach', 'attach-hint'])
      for (const one of parts(element, part)) {
        const { left, right } = one.getBoundingClientRect();
        expect(left, part).to.be.at.least(0);
        expect(right, part).to.be.at.most(320);
      }
    const [row] = parts(element, 'file');
    const icon = parts(row!.closest('ul')!, 'file-icon')[0]!.getBoundingClientRect();
    const name = parts(row!.closest('ul')!, 'file-name')[0]!.getBoundingClientRect();
    expect(icon.left, 'the icon is before the name').to.be.at.least(name.right - 1);
    await expect(element).to.be.accessible();
  });
});

it('where any file is taken, no kinds are named', async () => {
  const { element } = await filling({ attach: { ...LIMITS, types: ['*/*'] } });
  await findText(element, 'Up to 10 kB each.');
});
