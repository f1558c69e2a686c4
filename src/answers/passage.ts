import { tokensOf } from '../context/format/tokens.ts';
import { ctxError } from '../core/errors/index.ts';
import { headingsIn } from '../history/text.ts';

export interface PassageRequest {
  /** `FIRST-LAST` or one line, counted from 1. */
  readonly lines?: string | undefined;
  /** A heading, in any case: what stands below it, with the sections in it. */
  readonly section?: string | undefined;
}

/** A stretch of a text, by offsets in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What of a text is meant: all of it, unless lines or a section are named. Lines come before a section; what is not there fails. */
export function spanOf(text: string, { lines, section }: PassageRequest): Span {
  const starts = lineStarts(text);
  const between = (first: number, last: number): Span => ({
    from: starts[first - 1] ?? text.length,
    to: starts[last] ?? text.length,
  });
  if (lines !== undefined) {
    const [, first = '', last = first] = /^\s*(\d{1,9})\s*(?:[-–]\s*(\d{1,9})\s*)?$/.exec(lines) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || from < 1 || to < from || from > lineCount(text))
      throw ctxError('answer.bad-lines', { lines, total: lineCount(text) });
    return between(from, to);
  }
  if (section === undefined) return { from: 0, to: text.length };
  const headings = headingsIn(text, 1);
  const asked = plain(section);
  const index = headings.findIndex((heading) => plain(heading.text) === asked);
  const heading = headings[index];
  if (heading === undefined) throw ctxError('answer.no-section', { section, sections: headings.length });
  const next = headings.slice(index + 1).find(({ depth }) => depth <= heading.depth);
  return between(heading.line, next === undefined ? starts.length : next.line - 1);
}

const plain = (heading: string): string =>
  heading
    .replace(/^[#\s]+|[\s*_`]+/g, ' ')
    .trim()
    .toLowerCase();

export function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

/** The number of the line that an offset is in. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** The end of the longest beginning of a span that has at most so many tokens: of whole lines, if one of them has room. */
export function endWithin(text: string, { from, to }: Span, maxTokens: number | undefined): number {
  if (maxTokens === undefined) return to;
  let end = from;
  let used = 0;
  while (end < to) {
    const newline = text.indexOf('\n', end);
    const next = newline < 0 ? to : Math.min(to, newline + 1);
    used += tokensOf(text.slice(end, next));
    if (used > maxTokens) return end > from ? end : endOfLongLine(text, { from, to: next }, maxTokens);
    end = next;
  }
  return to;
}

/** Of a line alone, never between the halves of a character. */
function endOfLongLine(text: string, { from, to }: Span, maxTokens: number): number {
  let [low, high] = [from + 1, to];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tokensOf(text.slice(from, middle)) <= maxTokens) low = middle;
    else high = middle - 1;
  }
  const isHalf = low < to && /[\uD800-\uDBFF]/.test(text[low - 1] ?? '');
  if (!isHalf) return low;
  return low - 1 > from ? low - 1 : low + 1;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0 && at + 1 < text.length; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts;
}
