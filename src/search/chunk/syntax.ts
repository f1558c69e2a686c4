import type { Node } from 'web-tree-sitter';
import { join, mergeSmall, type Piece, type Sizes } from './pieces.ts';
import { splitLines } from './split-lines.ts';

/** Trees that are deeper are no work of people, and are cut by their lines from there on. */
const DEEPEST = 100;
const REMARK = /comment|attribute_item|^annotation$|^decorator$|^attribute_list$/;
const WORD = /[\p{L}\p{N}]/u;
/** What ends a block in languages that do so in words. */
const END = /^\s*(?:end|fi|done|esac)\b\W*$/;

/** Nodes that share lines, with the lines that are theirs. */
interface Group extends Rows {
  readonly nodes: Node[];
}

interface Rows {
  readonly first: number;
  last: number;
}

/**
 * Code in pieces of whole lines: a node that is too large is cut into its children, and these are put together again as far as
 * they fit. Sizes are in characters that are not blank.
 */
export function cutTree(root: Node, lines: readonly string[], sizes: Sizes): Piece[] {
  const sums = [0];
  for (const line of lines) sums.push((sums.at(-1) ?? 0) + weigh(line));
  const size = ({ first, last }: Rows) => (sums[last + 1] ?? 0) - (sums[first] ?? 0);
  return cutNodes([root], { first: 0, last: lines.length - 1 }, { lines, sizes, size, depth: 0 });
}

interface Cutting {
  readonly lines: readonly string[];
  readonly sizes: Sizes;
  readonly size: (rows: Rows) => number;
  readonly depth: number;
}

function cutNodes(nodes: readonly Node[], within: Rows, cutting: Cutting): Piece[] {
  const { lines, sizes, depth } = cutting;
  /** Of each group that fits one piece, and of each that was cut its own. */
  const parts: Piece[][] = [];
  for (const group of groupsOf(nodes, within, lines)) {
    const { first, last } = group;
    const size = cutting.size(group);
    if (size > sizes.most) {
      parts.push(cutGroup(group, cutting));
      continue;
    }
    const text = lines.slice(first, last + 1).join('\n');
    // What begins a node that is cut, such as the name of a class, tells what its children are of.
    const isHead = depth > 1 && first === within.first;
    const isLead = isHead || (isRemark(group) && lines[last + 1]?.trim() !== '');
    const piece = { text, first, last, size, isLead, headings: [] };
    const before = parts.at(-1);
    const end = before?.at(-1);
    if (before && end && isEnd(text)) before[before.length - 1] = join(end, piece);
    else if (text.trim() !== '') parts.push([piece]);
  }
  return merge(parts, sizes);
}

/** Neighbours join as far as they fit; with parts of what was cut only if they are small, so that few chunks are of two things. */
function merge(parts: readonly Piece[][], sizes: Sizes): Piece[] {
  const runs: Piece[][] = [];
  let isWhole = false;
  for (const part of withLeads(parts, sizes)) {
    const isOne = part.length === 1;
    if (isOne && isWhole) runs.at(-1)?.push(...part);
    else runs.push([...part]);
    isWhole = isOne;
  }
  const merged = runs.flatMap((run) => mergeSmall(run, sizes));
  return mergeSmall(merged, { least: sizes.least / 4, most: sizes.most });
}

/** Remarks and heads go before the first piece of what follows, whether that was cut or not. */
function withLeads(parts: readonly Piece[][], { most }: Sizes): Piece[][] {
  const result: Piece[][] = [];
  for (const part of parts) {
    const before = result.at(-1)?.[0];
    const [first, ...others] = part;
    if (before?.isLead && first && result.at(-1)?.length === 1 && before.size <= most / 4)
      result[result.length - 1] = [join(before, first), ...others];
    else result.push(part);
  }
  return result;
}

function cutGroup({ nodes, first, last }: Group, cutting: Cutting): Piece[] {
  const { lines, sizes, depth } = cutting;
  const parts = nodes.flatMap((node) => (node.childCount === 0 ? [node] : node.children));
  const isCut = nodes.some(({ childCount }) => childCount > 0);
  if (isCut && depth < DEEPEST) return cutNodes(parts, { first, last }, { ...cutting, depth: depth + 1 });
  return splitLines(lines, first, last, sizes.most).map((span) => ({
    ...span,
    size: weigh(span.text),
    isLead: false,
    headings: [],
  }));
}

/** In the order of their lines, and holding all lines within: those of no node go with what follows. */
function groupsOf(nodes: readonly Node[], within: Rows, lines: readonly string[]): Group[] {
  const groups: Group[] = [];
  for (const node of nodes) {
    const { row: from } = node.startPosition;
    const first = Math.max(from, within.first);
    const last = Math.min(Math.max(first, lastRow(node)), within.last);
    const before = groups.at(-1);
    if (before && first <= before.last) {
      before.nodes.push(node);
      before.last = Math.max(before.last, last);
    } else {
      let start = before ? before.last + 1 : within.first;
      while (start < first && lines[start]?.trim() === '') start += 1;
      groups.push({ nodes: [node], first: start, last });
    }
  }
  const end = groups.at(-1);
  if (end === undefined) return [{ nodes: [], ...within }];
  end.last = within.last;
  while (end.last > end.first && lines[end.last]?.trim() === '') end.last -= 1;
  return groups;
}

function lastRow({ startPosition, endPosition }: Node): number {
  const { row, column } = endPosition;
  return column === 0 && row > startPosition.row ? row - 1 : row;
}

function isRemark({ nodes }: Group): boolean {
  return nodes.every(({ type }) => REMARK.test(type));
}

function isEnd(text: string): boolean {
  return !WORD.test(text) || END.test(text);
}

/** Its characters that are not blank; of hardly anything but blanks, half of all. */
function weigh(line: string): number {
  return Math.max(line.replace(/\s+/g, '').length, Math.ceil(line.length / 2));
}
