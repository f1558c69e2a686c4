import type { HtmlPassages, Range } from './html-passages.ts';

export interface WithoutRepeated {
  /** What the author wrote, and the quotes that stay. */
  readonly own: string;
  /** The message below that is not marked as a quote, as far as it stays. */
  readonly below?: string;
}

/** The source of an HTML text without the passages that only repeat. */
export function withoutRepeated(
  html: string,
  { passages, elements, tail }: HtmlPassages,
  repeated: readonly boolean[],
): WithoutRepeated {
  const cuts: Range[] = [];
  const stays = new Set<number>();
  const goes = new Set<number>();
  for (const [index, { quote, ranges }] of passages.entries()) {
    if (repeated[index]) cuts.push(...ranges);
    if (quote !== undefined) (repeated[index] ? goes : stays).add(quote);
  }
  for (const [quote, element] of elements) if (goes.has(quote) && !stays.has(quote)) cuts.push(element);
  if (!tail) return { own: cut(html, cuts, 0, html.length) };
  const own = cut(html, cuts, 0, tail.start);
  return stays.has(tail.quote) ? { own, below: cut(html, cuts, tail.start, html.length) } : { own };
}

function cut(html: string, cuts: readonly Range[], start: number, end: number): string {
  let result = '';
  let position = start;
  for (const range of [...cuts].sort((a, b) => a.start - b.start)) {
    if (range.start >= end) break;
    if (range.start > position) result += html.slice(position, range.start);
    position = Math.max(position, Math.min(range.end, end));
  }
  return result + html.slice(position, end);
}
