import type { Nodes } from 'mdast';
import { parseMarkdown } from './parse.ts';

const MAX_LENGTH = 2_000_000;

/**
 * A text with spaces in place of its code, so that what stands in it keeps its place; undefined if it can't be read as markdown
 * in bounded time.
 */
export function withoutCode(source: string): string | undefined {
  const root = parseMarkdown(source, MAX_LENGTH)?.root;
  if (root === undefined) return undefined;
  const parts: string[] = [];
  let position = 0;
  const walk = (node: Nodes): void => {
    if (node.type === 'code' || node.type === 'inlineCode') {
      const { start, end } = node.position ?? {};
      if (start?.offset === undefined || end?.offset === undefined) return;
      parts.push(source.slice(position, start.offset), ' '.repeat(end.offset - start.offset));
      position = end.offset;
    } else if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(root);
  return parts.join('') + source.slice(position);
}
