import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  snippet,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { forceLinting, lintGutter, linter, nextDiagnostic, previousDiagnostic } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, Transaction } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { look } from './look.js';
import type { Place } from './place.js';
import type { Problem } from './problems.js';
import { describe, propose } from './schema.js';

/** The editor of the policy: CodeMirror, with what the schema knows. Loaded only where somebody edits one. */
export interface PolicyEditor {
  readonly text: string;
  /** One step for “undo”, and shown. */
  change(text: string): void;
  /** What was only noted in it, such as its version: no step of its own. */
  note(text: string): void;
  /** Another document: there is no way back to the one before. */
  load(text: string): void;
  goTo(place: Place): void;
  focus(): void;
  /** Looks for problems again, though nothing was typed. */
  look(): void;
}

export interface EditorOptions {
  text: string;
  problems(text: string): Promise<Problem[]>;
  onChange(): void;
  onApply(): void;
}

async function completions(context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/"?[\w$-]+|"/);
  if (!typed && !context.explicit) return null;
  const text = context.state.doc.toString();
  const found = await propose(text, context.pos);
  if (!found || context.aborted) return null;
  // What is typed is compared without its quotes; what is inserted takes their place, too.
  const lead = text[found.from] === '"' ? 1 : 0;
  const rest = found.to - context.pos;
  const options = found.items.map(({ label, info, isName, template }): Completion => ({
    label,
    type: isName ? 'property' : 'constant',
    ...(info && { info }),
    apply: (view, completion, from, to) => snippet(template)(view, completion, from - lead, to + rest),
  }));
  return { from: found.from + lead, options, validFor: /^[\w$-]*$/ };
}

const described = hoverTooltip(async (view, at) => {
  const said = await describe(view.state.doc.toString(), at);
  if (!said) return null;
  const create = () => {
    const dom = document.createElement('div');
    dom.className = 'cm-described';
    dom.textContent = said.text;
    return { dom };
  };
  return { pos: said.from, end: said.to, above: true, create };
});

/** The part of a text that another one changes. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let end = 0;
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

const LARGE = 600;

const LABELS = {
  'aria-label': 'Policy, as JSON',
  'aria-description': 'Escape, then Tab leaves the editor. Ctrl or ⌘ and S applies the policy.',
  autocapitalize: 'off',
  spellcheck: 'false',
};

/** @param host gets a shadow root: there the editor's styles need no permission of the page's policy */
export function createEditor(host: HTMLElement, options: EditorOptions): PolicyEditor {
  const found = linter(
    async ({ state }) =>
      (await options.problems(state.doc.toString())).map(({ from, to, kind, reason }) => ({
        from,
        to,
        severity: kind === 'fault' ? 'error' : 'info',
        message: reason,
      })),
    { delay: 250 },
  );
  const apply = () => {
    options.onApply();
    return true;
  };
  const extensions = [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    search({ top: true }),
    json(),
    autocompletion({ override: [completions], icons: false }),
    described,
    found,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of(LABELS),
    EditorView.updateListener.of(({ docChanged }) => docChanged && options.onChange()),
    keymap.of([
      { key: 'Mod-s', run: apply, preventDefault: true },
      { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      indentWithTab,
    ]),
    look,
  ];
  const stateOf = (doc: string) => EditorState.create({ doc, extensions });
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({ state: stateOf(options.text), parent: root, root });
  const text = () => view.state.doc.toString();
  // What is listed below the editor takes its room: where somebody types stays in sight.
  new ResizeObserver(() => {
    const effects = EditorView.scrollIntoView(view.state.selection.main.head);
    if (view.hasFocus) view.dispatch({ effects });
  }).observe(host);

  return {
    get text() {
      return text();
    },
    change(next) {
      if (next === text()) return;
      const changes = difference(text(), next);
      const { length } = changes.insert;
      // What spans half the document is no change that could be shown as one.
      const selection = { anchor: changes.from, head: changes.from + (length < LARGE ? length : 0) };
      const effects = EditorView.scrollIntoView(changes.from, { y: 'center' });
      view.dispatch({ changes, selection, effects, userEvent: 'input' });
    },
    note: (next) =>
      view.dispatch({
        changes: difference(text(), next),
        annotations: Transaction.addToHistory.of(false),
      }),
    load: (next) => view.setState(stateOf(next)),
    goTo({ from, to }) {
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    focus: () => view.focus(),
    look: () => forceLinting(view),
  };
}
