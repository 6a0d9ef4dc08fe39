import { newId } from '../core/id.js';
import { needsKeys, refused, same, type Topic } from './contract.js';

/** The conversation of an escalation. */
export const talking: Topic = {
  'escalation: seen by the account and the owner, not by a stranger': async ({
    customer,
    colleague,
    owner,
    stranger,
  }) => {
    const { id } = (await customer.escalate()).escalation;
    for (const who of [customer, colleague, owner]) same((await who.escalation(id)).id, id, 'id');
    await refused(stranger.escalation(id), 'not-found');
    await refused(customer.escalation('no-such-escalation'), 'not-found');
  },
  'post: both sides talk, in order, each knows its own': async ({ customer, owner }) => {
    const { id } = (await customer.escalate()).escalation;
    await customer.post(id, 'Any news?');
    await owner.post(id, 'We are on it.');
    await customer.post(id, 'Thank you.');
    const messages = (await customer.entries(id)).entries.filter(({ kind }) => kind === 'message');
    same(
      messages.map(({ text }) => text),
      ['Any news?', 'We are on it.', 'Thank you.'],
      'texts',
    );
    same(
      messages.map(({ author }) => author.me ?? false),
      [true, false, true],
      'mine',
    );
  },
  'post: the same clientId twice is one entry': async (scene) => {
    await needsKeys(scene);
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    const clientId = newId();
    const first = await customer.post(id, 'Once', clientId);
    const again = await customer.post(id, 'Once', clientId);
    same([again.id, again.clientId], [first.id, clientId], 'id, clientId');
    const found = (await customer.entries(id)).entries.filter((entry) => entry.text === 'Once');
    same(found.length, 1, 'entries');
  },
  'post: a stranger cannot, nor read': async ({ customer, stranger }) => {
    const { id } = (await customer.escalate()).escalation;
    await refused(stranger.post(id, 'Let me in'), 'not-found');
    await refused(stranger.entries(id), 'not-found');
  },
  'entries: pages lead back to the beginning, every entry once': async ({ customer }) => {
    const { id } = (await customer.escalate()).escalation;
    for (let i = 1; i <= 7; i++) await customer.post(id, `Message ${i}`);
    let page = await customer.entries(id, { limit: 3 });
    let all = page.entries;
    for (let turns = 0; page.before !== null && turns < 9; turns++) {
      page = await customer.entries(id, { limit: 3, before: page.before });
      all = [...page.entries, ...all];
    }
    const texts = all.filter(({ kind }) => kind === 'message').map(({ text }) => text);
    same(
      texts,
      [1, 2, 3, 4, 5, 6, 7].map((i) => `Message ${i}`),
      'texts',
    );
    same(new Set(all.map((entry) => entry.id)).size, all.length, 'distinct ids');
  },
  'entries: "after" finds what is newer, and nothing twice': async ({ customer, owner }) => {
    const { id } = (await customer.escalate()).escalation;
    const { after } = await customer.entries(id);
    same((await customer.entries(id, { after })).entries, [], 'newer before anything happened');
    await owner.post(id, 'Hello');
    const newer = await customer.entries(id, { after });
    same(
      newer.entries.map(({ text }) => text),
      ['Hello'],
      'newer',
    );
    same((await customer.entries(id, { after: newer.after })).entries, [], 'newer again');
  },
  'entries: a wrong cursor is refused': async ({ customer }) => {
    const { id } = (await customer.escalate()).escalation;
    await refused(customer.entries(id, { before: 'never-given-out' }), 'bad-cursor');
  },
};
