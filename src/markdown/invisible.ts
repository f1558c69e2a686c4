import type { Nodes, Root } from 'mdast';
import { stripInvisible } from '../core/invisible.ts';

/** What of a node is text of its author, beside its children. */
const TEXTS = ['value', 'url', 'title', 'alt', 'label', 'identifier', 'lang', 'meta'] as const;

/**
 * The tree without invisible characters, in text, code and addresses alike, and how many there were. Before writing,
 * because a character that goes afterwards would bring what stood around it together: marks with nothing between
 * them, or a `#` to a line's beginning.
 */
export function stripTree(root: Root): { readonly tree: Root; readonly removed: number } {
  let removed = 0;
  const strip = <T extends Nodes>(node: T): T => {
    const changes: Partial<Record<(typeof TEXTS)[number] | 'children', unknown>> = {};
    for (const name of TEXTS) {
      const before = (node as Partial<Record<typeof name, unknown>>)[name];
      if (typeof before !== 'string') continue;
      const after = stripInvisible(before);
      removed += after.removed;
      if (after.removed > 0) changes[name] = after.text;
    }
    if ('children' in node) {
      const children = (node.children as Nodes[]).map(strip);
      if (children.some((child, index) => child !== node.children[index])) changes.children = children;
    }
    return Object.keys(changes).length === 0 ? node : { ...node, ...changes };
  };
  return { tree: strip(root), removed };
}
