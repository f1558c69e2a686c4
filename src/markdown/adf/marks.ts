import type { PhrasingContent } from 'mdast';
import { withGithubAnchor } from '../anchors.ts';
import { linkTo, markMixed, toCode } from '../marks.ts';
import { emphasis, type Mixed, strike, strong, tagged } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { type AdfMark, type AdfNode, attribute } from './node.ts';

type Mark = (run: PhrasingContent[], mark: AdfMark) => PhrasingContent[];

/** Marks that markdown or its HTML can say. */
const MARKS: Readonly<Record<string, Mark>> = {
  code: (run) => toCode(run),
  em: (run) => [emphasis(run)],
  strike: (run) => [strike(run)],
  strong: (run) => [strong(run)],
  subsup: (run, mark) => tagged(attribute(mark, 'type') === 'sup' ? 'sup' : 'sub', run),
  underline: (run) => tagged('u', run),
};

/** Marks that only say how something looks or where it is known. */
const SILENT = new Set([
  'alignment',
  'annotation',
  'backgroundColor',
  'border',
  'breakout',
  'confluenceInlineComment',
  'dataConsumer',
  'fontSize',
  'fragment',
  'indentation',
  'textColor',
]);

/** Code is innermost, for nothing can be marked in it. */
const ORDER = ['code', 'subsup', 'underline', 'strike', 'em', 'strong'];

/** All marks but links, which {@link applyLink} puts around what has other marks. */
export function applyMarks(marks: readonly AdfMark[], nodes: Mixed, reader: Reader): Mixed {
  let result = nodes;
  for (const mark of marks) if (mark.type !== 'link') reader.construct();
  for (const mark of [...marks].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))) {
    const apply = MARKS[mark.type];
    if (apply) result = markMixed(result, (run) => apply(run, mark));
    else if (mark.type !== 'link' && !SILENT.has(mark.type)) reader.degrade(`mark:${mark.type || 'untyped'}`);
  }
  return result;
}

/** Equal for nodes whose marks are rendered alike. */
export function marksKey(node: AdfNode): string {
  return node.marks
    .filter((mark) => mark.type !== 'link' && !SILENT.has(mark.type))
    .map((mark) => `${mark.type} ${attribute(mark, 'type') ?? ''}`)
    .sort()
    .join();
}

/** The address that a node's link mark has, or the empty string. */
export function linkOf(node: AdfNode): string {
  return hrefOf(node.marks);
}

function hrefOf(marks: readonly AdfMark[]): string {
  const mark = marks.find(({ type }) => type === 'link');
  return (mark && attribute(mark, 'href')) ?? '';
}

/** The link mark, if there is one that can be followed. A picture's link is its own: see `media.ts`. */
export function applyLink(marks: readonly AdfMark[], nodes: Mixed, reader: Reader): Mixed {
  const href = hrefOf(marks);
  if (href === '') return nodes;
  reader.construct();
  const url = absoluteUrl(href, reader.context);
  if (url !== undefined) return linkTo(withGithubAnchor(url, reader.context), nodes, url);
  reader.degrade('link', 'unsafe address');
  return nodes;
}
