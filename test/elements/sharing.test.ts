import { aTimeout, expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { allByRole, byRole, find, findText, heard, until, write } from './find.js';
import { scene } from './scene.js';

const CASE = html`<escalate-case case-id="c-1"></escalate-case>`;
const GET = /^GET \/cases\/c-1$/;

describe('elements of one case', () => {
  it('share one request, and say what happens once', async () => {
    const verdicts = heard(document, 'escalation-verdict');
    const changes = heard(document, 'escalation-change');
    const desk = scene();
    const page = await desk.draw(
      html`<div>${CASE}${CASE}<escalation-feed case-id="c-1"></escalation-feed></div>`,
    );
    await until(() => allByRole(page.children[1]!, 'button').length, 'no second button');
    await findText(page.children[2]!, 'No escalation on this case.');
    expect(desk.sent(GET)).to.have.length(1);
    expect(verdicts.map(({ verdict }) => verdict)).to.eql(['available']);
    await desk.escalate();
    const first = page.children[0] as EscalateCase;
    await first.refresh();
    await desk.act({ kind: 'take' });
    await first.refresh();
    await findText(page.children[1]!, 'under review by Sam Okoro');
    expect(verdicts.map(({ verdict }) => verdict)).to.eql(['available', 'open-escalation']);
    expect(changes.map(({ status }) => status)).to.eql(['under-review']);
  });

  it('two feeds show a message of both, and the page hears of it once, from the one that was used', async () => {
    const desk = scene();
    await desk.escalate();
    const feed = html`<escalation-feed case-id="c-1"></escalation-feed>`;
    const page = await desk.draw(html`<div>${feed}${feed}</div>`);
    const [first, second] = [...page.children] as [HTMLElement, HTMLElement];
    const told: EventTarget[] = [];
    page.addEventListener('escalation-message', ({ target }) => told.push(target!));
    await find(first, 'textbox');
    write(await find(second, 'textbox'), 'Hello from below.');
    await aTimeout(0);
    byRole(second, 'button', 'Send').click();
    await until(() => told.length, 'the page was not told');
    await findText(first, 'Hello from below.');
    await aTimeout(50);
    expect(told.map((target) => target === second)).to.eql([true]);
    expect(desk.sent(/^POST .*entries/)).to.have.length(1);
  });

  it('one that is moved goes on, without a request of its own', async () => {
    const desk = scene();
    const page = await desk.draw<HTMLElement>(
      html`<div>
        <p>${CASE}</p>
        <section></section>
      </div>`,
    );
    const element = page.querySelector('escalate-case')!;
    await find(element, 'button', 'Escalate Case');
    const verdicts = heard(document, 'escalation-verdict');
    page.querySelector('section')?.append(element);
    await aTimeout(0);
    expect(desk.sent(GET)).to.have.length(1);
    await desk.escalate();
    await element.refresh();
    await findText(element, 'waiting for an owner');
    expect(desk.sent(GET)).to.have.length(2);
    expect(verdicts.map(({ verdict }) => verdict).at(-1)).to.equal('open-escalation');
    dispatchEvent(new Event('focus'));
    await until(() => desk.sent(GET).length > 2, 'no request at all');
    await aTimeout(50);
    expect(desk.sent(GET), 'one subscription').to.have.length(3);
  });

  it('one that is removed asks no more', async () => {
    const desk = scene();
    await desk.escalate();
    const page = await desk.draw<HTMLElement>(
      html`<div>${CASE}<escalation-feed case-id="c-1"></escalation-feed></div>`,
    );
    await find(page.querySelector('escalation-feed')!, 'list', 'Progress');
    page.replaceChildren();
    await aTimeout(0);
    const before = desk.log.length;
    dispatchEvent(new Event('focus'));
    dispatchEvent(new Event('online'));
    await aTimeout(50);
    expect(desk.log.length).to.equal(before);
  });
});
