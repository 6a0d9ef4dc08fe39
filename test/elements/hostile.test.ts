import { expect } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import { byRole, find, findText, parts, until } from './find.js';
import { hostile, type Hostile } from './hostile.js';
import { caseOf, people, policies, scene, type Scene, type SceneOptions } from './scene.js';
import { draw } from './typing.js';

/** Without the isolates around names, and spaces made one. */
const flat = (text: string) =>
  text
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const seenOf = ({ payload, seen }: Hostile) => flat(seen ?? payload);
const shownBy = (element: Element, part: string) => flat(parts(element, part)[0]?.textContent ?? '');

const FOREIGN =
  'script, img, iframe, object, embed, base, meta, link, style, video, source, math, template, form form, dialog dialog, ' +
  '[onerror], [onload], [onclick], [onfocus], [ontoggle], [onmouseover], [style], [srcdoc]';
/** Nothing of what somebody has written is anything but text. */
function isTextOnly(element: Element, payload: string): void {
  const root = element.shadowRoot!;
  const foreign = [...root.querySelectorAll(FOREIGN)].map(({ outerHTML }) => outerHTML);
  expect(foreign, payload).to.eql([]);
  for (const link of root.querySelectorAll('a'))
    expect(link.getAttribute('href') ?? '', payload).to.match(/^(https?:\/\/example\.com|tel:|mailto:|#)/);
  expect('hacked' in window, payload).to.equal(false);
}

async function opened(options: SceneOptions = {}, before?: (desk: Scene) => unknown) {
  const desk = scene(options);
  await before?.(desk);
  const element = await draw(desk);
  (await find(element, 'button', /^Escalate/)).click();
  await until(() => parts(element, 'help').length, 'not all is there');
  return { desk, element };
}
const person = (name: string) => ({ id: 'x-1', name, role: 'engineer' });

/** Lets somebody write one payload after the other, and looks at each. */
async function each(
  element: EscalateCase,
  writes: (payload: string) => Promise<unknown>,
  sees: (one: Hostile) => unknown,
) {
  for (const one of hostile) {
    await writes(one.payload);
    await element.refresh();
    await element.updateComplete;
    sees(one);
    isTextOnly(element, one.payload);
  }
}

it('there are enough of them', () => {
  expect(hostile.length).to.be.greaterThan(90);
  expect(new Set(hostile.map(({ payload }) => payload)).size).to.equal(hostile.length);
});

describe('what others have written is text, on the case:', () => {
  it('author, subject, number and excerpt of the last update', async () => {
    const { desk, element } = await opened();
    const at = caseOf().lastUpdate!.at;
    await each(
      element,
      (text) =>
        desk.change({ subject: text, number: text, lastUpdate: { at, by: person(text), excerpt: text } }),
      (one) => {
        const seen = seenOf(one);
        const subtitle = shownBy(element, 'dialog-subtitle');
        expect(subtitle).to.equal(flat(`Case ${seen} · ${seen}`));
        expect(shownBy(element, 'last-update')).to.equal(flat(`Last update 26 hr. ago by ${seen} “${seen}”`));
      },
    );
    await expect(element).to.be.accessible();
  });

  it('what support waits for', async () => {
    const { desk, element } = await opened({
      case: { waitingOn: 'customer', waitingSince: '2026-05-11T09:00:00Z' },
    });
    await each(
      element,
      (waitingFor) => desk.change({ waitingFor }),
      (one) =>
        expect(shownBy(element, 'criterion-evidence')).to.equal(
          flat(`Support has been waiting for your answer since May 11: “${seenOf(one)}”`),
        ),
    );
  });

  it('whose it is, where it is critical', async () => {
    const { desk, element } = await opened({ case: { priority: 'critical' } });
    await each(
      element,
      (name) => desk.change({ assignee: person(name), number: name }),
      (one) => {
        const text = shownBy(element, 'channel');
        expect(text).to.contain(flat(`Your case is with ${seenOf(one)}.`));
        expect(text).to.contain(flat(`Your case number: ${seenOf(one)}`));
      },
    );
  });

  it('customer, region and product, in the e-mail', async () => {
    const { desk, element } = await opened({ case: { program: 'fedramp-cloud-cx' } });
    await each(
      element,
      (text) => desk.change({ customer: { name: text, region: text }, product: text }),
      ({ payload }) => {
        const subject = parts(element, 'email-subject')[0]?.textContent ?? '';
        expect(subject, 'one line').not.to.match(/[\u0000-\u001f\u007f\u2028\u2029]/);
        const link = element.shadowRoot!.querySelector<HTMLAnchorElement>('a[href^="mailto:"]');
        const [head = '', body = ''] = (link?.href ?? 'mailto:').split('&body=');
        expect(head, payload).not.to.match(/%0d|%0a/i);
        expect(body.split('&'), 'no header of its own').to.have.length(1);
        expect(link?.href.length ?? 0).to.be.lessThan(1901);
      },
    );
  });
});

describe('what others have written is text, on the escalation:', () => {
  it('its owner, in the note', async () => {
    const desk = scene();
    await desk.escalate();
    await desk.act({ kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' });
    const element = await draw(desk);
    await findText(element, 'Escalation open since');
    await each(
      element,
      (name) =>
        desk.backend.change(({ escalations }) => {
          for (const row of Object.values(escalations)) row.escalation.owner = person(name);
        }),
      (one) =>
        expect(shownBy(element, 'note-text')).to.equal(
          flat(`Escalation open since May 12, owner ${seenOf(one)}.`),
        ),
    );
  });

  it('who was faster, in the dialog', async () => {
    const { desk, element } = await opened();
    await desk.escalate(people.colleague);
    await each(
      element,
      (name) =>
        desk.backend.change(({ escalations }) => {
          for (const row of Object.values(escalations)) row.escalation.requestedBy = person(name);
        }),
      (one) =>
        expect(shownBy(element, 'existing')).to.equal(
          flat(`${seenOf(one)} requested an escalation this minute. A case has one at a time.`),
        ),
    );
  });

  it('why one was declined', async () => {
    for (const one of hostile.filter((_, i) => i % 4 === 0)) {
      const text = one.payload;
      const { element } = await opened({}, async (desk) => {
        await desk.escalate();
        await desk.act({ kind: 'decline', text, criteria: [{ id: 'active-case', text }] });
      });
      await until(() => parts(element, 'notice-info').length, 'nothing was declined');
      const notice = parts(element, 'notice-info')[0]!;
      notice.querySelector('summary')?.click();
      expect(flat(notice.querySelector('p')!.textContent ?? '')).to.equal(
        flat(`Declined on May 12 by Sam Okoro: ${seenOf(one)}`),
      );
      expect(flat(byRole(notice, 'listitem').textContent ?? '')).to.equal(
        flat(`There is an active case ${seenOf(one)}`),
      );
      isTextOnly(element, text);
    }
  });

  it('the detail of an error, behind Details', async () => {
    const { desk, element } = await opened();
    element.close();
    for (const { payload } of hostile) {
      const problem = {
        code: 'server-error',
        title: payload,
        detail: payload,
        status: 500,
        traceId: payload,
      };
      desk.answer = ({ path }) =>
        path.startsWith('/policies')
          ? Response.json(problem, { status: 500, headers: { 'Content-Type': 'application/problem+json' } })
          : undefined;
      element.remove();
      const next = await draw(desk);
      (await find(next, 'button', 'Escalate Case')).click();
      await until(() => parts(next, 'notice-details').length, 'no Details');
      isTextOnly(next, payload);
      next.remove();
    }
  });
});

describe('what a process says is text:', () => {
  const labels = hostile.map(({ payload }) => payload);

  it('its reasons, and when to select them', async () => {
    const [first] = policies.genesys.reasons;
    const reasons = labels.map((label, i) => ({
      ...first!, id: `r${i}`, label, whenToSelect: label, action: label, fields: [],
    })); // prettier-ignore
    const { element } = await opened({ policy: { ...policies.genesys, reasons } });
    const select = byRole<HTMLSelectElement>(element, 'combobox');
    expect([...select.options].slice(1).map(({ textContent }) => flat(textContent))).to.eql(labels.map(flat));
    expect(
      [...element.shadowRoot!.querySelectorAll('dt')].map(({ textContent }) => flat(textContent)),
    ).to.eql(labels.map(flat));
    isTextOnly(element, 'reasons');
  });

  it('its contacts; numbers that are none are no links', async () => {
    const contacts = {
      'product-support': {
        name: '<b>Support</b>',
        phones: labels.map((label) => ({ label, number: label, hours: label })),
        alternative: '<i>relay</i>',
      },
    };
    const { element } = await opened({
      policy: { ...policies.genesys, contacts },
      case: { priority: 'critical' },
    });
    expect(shownBy(element, 'contact-name')).to.equal('<b>Support</b>');
    isTextOnly(element, 'contacts');
    for (const link of parts(element, 'contact-phone'))
      expect(link.getAttribute('href')).to.match(/^tel:\+?\d+$/);
  });

  it('its reason for not being offered', async () => {
    const desk = scene({ policy: policies['pulse-secure'], case: { plan: 'Gold' } });
    const element = await draw(desk);
    await findText(element, 'Platinum');
    await each(
      element,
      async (otherwise) => {
        const { appliesTo } = policies['pulse-secure'];
        desk.judge = { ...policies['pulse-secure'], appliesTo: { ...appliesTo, otherwise } };
      },
      (one) => expect(shownBy(element, 'note-text')).to.equal(seenOf(one)),
    );
  });

  it('its links: only those that lead somewhere (B05)', async () => {
    const help = labels.map((href) => ({ label: href, href }));
    const { element } = await opened({
      policy: { ...policies.genesys, help: [...help, ...policies.genesys.help] },
    });
    const links = [...parts(element, 'help')[0]!.querySelectorAll('a')];
    expect(links.map(({ href }) => new URL(href).host)).to.eql([
      'xn--pple-43d.com', ...policies.genesys.help.slice(3).map(() => 'example.com'),
    ]); // prettier-ignore
    for (const link of links) expect(link.rel).to.equal('noopener noreferrer');
  });
});
