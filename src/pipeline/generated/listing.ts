import { textLine } from './markdown.ts';

/** A line of an index. */
export interface Entry {
  /** The folders that it stands in, below that of the index, and its own name. */
  readonly place: readonly string[];
  /** Markdown of one line. Called at most once, and only if there may be room. */
  readonly line: () => string;
}

interface Node {
  line?: string;
  readonly below: Map<string, Node>;
}

/**
 * A nested list, in the order of the tree, of as many of the entries as fit into so many bytes. The first ones have
 * precedence; none that comes after one which did not fit is listed.
 */
export function listing(entries: Iterable<Entry>, maxBytes: number): { text: string; listed: number } {
  const root: Node = { below: new Map() };
  let bytes = 0;
  let listed = 0;
  for (const { place, line: write } of entries) {
    const line = write();
    bytes += size(line, place.length - 1) + missingFolders(root, place);
    if (bytes > maxBytes) break;
    nodeAt(root, place).line = line;
    listed += 1;
  }
  return { text: written(root, 0), listed };
}

function missingFolders(root: Node, place: readonly string[]): number {
  let node: Node | undefined = root;
  let bytes = 0;
  for (const [depth, name] of place.slice(0, -1).entries()) {
    node = node?.below.get(name);
    if (node === undefined) bytes += size(textLine(name), depth);
  }
  return bytes;
}

function nodeAt(root: Node, place: readonly string[]): Node {
  let node = root;
  for (const name of place) {
    const child = node.below.get(name) ?? { below: new Map() };
    node.below.set(name, child);
    node = child;
  }
  return node;
}

const indent = (depth: number) => '  '.repeat(depth);

function size(line: string, depth: number): number {
  return Buffer.byteLength(`${indent(depth)}- ${line}\n`);
}

function written({ below }: Node, depth: number): string {
  return [...below]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, node]) => `${indent(depth)}- ${node.line ?? textLine(name)}\n${written(node, depth + 1)}`)
    .join('');
}
