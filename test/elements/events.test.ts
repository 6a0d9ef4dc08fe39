import { expect, fixture, html } from '@open-wc/testing';
import { configure, type EscalateCase } from 'escalation-elements';
import { replace } from './browser.js';
import { answer, byRole, choose, find, findText, until, write } from './find.js';
import { people, scene, type Scene, type SceneOptions } from './scene.js';
import { details, open } from './typing.js';

const NAMES = [
  'submit', 'remedy', 'move-to-case', 'view', 'auth-required', 'verdict', 'requested', 'message', 'change', 'open',
  'close', 'error', 'unread',
].map((name) => `escalation-${name}`); // prettier-ignore
/** What is typed, and what is signed in with: neither may be anywhere that it has no business. */
const SECRET = 'typed-sentinel-7f3a';
const TOKEN = 'token-sentinel-91cc';

interface Heard {
  name: string;
  detail: Record<string, unknown>;
  at: 'element' | 'document';
  cancelable: boolean;
}

/** A page that hears every event, on the element and on the document, and every line of the console. */
async function page(options: SceneOptions = {}, before?: (desk: Scene) => unknown) {
  const desk = scene(options);
  const { headers } = desk.configuration;
  desk.configuration.headers = async (call) => ({
    ...((await headers!(call)) as Record<string, string>),
    Authorization: `Bearer ${TOKEN}`,
  });
  await before?.(desk);
  const parent = await fixture<HTMLElement>(html`<div></div>`);
  const configured = configure(desk.configuration, parent);
  const element = Object.assign(document.createElement('escalate-case'), { caseId: 'c-1' });
  const all: Heard[] = [];
  const logged: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    replace(console, method, (...said: unknown[]) => void logged.push(said.map(String).join(' ')));
  for (const [at, target] of [
    ['element', element],
    ['document', document],
  ] as const)
    for (const name of NAMES)
      target.addEventListener(name, (event) => {
        const { detail, cancelable } = event as CustomEvent<Record<string, unknown>>;
        all.push({ name: name.replace('escalation-', ''), detail, at, cancelable });
      });
  parent.append(element);
  const onElement = () => all.filter(({ at }) => at === 'element').map(({ name, detail }) => [name, detail]);
  return { desk, element, configured, all, onElement, logged };
}

async function fill(element: EscalateCase) {
  choose(await find(element, 'combobox', 'Reason'), 'Reoccurring');
  write(details(element), SECRET);
  await element.updateComplete;
  answer(element, /urgency or impact/, 'No');
  await element.updateComplete;
}

/** Attributes of the element and of all in it: what the page's own scripts and styles can read without a listener. */
const attributes = (element: Element): string =>
  [element, ...element.shadowRoot!.querySelectorAll('*')]
    .flatMap((one) => [...one.attributes].map(({ value }) => value))
    .join('\n');

describe('events', () => {
  it('of a request, in their order, each once, with ids and codes only', async () => {
    const { desk, element, all, onElement } = await page();
    await open(element);
    await fill(element);
    byRole(element, 'button', 'Submit').click();
    await findText(element, 'Escalation requested.');
    await expect(element).to.be.accessible();
    element.close();
    const [escalation] = await desk.escalations();
    const escalationId = escalation?.id;
    expect(onElement()).to.eql([
      ['verdict', { caseId: 'c-1', verdict: 'available' }],
      ['open', {}],
      ['submit', { caseId: 'c-1', reasonId: 'reoccurring', path: [] }],
      ['verdict', { caseId: 'c-1', verdict: 'open-escalation' }],
      ['requested', { caseId: 'c-1', escalationId, replayed: false }],
      ['close', {}],
    ]);
    const above = all.filter(({ at }) => at === 'document').map(({ name }) => name);
    expect(above, 'open and close are its own').to.eql(['verdict', 'submit', 'verdict', 'requested']);
    expect(all.every(({ detail }) => Object.isFrozen(detail))).to.equal(true);
    expect(new Set(all.filter(({ cancelable }) => cancelable).map(({ name }) => name))).to.eql(
      new Set(['submit']),
    );
  });

  it('of everything else', async () => {
    const { desk, element, all, onElement } = await page({ case: { priority: 'low' } });
    (await find(element, 'button', 'Escalate Case')).click();
    (await find(element, 'button', 'Call to request high priority')).click();
    await desk.change({ priority: 'medium' });
    await element.refresh();
    await find(element, 'combobox');
    const { id: escalationId } = await desk.escalate(people.colleague);
    await element.refresh();
    await desk.act({ kind: 'take' });
    await element.refresh();
    expect(await element.show()).to.equal(false);
    desk.user = null;
    await element.refresh();
    await until(() => element.verdict === 'signed-out', element.verdict);
    const events = onElement().filter(([name]) => name !== 'close' && name !== 'open');
    const told = (name: string) => events.filter((one) => one[0] === name).map((one) => one[1]);
    expect(told('verdict').map((detail) => (detail as { verdict: string }).verdict)).to.eql([
      'blocked', 'available', 'open-escalation', 'signed-out',
    ]); // prettier-ignore
    expect(told('remedy')).to.eql([
      { caseId: 'c-1', criterion: 'not-low-priority', remedy: 'contact', path: [] },
    ]);
    expect(told('change')).to.eql([{ escalationId, status: 'under-review', previous: 'requested' }]);
    expect(told('view')).to.eql([{ caseId: 'c-1', escalationId }]);
    expect(told('auth-required')).to.eql([{ caseId: 'c-1' }]);
    const [error, ...more] = told('error') as Record<string, unknown>[];
    expect(more).to.eql([]);
    expect(Object.keys(error!).sort()).to.eql(['code', 'retryable', 'traceId']);
    expect(error).to.include({ code: 'signed-out', retryable: false });
    expect(all.every(({ detail }) => Object.isFrozen(detail))).to.equal(true);
  });

  it('that stop one thing stop that only, and come before it', async () => {
    const { desk, element, all } = await page();
    element.addEventListener('escalation-submit', (event) => event.preventDefault());
    await open(element);
    await fill(element);
    byRole(element, 'button', 'Submit').click();
    await until(() => all.some(({ name }) => name === 'submit'), 'not asked');
    await element.updateComplete;
    expect(desk.sent(/^POST/)).to.be.empty;
    byRole(element, 'button', 'Submit');
    expect(all.map(({ name }) => name)).not.to.include('requested');
  });

  it('coming in from the page change nothing', async () => {
    const { desk, element } = await page();
    await open(element);
    await fill(element);
    for (const name of NAMES) {
      const detail = { caseId: 'c-1', verdict: 'available', escalationId: '1', status: 'accepted' };
      document.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
      element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }
    await element.updateComplete;
    expect(desk.sent(/^POST/)).to.be.empty;
    expect([element.verdict, element.open, element.escalationId]).to.eql(['available', true, null]);
  });
});

describe('what is typed and what is signed in with (P01–P05)', () => {
  async function everything() {
    const made = await page();
    const { desk, element } = made;
    await open(element);
    await fill(element);
    desk.fail('lost', /^POST/);
    byRole(element, 'button', 'Submit').click();
    await find(element, 'alert');
    const during = attributes(element);
    desk.fail('401', /^GET/);
    await element.refresh();
    desk.fail(null);
    await element.refresh();
    const tryAgain = await find(element, 'button', 'Try again').catch(() => null);
    tryAgain?.click();
    await findText(element, /Escalation requested|requested an escalation/);
    return { ...made, during };
  }

  it('are in no event, no attribute, no address, no line of the console', async () => {
    const { desk, element, all, logged, during } = await everything();
    const places = {
      events: JSON.stringify(all),
      attributes: during + attributes(element) + document.documentElement.outerHTML,
      addresses: location.href + desk.log.map(({ path }) => path).join('\n'),
      console: logged.join('\n'),
      cookie: document.cookie,
      title: document.title,
      history: JSON.stringify(history.state),
      names: window.name,
      snapshot: JSON.stringify([element.verdict, element.escalationId]),
    };
    for (const [place, text] of Object.entries(places))
      for (const secret of [SECRET, TOKEN]) expect(text, `${secret} in ${place}`).not.to.contain(secret);
  });

  it('the text is on the device under its own name only, the token nowhere', async () => {
    const { element } = await page();
    await open(element);
    await fill(element);
    const entries = Object.entries({ ...sessionStorage });
    expect(entries.filter(([, value]) => String(value).includes(SECRET))).to.have.length(1);
    expect(JSON.stringify({ ...localStorage })).not.to.contain(SECRET);
    expect(JSON.stringify([{ ...sessionStorage }, { ...localStorage }])).not.to.contain(TOKEN);
  });

  it('the token goes to the help desk only, in its header', async () => {
    const { desk, logged } = await everything();
    expect(new Set(desk.log.map(({ host }) => host))).to.eql(new Set(['desk.test']));
    expect(JSON.stringify(desk.log)).not.to.contain(TOKEN);
    expect(logged.join()).not.to.contain('Bearer');
  });
});
