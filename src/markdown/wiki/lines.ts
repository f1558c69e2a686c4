import { scanFor } from '../words.ts';
import type { Span } from './macros.ts';
import { MAX_DEPTH, type Source } from './source.ts';

/** A line of a text in which a macro, whatever its length, is one word. */
export interface Line {
  /** Where its text begins, after white space and tags that show nothing. */
  readonly start: number;
  readonly end: number;
}

const toNotable = scanFor('\n{`');
const SPACE = /[ \t\u00A0]/;

/** The lines from `start` to `end`; blank ones are empty, and those that hold nothing but tags are left out. */
export function linesOf(source: Source, start: number, end: number, depth: number): readonly Line[] {
  const { text } = source;
  const lines: Line[] = [];
  let begin = start;
  const push = (until: number) => {
    const from = skipUnseen(source, begin, until, depth);
    const blank = from === until;
    if (!blank || text.slice(begin, until).trim() === '') lines.push({ start: from, end: until });
    begin = until + 1;
  };
  for (let at = toNotable(text, start, end); at < end; ) {
    if (text[at] === '\n') push(at);
    at = toNotable(text, Math.max(at + 1, spanEnd(source, at, depth)), end);
  }
  push(end);
  return lines;
}

/** What stands at a position: below the deepest level, a rich macro is no more than its tags. */
export function spanAt({ spans }: Source, at: number, depth: number): Span | undefined {
  const span = spans.get(at);
  if (span?.kind === 'macro' && span.body && !span.raw && depth >= MAX_DEPTH) {
    return { kind: 'tag', end: span.body.start };
  }
  return span;
}

/** The end of the macro or tag at a position; the position itself if there is none. */
export function spanEnd(source: Source, at: number, depth: number): number {
  return spanAt(source, at, depth)?.end ?? at;
}

function skipUnseen(source: Source, start: number, end: number, depth: number): number {
  let at = start;
  while (at < end) {
    const char = source.text[at] ?? '';
    if (SPACE.test(char)) at++;
    else {
      const span = char === '{' ? spanAt(source, at, depth) : undefined;
      if (span?.kind !== 'tag') break;
      at = span.end;
    }
  }
  return at;
}
