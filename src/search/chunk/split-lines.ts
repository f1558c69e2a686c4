/** Lines of a text, or a part of one that is too long. Lines count from 0. */
export interface Span {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Cuts the lines `from` to `to` into spans of at most `most` characters: where a blank line is if there is one in the second half,
 * else at any line, and within a line only if that is too long itself. Spans don't begin or end with blank lines.
 */
export function splitLines(lines: readonly string[], from: number, to: number, most: number): Span[] {
  const spans: Span[] = [];
  for (let first = from; first <= to; ) {
    const line = lines[first] ?? '';
    if (line.trim() === '') first += 1;
    else if (line.length > most) {
      for (const text of splitLine(line, most)) spans.push({ text, first, last: first });
      first += 1;
    } else {
      const last = endOfSpan(lines, first, to, most);
      spans.push({ text: lines.slice(first, last + 1).join('\n'), first, last });
      first = last + 1;
    }
  }
  return spans;
}

function endOfSpan(lines: readonly string[], first: number, to: number, most: number): number {
  let full = first;
  let atBlank: number | undefined;
  let size = lines[first]?.length ?? 0;
  for (let index = first + 1; index <= to; index += 1) {
    const line = lines[index] ?? '';
    size += 1 + line.length;
    if (line.trim() === '') {
      // A gap of a million lines is none to look through again and again, nor anything to keep.
      if (size > most) return atBlank ?? full;
      if (size >= most / 2 && full === index - 1) atBlank = full;
    } else if (size > most) return atBlank ?? full;
    else full = index;
  }
  return full;
}

const SENTENCE_END = /[.!?…;]["')\]]*\s+|[。！？]/g;

/** At the ends of sentences, else at spaces, else anywhere but within a character. */
export function splitLine(line: string, most: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < line.length; ) {
    const window = line.slice(start, start + most);
    const length = start + most >= line.length ? window.length : lengthOfPart(window);
    parts.push(line.slice(start, start + length));
    start += length;
  }
  return parts;
}

function lengthOfPart(window: string): number {
  let sentence = 0;
  for (const { index, 0: end } of window.matchAll(SENTENCE_END)) sentence = index + end.length;
  if (sentence >= window.length / 2) return sentence;
  const space = window.lastIndexOf(' ') + 1;
  if (space >= window.length / 2) return space;
  const last = window.charCodeAt(window.length - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return isHalf && window.length > 1 ? window.length - 1 : window.length;
}
