import type { Flow } from '../nodes.ts';
import { type Cell, table } from '../tables.ts';
import { scanFor } from '../words.ts';
import { blocks } from './blocks.ts';
import { imageAt } from './images.ts';
import { type Line, spanEnd } from './lines.ts';
import type { Source } from './source.ts';

/**
 * The last line of the row that begins at a line: a cell goes on over the following lines, as long as one of them
 * closes it before a blank line or the next row.
 */
export function rowEnd({ text }: Source, lines: readonly Line[], first: number): number {
  const closes = ({ start, end }: Line) => text.slice(start, end).trimEnd().endsWith('|');
  const line = lines[first];
  if (!line || closes(line)) return first;
  let last = first;
  for (let index = first + 1; index < lines.length; index++) {
    const next = lines[index];
    if (!next || next.start === next.end || text[next.start] === '|') break;
    if (closes(next)) last = index;
  }
  return last;
}

export function tableRows(source: Source, rows: readonly Line[], depth: number): Flow[] {
  source.reader.construct();
  return table(rows.map((row) => cellsOf(source, row, depth)));
}

/** `||` opens a header cell and `|` any other; the last bar of the row only closes it. */
function cellsOf(source: Source, row: Line, depth: number): Cell[] {
  const { text } = source;
  const { start } = row;
  const end = start + text.slice(start, row.end).trimEnd().length;
  const cells: Cell[] = [];
  for (let at = start; at < end; ) {
    const header = at + 1 < end && text[at + 1] === '|';
    const from = at + (header ? 2 : 1);
    if (cells.length > 0 && from >= end) break;
    at = nextBar(source, from, end, depth);
    cells.push({ header, colspan: 1, rowspan: 1, content: blocks(source, from, at, depth) });
  }
  return cells;
}

const toNotable = scanFor('\\|[!{`');

/** The next bar that is a cell's: not one that is escaped or within a link, an image, a macro or code. */
function nextBar(source: Source, start: number, end: number, depth: number): number {
  const { text } = source;
  let at = toNotable(text, start, end);
  while (at < end && text[at] !== '|') {
    const skipped = text[at] === '\\' ? at + 2 : endOfToken(source, at, depth);
    at = toNotable(text, skipped <= end ? Math.max(skipped, at + 1) : at + 1, end);
  }
  return at;
}

function endOfToken(source: Source, at: number, depth: number): number {
  const { text, brackets } = source;
  if (text[at] === '[') {
    const close = brackets.get(at);
    const target = close === undefined ? '' : text.slice(at + 1, close);
    return close !== undefined && /\|\s*(?:[a-z]+:|[#^~/]|www\.|[A-Z][A-Z0-9]+-\d)/i.test(target)
      ? close + 1
      : at;
  }
  if (text[at] === '!') return imageAt(source, at)?.end ?? at;
  if (text.startsWith('{{', at)) {
    const close = source.next.monospaceEnd(at + 2);
    const lineEnd = source.next.lineEnd(at);
    return close !== -1 && (lineEnd === -1 || close < lineEnd) ? close + 2 : at;
  }
  return spanEnd(source, at, depth);
}
