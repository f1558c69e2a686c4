import type {
  BlockContent,
  Emphasis,
  Heading,
  Link,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  RootContent,
  Text,
} from 'mdast';

export function text(value: string): Text {
  return { type: 'text', value };
}

export function link(url: string, label: string): Link {
  return { type: 'link', url, children: [text(label)] };
}

export function emphasis(...children: PhrasingContent[]): Emphasis {
  return { type: 'emphasis', children };
}

export function heading(depth: Heading['depth'], title: string): Heading {
  return { type: 'heading', depth, children: [text(title)] };
}

export function paragraph(...children: PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children };
}

export function bulletList(items: readonly (readonly PhrasingContent[])[]): List {
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: items.map((children): ListItem => {
      const content: BlockContent[] = [{ type: 'paragraph', children: [...children] }];
      return { type: 'listItem', spread: false, children: content };
    }),
  };
}

/** Puts the headings of a text below the heading at `depth` that it stands under. */
export function nestHeadings(content: readonly RootContent[], depth: number): RootContent[] {
  return content.map((node) => {
    if (node.type === 'heading')
      return { ...node, depth: Math.min(6, node.depth + depth) as Heading['depth'] };
    if ('children' in node && node.type !== 'paragraph') {
      return { ...node, children: nestHeadings(node.children as RootContent[], depth) } as RootContent;
    }
    return node;
  });
}
