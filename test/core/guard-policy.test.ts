import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/core/backend.js';
import { isDialogState, isPolicy, readPolicy } from '../../src/core/guard-policy.js';
import type { JudgedState } from '../../src/core/model.js';
import { parsePolicy, PolicyError, type Policy } from '../../src/core/policy.js';
import type { Json } from '../openapi.js';
import { changed, changedAt, example, odd, REMOVED, spoilt } from './answers.js';
import { documents, genesys, pulse, small, smallest, standard } from './cases.js';

const complete: Record<string, Policy> = { genesys, pulse, standard, small: small() };
const anyDocument = fc.constantFrom<Json>(...(Object.values(documents) as Json[]), smallest());
/** Also what an author may well write. */
const likely = fc.oneof(
  odd,
  fc.constantFrom<unknown>(
    'text',
    { en: 'text', de: 'Text' },
    5,
    false,
    ['other'],
    'optional',
    'yes',
    REMOVED,
  ),
);
const parsed = (document: unknown): Policy | null => {
  try {
    return parsePolicy(document);
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
};

/** What dialog and feed draw of a policy: wrong types would break them. */
function draws(policy: Json): void {
  const is = (type: string) => (value: unknown) => expect(value).toBeTypeOf(type as 'string');
  const [text, number, flag] = [is('string'), is('number'), is('boolean')];
  const words = (value: unknown) => {
    if (typeof value === 'string') return;
    expect(Object.values(value as object).length).toBeGreaterThan(0);
    Object.values(value as object).forEach(text);
  };
  const maybe = (value: unknown, check: (value: unknown) => void = words) =>
    value !== undefined && check(value);
  const remedies = (rows: Json[]) =>
    rows.forEach((row) => {
      text(row.kind);
      words(row.label);
      maybe(row.text);
      for (const name of ['href', 'contact']) maybe(row[name], text);
    });
  for (const name of ['id', 'version', 'language']) text(policy[name]);
  for (const row of policy.criteria) {
    for (const name of ['id', 'kind', 'effect']) text(row[name]);
    words(row.title);
    for (const name of ['question', 'guidance']) maybe(row[name]);
    remedies(row.remedies);
  }
  for (const row of policy.reasons) {
    for (const name of ['id', 'details']) text(row[name]);
    words(row.label);
    for (const name of ['whenToSelect', 'action', 'detailsHint']) maybe(row[name]);
    number(row.minDetails);
    for (const name of ['contact', 'active']) flag(row[name]);
    row.fields.forEach(text);
    (row.plans ?? []).forEach(text);
    if (row.instead) {
      words(row.instead.text);
      remedies(row.instead.remedies);
    }
  }
  const { form } = policy;
  for (const name of ['title', 'submit', 'reasonLabel']) words(form[name]);
  for (const name of ['intro', 'sent']) maybe(form[name]);
  for (const field of [form.details, ...(form.impact ? [form.impact] : []), ...form.fields]) {
    words(field.label);
    maybe(field.hint);
    number(field.maxLength);
  }
  form.contactMethods.forEach(text);
  if (form.urgent) {
    words(form.urgent.text);
    text(form.urgent.contact);
  }
  for (const contact of Object.values<Json>(policy.contacts)) {
    words(contact.name);
    maybe(contact.alternative);
    for (const phone of contact.phones) {
      text(phone.number);
      for (const name of ['label', 'hours']) maybe(phone[name]);
    }
  }
  for (const row of policy.expectations) {
    row.waitingOn.forEach(text);
    words(row.text);
  }
  for (const actor of Object.values<Json>(policy.actors)) words(actor.label);
  for (const name of ['title', 'hint', 'offText']) maybe(policy.feed[name]);
  Object.values(policy.labels as object).forEach(words);
}

describe('isPolicy against the schema', () => {
  it.each(Object.entries(complete))('%s, as parsed and as it travels', (_name, policy) => {
    expect(isPolicy(policy)).toBe(true);
    expect(isPolicy(JSON.parse(JSON.stringify(policy)))).toBe(true);
  });

  it('every policy that parsePolicy returns', () => {
    let other = 0;
    const changes = fc.array(fc.tuple(fc.nat(), likely), { minLength: 4, maxLength: 16 });
    fc.assert(
      fc.property(anyDocument, changes, (start, all) => {
        let document = start;
        for (const [n, to] of all) {
          const next = changedAt(document, n, to);
          const policy = parsed(next);
          if (!policy) continue;
          document = next;
          other++;
          expect(isPolicy(policy)).toBe(true);
          draws(policy);
        }
      }),
      { numRuns: 200 },
    );
    expect(other).toBeGreaterThan(200);
  });

  it('what it accepts can be drawn', () => {
    let taken = 0;
    fc.assert(
      fc.property(spoilt(fc.constantFrom<Json>(...Object.values(complete))), (policy) => {
        if (!isPolicy(policy)) return;
        taken++;
        draws(policy);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(40);
  });

  it.each([[null], [undefined], ['policy'], [7], [[]], [{}], [{ policy: 1 }], [true]])(
    '%j is none',
    (value) => expect(isPolicy(value)).toBe(false),
  );

  const anyway = [null, 7, [], true];
  const table: [path: string, broken: unknown[]][] = [
    ...['id', 'version', 'language'].map((name): [string, unknown[]] => [name, [REMOVED, ...anyway, {}]]),
    ...['criteria', 'reasons', 'expectations'].map((name): [string, unknown[]] => [
      name,
      [REMOVED, null, {}, 'x', [null], [{}]],
    ]),
    ...['contacts', 'actors', 'labels', 'feed', 'form'].map((name): [string, unknown[]] => [
      name,
      [REMOVED, null, 'x', 7],
    ]),
    ['criteria.0.kind', [REMOVED, 7]],
    ['criteria.0.title', [REMOVED, ...anyway, {}, { en: 7 }]],
    ['criteria.0.guidance', [...anyway, {}]],
    [
      'criteria.0.remedies',
      [REMOVED, null, {}, [{}], [{ kind: 'link', label: 7 }], [{ kind: 'link', label: 'x', href: 7 }]],
    ],
    ['reasons.0.label', [REMOVED, ...anyway, {}]],
    ['reasons.0.details', [REMOVED, 7]],
    ['reasons.0.minDetails', [REMOVED, '1', null]],
    ['reasons.0.contact', [REMOVED, 'yes']],
    ['reasons.0.active', [REMOVED, 1]],
    ['reasons.0.fields', [REMOVED, 'x', [7]]],
    ['reasons.0.plans', [null, 'Platinum', [7]]],
    ['reasons.0.instead', [null, {}, { text: 'x' }, { text: 'x', remedies: [7] }]],
    ['form.title', [REMOVED, ...anyway, {}]],
    ['form.submit', [REMOVED, ...anyway]],
    ['form.reasonLabel', [REMOVED, 7]],
    ['form.details', [REMOVED, null, {}, 'x']],
    ['form.details.maxLength', [REMOVED, '100', null]],
    ['form.impact', [null, {}, 'x']],
    ['form.fields', [REMOVED, {}, [{}], [{ id: 'a', label: 'A' }]]],
    ['form.contactMethods', [REMOVED, 'email', [7]]],
    ['form.urgent', [null, {}, { text: 'x' }, { contact: 'x' }]],
    ['contacts', [{ x: null }, { x: {} }, { x: { name: 'X' } }, { x: { name: 'X', phones: [{}] } }]],
    ['actors', [{ owner: null }, { owner: {} }, { owner: 'Owner' }]],
    ['feed.hint', [null, 7, {}]],
    ['labels', [{ button: 7 }, { button: null }, { button: {} }]],
    ['expectations', [[{ waitingOn: ['x'] }], [{ text: 'x' }], [{ waitingOn: 'x', text: 'x' }]]],
  ];
  it.each(table.flatMap(([path, values]) => values.map((to) => [path, to] as const)))(
    'one painted member broken: %s is %j',
    (path, to) => {
      for (const policy of [genesys, pulse]) expect(isPolicy(changed(policy, path, to))).toBe(false);
    },
  );
});

describe('readPolicy', () => {
  it('a complete one is taken as it is', async () => {
    expect(await readPolicy(genesys)).toBe(genesys);
  });

  it.each(Object.entries(documents))('%s as written: the defaults are filled in', async (_name, document) => {
    const policy = await readPolicy(document);
    expect(isPolicy(policy)).toBe(true);
    expect(policy).toEqual(parsePolicy(document));
  });

  it('the smallest document', async () => {
    const policy = await readPolicy(smallest());
    expect(policy).toMatchObject({
      contacts: {},
      labels: {},
      expectations: [],
      reasons: [{ active: true, fields: [] }],
    });
    draws(policy);
  });

  it.each<[string, unknown, string, string]>([
    ['form.title', 7, '/form/title', 'must be a text, or an object of texts by language'],
    ['reasons.0.label', REMOVED, '/reasons/0/label', 'is missing'],
    ['reasons', [], '/reasons', 'must be at least 1 long'],
    ['schemaVersion', 2, '/schemaVersion', 'must be 1'],
  ])('%s is %j: protocol, with the path and the reason', async (path, to, pointer, reason) => {
    // Not complete, so that the schema looks at it.
    const document = changed(changed(smallest() as Json, 'labels', REMOVED), path, to);
    const error: unknown = await readPolicy(document).catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ code: 'protocol' });
    expect((error as BackendError).message).toContain(`${pointer}: ${reason}`);
  });

  it('names every fault', async () => {
    const document = changed(changed(smallest() as Json, 'title', 7), 'actors', null);
    await expect(readPolicy(document)).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringMatching(/\/title: .*\n.*\/actors: /s) as string,
    });
  });

  it.each([[null], [undefined], ['<html>'], [[]], [{}], [7]])('%j: protocol', (body) =>
    expect(readPolicy(body)).rejects.toMatchObject({ code: 'protocol' }),
  );
});

describe('isDialogState', () => {
  const STATE = example('CaseAvailable') as JudgedState & Json;
  const met = { id: 'c', result: 'met' };

  it.each([['CaseAvailable'], ['CaseBlocked'], ['CaseEscalated'], ['CaseByEmail']])('%s', (name) =>
    expect(isDialogState(example(name) as JudgedState)).toBe(true),
  );

  it.each<[string, unknown]>([
    ['case.number', REMOVED], ['case.subject', REMOVED], ['case.caseFeedUrl', REMOVED], ['case.lastUpdate', null],
    ['case.lastUpdate.by', null], ['case.lastUpdate.excerpt', REMOVED],
    ['verdict.criteria', REMOVED], ['verdict.criteria', []], ['verdict.criteria', [met]],
    ['verdict.criteria', [{ ...met, evidence: { code: 'new', values: { at: null } }, newer: 1 }]],
  ])('%s is %j: yes', (path, to) => expect(isDialogState(changed(STATE, path, to))).toBe(true)); // prettier-ignore

  it.each<[string, unknown]>([
    ['case.number', 7], ['case.subject', null], ['case.caseFeedUrl', {}], ['case.lastUpdate', REMOVED], ['case.lastUpdate', 'today'],
    ['case.lastUpdate.at', 'today'], ['case.lastUpdate.at', REMOVED], ['case.lastUpdate.by', REMOVED], ['case.lastUpdate.by', 'Dana'],
    ['case.lastUpdate.by', {}], ['case.lastUpdate.excerpt', ['x']],
    ['verdict.criteria', null], ['verdict.criteria', {}], ['verdict.criteria', [null]], ['verdict.criteria', [{ id: 'c' }]],
    ['verdict.criteria', [{ result: 'met' }]], ['verdict.criteria', [{ id: 'c', result: 'maybe' }]],
    ['verdict.criteria', [{ ...met, evidence: null }]], ['verdict.criteria', [{ ...met, evidence: { code: 'x' } }]],
    ['verdict.criteria', [{ ...met, evidence: { code: 7, values: {} } }]], ['verdict.criteria', [{ ...met, evidence: { code: 'x', values: 'y' } }]],
  ])('%s is %j: no', (path, to) => expect(isDialogState(changed(STATE, path, to))).toBe(false)); // prettier-ignore
});
