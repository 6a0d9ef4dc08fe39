import { expect } from '@open-wc/testing';
import { byRole, find, findText, parts, until } from './find.js';
import { caseOf, people, scene, type SceneOptions } from './scene.js';
import { draw } from './typing.js';

async function opened(options: SceneOptions = {}) {
  const desk = scene(options);
  const element = await draw(desk);
  (await find(element, 'button', /^Escalate/)).click();
  await until(() => parts(element, 'help').length, 'not all is there');
  return { desk, element };
}
const person = (name: string) => ({ id: 'x-1', name, role: 'engineer' });

describe('a name that runs from right to left (B06)', () => {
  /** Where a word stands on the screen. */
  function placeOf(root: Node, word: string): DOMRect {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent!.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      return range.getBoundingClientRect();
    }
    throw new Error(`No "${word}" in ${root.textContent}`);
  }
  const NAMES = ['דנה', 'سامي', '\u202eDana', 'Dana\u202e', '\u2067דנה', 'דנה 12'];
  const plain = (name: string) => name.replace(/[\u202e\u2067]/g, '');

  for (const name of NAMES)
    it(`keeps the words around it in order: ${JSON.stringify(name)}`, async () => {
      const { desk, element } = await opened({ case: { priority: 'high' } });
      await desk.escalate(people.colleague, {
        confirmed: ['no-change-of-urgency', 'significant-impact'], impact: 'Much.',
      }); // prettier-ignore
      await desk.backend.change(({ escalations }) => {
        for (const row of Object.values(escalations)) row.escalation.requestedBy = person(name);
      });
      await element.refresh();
      await until(() => parts(element, 'existing').length, 'nothing');
      const [existing] = parts(element, 'existing');
      const order = [plain(name), 'requested', 'escalation', 'minute'].map(
        (word) => placeOf(existing!, word).left,
      );
      expect(order).to.eql([...order].sort((a, b) => a - b));
    });

  for (const name of NAMES)
    it(`in what has changed while somebody typed, too: ${JSON.stringify(name)}`, async () => {
      const { desk, element } = await opened({ case: { priority: 'high' } });
      const field = byRole<HTMLTextAreaElement>(element, 'textbox', /^Comments/);
      field.value = 'Typed.';
      field.dispatchEvent(new Event('input'));
      await desk.change({ lastUpdate: { at: '2026-05-12T14:00:00Z', by: person(name), excerpt: 'Hello.' } });
      await element.refresh();
      await findText(element, 'start again');
      const [notice] = parts(element, 'notice-warning');
      const order = [plain(name), 'updated', 'the case'].map((word) => placeOf(notice!, word).left);
      expect(order).to.eql([...order].sort((a, b) => a - b));
    });
});

describe('too much of it', () => {
  const LONG = {
    'letters under a mountain of marks (B08)': `Z${'\u0301'.repeat(100_000)}`,
    'one word of a megabyte (B09)': 'x'.repeat(1_000_000),
    'joiners (B10)': '\u200d'.repeat(50_000),
    'overrides (B10)': '\u202e'.repeat(50_000),
  };
  for (const [what, text] of Object.entries(LONG))
    it(`${what}: drawn at once, and nothing runs out of the page`, async () => {
      const { desk, element } = await opened();
      await desk.change({
        subject: text, lastUpdate: { at: caseOf().lastUpdate!.at, by: person(text), excerpt: text },
      }); // prettier-ignore
      await element.refresh();
      const started = performance.now();
      await element.updateComplete;
      const dialog = byRole(element, 'dialog');
      const { width } = dialog.getBoundingClientRect();
      expect(performance.now() - started, 'ms').to.be.lessThan(1000);
      expect(width).to.be.at.most(innerWidth);
      expect(dialog.scrollWidth).to.be.at.most(Math.ceil(dialog.clientWidth));
      await expect(element).to.be.accessible();
    });
});
