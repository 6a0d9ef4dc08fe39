import { waitUntil } from '@open-wc/testing';

/** Finds things in an element as a person with or without a screen reader does: by role, name and text. */

type Place = Element | ShadowRoot;
const rootOf = (place: Place): ParentNode => (place instanceof Element && place.shadowRoot) || place;

const ROLES: Record<string, string> = {
  button: 'button, [role="button"]',
  link: 'a[href]',
  dialog: 'dialog[open]',
  heading: 'h1, h2, h3',
  combobox: 'select',
  textbox: 'textarea, input:not([type]), input[type="text"], input[type="tel"], input[type="email"], input[type="date"]',
  radio: 'input[type="radio"]',
  group: 'fieldset, [role="group"]',
  alert: '[role="alert"]',
  status: '[role="status"]',
  region: '[role="region"], section[aria-label]',
  list: 'ul, ol',
  listitem: 'li',
  term: 'dt',
}; // prettier-ignore

/** What is said and seen, without what is hidden from assistive technology; spaces made one. */
export function textOf(node: Node | null | undefined): string {
  const parts = (of: Node): string => {
    if (of.nodeType === Node.TEXT_NODE) return of.textContent ?? '';
    if (!(of instanceof Element)) return [...of.childNodes].map(parts).join('');
    if (of.getAttribute('aria-hidden') === 'true' || getComputedStyle(of).display === 'none') return '';
    if (of.localName === 'details' && !(of as HTMLDetailsElement).open)
      return parts(of.querySelector('summary') as Node);
    if (of.localName === 'slot') {
      const given = (of as HTMLSlotElement).assignedNodes({ flatten: true });
      return given.map(parts).join('');
    }
    const inner = [...(of.shadowRoot ?? of).childNodes].map(parts).join('');
    return getComputedStyle(of).display.startsWith('inline') ? inner : ` ${inner} `;
  };
  // The isolates around names are for the eye.
  return node
    ? parts(node)
        .replace(/[\u2068\u2069]/g, '')
        .replace(/\s+/g, ' ')
        .replace(/ ,/g, ',')
        .trim()
    : '';
}

/** The accessible name, as far as these elements need it. */
export function nameOf(element: Element): string {
  const root = element.getRootNode() as ShadowRoot;
  const by = element.getAttribute('aria-labelledby');
  if (by) return textOf(root.getElementById(by));
  const own = element.getAttribute('aria-label');
  if (own) return own;
  if (element instanceof HTMLFieldSetElement) return textOf(element.querySelector('legend'));
  if ('labels' in element) {
    const [label] = (element as HTMLInputElement).labels ?? [];
    if (label) return textOf(label);
  }
  return textOf(element);
}

const matches = (name: string | RegExp | undefined, element: Element): boolean =>
  name === undefined || (typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element)));

/** Everything seen with this role and name, in the order of the page. */
export function allByRole<E extends HTMLElement>(place: Place, role: string, name?: string | RegExp): E[] {
  return [...rootOf(place).querySelectorAll<E>(ROLES[role] ?? `[role="${role}"]`)].filter(
    (element) => element.checkVisibility() && matches(name, element),
  );
}

/** The first of {@link allByRole}; null: there is none. */
export const queryRole = <E extends HTMLElement>(place: Place, role: string, name?: string | RegExp) =>
  allByRole<E>(place, role, name)[0] ?? null;

/**
 * Nothing has this role and name. Not by `expect(element).to.equal(null)`: an element that a failure names cannot be sent to
 * the runner, which then waits for ever.
 */
export function expectNone(place: Place, role: string, name?: string | RegExp): void {
  const found = allByRole(place, role, name).map((one) => `"${nameOf(one)}"`);
  if (found.length) throw new Error(`There is a ${role} ${found.join(', ')}.`);
}

/** The first of {@link allByRole}. @throws Error that says what is there instead */
export function byRole<E extends HTMLElement>(place: Place, role: string, name?: string | RegExp): E {
  const found = queryRole<E>(place, role, name);
  if (found) return found;
  const others = allByRole(place, role).map((other) => `"${nameOf(other)}"`);
  throw new Error(
    `No ${role} "${String(name)}". ${role}s: ${others.join(', ') || 'none'}. Text: ${textOf(place)}`,
  );
}

/** Waits until something holds. */
export const until = (holds: () => unknown, what: string): Promise<void> =>
  waitUntil(() => Boolean(holds()), what, { timeout: 12_000, interval: 15 });

/** Waits until there is one. */
export async function find<E extends HTMLElement>(
  place: Place,
  role: string,
  name?: string | RegExp,
): Promise<E> {
  await until(() => queryRole(place, role, name), `no ${role} "${String(name)}"`).catch(() => undefined);
  return byRole<E>(place, role, name);
}

/** Waits until a text is there. */
export async function findText(place: Place, text: string | RegExp): Promise<void> {
  const there = () => (typeof text === 'string' ? textOf(place).includes(text) : text.test(textOf(place)));
  await until(there, '').catch(() => {
    throw new Error(`No text "${String(text)}" in: ${textOf(place)}`);
  });
}

/** Everything with a part; the vocabulary of theming, for what has no role. */
export const parts = (place: Place, part: string): HTMLElement[] => [
  ...rootOf(place).querySelectorAll<HTMLElement>(`[part~="${part}"]`),
];

/** What has the focus inside an element. */
export const focused = (place: Element): Element | null => place.shadowRoot?.activeElement ?? null;

/** Waits until something in an element has the focus. */
export const untilFocused = (place: Element, target: Element): Promise<void> =>
  until(() => focused(place) === target, `the focus is not on ${target.localName} "${nameOf(target)}"`);

/** What describes a control, as a screen reader says it. */
export const descriptionOf = (control: Element): string =>
  (control.getAttribute('aria-describedby') ?? '')
    .split(/\s+/)
    .map((id) => textOf((control.getRootNode() as ShadowRoot).getElementById(id)))
    .join(' ');

type Field = HTMLTextAreaElement | HTMLInputElement;
/** Replaces what is in a field, as somebody who pastes. */
export function write(field: Field, text: string): void {
  field.focus();
  field.select();
  document.execCommand(text ? 'insertText' : 'delete', false, text);
}

/** Chooses an option by its words. */
export function choose(select: HTMLSelectElement, label: string): void {
  const option = [...select.options].find((row) => textOf(row) === label);
  if (!option) throw new Error(`No option "${label}" in: ${[...select.options].map(textOf).join(', ')}`);
  select.value = option.value;
  select.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Answers a question with one of its choices. */
export const answer = (place: Place, question: string | RegExp, choice: string): void =>
  byRole(byRole(place, 'group', question), 'radio', choice).click();

/** The words of `:state(…)` that an element is in, of those asked about. */
export const statesOf = (element: Element, words: readonly string[]): string[] =>
  words.filter((word) => element.matches(`:state(${word})`));

/** Collects events of one name. */
export function heard<T = Record<string, unknown>>(target: EventTarget, name: string): T[] {
  const details: T[] = [];
  target.addEventListener(name, (event) => details.push((event as CustomEvent<T>).detail));
  return details;
}
