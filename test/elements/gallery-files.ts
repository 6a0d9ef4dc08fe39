import { html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { BackendError } from '../../src/core/backend.js';
import { choose, drag, file, heldUploads, type Begun } from './files.js';
import { parts, until } from './find.js';
import { draw, part, untilPart, type View } from './gallery.js';
import { people, policies, type Scene, type SceneOptions } from './scene.js';

const TAKEN = { maxBytes: 5_000_000, types: ['image/*', 'application/pdf'] };

/** Files in every state that they can be in, and one more being dragged. */
async function attach(element: HTMLElement, begun: Begun[], dragged: boolean): Promise<void> {
  await choose(
    element,
    file('a.png'),
    file('b.pdf'),
    file('c.png'),
    file('d.exe', 9, 'x/y'),
    file('e.png', 0),
  );
  await until(() => begun.length === 2, 'no uploads');
  begun[0]?.go();
  await until(() => begun.length === 3, 'no uploads');
  begun[1]?.call.onProgress?.(700, 2000);
  await untilPart(element, 'file-progress');
  if (dragged) {
    drag(part(element, 'attaching'), 'dragenter', file('f.png'));
    await untilPart(element, 'drop-target');
  } else begun[2]?.fail(new BackendError('network'));
}

const files = (
  name: string,
  options: SceneOptions,
  drawn: (desk: Scene) => Promise<HTMLElement>,
  dragged = false,
): View => ({
  name,
  async draw(translate, icons) {
    const policy = translate(options.policy ?? policies.genesys);
    const { desk, begun } = heldUploads({ ...options, attach: TAKEN, policy, with: { icons } });
    const element = await drawn(desk);
    await untilPart(element, 'attach');
    await attach(element, begun, dragged);
    return element;
  },
});

const form = async (desk: Scene): Promise<EscalateCase> => {
  const element = await draw(desk, 'available');
  await element.show();
  return element;
};
/** An element that shows an escalation with a file, and has a composer. */
const composing =
  (tag: 'escalation-feed' | 'escalation-review') =>
  async (desk: Scene): Promise<HTMLElement> => {
    const found = await desk.as(people.customer).upload?.('c-1', { name: 'g.png', data: file('g.png') }, {});
    await desk.escalate(people.customer, { attachmentIds: [found?.id ?? ''] });
    await desk.act({ kind: 'take' });
    const element =
      tag === 'escalation-feed'
        ? await desk.draw<HTMLElement>(html`<escalation-feed case-id="c-1"></escalation-feed>`)
        : await desk.draw<HTMLElement>(html`<escalation-review case-id="c-1"></escalation-review>`);
    await until(() => parts(element, 'textarea').length, 'no composer');
    return element;
  };

export const dialogFiles: View[] = [
  files('dialog: files', {}, form),
  files('dialog: a file over the form', {}, form, true),
];
export const feedFiles: View[] = [
  files('feed: files', {}, composing('escalation-feed')),
  files('feed: a file over the composer', {}, composing('escalation-feed'), true),
];
export const reviewFiles: View[] = [
  files('review: files', { user: people.owner }, composing('escalation-review')),
  files('review: a file over the composer', { user: people.owner }, composing('escalation-review'), true),
];
