import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

/**
 * Holds the requests of an adapter, and the replies of the server that a test puts in a vendor's place, against the vendor's
 * own description (OAS 3.0) in the folder that `$VENDOR_SPECS` names. Without it nothing is compared, and one line says so.
 */

/** JSON of unknown shape. */
export type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
/** A server in the place of a vendor's. */
export type Handle = (request: Request) => Promise<Response>;

/** How a description is read. */
export interface Reading {
  /** Query names that are documented elsewhere, such as those of paging. */
  query?: readonly string[];
  /** Corrects what is known to be wrong in the description, each with its reason. */
  amend?: (document: Json) => void;
}

/** What was compared, and what did not keep to the description. */
export interface Described {
  /** Why nothing is compared, to be printed; undefined: all is. */
  readonly skipped: string | undefined;
  /** The same server, every exchange with it compared. */
  watched(handle: Handle): Handle;
  /** An adapter may take a failure for something else and swallow it: so look here at the end. */
  readonly mismatches: readonly string[];
  /** `GET /path → 200`, of everything whose reply was compared. */
  readonly compared: ReadonlySet<string>;
  /** `GET /path`, of what the description does not have. */
  readonly unknown: ReadonlySet<string>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

interface Operation {
  method: string;
  path: string;
  pattern: RegExp;
  parameters: Json[];
  requestBody?: Json;
  responses: Json;
}

const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));

function validators(document: Json) {
  // OAS has words of its own beside JSON Schema's; `nullable` ajv knows.
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addFormat('date-time', isInstant);
  ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('int32', { type: 'number', validate: (n) => Number.isInteger(n) && Math.abs(n) < 2 ** 31 });
  ajv.addFormat('int64', { type: 'number', validate: (n) => Number.isSafeInteger(n) });
  ajv.addFormat('double', true).addFormat('byte', true);
  ajv.addSchema({ ...document, $id: 'described' });
  const compiled = new Map<object, ValidateFunction>();
  const explain = ({ instancePath, message, params }: ErrorObject) =>
    `${instancePath || '/'} ${message}${params['additionalProperty'] ? `: ${params['additionalProperty']}` : ''}`;
  return (schema: Json | undefined, value: unknown): string[] => {
    if (!schema) return [];
    let validate = compiled.get(schema);
    if (!validate) compiled.set(schema, (validate = ajv.compile(absolute(schema) as Json)));
    return validate(value) ? [] : (validate.errors ?? []).map(explain);
  };
}

/** Outside of the document its references need its name. */
const absolute = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(absolute);
  if (typeof node !== 'object' || !node) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) =>
      name === '$ref' ? [name, `described${String(value)}`] : [name, absolute(value)],
    ),
  );
};

/** A parameter that is a number takes no word: `/tickets/count` is not the ticket named "count". */
const matching = (path: string, parameters: Json[]) => ({
  parameters,
  pattern: new RegExp(
    `^${path.replace(/\{([^}]+)\}/g, (_, name: string) =>
      parameters.find((item) => item.name === name)?.schema?.type === 'integer' ? '(-?\\d+)' : '([^/]+)',
    )}$`,
  ),
});

function operationsOf(document: Json): Operation[] {
  const resolved = (node: Json): Json =>
    typeof node.$ref === 'string'
      ? resolved(
          node.$ref
            .slice(2)
            .split('/')
            .reduce<Json>((at, step) => at[step], document),
        )
      : node;
  return Object.entries(document.paths as Json).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({
      method: method.toUpperCase(),
      path,
      ...matching(path, [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolved)),
      requestBody: item[method].requestBody && resolved(item[method].requestBody),
      responses: item[method].responses,
    })),
  );
}

/** `/requests/search` is not the request named "search": the path with the fewest parameters is meant. */
const operationFor = (operations: Operation[], method: string, path: string): Operation | undefined =>
  operations
    .filter((operation) => operation.method === method && operation.pattern.test(path))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];

type Validate = ReturnType<typeof validators>;

function parameterFaults(
  operation: Operation,
  url: URL,
  also: readonly string[],
  validate: Validate,
): string[] {
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const values = operation.pattern.exec(url.pathname)?.slice(1) ?? [];
  const known = operation.parameters.filter((item) => item.in === 'query').map((item) => item.name as string);
  const strange = [...new Set(url.searchParams.keys())].filter((name) => ![...known, ...also].includes(name));
  return [
    ...strange.map((name) => `query ${name} is not described`),
    ...operation.parameters.flatMap((item) => {
      const sent: string[] =
        item.in === 'query'
          ? url.searchParams.getAll(item.name)
          : item.in === 'path'
            ? [decodeURIComponent(values[names.indexOf(item.name)] ?? '')]
            : [];
      if (sent.length === 0)
        return item.required && item.in === 'query' ? [`query ${item.name} is missing`] : [];
      const typed = (text: string) =>
        item.schema?.type === 'integer' && /^-?\d+$/.test(text)
          ? Number(text)
          : item.schema?.type === 'boolean' && /^(true|false)$/.test(text)
            ? text === 'true'
            : text;
      const value = item.schema?.type === 'array' ? sent : typed(sent[0] as string);
      return validate(item.schema, value).map((fault) => `${item.in} ${item.name} ${fault}`);
    }),
  ];
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const nothing = (name: string): Described => ({
  skipped: `${name}: not compared with the maker's own description, VENDOR_SPECS is not set`,
  watched: (handle) => handle,
  mismatches: [],
  compared: new Set(),
  unknown: new Set(),
});

/**
 * @param name of the vendor, whose description is `$VENDOR_SPECS/<name>/subset.json`
 */
export function describedBy(name: string, { query = [], amend }: Reading = {}): Described {
  const folder = process.env['VENDOR_SPECS'];
  if (!folder) return nothing(name);
  const document = JSON.parse(readFileSync(join(folder, name, 'subset.json'), 'utf8')) as Json;
  amend?.(document);
  const validate = validators(document);
  const operations = operationsOf(document);
  const mismatches: string[] = [];
  const compared = new Set<string>();
  const unknown = new Set<string>();

  async function compare(request: Request, sent: string, response: Response): Promise<void> {
    const url = new URL(request.url);
    const operation = operationFor(operations, request.method, url.pathname);
    if (!operation) {
      unknown.add(`${request.method} ${url.pathname.replace(/\/\d+(?=\/|$)/g, '/{id}')}`);
      return;
    }
    const { status } = response;
    const what = `${operation.method} ${operation.path} → ${status}`;
    const faults = parameterFaults(operation, url, query, validate);
    const asked = operation.requestBody?.content?.['application/json']?.schema as Json | undefined;
    if (asked && sent) faults.push(...validate(asked, jsonOf(sent)).map((fault) => `request ${fault}`));
    const declared = operation.responses[status] as Json | undefined;
    const told = declared?.content?.['application/json']?.schema as Json | undefined;
    if (declared) compared.add(what);
    if (told) {
      const text = await response.clone().text();
      faults.push(...validate(told, jsonOf(text)).map((fault) => `reply ${fault}`));
    }
    mismatches.push(...faults.map((fault) => `${what}: ${fault}`));
  }

  return {
    skipped: undefined,
    mismatches,
    compared,
    unknown,
    watched: (handle) => async (request) => {
      const sent = await request.clone().text();
      const response = await handle(request);
      await compare(request, sent, response);
      return response;
    },
  };
}
