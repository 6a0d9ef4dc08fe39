import { expect, html } from '@open-wc/testing';
import type { EscalationFeed } from 'escalation-elements';
import { find, findText, focused, untilFocused } from './find.js';
import { scene } from './scene.js';

/** A page that leads to the feed while its conversation is still on its way. */
async function onItsWay() {
  const desk = scene();
  await desk.escalate();
  const release = desk.hold(/entries/);
  const both = await desk.draw(
    html`<div><button>Elsewhere</button><escalation-feed case-id="c-1"></escalation-feed></div>`,
  );
  const [elsewhere, feed] = [...both.children] as [HTMLButtonElement, EscalationFeed];
  await findText(feed, 'Loading the escalation…');
  return { elsewhere, feed, release };
}

it('the focus waits for the composer', async () => {
  const { feed, release } = await onItsWay();
  feed.focus();
  release();
  await untilFocused(feed, await find(feed, 'textbox'));
  await expect(feed).to.be.accessible();
});

it('the focus stays where somebody has gone meanwhile', async () => {
  const { elsewhere, feed, release } = await onItsWay();
  feed.focus();
  elsewhere.focus();
  release();
  await find(feed, 'textbox');
  await feed.updateComplete;
  expect(focused(feed)).to.equal(null);
  expect(document.activeElement?.textContent).to.equal('Elsewhere');
});
