import { warnOnce } from './warn.js';

/** The value of an attribute; where it is none of those that there are the first, after a warning. */
export function oneOf(name: string, value: string, values: readonly string[]): string | undefined {
  if (values.includes(value)) return value;
  warnOnce(`${name}="${value}": must be ${values.join(' or ')}.`);
  return values[0];
}

/** An address that may have come from the one of the page: it leads somewhere, or it is none. */
export function pageAddress(href: string): string {
  const { protocol } = Object.assign(document.createElement('a'), { href });
  return /^(https?|file):/.test(protocol) ? href : '';
}
