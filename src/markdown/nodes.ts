import type {
  Blockquote,
  Heading,
  Html,
  Image,
  Link,
  List,
  ListItem,
  Nodes,
  Paragraph,
  PhrasingContent,
  RootContent,
  Text,
} from 'mdast';

/** What a construct becomes: inline and block nodes mixed, sorted out by {@link toFlow} or {@link toPhrasing}. */
export type Mixed = RootContent[];
export type Flow = RootContent;

export const text = (value: string): Text => ({ type: 'text', value });
export const html = (value: string): Html => ({ type: 'html', value });
export const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });
export const heading = (depth: number, children: PhrasingContent[]): Heading => ({
  type: 'heading',
  depth: Math.min(Math.max(Math.trunc(depth) || 1, 1), 6) as Heading['depth'],
  children,
});
export const inlineCode = (value: string): PhrasingContent => ({ type: 'inlineCode', value });
/** Code that stands for a thing, such as a status: it never runs together with code beside it. */
export const label = (value: string): PhrasingContent => ({
  type: 'inlineCode',
  value,
  data: { label: true },
});
export const lineBreak = (): PhrasingContent => ({ type: 'break' });
export const strong = (children: PhrasingContent[]): PhrasingContent => ({ type: 'strong', children });
export const emphasis = (children: PhrasingContent[]): PhrasingContent => ({ type: 'emphasis', children });
export const strike = (children: PhrasingContent[]): PhrasingContent => ({ type: 'delete', children });
export const link = (url: string, children: PhrasingContent[]): Link => ({ type: 'link', url, children });
export const image = (url: string, alt: string, title?: string): Image => ({
  type: 'image',
  url,
  alt,
  title: title || null,
});
export const blockquote = (children: Flow[]): Blockquote => ({
  type: 'blockquote',
  children: children as Blockquote['children'],
});
export const code = (value: string, lang?: string): Flow => ({ type: 'code', value, lang: lang || null });
export const rule = (): Flow => ({ type: 'thematicBreak' });

export const list = (children: ListItem[], ordered = false, start = 1): List => ({
  type: 'list',
  ordered,
  start: ordered ? start : null,
  spread: false,
  children,
});
export const listItem = (children: Flow[], checked?: boolean): ListItem => ({
  type: 'listItem',
  spread: false,
  checked: checked ?? null,
  children: children as ListItem['children'],
});

/** Children between HTML tags that markdown has no syntax for, such as `u`, `sub` and `sup`. */
export function tagged(tag: string, children: PhrasingContent[]): PhrasingContent[] {
  return children.length === 0 ? [] : [html(`<${tag}>`), ...children, html(`</${tag}>`)];
}

const PHRASING = new Set([
  'break',
  'delete',
  'emphasis',
  'footnoteReference',
  'image',
  'imageReference',
  'inlineCode',
  'link',
  'linkReference',
  'strong',
  'text',
]);

/** HTML is inline unless {@link blockHtml} made it. */
export function isPhrasing(node: Nodes): node is PhrasingContent {
  return node.type === 'html' ? node.data?.block !== true : PHRASING.has(node.type);
}

/** Raw HTML that stands as a block of its own. `words` are what of it is text, for places that hold no blocks. */
export const blockHtml = (value: string, words?: string): Html => ({
  type: 'html',
  value,
  data: { block: true, ...(words !== undefined && { words }) },
});

/** Mixed content as blocks: each run of inline nodes becomes a paragraph. */
export function toFlow(nodes: readonly RootContent[]): Flow[] {
  const flow: Flow[] = [];
  let run: PhrasingContent[] = [];
  const flush = () => {
    if (!isBlank(run)) flow.push(paragraph(run));
    run = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) {
      run.push(node);
    } else {
      flush();
      flow.push(node);
    }
  }
  flush();
  return flow;
}

/** Mixed content as inline nodes, for places that hold no blocks: what stood on its own line comes after a break. */
export function toPhrasing(nodes: readonly RootContent[]): PhrasingContent[] {
  const phrasing: PhrasingContent[] = [];
  let afterBlock = false;
  for (const node of nodes) {
    const inline = isPhrasing(node);
    const children = inline ? [node] : blockToPhrasing(node);
    if (isBlank(children) && !inline) continue;
    if (phrasing.length > 0 && (!inline || afterBlock)) phrasing.push(lineBreak());
    for (const child of children) phrasing.push(child);
    afterBlock = !inline;
  }
  return phrasing;
}

function blockToPhrasing(node: Nodes): PhrasingContent[] {
  if (node.type === 'code') return [inlineCode(node.value)];
  if (node.type === 'html') return node.data?.words ? [text(node.data.words)] : [];
  return 'children' in node ? toPhrasing(node.children as RootContent[]) : [];
}

/** White space and characters without width. */
const UNSEEN = /^[\s\u00AD\u200B-\u200F\u2060]*$/;

/** True if nothing of the nodes would be seen. */
export function isBlank(nodes: readonly Nodes[]): boolean {
  return nodes.every((node) => {
    if (node.type === 'break') return true;
    if (node.type === 'text') return UNSEEN.test(node.value);
    if (node.type === 'inlineCode') return node.value === '';
    if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete')
      return isBlank(node.children);
    return false;
  });
}

declare module 'mdast' {
  interface InlineCodeData {
    /** Set by {@link label}. */
    label?: boolean;
  }
  interface ListData {
    /** Set for facts about what follows, which do not describe the document. */
    isHead?: boolean;
  }
  interface HtmlData {
    /** Set where the HTML is a block; unset it is inline. */
    block?: boolean;
    /** Of a block: what of it is text. */
    words?: string;
  }
}

/** The text that is seen of inline nodes. */
export function plainText(nodes: readonly Nodes[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text' || node.type === 'inlineCode') return node.value;
      if (node.type === 'break') return ' ';
      return 'children' in node ? plainText(node.children) : '';
    })
    .join('');
}
