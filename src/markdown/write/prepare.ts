import type { Blockquote, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { type Flow, isBlank, isPhrasing, text, toFlow } from '../nodes.ts';
import { cleanText } from '../text.ts';
import { definedFootnotes } from './footnotes.ts';
import { normaliseBlock } from './normalise.ts';

/** A tree that can be written as it stands: text is clean, inline content is normalised, nothing is empty. */
export function prepare(root: Root, footnotes = definedFootnotes(root)): Root {
  return { type: 'root', children: prepareFlow(root.children, footnotes) };
}

function prepareFlow(children: readonly RootContent[], footnotes: ReadonlySet<string>): Flow[] {
  const flow = children.every((child) => !isPhrasing(child)) ? children : toFlow(children);
  return flow.flatMap((node) => prepareNode(node, footnotes));
}

function prepareNode(node: Flow, footnotes: ReadonlySet<string>): Flow[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading': {
      const children = normaliseBlock(
        node.type === 'heading' ? onOneLine(node.children) : node.children,
        footnotes,
      );
      return isBlank(children) ? [] : [{ ...node, children }];
    }
    case 'code':
      return [{ ...node, ...fenceInfo(node.lang, node.meta), value: cleanText(node.value) }];
    case 'html':
      return node.value.trim() === '' ? [] : [{ ...node, value: cleanText(node.value) }];
    case 'footnoteDefinition':
    case 'blockquote': {
      const children = prepareFlow(node.children, footnotes);
      if (node.type === 'footnoteDefinition') for (const child of children) emptyBlankLines(child);
      return children.length === 0 ? [] : [{ ...node, children: children as Blockquote['children'] }];
    }
    case 'list': {
      const items = node.children.map((item) => {
        const children = prepareFlow(item.children, footnotes) as typeof item.children;
        return { ...item, children, spread: !isTight(children) };
      });
      return items.length === 0 ? [] : [{ ...node, spread: false, children: items }];
    }
    case 'table': {
      const rows = node.children.map((row) => ({
        ...row,
        children: row.children.map((cell) => ({
          ...cell,
          children: normaliseBlock(cell.children, footnotes),
        })),
      }));
      return rows.some((row) => row.children.length > 0) ? [{ ...node, children: rows }] : [];
    }
    case 'thematicBreak':
      return [node];
    default:
      return 'children' in node ? prepareFlow(node.children as RootContent[], footnotes) : [];
  }
}

/** In code in a footnote, parsers differ on what a line of white space alone has of its indentation. */
function emptyBlankLines(node: Nodes): void {
  if (node.type === 'code') node.value = node.value.replace(/^[ \t]+$/gm, '');
  if ('children' in node) for (const child of node.children) emptyBlankLines(child);
}

/** A heading has no second line. */
function onOneLine(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.map((node) => {
    if (node.type === 'break') return text(' ');
    return 'children' in node ? ({ ...node, children: onOneLine(node.children) } as PhrasingContent) : node;
  });
}

/**
 * An item is written without blank lines if it is one paragraph and lists below it. A tag alone on its line begins a block
 * that only a blank line ends (https://spec.commonmark.org/0.31.2/#html-blocks).
 */
function isTight(children: readonly Flow[]): boolean {
  return children.every(
    (child, index) =>
      child.type === 'list' ||
      (index === 0 && child.type === 'paragraph' && child.children.some(({ type }) => type !== 'html')),
  );
}

function fenceInfo(lang: string | null | undefined, meta: string | null | undefined) {
  const clean = (value: string | null | undefined) =>
    cleanText(value ?? '')
      .replace(/[`\s]+/g, ' ')
      .trim();
  const language = clean(lang).replaceAll(' ', '-');
  return { lang: language || null, meta: (language && clean(meta)) || null };
}
