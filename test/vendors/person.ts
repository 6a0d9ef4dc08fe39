import fc from 'fast-check';
import { expect } from 'vitest';
import type { Backend, BackendError, Call, Tagged } from '../../src/core/backend.js';
import { newId } from '../../src/core/id.js';
import type { Action, Entry, EntryQuery, User } from '../../src/core/model.js';
import { request } from '../desk.js';

/** What people do at a help desk, each as themself, and what has to be so at every maker's. */

/** @returns the code of a failure; `an answer` where there is none */
export const codeOf = (work: Promise<unknown> | undefined): Promise<string> =>
  Promise.resolve(work).then(
    () => 'an answer',
    (error: BackendError) => error.code,
  );

function fresh<T>(found: Tagged<T> | 'not-modified'): T {
  if (found === 'not-modified') throw new Error('no etag was given');
  return found.value;
}

export function personAt(backend: Backend, call: Call) {
  const escalation = async (id: string) => fresh(await backend.escalation!(id, call));
  return {
    backend,
    call,
    escalation,
    // Some makers number their cases.
    load: async (caseId: string | number) => fresh(await backend.load(String(caseId), call)),
    entries: async (id: string, query: EntryQuery = {}) => fresh(await backend.entries!(id, query, call)),
    queue: async () => fresh(await backend.queue!({}, call)),
    escalate: (caseId: string | number, key?: string, body = request) =>
      backend.escalate(String(caseId), body, { ...call, key }),
    post: (id: string, text: string, clientId = newId()) => backend.post!(id, { clientId, text }, call),
    /** `etag`: the escalation as this person last saw it. */
    act: (id: string, action: Action, etag?: string) =>
      backend.act!(id, action, { ...call, etag }).then(({ value }) => value),
  };
}
export type Person = ReturnType<typeof personAt>;

/** The same people, all of whose looks are at one case. */
export const peopleAtCase =
  (backend: Backend, callOf: (user: User) => Call, caseId: string) => (user: User) => {
    const person = personAt(backend, callOf(user));
    return {
      ...person,
      load: () => person.load(caseId),
      escalate: (key = newId(), body = request) => person.escalate(caseId, key, body),
    };
  };

/** All entries, from the newest page back to the first entry. */
export async function readBack({ entries }: Pick<Person, 'entries'>, id: string, limit: number) {
  const pages: Entry[][] = [];
  let before: string | null | undefined;
  while (before !== null) {
    const page = await entries(id, before === undefined ? { limit } : { limit, before });
    pages.unshift(page.entries);
    before = page.before;
  }
  return pages.flat();
}

/** All entries, from the first one on until there is nothing new. */
export async function readOn({ entries }: Pick<Person, 'entries'>, id: string, limit: number) {
  const all: Entry[] = [];
  for (let after = '0'; ;) {
    const page = await entries(id, { after, limit });
    all.push(...page.entries);
    if (page.after === after) return all;
    after = page.after;
  }
}

/**
 * Whatever somebody writes is there byte for byte, as a message of theirs.
 * @param start what a text may begin with: the marks by which an adapter knows its own entries
 * @param unit of the random text: `binary` has control characters and lone spaces too
 */
export async function keepsEveryText(
  by: (user: User) => Pick<Person, 'post' | 'entries'>,
  id: string,
  { authors, reader, start, unit, runs }: {
    authors: readonly User[];
    reader: User;
    start: readonly string[];
    unit: 'binary' | 'grapheme';
    runs: number;
  },
): Promise<void> {
  const text = fc
    .tuple(fc.constantFrom('', ...start), fc.string({ unit, minLength: 1, maxLength: 60 }))
    .map((parts) => parts.join(''))
    .filter((words) => words.trim() !== '');
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...authors), async (words, author) => {
      const made = await by(author).post(id, words);
      const seen = (await by(reader).entries(id, { limit: 1 })).entries[0];
      expect([made.kind, made.text, made.author.id]).toEqual(['message', words, author.id]);
      expect([seen?.id, seen?.kind, seen?.text]).toEqual([made.id, 'message', words]);
    }),
    { numRuns: runs },
  );
} // prettier-ignore

/**
 * Ids and cursors that a caller makes up are refused.
 * @param id an escalation that is there
 * @param foreign what could get into a query or an address, beside any text
 * @param also what else has to be so, after each
 */
export async function refusesWhatIsMadeUp(
  { backend, call, entries }: Person,
  id: string,
  { foreign, also }: { foreign: fc.Arbitrary<string>; also: (text: string) => void | Promise<void> },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), foreign), async (text) => {
      const codes = await Promise.all(
        [
          backend.load(text, call),
          backend.escalation!(text, call),
          backend.note!(text, { kind: 'reply', text: 'Hello' }, call),
          backend.escalate(text, request, call),
          entries(id, { before: text.replace(/\s/g, '_') }),
        ].map(codeOf),
      );
      expect(codes).toEqual([...Array<string>(4).fill('not-found'), 'bad-cursor']);
      await also(text);
    }),
    { numRuns: 60 },
  );
}
