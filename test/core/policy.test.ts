import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy, PolicyError } from '../../src/core/policy.js';
import schema from '../../src/policies/policy.schema.json' with { type: 'json' };
import { documents, smallest, standard } from './cases.js';

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
type Node = { [member: string]: Node } & Node[];

const copy = (value: unknown = documents.genesys) => structuredClone(value) as Node;
const steps = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function faultsOf(document: unknown): { pointer: string; reason: string }[] {
  try {
    parsePolicy(document);
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
  return [];
}

/** Puts a value at a pointer; `undefined` takes the member away. */
function put(document: unknown, pointer: string, value: unknown): void {
  const path = steps(pointer);
  const last = path.pop() as string;
  const parent = path.reduce((node, step) => node[step] as Node, document as Node);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value as Node;
}

describe('a fault has the path and the reason', () => {
  const table: [what: string, at: string, value: unknown, pointer: string, reason: string][] = [
    ['a missing member', '/reasons', undefined, '/reasons', 'is missing: array expected'],
    [
      'a missing choice',
      '/form/reasons',
      undefined,
      '/form/reasons',
      'is missing: must be "select" or "radios"',
    ],
    [
      'a missing text',
      '/title',
      undefined,
      '/title',
      'is missing: must be a text, or an object of texts by language',
    ],
    ['a wrong type', '/id', 7, '/id', 'must be: string'],
    [
      'a number for a text',
      '/form/title',
      7,
      '/form/title',
      'must be a text, or an object of texts by language',
    ],
    ['an empty text', '/form/title', '', '/form/title', 'must be at least 1 long'],
    ['an empty text of a language', '/title', { de: '' }, '/title/de', 'must be at least 1 long'],
    ['a text in no language', '/title', {}, '/title', 'must have a text in at least one language'],
    ['null for an object', '/form', null, '/form', 'must be: object'],
    ['a document of another version', '/schemaVersion', 2, '/schemaVersion', 'must be 1'],
    ['an id with spaces', '/id', 'Our Policy', '/id', 'must be lower-case letters, digits and hyphens'],
    [
      'a wrong choice',
      '/reasons/0/details',
      'maybe',
      '/reasons/0/details',
      'must be "required" or "recommended" or "optional"',
    ],
    [
      'a wrong fact',
      '/channels/1/when/priority/0',
      'urgent',
      '/channels/1/when/priority/0',
      'must be "low" or "medium" or "high" or "critical"',
    ],
    [
      'an unknown channel',
      '/channels/0/use',
      'fax',
      '/channels/0/use',
      'must be "form" or "email" or "contact" or "link" or "none"',
    ],
    ['a criterion without kind', '/criteria/0/kind', undefined, '/criteria/0/kind', 'must be "case-open" or'],
    ['an empty list', '/reasons', [], '/reasons', 'must be at least 1 long'],
    ['a time of 0 hours', '/lifecycle/responseHours', 0, '/lifecycle/responseHours', 'must be more than 0'],
    ['a window of -1 days', '/lifecycle/reopenDays', -1, '/lifecycle/reopenDays', 'must be at least 0'],
    ['half a business day', '/criteria/6/days/cloud', 2.5, '/criteria/6/days/cloud', 'must be: int'],
    [
      'business days beyond a year',
      '/criteria/6/days/cloud',
      367,
      '/criteria/6/days/cloud',
      'must be at most 366',
    ],
    ['an eighth weekday', '/calendar/days/0', 8, '/calendar/days/0', 'must be at most 7'],
    [
      'an unknown time zone',
      '/calendar/timeZone',
      'Europe/Atlantis',
      '/calendar/timeZone',
      'must be an IANA time zone',
    ],
    ['a time that no clock shows', '/calendar/hours/to', '5 pm', '/calendar/hours/to', 'must be HH:MM'],
    [
      'hours reversed',
      '/calendar/hours',
      { from: '17:00', to: '09:00' },
      '/calendar/hours',
      '"to" must be after "from"',
    ],
    [
      'a holiday in another notation',
      '/calendar/holidays/0',
      '1/1/2026',
      '/calendar/holidays/0',
      'must be YYYY-MM-DD',
    ],
    [
      'a link that runs code',
      '/help/0/href',
      'javascript:alert(1)',
      '/help/0/href',
      'must start with https://',
    ],
    [
      'a recipient that is none',
      '/channels/0/email/to',
      'nobody',
      '/channels/0/email/to',
      'is not a valid email',
    ],
    ['a calendar that is needed', '/calendar', undefined, '/criteria/6', 'needs a "calendar"'],
    [
      'an unknown contact in the form',
      '/form/urgent/contact',
      'nobody',
      '/form/urgent/contact',
      'names the contact "nobody"',
    ],
    [
      'an unknown contact in a channel',
      '/channels/1/contact',
      'nobody',
      '/channels/1/contact',
      'names the contact "nobody"',
    ],
    [
      'an unknown contact in a remedy',
      '/criteria/0/remedies/1/contact',
      'nobody',
      '/criteria/0/remedies/1/contact',
      'names the contact "nobody"',
    ],
    [
      'an unknown contact of a reason that leads elsewhere',
      '/reasons/4/instead/remedies/0/contact',
      'nobody',
      '/reasons/4/instead/remedies/0/contact',
      'names the contact "nobody"',
    ],
    [
      'a contact that only Object.prototype has',
      '/form/urgent/contact',
      'constructor',
      '/form/urgent/contact',
      'names the contact "constructor"',
    ],
    [
      'an unknown field',
      '/reasons/0/fields/0',
      'shoe-size',
      '/reasons/0/fields/0',
      'names the field "shoe-size"',
    ],
    [
      'the id of a channel twice',
      '/channels/3/id',
      'critical-contact',
      '/channels/3/id',
      '"critical-contact" is there twice',
    ],
    [
      'the id of a criterion twice',
      '/criteria/1/id',
      'active-case',
      '/criteria/1/id',
      '"active-case" is there twice',
    ],
    [
      'the id of a reason twice',
      '/reasons/5/id',
      'reoccurring',
      '/reasons/5/id',
      '"reoccurring" is there twice',
    ],
    [
      'the id of a field twice',
      '/form/fields/1',
      { id: 'go-live-date', label: 'Again' },
      '/form/fields/1/id',
      '"go-live-date" is there twice',
    ],
    [
      'the id of a promise twice',
      '/reasons/0/promises/1/id',
      'review',
      '/reasons/0/promises/1/id',
      '"review" is there twice',
    ],
  ];
  it.each(table)('%s (%s)', (_what, at, value, pointer, reason) => {
    const document = copy();
    put(document, at, value);
    expect(faultsOf(document)).toEqual([{ pointer, reason: expect.stringContaining(reason) }]);
  });

  it('names every fault at once, and all of them in the message', () => {
    const document = copy();
    put(document, '/id', 'Our Policy');
    put(document, '/calendar/timeZone', 'Mars');
    put(document, '/reasons/0/details', 'maybe');
    put(document, '/form/submit', undefined);
    const faults = faultsOf(document);
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
      '/calendar/timeZone',
      '/form/submit',
      '/id',
      '/reasons/0/details',
    ]);
    const { message } = new PolicyError(faults);
    for (const { pointer, reason } of faults) expect(message).toContain(`${pointer}: ${reason}`);
  });

  it('escapes a pointer by RFC 6901', () => {
    const document = copy();
    put(document, '/contacts', { 'a/b~c': { name: 'A', phones: [] } });
    expect(faultsOf(document)[0]?.pointer).toBe('/contacts/a~1b~0c/phones');
  });

  it.each([[null], [undefined], [7], ['{}'], [[]]])('refuses %j as a whole', (value) => {
    expect(faultsOf(value)).toEqual([{ pointer: '', reason: expect.stringMatching(/object/) }]);
  });
});

describe('what is left out', () => {
  it('gets its default', () => {
    const { reasons, form, feed, ...policy } = parsePolicy(smallest());
    expect(policy).toMatchObject({ appliesTo: {}, contacts: {}, expectations: [], help: [], labels: {} });
    expect(policy.lifecycle).toMatchObject({ reopenDays: 0, ladder: [], nudgeMinutes: 240 });
    expect(policy.actors['customer']).toEqual({ label: 'Customer', reviews: false });
    expect(form).toMatchObject({ contactMethods: ['telephone', 'email'], fields: [] });
    expect(feed).toEqual({ offFor: [], alsoOnCase: false });
    expect(reasons).toEqual([
      {
        id: 'other',
        label: 'Other',
        details: 'optional',
        promises: [],
        minDetails: 1,
        contact: false,
        fields: [],
        visibility: 'everyone',
        active: true,
      },
    ]);
  });

  it('counts elapsed time, and expects a yes', () => {
    const { criteria } = parsePolicy(
      smallest({
        criteria: [
          { id: 'a', kind: 'elapsed-since-update', effect: 'blocks', title: 'A', hours: 1, by: 'anyone' },
          { id: 'b', kind: 'confirm', effect: 'asks', title: 'B', question: 'B?' },
        ],
      }),
    );
    expect(criteria).toMatchObject([
      { clock: 'elapsed', remedies: [] },
      { expects: 'yes', impact: false },
    ]);
  });

  it('is a fault where business hours have no calendar', () => {
    const clock = {
      id: 'a',
      kind: 'elapsed-since-update',
      effect: 'blocks',
      title: 'A',
      hours: 1,
      by: 'anyone',
      clock: 'business',
    };
    expect(faultsOf({ ...smallest(), criteria: [clock] })).toEqual([
      { pointer: '/criteria/0', reason: expect.stringContaining('calendar') },
    ]);
  });

  it('leaves the document as it was', () => {
    const document = copy(smallest());
    parsePolicy(document);
    expect(document).toEqual(smallest());
  });
});

/** The pointers of a document, the root left out. */
function pointersOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [pointer, ...pointersOf(member, pointer)];
  });
}

/** Whether the pointer, or the one above it, leads somewhere. */
function leadsSomewhere(document: unknown, pointer: string): boolean {
  const path = steps(pointer).slice(0, -1);
  return path.every((step) => {
    if (typeof document !== 'object' || document === null || !Object.hasOwn(document, step)) return false;
    document = (document as Record<string, unknown>)[step];
    return true;
  });
}

describe.each(Object.entries(documents))('%s, corrupted', (_name, document) => {
  const pointers = pointersOf(document);
  const value = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom<Json>('', 'x', '__proto__', 'constructor', 0, -1, 1e9, null, true, [], {}, [[]]),
    fc.jsonValue() as fc.Arbitrary<Json>,
    // A part of the same document in a place where it does not belong.
    fc
      .constantFrom(...pointers)
      .map((pointer) => steps(pointer).reduce((node, step) => node[step] as Node, document as Node)),
  );
  const corruption = fc.record({ pointer: fc.constantFrom(...pointers), value });

  it('parses or is refused, with pointers that lead somewhere', () => {
    fc.assert(
      fc.property(fc.array(corruption, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = copy(document);
        for (const change of changes) {
          if (leadsSomewhere(changed, change.pointer) && parentIsObject(changed, change.pointer))
            put(changed, change.pointer, structuredClone(change.value));
        }
        for (const { pointer, reason } of faultsOf(changed)) {
          expect(leadsSomewhere(changed, pointer), pointer).toBe(true);
          expect(reason).not.toMatch(/^(Invalid input)?$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('parses again what it made of it', () => {
    const policy = parsePolicy(document);
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });
});

function parentIsObject(document: unknown, pointer: string): boolean {
  const parent = steps(pointer)
    .slice(0, -1)
    .reduce((node, step) => node[step] as Node, document as Node);
  return typeof parent === 'object' && parent !== null;
}

it('standard: case open, four reasons, details required, feed on, no clock, no plan', () => {
  expect(standard.criteria.map(({ kind }) => kind)).toEqual(['case-open']);
  expect(standard.reasons.map(({ details }) => details)).toEqual(Array(4).fill('required'));
  expect(standard.feed.offFor).toEqual([]);
  expect(standard.appliesTo).toEqual({});
  expect(standard.calendar).toBeUndefined();
  expect(standard.lifecycle.responseHours ?? standard.lifecycle.updateHours).toBeUndefined();
});

describe('policy.schema.json', () => {
  const validate = new Ajv2020({ allErrors: true, formats: { email: true } }).compile(schema);

  it('is what src/core/policy.ts says', () => {
    const script = fileURLToPath(new URL('../../scripts/policy-schema.mjs', import.meta.url));
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it.each(Object.entries(documents))('accepts %s', (_name, document) => {
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('accepts the smallest policy', () => {
    expect(validate(smallest())).toBe(true);
  });

  it.each([
    ['/reaons', []],
    ['/form/tilte', 'x'],
    ['/criteria/0/hours', 24],
    ['/channels/1/when/programme', ['x']],
    ['/reasons/0/minDetail', 20],
    ['/criteria/0/remedies/0/href', 'https://example.com'],
  ])('finds the typing mistake %s', (pointer, value) => {
    const document = copy();
    put(document, pointer, value);
    expect(validate(document)).toBe(false);
  });

  it('describes every member of the top and every kind of criterion', () => {
    const { properties } = schema;
    const described = (part: { description?: string }) => Boolean(part.description);
    expect(Object.values(properties as Record<string, { description?: string }>).every(described)).toBe(true);
    expect(properties.criteria.items.oneOf).toHaveLength(8);
    expect((properties.criteria.items.oneOf as { description?: string }[]).every(described)).toBe(true);
  });
});
