import type { Root, RootContent } from 'mdast';
import type { Flow } from './nodes.ts';
import type { Reader } from './reader.ts';

const FACTOR = 10;
const ALLOWANCE = 64 * 1024;

/**
 * Keeps a tree's text within ten times its source and 64 KB: indentation is the one thing that grows with depth
 * times length, so lists and quotes are flattened below the deepest level at which the text still fits.
 */
export function boundSize(root: Root, sourceLength: number, reader: Reader): Root {
  const limit = FACTOR * sourceLength + ALLOWANCE;
  const levels = measureLevels(root.children);
  let depth = levels.length - 1;
  if (sizeAt(levels, depth) <= limit) return root;
  while (depth > 0 && sizeAt(levels, depth) > limit) depth--;
  reader.degrade('depth');
  return { ...root, children: flattenBelow(root.children, depth) };
}

/** What stands at one depth of lists and quotes. */
interface Level {
  lines: number;
  characters: number;
  /** What this depth adds at most to the beginning of each line in it. */
  prefix: number;
}

/** About how many characters the nodes are written with, indentation included. */
export function markdownSize(nodes: readonly Flow[]): number {
  const levels = measureLevels(nodes);
  return sizeAt(levels, levels.length - 1);
}

/** The text's size if nothing were nested deeper than `depth`. */
function sizeAt(levels: readonly Level[], depth: number): number {
  let size = 0;
  let indent = 0;
  levels.forEach(({ lines, characters, prefix }, level) => {
    if (level <= depth) indent += prefix;
    size += characters + lines * indent;
  });
  return size;
}

function measureLevels(content: readonly RootContent[]): Level[] {
  const levels: Level[] = [];
  const walk = (nodes: readonly RootContent[], depth: number, prefix: number) => {
    levels[depth] ??= { lines: 0, characters: 0, prefix: 0 };
    const level = levels[depth];
    level.prefix = Math.max(level.prefix, prefix);
    for (const node of nodes) {
      if (node.type === 'blockquote') {
        level.lines += 2;
        walk(node.children, depth + 1, 2);
      } else if (node.type === 'list') {
        level.lines += 2;
        const marker = node.ordered ? `${(node.start ?? 1) + node.children.length}. `.length : 2;
        for (const item of node.children) {
          level.lines++;
          walk(item.children, depth + 1, marker);
        }
      } else {
        // A block's own line and the blank line after it.
        level.lines += 2;
        measure(node, level);
      }
    }
  };
  walk(content, 0, 0);
  return levels;
}

function measure(node: RootContent, level: Level): void {
  if (node.type === 'break' || node.type === 'tableRow' || node.type === 'code') level.lines++;
  level.characters += 8;
  if ('value' in node) {
    level.characters += node.value.length;
    for (let at = node.value.indexOf('\n'); at !== -1; at = node.value.indexOf('\n', at + 1)) level.lines++;
  }
  if ('url' in node) level.characters += node.url.length;
  if ('children' in node) for (const child of node.children) measure(child, level);
}

function flattenBelow(nodes: readonly RootContent[], levels: number): Flow[] {
  return nodes.flatMap((node): Flow[] => {
    if (node.type === 'blockquote') {
      const children = flattenBelow(node.children, levels - 1);
      return levels > 0 ? [{ ...node, children: children as typeof node.children }] : children;
    }
    if (node.type === 'list') {
      const items = node.children.map((item) => ({
        ...item,
        children: flattenBelow(item.children, levels - 1) as typeof item.children,
      }));
      return levels > 0 ? [{ ...node, children: items }] : items.flatMap((item) => item.children);
    }
    return [node];
  });
}
