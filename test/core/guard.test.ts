import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCaseState } from '../../src/core/guard.js';
import { document, type Json } from '../openapi.js';
import { caseState, changed, example, isContract, odd, REMOVED, spoilt } from './answers.js';

const AVAILABLE = example('CaseAvailable');
const ESCALATED = example('CaseEscalated');

/** A verdict that says "open" without the escalation, or the other way round: the document cannot say so. */
const contradicts = ({ verdict, openEscalation }: Json) =>
  verdict !== undefined && (verdict.kind === 'open-escalation') !== (openEscalation !== null);

/** What the button, its note and a session read of an answer: wrong types would break them. */
function paints(state: Json): void {
  const text = (value: unknown) => expect(value).toBeTypeOf('string');
  const time = (value: unknown) => expect(Date.parse(value as string)).not.toBeNaN();
  const textOrNone = (value: unknown) => expect(['string', 'undefined']).toContain(typeof value);
  const known = (value: unknown) =>
    expect(['requested', 'under-review', 'accepted', 'declined', 'resolved', 'withdrawn']).toContain(value);
  text(state.case.id);
  text(state.case.status);
  time(state.serverTime);
  for (const past of state.past) {
    text(past.id);
    known(past.status);
  }
  expect(['number', 'undefined']).toContain(typeof state.guarantees.pollSeconds);
  if (state.verdict) {
    expect(['available', 'blocked', 'elsewhere', 'open-escalation', 'not-offered']).toContain(
      state.verdict.kind,
    );
    if (state.verdict.button) text(state.verdict.button.label);
    for (const name of ['note', 'policyReason']) textOrNone(state.verdict[name]);
    if (state.verdict.availableAt !== undefined) time(state.verdict.availableAt);
    expect(contradicts(state)).toBe(false);
  }
  if (state.openEscalation !== null) {
    text(state.openEscalation.id);
    known(state.openEscalation.status);
    expect(state.openEscalation.can.post).toBeTypeOf('boolean');
    time(state.openEscalation.requestedAt);
    if (state.openEscalation.owner !== null) text(state.openEscalation.owner.name);
  }
  if (state.user !== undefined) for (const name of ['id', 'role']) text(state.user[name]);
  if (state.policy !== undefined) for (const name of ['id', 'version']) text(state.policy[name]);
  if (state.can !== undefined) expect(state.can.feed).toBeTypeOf('boolean');
}

describe('isCaseState against openapi.yaml', () => {
  it('accepts every CaseState that the document allows, unless verdict and escalation contradict each other', () => {
    let accepted = 0;
    fc.assert(
      fc.property(caseState, (state) => {
        expect(isContract('CaseState', state)).toBe(true);
        expect(isCaseState(state)).toBe(!contradicts(state));
        accepted += Number(!contradicts(state));
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('… also when something in it was changed', () => {
    let allowed = 0;
    fc.assert(
      fc.property(
        spoilt(caseState, fc.oneof(odd, fc.string({ minLength: 1 }), fc.integer({ min: 1 }))),
        (state) => {
          if (!isContract('CaseState', state) || contradicts(state)) return;
          allowed++;
          expect(isCaseState(state)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
    expect(allowed).toBeGreaterThan(40);
  });

  it('accepts what a plain help desk leaves out', () => {
    fc.assert(
      fc.property(caseState, fc.subarray(['verdict', 'policy', 'user', 'can']), (state, missing) => {
        const plain = Object.fromEntries(Object.entries(state).filter(([name]) => !missing.includes(name)));
        expect(isCaseState(plain)).toBe(!contradicts(plain));
      }),
    );
  });

  it('what it accepts has the painted fields of the right type', () => {
    fc.assert(
      fc.property(spoilt(fc.oneof(caseState, fc.constantFrom(AVAILABLE, ESCALATED))), (state) => {
        if (isCaseState(state)) paints(state);
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts the examples of the contract', () => {
    for (const name of Object.keys(document.components.examples).filter((key) => /^Case[A-Z]/.test(key)))
      expect(isCaseState(example(name)), name).toBe(true);
  });

  it('a time that no browser can read is refused, though RFC 3339 has it', () => {
    const leap = changed(AVAILABLE, 'serverTime', '2016-12-31T23:59:60Z');
    expect(isContract('CaseState', leap)).toBe(true);
    expect(isCaseState(leap)).toBe(false);
  });
});

describe('M01: what is no CaseState never reads as "none open"', () => {
  it.each([
    [null],
    [undefined],
    [[]],
    [''],
    ['open'],
    [42],
    [0],
    [true],
    [{}],
    [{ open: 'false' }],
    [{ open: 1 }],
    [[AVAILABLE]],
    [{ data: AVAILABLE }],
  ])('%j', (value) => expect(isCaseState(value)).toBe(false));

  it.each<[string, unknown]>([
    ['openEscalation', REMOVED], ['openEscalation', undefined], ['openEscalation', false], ['openEscalation', 'false'], ['openEscalation', 0], ['openEscalation', []], ['openEscalation', {}],
    ['past', REMOVED], ['past', null], ['past', {}], ['past', [null]], ['past', [{}]], ['past', [{ id: 'e-0' }]], ['past', [{ id: 7, status: 'declined' }]], ['past', [{ id: 'e-0', status: 'done' }]],
    ['case', REMOVED], ['case', null], ['case', []], ['case.id', 7], ['case.id', null], ['case.status', REMOVED],
    ['verdict', null], ['verdict', 'available'], ['verdict.kind', 'open'], ['verdict.kind', REMOVED], ['verdict.kind', 'open-escalation'],
    ['verdict.button', null], ['verdict.button.label', 1], ['verdict.note', {}], ['verdict.policyReason', []], ['verdict.availableAt', 'soon'], ['verdict.availableAt', 7],
    ['can', null], ['can', {}], ['can.feed', REMOVED], ['can.feed', 'yes'],
    ['user', null], ['user', {}], ['user.id', 1], ['user.role', REMOVED], ['policy', null], ['policy', {}], ['policy.id', REMOVED], ['policy.version', 1],
    ['guarantees', REMOVED], ['guarantees', null], ['guarantees.pollSeconds', '5'], ['guarantees.pollSeconds', null],
    ['serverTime', REMOVED], ['serverTime', 'now'], ['serverTime', 1_747_000_000],
  ])('available, but %s is %j', (path, to) => {
    expect(isCaseState(changed(AVAILABLE, path, to))).toBe(false);
  }); // prettier-ignore

  it.each<[string, unknown]>([
    ['openEscalation', null], ['openEscalation.id', 1], ['openEscalation.status', 'open'], ['openEscalation.status', REMOVED], ['openEscalation.requestedAt', 'once'],
    ['openEscalation.owner', REMOVED], ['openEscalation.owner', 'Sam'], ['openEscalation.owner', { id: 'x' }], ['openEscalation.can', REMOVED], ['openEscalation.can', {}],
    ['verdict.kind', 'available'],
  ])('escalated, but %s is %j', (path, to) => {
    expect(isCaseState(changed(ESCALATED, path, to))).toBe(false);
  }); // prettier-ignore

  it('M03: a prototype in the answer changes nothing', () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__": {"openEscalation": null, "past": []}, "constructor": {}}',
    );
    expect(isCaseState(hostile)).toBe(false);
    expect(({} as Json).past).toBeUndefined();
  });
});
