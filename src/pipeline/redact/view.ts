import type { Finding } from './finding.ts';

/** A text as a reader of the rendered page sees it, and the way back from its offsets. */
export interface View {
  readonly text: string;
  /** The same place in the written text; what escapes its ends goes with it. */
  toSource(finding: Finding): Finding;
}

const escaped = /\\([!-/:-@[-`{}~])|&#x([0-9a-f]{1,4});/gi;

/**
 * Markdown writers put `\` before `_`, `@` and others, which would hide a token's shape; `\|` stays, because it
 * is what tells a cell's text from its border. Code holds backslashes of its own: there the view shows fewer
 * characters than the page, and places still map back exactly.
 */
export function viewMarkdown(source: string): View {
  const parts: string[] = [];
  /** Pairs of (offset in the view, offset in the source) of the shortened characters, ascending. */
  const shortened: { readonly at: number; readonly from: number; readonly to: number }[] = [];
  let length = 0;
  let from = 0;
  for (const match of source.matchAll(escaped)) {
    const character = match[1] ?? String.fromCharCode(Number.parseInt(match[2] ?? '', 16));
    parts.push(source.slice(from, match.index), character);
    length += match.index - from;
    from = match.index + match[0].length;
    shortened.push({ at: length, from: match.index, to: from });
    length += 1;
  }
  if (shortened.length === 0) return { text: source, toSource: (finding) => finding };
  parts.push(source.slice(from));

  /** The source offset at which the view's character `offset` begins, or the one before it ends. */
  const locate = (offset: number, edge: 'begin' | 'end'): number => {
    const wanted = edge === 'begin' ? offset : offset - 1;
    let low = 0;
    let high = shortened.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((shortened[middle]?.at ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    const before = shortened[low - 1];
    if (before === undefined) return offset;
    if (before.at === wanted) return edge === 'begin' ? before.from : before.to;
    return before.to + (offset - before.at - 1);
  };
  return {
    text: parts.join(''),
    toSource: ({ start, end, kind }) => ({ start: locate(start, 'begin'), end: locate(end, 'end'), kind }),
  };
}
