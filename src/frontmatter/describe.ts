import type { Nodes, Root } from 'mdast';

const LIMIT = 160;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A document's description: the first sentence of its first paragraph, as plain text of at most 160 UTF-16 units, cut at
 * a word. Tables are passed over, and so are heads (`data.isHead`) and what has no letter or digit. Undefined without
 * prose. Of a tree without invisible characters; not redacted yet.
 */
export function describe({ children }: Root): string | undefined {
  for (const text of paragraphs(children)) {
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    const [sentence] = sentences.segment(text);
    return cut(sentence?.segment.trim() ?? '') || undefined;
  }
  return undefined;
}

/** The text of each paragraph in order. A stack, so that deep trees cost no depth of calls. */
function* paragraphs(nodes: readonly Nodes[]): Generator<string> {
  const open = [...nodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'paragraph') yield textOf(node.children);
    else if ('children' in node && node.type !== 'table' && node.type !== 'heading' && !isHead(node))
      open.push(...[...node.children].reverse());
  }
}

/** A list of facts about what follows it, such as a message's recipients. */
function isHead(node: Nodes): boolean {
  return node.type === 'list' && node.data?.isHead === true;
}

function textOf(nodes: readonly Nodes[]): string {
  let text = '';
  const open = [...nodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'text' || node.type === 'inlineCode') text += node.value;
    else if (node.type === 'break') text += ' ';
    else if ('children' in node) open.push(...[...node.children].reverse());
  }
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function cut(text: string): string {
  if (text.length <= LIMIT) return text;
  const head = text.slice(0, LIMIT);
  const space = head.lastIndexOf(' ');
  if (space > LIMIT / 2) return `${head.slice(0, space).replace(/[\s,;:–—-]+$/, '')}…`;
  let kept = '';
  for (const { segment } of graphemes.segment(head)) {
    if (kept.length + segment.length >= LIMIT) break;
    kept += segment;
  }
  return `${kept}…`;
}
