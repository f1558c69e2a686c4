import { type Block, blocksOf, type Fence } from './blocks.ts';
import { type Span, splitLine, splitLines } from './split-lines.ts';

/** Quotes and lists in one another, as deep as anybody reads them. */
const DEEPEST = 8;

/**
 * A block in spans of about `most` characters: whole if it fits, else cut where it says least: lists at their items, code and
 * tables at their lines. Each part of code is fenced, and each part of a table has the head that tells its columns.
 */
export function splitBlock(block: Block, lines: readonly string[], most: number, depth = 0): Span[] {
  const { first, last, fence, isTable, inner } = block;
  const size = sizeOf(lines, first, last, most);
  if (size <= most) return [{ text: lines.slice(first, last + 1).join('\n'), first, last }];
  if (fence) return splitFence(block, fence, lines, most);
  if (isTable) return splitTable(block, lines, most);
  if (inner && depth < DEEPEST)
    return grouped(
      blocksIn(block, inner, lines).flatMap((within) => splitBlock(within, lines, most, depth + 1)),
      lines,
      most,
    );
  return splitLines(lines, first, last, most);
}

function blocksIn(
  { first, last }: Block,
  inner: NonNullable<Block['inner']>,
  lines: readonly string[],
): Block[] {
  return blocksOf(lines.slice(first, last + 1).map(inner)).map((block) => ({
    ...block,
    first: first + block.first,
    last: first + block.last,
    ...(block.inner && { inner: (line: string) => block.inner?.(inner(line)) ?? line }),
  }));
}

/** Stops to count where the answer is known. */
function sizeOf(lines: readonly string[], first: number, last: number, most: number): number {
  let size = last - first;
  for (let index = first; index <= last && size <= most; index += 1) size += lines[index]?.length ?? 0;
  return size;
}

/** What lies between them is empty lines, which in quotes have marks. */
function grouped(spans: readonly Span[], lines: readonly string[], most: number): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const before = result.at(-1);
    const between = before ? lines.slice(before.last + 1, span.first) : [];
    const text = before && [before.text, ...between, span.text].join(span.first > before.last ? '\n' : '');
    if (before && text !== undefined && text.length <= most)
      result[result.length - 1] = { text, first: before.first, last: span.last };
    else result.push(span);
  }
  return result;
}

/** What is repeated may take a quarter of the room. */
const repeatable = (text: string, most: number) => text.length <= most / 4;

function splitFence(
  { first, last }: Block,
  { marker, isClosed }: Fence,
  lines: readonly string[],
  most: number,
): Span[] {
  const written = lines[first] ?? '';
  // What stands before the marker is blank, or opens the list or the quote that the fence is in.
  const at = written.indexOf(marker);
  const before = written.slice(0, at).replace(/[^\s>]/g, ' ');
  const [head, again] = repeatable(written, most)
    ? [written, `${before}${written.slice(at)}`]
    : [`${written.slice(0, at)}${marker}`, `${before}${marker}`];
  const closing = `${before}${marker}`;
  const room = Math.max(1, most - again.length - closing.length - 2);
  const rest = splitLine(written.slice(head.length), room).map((text) => ({
    text: before + text,
    first,
    last: first,
  }));
  const inside = [...rest, ...splitLines(lines, first + 1, isClosed ? last - 1 : last, room)];
  if (inside.length === 0) return [{ text: `${head}\n${closing}`, first, last }];
  return inside.map(({ text, first: from, last: to }, index) => {
    const isFirst = index === 0;
    const isLast = index === inside.length - 1;
    return {
      text: `${isFirst ? head : again}\n${text}\n${isLast && isClosed ? lines[last] : closing}`,
      first: isFirst ? first : from,
      last: isLast ? last : to,
    };
  });
}

function splitTable({ first, last }: Block, lines: readonly string[], most: number): Span[] {
  const head = lines.slice(first, first + 2).join('\n');
  if (!repeatable(head, most)) return splitLines(lines, first, last, most);
  const rows = splitLines(lines, first + 2, last, most - head.length - 1);
  return rows.map(({ text, first: from, last: to }, index) => ({
    text: `${head}\n${text}`,
    first: index === 0 ? first : from,
    last: to,
  }));
}
