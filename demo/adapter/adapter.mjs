// An adapter, whole: the help desk of server.mjs as a backend.
import { BackendError, client, marked, segment, ticketDesk, unmarked } from 'escalation-elements/backend';

const STATUS = {
  requested: 'new',
  'under-review': 'open',
  accepted: 'in work',
  declined: 'closed: declined',
  resolved: 'closed: resolved',
  withdrawn: 'closed: withdrawn',
};
const statusOf = (theirs) => Object.keys(STATUS).find((ours) => STATUS[ours] === theirs);

/** Whatever is not what was asked for must never read as "nothing is open". */
const check = (is, what) => {
  if (!is) throw new BackendError('protocol', `The help desk answered without ${what}.`);
};

const roleOf = { staff: 'owner', customer: 'customer' };
const personOf = (row) => {
  if (row === null) return null;
  check(typeof row?.id === 'string' && typeof row.name === 'string' && row.role in roleOf, 'a person');
  return { id: row.id, name: row.name, role: roleOf[row.role] };
};

function ticketOf(row) {
  check(typeof row?.id === 'number' && typeof row.caseId === 'string', 'a ticket');
  check(statusOf(row.status), 'a known status');
  check(
    [row.statusAt, row.createdAt].every((at) => !Number.isNaN(Date.parse(at))),
    'the times of a ticket',
  );
  return {
    id: String(row.id),
    caseId: row.caseId,
    status: statusOf(row.status),
    statusAt: row.statusAt,
    requestedAt: row.createdAt,
    requestedBy: personOf(row.requester),
    owner: personOf(row.owner),
    asked: row.request,
    reviewed: row.review,
    subject: String(row.subject),
    key: row.key,
    latestEntryId: row.latestComment ? String(row.latestComment) : null,
    followers: Array.isArray(row.watchers) ? row.watchers : [],
  };
}

function entryOf(row) {
  check(
    typeof row?.id === 'number' && typeof row.text === 'string' && typeof row.at === 'string',
    'a comment',
  );
  check(typeof row.isPrivate === 'boolean', 'who may read a comment');
  const author = personOf(row.by);
  const told = row.isPrivate
    ? { kind: 'internal', text: row.text }
    : unmarked(row.text, author.role === 'customer');
  return { id: String(row.id), at: row.at, author, ...told };
}

const listOf = (rows, make) => {
  check(Array.isArray(rows), 'a list');
  return rows.map(make);
};

/**
 * @param {{ baseUrl: string, headers: (call) => HeadersInit, fetch?: typeof fetch }} options `headers`: the sign-in of
 * `call.user`, so that the help desk's own rights decide
 */
export function tickets(options) {
  const { get, send } = client(options, (_status, body) => ({ message: body?.message }));
  const path = (ticket, rest = '') => `/tickets/${segment(ticket.id)}${rest}`;
  const write = (ticket, { kind, text, ...said }, call) =>
    send(
      'POST',
      path(ticket, '/comments'),
      { text: marked({ kind, text, ...said }), isPrivate: kind === 'internal' },
      call,
    );

  return ticketDesk({
    guarantees: {
      // A ticket has a field for the key; two at the same moment can still both be made: then one withdraws.
      dedup: 'none',
      unique: 'none',
      live: false,
      pollSeconds: 5,
      acts: [
        'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'note', 'resolve', 'withdraw', 'reopen',
        'follow', 'nudge', 'move-to-case-feed',
      ],
    }, // prettier-ignore

    async case(id, call) {
      const row = await get(`/cases/${segment(id)}`, call);
      check(row?.id === id && typeof row.subject === 'string', 'the case');
      const { lastUpdate } = row;
      return {
        id,
        subject: row.subject,
        status: 'open',
        priority: row.priority ?? null,
        assignee: personOf(row.assignee ?? null),
        waitingOn: 'support',
        lastUpdate: lastUpdate && {
          at: lastUpdate.at,
          by: personOf(lastUpdate.by),
          excerpt: lastUpdate.text,
        },
        rcaRequestedAt: null,
        program: null,
      };
    },

    tickets: async (caseId, call) => listOf(await get(`/cases/${segment(caseId)}/tickets`, call), ticketOf),
    ticket: async (id, call) => ticketOf(await get(`/tickets/${segment(id)}`, call)),

    async create({ caseId, subject, asked, key }, call) {
      const body = { subject, request: asked, key };
      const made = ticketOf((await send('POST', `/cases/${segment(caseId)}/tickets`, body, call)).body);
      check(made.asked === asked && made.caseId === caseId, 'what was asked for');
      await write(made, { kind: 'status', status: 'requested', text: '' }, call);
      return made;
    },

    async change(ticket, { status, owner, reviewed, follower, said }, call) {
      if (status || owner || reviewed || follower) {
        const theirs = owner && { id: owner.id, name: owner.name, role: 'staff' };
        const body = { status: status && STATUS[status], owner: theirs, review: reviewed, watcher: follower };
        await send('PATCH', path(ticket), body, call);
      }
      for (const one of said) await write(ticket, one, call);
    },

    async entries(ticket, { before, after, limit }, call) {
      for (const cursor of [before, after])
        if (cursor !== undefined && !/^\d+$/.test(cursor)) throw new BackendError('bad-cursor');
      const query = new URLSearchParams({ limit, ...(before && { before }), ...(after && { after }) });
      return listOf(await get(path(ticket, `/comments?${query}`), call), entryOf);
    },

    say: async (ticket, message, call) => entryOf((await write(ticket, message, call)).body),

    note: async (caseId, { text }, call) => {
      await send('POST', `/cases/${segment(caseId)}/updates`, { text }, call);
    },

    open: async (call) =>
      listOf(await get('/tickets', call), (row) => ({ ...ticketOf(row), case: { id: row.caseId } })),
  });
}
