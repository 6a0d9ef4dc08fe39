// Lightning Web Security takes the comments out of what is set as innerHTML, and Lit marks the places of its values with
// comments: without them it draws nothing there, and says nothing. Imported before Lit, whose hook for polyfills this is.
// Where a comment is missing, the markup is made again with <template> in the place of each, and these are swapped.

interface LitTemplate {
  new (result: { _$litType$: 1; strings: TemplateStringsArray }): { el: HTMLTemplateElement };
  createElement(html: string | { toString(): string }, options?: unknown): HTMLTemplateElement;
}
type Hook = ((template: LitTemplate, ...more: unknown[]) => void) | undefined;

const NAME = 'litHtmlPolyfillSupport';
const PLACE = 'data-escalation-comment';

/** Text elements and tags, where nothing is a comment; comments; Lit's markers `<?lit$1234$>` and `<?>`, parsed as such. */
const TOKENS =
  /<(script|style|textarea|title)\b[^]*?<\/\1|<\/?[a-z](?:[^>"']|"[^"]*"|'[^']*')*>|<!--([^]*?)-->|<(\?(?:lit\$\d+\$)?)>/gi;

/** A fragment, and those of the templates in it. */
function inside(root: DocumentFragment, visit: (fragment: DocumentFragment) => void): void {
  visit(root);
  for (const element of root.querySelectorAll('template'))
    if (element.content) inside(element.content, visit);
}

function commentsIn(root: DocumentFragment): number {
  let count = 0;
  inside(root, (fragment) => {
    const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_COMMENT);
    while (walker.nextNode()) count++;
  });
  return count;
}

function keepComments(Template: LitTemplate): void {
  const original = Template.createElement;
  Template.createElement = (html, options) => {
    const made = original.call(Template, html, options);
    const comments: string[] = [];
    const marked = String(html).replace(TOKENS, (token, _name, written?: string, bound?: string) => {
      const comment = written ?? bound;
      return comment === undefined ? token : `<template ${PLACE}="${comments.push(comment) - 1}"></template>`;
    });
    if (comments.length === 0 || commentsIn(made.content) >= comments.length) return made;

    // A template of Lit's without values comes back here, through the Trusted Types policy that Lit has: no second one.
    const strings = Object.assign([marked], { raw: [marked] });
    const { el } = new Template({ _$litType$: 1, strings });
    inside(el.content, (fragment) => {
      for (const place of fragment.querySelectorAll(`[${PLACE}]`))
        place.replaceWith(document.createComment(comments[Number(place.getAttribute(PLACE))]!));
    });
    return el;
  };
}

const page = globalThis as unknown as Record<typeof NAME, Hook>;
const before = Object.getOwnPropertyDescriptor(page, NAME);
const hook: Hook = (Template, ...more) => {
  // Lit asks once, as it loads. Another Lit of the page keeps its own ways.
  if (before) Object.defineProperty(page, NAME, before);
  else Reflect.deleteProperty(page, NAME);
  page[NAME]?.(Template, ...more);
  keepComments(Template);
};
Object.defineProperty(page, NAME, { value: hook, configurable: true, writable: true, enumerable: true });

export {};
