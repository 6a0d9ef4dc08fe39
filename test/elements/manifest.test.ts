import { expect } from '@open-wc/testing';
import type { EscalateCase } from 'escalation-elements';
import type { LitElement } from 'lit';
import { caseViews, part } from './gallery.js';
import { dialogViews } from './gallery-dialog.js';
import { feedViews } from './gallery-feed.js';
import { reviewViews } from './gallery-review.js';

/** What custom-elements.json says of an element. */
interface Declaration {
  tagName?: string;
  cssParts?: { name: string }[];
  cssStates?: { name: string }[];
  slots?: { name: string }[];
  events?: { name: string }[];
  attributes?: { name: string; fieldName: string }[];
  members?: { name: string; kind: string; privacy?: string; static?: boolean }[];
}
const TAGS = ['escalate-case', 'escalation-feed', 'escalation-review'] as const;
type Tag = (typeof TAGS)[number];
type Kind = 'parts' | 'states' | 'slots' | 'events';
type Seen = Record<Kind, Set<string>>;

const nothing = (): Seen => ({ parts: new Set(), states: new Set(), slots: new Set(), events: new Set() });
const seen: Record<Tag, Seen> = {
  'escalate-case': nothing(),
  'escalation-feed': nothing(),
  'escalation-review': nothing(),
};
const isTag = (element: Element): element is HTMLElement & { localName: Tag } =>
  (TAGS as readonly string[]).includes(element.localName);

// States are seen from inside only.
const { attachInternals } = HTMLElement.prototype;
HTMLElement.prototype.attachInternals = function () {
  const internals = attachInternals.call(this);
  const add = internals.states.add.bind(internals.states);
  internals.states.add = (state) => {
    // A leading underscore: private.
    if (isTag(this) && !state.startsWith('_')) seen[this.localName].states.add(state);
    return add(state);
  };
  return internals;
};

// Some events do not bubble; all of them pass here on their way down.
const { dispatchEvent } = EventTarget.prototype;
EventTarget.prototype.dispatchEvent = function (event) {
  if (this instanceof Element && isTag(this) && event.type.startsWith('escalation-'))
    seen[this.localName].events.add(event.type);
  return dispatchEvent.call(this, event);
};

function look(element: HTMLElement): void {
  if (!isTag(element)) return;
  const { parts, slots } = seen[element.localName];
  for (const one of element.shadowRoot?.querySelectorAll('[part]') ?? [])
    for (const part of one.part) parts.add(part);
  for (const slot of element.shadowRoot?.querySelectorAll('slot') ?? []) slots.add(slot.name);
  // What people do afterwards: its events count.
  part(element, 'note-link')?.click();
  if (element.localName === 'escalate-case') (element as EscalateCase).close();
}

let declarations: Record<Tag, Declaration>;
const documented = (tag: Tag): Record<Kind, string[]> => {
  const { cssParts = [], cssStates = [], slots = [], events = [] } = declarations[tag];
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
  return { parts: names(cssParts), states: names(cssStates), slots: names(slots), events: names(events) };
};
/** `field-<id>` stands for every part that begins so. */
const means = (name: string, found: string) =>
  name === found || (name.includes('<') && found.startsWith(name.slice(0, name.indexOf('<'))));

before(async () => {
  const answer = await fetch('/custom-elements.json');
  const manifest = (await answer.json()) as { modules: { declarations?: Declaration[] }[] };
  const all = manifest.modules.flatMap((module) => module.declarations ?? []);
  declarations = Object.fromEntries(
    TAGS.map((tag) => [tag, all.find(({ tagName }) => tagName === tag) ?? {}]),
  ) as typeof declarations;
});
after(() => {
  HTMLElement.prototype.attachInternals = attachInternals;
  EventTarget.prototype.dispatchEvent = dispatchEvent;
});

describe('what is rendered', () => {
  for (const view of [...caseViews, ...dialogViews, ...feedViews, ...reviewViews])
    it(view.name, async () => look(await view.draw((policy) => policy)));
});

for (const tag of TAGS)
  describe(`custom-elements.json, <${tag}>`, () => {
    for (const kind of ['parts', 'states', 'slots', 'events'] as const) {
      it(`names all ${kind} that there are`, () => {
        const known = documented(tag)[kind];
        const unknown = [...seen[tag][kind]].filter((found) => !known.some((name) => means(name, found)));
        expect(unknown.sort().join(' ')).to.equal('');
      });

      it(`names no ${kind} that are nowhere`, () => {
        const found = [...seen[tag][kind]];
        const nowhere = documented(tag)[kind].filter((name) => !found.some((one) => means(name, one)));
        expect(nowhere.join(' ')).to.equal('');
      });
    }

    it('names its attributes and properties, each with the property that it has', () => {
      const { attributes = [], members = [] } = declarations[tag];
      const element = customElements.get(tag) as unknown as typeof LitElement;
      expect(attributes.map(({ name }) => name).sort()).to.eql([...element.observedAttributes].sort());
      const open = members.filter(
        ({ privacy, static: own }) => privacy !== 'private' && privacy !== 'protected' && !own,
      );
      const fields = open.filter(({ kind }) => kind === 'field').map(({ name }) => name);
      for (const name of element.elementProperties.keys()) expect(fields).to.include(name);
      const made = document.createElement(tag);
      for (const { name } of open) expect(name in made, name).to.equal(true);
    });
  });
