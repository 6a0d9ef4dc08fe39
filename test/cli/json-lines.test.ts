import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFault, readJson, type Place } from '../../src/cli/json-lines.js';

const pointersOf = (value: unknown, at = ''): [pointer: string, value: unknown][] => [
  [at, value],
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) =>
        pointersOf(member, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
      )
    : []),
];

/** The text from a line and column on, as an editor that shows `\r\n`, `\n` and `\r` as line ends would go there. */
function textFrom(text: string, { line, column }: Place): string {
  const ends = [...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: end, index }) => index + end.length);
  return text.slice((line === 1 ? 0 : ends[line - 2]!) + column - 1);
}

/** The JSON value that a text begins with. */
function firstValue(text: string): unknown {
  for (let end = 1; end <= text.length; end++) {
    // A number may go on: "1" of "12" is none.
    if (/^[-\d]/.test(text) && /[\d.eE+-]/.test(text[end] ?? '')) continue;
    try {
      return JSON.parse(text.slice(0, end)) as unknown;
    } catch {
      continue;
    }
  }
  throw new Error(`no value: ${text.slice(0, 40)}`);
}

const faultOf = (text: string): JsonFault | null => {
  try {
    readJson(text);
    return null;
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
};

const anyDocument = fc.jsonValue({ maxDepth: 4 });
const anySpace = fc.constantFrom('', ' ', '  ', '\t', '    ');
const anyEnd = fc.constantFrom('\n', '\r\n', '\r');
const anyText = fc
  .tuple(anyDocument, anySpace, anyEnd)
  .map(([value, space, end]) => JSON.stringify(value, null, space).replaceAll('\n', end));

describe('a place', () => {
  it('of every pointer is where its value stands', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = readJson(text);
        expect(json.value).toEqual(JSON.parse(text));
        expect(json.twice).toEqual([]);
        for (const [pointer, value] of pointersOf(json.value))
          expect(firstValue(textFrom(text, json.placeOf(pointer)))).toEqual(value);
      }),
    );
  });

  it('of a pointer that leads nowhere is the nearest value around it', () => {
    const { placeOf } = readJson('{\n  "a": [\n    { "b": 1 }\n  ]\n}');
    expect(placeOf('/a/0/b')).toEqual({ line: 3, column: 12 });
    expect(placeOf('/a/0/c/d')).toEqual({ line: 3, column: 5 });
    expect(placeOf('/a/7')).toEqual({ line: 2, column: 8 });
    expect(placeOf('/nothing/here')).toEqual({ line: 1, column: 1 });
  });

  it('counts lines as editors do, whatever ends them', () => {
    expect(readJson('[\r1,\r\n\n 2]').placeOf('/1')).toEqual({ line: 4, column: 2 });
  });

  it('reads names as RFC 6901 writes them', () => {
    const { placeOf } = readJson('{"a/b~c":\n{"\\u0064": 7}}');
    expect(placeOf('/a~1b~0c')).toEqual({ line: 2, column: 1 });
    expect(placeOf('/a~1b~0c/d')).toEqual({ line: 2, column: 12 });
  });

  it('of a member that is there twice is that of the last, as JSON.parse has it', () => {
    const json = readJson('{ "a": { "b": 1 },\n  "a": { "c": 2 } }');
    expect(json.value).toEqual({ a: { c: 2 } });
    expect(json.twice).toEqual(['/a']);
    expect(json.placeOf('/a')).toEqual({ line: 2, column: 8 });
    expect(json.placeOf('/a/b')).toEqual({ line: 2, column: 8 });
  });
});

describe('a text that is no JSON', () => {
  it.each([
    ['', 1, 1, 'a value is expected, and the text ends'],
    ['{\n  "a": 1,\n}', 2, 9, 'a comma before the end is one too many'],
    ['[1, 2,]', 1, 6, 'a comma before the end is one too many'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"," or "}" is expected'],
    ["{ 'a': 1 }", 1, 3, 'a name in double quotes is expected'],
    ['{ "a" 1 }', 1, 7, '":" is expected'],
    ['{ "a": yes }', 1, 8, 'a value is expected'],
    ['{ "a": "b }', 1, 8, 'this string does not end'],
    ['{ "a": "b\tc" }', 1, 8, 'a character that must be escaped'],
    ['[1] 2', 1, 5, 'the text should end here'],
    ['[1', 1, 3, '"," or "]" is expected, and the text ends'],
    ['[01]', 1, 3, '"," or "]" is expected'],
    ['// a note\n{}', 1, 1, 'a value is expected'],
  ])('%j has its place: line %i, column %i', (text, line, column, reason) => {
    const fault = faultOf(text);
    expect(fault?.place).toEqual({ line, column });
    expect(fault?.message).toContain(reason);
  });

  it('is refused where it is too deep, before the stack is used up', () => {
    expect(faultOf('['.repeat(100_000))?.message).toContain('deep');
  });

  it('is refused when, and only when, JSON.parse refuses it', () => {
    const piece = fc.constantFrom(...'{}[],:"\\ \n0-.e', 'true', '1', '"a"');
    const change = fc.record({ at: fc.nat(), cut: fc.nat({ max: 2 }), piece: fc.option(piece) });
    fc.assert(
      fc.property(anyText, fc.array(change, { maxLength: 3 }), (text, changes) => {
        for (const { at, cut, piece: put } of changes) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + (put ?? '') + text.slice(from + cut);
        }
        const refused = (() => {
          try {
            JSON.parse(text);
            return false;
          } catch {
            return true;
          }
        })();
        expect(faultOf(text) !== null, text).toBe(refused);
      }),
      { numRuns: 1_000 },
    );
  });
});
