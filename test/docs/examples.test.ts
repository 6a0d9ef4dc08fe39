import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** What the pages about backends show of adapters passes the compiler, against the sources as they are. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}docs/backends/`;

/** Every block that is whole, as a file beside its page. */
const examples = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(folder + name, 'utf8').matchAll(/^```ts\n([^]*?)^```/gm)]
        .map(([, text]) => text as string)
        .filter((text) => text.includes("from 'escalation-elements/adapters/"))
        .map((text, i): [string, string] => [`${folder}${name}.${i + 1}.ts`, `${text}\nexport {};\n`]),
    ),
);

function faults(): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: ['src/backend.ts'] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => examples.has(path) || fileExists(path);
  host.readFile = (path) => examples.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = examples.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, rest[0]);
  };
  const program = ts.createProgram([...examples.keys()], options, host);
  return [...examples.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText, start = 0 }) => {
        const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
        return `${path.slice(folder.length)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      },
    );
  });
}

it('every example of a backend passes the compiler', () => {
  expect(examples.size).toBeGreaterThan(3);
  expect(faults()).toEqual([]);
}, 60_000);
