import { newRecordId, staffAndCustomers } from './people.js';
import { CHILDREN, FIELDS, PREFIX, Refusal, RELATIONS, type Row, type Value } from './schema.js';
import { parse, type Condition, type Query } from './soql.js';

export interface Answer {
  status: number;
  body: unknown;
}

/** What is kept, and who may read what of it, by queries. */
export class Records {
  /** Records of one answer. */
  batch = 2000;
  tables: Record<string, Row[]> = {
    Account: [],
    Case: [],
    CaseComment: [],
    Escalation__c: [],
    Escalation_Entry__c: [],
  };
  protected time = Date.parse('2026-05-12T08:00:00Z');
  #count = 0;
  protected cursors = new Map<string, { rows: unknown[]; size: number }>();

  constructor() {
    this.tables['User'] = Object.values(staffAndCustomers).map(({ id, name, account, role }) => ({
      Id: id,
      Name: name,
      UserType: role === 'partner' ? 'PowerPartner' : account ? 'CspLitePortal' : 'Standard',
    }));
  }

  now = (): string => new Date(this.time).toISOString().replace('Z', '+0000');
  rows = (object: string): Row[] => this.tables[object] ?? [];

  /** As somebody works in Salesforce itself, or as it was there before. */
  insert(object: string, values: Row, by: string): Row {
    const at = this.now();
    const number = String(++this.#count).padStart(10, '0');
    const row: Row = {
      ...Object.fromEntries((FIELDS[object] ?? []).map((name) => [name, null])),
      Id: newRecordId(PREFIX[object] ?? '000'),
      CreatedDate: at,
      CreatedById: by,
      LastModifiedDate: at,
      ...(FIELDS[object]?.includes('Name') && {
        Name: `${object === 'Escalation__c' ? 'ESC' : 'E'}-${number}`,
      }),
      ...values,
    };
    this.rows(object).push(row);
    return row;
  }

  protected user = (id: string) => Object.values(staffAndCustomers).find((user) => user.id === id);
  protected isStaff = (id: string): boolean => !this.user(id)?.account;

  protected mayRead(object: string, row: Row, by: string): boolean {
    if (this.isStaff(by) || object === 'User' || object === 'Account') return true;
    if (object === 'Case') return row['AccountId'] === this.user(by)?.account;
    const of = (parent: string, id: Value | undefined) =>
      this.rows(parent).some((one) => one['Id'] === id && this.mayRead(parent, one, by));
    if (object === 'CaseComment') return row['IsPublished'] === true && of('Case', row['ParentId']);
    if (object === 'Escalation__c') return of('Case', row['Case__c']);
    return of('Escalation__c', row['Escalation__c']);
  }

  #assertField(object: string, field: string, by: string): void {
    const isHidden = field === 'Internal_Text__c' && !this.isStaff(by);
    if (FIELDS[object]?.includes(field) && !isHidden) return;
    throw new Refusal(400, 'INVALID_FIELD', `No such column '${field}' on entity '${object}'.`);
  }

  /** A value, through references, as a query answers it. */
  #select(object: string, row: Row, path: string[], into: Record<string, unknown>, by: string): void {
    const [name = '', ...rest] = path;
    if (rest.length === 0) {
      this.#assertField(object, name, by);
      into[name] = row[name] ?? null;
      return;
    }
    const relation = RELATIONS[name];
    if (!relation || !FIELDS[object]?.includes(relation[0]))
      throw new Refusal(400, 'INVALID_FIELD', `Didn't understand relationship '${name}' in field path.`);
    const to = this.rows(relation[1]).find(({ Id }) => Id === row[relation[0]]);
    if (!to) return void (into[name] = null);
    const inner = (into[name] as Record<string, unknown> | undefined) ?? {
      attributes: { type: relation[1] },
    };
    into[name] = inner;
    this.#select(relation[1], to, rest, inner, by);
  }

  #matches(object: string, row: Row, { field, operator, values }: Condition, by: string): boolean {
    this.#assertField(object, field, by);
    const told = row[field] ?? null;
    const [value = ''] = values;
    if (operator === 'IN') return values.includes(told as string);
    if (operator === '<') return String(told) < String(value);
    if (operator === '>') return String(told) > String(value);
    return operator === '!=' ? told !== value : told === value;
  }

  #find(object: string, query: Query, candidates: Row[], by: string): unknown[] {
    const compare = (a: Row, b: Row) => {
      for (const { field, isDown } of query.orderBy) {
        const [x, y] = [String(a[field] ?? ''), String(b[field] ?? '')];
        if (x !== y) return x < y === isDown ? 1 : -1;
      }
      return 0;
    };
    return candidates
      .filter((row) => query.where.every((condition) => this.#matches(object, row, condition, by)))
      .filter((row) => this.mayRead(object, row, by))
      .sort(compare)
      .slice(0, query.limit)
      .map((row) => {
        const shown: Record<string, unknown> = {
          attributes: { type: object, url: `/services/data/v64.0/sobjects/${object}/${String(row['Id'])}` },
        };
        for (const path of query.fields) this.#select(object, row, path.split('.'), shown, by);
        for (const child of query.children) {
          const [to = '', field = ''] = CHILDREN[child.from] ?? [];
          const found = this.#find(
            to,
            child,
            this.rows(to).filter((one) => one[field] === row['Id']),
            by,
          );
          shown[child.from] =
            found.length > 0 ? { totalSize: found.length, done: true, records: found } : null;
        }
        return shown;
      });
  }

  protected page(rows: unknown[], size: number): Answer {
    const records = rows.slice(0, this.batch);
    if (rows.length <= this.batch) return { status: 200, body: { totalSize: size, done: true, records } };
    const locator = `01g${newRecordId('0')}-${this.batch}`;
    this.cursors.set(locator, { rows: rows.slice(this.batch), size });
    const nextRecordsUrl = `/services/data/v64.0/query/${locator}`;
    return { status: 200, body: { totalSize: size, done: false, nextRecordsUrl, records } };
  }

  protected query(soql: string, by: string): Answer {
    let query: Query;
    try {
      query = parse(soql);
    } catch (error) {
      throw new Refusal(400, 'MALFORMED_QUERY', String(error));
    }
    if (!FIELDS[query.from])
      throw new Refusal(400, 'INVALID_TYPE', `sObject type '${query.from}' is not supported.`);
    const found = this.#find(query.from, query, this.rows(query.from), by);
    return this.page(found, found.length);
  }
}
