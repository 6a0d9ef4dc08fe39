// A small help desk over HTTP, to write an adapter for: cases, tickets and comments as JSON. Whoever asks signs in by
// name (`Authorization: Person u-1`). It knows nothing of escalations.
import { createServer } from 'node:http';

const now = () => new Date().toISOString();

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** What is kept, and the rights of each person on it. */
function desk(people, cases) {
  const tickets = [];
  let count = 0;
  const isStaff = (who) => who.role === 'staff';
  const caseOf = (who, id) => {
    const found = cases.find((row) => row.id === id && (isStaff(who) || row.account === who.account));
    return found ?? refuse(404, 'There is no such case.');
  };
  const ticketOf = (who, id) => {
    const found = tickets.find((row) => String(row.id) === id);
    if (found) caseOf(who, found.caseId);
    return found ?? refuse(404, 'There is no such ticket.');
  };
  const refuse = (status, message) => {
    throw new Refused(status, message);
  };
  const shown = (who, { comments, ...ticket }) => ({
    ...ticket,
    latestComment: seen(who, comments).at(-1)?.id ?? null,
  });
  const seen = (who, comments) => comments.filter(({ isPrivate }) => isStaff(who) || !isPrivate);
  const author = ({ id, name, role }) => ({ id, name, role });
  const comment = (who, ticket, { text, isPrivate = false }) => {
    if (isPrivate && !isStaff(who)) refuse(403, 'Only staff writes privately.');
    const made = { id: ++count, at: now(), by: author(who), text, isPrivate };
    ticket.comments.push(made);
    return made;
  };

  return {
    'GET /cases/:id': (who, [id]) => caseOf(who, id),
    'GET /cases/:id/tickets': (who, [id]) =>
      tickets.filter((row) => row.caseId === caseOf(who, id).id).map((row) => shown(who, row)),
    'GET /tickets': (who) => {
      if (!isStaff(who)) refuse(403, 'The list is for staff.');
      return tickets.filter(({ status }) => !status.startsWith('closed')).map((row) => shown(who, row));
    },
    'POST /cases/:id/tickets': (who, [id], { subject, request, key }) => {
      caseOf(who, id);
      const ticket = {
        id: ++count, caseId: id, subject, request, key, review: null, status: 'new', statusAt: now(), createdAt: now(),
        requester: author(who), owner: null, watchers: [], comments: [],
      }; // prettier-ignore
      tickets.push(ticket);
      return shown(who, ticket);
    },
    'POST /cases/:id/updates': (who, [id], { text }) => {
      Object.assign(caseOf(who, id), { lastUpdate: { at: now(), by: author(who), text } });
      return {};
    },
    'GET /tickets/:id': (who, [id]) => shown(who, ticketOf(who, id)),
    'PATCH /tickets/:id': (who, [id], change) => {
      const ticket = ticketOf(who, id);
      const { status, owner, review, watcher } = change;
      if (!isStaff(who) && (owner || review || (status && !['closed: withdrawn', 'open'].includes(status))))
        refuse(403, 'Customers close their own tickets and open them again.');
      Object.assign(ticket, status && { status, statusAt: now() }, owner && { owner }, review && { review });
      if (watcher) ticket.watchers.push(watcher);
      return shown(who, ticket);
    },
    'GET /tickets/:id/comments': (who, [id], _body, query) => {
      const [before, after] = [query.get('before'), query.get('after')].map((n) =>
        n ? Number(n) : undefined,
      );
      const rows = seen(who, ticketOf(who, id).comments).filter(
        (row) => (before === undefined || row.id < before) && (after === undefined || row.id > after),
      );
      const limit = Number(query.get('limit'));
      return after === undefined ? rows.slice(-limit) : rows.slice(0, limit);
    },
    'POST /tickets/:id/comments': (who, [id], body) => comment(who, ticketOf(who, id), body),
  };
}

const bodyOf = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length ? JSON.parse(Buffer.concat(parts).toString('utf8')) : {};
};

/**
 * Starts the help desk on loopback, on a free port.
 * @param people {id, name, role: 'customer' | 'staff', account?}[]
 * @param cases {id, subject, account, …}[]
 */
export async function start(people, cases) {
  const routes = desk(people, structuredClone(cases));
  const server = createServer(async (request, response) => {
    const send = (status, value) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    try {
      const who = people.find(({ id }) => request.headers.authorization === `Person ${id}`);
      if (!who) throw new Refused(401, 'Who are you?');
      const url = new URL(request.url, 'http://desk');
      const parts = url.pathname.split('/').slice(1).map(decodeURIComponent);
      const pattern = parts.map((part, i) => (i === 1 ? ':id' : part)).join('/');
      const route = routes[`${request.method} /${pattern}`];
      if (!route) throw new Refused(404, 'There is nothing here.');
      send(200, route(who, parts.slice(1, 2), await bodyOf(request), url.searchParams));
    } catch (error) {
      send(error.status ?? 500, { message: error.message });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
