import type { Draft } from './draft.js';
import { list, object, oneOf, optional, orNull, recordOf, text } from './shape.js';

const shape = object({
  reasonId: text,
  details: text,
  impact: text,
  contact: orNull(
    object({ method: oneOf('telephone', 'email'), value: optional(text), when: optional(text) }),
  ),
  fields: recordOf(text),
  answers: recordOf(oneOf('yes', 'no')),
  contested: list(text),
  onBehalfOf: text,
  corrects: text,
});

/** Whether what a device has kept is a draft, as this version writes them (S03). */
export const isDraft = (value: unknown): value is Draft => shape(value);
