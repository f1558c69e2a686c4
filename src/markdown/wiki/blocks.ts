import { blockquote, type Flow, heading, isPhrasing, rule, toFlow } from '../nodes.ts';
import { inline } from './inline.ts';
import { type Line, linesOf } from './lines.ts';
import { type Item, itemAt, nestItems } from './lists.ts';
import { MAX_DEPTH, type Source } from './source.ts';
import { rowEnd, tableRows } from './table.ts';

const HEADING = /h([1-6])\.[ \t\u00A0]*(?=\S)/y;
const QUOTE = /bq\.(?=[ \t\u00A0])/y;
const RULE = /-{4,}[ \t\u00A0]*(?=\n|$)/y;

/** The blocks of a stretch of text; `depth` is the number of macros and lists around it. */
export function blocks(source: Source, start: number, end: number, depth: number): Flow[] {
  if (depth >= MAX_DEPTH) source.flatten();
  const lines = linesOf(source, start, end, depth);
  const flow: Flow[] = [];
  for (let index = 0; index < lines.length; ) {
    const block = blockAt(source, lines, index, depth);
    for (const node of block.nodes) flow.push(node);
    index = block.next;
  }
  return flow;
}

interface Block {
  readonly nodes: readonly Flow[];
  /** The index of the first line after it. */
  readonly next: number;
}

function blockAt(source: Source, lines: readonly Line[], index: number, depth: number): Block {
  const line = lines[index];
  if (!line || isBlank(line)) return { nodes: [], next: index + 1 };
  const single = lineBlock(source, line, depth);
  if (single) return { nodes: single, next: index + 1 };
  if (startsRow(source, line)) return tableBlock(source, lines, index, depth);
  if (itemAt(source, line, 0)) return listBlock(source, lines, index, depth);
  let last = index;
  for (
    let next = lines[last + 1];
    next && !isBlank(next) && !opensBlock(source, next);
    next = lines[last + 1]
  ) {
    last++;
  }
  const content = inline(source, line.start, lines[last]?.end ?? line.end, depth);
  return { nodes: toFlow(content), next: last + 1 };
}

/** A block that is always one line: heading, quote or rule. */
function lineBlock(source: Source, line: Line, depth: number): Flow[] | undefined {
  const title = matchAt(HEADING, source, line);
  if (title) {
    source.reader.construct();
    const content = inline(source, line.start + title[0].length, line.end, depth);
    const until = content.findIndex((node) => !isPhrasing(node));
    const words = content.slice(0, until === -1 ? content.length : until).filter(isPhrasing);
    return [heading(Number(title[1]), words), ...toFlow(content.slice(words.length))];
  }
  const quote = matchAt(QUOTE, source, line);
  if (quote) {
    source.reader.construct();
    const content = toFlow(inline(source, line.start + quote[0].length, line.end, depth));
    return content.length > 0 ? [blockquote(content)] : [];
  }
  if (matchAt(RULE, source, line)?.[0].length === line.end - line.start) {
    source.reader.construct();
    return [rule()];
  }
  return undefined;
}

function opensBlock(source: Source, line: Line): boolean {
  return (
    startsRow(source, line) ||
    itemAt(source, line, 0) !== undefined ||
    [HEADING, QUOTE].some((pattern) => matchAt(pattern, source, line)) ||
    matchAt(RULE, source, line)?.[0].length === line.end - line.start
  );
}

function matchAt(pattern: RegExp, { text }: Source, line: Line): RegExpExecArray | undefined {
  pattern.lastIndex = line.start;
  const match = pattern.exec(text);
  return match && line.start + match[0].length <= line.end ? match : undefined;
}

const isBlank = (line: Line) => line.start === line.end;

/** A row has more than its first bar. */
function startsRow({ text }: Source, { start, end }: Line): boolean {
  return text[start] === '|' && text.slice(start + 1, end).trim() !== '';
}

/** Lines after an item belong to it until a blank one or another block. */
function listBlock(source: Source, lines: readonly Line[], first: number, depth: number): Block {
  const items: Item[] = [];
  let index = first;
  for (let line = lines[index]; line && !isBlank(line); line = lines[++index]) {
    const last = items.at(-1);
    const item = itemAt(source, line, last?.level ?? 0);
    if (item) items.push(item);
    else if (!last || opensBlock(source, line)) break;
    else last.end = line.end;
  }
  return { nodes: nestItems(source, items, depth), next: index };
}

function tableBlock(source: Source, lines: readonly Line[], first: number, depth: number): Block {
  const rows: Line[] = [];
  let index = first;
  for (let line = lines[index]; line && startsRow(source, line); line = lines[index]) {
    const last = rowEnd(source, lines, index);
    rows.push({ start: line.start, end: lines[last]?.end ?? line.end });
    index = last + 1;
  }
  return { nodes: tableRows(source, rows, depth), next: index };
}
