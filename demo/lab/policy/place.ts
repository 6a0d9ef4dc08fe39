import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';

/** Where in the text of a document a JSON pointer leads. */

export interface Place {
  from: number;
  to: number;
}

const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** An array counts its items. */
const pathIn = (root: Node, steps: readonly string[]): (string | number)[] => {
  const path: (string | number)[] = [];
  for (const step of steps) {
    const parent = findNodeAtLocation(root, path);
    path.push(parent?.type === 'array' ? Number(step) : step);
  }
  return path;
};

/** What is marked: a value, but of one that has lines of its own only the name, or where it begins. */
function markOf(node: Node): Place {
  const isLong = node.type === 'object' || node.type === 'array';
  const name = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  const { offset, length } = isLong && name ? name : node;
  return { from: offset, to: offset + (isLong && !name ? 1 : length) };
}

/** @returns the place of what the pointer names; of what is missing, the place of what it is missing in */
export function placeOf(text: string, pointer: string): Place {
  const root = parseTree(text);
  if (!root) return { from: 0, to: 0 };
  for (let path = pathIn(root, stepsOf(pointer)); path.length; path = path.slice(0, -1)) {
    const node = findNodeAtLocation(root, path);
    if (node) return markOf(node);
  }
  return markOf(root);
}
