import { html } from '@open-wc/testing';
import type { EscalationFeed, EscalationReview } from 'escalation-elements';
import { parts, until, write } from './find.js';
import { given, part, untilPart, type View } from './gallery.js';
import { people, type Scene } from './scene.js';

/** What a conversation of more than a page shows, on either side. */

type Talk = EscalationFeed | EscalationReview;

/** Opens one of the tools above it. */
async function open(element: Talk, tool: string): Promise<void> {
  const button = () => part(element, `icon-${tool}`)?.closest('button');
  await until(button, `no button for ${tool}`);
  button()?.click();
  await untilPart(element, tool === 'search' ? 'search' : `tool-${tool}`);
}

/** Looks for one of the first messages, and shows it. */
async function found(element: Talk, desk: Scene): Promise<void> {
  await open(element, 'search');
  write(part(element, 'search').querySelector('input')!, 'Update 7');
  await untilPart(element, 'hit');
  parts(element, 'hit').at(-1)?.click();
  await untilPart(element, 'newer');
  await desk.post('Update 1000', people.colleague);
  await element.refresh();
  await untilPart(element, 'new-messages');
}

const rows: [string, (element: Talk, desk: Scene) => unknown][] = [
  ['searched, on an earlier day, with news', found],
  ['going to a day', (element) => open(element, 'day')],
  ['being saved', (element) => open(element, 'save')],
];

const viewsOf = (tag: 'feed' | 'review'): View[] =>
  rows.map(([name, act]) => ({
    name: `${tag}: a long conversation ${name}`,
    async draw(translate, icons) {
      const desk = given(translate, { user: tag === 'feed' ? people.customer : people.owner }, icons);
      await desk.escalate();
      await desk.act({ kind: 'take' });
      for (let n = 1; n <= 110; n++) await desk.post(`Update ${n}`);
      const element = await desk.draw<Talk>(
        tag === 'feed'
          ? html`<escalation-feed case-id="c-1"></escalation-feed>`
          : html`<escalation-review case-id="c-1"></escalation-review>`,
      );
      await untilPart(element, 'entry');
      await act(element, desk);
      await element.updateComplete;
      return element;
    },
  }));

export const longFeedViews = viewsOf('feed');
export const longReviewViews = viewsOf('review');
