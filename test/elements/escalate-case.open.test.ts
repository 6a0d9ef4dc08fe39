import { expect, html, oneEvent } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { allByRole, find, findText, heard, queryRole, statesOf, textOf, until } from './find.js';
import { scene, type SceneOptions } from './scene.js';
import { expectVerdict, shown, VERDICTS } from './verdict.js';

describe('<escalate-case>, with an open escalation', () => {
  const open = (options: SceneOptions = {}) => shown(options, 'open-escalation', (desk) => desk.escalate());

  it('is no button but a note, with the date', async () => {
    const { element } = await open();
    await expectVerdict(element, 'open-escalation');
    expect(allByRole(element, 'button')).to.be.empty;
    expect(textOf(element)).to.equal('Escalation requested on May 12, waiting for an owner.');
    expect(element.escalationId).to.be.a('string').that.is.not.empty;
  });

  it('names the owner once there is one', async () => {
    const { desk, element } = await open();
    await desk.act({ kind: 'take' });
    await element.refresh();
    await findText(element, 'Escalation requested on May 12, under review by Sam Okoro.');
    await desk.act({ kind: 'accept', importance: 'high', urgency: 'high', text: 'We take it on.' });
    await element.refresh();
    await findText(element, 'Escalation open since May 12, owner Sam Okoro.');
  });

  it('has no button whatever the attributes say', async () => {
    const { element } = await open();
    for (const [name, value] of [
      ['when-open', 'button'],
      ['trigger', 'button'],
      ['verdict', 'available'],
      ['label', 'Escalate'],
    ] as const) {
      element.setAttribute(name, value);
      await element.updateComplete;
      expect(allByRole(element, 'button'), name).to.be.empty;
    }
    element.textContent = 'Escalate anyway';
    await element.updateComplete;
    expect(textOf(element)).not.to.contain('anyway');
  });

  it('takes no room with when-open="hide"', async () => {
    const { element } = await open();
    element.setAttribute('when-open', 'hide');
    await element.updateComplete;
    await until(() => getComputedStyle(element).display === 'none', 'it still takes room');
    expect(element.verdict).to.equal('open-escalation');
  });

  it('stays so on the last known state while the help desk cannot be reached', async () => {
    const { desk, element } = await open();
    desk.fail('offline');
    await element.refresh();
    await until(() => element.matches(':state(offline)'), 'not offline');
    expect(statesOf(element, VERDICTS)).to.eql(['open-escalation']);
    expect(allByRole(element, 'button')).to.be.empty;
    expect(textOf(element)).to.contain('waiting for an owner');
  });

  it('links to the escalation where there is somewhere to go; prevented, it stays', async () => {
    const { element } = await open();
    expect(queryRole(element, 'link')).to.equal(null);
    element.feedHref = '#feed-of-c-1';
    const link = await find(element, 'link', 'View escalation');
    expect(link.getAttribute('href')).to.equal('#feed-of-c-1');
    element.addEventListener('escalation-view', (event) => event.preventDefault(), { once: true });
    setTimeout(() => link.click());
    const { detail } = await oneEvent(element, 'escalation-view');
    expect(detail).to.eql({ caseId: 'c-1', escalationId: element.escalationId });
    expect(location.hash).to.equal('');
  });

  it('leads to the feed of the same case on the page', async () => {
    const desk = scene();
    await desk.escalate();
    const both = await desk.draw(
      html`<div>
        <escalate-case case-id="c-1"></escalate-case><escalation-feed case-id="c-1"></escalation-feed>
      </div>`,
    );
    const [element, feed] = [...both.children] as [EscalateCase, HTMLElement];
    await find(feed, 'textbox');
    (await find(element, 'link', 'View escalation')).click();
    expect(document.activeElement).to.equal(feed);
  });

  it('comes back as a button when the escalation has ended', async () => {
    const { desk, element } = await open();
    const changes = heard(element, 'escalation-change');
    await desk.act({ kind: 'decline', text: 'No.', criteria: [] });
    await element.refresh();
    await find(element, 'button', 'Escalate Case');
    expect(changes.map(({ status, previous }) => [previous, status])).to.eql([['requested', 'declined']]);
  });
});
