import type { Link, ListItem, Nodes } from 'mdast';

const TAGS: Record<string, string> = { em: 'emphasis', strong: 'strong', del: 'delete' };

/**
 * A tree reduced to what a reader sees: types, values and addresses, HTML tags of marks as the marks they are, and
 * addresses that GitHub links by itself as the text that they are.
 */
export function seen(node: Nodes, markdown?: string, inCell = false): unknown {
  const cell = inCell || node.type === 'tableCell';
  if (node.type === 'link' && isLiteral(node, markdown)) return { type: 'text', value: textOf(node) };
  if (node.type === 'break') return inCell ? { type: 'html', value: '<br>' } : { type: 'break' };
  if (node.type === 'code') return { type: 'code', value: node.value, lang: node.lang ?? null };
  if (node.type === 'text' || node.type === 'inlineCode') return { type: node.type, value: node.value };
  if (node.type === 'image')
    return { type: 'image', url: encoded(node.url), alt: node.alt, title: node.title ?? null };
  const children =
    'children' in node ? foldTags(node.children.map((child) => seen(child, markdown, cell))) : [];
  switch (node.type) {
    case 'link':
      return { type: 'link', url: encoded(node.url), title: node.title ?? null, children };
    case 'heading':
      return { type: 'heading', depth: node.depth, children };
    case 'list':
      return {
        type: 'list',
        ordered: node.ordered ?? false,
        start: node.ordered ? node.start : null,
        children,
      };
    case 'listItem':
      return { type: 'listItem', checked: checkedOf(node), children };
    case 'paragraph': {
      // A tag alone on its line is a block.
      const [only, ...more] = node.children;
      if (only?.type === 'html' && more.length === 0) return { type: 'html', value: only.value };
      return { type: 'paragraph', children };
    }
    case 'html':
      return { type: 'html', value: node.value };
    case 'footnoteReference':
      if (node.identifier === 'undefined') return { type: 'text', value: node.identifier };
      return { type: node.type, identifier: node.identifier };
    case 'footnoteDefinition':
      return { type: node.type, identifier: node.identifier, children };
    default:
      return { type: node.type, children };
  }
}

/** The tokenizer or the tree's transform made it of text: it has no brackets. */
function isLiteral(link: Link, markdown: string | undefined): boolean {
  if (markdown === undefined) return false;
  return link.position === undefined || markdown[link.position.start.offset ?? 0] !== '[';
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** A box stands before text only. */
function checkedOf({ checked, children: [first] }: ListItem): boolean | null {
  return first?.type === 'paragraph' ? (checked ?? null) : null;
}

type Seen = { type: string; value?: string; children?: Seen[] };

function foldTags(nodes: unknown[]): Seen[] {
  const open: { tag: string; children: Seen[] }[] = [{ tag: '', children: [] }];
  const push = (node: Seen) => {
    const children = open.at(-1)?.children ?? [];
    const last = children.at(-1);
    // After an address a space keeps the break out of it.
    if (node.type === 'break' && last?.type === 'text') last.value = last.value?.trimEnd() ?? '';
    if (node.type === 'text' && last?.type === 'text') last.value = `${last.value}${node.value}`;
    else children.push(node);
  };
  for (const node of nodes as Seen[]) {
    const [, slash, tag] =
      (node.type === 'html' && /^<(\/?)(em|strong|del|code)>$/.exec(node.value ?? '')) || [];
    if (!tag) push(node);
    else if (!slash) open.push({ tag, children: [] });
    else {
      const closed = open.pop();
      if (tag === 'code')
        push({ type: 'inlineCode', value: (closed?.children ?? []).map((child) => child.value).join('') });
      else push({ type: TAGS[tag] ?? tag, children: closed?.children ?? [] });
    }
  }
  return open.flatMap(({ children }) => children);
}

/** Addresses are compared as a browser would ask for them. */
function encoded(address: string): string {
  return address.replace(/["()<>\\`| ]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
