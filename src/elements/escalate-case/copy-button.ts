import type { TemplateResult } from 'lit';
import { linkButton } from '../buttons.js';
import { copy } from './actions.js';
import type { Base } from './view.js';

/** The word on a button that copies: what it does, or what has become of it. */
export const copyWord = ({ copied }: { copied: string }, name: string, word: string): string =>
  copied === name ? 'copied' : copied === `${name}?` ? 'selected' : word;

/** Copies what was typed; where that cannot be, the field that holds it is selected. */
export const renderCopy = ({ dialog, say, typed }: Base): TemplateResult =>
  linkButton(say(copyWord(dialog.filled, 'text', 'copyText')), (event) => {
    const root = (event.target as HTMLElement).getRootNode() as ShadowRoot;
    void copy(dialog, 'text', typed, root.querySelector<HTMLElement>('pre, [part~="textarea"]'));
  });
