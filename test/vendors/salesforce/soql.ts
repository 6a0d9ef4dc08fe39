/** As much of SOQL as a server for tests has to understand: read as text, quotes and all, so that an injection would work. */

export interface Condition {
  field: string;
  operator: '=' | '!=' | '<' | '>' | 'IN';
  values: (string | boolean)[];
}
export interface Query {
  fields: string[];
  children: Query[];
  from: string;
  where: Condition[];
  orderBy: { field: string; isDown: boolean }[];
  limit?: number;
}

const TOKEN = /\s*(?:'((?:\\.|[^'\\])*)'|(!=|[(),=<>])|([\w.]+))/y;
type Token = { text: string; isQuoted: boolean };

function tokens(soql: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (soql.slice(TOKEN.lastIndex).trim() !== '') {
    const match = TOKEN.exec(soql);
    if (!match) throw new SyntaxError('unexpected token');
    const [, quoted, sign, word] = match;
    const plain = quoted?.replace(/\\(.)/g, (_all, c: string) => ({ n: '\n', r: '\r' })[c] ?? c);
    found.push({ text: plain ?? sign ?? word ?? '', isQuoted: quoted !== undefined });
  }
  return found;
}

export function parse(soql: string): Query {
  const all = tokens(soql);
  let at = 0;
  const peek = (text: string) => !all[at]?.isQuoted && all[at]?.text.toUpperCase() === text;
  const next = (): Token => {
    const token = all[at++];
    if (!token) throw new SyntaxError('unexpected end');
    return token;
  };
  const accept = (text: string) => peek(text) && Boolean(at++ + 1);
  const expect = (text: string) => {
    if (!accept(text)) throw new SyntaxError(`expected ${text}`);
  };
  const value = (): string | boolean => {
    const { text, isQuoted } = next();
    if (!isQuoted && !/^(true|false)$/i.test(text)) throw new SyntaxError(`unexpected ${text}`);
    return isQuoted ? text : text.toLowerCase() === 'true';
  };

  function condition(): Condition {
    const field = next().text;
    const operator = next().text as Condition['operator'];
    if (operator !== 'IN') return { field, operator, values: [value()] };
    expect('(');
    const values = [value()];
    while (accept(',')) values.push(value());
    expect(')');
    return { field, operator, values };
  }

  function query(): Query {
    expect('SELECT');
    const read: Query = { fields: [], children: [], from: '', where: [], orderBy: [] };
    do {
      if (accept('(')) {
        read.children.push(query());
        expect(')');
      } else read.fields.push(next().text);
    } while (accept(','));
    expect('FROM');
    read.from = next().text;
    if (accept('WHERE')) do read.where.push(condition());
      while (accept('AND')); // prettier-ignore
    if (accept('ORDER')) {
      expect('BY');
      do {
        const field = next().text;
        const isDown = accept('DESC');
        if (!isDown) accept('ASC');
        read.orderBy.push({ field, isDown });
      } while (accept(','));
    }
    if (accept('LIMIT')) read.limit = Number(next().text);
    return read;
  }

  const read = query();
  if (at < all.length) throw new SyntaxError(`unexpected ${all[at]?.text}`);
  return read;
}
