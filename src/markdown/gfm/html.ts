import type { Definition, Html, Nodes, RootContent } from 'mdast';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Flow } from '../nodes.ts';
import type { Reader } from '../reader.ts';

/** Whether a browser shows of the node more than its markdown says. Comments are nothing to see. */
export function holdsHtml(node: Nodes): boolean {
  if (node.type === 'html') return withoutComments(node).trim() !== '';
  return 'children' in node && node.children.some(holdsHtml);
}

/**
 * For each block the index of the last one that belongs to it: an element such as `<details>` is opened by one block and
 * closed by another, with markdown between them. What is never closed ends where it begins.
 */
export function elementEnds(blocks: readonly RootContent[]): number[] {
  const ends = blocks.map((_, at) => at);
  const open: { readonly name: string; readonly at: number }[] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.type !== 'html') continue;
    for (const { name, closes } of tagsIn(withoutComments(block))) {
      if (!closes) {
        if (open.length < DEEPEST) open.push({ name, at });
        continue;
      }
      const own = open.findLastIndex((each) => each.name === name);
      if (own < 0) continue;
      ends[open[own]?.at ?? at] = at;
      open.length = own;
    }
  }
  return ends;
}

const DEEPEST = 50;
/** Elements that have no end, or whose end is implied. */
const ENDLESS =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/;
const TAG = /<(\/?)([a-z][a-z\d-]{0,50})(?=[\s/>])/gi;

function tagsIn(html: string): { readonly name: string; readonly closes: boolean }[] {
  return Array.from(html.matchAll(TAG), ([, closing, written = '']) => ({
    name: written.toLowerCase(),
    closes: closing === '/',
  })).filter(({ name }) => !ENDLESS.test(name));
}

const withoutComments = ({ value }: Html): string => value.replace(/<!--[\s\S]*?(?:-->|$)/g, '');

/** Blocks with HTML in them, as a browser shows them. `source` is the text that they are of. */
export function readAsHtml(
  source: string,
  blocks: readonly RootContent[],
  definitions: Iterable<Definition>,
  reader: Reader,
): Flow[] {
  const written = (from: Nodes | undefined, to = from) =>
    source.slice(from?.position?.start.offset, to?.position?.end.offset);
  const parts = [written(blocks[0], blocks.at(-1)), ...Array.from(definitions, (each) => written(each))];
  return reader.html(
    micromark(parts.join('\n\n'), {
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    }),
  );
}
