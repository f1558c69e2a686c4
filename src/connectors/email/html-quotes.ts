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
  const edits: Edit[] = [];
  const stays = new Set<number>();
  const goes = new Set<number>();
  for (const [index, { quote, range }] of passages.entries()) {
    if (repeated[index]) edits.push({ ...range, put: '' });
    if (quote !== undefined) (repeated[index] ? goes : stays).add(quote);
  }
  for (const [quote, { start, end, isBlockquote }] of elements) {
    if (goes.has(quote) && !stays.has(quote)) edits.push({ start, end, put: '' });
    if (!stays.has(quote) || isBlockquote) continue;
    edits.push({ start, end: start, put: '<blockquote>' }, { start: end, end, put: '</blockquote>' });
  }
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  if (!tail) return { own: edited(html, edits, 0, html.length) };
  const own = edited(html, edits, 0, tail.start);
  return stays.has(tail.quote) ? { own, below: edited(html, edits, tail.start, html.length) } : { own };
}

interface Edit extends Range {
  readonly put: string;
}

function edited(html: string, edits: readonly Edit[], start: number, end: number): string {
  let result = '';
  let position = start;
  for (const edit of edits) {
    if (edit.start >= end && edit.start > start) break;
    if (edit.end < position) continue;
    if (edit.start > position) result += html.slice(position, edit.start);
    result += edit.put;
    position = Math.max(position, Math.min(edit.end, end));
  }
  return result + html.slice(position, end);
}
