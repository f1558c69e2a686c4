import type { List } from 'mdast';
import { type Flow, list, listItem } from '../nodes.ts';
import { MAX_DEPTH, type Source } from './source.ts';

/** Items that stand at one level, as Slack writes them: a nested list follows the one that it stands in. */
export interface ListPart {
  readonly indent: number;
  readonly ordered: boolean;
  /** How many items are counted before the first; undefined if it does not say. */
  readonly offset: number | undefined;
  readonly items: readonly (readonly Flow[])[];
}

interface OpenList {
  readonly indent: number;
  readonly node: List;
}

/** Lists that follow each other as lists within lists; a level that is skipped is none. */
export function nestLists(parts: readonly ListPart[], source: Source, depth: number): Flow[] {
  const roots: List[] = [];
  const open: OpenList[] = [];
  for (const part of parts) {
    // Without an item, nothing can stand in it: what follows would come before what it later takes in.
    if (part.items.length === 0) continue;
    let between = false;
    while ((open.at(-1)?.indent ?? -1) > part.indent) between = open.pop() !== undefined;
    const top = open.at(-1);
    if (top?.indent === part.indent && !continues(top.node, part, between)) open.pop();
    if (open.at(-1)?.indent !== part.indent) openList(part);
    for (const item of part.items) open.at(-1)?.node.children.push(listItem([...item]));
  }
  return roots;

  function openList({ indent, ordered, offset = 0 }: ListPart): void {
    const parent = open.at(-1);
    if (parent && depth + open.length >= MAX_DEPTH) {
      source.flatten();
      return;
    }
    const node = list([], ordered, offset + 1);
    const last = parent?.node.children.at(-1);
    if (last) last.children.push(node);
    else roots.push(node);
    open.push({ indent, node });
  }
}

/** Numbers go on behind a nested list, and where they say that they do. */
function continues({ ordered, start, children }: List, part: ListPart, between: boolean): boolean {
  if (ordered !== part.ordered) return false;
  if (!ordered) return true;
  return part.offset === undefined ? between : part.offset + 1 === (start ?? 1) + children.length;
}
