import type { Link, PhrasingContent, Root, RootContent } from 'mdast';
import { emphasis, type Flow, image, link, strike, strong, tagged, text } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { MARK_TAGS, type MarkTag } from './convert.ts';

const MARKS: Readonly<Record<MarkTag, (children: PhrasingContent[]) => PhrasingContent[]>> = {
  strong: (children) => [strong(children)],
  em: (children) => [emphasis(children)],
  del: (children) => [strike(children)],
  u: (children) => tagged('u', children),
  sub: (children) => tagged('sub', children),
  sup: (children) => tagged('sup', children),
};

/**
 * Brings a parsed tree into the form of our readers: our tags become marks, any other HTML becomes the text that it
 * is, addresses become absolute, and `block` may replace a paragraph of plain text.
 */
export function foldTree(root: Root, reader: Reader, block: (text: string) => Flow[] | undefined): Flow[] {
  return foldFlow(root.children);

  function foldFlow(nodes: readonly RootContent[]): Flow[] {
    return nodes.flatMap((node): Flow[] => {
      if (node.type === 'paragraph') {
        const only = node.children.length === 1 ? node.children[0] : undefined;
        const replaced = only?.type === 'text' ? block(only.value.trim()) : undefined;
        return replaced ?? [{ ...node, children: foldPhrasing(node.children) }];
      }
      if (node.type === 'heading') return [{ ...node, children: foldPhrasing(node.children) }];
      if (node.type === 'html') return [{ type: 'paragraph', children: foldPhrasing([node]) }];
      if ('children' in node)
        return [{ ...node, children: foldFlow(node.children as RootContent[]) } as Flow];
      return [node];
    });
  }

  function foldPhrasing(nodes: readonly PhrasingContent[]): PhrasingContent[] {
    const open: { tag: MarkTag | undefined; children: PhrasingContent[] }[] = [
      { tag: undefined, children: [] },
    ];
    const push = (children: readonly PhrasingContent[]) => {
      for (const child of children) open.at(-1)?.children.push(child);
    };
    for (const node of nodes) {
      if (node.type !== 'html') {
        push(foldInline(node));
        continue;
      }
      const [, slash, name] = /^<(\/?)(\w+)>$/.exec(node.value) ?? [];
      const tag = MARK_TAGS.find((known) => known === name);
      if (!tag) push([text(node.value)]);
      else if (!slash) open.push({ tag, children: [] });
      else if (open.at(-1)?.tag === tag) push(MARKS[tag](open.pop()?.children ?? []));
    }
    while (open.length > 1) push(open.pop()?.children ?? []);
    return open[0]?.children ?? [];
  }

  function foldInline(node: PhrasingContent): PhrasingContent[] {
    if (node.type === 'link') return foldLink(node);
    if (node.type === 'image') {
      const url = absoluteUrl(node.url, reader.context);
      if (url !== undefined) return [image(url, node.alt ?? '', node.title ?? undefined)];
      reader.degrade('link', 'unsafe address');
      return node.alt ? [text(node.alt)] : [];
    }
    return 'children' in node
      ? [{ ...node, children: foldPhrasing(node.children) } as PhrasingContent]
      : [node];
  }

  function foldLink(node: Link): PhrasingContent[] {
    const url = absoluteUrl(node.url, reader.context);
    const children = foldPhrasing(node.children);
    if (url !== undefined) return [link(url, children)];
    if (node.url.trim() !== '') reader.degrade('link', 'unsafe address');
    return children;
  }
}
