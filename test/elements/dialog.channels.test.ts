import { expect, html } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { copies, downloads, refuseCopies, stored } from './browser.js';
import {
  allByRole, byRole, expectNone, find, findText, nameOf, parts, textOf, until, write,
} from './find.js'; // prettier-ignore
import { people, policies, scene, type SceneOptions } from './scene.js';

async function opened(options: SceneOptions) {
  const desk = scene(options);
  const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
  (await find(element, 'button', 'Escalate Case')).click();
  await until(() => parts(element, 'channel').length, 'no channel');
  expect(element.verdict).to.equal('elsewhere');
  return { desk, element, dialog: byRole(element, 'dialog') };
}
const CRITICAL: SceneOptions = { case: { priority: 'critical' } };
const BY_MAIL: SceneOptions = { case: { program: 'fedramp-cloud-cx' } };

describe('a critical case (G22–G24)', () => {
  it('says whom to call, with the number of the case at hand, and has no form', async () => {
    const { desk, element, dialog } = await opened(CRITICAL);
    expect(nameOf(dialog)).to.equal('Contact Product Support');
    expect(allByRole<HTMLAnchorElement>(dialog, 'link', /555/).map(({ href }) => href)).to.eql([
      'tel:+15550100', 'tel:+15550101', 'tel:+15550102',
    ]); // prettier-ignore
    await findText(dialog, '24 hours, every day');
    await findText(dialog, 'call through a relay service, or have a colleague call with your case number.');
    await findText(dialog, 'Do not request assistance for urgent issues via email, chat, or web');
    await findText(dialog, 'The support expert assigned to your case will engage a Product Support Manager.');
    await findText(dialog, 'Your case is with Dana Reyes.');
    await findText(dialog, 'Your case number: 00481516');
    for (const role of ['textbox', 'combobox', 'radio']) expectNone(dialog, role);
    expect(allByRole(dialog, 'button').map(nameOf)).to.eql(['Close', 'Copy', 'Close']);
    await expect(element).to.be.accessible();
    await element.refresh();
    expect(desk.sent(/^(?!GET)/)).to.be.empty;
  });

  it('copies the number; where it may not, selects it and says how', async () => {
    const { dialog } = await opened(CRITICAL);
    const copied = copies();
    byRole(dialog, 'button', 'Copy').click();
    await find(dialog, 'button', 'Copied');
    expect(copied).to.eql(['00481516']);
    expect(textOf(byRole(dialog, 'status'))).to.equal('Copied');
  });

  it('and where it may not copy, selects the number and says how', async () => {
    const { element, dialog } = await opened(CRITICAL);
    refuseCopies();
    byRole(dialog, 'button', 'Copy').click();
    await find(dialog, 'button', 'Selected: copy it with Ctrl+C');
    expect(textOf(byRole(dialog, 'status'))).to.equal('Selected: copy it with Ctrl+C');
    expect(String(getSelection())).to.equal('00481516');
    await expect(element).to.be.accessible();
  });

  it('lets a page say whom to call in its own words', async () => {
    const desk = scene(CRITICAL);
    const element = await desk.draw<EscalateCase>(
      html`<escalate-case case-id="c-1"><p slot="contact">Call the duty desk: 4711</p></escalate-case>`,
    );
    (await find(element, 'button', 'Escalate Case')).click();
    await findText(await find(element, 'dialog'), 'Call the duty desk: 4711');
    expectNone(byRole(element, 'dialog'), 'link', /555/);
  });

  it('is not filed by the help desk either', async () => {
    const { desk } = await opened(CRITICAL);
    const refused = await desk.escalate().then(
      () => 'filed',
      ({ code }: { code: string }) => code,
    );
    expect(refused).to.equal('channel-not-offered');
    expect(await desk.escalations()).to.be.empty;
  });
});

const PREVIEW = { subject: 'email-subject', body: 'email-body', address: 'email-address' };
const shownIn = (element: Element, name: keyof typeof PREVIEW) =>
  parts(element, PREVIEW[name])[0]!.textContent ?? '';

async function filledIn(options = BY_MAIL) {
  const { desk, element, dialog } = await opened(options);
  const type = async (label: string, text: string) => {
    write(await find<HTMLTextAreaElement>(dialog, 'textbox', label), text);
    await element.updateComplete;
  };
  await type('Brief problem statement', 'Nightly export stops');
  await type('Detailed problem description', 'It stops at 2 GB.\nSince Monday.');
  await type('Business impact/Urgency rationale', 'Nobody is paid.');
  return { desk, element, dialog, type };
}
const SUBJECT = 'Acme Ltd - 00481516 - Nightly export stops';
const BODY = [
  'My Support Case Number - 00481516',
  'Customer Name - Acme Ltd',
  'Customer Region/Country - Norway',
  'Detailed problem description - It stops at 2 GB.',
  'Since Monday.',
  'Business impact/Urgency rationale - Nobody is paid.',
  'Product - Genesys Cloud CX',
];

describe('a FedRAMP Cloud CX case, by e-mail (G14–G18)', () => {
  it('asks for what the case does not know; the rest is filled in, and can be put right', async () => {
    const { element, dialog } = await opened(BY_MAIL);
    expect(nameOf(dialog)).to.equal('Escalate by e-mail');
    await findText(dialog, 'All communication for FedRAMP escalations is done via email.');
    await findText(dialog, 'This text is not saved. Leaving this page deletes it.');
    await findText(dialog, 'Not sent until you send it.');
    expect(allByRole(dialog, 'textbox').map(nameOf)).to.eql([
      'Brief problem statement', 'Detailed problem description', 'Business impact/Urgency rationale',
    ]); // prettier-ignore
    await expect(element).to.be.accessible();
    dialog.querySelector('summary')?.click();
    const given = allByRole<HTMLInputElement>(dialog, 'textbox').slice(3);
    expect(given.map((field) => [nameOf(field), field.value])).to.eql([
      ['Customer Name', 'Acme Ltd'],
      ['My Support Case Number', '00481516'],
      ['Customer Region/Country', 'Norway'],
      ['Product', 'Genesys Cloud CX'],
    ]);
    await expect(element).to.be.accessible();
    write(given[2]!, 'Iceland');
    await element.updateComplete;
    expect(shownIn(element, 'body')).to.contain('Customer Region/Country - Iceland');
  });

  it('shows the e-mail as it will be, in the words and the order of the process', async () => {
    const { element, dialog } = await filledIn();
    byRole(dialog, 'group', 'The e-mail');
    expect(shownIn(element, 'address')).to.equal('purecloudmanagementattention@genesys.com');
    expect(shownIn(element, 'subject')).to.equal(SUBJECT);
    expect(shownIn(element, 'body').split('\n')).to.eql(BODY);
    await expect(element).to.be.accessible();
  });

  it('is opened in the mail program, with all of it', async () => {
    const { dialog } = await filledIn();
    const { href } = byRole<HTMLAnchorElement>(dialog, 'link', 'Open in mail app');
    const url = new URL(href);
    expect(url.protocol + decodeURIComponent(url.pathname)).to.equal(
      'mailto:purecloudmanagementattention@genesys.com',
    );
    expect(href, 'mail programs show + as +').not.to.contain('+');
    expect(url.searchParams.get('subject')).to.equal(SUBJECT);
    expect(url.searchParams.get('body')).to.equal(BODY.join('\r\n'));
    await findText(dialog, 'Nothing opened? Copy the parts instead.');
  });

  it('that is too long for a link is copied or downloaded, and says so', async () => {
    const { element, dialog, type } = await filledIn();
    await type('Detailed problem description', 'x'.repeat(2000));
    expectNone(dialog, 'link', 'Open in mail app');
    await findText(
      dialog,
      'This text is too long for a link to your mail app: copy the parts, or download it.',
    );
    byRole(dialog, 'button', 'Download');
    expect(shownIn(element, 'body')).to.contain('x'.repeat(2000));
    await expect(element).to.be.accessible();
  });

  it('can be copied in parts', async () => {
    const { dialog } = await filledIn();
    const copied = copies();
    for (const name of ['Copy address', 'Copy subject', 'Copy text']) {
      byRole(dialog, 'button', name).click();
      await find(dialog, 'button', 'Copied');
    }
    expect(copied).to.eql(['purecloudmanagementattention@genesys.com', SUBJECT, BODY.join('\n')]);
  });

  it('can be downloaded as a draft for a mail program', async () => {
    const { dialog } = await filledIn();
    const files = downloads();
    byRole(dialog, 'button', 'Download').click();
    const [file] = files;
    expect(file).to.include({ name: 'escalation.eml', type: 'message/rfc822' });
    const [head = '', body = ''] = (await file!.text).split('\r\n\r\n');
    expect(head).to.contain('X-Unsent: 1').and.to.contain('To: purecloudmanagementattention@genesys.com');
    const utf8 = Uint8Array.from(atob(body.replace(/\s/g, '')), (c) => c.charCodeAt(0));
    expect(new TextDecoder().decode(utf8)).to.equal(BODY.join('\r\n'));
  });

  it('stays in the page: nothing is stored and nothing is sent', async () => {
    const before = stored();
    const { desk, element } = await filledIn();
    await element.refresh();
    element.close();
    expect(new Set(desk.log.map(({ method, path }) => `${method} ${path}`))).to.eql(
      new Set(['GET /cases/c-1', 'GET /policies/genesys/1']),
    );
    expect(stored()).to.equal(before);
    expect(document.cookie + location.href).not.to.contain('export');
  });

  it('is there again when the dialog is closed and opened, and gone with the page', async () => {
    const { desk, element, dialog } = await filledIn();
    element.close();
    await element.show();
    expect(shownIn(dialog, 'subject')).to.equal(SUBJECT);
    element.remove();
    const next = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    (await find(next, 'button', 'Escalate Case')).click();
    await until(() => parts(next, 'channel').length, 'no channel');
    expect(shownIn(next, 'subject')).to.equal('Acme Ltd - 00481516');
  });
});

describe('whose program nobody knows', () => {
  it('a case goes by e-mail: what may not leave the page stays there (P9)', async () => {
    const { desk, element } = await opened({ case: { program: undefined } });
    byRole(element, 'group', 'The e-mail');
    expect(desk.sent(/^POST/)).to.be.empty;
    expect(await desk.escalate().catch(({ code }: { code: string }) => code)).to.equal('channel-not-offered');
  });

  it('a critical one, too', async () => {
    const { element } = await opened({ case: { program: undefined, priority: 'critical' } });
    byRole(element, 'group', 'The e-mail');
    expectNone(element, 'link', /555/);
  });
});

const portal = (href: string) => ({
  ...policies.genesys,
  channels: [
    {
      id: 'portal',
      use: 'link' as const,
      when: {},
      title: 'Escalate in the portal',
      text: 'This product has a portal of its own.',
      link: { label: 'Open the portal', href },
    },
  ],
});

describe('another place', () => {
  it('is a link', async () => {
    const { element, dialog } = await opened({ policy: portal('https://example.com/portal') });
    expect(nameOf(dialog)).to.equal('Escalate in the portal');
    await findText(dialog, 'This product has a portal of its own.');
    const link = byRole<HTMLAnchorElement>(dialog, 'link', 'Open the portal');
    expect(link.href).to.equal('https://example.com/portal');
    await expect(element).to.be.accessible();
  });

  it('that is no address is no link', async () => {
    const { dialog } = await opened({ policy: portal('javascript:alert(1)') });
    await findText(dialog, 'This product has a portal of its own.');
    expectNone(dialog, 'link', 'Open the portal');
    expect(dialog.querySelectorAll('[href^="javascript"]')).to.have.length(0);
  });
});

describe('guidance (G8, G42)', () => {
  const links = (element: Element) =>
    allByRole<HTMLAnchorElement>(element, 'link')
      .filter(({ href }) => href.startsWith('https'))
      .map((link) => [nameOf(link), link.target, link.rel]);

  it('is linked for this product and this audience, in a tab of its own', async () => {
    const { element } = await opened({ case: { priority: 'critical', product: 'PureConnect' } });
    const safe = ['_blank', 'noopener noreferrer'];
    expect(links(element)).to.eql([
      ['PureConnect Direct Customer Handbook', ...safe],
      ['Case escalation process', ...safe],
      ['More training', ...safe],
    ]);
    await expect(element).to.be.accessible();
  });

  it('for partners is another', async () => {
    const partner = { ...people.customer, audience: 'partner' as const };
    const desk = scene({ ...CRITICAL, with: { policy: policies.genesys, user: partner } });
    desk.configuration.backend = desk.backend;
    await desk.change({ product: 'PureConnect' });
    const element = await desk.draw<EscalateCase>(html`<escalate-case case-id="c-1"></escalate-case>`);
    (await find(element, 'button', 'Escalate Case')).click();
    await find(element, 'link', 'PureConnect Partner Handbook');
    expectNone(element, 'link', 'PureConnect Direct Customer Handbook');
  });

  it('is the page’s own where it gives some', async () => {
    const desk = scene(CRITICAL);
    const element = await desk.draw<EscalateCase>(
      html`<escalate-case case-id="c-1"><a slot="help" href="/help">How we escalate</a></escalate-case>`,
    );
    (await find(element, 'button', 'Escalate Case')).click();
    await findText(await find(element, 'dialog'), 'How we escalate');
    expectNone(element, 'link', 'More training');
  });
});
