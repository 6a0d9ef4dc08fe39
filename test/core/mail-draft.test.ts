import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emlFile, mailDraft, type MailTemplate } from '../../src/core/mail-draft.js';

/** The template of the Genesys process (G15, G16), with an address of ours (G17). */
const template: MailTemplate = {
  to: 'management.attention@example.com',
  subject: ['customer', 'caseNumber', 'problem'],
  separator: ' - ',
  body: [
    { id: 'caseNumber', label: 'My Support Case Number' },
    { id: 'customer', label: 'Customer Name' },
    { id: 'region', label: 'Customer Region/Country' },
    { id: 'description', label: 'Detailed problem description' },
    { id: 'impact', label: 'Business impact/Urgency rationale' },
    { id: 'product', label: 'Product' },
  ],
};

const values = {
  customer: 'Müller & Söhne',
  caseNumber: '00481516',
  problem: 'Exports stop at 100 % + 2 GB',
  region: 'EMEA/Germany',
  description: 'Since Monday:\n1. export\r\n2. stop',
  impact: 'No invoices',
  product: 'Cloud CX',
};

/** Reads `mailto:` as RFC 6068 says: split first, then decode; a + is a +. */
function readMailto(href: string) {
  const [, to = '', query = ''] = /^mailto:([^?]*)\?(.*)$/.exec(href) ?? [];
  const fields = query.split('&').map((field) => field.split('='));
  expect(fields.map((field) => field.length)).toEqual([2, 2]);
  expect(fields.map(([name]) => name)).toEqual(['subject', 'body']);
  const [subject, body] = fields.map(([, value = '']) => decodeURIComponent(value));
  return { to: decodeURIComponent(to), subject, body };
}

/** Reads a message file with Node's own base64, and strictly: every encoded word must be whole UTF-8. */
function readEml(file: string) {
  const end = file.indexOf('\r\n\r\n');
  const headers = file
    .slice(0, end)
    .replaceAll('\r\n ', ' ')
    .split('\r\n')
    .map((line) => /^([\w-]+): (.*)$/.exec(line)!.slice(1) as [string, string]);
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const { Subject = '', To } = Object.fromEntries(headers);
  const subject = Subject.split(' ')
    .filter((word) => word !== '')
    .map((word) => utf8.decode(Buffer.from(/^=\?UTF-8\?B\?([\w+/]+=*)\?=$/.exec(word)![1]!, 'base64')))
    .join('');
  const body = utf8.decode(Buffer.from(file.slice(end), 'base64'));
  return { names: headers.map(([name]) => name), To, subject, body };
}

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'a\r\nBcc: x@evil.test',
    '\uD83D',
    '&body=x',
    '100 % + 1',
    '世界',
    '😀'.repeat(40),
    'a\0\u2028b',
  ),
);
const anyValues = fc.record({
  customer: anyText,
  caseNumber: anyText,
  problem: anyText,
  description: anyText,
});

describe('mailDraft', () => {
  it('G15: subject in the order and with the separators of the process', () => {
    expect(mailDraft(template, values).subject).toBe(
      'Müller & Söhne - 00481516 - Exports stop at 100 % + 2 GB',
    );
  });

  it('G16: six lines in order, and lines of the customer stay lines', () => {
    expect(mailDraft(template, values).body).toBe(
      [
        'My Support Case Number - 00481516',
        'Customer Name - Müller & Söhne',
        'Customer Region/Country - EMEA/Germany',
        'Detailed problem description - Since Monday:',
        '1. export',
        '2. stop',
        'Business impact/Urgency rationale - No invoices',
        'Product - Cloud CX',
      ].join('\r\n'),
    );
  });

  it('G16: nothing typed yet', () => {
    const { subject, body } = mailDraft(template, { caseNumber: '1' });
    expect(subject).toBe('1');
    expect(body.split('\r\n').slice(0, 2)).toEqual(['My Support Case Number - 1', 'Customer Name - ']);
    expect(body.split('\r\n')).toHaveLength(6);
  });

  it('G17, G18: recipient, order, separator and labels are configuration', () => {
    const body = [{ id: 'b', label: 'B' }];
    const other = { to: 'x@example.org', subject: ['b', 'a'], separator: ': ', body };
    expect(mailDraft(other, { a: '1', b: '2' })).toEqual({
      to: 'x@example.org',
      subject: '2: 1',
      body: 'B - 2',
      href: 'mailto:x@example.org?subject=2%3A%201&body=B%20-%202',
    });
  });

  it('only what belongs to the values counts', () => {
    expect(mailDraft({ ...template, subject: ['toString', 'constructor'] }, {}).subject).toBe('');
  });

  it.each([
    ['line breaks', 'a\r\nBcc: evil@evil.test', 'a Bcc: evil@evil.test'],
    ['a lone line feed, a lone return', 'a\nb\rc', 'a b c'],
    ['control characters', 'a\0b\x1Bc\x7Fd\x85e', 'a b c d e'],
    ['line separators', 'a\u2028b\u2029c', 'a b c'],
    ['lone surrogates', 'a\uD83Db', 'a\uFFFDb'],
    ['spaces around', ' \n a \n ', 'a'],
  ])('T17: %s in the subject', (_, problem, expected) => {
    const { subject, href } = mailDraft({ ...template, subject: ['problem'] }, { problem });
    expect(subject).toBe(expected);
    expect(readMailto(href!).subject).toBe(expected);
  });

  it('T17: a separator with a line break does not get into the subject', () => {
    expect(mailDraft({ ...template, separator: '\r\n' }, values).subject).toMatch(/^[^\r\n]+$/);
  });

  it.each([
    ['control characters but tabs and lines', 'a\0\x1Bb\x7F\tc', 'a' + 'b\tc'],
    ['every kind of line break', 'a\nb\rc\r\nd\n\ne', 'a\r\nb\r\nc\r\nd\r\n\r\ne'],
    ['lone surrogates', 'a\uDE00b', 'a\uFFFDb'],
    ['zalgo is the own text of the customer', 'a' + '\u0301'.repeat(20), 'a' + '\u0301'.repeat(20)],
  ])('T17: %s in the body', (_, text, expected) => {
    const body = [{ id: 'text', label: 'Text' }];
    expect(mailDraft({ ...template, body }, { text }).body).toBe(`Text - ${expected}`);
  });

  it.each([
    'a@example.com',
    "o'brien+esc.al_ation-1%x@mail-1.example.com",
    'a@localhost',
    'a@xn--pple-43d.com',
    `${'a'.repeat(242)}@example.com`,
  ])('G17: %s is a recipient', (to) => {
    const draft = mailDraft({ ...template, to }, {});
    expect(draft.to).toBe(to);
    expect(readMailto(draft.href!).to).toBe(to);
    expect(draft.href).toMatch(/^mailto:[\w%.'-]+@[\w.-]+\?subject=/);
  });

  it.each([
    '',
    'example.com',
    '@example.com',
    'a@',
    'a b@example.com',
    'a@b@example.com',
    'a@example.com,b@example.com',
    'a@example.com;b@example.com',
    'A <a@example.com>',
    '"a b"@example.com',
    'a@example.com?bcc=b@example.com',
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com\n',
    ' a@example.com',
    '.a@example.com',
    'a.@example.com',
    'a..b@example.com',
    'a@.example.com',
    'a@example..com',
    'a@-example.com',
    'a@example-.com',
    'a@example.com.',
    'a@аpple.com',
    `${'a'.repeat(243)}@example.com`,
  ])('T17: %j is none, and the error says what to do', (to) => {
    const make = () => mailDraft({ ...template, to }, values);
    expect(make).toThrow(RangeError);
    expect(make).toThrow(/one plain address such as name@example\.com.*give it without/s);
  });

  it('RFC 6068: percent-encoded, a space is %20, a plus is %2B, a line break %0D%0A', () => {
    const { href } = mailDraft(template, values);
    expect(href).toContain('subject=M%C3%BCller%20%26%20S%C3%B6hne%20-%2000481516%20-%20Exports');
    expect(href).toContain('100%20%25%20%2B%202%20GB&body=');
    expect(href).toContain('Since%20Monday%3A%0D%0A1.%20export%0D%0A2.%20stop%0D%0ABusiness');
  });

  it('RFC 6068: round trip, whatever is typed', () => {
    fc.assert(
      fc.property(anyValues, (typed) => {
        const { href, ...draft } = mailDraft(template, typed);
        fc.pre(href !== null);
        expect(readMailto(href)).toEqual(draft);
        expect(href).toMatch(/^mailto:[\w.@]+\?[\w%.!~*'()=&-]+$/);
        // A mail program that reads a query as a form would see the same.
        const form = new URL(href).searchParams;
        expect([...form]).toEqual([
          ['subject', draft.subject],
          ['body', draft.body],
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('T17: 1,900 characters open a mail program, 1,901 do not', () => {
    const withText = (length: number) => mailDraft(template, { description: 'x'.repeat(length) });
    const room = 1_900 - withText(0).href!.length;
    expect(withText(room).href).toHaveLength(1_900);
    expect(withText(room + 1).href).toBeNull();
    expect(withText(room + 1).body).toContain('x'.repeat(room + 1));
  });

  it('T17: what counts is the encoded length', () => {
    expect(mailDraft(template, { description: '世'.repeat(200) }).href).toBeNull();
    expect(mailDraft(template, { description: 'x'.repeat(200) }).href).not.toBeNull();
  });
});

describe('emlFile', () => {
  it('G16: a draft, word for word', () => {
    const body = [{ id: 'text', label: 'Text' }];
    const draft = mailDraft({ ...template, subject: ['text'], body }, { text: 'Grüße' });
    expect(emlFile(draft)).toBe(
      'X-Unsent: 1\r\n' +
        'To: management.attention@example.com\r\n' +
        'Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n' +
        'MIME-Version: 1.0\r\n' +
        'Content-Type: text/plain; charset=utf-8\r\n' +
        'Content-Transfer-Encoding: base64\r\n' +
        '\r\n' +
        'VGV4dCAtIEdyw7zDn2U=\r\n',
    );
  });

  it('G16: the same text as the draft, in lines that may be sent, with these headers only', () => {
    const names = ['X-Unsent', 'To', 'Subject', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'];
    fc.assert(
      fc.property(anyValues, (typed) => {
        const draft = mailDraft(template, typed);
        const file = emlFile(draft);
        expect(readEml(file)).toEqual({ names, To: draft.to, subject: draft.subject, body: draft.body });
        // RFC 5322: CRLF only; RFC 2045 and 2047: lines of at most 76 characters, encoded words of at most 75.
        for (const line of file.split('\r\n')) expect(line).toMatch(/^[\x20-\x7E]{0,76}$/);
        for (const word of file.match(/=\?.*?\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
        expect(file.endsWith('\r\n')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('RFC 2047: a long subject is folded between characters', () => {
    const problem = 'Übergröße 世界 😀'.repeat(20);
    const file = emlFile(mailDraft({ ...template, subject: ['problem'] }, { problem }));
    expect(readEml(file).subject).toBe(problem);
    expect(file.match(/\r\n =\?UTF-8/g)!.length).toBeGreaterThan(5);
  });

  it('T17: also for a draft that mailDraft did not make', () => {
    const draft = { to: 'a@example.com', subject: 'a\r\nBcc: b@example.com', body: 'x\ny\0', href: null };
    expect(readEml(emlFile(draft))).toMatchObject({ subject: 'a Bcc: b@example.com', body: 'x\r\ny' });
    expect(() => emlFile({ ...draft, to: 'a@example.com\r\nBcc: b@example.com' })).toThrow(RangeError);
  });

  it('G16: no customer text in a header, not even harmless text', () => {
    const head = emlFile(mailDraft(template, values)).split('\r\n\r\n')[0];
    for (const value of Object.values(values)) expect(head).not.toContain(value);
  });

  it('B14: a body of 300 kB', () => {
    const draft = mailDraft(template, { description: '世'.repeat(100_000) });
    expect(readEml(emlFile(draft)).body).toBe(draft.body);
  });
});
