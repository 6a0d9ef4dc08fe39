import { html } from '@open-wc/testing';
import type { EscalateCase, EscalationFeed, EscalationReview } from 'escalation-elements';
import { until, write } from './find.js';
import { given, part, TYPED, untilPart, type View } from './gallery.js';
import { people, policies } from './scene.js';

/** What is told between tabs, and as it happens. */

/** The same user writes the same in another tab. */
function otherTab(kind: string, userId: string): void {
  const whose = JSON.stringify([userId, 'https://desk.test/api', policies.genesys.id, 'c-1', '']);
  const channel = new BroadcastChannel(`escalation-elements writing ${kind} ${whose}`);
  // Whoever begins asks whether somebody else writes, too.
  channel.onmessage = () => {
    channel.postMessage({ v: 1, from: 7, writes: true });
    channel.close();
  };
}

const DIALOG: View = {
  name: 'dialog: written in two tabs',
  async draw(translate, icons) {
    const desk = given(translate, {}, icons);
    const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    await untilPart(element, 'trigger');
    await element.show();
    await untilPart(element, 'textarea');
    await untilPart(element, 'help');
    otherTab('request', people.customer.id);
    write(part(element, 'textarea'), TYPED);
    await untilPart(element, 'draft-elsewhere');
    return element;
  },
};

const viewOf = (tag: 'feed' | 'review'): View => ({
  name: `${tag}: live, and written in two tabs`,
  async draw(translate, icons) {
    const user = tag === 'feed' ? people.customer : people.owner;
    const desk = given(translate, { user, live: true }, icons);
    await desk.escalate();
    await desk.act({ kind: 'take' });
    const element = await desk.draw<EscalationFeed | EscalationReview>(
      tag === 'feed'
        ? html`<escalation-feed case-id="c-1"></escalation-feed>`
        : html`<escalation-review case-id="c-1"></escalation-review>`,
    );
    await untilPart(element, 'composer');
    await until(() => element.matches(':state(live)'), 'not live');
    otherTab('message', user.id);
    write(part(element, 'composer').querySelector('textarea')!, TYPED);
    await untilPart(element, 'draft-elsewhere');
    return element;
  },
});

export const dialogTabs = [DIALOG];
export const feedTabs = [viewOf('feed')];
export const reviewTabs = [viewOf('review')];
