import type { EntryQuery } from '../core/model.js';
import { ensure, refused, same, type Actors, type Topic } from './contract.js';

/** Finding something in a long conversation: by words, and by a day. */

const texts = async (who: Actors['customer'], id: string, query: EntryQuery) =>
  (await who.entries(id, query)).entries.map(({ text }) => text);

export const searching: Topic = {
  'search: every word counts, in any order; case and accents do not': async ({ customer, owner }) => {
    const { id } = (await customer.escalate()).escalation;
    await customer.post(id, 'The patch for Zürich is late.');
    await owner.post(id, 'The patch is in test.');
    await owner.post(id, 'zurich has the PATCH now.');
    same(
      await texts(customer, id, { q: 'ZÜRICH patch' }),
      ['The patch for Zürich is late.', 'zurich has the PATCH now.'],
      'found',
    );
    same(await texts(customer, id, { q: 'patch hamburg' }), [], 'not found');
  },
  'search: finds what somebody wrote by their name': async ({ customer, owner, setup }) => {
    const { id } = (await customer.escalate()).escalation;
    await customer.post(id, 'From me');
    await owner.post(id, 'From the other side');
    const found = await texts(customer, id, { q: setup.owner.name.toUpperCase() });
    ensure(
      found.includes('From the other side') && !found.includes('From me'),
      `found by the name: expected the other side only, got ${JSON.stringify(found)}`,
    );
  },
  'search: the newest page, whose cursors go on in the same search': async ({ customer }) => {
    const { id } = (await customer.escalate()).escalation;
    for (let i = 1; i <= 6; i++) await customer.post(id, i % 2 ? `Found ${i}` : `Other ${i}`);
    const newest = await customer.entries(id, { q: 'found', limit: 2 });
    same(
      newest.entries.map(({ text }) => text),
      ['Found 3', 'Found 5'],
      'newest page',
    );
    ensure(newest.before !== null, 'before of the newest page: expected a cursor, got null');
    const older = await customer.entries(id, { before: newest.before, limit: 2 });
    same(
      older.entries.map(({ text }) => text),
      ['Found 1'],
      'older page',
    );
    same(older.before, null, 'before of the oldest');
    await customer.post(id, 'Other 7');
    await customer.post(id, 'Found 8');
    same(await texts(customer, id, { after: newest.after }), ['Found 8'], 'newer page');
  },
  'search: an internal note is found by owners only': async ({ customer, owner }) => {
    const made = (await customer.escalate()).escalation;
    await owner.act(made.id, { kind: 'note', text: 'Between us' }, made.version);
    same(await texts(owner, made.id, { q: 'between' }), ['Between us'], 'found by the owner');
    const { entries, before } = await customer.entries(made.id, { q: 'between' });
    same([entries, before], [[], null], 'found by the customer');
  },
  'search: by a moment, the page begins with the first entry from then on': async ({ customer, owner }) => {
    const { id } = (await customer.escalate()).escalation;
    await customer.post(id, 'One');
    const { at } = await owner.post(id, 'Two');
    await customer.post(id, 'Three');
    const page = await customer.entries(id, { at });
    const times = page.entries.map((entry) => Date.parse(entry.at));
    ensure(
      times.every((time) => time >= Date.parse(at)),
      'an entry is older than the moment',
    );
    const found = page.entries.map(({ text }) => text);
    ensure(
      found.includes('Two') && found.at(-1) === 'Three',
      `from the moment of "Two": expected "Two" and "Three", got ${JSON.stringify(found)}`,
    );
    const older = page.before === null ? [] : (await customer.entries(id, { before: page.before })).entries;
    ensure(
      older.every((entry) => Date.parse(entry.at) < Date.parse(at)),
      'an entry from then on is on the older page',
    );
  },
  'search: a day long past is the beginning, one to come the newest page': async ({ customer }) => {
    const { id } = (await customer.escalate()).escalation;
    for (let i = 1; i <= 4; i++) await customer.post(id, `Message ${i}`);
    same(
      (await customer.entries(id, { at: '2001-01-01', limit: 2 })).before,
      null,
      'before of the beginning',
    );
    same(
      await texts(customer, id, { at: '2999-12-31', limit: 2 }),
      ['Message 3', 'Message 4'],
      'the newest page',
    );
  },
  'search: a stranger cannot': async ({ customer, stranger }) => {
    const { id } = (await customer.escalate()).escalation;
    await refused(stranger.entries(id, { q: 'news' }), 'not-found', 'entries by a stranger');
  },
};
