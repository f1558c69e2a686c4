import type { AlignType, Blockquote, Heading, Html, Paragraph, PhrasingContent, Table } from 'mdast';
import { defaultHandlers, type Handle } from 'mdast-util-to-markdown';
import { markHtml } from '../links.ts';
import { joinPieces } from './escape.ts';
import { type Place, toPieces } from './pieces.ts';

/**
 * What is written otherwise than mdast-util-to-markdown does: all inline content, because its escaping is made for
 * any reader and any tree, and so escapes more than GFM needs; alerts; tables without padding.
 */
export const handlers: Record<string, Handle> = {
  paragraph(node: Paragraph, parent) {
    if (parent?.type !== 'listItem' || parent.children[0] !== node) return inline(node.children, 'paragraph');
    const box = typeof parent.checked === 'boolean' ? `[${parent.checked ? 'x' : ' '}] ` : '';
    return box + inline(node.children, 'item');
  },
  heading(node: Heading) {
    return `${'#'.repeat(node.depth)} ${inline(node.children, 'heading')}`;
  },
  html(node: Html) {
    return markHtml(node.value);
  },
  blockquote(node: Blockquote, parent, state, info) {
    const quote = defaultHandlers.blockquote(node, parent, state, info);
    if (!node.data?.alert) return quote;
    const gap = node.children[0]?.type === 'paragraph' ? '' : '>\n';
    return `> [!${node.data.alert}]\n${gap}${quote}`;
  },
  thematicBreak(_, parent) {
    // After a bullet `*`, asterisks would make one rule of both.
    return parent?.type === 'listItem' ? '___' : '***';
  },
  table(node: Table) {
    const rows = node.children.map((row) => row.children.map((cell) => inline(cell.children, 'cell')));
    const width = Math.max(...rows.map((row) => row.length));
    const [head = [], ...body] = rows;
    while (head.length < width) head.push('');
    const rule = head.map((_, column) => delimiter(node.align?.[column]));
    return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  },
};

function inline(children: readonly PhrasingContent[], place: Place): string {
  return joinPieces(toPieces(children, place), place);
}

function delimiter(align: AlignType | undefined): string {
  if (align === 'center') return ':-:';
  return align === 'left' ? ':--' : align === 'right' ? '--:' : '---';
}
