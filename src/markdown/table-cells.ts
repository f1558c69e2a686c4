import type { List, PhrasingContent } from 'mdast';
import { type Flow, html, isBlank, isPhrasing, lineBreak, strong, text, toPhrasing } from './nodes.ts';

/**
 * Blocks as the one line that a GFM cell is: paragraphs joined by breaks, and lists as HTML tags, for GFM has no list
 * there and GitHub shows these as one. Undefined for blocks that a cell can not hold.
 */
export function cellLine(content: readonly Flow[]): PhrasingContent[] | undefined {
  const line: PhrasingContent[] = [];
  let afterParagraph = false;
  for (const node of content) {
    const children = blockInLine(node);
    if (!children) return undefined;
    if (children.length === 0) continue;
    const isParagraph = node.type !== 'list';
    if (isParagraph && afterParagraph) line.push(lineBreak());
    for (const child of children) line.push(child);
    afterParagraph = isParagraph;
  }
  return line;
}

function blockInLine(node: Flow): PhrasingContent[] | undefined {
  if (node.type === 'paragraph') return trimmed(node.children);
  if (node.type === 'heading') return isBlank(node.children) ? [] : [strong(node.children)];
  return node.type === 'list' ? listTags(node) : undefined;
}

function listTags(list: List): PhrasingContent[] | undefined {
  const name = list.ordered ? 'ol' : 'ul';
  const start = list.ordered && typeof list.start === 'number' && list.start !== 1 ? list.start : undefined;
  const tags: PhrasingContent[] = [html(start === undefined ? `<${name}>` : `<${name} start="${start}">`)];
  for (const item of list.children) {
    const content = cellLine(item.children);
    if (!content) return undefined;
    tags.push(html('<li>'));
    if (typeof item.checked === 'boolean') tags.push(text(item.checked ? '[x] ' : '[ ] '));
    for (const node of content) tags.push(node);
    tags.push(html('</li>'));
  }
  tags.push(html(`</${name}>`));
  return tags;
}

/** A line between tags begins and ends with what is seen. */
function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  let start = 0;
  let end = nodes.length;
  while (start < end && isBlank(nodes.slice(start, start + 1))) start++;
  while (end > start && isBlank(nodes.slice(end - 1, end))) end--;
  const line = nodes.slice(start, end);
  const first = line[0];
  if (first?.type === 'text') line[0] = text(first.value.trimStart());
  const last = line.at(-1);
  if (last?.type === 'text') line[line.length - 1] = text(last.value.trimEnd());
  return line;
}

/**
 * The content of a cell as the other cells that it spans say it: its words. Links, images, lists and anchors are in the
 * table once, as on the page.
 */
export function repeated(content: readonly Flow[]): PhrasingContent[] {
  return wordsOf(toPhrasing(content));
}

function wordsOf(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'link') return wordsOf(node.children);
    if (node.type === 'image') return node.alt ? [text(node.alt)] : [];
    if (node.type === 'footnoteReference' || (node.type === 'html' && node.value.startsWith('<a ')))
      return [];
    if (!('children' in node) || !isPhrasing(node)) return [node];
    return [{ ...node, children: wordsOf(node.children as PhrasingContent[]) } as PhrasingContent];
  });
}
