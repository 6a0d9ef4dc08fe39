import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAttachment,
  isCase,
  isEntry,
  isEscalation,
  isSummary,
  readEntryPage,
  readProblem,
} from '../../src/core/guard-escalation.js';
import { document, type Json } from '../openapi.js';
import {
  changed,
  criterion,
  entry,
  escalation,
  example,
  isContract,
  kase,
  attachment,
  odd,
  REMOVED,
  spoilt,
} from './answers.js';

const ACCEPTED = example('EscalationAccepted');
const DECLINED = example('EscalationDeclined');
const ENTRY = example('Entry');
const likely = fc.oneof(odd, fc.string({ minLength: 1 }), fc.nat(), fc.boolean());

const text = (value: unknown) => expect(value).toBeTypeOf('string');
const time = (value: unknown) => expect(Date.parse(value as string)).not.toBeNaN();
const maybe = (value: unknown, check: (value: unknown) => void) => value !== undefined && check(value);
const named = (value: Json | null) =>
  value !== null && ['id', 'name', 'role'].forEach((name) => text(value[name]));

/** What a feed, a dialog and the owner's review read of an escalation. */
function drawsEscalation(it: Json): void {
  for (const name of ['id', 'caseId', 'version']) {
    text(it[name]);
    if (name !== 'version') expect(it[name]).not.toBe('');
  }
  text(it.reason.label);
  time(it.requestedAt);
  named(it.requestedBy);
  named(it.owner);
  for (const promise of it.promises) {
    text(promise.text);
    for (const name of ['dueAt', 'keptAt']) maybe(promise[name], time);
  }
  for (const step of it.nextSteps ?? []) {
    text(step.text);
    maybe(step.who, text);
    maybe(step.dueAt, time);
  }
  for (const name of ['details', 'impact']) maybe(it[name], text);
  for (const name of ['followers', 'unread']) expect(it[name]).toBeTypeOf('number');
  if (it.nextUpdateDueAt !== null) maybe(it.nextUpdateDueAt, time);
  maybe(it.reopenUntil, time);
  for (const kind of it.can.act) text(kind);
  expect(it.can.post).toBeTypeOf('boolean');
  if (it.decision) {
    text(it.decision.text);
    time(it.decision.at);
    for (const row of it.decision.criteria ?? []) text(row.text);
    for (const link of it.decision.links ?? []) [link.label, link.href].forEach(text);
  }
  if (it.closed) {
    time(it.closed.at);
    named(it.closed.by);
    maybe(it.closed.summary, text);
  }
  it.attachments?.forEach(drawsAttachment);
  for (const row of it.criteria ?? []) {
    expect(['met', 'not-met', 'ask', 'unknown']).toContain(row.result);
    if (row.evidence) expect(row.evidence.values).toBeTypeOf('object');
  }
}

function drawsEntry(row: Json): void {
  for (const name of ['id', 'kind', 'text']) text(row[name]);
  time(row.at);
  named(row.author);
  for (const name of ['clientId', 'about', 'status']) maybe(row[name], text);
  row.attachments?.forEach(drawsAttachment);
}

function drawsAttachment(file: Json): void {
  for (const name of ['id', 'name', 'type', 'href']) text(file[name]);
  expect(file.id).not.toBe('');
  expect(file.bytes).toBeTypeOf('number');
}

function drawsCase(it: Json): void {
  for (const name of ['id', 'status']) text(it[name]);
  named(it.assignee);
  for (const update of [it.lastUpdate, it.lastSupportUpdate])
    if (update) {
      time(update.at);
      named(update.by);
      maybe(update.excerpt, text);
    }
}

describe.each([
  [
    'Escalation',
    isEscalation,
    escalation,
    drawsEscalation,
    [ACCEPTED, DECLINED, example('EscalationRequested')],
  ],
  ['Entry', isEntry, entry, drawsEntry, [ENTRY]],
  ['Attachment', isAttachment, attachment, drawsAttachment, [example('Attachment')]],
  ['Case', isCase, kase, drawsCase, [example('CaseAvailable').case]],
] as const)('%s against openapi.yaml', (name, is, values, draws, examples) => {
  it('accepts every one that the document allows', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(isContract(name, value)).toBe(true);
        expect(is(value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('… also when something in it was changed', () => {
    let allowed = 0;
    fc.assert(
      fc.property(spoilt(values, likely), (value) => {
        if (!isContract(name, value)) return;
        allowed++;
        expect(is(value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(allowed).toBeGreaterThan(40);
  });

  it('what it accepts can be drawn', () => {
    fc.assert(
      fc.property(spoilt(fc.oneof(values, fc.constantFrom(...examples))), (value) => {
        if (is(value)) draws(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts the examples, and nothing that is none', () => {
    for (const value of examples) expect(is(value)).toBe(true);
    for (const value of [null, undefined, '', 'x', 0, true, [], {}, [examples[0]], { data: examples[0] }])
      expect(is(value)).toBe(false);
  });
});

describe('isEscalation', () => {
  it.each<[string, unknown]>([
    ['id', ''], ['id', REMOVED], ['caseId', ''], ['status', 'open'], ['version', 7], ['reason', REMOVED], ['reason.label', null],
    ['promises', REMOVED], ['promises', {}], ['promises', [{ id: 'p' }]], ['promises', [{ id: 'p', text: 'x', dueAt: 'soon' }]],
    ['confirmed', REMOVED], ['confirmed', [1]], ['requestedBy', REMOVED], ['requestedBy', {}], ['requestedAt', 'once'], ['owner', 'Sam'],
    ['followers', '1'], ['following', 1], ['latestEntryId', REMOVED], ['unread', null], ['can', { post: true }], ['can.act', ['take', 1]],
    ['decision', null], ['decision.text', REMOVED], ['decision.at', 'then'], ['decision.links', [{ label: 'x' }]], ['nextSteps', [{ who: 'x' }]],
    ['importance', 'huge'], ['nextUpdateDueAt', 'soon'], ['closed', { at: '2026-11-20T14:05:00Z' }], ['reopenUntil', 1], ['corrects', 7], ['criteria', [{ id: 'c', result: 'maybe' }]],
  ])('%s is %j: no', (path, to) => {
    expect(isEscalation(changed(ACCEPTED, path, to))).toBe(false);
  }); // prettier-ignore

  it('takes what a newer server may say', () => {
    expect(isEscalation({ ...ACCEPTED, can: { post: true, act: ['take', 'something-new'] }, newer: 1 })).toBe(
      true,
    );
    expect(isEntry({ ...ENTRY, kind: 'something-new', newer: 1 })).toBe(true);
  });
});

describe('isSummary', () => {
  const { id, status, reason, requestedAt, owner, closed } = DECLINED;
  const summary = { id, status, reason, requestedAt, owner, ...(closed && { closed }) };

  it('accepts what the document allows', () => {
    expect(isContract('EscalationSummary', summary)).toBe(true);
    for (const value of [summary, { ...summary, owner: null }, { ...summary, closed: undefined, newer: 1 }])
      expect(isSummary(value)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['id', ''], ['status', 'open'], ['reason', REMOVED], ['reason.label', 7], ['requestedAt', 'once'], ['owner', REMOVED],
    ['owner', { id: 'o-1' }], ['closed', { by: null }], ['closed', 'yes'],
  ])('%s is %j: no', (path, to) => {
    expect(isSummary(changed(summary, path, to))).toBe(false);
  }); // prettier-ignore
});

describe('readEntryPage', () => {
  const bad = spoilt(entry).filter((value) => !isEntry(value));
  const rows = fc.array(
    fc.oneof(
      entry,
      bad,
      odd.filter((value) => typeof value !== 'symbol'),
    ),
    { maxLength: 12 },
  );
  const cursor = fc.string({ minLength: 1 });

  it('drops bad rows and says how many, and keeps order and cursors', () => {
    fc.assert(
      fc.property(rows, fc.option(cursor, { nil: null }), cursor, (entries, before, after) => {
        const page = readEntryPage({ entries, before, after });
        const good = entries.filter(isEntry);
        const skipped = entries.length - good.length || undefined;
        expect(page).toEqual({ entries: good, before, after, skipped });
        page!.entries.forEach(drawsEntry);
      }),
      { numRuns: 300 },
    );
  });

  it('loses nothing of a page that the document allows', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), cursor, (entries, after) => {
        const page = { entries, before: null, after };
        expect(isContract('EntryPage', page)).toBe(true);
        expect(readEntryPage(page)).toEqual(page);
      }),
    );
  });

  it.each([
    [null],
    [[]],
    [{}],
    ['page'],
    [{ entries: [], before: null }],
    [{ entries: [], after: '1' }],
    [{ entries: {}, before: null, after: '1' }],
    [{ entries: null, before: null, after: '1' }],
    [{ entries: [], before: 1, after: '1' }],
    [{ entries: [], before: null, after: null }],
  ])('%j is no page', (value) => expect(readEntryPage(value)).toBeNull());

  it('an example, and one row of it broken', () => {
    const page = example('EntryPage');
    expect(readEntryPage(page)).toEqual({ entries: page.entries, before: page.before, after: page.after });
    const broken = changed(page, 'entries.0.author', null);
    expect(readEntryPage(broken)?.entries).toEqual(page.entries.slice(1));
  });
});

describe('readProblem', () => {
  const good = {
    code: fc.constantFrom(
      'not-entitled',
      'open-escalation-exists',
      'criteria-not-met',
      'file-too-large',
      'file-type-refused',
    ),
    traceId: fc.string(),
    escalation,
    criteria: fc.array(criterion, { maxLength: 2 }),
    channel: fc.string(),
    plan: fc.option(fc.string(), { nil: null }),
    requiredPlans: fc.array(fc.string(), { maxLength: 2 }),
    errors: fc.array(fc.record({ pointer: fc.string(), detail: fc.string() }), { maxLength: 2 }),
    from: fc.string(),
    allowed: fc.array(fc.string(), { maxLength: 2 }),
    maxBytes: fc.nat(),
  };
  const wrong: Record<keyof typeof good, unknown[]> = {
    code: ['something-new', '', 7, null, 'constructor', '__proto__'],
    traceId: [7, null, {}],
    escalation: [null, {}, { id: 'e-1' }, 'e-1', changed(ACCEPTED, 'promises', null)],
    criteria: [null, {}, [{}], [{ id: 'c', result: 'no' }]],
    channel: [null, 7, []],
    plan: [7, {}, []],
    requiredPlans: [null, 'Platinum', [7]],
    errors: [null, 'x', [{}], [{ pointer: '/a' }], [null]],
    from: [null, 7],
    allowed: [null, 'take', [7]],
    maxBytes: [null, '5', []],
  };

  it('keeps the good members, and only those', () => {
    const bad = fc.record(
      Object.fromEntries(Object.entries(wrong).map(([name, values]) => [name, fc.constantFrom(...values)])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.record(good, { requiredKeys: [] }), bad, odd, (fine, faulty, more) => {
        const body = { ...fine, ...faulty, title: 'T', status: 422, newer: more };
        const expected = Object.fromEntries(Object.entries(fine).filter(([name]) => !(name in faulty)));
        expect(readProblem(body)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('of a code that it does not know the status counts, and of what the status says the code is not needed', () => {
    for (const code of [...wrong.code, 'signed-out', 'not-found', 'forbidden', 'invalid', 'unavailable'])
      expect(readProblem({ code })).toEqual({});
  });

  it('loses nothing that the examples of the contract tell the client', () => {
    const problems = Object.values<Json>(document.components.examples)
      .map(({ value }) => value as Json)
      .filter((value) => value?.code && value.status >= 400);
    expect(problems.length).toBeGreaterThan(15);
    for (const problem of problems) {
      const { code: _code, ...read } = readProblem(problem);
      const told = Object.keys(good).filter((name) => name !== 'code' && name in problem);
      expect(Object.keys(read).sort(), problem.code).toEqual(told.sort());
    }
  });

  it('M03: names from a prototype are harmless', () => {
    const body = JSON.parse(
      '{"__proto__": {"code": "bad-cursor", "channel": "x"}, "constructor": {"name": "x"}, "toString": 1, "from": "a"}',
    ) as object;
    const read = readProblem(body);
    expect(Object.entries(read)).toEqual([['from', 'a']]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as Json).channel).toBeUndefined();
    expect(readProblem(Object.create({ code: 'bad-cursor', channel: 'x' }) as object)).toEqual({});
    expect(readProblem([])).toEqual({});
  });
});
