import type { PhrasingContent, RootContent } from 'mdast';
import { footnoteReference } from '../footnotes.ts';
import { type Flow, image, label, link, type Mixed, text, toFlow, toPhrasing } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { alertOf } from './alert-quote.ts';
import { type Labels, parseMarkdown } from './parse.ts';
import { readSiblings } from './siblings.ts';

/** How a service that takes markdown understands it. */
export interface Dialect {
  /** In characters. */
  readonly maxLength: number;
  /** Whether raw HTML is read for what it shows, or is the text that it is. */
  readonly html: 'shown' | 'text';
  /** What becomes of words, but for those in links. */
  readonly words?: (value: string, reader: Reader) => PhrasingContent[];
}

/** Markdown that stands in another text. */
const EMBEDDED: Dialect = { maxLength: 200_000, html: 'text' };

/** Markdown as blocks of our tree; undefined if it is too long, nested too deep, or would take too long. */
export function readMarkdown(
  source: string,
  reader: Reader,
  { maxLength, ...dialect }: Dialect = EMBEDDED,
): Flow[] | undefined {
  const parsed = parseMarkdown(source, maxLength);
  return (
    parsed && toFlow(convertAll(parsed.root.children, { ...parsed, ...dialect, reader, isLinked: false }))
  );
}

interface Context extends Labels, Omit<Dialect, 'maxLength'> {
  readonly reader: Reader;
  /** Whether it is read within a link, which holds no other. */
  readonly isLinked: boolean;
}

function convertAll(nodes: readonly RootContent[], context: Context): Mixed {
  const { reader, html } = context;
  const read = (node: RootContent) => convert(node, context);
  const isHtml = html === 'shown' && nodes.some(({ type }) => type === 'html');
  return isHtml ? readSiblings(nodes, read, reader) : nodes.flatMap(read);
}

/** What by itself is more than words in a paragraph. */
const CONSTRUCTS = new Set<RootContent['type']>([
  ...([
    'blockquote',
    'break',
    'code',
    'delete',
    'emphasis',
    'footnoteReference',
    'heading',
    'image',
  ] as const),
  ...(['imageReference', 'inlineCode', 'link', 'linkReference', 'list', 'strong', 'table'] as const),
  'thematicBreak',
]);

/** Addresses become absolute; references become what they lead to. */
function convert(node: RootContent, context: Context): Mixed {
  const { definitions, footnotes, reader, words, isLinked } = context;
  if (CONSTRUCTS.has(node.type)) reader.construct();
  switch (node.type) {
    case 'text':
      return isLinked || words === undefined ? [node] : words(node.value, reader);
    case 'html':
      return [text(node.value)];
    case 'paragraph':
      return toFlow(convertAll(node.children, context));
    case 'blockquote': {
      const content = toFlow(convertAll(node.children, context));
      return alertOf(content) ?? [{ ...node, children: content as typeof node.children }];
    }
    case 'link':
    case 'linkReference': {
      const url = node.type === 'link' ? node.url : definitions.get(node.identifier)?.url;
      return linked(url, convertAll(node.children, { ...context, isLinked: true }), context);
    }
    case 'image':
      return pictured(node.url, node.alt, context);
    case 'imageReference':
      return pictured(definitions.get(node.identifier)?.url, node.alt, context);
    case 'footnoteReference': {
      const content = footnotes.get(node.identifier);
      // A footnote may refer to itself.
      const inner = { ...context, footnotes: new Map<string, RootContent[]>() };
      return content ? [footnoteReference(toFlow(convertAll(content, inner)), reader)] : [];
    }
    case 'definition':
    case 'footnoteDefinition':
      return [];
    case 'list':
    case 'table':
    case 'tableRow':
      return [{ ...node, children: convertAll(node.children as RootContent[], context) } as RootContent];
    case 'listItem':
      return [{ ...node, children: toFlow(convertAll(node.children, context)) } as RootContent];
    default:
      return 'children' in node
        ? [
            {
              ...node,
              children: toPhrasing(convertAll(node.children as RootContent[], context)),
            } as RootContent,
          ]
        : [node];
  }
}

function linked(address: string | undefined, content: Mixed, { reader }: Context): Mixed {
  const url = address === undefined ? undefined : absoluteUrl(address, reader.context);
  if (url !== undefined) return [link(url, toPhrasing(content))];
  if (address !== undefined) reader.degrade('link', 'unsafe address');
  return content;
}

function pictured(address: string | undefined, alt: string | null | undefined, { reader }: Context): Mixed {
  const url = address === undefined ? undefined : absoluteUrl(address, reader.context);
  if (url !== undefined) return [image(url, alt ?? '')];
  reader.lose('image', 'unsafe address');
  return [label(`[image: ${alt || 'unnamed'}]`)];
}
