import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeBody, safeLine } from '../../src/core/text.js';
import { linkify, type Piece } from '../../src/core/links.js';
import { safeHref } from '../../src/core/href.js';

const ACUTE = '\u0301';
const ZWJ = '\u200D';

/** Everything that breaks things: marks, joiners, bidi controls, halves of pairs, control characters. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ACUTE,
        '\u20DD',
        ZWJ,
        '\u202E',
        '\u2066',
        '\uD83D',
        '\uDE00',
        '\0',
        '\x1B',
        '\x85',
        '\r',
      ),
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\t',
        '👩‍👩‍👧',
        'ที่',
        '\u2028',
        ACUTE.repeat(9),
        'https://a.test/',
        '(',
        ').',
      ),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** The oracle for marks: character by character, where format characters do not make a new base. */
function mostMarksOnOneBase(text: string): number {
  let most = 0;
  let marks = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) most = Math.max(most, ++marks);
    else if (!/\p{Cf}/u.test(character)) marks = 0;
  }
  return most;
}

/**
 * A million characters. What looks at each a few times is done in a moment; what looks at all of them for each would
 * need minutes, and is late for every test.
 */
const long = (unit: string, prefix = '') => prefix + unit.repeat(1_000_000 / unit.length);

describe('safeBody', () => {
  it.each([
    ['ordinary text', 'Grüße, 世界 👩‍👩‍👧 नमस्ते\n\tend', 'Grüße, 世界 👩‍👩‍👧 नमस्ते\n\tend'],
    ['markup stays text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['NUL, BEL, ANSI colours', 'a\0b\x07c\x1B[31md', 'abc[31md'],
    ['DEL and C1', 'a\x7Fb\x9Bc', 'abc'],
    ['CRLF becomes LF', 'a\r\nb', 'a\nb'],
    ['a lone high surrogate', 'a\uD83Db', 'a\uFFFDb'],
    ['a lone low surrogate', '\uDE00', '\uFFFD'],
    ['a pair the wrong way round', '\uDE00\uD83D', '\uFFFD\uFFFD'],
    ['eight marks stay', 'Z' + ACUTE.repeat(8), 'Z' + ACUTE.repeat(8)],
    ['the ninth goes', 'Z' + ACUTE.repeat(9) + 'a' + ACUTE, 'Z' + ACUTE.repeat(8) + 'a' + ACUTE],
    [
      'a joiner between marks is no new base',
      'Z' + (ACUTE + ZWJ).repeat(9),
      'Z' + (ACUTE + ZWJ).repeat(8) + ZWJ,
    ],
    ['a control between marks is none either', 'Z' + (ACUTE + '\0').repeat(9), 'Z' + ACUTE.repeat(8)],
    [
      'the flag of England: six tags',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      null,
    ],
    ['fifty joiners', ZWJ.repeat(50), null],
  ])('T5: %s', (_, text, expected) => {
    expect(safeBody(text)).toEqual({ text: expected ?? text, truncated: false });
  });

  it.each([
    ['as long as allowed', 'abcd', 4, 'abcd', false],
    ['longer', 'abcde', 4, 'abcd', true],
    ['a pair at the edge is not torn', 'abc😀', 4, 'abc', true],
    ['a pair that fits', 'ab😀c', 4, 'ab😀', true],
    ['a lone surrogate at the edge goes', 'abc\uD83Dd', 4, 'abc', true],
    ['… and one that fits is replaced', 'abc\uD83D', 4, 'abc\uFFFD', false],
  ])('T5, length: %s', (_, text, maxLength, expected, truncated) => {
    expect(safeBody(text, maxLength)).toEqual({ text: expected, truncated });
  });

  it('T5: 100,000 characters unless told otherwise', () => {
    expect(safeBody('a'.repeat(100_000))).toEqual({ text: 'a'.repeat(100_000), truncated: false });
    expect(safeBody('a'.repeat(100_001))).toEqual({ text: 'a'.repeat(100_000), truncated: true });
  });

  it('T5: whatever comes, what goes out is safe, and safe text stays as it is', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 80 }), (text, maxLength) => {
        const body = safeBody(text, maxLength);
        expect(body.text.length).toBeLessThanOrEqual(maxLength);
        expect(body.truncated).toBe(text.length > maxLength);
        expect([...body.text].filter((c) => c < ' ' && c !== '\n' && c !== '\t')).toEqual([]);
        expect(() => encodeURIComponent(body.text)).not.toThrow();
        expect(mostMarksOnOneBase(body.text)).toBeLessThanOrEqual(8);
        expect(safeBody(body.text)).toEqual({ text: body.text, truncated: false });
      }),
      { numRuns: 1_000 },
    );
  });

  it('T5: nothing else is lost', () => {
    const letters = fc.constantFrom('a', 'é', 'é', '世', '😀', '\n', '\t', ' ', 'म्', '\u202E', ZWJ);
    fc.assert(
      fc.property(fc.array(letters), (parts) => {
        const text = parts.join('');
        expect(safeBody(text).text).toBe(text);
      }),
    );
  });

  it.each([ACUTE, ZWJ, ACUTE + ZWJ, '\0', '\uD83D', 'a'])('T18: linear time for %j', (unit) => {
    expect(safeBody(long(unit), Infinity).truncated).toBe(false);
  });
});

describe('safeLine', () => {
  it.each([
    ['a name', 'Dana Reyes', 'Dana Reyes'],
    ['spaces around', '  Dana \n', 'Dana'],
    ['lines become spaces', 'a\r\nb\tc\u2028d\u2029e\x85f', 'a b c d e f'],
    ['control characters', 'Da\0na\x1B', 'Dana'],
    ['right-to-left letters stay', 'דנה רייס', 'דנה רייס'],
    ['eight marks', 'Z' + ACUTE.repeat(20), 'Z' + ACUTE.repeat(8)],
    ['nothing', '', ''],
  ])('T5: %s', (_, text, expected) => {
    expect(safeLine(text)).toBe(expected);
  });

  it('T3: a bidi override in a name is seen, not obeyed', () => {
    expect(safeLine('Owner\u202E')).toBe('Owner⟨U+202E⟩');
  });

  it.each([0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069])('T3: U+%s', (code) => {
    const name = `a${String.fromCharCode(code)}b`;
    expect(safeLine(name)).toBe(`a⟨U+${code.toString(16).toUpperCase()}⟩b`);
  });

  it.each([
    ['200 characters fit', 'a'.repeat(200), undefined, 'a'.repeat(200)],
    ['201 do not', 'a'.repeat(201), undefined, 'a'.repeat(199) + '…'],
    ['its own limit', 'abcdef', 4, 'abc…'],
    ['no half pair before the …', 'ab😀cd', 4, 'ab…'],
    ['visible controls count', 'ab\u202Ecd', 6, 'ab⟨U+…'],
    ['spaces in front do not', ' '.repeat(300) + 'Dana', undefined, 'Dana'],
    ['what was cut before cleaning counts', '\0\0\0\0abc', 4, '…'],
  ])('T3, length: %s', (_, text, maxLength, expected) => {
    expect(safeLine(text, maxLength)).toBe(expected);
  });

  it('T3: one line, no bidi controls, within the limit, and stable', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 80 }), (text, maxLength) => {
        const line = safeLine(text, maxLength);
        expect(line.length).toBeLessThanOrEqual(maxLength);

        expect(line).not.toMatch(/[\0-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
        expect(line).toBe(line.trim());
        expect(() => encodeURIComponent(line)).not.toThrow();
        expect(mostMarksOnOneBase(line)).toBeLessThanOrEqual(8);
        expect(safeLine(line, maxLength)).toBe(line);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** The addresses of security.md, chapter 7, with what each may lead to. */
const addresses: [address: string, href: string | null][] = [
  ['javascript:alert(1)', null],
  ['JaVaScRiPt:alert(1)', null],
  [' javascript:alert(1)', null],
  ['\u0001javascript:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['java\tscript:alert(1)', null],
  ['javascript\0:alert(1)', null],
  ['javascript://%0aalert(1)', null],
  ['javascript:/https://a.test/', null],
  ['data:text/html,<script>alert(1)</script>', null],
  ['vbscript:x', null],
  ['blob:https://a/b', null],
  ['file:///etc/passwd', null],
  ['filesystem:x', null],
  ['intent://x', null],
  ['tel:1', null],
  ['ws://a', null],
  ['ftp://a.test/', null],
  ['view-source:https://a.test', null],
  ['about:blank', null],
  ['//evil.test', null],
  ['/rel', null],
  ['', null],
  ['\\\\evil.test\\x', null],
  ['http:evil', null],
  ['http:/evil.test', null],
  ['https:///evil.test', null],
  ['https://\\evil.test', null],
  ['https://\n/evil.test', null],
  ['https://a.test/\nb', null],
  [' https://a.test/', null],
  ['feed:javascript:1', null],
  ['jar:javascript:1', null],
  ['http://user:pass@evil.test', null],
  ['http://user@evil.test', null],
  ['https://@evil.test', null],
  ['https://good.test@evil.test', null],
  ['https://good.test%40evil.test', null],
  ['https://a b.test', null],
  ['http://', null],
  ['mailto:', null],
  ['mailto:?bcc=a@b.test', null],
  ['https://good.test/@evil', 'https://good.test/@evil'],
  ['https://good.test?@evil', 'https://good.test/?@evil'],
  ['https://good.test#@evil', 'https://good.test/#@evil'],
  ['https://good.test\\@evil', 'https://good.test/@evil'],
  ['https://аpple.com', 'https://xn--pple-43d.com/'],
  ['https://a.test/\u202Egpj.exe', 'https://a.test/%E2%80%AEgpj.exe'],
  ['HTTPS://A.TEST/B', 'https://a.test/B'],
  ['http://a.test:8080/b?c=d#e', 'http://a.test:8080/b?c=d#e'],
  ['https://[::1]/', 'https://[::1]/'],
  ['mailto:help@a.test?subject=Case%201', 'mailto:help@a.test?subject=Case%201'],
];

describe('safeHref', () => {
  it.each(addresses)('T2: %j', (address, href) => {
    expect(safeHref(address)).toBe(href);
  });

  it.each([
    ['tel:+1-800-555-0100', 'tel:+1-800-555-0100'],
    ['TEL:+1 (800) 555.0100', 'TEL:+1(800)555.0100'],
    ['tel:911', 'tel:911'],
    ['tel:+18005550100;ext=12', 'tel:+18005550100;ext=12'],
    ['tel:', null],
    ['tel:*%2306%23', null],
    ['tel:*#06#', null],
    ['tel:+1\n2', null],
    ['tel:1;phone-context=evil', null],
    ['https://a.test/', 'https://a.test/'],
    ['javascript:alert(1)', null],
  ])('T2, where telephone numbers are welcome: %j', (address, href) => {
    expect(safeHref(address, true)).toBe(href);
  });

  it('T2: what comes out may always be a link, and comes out again', () => {
    const starts = fc.constantFrom(
      'http://',
      'https://',
      'mailto:',
      'javascript:',
      'HTTP:',
      ' ',
      '\thttps://',
      '',
    );
    fc.assert(
      fc.property(starts, fc.oneof(fc.webUrl(), hostile, fc.string()), (start, rest) => {
        const href = safeHref(start + rest);
        fc.pre(href !== null);
        const url = new URL(href, 'javascript:alert(1)');
        expect(['http:', 'https:', 'mailto:']).toContain(url.protocol);
        expect([url.username, url.password]).toEqual(['', '']);
        expect(href).toMatch(/^[\x20-\x7E]+$/);
        expect(safeHref(href)).toBe(href);
      }),
      { numRuns: 500 },
    );
  });
});

describe('linkify', () => {
  /** Shown as `plain [text](href) plain`. */
  const shown = (pieces: Piece[]) => pieces.map((p) => (p.href ? `[${p.text}](${p.href})` : p.text)).join('');
  const link = (text: string, href = text) => `[${text}](${href})`;

  it.each([
    ['nothing', '', ''],
    ['no link', 'Call me at 5: javascript:alert(1)', 'Call me at 5: javascript:alert(1)'],
    ['alone', 'https://a.test/b', link('https://a.test/b')],
    ['in a sentence', 'See https://a.test/b.', `See ${link('https://a.test/b')}.`],
    ['two', 'http://a.test/ mailto:b@a.test', `${link('http://a.test/')} ${link('mailto:b@a.test')}`],
    ['full stop, question, ellipsis', 'https://a.test/?b?!...', `${link('https://a.test/?b')}?!...`],
    ['in brackets', '(https://a.test/)', `(${link('https://a.test/')})`],
    ['its own brackets', 'https://a.test/b_(c)', link('https://a.test/b_(c)')],
    ['both', '(see https://a.test/b_(c)).', `(see ${link('https://a.test/b_(c)')}).`],
    ['an open bracket at the end', 'https://a.test/(', `${link('https://a.test/')}(`],
    ['brackets the wrong way round', 'https://a.test/)(', `${link('https://a.test/')})(`],
    ['Markdown', '[x](https://a.test/)', `[x](${link('https://a.test/')})`],
    ['bold Markdown', '**https://a.test/**', `**${link('https://a.test/')}**`],
    ['IPv6 in brackets', '[http://[::1]/]', `[${link('http://[::1]/')}]`],
    ['angle brackets, quotes', '<https://a.test/> "https://a.test/"', null],
    ['after a colon', 'URL:https://a.test/', `URL:${link('https://a.test/')}`],
    ['not in a word', 'xhttps://a.test/', 'xhttps://a.test/'],
    ['Japanese, without spaces', '詳細はhttps://a.test/b。次に', `詳細は${link('https://a.test/b')}。次に`],
    ['Chinese quotes', '“https://a.test/”', `“${link('https://a.test/')}”`],
    ['lines', 'https://a.test/\nhttps://b.test/', `${link('https://a.test/')}\n${link('https://b.test/')}`],
    ['a bad one before a good one', 'https:///x https://a.test/', `https:///x ${link('https://a.test/')}`],
    [
      'the case is kept where it means nothing',
      'HTTP://A.test/B',
      link('HTTP://A.test/B', 'http://a.test/B'),
    ],
    ['without a path', 'https://a.test', link('https://a.test', 'https://a.test/')],
  ])('T2: %s', (_, text, expected) => {
    const quoted = `<${link('https://a.test/')}> "${link('https://a.test/')}"`;
    expect(shown(linkify(text))).toBe(expected ?? quoted);
  });

  it.each([
    ['IDN', 'https://аpple.com/login', 'https://xn--pple-43d.com/login', 'https://xn--pple-43d.com/login'],
    ['IDN, port', 'https://аpple.com:444', 'https://xn--pple-43d.com:444', 'https://xn--pple-43d.com:444/'],
    [
      'IDN in percent signs',
      'https://%D0%B0pple.com',
      'https://xn--pple-43d.com',
      'https://xn--pple-43d.com/',
    ],
    ['path letters stay', 'https://a.test/日本', 'https://a.test/日本', 'https://a.test/%E6%97%A5%E6%9C%AC'],
    ['soft hyphen', 'https://a\u00AD.test/', 'https://a.test/', 'https://a.test/'],
    ['address as a number', 'http://0x7f.1/', 'http://127.0.0.1/', 'http://127.0.0.1/'],
    ['look-alike in mailto', 'mailto:a@аb.test', 'mailto:a@%D0%B0b.test', 'mailto:a@%D0%B0b.test'],
    [
      'bidi',
      'https://a.test/\u202Egpj.exe',
      'https://a.test/%E2%80%AEgpj.exe',
      'https://a.test/%E2%80%AEgpj.exe',
    ],
  ])('T2, shows where it leads: %s', (_, text, visible, href) => {
    expect(linkify(text)).toEqual([{ text: visible, href }]);
  });

  it.each(addresses)('T2: in a sentence, %j', (address) => {
    for (const { href } of linkify(`See ${address} now.`)) {
      if (href === undefined) continue;
      expect(href).toMatch(/^(https?:\/\/[^/@]+\/|mailto:[^?])/);
      expect(href).not.toContain('evil.test');
    }
  });

  it('T2: finds what was put in, and leaves the rest', () => {
    const words = fc.constantFrom(
      'see',
      'or',
      'javascript:alert(1)',
      'a@b.test',
      'http:',
      '(',
      '世界',
      '\n',
      '…',
    );
    const urls = fc.webUrl({ withQueryParameters: true }).filter((url) => /[\w/]$/.test(url));
    fc.assert(
      fc.property(fc.array(fc.tuple(words, urls)), (pairs) => {
        const text = pairs.map(([word, url]) => `${word} ${url}, `).join('');
        const pieces = linkify(text);
        expect(pieces.filter((p) => p.href).map((p) => p.href)).toEqual(
          pairs.map(([, url]) => new URL(url).href),
        );
        expect(pieces.map((p) => p.text).join('')).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('T2: whatever comes, links are safe, no piece is empty and no two plain ones meet', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const pieces = linkify(text);
        pieces.forEach((piece, i) => {
          expect(piece.text).not.toBe('');
          if (piece.href === undefined) expect(pieces[i + 1]).not.toEqual({ text: expect.anything() });
          else expect(safeHref(piece.href)).toBe(piece.href);
        });
        const plain = pieces.filter((p) => p.href === undefined).map((p) => p.text);
        plain.forEach((part) => expect(text).toContain(part));
      }),
      { numRuns: 1_000 },
    );
  });

  const units = ['http://a.', 'http://', 'https://x ', '((((', '))))', '[)', '@@@@', '....', 'mailto:', 'a'];
  it.each(units)('T18: linear time for %j', (unit) => {
    for (const prefix of ['', 'https://a.test/', 'https://']) {
      expect(linkify(long(unit, prefix))).not.toEqual([]);
    }
  });
});
