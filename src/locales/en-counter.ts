import type { Values } from './registry.js';

/** English for how much may still be written, in the dialog and the feed. */
export const enCounter = {
  charactersLeft: ({ left }: Values) => (left === 1 ? '1 character left' : `${left} characters left`),
  charactersOver: ({ over }: Values) => (over === 1 ? '1 character too many' : `${over} characters too many`),
};
