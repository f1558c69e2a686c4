import type { Definition, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { footnoteReference } from '../footnotes.ts';
import { type Flow, image, label, link, type Mixed, text, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';

/** No one writes more than this by hand, but for those who want a parser to take long. */
const MAX_DEPTH = 60;
const MAX_LENGTH = 200_000;
const MAX_WORK = 1_000_000;

/** Markdown as blocks of our tree; undefined if it is nested too deep, or would take too long. */
export function readMarkdown(source: string, reader: Reader): Flow[] | undefined {
  if (source.length > MAX_LENGTH || workOf(source) > MAX_WORK) return undefined;
  if (/^(?:[ \t]*(?:[>*+-]|\d+[.)])){60}/m.test(source)) return undefined;
  const root = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const labels = collectLabels(root);
  return labels && toFlow(convertAll(root.children, { ...labels, reader }));
}

/** The parser pairs each run of delimiters in a block with the others: a square for each block. */
function workOf(source: string): number {
  return source
    .split(/\n(?=[ \t]*(?:\n|[-+*|#>]|\d+[.)]))/)
    .reduce((work, block) => work + (block.match(/[*_~`[\]]+/g)?.length ?? 0) ** 2, 0);
}

interface Labels {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlyMap<string, RootContent[]>;
}

interface Context extends Labels {
  readonly reader: Reader;
}

/** What references lead to; undefined if the tree is too deep to be walked. */
function collectLabels(root: Root): Labels | undefined {
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, RootContent[]>();
  const open: (readonly [Nodes, number])[] = [[root, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (depth > MAX_DEPTH) return undefined;
    if (node.type === 'definition') definitions.set(node.identifier, node);
    if (node.type === 'footnoteDefinition') footnotes.set(node.identifier, node.children);
    if ('children' in node) for (const child of node.children) open.push([child, depth + 1]);
  }
  return { definitions, footnotes };
}

function convertAll(nodes: readonly RootContent[], context: Context): Mixed {
  return nodes.flatMap((node) => convert(node, context));
}

/** Raw HTML becomes the text that it is; addresses become absolute; references become what they lead to. */
function convert(node: RootContent, context: Context): Mixed {
  const { definitions, footnotes, reader } = context;
  switch (node.type) {
    case 'html':
      return [text(node.value)];
    case 'link':
      return linked(node.url, convertAll(node.children, context), context);
    case 'linkReference':
      return linked(definitions.get(node.identifier)?.url, convertAll(node.children, context), context);
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
    default:
      return 'children' in node
        ? [{ ...node, children: convertAll(node.children as RootContent[], context) } as RootContent]
        : [node];
  }
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
