import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rest } from '../../../src/adapters/rest.js';
import type { User } from '../../../src/core/model.js';
import { itPassesTheContract } from '../../contract.js';
import { attach, gatewayOver, helpDesk, people, policy, reasonLabel, request } from '../../desk.js';
import { checked } from '../../openapi.js';
import { postgresKeys } from '../../../demo/server/postgres/keys.js';
import { commands, outcomeOf, type Side } from './alike.js';
import { deskOn, engine, onServer, open, type TestDatabase } from './database.js';

let database: TestDatabase;
let desk: ReturnType<typeof deskOn>;
beforeAll(async () => (database = await open()), 60_000);
afterAll(() => database?.close());
beforeEach(async () => {
  await database.reset();
  desk = deskOn(database);
});
afterEach(() => desk.close());

const setup = {
  ...people,
  caseId: 'c-1',
  request,
  reasonLabel,
};
const gateway = () => gatewayOver({ backend: desk, keys: postgresKeys(database.db) });

describe(`postgres on ${engine} passes the contract`, () => {
  const make = () => ({ ...setup, as: (user: User) => ({ backend: desk, call: { user, policy } }) });
  itPassesTheContract(make);
});

describe(`rest over a gateway over postgres on ${engine} passes the contract`, () => {
  const make = () => {
    const handle = checked(gateway());
    const direct: typeof fetch = async (input, init) => handle(new Request(input, init));
    const as = (user: User, by = direct) => ({
      backend: rest({ endpoint: 'https://desk.test', fetch: by, headers: () => ({ 'X-User': user.id }) }),
      call: {},
    });
    return { ...setup, as: (user: User) => as(user), wire: { fetch: direct, as } };
  };
  itPassesTheContract(make);
});

describe(`one open escalation per case, on ${engine}`, () => {
  const everybody = [people.customer, people.colleague, people.partner];

  it('of 200 requests at once over HTTP one is made, and 199 are told of it', async () => {
    const handle = gateway();
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const answer = await handle(
          new Request('https://desk.test/cases/c-1/escalations', {
            method: 'POST',
            headers: {
              'X-User': everybody[i % 3]!.id,
              'Content-Type': 'application/json',
              'Idempotency-Key': `"race-${i}"`,
            },
            body: JSON.stringify(request),
          }),
        );
        return { status: answer.status, body: await answer.json() };
      }),
    );
    const made = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(made).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(199);
    for (const { status, body } of refused)
      expect([status, body.code, body.escalation.id]).toEqual([409, 'open-escalation-exists', made[0]]);
  });

  it('of 200 writes at once the index decides, without a gateway that has them wait in line', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) =>
        desk.escalate('c-1', request, { user: everybody[i % 3], policy, key: `race-${i}` }),
      ),
    );
    const made = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.escalation.id] : []));
    expect(made).toHaveLength(1);
    for (const one of outcomes)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({
          code: 'open-escalation-exists',
          details: { escalation: { id: made[0] } },
        });
    expect(await database.db.selectFrom('entries').select('number').execute()).toEqual([{ number: 1 }]);
  });
});

it(`whatever people do, postgres on ${engine} answers as the help desk in memory does`, async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (all) => {
      await database.reset();
      let minutes = 0;
      const clock = () => new Date(Date.UTC(2026, 4, 12, 14, minutes));
      const ours = deskOn(database, { clock });
      const expected: Side = { backend: helpDesk(undefined, { clock, attach }) as Side['backend'] };
      const actual: Side = { backend: ours };
      for (const it of all) {
        minutes += 3;
        expect(await outcomeOf(actual, it), JSON.stringify(it)).toEqual(await outcomeOf(expected, it));
      }
      await ours.close();
    }),
    { numRuns: onServer ? 100 : 10 },
  );
}, 60_000);
