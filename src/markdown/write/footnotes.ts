import type { Association, Nodes } from 'mdast';
import { cleanText } from '../text.ts';

/** What names a footnote, without the characters that would end its name. */
export function footnoteId({ label, identifier }: Association): string {
  return cleanText(label ?? identifier).replace(/[\s[\]\\^]+/g, '-');
}

export function definedFootnotes(node: Nodes, ids = new Set<string>()): ReadonlySet<string> {
  if (node.type === 'footnoteDefinition') ids.add(footnoteId(node));
  if ('children' in node) for (const child of node.children) definedFootnotes(child, ids);
  return ids;
}

/** True if the bracket in a text would refer to a footnote. */
export function namesFootnote(source: string, at: number, footnotes: ReadonlySet<string>): boolean {
  if (footnotes.size === 0 || source[at + 1] !== '^') return false;
  return footnotes.has(source.slice(at + 2, source.indexOf(']', at)));
}
