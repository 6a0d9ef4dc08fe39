import {
  TextDocument,
  getLanguageService,
  type CompletionItem,
  type Hover,
  type JSONSchema,
} from 'vscode-json-languageservice';
import schema from 'escalation-elements/policy.schema.json' with { type: 'json' };
import type { Place } from './place.js';

/** What the schema of the package knows of a text: the language service that editors of code have, without an editor. */

const URI = 'https://demo.invalid/policy.schema.json';

const service = getLanguageService({
  // Whatever a text says in `$schema`: there is one.
  workspaceContext: { resolveRelativePath: () => URI },
  clientCapabilities: {
    textDocument: { completion: { completionItem: { documentationFormat: ['plaintext'] } } },
  },
});
/** The service lets the words of what a `$ref` names replace those beside it, which say more. */
const { $defs, ...members } = schema as unknown as JSONSchema & { $defs: Record<string, JSONSchema> };
const wordless = Object.entries($defs).map(([name, { description: _description, ...shape }]) => [
  name,
  shape,
]);
const plainSchema = { ...members, $defs: Object.fromEntries(wordless) as object } as JSONSchema;
service.configure({ schemas: [{ uri: URI, fileMatch: ['*'], schema: plainSchema }] });

function read(text: string) {
  const document = TextDocument.create('demo:policy.json', 'json', 1, text);
  return { document, parsed: service.parseJSONDocument(document) };
}

export interface Said extends Place {
  text: string;
}

async function faults(text: string, schemaValidation: 'ignore' | 'warning'): Promise<Said[]> {
  const { document, parsed } = read(text);
  const found = await service.doValidation(document, parsed, {
    schemaValidation,
    schemaRequest: 'ignore',
    comments: 'error',
    trailingCommas: 'error',
  });
  return found.map(({ range, message }) => ({
    from: document.offsetAt(range.start),
    to: document.offsetAt(range.end),
    text: typeof message === 'string' ? message : message.value,
  }));
}

/** What keeps a text from being JSON. */
export const syntaxFaults = (text: string): Promise<Said[]> => faults(text, 'ignore');
/** Of JSON: what the schema does not know, such as a member with a slip in its name. */
export const schemaFaults = (text: string): Promise<Said[]> => faults(text, 'warning');

/** The service writes Markdown; here it is plain again. */
const plain = (markdown: string): string =>
  markdown
    .replaceAll('&nbsp;', ' ')
    .replace(/\\\n/g, '\n')
    .replace(/\\([^\w\s])/g, '$1');

const wordsOf = ({ contents }: Hover): string =>
  [contents]
    .flat()
    .map((part) => plain(typeof part === 'string' ? part : part.value))
    .join('\n\n');

/** @returns what the schema says of what is there */
export async function describe(text: string, at: number): Promise<Said | null> {
  const { document, parsed } = read(text);
  const hover = await service.doHover(document, document.positionAt(at), parsed);
  const words = hover ? wordsOf(hover) : '';
  if (!hover?.range || !words) return null;
  return { from: document.offsetAt(hover.range.start), to: document.offsetAt(hover.range.end), text: words };
}

export interface Proposal {
  label: string;
  info: string;
  isName: boolean;
  /** To insert; `${1}` is where the caret goes. */
  template: string;
}

export interface Proposals extends Place {
  items: Proposal[];
}

const infoOf = ({ documentation, detail }: CompletionItem): string =>
  (typeof documentation === 'string' ? documentation : documentation?.value) || detail || '';

/** In the service's templates a bare `$1` is a place; in the editor's it is text, and so is a `$` without more. */
const templateOf = (text: string): string => text.replace(/(?<!\\)\$(\d)/g, '${$1}').replaceAll('\\$', '$');

/** @returns what can stand there, and what it takes the place of */
export async function propose(text: string, at: number): Promise<Proposals | null> {
  const { document, parsed } = read(text);
  const found = await service.doComplete(document, document.positionAt(at), parsed);
  const edit = found?.items.find((item) => item.textEdit)?.textEdit;
  if (!found || !edit || !('range' in edit)) return null;
  return {
    from: document.offsetAt(edit.range.start),
    to: document.offsetAt(edit.range.end),
    items: found.items.map((item) => ({
      label: item.label.replace(/^"(.*)"$/, '$1'),
      info: infoOf(item),
      isName: item.kind === 10,
      template: templateOf(item.textEdit?.newText ?? item.insertText ?? item.label),
    })),
  };
}
