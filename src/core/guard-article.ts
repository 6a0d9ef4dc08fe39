import type { Policy } from './policy.js';
import { list, object, optional, recordOf, text, type Shape } from './shape.js';

const words: Shape = (value) => text(value) || recordOf(text)(value);

const article = object({
  id: text,
  title: optional(words),
  url: optional(text),
  lastModified: optional(text),
  attachments: optional(list(object({ label: words, href: text }))),
});

/** The article that a policy comes from (P19), where it has one that can be shown. */
export const articleOf = (policy: Policy): Policy['article'] =>
  article(policy.article) ? policy.article : undefined;
