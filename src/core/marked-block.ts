import { ctxError } from './errors/index.ts';

/** The lines that stand around what is ours in a text of somebody else's. */
export interface Marks {
  readonly begin: string;
  readonly end: string;
}

/**
 * What stands between the marks, each of its lines with a line end; undefined without a block. Fails with
 * `marked-block.unclosed` if only one of the marks is there: nobody can tell then what is ours. `place` is named by it.
 */
export function blockIn(text: string, marks: Marks, place: string): string | undefined {
  const found = find(text, marks, place);
  return found?.lines.slice(found.begin + 1, found.end).join('');
}

/**
 * The text with the block holding `body`, or, if that is undefined, without a block. A new block comes last. All other bytes stay
 * as they are, but that the last line gets an end before a block.
 */
export function withBlock(text: string, marks: Marks, body: string | undefined, place: string): string {
  const found = find(text, marks, place);
  const block = body === undefined ? '' : `${marks.begin}\n${body}${marks.end}\n`;
  if (found) {
    const { lines, begin, end } = found;
    return [...lines.slice(0, begin), block, ...lines.slice(end + 1)].join('');
  }
  if (block === '') return text;
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
}

function find(text: string, { begin, end }: Marks, place: string) {
  // Each with its end.
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const indexOf = (mark: string, from: number) =>
    lines.findIndex((line, index) => index >= from && line.trimEnd() === mark);
  const first = indexOf(begin, 0);
  const last = indexOf(end, Math.max(first, 0));
  if (first < 0 && last < 0) return undefined;
  const another = indexOf(begin, first + 1);
  if (first < 0 || last < 0 || (another >= 0 && another < last))
    throw ctxError('marked-block.unclosed', { place, begin, end });
  return { lines, begin: first, end: last };
}
