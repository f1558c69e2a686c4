import type { PhrasingContent, RootContent } from 'mdast';
import { type Alert, alert } from '../alerts.ts';
import { readHtml } from '../html/read.ts';
import { type Flow, isPhrasing, lineBreak, type Mixed, paragraph, text } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { linkReferences } from './references.ts';

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

export function words(value: string, reader: Reader): PhrasingContent[] {
  const lines = reader.context.lineBreaks ? value.split('\n') : [value];
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [lineBreak()] : []),
    ...linkReferences(line, reader.context),
  ]);
}

const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]$/i;

/** https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
export function quote([first, ...others]: Flow[]): Flow[] | undefined {
  if (first?.type !== 'paragraph') return undefined;
  const [marker, ...rest] = first.children;
  if (marker?.type !== 'text') return undefined;
  const [head = '', ...lines] = marker.value.split('\n');
  const [, type] = ALERT.exec(head.trim()) ?? [];
  const isAlone = lines.length > 0 || rest.length === 0 || rest[0]?.type === 'break';
  if (type === undefined || !isAlone) return undefined;
  const following = lines.length > 0 ? [text(lines.join('\n')), ...rest] : rest.slice(1);
  const content = following.length > 0 ? [paragraph(following), ...others] : others;
  return alert(type.toUpperCase() as Alert, content);
}
