import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import type { Entry, Person, Role } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { marked, unmarked } from '../lib/marked.js';
import { sameWords } from '../lib/same-words.js';
import { readBack } from '../lib/ticket-entries.js';
import { broken, instant, isSysId, type Row, type Table } from './table.js';
import type { Range, Said } from '../lib/tickets.js';

/**
 * The journal of a record: `comments`, which the customer reads, and `work_notes`, which they do not. Its rows name their
 * authors by login, and their times have whole seconds.
 */

/** Somebody as ServiceNow knows them. */
export interface ServiceNowPerson {
  /** `sys_id` of the user. */
  id: string;
  /** `user_name`. */
  login: string;
  name: string;
  /** `sys_class_name`: `customer_contact` and `csm_consumer_user` are customers. Empty: not readable. */
  table: string;
  /** Whether they are named on the case or on the escalation. */
  on: 'case' | 'escalation';
}

/** What a journal is read for. */
export interface Journal {
  /** Of its record. */
  id: string;
  on: ServiceNowPerson['on'];
  /** Without work notes. */
  isPublic: boolean;
}

export interface JournalOptions {
  roleOf: (person: ServiceNowPerson) => Role;
  /** Characters of an entry. */
  longest: number;
}

const COLUMNS = ['sys_id', 'element_id', 'element', 'value', 'sys_created_on', 'sys_created_by'] as const;
const AT_ONCE = 100;
/** Rows that are looked through at once for the newest. */
const NEWEST = 20;
/** Logins that can stand in a query without meaning something there. */
const LOGIN = /^[\p{L}\p{N}_.@+'-][\p{L}\p{N}_.@+' -]*$/u;

/** Sorts as time does, and says where to go on from: the second, then the id. */
const placeOf = (row: Row): string => `${row['sys_created_on']?.replace(/\D/g, '')}${row['sys_id']}`;

const DAY = 86_400_000;
const timeOf = (place: string): number =>
  Date.parse(place.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3T$4:$5:$6Z'));

/** A day later (or earlier) than a place: in whose time zone a query reads a time is not documented. */
const aDayFrom = (place: string, days: 1 | -1): string =>
  new Date(timeOf(place) + days * DAY).toISOString().slice(0, 19).replace('T', ' ');

const checked = (cursor: string): string => {
  if (/^\d{14}[0-9a-f]{32}$/.test(cursor) && !Number.isNaN(timeOf(cursor))) return cursor;
  throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
};

export function journals(table: Table, { roleOf, longest }: JournalOptions) {
  /** @param when a condition on the time, or none */
  async function* rows(
    { id, isPublic }: Journal,
    when: string,
    order: { newestFirst?: boolean; limit?: number },
    call: Call,
  ): AsyncGenerator<Row[]> {
    const search = {
      table: 'sys_journal_field',
      where: `element_id=${id}^element${isPublic ? '=comments' : 'INcomments,work_notes'}${when}`,
      columns: COLUMNS,
      needed: COLUMNS,
      limit: AT_ONCE,
      ...order,
    };
    for await (const page of table.pages(search, call)) {
      for (const row of page) {
        // Of a query that it cannot read, ServiceNow ignores a part, and answers with rows of others.
        const isOurs =
          row['element_id'] === id &&
          (row['element'] === 'comments' || (!isPublic && row['element'] === 'work_notes'));
        if (!isOurs || !isSysId(row['sys_id'] ?? ''))
          throw broken('a row of the journal is of something else.');
        instant(row['sys_created_on'] ?? '', 'sys_created_on');
      }
      yield page;
    }
  }

  const personOf = (row: Row, login: string, on: Journal['on'], { user }: Call): Person => {
    const { sys_id: id = '', name = '', sys_class_name = '' } = row;
    if (user && id === user.id) return { id, name: name || user.name, role: user.role };
    return { id, name: name || login, role: roleOf({ id, login, name, table: sys_class_name, on }) };
  };

  /** Authors by their login, as far as they can be read. */
  async function authors(of: readonly Row[], on: Journal['on'], call: Call) {
    const logins = [...new Set(of.map((row) => row['sys_created_by'] ?? ''))];
    const askable = logins.filter((login) => LOGIN.test(login) && !/^javascript:/i.test(login));
    const found = new Map<string, Row>();
    const columns = ['sys_id', 'user_name', 'name', 'sys_class_name'];
    const search = {
      table: 'sys_user',
      where: askable.map((login) => `user_name=${login}`).join('^OR'),
      columns,
      needed: ['sys_id'],
      limit: AT_ONCE,
    };
    try {
      if (askable.length > 0)
        for await (const page of table.pages(search, call))
          for (const row of page) if (row['user_name']) found.set(row['user_name'], row);
    } catch (error) {
      if (!isBackendError(error) || error.code !== 'forbidden') throw error;
    }
    return (login: string): Person | undefined => {
      const row = found.get(login);
      return row && personOf(row, login, on, call);
    };
  }
  /** Who cannot be read stays a login, with the rights of a customer. */
  const unread = (login: string): Person => ({ id: login, name: login, role: 'customer' });

  /** The newest rows of a journal: as many as one answer has. */
  async function newest(journal: Journal, call: Call): Promise<Row[]> {
    for await (const page of rows(journal, '', { newestFirst: true, limit: NEWEST }, call)) return page;
    return [];
  }

  const entryOf = (row: Row, author: Person): Entry => {
    const value = row['value'] ?? '';
    const isInternal = row['element'] === 'work_notes';
    return {
      id: placeOf(row),
      at: instant(row['sys_created_on'] ?? '', 'sys_created_on'),
      author,
      ...(isInternal ? { kind: 'internal' as const, text: value } : unmarked(value, isCustomerSide(author))),
    };
  };

  return {
    personOf,

    /** Oldest first. @throws BackendError `bad-cursor` */
    async entries(journal: Journal, { before, after, limit }: Range, call: Call): Promise<Entry[]> {
      const isForward = after !== undefined && after !== '0';
      const newestFirst = after === undefined;
      const cursor = isForward ? checked(after) : before === undefined ? undefined : checked(before);
      const bound =
        cursor && `^sys_created_on${isForward ? '>=' : '<='}${aDayFrom(cursor, isForward ? -1 : 1)}`;
      const isWanted = (row: Row) =>
        cursor === undefined || (isForward ? placeOf(row) > cursor : placeOf(row) < cursor);
      const found: Row[] = [];
      const order = { newestFirst, limit: Math.min(limit + (cursor ? 20 : 0), AT_ONCE) };
      for await (const page of rows(journal, bound ?? '', order, call)) {
        found.push(...page.filter(isWanted));
        if (found.length >= limit) break;
      }
      const wanted = found.slice(0, limit).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      const author = await authors(wanted, journal.on, call);
      return wanted.map((row) => {
        const login = row['sys_created_by'] ?? '';
        return entryOf(row, author(login) ?? unread(login));
      });
    },

    /** The newest comment of a record, and the newest by support; null: none, undefined: nobody can tell. */
    async updates(journal: Journal, call: Call) {
      let last: { row: Row; by: Person } | null = null;
      let isSure = true;
      for await (const page of rows(journal, '', { newestFirst: true, limit: NEWEST }, call)) {
        const author = await authors(page, journal.on, call);
        const told = page.map((row) => {
          const login = row['sys_created_by'] ?? '';
          const by = author(login);
          isSure &&= by !== undefined;
          return { row, by: by ?? unread(login) };
        });
        last ??= told[0] ?? null;
        const bySupport = told.find(({ by }) => !isCustomerSide(by));
        if (bySupport) return { last, bySupport };
      }
      return { last, bySupport: isSure ? null : undefined };
    },

    /** What is written for this, by the column that it goes into. @throws BackendError `too-large` */
    columnFor(said: Said): Row {
      const words = marked(said);
      if ([...words].length > longest)
        throw new BackendError('too-large', `An entry has at most ${longest} characters here.`);
      return { [said.kind === 'internal' ? 'work_notes' : 'comments']: words };
    },

    newest,

    /**
     * A comment that may not be written is ignored without a word: it is looked for.
     * @param known the newest rows before it was written: the same may have been said before
     * @throws BackendError `protocol`: it is not there; `unconfirmed`: nobody could look
     */
    async arrived(journal: Journal, known: readonly Row[], written: Row, call: Call): Promise<Row> {
      const [[element, value = ''] = []] = Object.entries(written);
      const old = known.map((row) => row['sys_id']);
      const isAlike = (row: Row) =>
        !old.includes(row['sys_id']) && row['element'] === element && sameWords(row['value'] ?? '', value);
      const alike = (await readBack(newest(journal, call), call)).filter(isAlike);
      // Somebody else may say the same in that moment.
      const author = await readBack(authors(alike, journal.on, call), call);
      const found = alike.find((row) => {
        const by = author(row['sys_created_by'] ?? '');
        return !by || by.id === call.user?.id;
      });
      if (found) return found;
      throw broken(`it did not take "${element}".`);
    },

    entryOf,
  };
}
