import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { configure, createDesk, registerLocale, type EscalateCase } from 'escalation-elements';
import { allByRole, byRole, find, findText, nameOf, parts, textOf, until } from './find.js';
import { ENDPOINT, people, policies, scene } from './scene.js';

const CASE = html`<escalate-case case-id="c-1"></escalate-case>`;

/** What the library has warned of while something was done. */
async function warnings(work: () => unknown): Promise<string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => said.push(text);
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return said;
}

describe('the desk of an element', () => {
  it('may be configured after the element is there', async () => {
    const desk = scene();
    const parentNode = document.createElement('div');
    const element = await fixture<EscalateCase>(CASE, { parentNode });
    expect(element.verdict).to.equal('loading');
    configure(desk.configuration, parentNode);
    await find(element, 'button', 'Escalate Case');
  });

  it('is the nearest one that is configured, whichever came first', async () => {
    const near = scene();
    const far = scene({ policy: policies['pulse-secure'] });
    const outer = await fixture<HTMLElement>(html`<div><section>${CASE}</section></div>`);
    const [inner] = outer.children as unknown as [HTMLElement];
    const element = inner.querySelector('escalate-case')!;
    const configured = configure(far.configuration, outer);
    await find(element, 'button', 'Escalate Now');
    configure(near.configuration, inner);
    await find(element, 'button', 'Escalate Case');
    configured.update({ labels: { button: 'Not this one' } });
    await aTimeout(0);
    expect(nameOf(byRole(element, 'button'))).to.equal('Escalate Case');
  });

  it('is the property, before endpoint, before configure', async () => {
    const desk = scene();
    const element = await desk.draw<EscalateCase>(
      html`<escalate-case case-id="c-1" endpoint="https://own.test/api"></escalate-case>`,
    );
    await find(element, 'button');
    expect(new Set(desk.log.map(({ host }) => host))).to.eql(new Set(['own.test']));
    const other = scene();
    element.desk = createDesk({
      backend: other.backend,
      policy: { ...policies.standard, labels: { button: 'By property' } },
      user: people.customer,
      clock: other.clock,
    });
    await find(element, 'button', 'By property');
    element.desk = undefined;
    await find(element, 'button', 'Escalate Case');
    element.endpoint = '';
    await until(() => desk.log.some(({ host }) => host === 'desk.test'), 'not by configure');
  });

  it('judged in the page goes the whole way, too', async () => {
    const { backend, clock } = scene();
    const desk = createDesk({ backend, policy: policies.standard, user: people.customer, clock });
    const element = await fixture<EscalateCase>(
      html`<escalate-case case-id="c-1" .desk=${desk}></escalate-case>`,
    );
    (await find(element, 'button', 'Escalate case')).click();
    await find(element, 'radio', /^I have had no answer/).then((radio) => radio.click());
    const details = byRole<HTMLTextAreaElement>(element, 'textbox', /^Details/);
    details.value = 'Nobody answers.';
    details.dispatchEvent(new Event('input'));
    byRole(element, 'button', 'Request escalation').click();
    await findText(element, 'Escalation requested.');
    expect(element.verdict).to.equal('open-escalation');
  });

  it('of a relative endpoint is on this origin', async () => {
    const desk = scene();
    const element = await desk.draw<EscalateCase>(
      html`<escalate-case case-id="c-1" endpoint="/api"></escalate-case>`,
    );
    await find(element, 'button');
    expect(desk.log[0]?.host).to.equal(location.host);
  });

  it('of one endpoint is not shared by parts of a page that sign in differently', async () => {
    const desk = scene();
    const seen: (string | null)[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      seen.push(new Headers(init?.headers).get('X-User'));
      return desk.configuration.fetch!(input, init);
    };
    for (const { id } of [people.customer, people.stranger]) {
      const part = await fixture<HTMLElement>(html`<div></div>`);
      configure({ fetch, headers: () => ({ 'X-User': id }) }, part);
      part.append(
        Object.assign(document.createElement('escalate-case'), { caseId: 'c-1', endpoint: '/shared' }),
      );
    }
    await until(() => new Set(seen).size === 2, 'only one sign-in was used');
  });

  it('asks again for another case', async () => {
    const desk = scene();
    const element = await desk.draw<EscalateCase>(CASE);
    await find(element, 'button');
    element.caseId = 'c-2';
    await until(() => element.verdict === 'refused', 'still the first case');
    element.setAttribute('case-id', 'c-1');
    await find(element, 'button', 'Escalate Case');
  });

  it('is set before the element is defined', async () => {
    const { configuration } = scene();
    // A document without a registry: what is made there becomes an element when it comes here.
    const element = document.implementation.createHTMLDocument().createElement('escalate-case');
    Object.assign(element, { caseId: 'c-1', whenOpen: 'hide' });
    const parentNode = await fixture<HTMLElement>(html`<div></div>`);
    configure(configuration, parentNode);
    parentNode.append(element);
    await find(element, 'button', 'Escalate Case');
    expect(element.caseId).to.equal('c-1');
    expect(element.whenOpen).to.equal('hide');
  });

  it('that cannot be one is warned of, once, and nothing is thrown', async () => {
    const said = await warnings(async () => {
      for (const _ of [1, 2])
        await fixture(html`<escalate-case case-id="c-1" endpoint="javascript:alert(1)"></escalate-case>`);
    });
    expect(said).to.have.length(1);
    expect(said[0])
      .to.contain('escalation-elements: endpoint "javascript:alert(1)"')
      .and.to.contain('http(s)');
  });

  it('that is not there is warned of, once', async () => {
    const said = await warnings(async () => {
      const element = await fixture<EscalateCase>(CASE);
      await fixture(CASE);
      await until(() => element.verdict === 'unconfigured', 'never unconfigured');
      await aTimeout(50);
    });
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/no help desk: set "endpoint" or "desk", or call configure\(\)/);
  });

  it('wrong attributes are warned of with what they accept, once, and do no harm', async () => {
    const desk = scene();
    await desk.escalate();
    const said = await warnings(async () => {
      for (const _ of [1, 2]) {
        const element = await desk.draw<EscalateCase>(
          html`<escalate-case case-id="c-1" when-open="never"></escalate-case>`,
        );
        await findText(element, 'Escalation requested on May 12');
      }
    });
    expect(said).to.eql(['escalation-elements: when-open="never": must be note or hide.']);
  });
});

describe('a configuration that changes', () => {
  async function configured() {
    const desk = scene();
    const parentNode = document.createElement('div');
    const configuration = configure(desk.configuration, parentNode);
    const element = await fixture<EscalateCase>(CASE, { parentNode });
    await find(element, 'button', 'Escalate Case');
    return { desk, configuration, element };
  }

  it('labels: other words, the same desk, no request', async () => {
    const { desk, configuration, element } = await configured();
    const before = desk.log.length;
    const made = configuration.desk;
    configuration.update({ labels: { button: 'Get help', retry: 'Once more' } });
    await find(element, 'button', 'Get help');
    expect(configuration.desk).to.equal(made);
    expect(desk.log.length).to.equal(before);
  });

  it('user: another desk, and nothing of the old one stays', async () => {
    const { desk, configuration, element } = await configured();
    const made = configuration.desk;
    desk.user = people.stranger;
    configuration.update({ user: people.stranger });
    expect(configuration.desk).not.to.equal(made);
    await until(() => element.verdict === 'refused', `still ${element.verdict}`);
    expect(allByRole(element, 'button')).to.be.empty;
  });

  it('dispose takes it back', async () => {
    const { desk, configuration, element } = await configured();
    configuration.dispose();
    expect(configuration.desk).to.equal(null);
    await until(() => element.verdict !== 'available', 'still available');
    const before = desk.log.length;
    dispatchEvent(new Event('focus'));
    await aTimeout(50);
    expect(desk.log.length).to.equal(before);
  });
});

describe('words', () => {
  it('come in the language of the page around; what it lacks is English', async () => {
    const desk = scene();
    desk.fail('offline');
    const page = await desk.draw<HTMLElement>(html`<div lang="de-AT">${CASE}</div>`);
    const element = page.querySelector('escalate-case')!;
    await findText(element, 'We could not check');
    registerLocale('de', { unknown: 'Wir konnten nicht prüfen, ob dieser Fall schon eskaliert ist.' });
    await findText(element, 'Wir konnten nicht prüfen, ob dieser Fall schon eskaliert ist. Try again');
    registerLocale('de', { retry: 'Erneut versuchen' });
    await find(element, 'button', 'Erneut versuchen');
    desk.fail(null);
    await desk.escalate();
    await element.refresh();
    await findText(element, 'Escalation requested on 12. Mai');
  });

  it('of the page come before those of the policy', async () => {
    const desk = scene({ with: { labels: { button: 'Get help now' } } });
    const element = await desk.draw<EscalateCase>(CASE);
    await find(element, 'button', 'Get help now');
    element.textContent = 'From the slot';
    expect(textOf(byRole(element, 'button'))).to.equal('From the slot');
  });

  it('and icons may be the page’s own', async () => {
    const desk = scene({ with: { icons: { escalate: 'M0 0h24v24H0z' } } });
    const element = await desk.draw<EscalateCase>(CASE);
    await find(element, 'button');
    expect(parts(element, 'trigger-icon')[0]?.querySelector('path')?.getAttribute('d')).to.equal(
      'M0 0h24v24H0z',
    );
  });
});

it('headers are asked for with each request', async () => {
  let asked = 0;
  const desk = scene();
  const { headers } = desk.configuration;
  desk.configuration.headers = (call) => {
    asked++;
    return headers!(call);
  };
  const element = await desk.draw<EscalateCase>(CASE);
  await find(element, 'button');
  await element.refresh();
  expect(asked).to.equal(desk.log.length);
  expect(ENDPOINT).to.contain(desk.log[0]?.host);
});
