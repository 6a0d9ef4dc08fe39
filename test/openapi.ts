import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/**
 * Holds requests and answers against `openapi.yaml`, so that whoever serves the contract and whoever speaks it are
 * tested against the same file. Ajv reads the schemas as what OpenAPI 3.1 says they are: JSON Schema 2020-12.
 */

/** JSON of unknown shape. */
export type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
type Handle = (request: Request) => Promise<Response>;

/** What was seen is not what the contract says. `message` has the operation, the status and every fault. */
export class ContractMismatch extends Error {
  override readonly name = 'ContractMismatch';
  readonly operation: string;
  readonly status: number;
  readonly faults: readonly string[];

  constructor(operation: string, status: number, faults: readonly string[]) {
    super(
      `${operation} → ${status} does not keep to openapi.yaml:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.operation = operation;
    this.status = status;
    this.faults = faults;
  }
}

/** Every mismatch so far: a client may take one for a network error and swallow it, so look here at the end. */
export interface Checked {
  readonly mismatches: readonly ContractMismatch[];
}

/** The document as it is written. */
export const document: Json = parse(
  readFileSync(new URL('../src/gateway/openapi.yaml', import.meta.url), 'utf8'),
);

const REF = '#/components/schemas/';

/** `$ref`s to schemas become ids that Ajv knows; `mapping` goes, which Ajv refuses and the constants replace. */
const prepared = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(prepared);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      if (name === '$ref' && String(value).startsWith(REF))
        return [name, `contract#/$defs/${value.slice(REF.length)}`];
      if (name === 'discriminator' && value.propertyName) return [name, { propertyName: value.propertyName }];
      return [name, prepared(value)];
    }),
  );
};
const contract = prepared(document) as Json;

const ajv = new Ajv2020({ allErrors: true, discriminator: true, strictTypes: false, strictRequired: false });
const instant = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
ajv.addFormat('date', isDay);
ajv.addFormat('date-time', (text) => instant.test(text) && isDay(text.slice(0, 10)));
ajv.addFormat('json-pointer', /^(\/([^~/]|~[01])*)*$/);
ajv.addFormat(
  'uri-reference',
  (text) => /^[!#-;=?-Z_a-z~[\]@%]*$/.test(text) && URL.canParse(text, 'http://base/'),
);
ajv.addSchema({ $id: 'contract', $defs: contract.components.schemas });

const compiled = new WeakMap<object, ValidateFunction>();

const explain = ({ instancePath, message, params }: ErrorObject): string => {
  const wanted = params.allowedValues ?? params.allowedValue;
  return `${instancePath} ${message}${wanted === undefined ? '' : `: ${JSON.stringify(wanted)}`}`.trim();
};

/** @returns the faults of `value`, each with its JSON pointer; none when it keeps to the (prepared) schema */
const faultsOf = (schema: object | undefined, value: unknown): string[] => {
  if (!schema) return [];
  let validate = compiled.get(schema);
  if (!validate) compiled.set(schema, (validate = ajv.compile(schema)));
  return validate(value) ? [] : (validate.errors ?? []).map(explain);
};

const preparedOnce = new WeakMap<object, object>();

/** Validates a value against a schema as it stands in the document. */
export const validate = (schema: object, value: unknown): string[] => {
  let known = preparedOnce.get(schema);
  if (!known) preparedOnce.set(schema, (known = prepared(schema) as object));
  return faultsOf(known, value);
};

/** The node itself, or what its `$ref` names. */
const resolved = (node: Json): Json => {
  if (typeof node.$ref !== 'string' || !node.$ref.startsWith('#/')) return node;
  const steps = node.$ref.slice(2).split('/');
  return resolved(steps.reduce<Json>((at, step) => at[step], contract));
};

interface Operation {
  id: string;
  method: string;
  path: string;
  pattern: RegExp;
  parameters: Json[];
  requestBody?: Json;
  responses: Json;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const operations: Operation[] = Object.entries(contract.paths as Json).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({
    id: item[method].operationId,
    method: method.toUpperCase(),
    path,
    pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '([^/]+)')}$`),
    parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolved),
    requestBody: item[method].requestBody && resolved(item[method].requestBody),
    responses: item[method].responses,
  })),
);

interface Seen {
  method: string;
  /** Below the base path; undefined: not below it. */
  path: string | undefined;
  query: URLSearchParams;
  headers: Headers;
  hasBody: boolean;
  /** Of a JSON body. */
  text: Promise<string | undefined>;
}

const mediaType = (headers: Headers): string =>
  (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

const isJson = (type: string): boolean => type === 'application/json' || type === 'application/problem+json';

const parsed = (text: string): { value?: unknown } => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return {};
  }
};

const jsonFaults = (what: string, schema: object, text: string): string[] => {
  const json = parsed(text);
  if (!('value' in json)) return [`${what} is not JSON: ${JSON.stringify(text.slice(0, 80))}`];
  return faultsOf(schema, json.value).map((fault) => `${what} ${fault}`);
};

const parameterFaults = (operation: Operation, { path, query, headers }: Seen): string[] => {
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
  const values = operation.pattern.exec(path ?? '') ?? [];
  const known = new Set(operation.parameters.filter((item) => item.in === 'query').map((item) => item.name));
  return [
    ...[...new Set(query.keys())]
      .filter((name) => !known.has(name))
      .map((name) => `query ${name} is not described`),
    ...operation.parameters.flatMap((item) => {
      const what = `${item.in} ${item.name}`;
      const sent =
        item.in === 'query'
          ? query.getAll(item.name)
          : [
              item.in === 'path'
                ? decodeURIComponent(values[names.indexOf(item.name) + 1] ?? '')
                : headers.get(item.name),
            ];
      const [text = null] = sent;
      if (sent.length > 1) return [`${what} is there ${sent.length} times`];
      if (text === null) return item.required ? [`${what} is missing`] : [];
      const isNumber = resolved(item.schema).type === 'integer' && /^-?\d+$/.test(text);
      return faultsOf(item.schema, isNumber ? Number(text) : text).map((fault) => `${what} ${fault}`);
    }),
  ];
};

const requestFaults = async (operation: Operation, seen: Seen): Promise<string[]> => {
  const faults = parameterFaults(operation, seen);
  if (!operation.requestBody) return seen.hasBody ? [...faults, 'the request has a body'] : faults;
  if (!seen.hasBody) return operation.requestBody.required ? [...faults, 'the request has no body'] : faults;
  const { content } = operation.requestBody;
  const type = mediaType(seen.headers);
  if (!type) return [...faults, 'the request has no Content-Type'];
  const media = content[type] ?? content['*/*'];
  if (!media) return [...faults, `the request is ${type}, not ${Object.keys(content).join(' or ')}`];
  const text = await seen.text;
  return text === undefined || !isJson(type) || !media.schema
    ? faults
    : [...faults, ...jsonFaults('request body', media.schema, text)];
};

const headerFaults = (described: Json, headers: Headers, code: unknown): string[] =>
  Object.entries(described).flatMap(([name, node]) => {
    const header = resolved(node as Json);
    const value = headers.get(name);
    if (value !== null) return faultsOf(header.schema, value).map((fault) => `header ${name} ${fault}`);
    const required = header.required || header['x-required-for-codes']?.includes(code);
    return required ? [`header ${name} is missing`] : [];
  });

const responseFaults = async (declared: Json, response: Response): Promise<string[]> => {
  const type = mediaType(response.headers);
  const content: Json | undefined = declared.content;
  const media = content && (content[type] ?? (type ? content['*/*'] : undefined));
  const faults: string[] = [];
  let code: unknown;
  if (content && !media) {
    faults.push(`the answer is ${type || 'without Content-Type'}, not ${Object.keys(content).join(' or ')}`);
  } else if (isJson(type) && media?.schema) {
    const text = await response.clone().text();
    faults.push(...jsonFaults('body', media.schema, text));
    code = (parsed(text).value as Json | undefined)?.code;
  }
  return [...headerFaults(declared.headers ?? {}, response.headers, code), ...faults];
};

/** Lets a stream through and holds each event of it against the schemas in `x-events`. */
const checkedEvents = (
  response: Response,
  events: Json,
  fail: (faults: string[]) => ContractMismatch,
): Response => {
  let rest = '';
  const check = (block: string): string[] => {
    const lines = block.split('\n').filter((line) => line && !line.startsWith(':'));
    const values = (field: string) =>
      lines
        .filter((line) => line.startsWith(`${field}:`))
        .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
    const strange = lines
      .filter((line) => !/^(event|data|id|retry)(:|$)/.test(line))
      .map((line) => `event line ${line}`);
    const [name] = values('event');
    const data = values('data').join('\n');
    if (name === undefined && data === '') return strange;
    const schema = name === undefined ? undefined : events[name];
    if (!schema) return [...strange, `event ${name ?? '(unnamed)'} is not described`];
    return [...strange, ...(schema.$ref ? jsonFaults(`event ${name}`, schema, data) : [])];
  };
  const decoder = new TextDecoder();
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop() ?? '';
      const faults = blocks.flatMap(check);
      if (faults.length > 0) throw fail(faults);
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body!.pipeThrough(through), { status, statusText, headers });
};

/** What an unknown path or method has to be answered with. */
const outside = (method: string, path: string | undefined): { name: string; status: number; node: Json } => {
  const known = path !== undefined && operations.some(({ pattern }) => pattern.test(path));
  return known
    ? {
        name: `${method} ${path} (no such method)`,
        status: 405,
        node: contract.components.responses.MethodNotAllowed,
      }
    : {
        name: `${method} ${path ?? '?'} (no such path)`,
        status: 404,
        node: contract.components.responses.NotFound,
      };
};

async function check(seen: Seen, response: Response, mismatches: ContractMismatch[]): Promise<Response> {
  if (seen.method === 'OPTIONS') return response; // preflights are described by the Fetch standard
  const { status } = response;
  const operation = operations.find(
    ({ method, pattern }) => method === seen.method && seen.path !== undefined && pattern.test(seen.path),
  );
  const other = operation ? undefined : outside(seen.method, seen.path);
  const name = operation ? `${operation.id} ${operation.method} ${operation.path}` : other!.name;
  const fail = (faults: string[]) => {
    const mismatch = new ContractMismatch(name, status, faults);
    mismatches.push(mismatch);
    return mismatch;
  };
  const node: Json | undefined = operation ? operation.responses[String(status)] : other!.node;
  if (!node || (other && other.status !== status))
    throw fail([
      `status ${status} is not described, but ${other?.status ?? Object.keys(operation!.responses).join(', ')}`,
    ]);
  const declared = resolved(node);
  const events = declared.content?.['text/event-stream']?.['x-events'];
  let faults: string[];
  try {
    faults = await responseFaults(declared, response);
  } catch {
    return response; // cut off or aborted: whoever reads it will see that
  }
  if (operation && (status < 400 || status > 499)) faults.push(...(await requestFaults(operation, seen)));
  if (faults.length > 0) throw fail(faults);
  return events && response.body ? checkedEvents(response, events, fail) : response;
}

/** Looks at a request without touching its body. */
const seenIn = (request: Request, basePath: string): Seen => {
  const url = new URL(request.url);
  const base = basePath.replace(/\/$/, '');
  const spare = request.body && isJson(mediaType(request.headers)) ? request.clone() : undefined;
  return {
    method: request.method,
    path: url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : undefined,
    query: url.searchParams,
    headers: request.headers,
    hasBody: request.body !== null,
    text: spare ? spare.text().catch(() => undefined) : Promise.resolve(undefined),
  };
};

/**
 * Wraps a handler; every answer is held against `openapi.yaml`, and so is every request but where it was refused (4xx).
 * @param basePath where the handler serves the contract, such as `/api/escalations`
 * @throws ContractMismatch with operation, status and all faults
 */
export function checked(handle: Handle, basePath = ''): Handle & Checked {
  const mismatches: ContractMismatch[] = [];
  const wrapped: Handle = async (request) => {
    const seen = seenIn(request, basePath);
    return check(seen, await handle(request), mismatches);
  };
  return Object.assign(wrapped, { mismatches });
}

/**
 * The same for a `fetch`, to be given to an adapter. The wrapped `fetch` gets its arguments unchanged.
 * @param baseUrl absolute address of the contract, the adapter's `endpoint`
 */
export function checkedFetch(
  fetch: typeof globalThis.fetch,
  baseUrl: string | URL,
): typeof globalThis.fetch & Checked {
  const mismatches: ContractMismatch[] = [];
  const base = new URL(baseUrl);
  const wrapped: typeof globalThis.fetch = async (input, init) => {
    const { signal: _signal, ...rest } = init ?? {};
    const isStream = rest.body instanceof ReadableStream; // can be read once, and only files are sent so
    const request =
      input instanceof Request
        ? new Request(input.clone(), rest)
        : new Request(new URL(input, base), { ...rest, ...(isStream && { body: 'a stream' }) });
    if (new URL(request.url).origin !== base.origin)
      throw Object.assign(new Error(`${request.method} ${request.url} leaves ${base.origin}`), {
        mismatches,
      });
    const seen = seenIn(request, base.pathname);
    return check(seen, await fetch(input, init), mismatches);
  };
  return Object.assign(wrapped, { mismatches });
}
