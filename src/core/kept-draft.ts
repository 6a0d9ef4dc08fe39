import type { Draft, DraftFile } from './draft.js';
import { list, number, object, oneOf, optional, orNull, recordOf, text } from './shape.js';

const files = list(
  object({ name: text, bytes: number, type: text, id: optional(text), href: optional(text) }),
);

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
  files: optional(files),
});

/** Whether what a device has kept is a draft, as this version writes them (S03). */
export const isDraft = (value: unknown): value is Draft => shape(value);

/** Likewise, the files that go with a message. */
export const isFiles = (value: unknown): value is DraftFile[] => files(value);
