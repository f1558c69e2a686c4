import type { Node, Query } from 'web-tree-sitter';

/** Something that code defines, or that its definitions are within. Lines count from 0. */
export interface Definition {
  /** With the names of what it is within, such as `['InvoiceService', 'total']`. */
  readonly path: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly isScope: boolean;
}

const NAME_LENGTH = 100;

/** What a tree defines, in the order of its lines. */
export function definitionsIn(root: Node, query: Query): Definition[] {
  const nodes = new Map<
    number,
    { readonly node: Node; readonly names: string[]; readonly isScope: boolean }
  >();
  for (const { captures } of query.matches(root)) {
    const by = (name: string) => captures.find((capture) => capture.name === name)?.node;
    const scope = by('scope');
    const node = scope ?? by('definition');
    const names = [by('owner'), by('name')].flatMap((part) => (part ? [nameOf(part)] : []));
    if (node && names.length > 0) nodes.set(node.id, { node, names, isScope: scope !== undefined });
  }
  const inOrder = [...nodes.values()].sort(
    (a, b) => a.node.startIndex - b.node.startIndex || b.node.endIndex - a.node.endIndex,
  );
  const open: { readonly end: number; readonly path: readonly string[] }[] = [];
  return inOrder.map(({ node, names, isScope }) => {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= node.startIndex) open.pop();
    const path = [...(open.at(-1)?.path ?? []), ...names];
    open.push({ end: node.endIndex, path });
    return { path, first: node.startPosition.row, last: node.endPosition.row, isScope };
  });
}

/** In one way of writing for all languages, without what a generic type is of. */
function nameOf({ text }: Node): string {
  const name = text
    .slice(0, 2 * NAME_LENGTH)
    .replace(/<.*$/s, '')
    .replaceAll('::', '.')
    .replace(/\s+/g, '');
  return name
    .replace(/^['"]|['"]$/g, '')
    .slice(0, NAME_LENGTH)
    .toWellFormed();
}
