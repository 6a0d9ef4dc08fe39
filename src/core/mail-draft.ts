/**
 * E-mail drafts, for cases whose whole process is by e-mail (G14–G18). The draft is made in the page and
 * goes nowhere by itself: the customer's mail program sends it.
 */

/** What a policy says about the e-mail. Recipient, order and words are configuration (G15–G17). */
export interface MailTemplate {
  /** One plain address, `name@example.com`. */
  to: string;
  /** Ids of the fields that make up the subject, in order. */
  subject: string[];
  /** Between the fields of the subject, for example ' - '. */
  separator: string;
  /** The fields of the body, in order. */
  body: { id: string; label: string }[];
}

/** What the customer typed and what is known of the case, by field id. */
export type MailValues = Record<string, string>;

/** A draft, ready to open, copy or download. */
export interface MailDraft {
  to: string;
  subject: string;
  /** Lines end with CRLF. */
  body: string;
  /** `mailto:`, or null when longer than 1,900 characters: then copy or download. */
  href: string | null;
}

/** Chrome on Windows silently opens nothing beyond 2,046 characters; older Outlooks stop a little earlier. */
const MAX_HREF = 1_900;

/** Base64 of so many bytes keeps `Subject: ` and one encoded word within the 76 of a line (RFC 2047, 2). */
const WORD_BYTES = 39;

/** Base64 of so many bytes is a line of 76 characters (RFC 2045, 6.8). */
const LINE_BYTES = 57;

/** An addr-spec of dot-atoms (RFC 5322, 3.4.1), ASCII only: an international domain in its punycode form. */
const ADDRESS = /^(?!\.|.*\.[.@])[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d]+((\.|-+)[a-z\d]+)*$/i;

function checkAddress(to: string): string {
  if (to.length <= 254 && ADDRESS.test(to)) return to;
  throw new RangeError(
    `An e-mail goes to one plain address such as name@example.com, not to ${JSON.stringify(to)}: ` +
      'give it without a name, brackets, spaces or further addresses.',
  );
}

/** For a header: what could end it becomes a space before anything is encoded (T17). */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
}

function manyLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/\n/g, '\r\n');
}

/**
 * RFC 6068: percent-encoded UTF-8, a space is %20. URLSearchParams would write +, which mail programs show as
 * +.
 */
function hrefOf(to: string, subject: string, body: string): string | null {
  const at = to.indexOf('@');
  const recipient = encodeURIComponent(to.slice(0, at)) + to.slice(at);
  const href = `mailto:${recipient}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return href.length > MAX_HREF ? null : href;
}

/**
 * Fills a template (G15: customer - case number - brief problem; G16: `Label - value`, line by line).
 * @param template - from the policy
 * @param values - by field id; what is missing stays empty in the body, and out of the subject
 * @throws RangeError when `template.to` is not one plain address
 */
export function mailDraft(template: MailTemplate, values: MailValues): MailDraft {
  const to = checkAddress(template.to);
  const value = (id: string) => (Object.hasOwn(values, id) ? (values[id] ?? '') : '');
  const parts = template.subject.map((id) => oneLine(value(id))).filter((part) => part !== '');
  const subject = oneLine(parts.join(template.separator));
  const body = manyLines(template.body.map(({ id, label }) => `${label} - ${value(id)}`).join('\n'));
  return { to, subject, body, href: hrefOf(to, subject, body) };
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** RFC 2047 encoded words, folded. A character is never divided between two words (RFC 2047, 5). */
function encodedWords(text: string): string {
  const utf8 = new TextEncoder();
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (utf8.encode(word + character).length > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  if (word !== '') words.push(word);
  return words.map((part) => `=?UTF-8?B?${base64(utf8.encode(part))}?=`).join('\r\n ');
}

/**
 * The draft as a message file (RFC 5322, MIME). `X-Unsent` makes classic Outlook open it as a draft; From and
 * Date are left to the mail program that sends it. Customer text stands encoded in the subject and in the
 * base64 body only.
 * @throws RangeError when `draft.to` is not one plain address
 */
export function emlFile(draft: MailDraft): string {
  const body = new TextEncoder().encode(manyLines(draft.body));
  const lines: string[] = [];
  for (let from = 0; from < body.length; from += LINE_BYTES) {
    lines.push(base64(body.subarray(from, from + LINE_BYTES)));
  }
  return [
    'X-Unsent: 1',
    `To: ${checkAddress(draft.to)}`,
    `Subject: ${encodedWords(oneLine(draft.subject))}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...lines,
    '',
  ].join('\r\n');
}
