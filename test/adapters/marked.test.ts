import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marked, unmarked } from '../../src/adapters/lib/marked.js';
import type { Said } from '../../src/adapters/lib/tickets.js';

const KINDS: [string, Said][] = [
  ['[Under review]', { kind: 'status', status: 'under-review', text: '' }],
  ['[Resolved] Fixed in 9.4.1', { kind: 'status', status: 'resolved', text: 'Fixed in 9.4.1' }],
  ['[Withdrawn]', { kind: 'status', status: 'withdrawn', text: '' }],
  ['[Accepted] We take it on.', { kind: 'decision', status: 'accepted', text: 'We take it on.' }],
  ['[Declined] Not yet.', { kind: 'decision', status: 'declined', text: 'Not yet.' }],
  ['[Next steps] One\nTwo', { kind: 'next-steps', text: 'One\nTwo' }],
  ['[Promise] By noon', { kind: 'promise', text: 'By noon' }],
  ['[Promise kept: p-1] By noon', { kind: 'promise', text: 'By noon', about: 'p-1' }],
  ['[Update asked for]', { kind: 'notice', text: '' }],
  ['[Moved to the case: 12]', { kind: 'moved', text: '', about: '12' }],
  ['Any news?', { kind: 'message', text: 'Any news?' }],
  ['[Message] [Accepted] by me', { kind: 'message', text: '[Accepted] by me' }],
  ['[Message] [Message]', { kind: 'message', text: '[Message]' }],
  ['[acme] is down', { kind: 'message', text: '[acme] is down' }],
];

describe('what an entry is stands before its words', () => {
  it.each(KINDS)('%s', (comment, said) => {
    expect(marked(said)).toBe(comment);
    expect(unmarked(comment, false)).toEqual(said);
  });

  it('a customer decides and promises nothing; they withdraw, reopen, ask and move', () => {
    const theirs = KINDS.map(([comment]) => [comment, unmarked(comment, true).kind]);
    expect(Object.fromEntries(theirs)).toMatchObject({
      '[Under review]': 'status',
      '[Resolved] Fixed in 9.4.1': 'message',
      '[Withdrawn]': 'status',
      '[Accepted] We take it on.': 'message',
      '[Declined] Not yet.': 'message',
      '[Next steps] One\nTwo': 'message',
      '[Promise] By noon': 'message',
      '[Update asked for]': 'notice',
      '[Moved to the case: 12]': 'moved',
    });
  });

  it('any message comes back as it was, whoever wrote it', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .constantFrom(...KINDS.map(([comment]) => comment))
        .chain((mark) => fc.string().map((rest) => mark + rest)),
    );
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isTheirs) => {
        expect(unmarked(marked({ kind: 'message', text }), isTheirs)).toEqual({ kind: 'message', text });
      }),
    );
  });
});
