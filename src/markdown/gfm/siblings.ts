import type { RootContent } from 'mdast';
import { readHtml } from '../html/read.ts';
import { isPhrasing, type Mixed } from '../nodes.ts';
import type { Reader } from '../reader.ts';

/**
 * Tags stand apart from what they enclose, which is markdown: all siblings are read as one piece of HTML, in which what is no
 * HTML is represented by elements of a name that the text has not.
 */
export function readSiblings(
  siblings: readonly RootContent[],
  read: (node: RootContent) => Mixed,
  reader: Reader,
): Mixed {
  const written = siblings
    .flatMap((node) => (node.type === 'html' ? node.value.toLowerCase() : []))
    .join('\n');
  let name = 'x-held';
  while (written.includes(name)) name += 'x';
  const contents: Mixed[] = [];
  const isInline = siblings.every(isPhrasing) && !siblings.every(({ type }) => type === 'html');
  const source = siblings
    .map((node) =>
      node.type === 'html' ? node.value : `<${name} n="${contents.push(read(node)) - 1}"></${name}>`,
    )
    .join(isInline ? '' : '\n');
  const taken = new Set<number>();
  const take = (n: number) => {
    taken.add(n);
    return contents[n];
  };
  const content = readHtml(source, reader, { name, take });
  // A quote that is never closed takes what follows into its attribute.
  if (taken.size < contents.length) {
    const held = contents.values();
    return siblings.flatMap((node) =>
      node.type === 'html' ? readHtml(node.value, reader) : (held.next().value ?? []),
    );
  }
  return isInline ? content.flatMap((node) => (node.type === 'paragraph' ? node.children : [node])) : content;
}
