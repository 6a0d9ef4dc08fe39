import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the colours of the page: its custom properties come through the shadow root, in both schemes. */

const words = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--blue)' },
  { tag: tags.string, color: 'var(--green)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--amber)' },
  { tag: tags.invalid, color: 'var(--red)' },
]);

const underlined = (color: string) => ({
  // Its own is an image in a data: address, which the page's policy does not load.
  backgroundImage: 'none',
  paddingBottom: '0',
  textDecoration: `underline 2px ${color}`,
  textDecorationSkipInk: 'none',
  textUnderlineOffset: '3px',
});
const sign = (mark: string, color: string) => ({
  content: `"${mark}"`,
  display: 'block',
  color,
  fontWeight: '700',
  textAlign: 'center',
});

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--card)', fontSize: 'var(--code)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    lineHeight: '1.6',
    overscrollBehavior: 'contain',
  },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--muted)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--line-here)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--selected)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selected)' },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--sunken)',
    borderColor: 'var(--line)',
    color: 'var(--muted)',
  },
  '.cm-lintRange-error, .cm-lintRange-error.cm-lintRange-active': underlined('var(--red)'),
  '.cm-lintRange-info, .cm-lintRange-info.cm-lintRange-active': underlined('var(--amber)'),
  '.cm-lint-marker': { width: '1em', height: 'auto' },
  '.cm-lint-marker-error, .cm-lint-marker-info': { content: 'none' },
  '.cm-lint-marker-error::before': sign('✕', 'var(--red)'),
  '.cm-lint-marker-info::before': sign('!', 'var(--amber)'),
  '.cm-diagnostic': { padding: '4px 8px', whiteSpace: 'normal' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--red)' },
  '.cm-diagnostic-info': { borderLeft: '4px solid var(--amber)' },
  '.cm-tooltip': {
    maxWidth: 'min(28rem, calc(100vw - 24px))',
    backgroundColor: 'var(--card)',
    color: 'var(--text)',
    border: '1px solid var(--edge)',
    borderRadius: '4px',
    boxShadow: '0 4px 12px rgb(0 0 0 / 20%)',
    fontSize: 'var(--small)',
  },
  '.cm-described': { padding: '6px 10px', whiteSpace: 'pre-line' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px', minHeight: 'var(--tap)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--blue)',
    color: 'var(--on-blue)',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '20rem' },
  '.cm-panels': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--text)',
    borderColor: 'var(--line)',
    fontSize: 'var(--small)',
  },
  '.cm-textfield, .cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--card)',
    borderColor: 'var(--edge)',
    color: 'var(--text)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--amber-soft)' },
});

export const look: Extension = [theme, syntaxHighlighting(words)];
