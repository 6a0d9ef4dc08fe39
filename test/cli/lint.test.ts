import { describe, expect, it } from 'vitest';
import type { Placed } from '../../src/cli/lint.js';
import { documents, smallest } from '../core/cases.js';
import { shell } from './command.js';

const silent = { ...smallest(), actors: { customer: { label: 'Customer' } } };
const unused = {
  ...smallest(),
  contacts: { desk: { name: 'Desk', phones: [{ number: '+1 555 0100' }], alternative: 'Use a relay.' } },
};

describe('lint', () => {
  it('finds nothing in the policies that come with the package', async () => {
    const seen = await shell('lint a.json b.json c.json', {
      'a.json': documents.genesys,
      'b.json': documents['pulse-secure'],
      'c.json': documents.standard,
    });
    expect(seen).toEqual({ code: 0, out: '0 errors, 0 warnings in 3 policies\n', err: '' });
  });

  it('says where a contradiction is, what it is, and what to do', async () => {
    const text = JSON.stringify(silent, null, 2);
    const line = text.split('\n').findIndex((row) => row.includes('"actors"')) + 1;
    const { code, out } = await shell('lint own.json', { 'own.json': text });
    expect(code).toBe(1);
    expect(out).toBe(
      `own.json:${line}:13  error    Nobody takes and decides requests; mark an actor with "reviews": true (G32).  (nobody-reviews)\n` +
        '1 error, 0 warnings in 1 policy\n',
    );
  });

  it('goes on with warnings: they are no reason to stop a build', async () => {
    const { code, out } = await shell('lint own.json', { 'own.json': unused });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^own\.json:\d+:\d+ {2}warning {2}Nothing names the contact "desk".*\(unused-contact\)$/m,
    );
    expect(out).toMatch(/\n0 errors, 1 warning in 1 policy\n$/);
  });

  it('names every fault of the shape at its line, those of a missing member at what should have it', async () => {
    const { code, out } = await shell('lint own.json', {
      'own.json': JSON.stringify({ ...smallest(), id: 'My Policy', title: undefined }, null, 2),
    });
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'own.json:1:1  error    /title is missing: must be a text, or an object of texts by language.  (shape)',
      'own.json:3:9  error    /id must be lower-case letters, digits and hyphens.  (shape)',
      '2 errors, 0 warnings in 1 policy',
      '',
    ]);
  });

  it('names the place where a text stops being JSON', async () => {
    const { code, out } = await shell('lint own.json', { 'own.json': '{\n  "id": "own",\n}\n' });
    expect(code).toBe(1);
    expect(out).toContain('own.json:2:14  error    The text is not JSON: a comma before the end');
    expect(out).toContain('(syntax)');
  });

  it('finds a member that is there twice, and one that is written wrong', async () => {
    const text = JSON.stringify(smallest(), null, 2)
      .replace('"language": "en",', '"language": "en",\n  "language": "de",')
      .replace('"label": "Other"', '"label": "Other",\n      "whenToSelct": "Always."');
    const { out } = await shell('lint own.json', { 'own.json': text });
    expect(out).toMatch(/^own\.json:6:15 {2}error {4}\/language stands there twice.*\(duplicate-member\)$/m);
    expect(out).toMatch(
      /warning {2}\/reasons\/0\/whenToSelct is nothing that a policy knows.*\(unknown-member\)$/m,
    );
  });

  it('reads the standard input as "-", and a file that begins with a byte order mark', async () => {
    expect((await shell('lint -', { '-': `\uFEFF${JSON.stringify(smallest())}` })).code).toBe(0);
  });

  it('looks at the clock for what passes with time', async () => {
    const later = { now: () => new Date('2040-01-01T00:00:00Z') };
    expect((await shell('lint a.json', { 'a.json': documents.genesys }, later)).out).toContain(
      '(holidays-over)',
    );
  });

  it('prints a list with --json, in the order of files and lines', async () => {
    const { code, out, err } = await shell('lint --json a.json b.json', { 'a.json': silent, 'b.json': '{' });
    expect([code, err]).toEqual([1, '']);
    const found = JSON.parse(out) as Placed[];
    expect(found.map(({ path, rule, severity, pointer }) => [path, rule, severity, pointer])).toEqual([
      ['a.json', 'nobody-reviews', 'error', '/actors'],
      ['b.json', 'syntax', 'error', ''],
    ]);
    expect(found[1]).toMatchObject({ line: 1, column: 2 });
    expect(JSON.parse((await shell('lint --json a.json', { 'a.json': smallest() })).out)).toEqual([]);
  });

  it('keeps the escapes of a document out of the terminal, and colours only where they are shown', async () => {
    const files = {
      'own.json': { ...smallest(), lifecycle: { ...smallest().lifecycle, withdraw: ['x\u001b[2J'] } },
    };
    expect((await shell('lint own.json', files)).out).not.toContain('\u001b');
    expect((await shell('lint own.json', { 'own.json': silent }, { color: true })).out).toContain(
      '\u001b[31merror',
    );
  });
});

describe('the command line', () => {
  it.each([
    ['', 'Say what to do.'],
    ['frobnicate', 'There is no command "frobnicate".'],
    ['lint', 'lint needs at least one policy.'],
    ['lint - -', 'Only one of the files'],
    ['lint --now 2026-05-12T14:00:00Z a.json', 'lint knows no --now'],
    ['lint --frob a.json', '--frob'],
    ['explain a.json', 'explain needs a policy and the facts'],
    ['explain a.json b.json c.json', 'explain needs a policy and the facts'],
  ])('"%s" is answered with how to use it, and 2', async (line, words) => {
    const { code, out, err } = await shell(line, { 'a.json': smallest() });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(err).toContain('Usage:');
  });

  it('a file that is not there is named, and nothing is half printed', async () => {
    const seen = await shell('lint a.json nope.json', { 'a.json': silent });
    expect(seen).toEqual({ code: 2, out: '', err: 'nope.json cannot be read: there is no such file.\n' });
  });

  it('--help says what there is, --version which one', async () => {
    const help = await shell('--help');
    expect([help.code, help.err]).toEqual([0, '']);
    for (const words of ['lint', 'explain', '"openEscalation"', 'rcaRequestedAt', 'Exit code'])
      expect(help.out).toContain(words);
    expect(await shell('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });
});
