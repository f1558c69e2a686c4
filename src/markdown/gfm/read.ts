import type { PhrasingContent, RootContent } from 'mdast';
import { footnoteReference } from '../footnotes.ts';
import { type Flow, image, label, link, type Mixed, text, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { type Labels, parseMarkdown } from './parse.ts';

/** Markdown that stands in another text, as blocks of our tree. Its HTML is text. Undefined as for {@link parseMarkdown}. */
export function readMarkdown(source: string, reader: Reader): Flow[] | undefined {
  const parsed = parseMarkdown(source, MAX_LENGTH);
  return parsed && toFlow(convertAll(parsed.root.children, parsed, reader));
}

const MAX_LENGTH = 200_000;

/** What references lead to is found in `labels`. Raw HTML becomes the text that it is, or what `html` makes of it. */
export function convertAll(
  nodes: readonly RootContent[],
  labels: Labels,
  reader: Reader,
  html: Context['html'] = (value) => [text(value)],
): Mixed {
  return convertEach(nodes, { ...labels, reader, html });
}

interface Context extends Labels {
  readonly reader: Reader;
  readonly html: (value: string) => Mixed;
}

function convertEach(nodes: readonly RootContent[], context: Context): Mixed {
  return nodes.flatMap((node) => convert(node, context));
}

/** Addresses become absolute; references become what they lead to. */
function convert(node: RootContent, context: Context): Mixed {
  const { definitions, footnotes, reader, html } = context;
  switch (node.type) {
    case 'html':
      return html(node.value);
    case 'link':
      return linked(node.url, convertEach(node.children, context), context);
    case 'linkReference':
      return linked(definitions.get(node.identifier)?.url, convertEach(node.children, context), context);
    case 'image':
      return pictured(node.url, node.alt, context);
    case 'imageReference':
      return pictured(definitions.get(node.identifier)?.url, node.alt, context);
    case 'footnoteReference': {
      const content = footnotes.get(node.identifier);
      // A footnote may refer to itself.
      const inner = { ...context, footnotes: new Map<string, RootContent[]>() };
      return content ? [footnoteReference(toFlow(convertEach(content, inner)), reader)] : [];
    }
    case 'definition':
    case 'footnoteDefinition':
      return [];
    default:
      return 'children' in node
        ? [{ ...node, children: convertEach(node.children as RootContent[], context) } as RootContent]
        : [node];
  }
}

const REFERENCE = /\[\^([^\]\s]{1,200})\]/g;

/** Puts footnotes into blocks that were read as HTML, which leaves their signs as text. */
export function referFootnotes(nodes: readonly RootContent[], labels: Labels, reader: Reader): Mixed {
  if (labels.footnotes.size === 0) return [...nodes];
  return nodes.flatMap((node): Mixed => {
    if ('children' in node) {
      return [
        { ...node, children: referFootnotes(node.children as RootContent[], labels, reader) } as RootContent,
      ];
    }
    return node.type === 'text' ? withReferences(node.value, labels, reader) : [node];
  });
}

function withReferences(value: string, labels: Labels, reader: Reader): Mixed {
  const result: Mixed = [];
  let position = 0;
  for (const match of value.matchAll(REFERENCE)) {
    const content = labels.footnotes.get((match[1] ?? '').toLowerCase());
    if (content === undefined) continue;
    const inner = { definitions: labels.definitions, footnotes: new Map() };
    result.push(text(value.slice(position, match.index)));
    result.push(footnoteReference(toFlow(convertAll(content, inner, reader, () => [])), reader));
    position = match.index + match[0].length;
  }
  return [...result, text(value.slice(position))];
}

function linked(address: string | undefined, content: Mixed, { reader }: Context): Mixed {
  const url = address === undefined ? undefined : absoluteUrl(address, reader.context);
  if (url !== undefined) return [link(url, content as PhrasingContent[])];
  if (address !== undefined) reader.degrade('link', 'unsafe address');
  return content;
}

function pictured(address: string | undefined, alt: string | null | undefined, { reader }: Context): Mixed {
  const url = address === undefined ? undefined : absoluteUrl(address, reader.context);
  if (url !== undefined) return [image(url, alt ?? '')];
  reader.lose('image', 'unsafe address');
  return [label(`[image: ${alt || 'unnamed'}]`)];
}
