import { marker } from '../macros/marker.ts';
import { type Flow, type Mixed, text, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { collapseSpace } from '../text.ts';
import { blockNodes } from './block.ts';
import { cardNodes } from './cards.ts';
import { extensionNodes } from './extensions.ts';
import { inlineNodes } from './inline.ts';
import { applyLink, applyMarks, linkOf, marksKey } from './marks.ts';
import { mediaNodes } from './media.ts';
import { type AdfNode, attribute, readNode } from './node.ts';

/** Renders one node; `depth` is the number of nodes around it. */
export type NodeRenderer = (node: AdfNode, reader: Reader, depth: number) => Mixed;

const MAX_DEPTH = 100;
/** Nodes that say nothing but where text is. */
const PLAIN: ReadonlySet<string> = new Set(['doc', 'hardBreak', 'paragraph', 'text']);

const RENDERERS: ReadonlyMap<string, NodeRenderer> = new Map([
  ...Object.entries(blockNodes),
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
        equal.flatMap((node) => renderNode(node, reader, depth)),
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
  const renderer = RENDERERS.get(node.type);
  if (renderer) return renderer(node, reader, depth);
  return renderUnknown(node, reader, depth);
}

/** A node that we do not know: what it holds, or if that is nothing we can see, a marker. */
function renderUnknown(node: AdfNode, reader: Reader, depth: number): Mixed {
  const name = node.type || 'untyped';
  const written = node.text ?? attribute(node, 'text');
  const content = renderAdf(node.content, reader, depth + 1);
  if (content.length > 0 || written) reader.degrade(`adf:${name}`);
  else reader.lose(`adf:${name}`);
  if (content.length > 0) return content;
  return [written ? text(collapseSpace(written)) : marker(`unsupported node: ${name}`)];
}

/** What is nested deeper than we follow: its text, each block a paragraph. */
function flatten(node: AdfNode, reader: Reader): Mixed {
  reader.degrade('depth');
  const result: Mixed = [];
  const open: unknown[] = [
    node.content.length > 0 ? { content: node.content } : { type: 'text', text: node.text },
  ];
  while (open.length > 0) {
    const next = readNode(open.pop());
    if (!next) continue;
    if (next.text === undefined) open.push(...next.content.toReversed());
    else result.push({ type: 'text', value: next.text });
  }
  return result;
}
