/**
 * The help desk in the page, the same for every subject: answers are parsed anew for each call, as answers of a server are.
 * It asks for a look an hour, so that none falls into a measurement.
 */
export async function makeHelpDesk() {
  const { now, policy, state, escalated, styles } = await (await fetch('/data.json')).json();
  const guarantees = { dedup: 'key', unique: 'store', live: true, pollSeconds: 3600 };
  const text = JSON.stringify({ ...state, guarantees });
  const open = JSON.stringify({ ...escalated, guarantees });
  const policyText = JSON.stringify(policy);
  let entries = [];
  const watchers = new Set();
  let older = [];

  const backend = {
    guarantees,
    async load(caseId) {
      const source = caseId.startsWith('open') ? open : text;
      return { value: JSON.parse(source.replaceAll('"c-1"', JSON.stringify(caseId))), etag: caseId };
    },
    async escalate() {
      throw new Error('Nothing is sent here.');
    },
    async policy() {
      return JSON.parse(policyText);
    },
    async escalation(id) {
      return { value: { ...JSON.parse(open).openEscalation, id }, etag: id };
    },
    /** All there is at once, and 100 more for who asks for older ones. */
    async entries(_id, query) {
      const after = String(entries.length);
      if (query.after) return { value: { entries: entries.slice(Number(query.after)), before: null, after } };
      if (query.before) return { value: { entries: older, before: 'older still', after } };
      return { value: { entries: [...entries], before: older.length ? 'older' : null, after } };
    },
    async post() {
      throw new Error('Nothing is sent here.');
    },
    async act(id) {
      return { value: { ...JSON.parse(open).openEscalation, id }, etag: id };
    },
    watch(_caseId, _since, { signal }, tell) {
      watchers.add(tell);
      tell({ kind: 'reset', id: 'now' });
      return new Promise((resolve) =>
        signal?.addEventListener('abort', () => {
          watchers.delete(tell);
          resolve(true);
        }),
      );
    },
  };
  return {
    backend,
    clock: () => new Date(now),
    watchers,
    styles,
    get count() {
      return entries.length;
    },
    /** The conversation from now on. */
    talk(count, more = 0) {
      entries = conversation(count, more);
      older = conversation(more, 0);
    },
    /** A message from the owner, told to whoever watches. */
    say(n) {
      const entry = message(older.length + n, 1);
      entries.push(entry);
      for (const tell of watchers)
        tell({ kind: 'entry', id: entry.id, escalationId: JSON.parse(open).openEscalation.id, entry });
      return entry.id;
    },
  };
}

const PEOPLE = [
  { id: 'u-1', name: 'Priya Nair', role: 'customer', me: true },
  { id: 'o-1', name: 'Sam Okoro', role: 'owner' },
  { id: 'e-1', name: 'Dana Reyes', role: 'engineer' },
];
const WORDS =
  'The nightly export stops at two gigabytes and nobody has told us why so we tried the smaller batch and sent the logs of both nodes'.split(
    ' ',
  );

/** A message of 5 to 60 words, some with a link, some in paragraphs; the same for the same number. */
function message(n, by) {
  const length = 5 + ((n * 7919) % 56);
  const words = Array.from({ length }, (_, i) => WORDS[(n + i) % WORDS.length]);
  if (n % 9 === 0) words.push(`https://support.example.com/articles/${n}`);
  if (n % 7 === 0) words.splice(length / 2, 0, '\n\n');
  const at = new Date(Date.UTC(2025, 0, 1) + n * 13 * 60_000).toISOString();
  return {
    id: String(n).padStart(9, '0'),
    kind: 'message',
    at,
    author: PEOPLE[by % 3],
    text: words.join(' '),
  };
}

const conversation = (count, from) => Array.from({ length: count }, (_, i) => message(from + i + 1, i * i));
