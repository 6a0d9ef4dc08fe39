import './elements/clobbering.js';
import { warnOnce } from './elements/warn.js';

/** Registers an element. A tag that is taken stays as it is: a second definition would throw into the host page. */
export function register(tag: string, element: CustomElementConstructor & { version: string }): void {
  const known = customElements.get(tag) as { version?: string } | undefined;
  if (!known) customElements.define(tag, element);
  else if (known.version !== element.version)
    warnOnce(`<${tag}> is already defined, in version ${known.version}.`);
}
