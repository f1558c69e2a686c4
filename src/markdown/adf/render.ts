import { marker } from '../macros/marker.ts';
import { joinTexts } from '../marks.ts';
import { type Flow, type Mixed, text, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { collapseSpace } from '../text.ts';
import { blockNodes } from './block.ts';
import { cardNodes } from './cards.ts';
import { extensionNodes } from './extensions.ts';
import { inlineNodes } from './inline.ts';
import { applyLink, applyMarks, linkOf, marksKey } from './marks.ts';
import { mediaNodes } from './media.ts';
import { type AdfNode, attribute, readNode, walkLeaves } from './node.ts';
import { tableNodes } from './table.ts';

/** Renders one node; `depth` is the number of nodes around it. */
export type NodeRenderer = (node: AdfNode, reader: Reader, depth: number) => Mixed;

/** Nodes around a node that are followed. */
export const MAX_DEPTH = 100;
/** Nodes that say nothing but where text is. */
const PLAIN: ReadonlySet<string> = new Set(['doc', 'hardBreak', 'mediaGroup', 'paragraph', 'text']);

/** Nodes that the schema gives no content; where they have some, it comes after them. */
const LEAVES: ReadonlySet<string> = new Set([
  ...[
    'blockCard',
    'date',
    'embedCard',
    'emoji',
    'hardBreak',
    'inlineCard',
    'media',
    'mediaInline',
    'mention',
  ],
  ...['placeholder', 'rule', 'status', 'syncBlock', 'text'],
]);

const RENDERERS: ReadonlyMap<string, NodeRenderer> = new Map([
  ...Object.entries(blockNodes),
  ...Object.entries(tableNodes),
  ...Object.entries(inlineNodes),
  ...Object.entries(mediaNodes),
  ...Object.entries(cardNodes),
  ...Object.entries(extensionNodes),
]);

export function renderAdf(values: readonly unknown[], reader: Reader, depth: number): Mixed {
  const nodes = values.flatMap((value) => readNode(value) ?? []);
  return joinRuns(nodes, linkOf, (linked) => {
    const marked = joinRuns(linked, marksKey, (equal) =>
      applyMarks(
        equal[0]?.marks ?? [],
        joinTexts(equal.flatMap((node) => renderNode(node, reader, depth))),
        reader,
      ),
    );
    return applyLink(linked[0]?.marks ?? [], marked, reader);
  });
}

/** Renders neighbours with the same marks together: a link over bold and plain words is one link. */
function joinRuns(
  nodes: readonly AdfNode[],
  keyOf: (node: AdfNode) => string,
  render: (run: readonly AdfNode[]) => Mixed,
): Mixed {
  const result: Mixed = [];
  for (let start = 0; start < nodes.length; ) {
    const first = nodes[start];
    let end = start + 1;
    for (let next = nodes[end]; first && next && keyOf(next) === keyOf(first); next = nodes[end]) end++;
    for (const rendered of render(nodes.slice(start, end))) result.push(rendered);
    start = end;
  }
  return result;
}

export function renderFlow(node: AdfNode, reader: Reader, depth: number): Flow[] {
  return toFlow(renderAdf(node.content, reader, depth + 1));
}

function renderNode(node: AdfNode, reader: Reader, depth: number): Mixed {
  if (depth >= MAX_DEPTH) return flatten(node, reader);
  if (!PLAIN.has(node.type)) reader.construct();
  const rendered = (RENDERERS.get(node.type) ?? renderUnknown)(node, reader, depth);
  if (!LEAVES.has(node.type) || node.content.length === 0) return rendered;
  return rendered.concat(renderAdf(node.content, reader, depth + 1));
}

/** A node that we do not know: what it holds or says of itself, or if that is nothing we can see, a marker. */
function renderUnknown(node: AdfNode, reader: Reader, depth: number): Mixed {
  const name = node.type || 'untyped';
  const content = node.content.length > 0 ? renderAdf(node.content, reader, depth + 1) : [];
  const written = node.text ?? attribute(node, 'text') ?? attribute(node, 'title');
  if (content.length > 0 || written) reader.degrade(`adf:${name}`);
  else reader.lose(`adf:${name}`);
  if (content.length > 0) return content;
  return [written ? text(collapseSpace(written)) : marker(`unsupported node: ${name}`)];
}

/** What is nested deeper than we follow: its leaves, those of each block in a paragraph. `depth` is warned of once. */
function flatten(node: AdfNode, reader: Reader): Mixed {
  const result: Mixed = [];
  let line: Mixed = [];
  const flush = () => {
    for (const block of toFlow(line)) result.push(block);
    line = [];
  };
  walkLeaves(
    node,
    (leaf) => {
      for (const rendered of renderLeaf(leaf, reader)) line.push(rendered);
    },
    flush,
  );
  if (result.length === 0) return line;
  flush();
  return result;
}

function renderLeaf(node: AdfNode, reader: Reader): Mixed {
  const rendered = (RENDERERS.get(node.type) ?? renderUnknown)(node, reader, MAX_DEPTH);
  return node.marks.length === 0
    ? rendered
    : applyLink(node.marks, applyMarks(node.marks, rendered, reader), reader);
}
