import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventStream, type StreamEvent } from '../../src/adapters/rest/event-stream.js';
import type { BackendError } from '../../src/core/backend.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = (data: string, name = 'message', id?: string): StreamEvent => ({ id, name, data });

function heard(...pieces: Uint8Array[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const take = eventStream((one) => events.push(one));
  pieces.forEach(take);
  return events;
}

describe('server-sent events, as WHATWG HTML 9.2.6 reads them', () => {
  it.each<[string, string, StreamEvent[]]>([
    ['one event', 'data: x\n\n', [event('x')]],
    ['CR', 'data: x\r\r', [event('x')]],
    ['CRLF', 'data: x\r\n\r\n', [event('x')]],
    ['all three', 'data: x\r\ndata: y\rdata: z\n\r', [event('x\ny\nz')]],
    ['LF after CR is no line of its own', 'data: x\r\ndata: y\r\n\r\n', [event('x\ny')]],
    ['a byte order mark', '\ufeffdata: x\n\n', [event('x')]],
    ['only the first one', '\ufeff\ufeffdata: x\n\n', []],
    ['a mark inside is text', 'data: \ufeff\n\n', [event('\ufeff')]],
    ['several data lines', 'data: a\ndata:\ndata: b\n\n', [event('a\n\nb')]],
    ['an empty data line is data', 'data\n\n', [event('')]],
    ['… and two are a line break', 'data\ndata\n\n', [event('\n')]],
    ['one space after the colon goes, no more', 'data:  x \n\n', [event(' x ')]],
    ['a tab stays', 'data:\tx\n\n', [event('\tx')]],
    ['colons in the value', 'data: a: b\n\n', [event('a: b')]],
    ['a name', 'event: entry\ndata: x\n\n', [event('x', 'entry')]],
    ['the last name counts', 'event: a\nevent: b\ndata: x\n\n', [event('x', 'b')]],
    ['a name is for one event', 'event: a\ndata: x\n\ndata: y\n\n', [event('x', 'a'), event('y')]],
    ['without data no event, and its name is forgotten', 'event: a\n\ndata: x\n\n', [event('x')]],
    ['an id stays', 'id: 7\ndata: x\n\ndata: y\n\n', [event('x', 'message', '7'), event('y', 'message', '7')]],
    ['… also of a block without data', 'id: 7\n\ndata: x\n\n', [event('x', 'message', '7')]],
    ['an empty id takes it back', 'id: 7\ndata: x\n\nid\ndata: y\n\n', [event('x', 'message', '7'), event('y')]],
    ['an id with NUL is none', 'id: 7\ndata: x\n\nid: 8\0\ndata: y\n\n', [event('x', 'message', '7'), event('y', 'message', '7')]],
    ['comments', ': still here\n:\ndata: x\n: data: y\n\n', [event('x')]],
    ['unknown fields, also in other letters', 'Data: a\ndatax: b\n data: c\nretry: 1\nfoo\ndata: x\n\n', [event('x')]],
    ['a block that does not end is no event', 'data: x\n\ndata: y\n', [event('x')]],
    ['nothing', '', []],
    ['empty lines', '\n\r\n\r\n\n', []],
    ['what is no UTF-8 is shown as such', 'data: \u{fffd}\n\n', [event('\u{fffd}')]],
  ])('%s', (_what, text, events) => expect(heard(bytes(text))).toEqual(events)); // prettier-ignore

  it('bytes that are no UTF-8 do not end the stream', () => {
    expect(heard(new Uint8Array([...bytes('data: '), 0xff, ...bytes('\n\ndata: y\n\n')]))).toEqual([
      event('\u{fffd}'),
      event('y'),
    ]);
  });
});

describe('wherever it is cut into pieces', () => {
  /** Text that has all that a stream may have, more often than by chance. */
  const streams = fc
    .array(
      fc.constantFrom(
        '\n', '\r', '\r\n', '\n\n', '\r\r', '\r\n\r\n', '\ndata: y\n\n', ':', ' ', '\0', '\ufeff', 'data', 'data: ', 'event: ', 'id: ', 'id', 'retry: 3', ': comment', 'é', '案', '👍🏽', 'x', '\u2028',
      ),
      { maxLength: 60 },
    )
    .map((parts) => bytes(parts.join(''))); // prettier-ignore
  const cuts = fc.array(fc.nat(400), { maxLength: 30 });

  const pieces = (whole: Uint8Array, at: number[]) => {
    const places = [0, ...at.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b);
    return places.slice(1).map((end, i) => whole.subarray(places[i], end));
  };

  it('the same events come', () => {
    let told = 0;
    fc.assert(
      fc.property(streams, cuts, (whole, at) => {
        const events = heard(whole);
        told += events.length;
        expect(heard(...pieces(whole, at))).toEqual(events);
        expect(heard(...[...whole].map((byte) => new Uint8Array([byte])))).toEqual(events);
      }),
      { numRuns: 1500 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it('what a server writes is what is heard, with any line ends', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ' '));
    const word = line.filter((text) => text !== '' && !text.includes('\0'));
    const written = fc.record({
      id: word,
      name: word,
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    });
    const ends = fc.constantFrom('\n', '\r', '\r\n');
    fc.assert(
      fc.property(fc.array(written, { maxLength: 5 }), ends, cuts, (all, end, at) => {
        const blocks = all.map(({ id, name, lines }) =>
          [`id: ${id}`, `event: ${name}`, ': comment', ...lines.map((text) => `data: ${text}`), '', ''].join(
            end,
          ),
        );
        const events = heard(...pieces(bytes(blocks.join('')), at));
        expect(events).toEqual(all.map(({ id, name, lines }) => event(lines.join('\n'), name, id)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('T10: an event that is too long', () => {
  const endless = (piece: string, first = ''): { code: unknown; taken: number } => {
    const take = eventStream(() => expect.fail('no event is complete'));
    let taken = 0;
    try {
      take(bytes(first));
      for (; taken < 8_000_000; taken += piece.length) take(bytes(piece));
    } catch (error) {
      return { code: (error as BackendError).code, taken };
    }
    return { code: 'nothing', taken };
  };

  it.each<[string, string, string]>([
    ['a line that never ends', 'x'.repeat(1000), 'data: '],
    ['a comment that never ends', 'x'.repeat(1000), ':'],
    ['a field name that never ends', 'x'.repeat(1000), ''],
    ['lines without end', `data: ${'x'.repeat(993)}\n`, ''],
    ['empty lines of data without end', 'data\n'.repeat(200), ''],
  ])('%s is `protocol`', (_what, piece, first) => {
    const { code, taken } = endless(piece, first);
    expect(code).toBe('protocol');
    expect(taken).toBeLessThan(6_000_000);
  });

  it('just below it is heard, in pieces or at once', () => {
    const long = bytes(`data: ${'x'.repeat(990_000)}\n\n`);
    expect(heard(long)[0]?.data).toHaveLength(990_000);
    expect(heard(long.subarray(0, 7), long.subarray(7))[0]?.data).toHaveLength(990_000);
  });
});
