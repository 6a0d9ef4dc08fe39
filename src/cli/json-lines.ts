/**
 * Where each value of a JSON text stands: `JSON.parse` makes the values and forgets the lines. Strict as RFC 8259 is;
 * what this reads, `JSON.parse` reads too.
 */

/** A place in a text, as editors count: both from 1, columns in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

/** What a text is, and where. */
export interface JsonText {
  value: unknown;
  /** Where the value at a JSON pointer begins; of one that is not there, the nearest value around it. */
  placeOf(pointer: string): Place;
  /** Pointers of members that stand in one object twice: the last one counts, and the others are lost. */
  twice: string[];
}

/** A text that is no JSON, with the place where it stops being one. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly place: Place;

  constructor(reason: string, place: Place) {
    super(reason);
    this.place = place;
  }
}

/** Deeper documents would use up the stack; a policy has about ten levels. */
const MAX_DEPTH = 500;

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;

/** Walks over a JSON text and notes where every value begins. */
class Scanner {
  readonly starts = new Map<string, number>();
  readonly twice: string[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    this.#value('', 0);
    if (this.#at < this.#text.length) this.#fail('the text should end here');
  }

  #value(pointer: string, depth: number): void {
    this.#take(SPACE);
    this.starts.set(pointer, this.#at);
    if (depth > MAX_DEPTH) this.#fail(`is nested more than ${MAX_DEPTH} deep`);
    const next = this.#text[this.#at];
    if (next === '{') this.#object(pointer, depth);
    else if (next === '[') this.#array(pointer, depth);
    else if (next === '"') this.#string();
    else if (this.#take(NUMBER) === '' && this.#take(WORD) === '') this.#fail('a value is expected');
    this.#take(SPACE);
  }

  #object(pointer: string, depth: number): void {
    const seen = new Set<string>();
    this.#items('}', () => {
      const name = this.#string();
      const member = `${pointer}/${escaped(name)}`;
      if (seen.has(name)) this.#forget(member);
      seen.add(name);
      this.#take(SPACE);
      this.#expect(':');
      this.#value(member, depth + 1);
    });
  }

  #array(pointer: string, depth: number): void {
    let i = 0;
    this.#items(']', () => this.#value(`${pointer}/${i++}`, depth + 1));
  }

  #items(end: '}' | ']', item: () => void): void {
    this.#at++;
    this.#take(SPACE);
    if (this.#text[this.#at] !== end) {
      item();
      this.#take(SPACE);
      while (this.#text[this.#at] === ',') {
        const comma = this.#at++;
        this.#take(SPACE);
        if (this.#text[this.#at] === end) this.#fail('a comma before the end is one too many', comma);
        item();
        this.#take(SPACE);
      }
    }
    this.#expect(end, `"," or "${end}"`);
  }

  #string(): string {
    const start = this.#at;
    const quoted = this.#take(STRING);
    if (quoted !== '') return JSON.parse(quoted) as string;
    return this.#fail(
      this.#text[start] === '"'
        ? 'this string does not end, or holds a character that must be escaped'
        : 'a name in double quotes is expected',
    );
  }

  /** The earlier of two members with one name is gone, with all that is in it. */
  #forget(member: string): void {
    this.twice.push(member);
    for (const pointer of this.starts.keys())
      if (pointer === member || pointer.startsWith(`${member}/`)) this.starts.delete(pointer);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #expect(character: string, words = `"${character}"`): void {
    if (this.#text[this.#at] !== character) this.#fail(`${words} is expected`);
    this.#at++;
  }

  #fail(reason: string, at = this.#at): never {
    const end = at >= this.#text.length ? ', and the text ends' : '';
    throw new JsonFault(`is not JSON: ${reason}${end}`, placeAt(this.#text, at));
  }
}

/**
 * Reads a JSON text with the places of its values.
 * @throws JsonFault where it is none
 */
export function readJson(text: string): JsonText {
  const scanner = new Scanner(text);
  scanner.scan();
  return {
    value: JSON.parse(text) as unknown,
    twice: scanner.twice,
    placeOf(pointer) {
      let near = pointer;
      while (!scanner.starts.has(near)) near = near.slice(0, near.lastIndexOf('/'));
      return placeAt(text, scanner.starts.get(near) ?? 0);
    },
  };
}
