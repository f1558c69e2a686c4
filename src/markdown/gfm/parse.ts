import type { Definition, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** What references of a text lead to. */
export interface Labels {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlyMap<string, RootContent[]>;
}

export interface ParsedMarkdown extends Labels {
  readonly root: Root;
}

/** No one writes more than this by hand, but for those who want a parser to take long. */
const MAX_DEPTH = 60;
const MAX_WORK = 1_000_000;

/** GFM as its tree; undefined if it is longer than `maxLength`, nested too deep, or would take too long. */
export function parseMarkdown(source: string, maxLength: number): ParsedMarkdown | undefined {
  if (source.length > maxLength || workOf(source) > MAX_WORK) return undefined;
  if (/^(?:[ \t]*(?:[>*+-]|\d+[.)])){60}/m.test(source)) return undefined;
  const root = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const labels = collectLabels(root);
  return labels && { root, ...labels };
}

/** The parser pairs each run of delimiters in a block with the others: a square for each block. */
function workOf(source: string): number {
  return source
    .split(/\n(?=[ \t]*(?:\n|[-+*|#>]|\d+[.)]))/)
    .reduce((work, block) => work + (block.match(/[*_~`[\]]+/g)?.length ?? 0) ** 2, 0);
}

/** Undefined if the tree is too deep to be walked. */
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
