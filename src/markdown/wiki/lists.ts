import type { List } from 'mdast';
import { type Flow, list, listItem, toFlow } from '../nodes.ts';
import { inline } from './inline.ts';
import type { Line } from './lines.ts';
import { MAX_DEPTH, type Source } from './source.ts';

/** A list item and where its text is. The lines after it move its end. */
export interface Item {
  readonly level: number;
  readonly ordered: boolean;
  readonly start: number;
  end: number;
}

const MARKER = /([*#-]+)[ \t\u00A0]+(?=\S)/y;

/**
 * The item that a line begins. Dashes alone are an item's marker only below an item one level up (`level`, 0 outside
 * of lists), so that a signature (`-- Ann`) stays text.
 */
export function itemAt({ text }: Source, line: Line, level: number): Item | undefined {
  MARKER.lastIndex = line.start;
  const marker = MARKER.exec(text)?.[1] ?? '';
  if (marker === '' || MARKER.lastIndex >= line.end) return undefined;
  if (marker.startsWith('--') && /^-+$/.test(marker) && marker.length > level + 1) return undefined;
  return {
    level: marker.length,
    ordered: marker.endsWith('#'),
    start: MARKER.lastIndex,
    end: line.end,
  };
}

interface OpenList {
  readonly level: number;
  readonly node: List;
}

/** Items as lists within lists, by their levels; a level that is skipped is none. */
export function nestItems(source: Source, items: readonly Item[], depth: number): Flow[] {
  const roots: List[] = [];
  const open: OpenList[] = [];
  for (const item of items) {
    while ((open.at(-1)?.level ?? 0) > item.level) open.pop();
    const top = open.at(-1);
    if (top?.level === item.level && top.node.ordered !== item.ordered) open.pop();
    if (open.at(-1)?.level !== item.level) openList(item);
    source.reader.construct();
    const content = toFlow(inline(source, item.start, item.end, depth + open.length));
    open.at(-1)?.node.children.push(listItem(content));
  }
  return roots;

  function openList(item: Item): void {
    const parent = open.at(-1);
    if (parent && depth + open.length >= MAX_DEPTH) {
      source.flatten();
      return;
    }
    const node = list([], item.ordered);
    const last = parent?.node.children.at(-1);
    if (last) last.children.push(node);
    else roots.push(node);
    open.push({ level: item.level, node });
  }
}
