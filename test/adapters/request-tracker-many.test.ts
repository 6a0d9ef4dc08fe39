import { describe, expect, it } from 'vitest';
import { people } from '../desk.js';
import { dana, over, priya, ticket, transaction, user, type Rows } from './request-tracker-rows.js';
import { code } from './scripted.js';

/** Many rows, long ones, and those that do not stand for themselves. */

describe('the last word of support', () => {
  const by = (Creator: object, count: number) =>
    Array.from({ length: count }, (_, i) => transaction(String(1000 - i), 'Correspond', Creator));
  /** All updates of a case, newest first, as pages of what was asked for. */
  const updates = async (all: object[]) => {
    const { load } = over({
      tickets: [ticket('7', {})],
      transactions: (query) => {
        const [size, page] = [Number(query.get('per_page')), Number(query.get('page'))];
        return all.slice((page - 1) * size, page * size);
      },
    });
    return (await load()).case.lastSupportUpdate;
  };

  it('is found behind twenty answers of the customer', async () => {
    expect(await updates([...by(priya, 20), ...by(dana, 1)])).toMatchObject({ by: { id: 'e-1' } });
  });

  it('is "never" only where every update was read', async () => {
    expect(await updates(by(priya, 20))).toBeNull();
    expect(await updates([...by(priya, 400), ...by(dana, 1)])).toBeUndefined();
  });
});

describe('a case that was merged into another', () => {
  const open = ticket('9', { Case: '7' }, { Status: 'requested' });
  /** Case 7 has become case 8. */
  const merged = (escalations: object[] = [open]) =>
    over({
      tickets: (query) => {
        const sql = query.get('query') ?? '';
        const rows = [ticket('7', {}, { EffectiveId: '8' }), ticket('8', {})];
        const isAsked = ({ id }: { id: string }) => new RegExp(`(id|EffectiveId)=${id}\\b`).test(sql);
        const found = sql.includes('EffectiveId=8') ? rows : rows.filter(isAsked);
        return [...found, ...(sql.includes(`='8'`) && !sql.includes(`='7'`) ? [] : escalations)];
      },
    });

  it.each(['7', '8'])('is found as %s, and what is open on either is open', async (id) => {
    const { case: kase, openEscalation } = await merged().load(id);
    expect([kase.id, openEscalation?.id]).toEqual(['8', '9']);
  });

  it('is told in the queue', async () => {
    const found = await merged().backend.queue!({}, { user: people.owner });
    expect(found).toMatchObject({
      value: { escalations: [{ id: '9', case: { id: '8', subject: 'Nightly export stops' } }] },
    });
  });

  it('is none where it has become an escalation', async () => {
    const { load } = over({ tickets: [ticket('7', {}, { EffectiveId: '9' }), open] });
    expect(await code(load())).toBe('not-found');
  });
});

describe('many escalations', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      ticket(String(200_000 + i), { Case: String(100_000 + i) }, { Status: 'requested' }),
    );

  it('a case with a hundred of them is still there', async () => {
    const { load } = over({ tickets: [...rows(100), ticket('7', {})] });
    expect((await load()).case.id).toBe('7');
  });

  it('a queue of 600 asks for a hundred cases at a time', async () => {
    const { backend, asked } = over({
      tickets: (query) => {
        const page = Number(query.get('page'));
        return rows(600).slice((page - 1) * 100, page * 100);
      },
    });
    await backend.queue!({}, { user: people.owner });
    expect(Math.max(...asked.map(({ query }) => query.toString().length))).toBeLessThan(3000);
  });

  it('one whose case somebody has taken out takes no other with it', async () => {
    const emptied = ticket('8', { Case: '' }, { Status: 'requested' });
    const { backend } = over({ tickets: [emptied, ...rows(1)] });
    expect(await backend.queue!({}, { user: people.owner })).toMatchObject({
      value: { escalations: [{ id: '200000' }] },
    });
  });

  it('one of which somebody sees no field hides neither the case nor the others', async () => {
    const bare = ticket('9', {}, { Status: 'requested', CustomFields: '', queue: 'Escalations' });
    const { load } = over({ tickets: [ticket('7', {}), bare] });
    expect((await load()).openEscalation).toBeNull();
  });
});

describe('what was asked', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['is kept back: for the owners only', { Case: '7' }, 'owner-only'],
    ['is empty: made by hand, for all', { Case: '7', Request: '' }, undefined],
  ])('%s', async (_what, values, visibility) => {
    const { backend } = over({ tickets: [ticket('9', values, { Status: 'requested' })] });
    const found = await backend.escalation!('9', { user });
    expect(found === 'not-modified' ? found : found.value.visibility).toBe(visibility);
  });
});

describe('words', () => {
  const on9 = { tickets: [ticket('9', { Case: '7' }, { Status: 'requested' })] };
  const part = (id: string, TransactionId: string, ContentType: string, Content: string) => ({
    id, TransactionId, ContentType, Content,
  }); // prettier-ignore
  const texts = async (rows: Rows) => {
    const found = await over({ ...on9, ...rows }).backend.entries!('9', {}, { user });
    if (found === 'not-modified') throw new Error('no answer');
    return found.value.entries.map(({ text }) => text);
  };

  it('of a mail with a picture between them are all told, in their order', async () => {
    const attachments = [
      part('23', '2', 'text/plain', 'It happens every night.\n'),
      part('21', '2', 'text/plain', 'See the picture:\n'),
      part('22', '2', 'text/html', '<p>See the picture</p>'),
    ];
    expect(await texts({ transactions: [transaction('2', 'Correspond', priya)], attachments })).toEqual([
      'See the picture:\nIt happens every night.',
    ]);
  });

  it('that are too much for one answer are asked for in smaller ones', async () => {
    const long = 'x'.repeat(2_000_000);
    const attachments = (query: URLSearchParams) => {
      const [{ value }] = JSON.parse(query.get('query') as string) as [{ value: string[] }];
      const isBare = !query.get('fields')?.includes('Content,') && !query.get('fields')?.endsWith(',Content');
      return value.map((id) =>
        part(`${id}1`, id, 'text/plain', isBare ? '' : id === '2' ? long.repeat(3) : long),
      );
    };
    const transactions = ['4', '3', '2', '1'].map((id) => transaction(id, 'Correspond', priya));
    expect(await texts({ transactions, attachments })).toEqual([
      long,
      '[too long to be shown here]',
      long,
      long,
    ]);
  });
});
