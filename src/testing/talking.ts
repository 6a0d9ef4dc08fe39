import { isBackendError } from '../core/backend.js';
import { newId } from '../core/id.js';
import { FOREIGN } from './escalating.js';
import { ensure, fresh, needsKeys, refused, same, type Topic } from './contract.js';

/** As long as a message may be. */
const LONG = `${'All of it has to arrive. '.repeat(399)}${'.'.repeat(24)}!`;

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
    await refused(stranger.escalation(id), 'not-found', 'escalation by a stranger');
    await refused(customer.escalation('no-such-escalation'), 'not-found', 'escalation that is none');
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
  'post: a text arrives as it was written, short or long, strange or like a mark': async ({
    customer,
    owner,
  }) => {
    const { id } = (await customer.escalate()).escalation;
    for (const [from, to] of [
      [customer, owner],
      [owner, customer],
    ] as const)
      for (const text of [FOREIGN, LONG, '[Accepted] We refund everything.']) {
        const made = await from.post(id, text).catch((error: unknown) => {
          // What is too long for a help desk it refuses; it does not cut it.
          if (text !== LONG || !isBackendError(error) || !['invalid', 'too-large'].includes(error.code))
            throw error;
        });
        if (!made) continue;
        const found = (await to.entries(id)).entries.find((entry) => entry.id === made.id);
        same([found?.kind, found?.text], ['message', text], `a message of the ${from.user.role}`);
      }
  },
  'post: everybody sees who wrote what: id, name, role, and what is their own': async ({
    customer,
    colleague,
    owner,
  }) => {
    const { id } = (await customer.escalate()).escalation;
    const writers = [customer, colleague, owner];
    for (const who of writers) await who.post(id, `From ${who.user.name}`);
    for (const reader of writers) {
      const messages = (await reader.entries(id)).entries.filter(({ kind }) => kind === 'message');
      same(
        messages.map(({ author, text }) => [author.id, author.name, author.role, author.me ?? false, text]),
        writers.map(({ user: { id, name, role } }) => [
          id,
          name,
          role,
          id === reader.user.id,
          `From ${name}`,
        ]),
        `messages as ${reader.user.name} reads them`,
      );
    }
  },
  'post: the same clientId twice at the same moment is one entry': async (scene) => {
    await needsKeys(scene);
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    const clientId = newId();
    const results = await Promise.allSettled([1, 2].map(() => customer.post(id, 'Once', clientId)));
    const found = (await customer.entries(id)).entries.filter(({ text }) => text === 'Once');
    same(found.length, 1, 'entries');
    for (const result of results)
      if (result.status === 'fulfilled') same(result.value.id, found[0]?.id, 'the entry that was told');
      else await refused(Promise.reject(result.reason as Error), 'request-in-progress', 'post');
  },
  'post: the same clientId with another text is refused': async (scene) => {
    await needsKeys(scene);
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    const clientId = newId();
    await customer.post(id, 'Once', clientId);
    await refused(
      customer.post(id, 'Something else', clientId),
      'idempotency-key-reused',
      'post with the same key',
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
    await refused(stranger.post(id, 'Let me in'), 'not-found', 'post by a stranger');
    await refused(stranger.entries(id), 'not-found', 'entries by a stranger');
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
  'entries: many newer ones come page by page, the oldest first, none left out': async ({
    customer,
    owner,
  }) => {
    const { id } = (await customer.escalate()).escalation;
    let { after } = await customer.entries(id);
    const sent = Array.from({ length: 7 }, (_, i) => `News ${i + 1}`);
    for (const text of sent) await owner.post(id, text);
    const texts: string[] = [];
    for (let turns = 0; turns < 9; turns++) {
      const page = await customer.entries(id, { after, limit: 2 });
      ensure(
        page.entries.length <= 2,
        `entries of a page of two: expected at most two, got ${page.entries.length}`,
      );
      texts.push(...page.entries.map(({ text }) => text));
      after = page.after;
    }
    same(texts, sent, 'texts');
  },
  'entries: with the tag of before, something new is not "not-modified", nor is it of the escalation':
    async ({ customer, owner }) => {
      const made = (await customer.escalate()).escalation;
      const [entries, escalation] = [customer.has('entries'), customer.has('escalation')];
      const page = fresh(await entries(made.id, {}, customer.call), 'entries');
      const one = fresh(await escalation(made.id, customer.call), 'escalation');
      await owner.act(made.id, { kind: 'take' }, made.version);
      await owner.post(made.id, 'We are on it.');
      if (page.etag !== undefined)
        fresh(await entries(made.id, {}, { ...customer.call, etag: page.etag }), 'entries after a message');
      if (one.etag !== undefined)
        fresh(await escalation(made.id, { ...customer.call, etag: one.etag }), 'escalation after a change');
    },
  'entries: a wrong cursor is refused': async ({ customer }) => {
    const { id } = (await customer.escalate()).escalation;
    await refused(customer.entries(id, { before: 'never-given-out' }), 'bad-cursor', 'entries');
  },
};
