import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRequest } from '../../src/core/draft-request.js';
import { emptyDraft, type DraftFile } from '../../src/core/draft.js';
import { acceptOf, faultOf, filesGone, limitsOf, takes, typeNames, typeOf } from '../../src/core/files.js';
import { isDraft } from '../../src/core/kept-draft.js';
import { policy } from '../desk.js';

const LIMITS = { maxBytes: 1000, types: ['image/*', 'text/plain', '.log', 'application/zip'] };
const file = (name: string, bytes = 10, type = ''): DraftFile => ({ name, bytes, type });

describe('what is wrong with a file', () => {
  it.each([
    ['a.png', 10, 'image/png', null],
    ['a.PNG', 10, 'IMAGE/PNG', null],
    ['a.txt', 10, 'text/plain; charset=utf-8', null],
    // Systems name some types otherwise, or not at all.
    ['a.zip', 10, 'application/x-zip-compressed', null],
    ['a.log', 10, '', null],
    ['a.svgz', 10, 'image/svg+xml', null],
    ['a.exe', 10, 'application/x-msdownload', 'type'],
    ['a', 10, '', 'type'],
    ['constructor', 10, '', 'type'],
    ['a.constructor', 10, '', 'type'],
    ['a.log.exe', 10, '', 'type'],
    ['a.png', 1000, 'image/png', null],
    ['a.png', 1001, 'image/png', 'too-large'],
    ['a.png', 0, 'image/png', 'empty'],
    ['a.exe', 5000, '', 'type'],
  ])('%s of %i bytes, %s: %s', (name, bytes, type, fault) => {
    expect(faultOf(file(name, bytes, type), LIMITS)).toBe(fault);
  });

  it('is never that the type is refused, where the type to send it with is taken', () => {
    const names = fc.stringMatching(/^[a-z]{1,5}(\.(png|log|zip|txt|exe|csv))?$/);
    const types = fc.constantFrom('', 'image/png', 'text/plain', 'application/pdf', 'text/csv', 'x/y');
    const rules = fc.subarray(['image/*', 'text/*', '.log', 'application/zip', 'text/csv', '*/*']);
    fc.assert(
      fc.property(names, types, rules, (name, given, allowed) => {
        const type = typeOf(name, given, allowed);
        const isTaken = type !== null && allowed.some((rule) => takes(rule, name, type));
        expect(isTaken).toBe(type !== null);
        expect(faultOf(file(name, 1, given), { maxBytes: 1, types: allowed })).toBe(
          type === null ? 'type' : null,
        );
      }),
    );
  });
});

describe('the limits', () => {
  it.each([
    [undefined],
    [{}],
    [{ attach: null }],
    [{ attach: { maxBytes: '1', types: [] } }],
    [{ attach: { maxBytes: 1, types: 'image/*' } }],
    [{ attach: { types: [] } }],
  ])('of %j: nothing can be attached', (can) => expect(limitsOf(can)).toBeNull());

  it('leave out what is no type', () =>
    expect(limitsOf({ attach: { maxBytes: 1, types: ['.log', 7, null] } })).toEqual({
      maxBytes: 1,
      types: ['.log'],
    }));

  it('are what to choose from, with the endings by which a system knows its files', () =>
    expect(acceptOf(['image/png', 'text/plain', '.dmp'])).toBe(
      'image/png,text/plain,.dmp,.png,.txt,.log,.md',
    ));

  it('are said in words that people know', () => {
    const kind = (name: string) => (name === 'image' ? 'Images' : undefined);
    expect(typeNames(['image/*', 'application/pdf', '.log', 'text/plain', 'font/*', 'x/y'], kind)).toEqual([
      'Images', 'PDF', 'LOG', 'TXT', 'MD', 'FONT/*', 'X/Y',
    ]); // prettier-ignore
  });
});

it('a refusal names files by their place', () => {
  const files = ['a', 'b', 'c'];
  const at = (...pointers: string[]) => pointers.map((pointer) => ({ pointer }));
  expect(filesGone(files, at('/attachmentIds/2', '/attachmentIds/0'))).toEqual(['a', 'c']);
  expect(filesGone(files, at('/details', '/attachmentIds/x', '/attachmentIds/7'))).toEqual([]);
  expect(filesGone(files)).toEqual([]);
});

it('a request names the files that are there', () => {
  const there = { ...file('a.png'), id: 'f-1', href: '/cases/c-1/files/f-1' };
  const request = (files?: DraftFile[]) => toRequest({ ...emptyDraft, files }, policy).attachmentIds;
  expect(request([there, { ...there, id: 'f-2' }])).toEqual(['f-1', 'f-2']);
  expect(request([])).toBeUndefined();
  expect(request()).toBeUndefined();
});

it('a draft may be kept with files, and is none with anything else in their place', () => {
  const kept = (files: unknown) => isDraft(JSON.parse(JSON.stringify({ ...emptyDraft, files })));
  expect(kept([file('a.png'), { ...file('b.png'), id: 'f-1', href: '/f' }])).toBe(true);
  expect(kept(undefined)).toBe(true);
  for (const wrong of [[{}], 'a.png', [{ ...file('a'), id: 7 }], [{ ...file('a'), bytes: '1' }]])
    expect(kept(wrong)).toBe(false);
});
