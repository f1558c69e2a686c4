import type { Cell, Row } from './tables.ts';

/** Longer lines are no rows of a table that people write. */
const LONGEST_LINE = 4_096;

const separators = [',', ';', '\t'] as const;
const headerCell = /^[\p{L}\p{N}_ .#()/-]{1,40}$/u;

/**
 * Tables of values with a separator between: a line of names, and lines of as many values. `namesSecret`, global, finds the
 * names that make a table worth reading.
 */
export function* delimitedTables(text: string, namesSecret: RegExp): Generator<readonly Row[]> {
  let at = 0;
  for (const match of text.matchAll(namesSecret)) {
    if (match.index < at) continue;
    const start = text.lastIndexOf('\n', match.index) + 1;
    at = lineEnd(text, start);
    const header = headerOf(text, start, at);
    if (header === undefined) continue;
    const rows = [header.cells];
    while (at < text.length) {
      const end = lineEnd(text, at + 1);
      const cells = cellsOf(text, at + 1, end, header.separator);
      if (cells.length !== header.cells.length) break;
      rows.push(cells);
      at = end;
    }
    yield rows;
  }
}

function headerOf(
  text: string,
  start: number,
  end: number,
): { readonly cells: Row; readonly separator: string } | undefined {
  for (const separator of separators) {
    const cells = cellsOf(text, start, end, separator);
    if (cells.length > 1 && cells.every((cell) => headerCell.test(cell.text))) return { cells, separator };
  }
  return undefined;
}

function cellsOf(text: string, start: number, end: number, separator: string): Row {
  if (end - start > LONGEST_LINE) return [];
  const cells: Cell[] = [];
  const cell = new RegExp(
    `(?<space>[ ]*)(?:"(?<quoted>(?:[^"]|"")*)"|(?<bare>[^${separator}]*))[ \r]*(?:${separator}|$)`,
    'y',
  );
  const line = text.slice(start, end);
  while (cell.lastIndex <= line.length) {
    const from = cell.lastIndex;
    const match = cell.exec(line);
    if (match === null) return [];
    const { space = '', quoted, bare = '' } = match.groups ?? {};
    const raw = quoted ?? bare;
    const lead = space.length + (quoted === undefined ? 0 : 1) + raw.length - raw.trimStart().length;
    cells.push({ text: raw.trim(), start: start + from + lead });
    if (!match[0].endsWith(separator)) break;
  }
  return cells;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
