import type { Nodes, Root, RootContent } from 'mdast';

/*
 * Content that its service makes anew each time it is shown, such as a list of recent changes, stands between two lines
 * of its own, so that documents can be compared without it.
 */

export const liveStart = (name: string): string => `<!-- live: ${name.replace(/[^\w.-]+/g, '-')} -->`;
export const LIVE_END = '<!-- /live -->';

/** In quotes and lists too. */
const START_LINE = /^[\s>]*<!-- live: [\w.-]+ -->$/;
const END_LINE = /^[\s>]*<!-- \/live -->$/;

/**
 * Whether two texts of a document are the same but for their live content. It changes without a new version of its
 * document, so that a difference in it alone is no change.
 */
export function sameButLive(a: string, b: string): boolean {
  return a === b || withoutLive(a) === withoutLive(b);
}

/** What has no end is no live content. */
function withoutLive(text: string): string {
  const lines = text.split('\n');
  const kept: string[] = [];
  let start: number | undefined;
  for (const [at, line] of lines.entries()) {
    if (start === undefined) {
      kept.push(line);
      if (START_LINE.test(line)) start = at;
    } else if (END_LINE.test(line)) {
      kept.push(line);
      start = undefined;
    }
  }
  const rest = start === undefined ? [] : lines.slice(start + 1);
  return [...kept, ...rest].join('\n');
}

/** A document's tree without its live content: what the document can be described by. */
export function settledTree(root: Root): Root {
  return { ...root, children: settled(root.children) as RootContent[] };
}

function settled(nodes: readonly Nodes[]): Nodes[] {
  const kept: Nodes[] = [];
  let isLive = false;
  for (const node of nodes) {
    if (node.type === 'html' && START_LINE.test(node.value)) isLive = true;
    else if (isLive) isLive = !(node.type === 'html' && node.value === LIVE_END);
    else kept.push('children' in node ? ({ ...node, children: settled(node.children) } as Nodes) : node);
  }
  return kept;
}
