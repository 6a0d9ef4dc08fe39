import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/cli/explain.js';
import type { Case } from '../../src/core/model.js';
import { aCase, documents, HOUR, iso, smallest, update, without } from '../core/cases.js';
import { shell } from './command.js';

const files = (facts: unknown, policy: unknown = documents.genesys) => ({
  'policy.json': policy,
  'facts.json': facts,
});
const explain = (facts: unknown, policy?: unknown, options = '') =>
  shell(`explain policy.json facts.json ${options}`, files(facts, policy));
const told = async (facts: unknown, policy?: unknown, options = ''): Promise<Explanation> =>
  JSON.parse((await explain(facts, policy, `--json ${options}`)).out) as Explanation;

/** High, with the last update three hours ago: 24 are needed (G9). */
const high: Partial<Case> = { priority: 'high' };
const critical: Partial<Case> = { priority: 'critical' };

describe('explain says', () => {
  it('that a case can be escalated, what is asked, and that nothing has to change', async () => {
    const { code, out, err } = await explain(aCase());
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^This case can be escalated\.\nJudged for Tue 12 May 2026 10:05 GMT-4 \(America\/New_York\) by genesys 1\.\n/,
    );
    expect(out).toContain('Channel: my-support (form). Feed: on.');
    expect(out).toMatch(/met {6}There is an active case .*\n {11}The case is open\./);
    expect(out).toMatch(
      /asked {4}Do you ask because urgency or impact has changed\?.*\n {11}The answer "no" lets/,
    );
    expect(out).toMatch(/Lack of Updates\/Progress {2}\(lack-of-updates\)/);
    expect(out).toMatch(/\(urgency-impact-changed\) {2}leads elsewhere: Do not request/);
    expect(out).not.toContain('When it changes');
  });

  it('from when on, in the zone of the reader, and what the judge says then', async () => {
    const { out } = await explain(aCase(high));
    expect(out).toMatch(/^This case can be escalated from Wed 13 May 2026 07:05 GMT-4\.$/m);
    expect(out).toMatch(/not met {2}24 hours since the last update/);
    expect(out).toContain(
      'Last update Tue 12 May 2026 07:05 GMT-4 by Dana Reyes. The clock: 24 hours from an update by support. Met from Wed 13 May 2026 07:05 GMT-4, in 21 h.',
    );
    expect(out).toContain(
      'When it is Wed 13 May 2026 07:05 GMT-4 (in 21 h), if support does not write on the case before:\n    This case can be escalated.',
    );
    expect((await told(aCase(high))).changes).toEqual([
      expect.objectContaining({ at: iso(21 * HOUR), then: 'This case can be escalated.' }),
    ]);
  });

  const changing: [
    what: string,
    facts: unknown,
    policy: keyof typeof documents,
    when: string,
    then: string,
  ][] = [
    [
      'a closed case',
      aCase({ status: 'closed' }),
      'standard',
      'the case is reopened',
      'This case can be escalated.',
    ],
    [
      'a case that nobody has',
      aCase({ program: 'fedramp-engage', assignee: null }),
      'genesys',
      'the case is assigned',
      'This case can be escalated.',
    ],
    [
      'low priority',
      aCase({ priority: 'low' }),
      'genesys',
      'its priority is medium, high or critical',
      'This case can be escalated.',
    ],
    [
      'a case that waits on the customer',
      aCase({ waitingOn: 'customer' }),
      'genesys',
      'the customer has replied, or says so in the dialog',
      'This case can be escalated.',
    ],
    [
      'two things at once, one of which passes',
      aCase({ ...high, waitingOn: 'customer' }),
      'genesys',
      'the customer has replied, or says so in the dialog and it is Wed 13 May 2026 07:05 GMT-4 (in 21 h), if support does not write on the case before',
      'This case can be escalated.',
    ],
    [
      'another plan',
      aCase({ plan: 'Gold' }),
      'pulse-secure',
      'its plan is Platinum',
      'This case can be escalated.',
    ],
    [
      'an open escalation',
      { case: aCase({ status: 'closed' }), openEscalation: true },
      'genesys',
      'the open escalation is declined, withdrawn or resolved',
      'This case cannot be escalated yet: active-case not met.',
    ],
    [
      'an engineer who asks',
      { case: aCase(), user: { role: 'engineer' } },
      'genesys',
      'a customer or a partner asks',
      'This case can be escalated.',
    ],
    [
      'a critical case',
      aCase(critical),
      'genesys',
      'its priority is medium or none',
      'This case can be escalated.',
    ],
    [
      'a program that goes by e-mail',
      aCase({ program: 'fedramp-cloud-cx' }),
      'genesys',
      'its program is fedramp-engage or none',
      'This case can be escalated.',
    ],
    [
      'a program that is not known',
      without(aCase(), 'program'),
      'genesys',
      'the help desk says that its program is fedramp-engage or none',
      'This case can be escalated.',
    ],
  ];
  it.each(changing)('when it changes: %s', async (_what, facts, policy, when, then) => {
    const { changes } = await told(facts, documents[policy]);
    expect(changes).toContainEqual(expect.objectContaining({ when, then }));
    expect((await explain(facts, documents[policy])).out).toContain(`\n    ${then}`);
  });

  it('nothing of an escalation that the one who asks may not know of (P9)', async () => {
    const facts = {
      case: aCase(critical),
      user: { role: 'engineer' },
      openEscalation: { visibility: 'owner-only' },
    };
    expect(await told(facts)).toMatchObject({ verdict: 'not-offered', changes: [] });
  });

  it('the right way where there is no form, and nothing of criteria or reasons', async () => {
    const call = await explain(aCase(critical));
    expect(call.out).toMatch(/^This case is escalated by a call: Product Support\.$/m);
    expect(call.out).not.toMatch(/^(Criteria|Reasons)/m);
    const mail = await explain(without(aCase(), 'program'));
    expect(mail.out).toMatch(/^This case is escalated by an e-mail to \S+@\S+\.$/m);
    expect(mail.out).toContain('Feed: off.');
  });

  it('why it is not offered, in the words of the policy or that there are none', async () => {
    const { out } = await explain(aCase({ plan: 'Gold' }), documents['pulse-secure']);
    expect(out).toMatch(/^Escalation is not offered: Escalation is available for Platinum customers only\./);
    const none = { ...smallest(), channels: [{ id: 'no', use: 'none', when: {} }] };
    expect((await explain(aCase(), none)).out).toMatch(
      /^Escalation is not offered, and the policy does not say why\./,
    );
  });

  it('which facts are not known, and what is asked instead', async () => {
    const { out } = await explain(without(aCase(), 'deployment', 'rcaRequestedAt'));
    expect(out).toMatch(
      /asked {4}A Root Cause Analysis has had its time.*\n.*does not say whether.* So the customer is asked\./,
    );
  });

  it('which reasons are not for this case', async () => {
    expect((await explain(aCase(), documents['pulse-secure'])).out).toContain(
      'Not for this case: rma-status-update.',
    );
    expect((await explain(aCase({ rma: 'RMA-7' }), documents['pulse-secure'])).out).not.toContain(
      'Not for this case',
    );
  });

  it('the texts of the policy in the language that was asked for', async () => {
    const policy = {
      ...smallest(),
      reasons: [{ id: 'other', label: { en: 'Other', de: 'Anderes' }, details: 'optional' }],
    };
    expect((await explain(aCase(), policy, '--language de')).out).toContain('Anderes');
    expect((await explain(aCase(), policy)).out).toContain('Other');
  });

  it('nothing that a name could do to a terminal', async () => {
    const { out } = await explain(
      aCase({ lastUpdate: update(iso(-HOUR), { id: 'x', name: 'Eve\u001b[2J', role: 'x' }) }),
    );
    expect(out).toContain('by Eve[2J');
    expect(out).not.toContain('\u001b');
  });
});

describe('the facts', () => {
  it('may be a case alone, or with who asks, an open escalation and the time', async () => {
    expect(await told(aCase(high))).toEqual(await told({ case: aCase(high) }));
    const file = { case: aCase(high), user: { role: 'partner', audience: 'partner' }, now: iso(22 * HOUR) };
    expect(await told(file)).toMatchObject({ verdict: 'available', now: iso(22 * HOUR) });
    expect(await told(file, undefined, `--now ${iso(0)}`)).toMatchObject({ verdict: 'blocked' });
    expect(await told({ case: aCase(), openEscalation: { status: 'accepted' } })).toMatchObject({
      verdict: 'open-escalation',
    });
    expect(await told({ case: aCase(), openEscalation: false })).toMatchObject({ verdict: 'available' });
  });

  it('may be the standard input', async () => {
    const seen = await shell('explain policy.json -', { 'policy.json': documents.genesys, '-': aCase() });
    expect(seen.out).toMatch(/^This case can be escalated\./);
    expect((await shell('explain - -', {})).code).toBe(2);
  });

  it('are refused with the place and the reason of every fault', async () => {
    const { code, out, err } = await explain({
      case: { ...without(aCase(), 'priority'), status: 'opn', assignee: {}, rcaRequestedAt: 'yesterday' },
      user: { audience: 'all' },
      openEscalation: { status: 'resolved' },
    });
    expect([code, out]).toEqual([1, '']);
    const lines = err.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/^facts\.json:\d+:\d+ {2}/, ''))).toEqual([
      '/case/status must be "open", "pending", "resolved" or "closed".',
      '/case/priority is missing: it must be "low", "medium", "high" or "critical", or null.',
      '/case/assignee/name is missing: it must be a text.',
      '/case/rcaRequestedAt must be a time such as "2026-05-12T14:00:00Z", or null.',
      '/user/audience must be "direct" or "partner".',
      '/openEscalation/status must be "requested", "under-review" or "accepted".',
    ]);
  });

  it.each([
    ['7', 'facts.json:1:1  The document must be an object.'],
    ['{ "case": [] }', 'facts.json:1:11  /case must be an object.'],
    ['{}', '/case is missing: it must be an object.'],
    ['{ "case": }', 'facts.json:1:11  The text is not JSON'],
    ['{ "status": "open", "lastUpdate": { "at": "2026-05-12 14:00" } }', '/lastUpdate/at must be a time'],
  ])('%s are none', async (text, words) => {
    const { code, err } = await explain(text);
    expect(code).toBe(1);
    expect(err).toContain(words);
  });

  it('that nothing looks at are named, as they may be written wrong', async () => {
    const { code, err } = await explain({ case: { ...aCase(), programm: 'fedramp-engage' } });
    expect([code, err]).toEqual([0, 'facts.json: not used: /case/programm\n']);
  });

  it('need a policy that is right, and a time that is one', async () => {
    const bad = await explain(aCase(), { ...smallest(), id: 'My Policy' });
    expect([bad.code, bad.err]).toEqual([
      1,
      'policy.json:3:9  /id must be lower-case letters, digits and hyphens.\n',
    ]);
    const when = await explain(aCase(), undefined, '--now tomorrow');
    expect([when.code, when.err]).toEqual([
      2,
      '--now must be a time such as 2026-05-12T14:00:00Z, not "tomorrow".\n',
    ]);
  });
});
