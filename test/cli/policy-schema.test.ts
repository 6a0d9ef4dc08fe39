import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../src/policies/policy.schema.json' with { type: 'json' };

interface Node {
  description?: string;
  examples?: unknown[];
  properties?: Record<string, Node>;
  items?: Node;
  oneOf?: Node[];
  anyOf?: Node[];
  additionalProperties?: Node | boolean;
  $ref?: string;
  default?: unknown;
}

/** Every member at every depth, by its path. */
function members(node: Node, path: string): [path: string, member: Node][] {
  const more = typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([name, member]): [string, Node][] => [
      [`${path}/${name}`, member],
      ...members(member, `${path}/${name}`),
    ]),
    ...[...(node.oneOf ?? []), ...(node.anyOf ?? []), ...more, ...(node.items ? [node.items] : [])].flatMap(
      (part) => members(part, path),
    ),
  ];
}

const { $defs, ...top } = schema as unknown as Node & { $defs: Record<string, Node> };
const all = [top, ...Object.values($defs)].flatMap((node) => members(node, ''));

describe('an editor that knows policy.schema.json', () => {
  it('has words for every member at every depth', () => {
    expect(all.length).toBeGreaterThan(150);
    const bare = all.filter(([, { description }]) => !/^\S.{5,}\.$/.test(description ?? ''));
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('has words for every kind of criterion, channel and remedy', () => {
    const kinds = all.flatMap(([, { items }]) => items?.oneOf ?? []).concat($defs['remedy']?.oneOf ?? []);
    expect(kinds.length).toBeGreaterThan(17);
    expect(kinds.filter(({ description }) => !description)).toEqual([]);
  });

  const ajv = new Ajv2020({ formats: { email: true } });
  const offered = all.flatMap(([path, member]) =>
    [...(member.examples ?? []), ...('default' in member ? [member.default] : [])].map(
      (value) => [path, JSON.stringify(value), member] as const,
    ),
  );
  it.each(offered)('%s: %s is a value that it accepts', (_path, value, member) => {
    const check = ajv.compile({ ...member, $defs });
    expect(check(JSON.parse(value)), JSON.stringify(check.errors)).toBe(true);
  });
});
