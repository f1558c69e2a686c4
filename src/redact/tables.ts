import { kindOfName, names } from './assignments.ts';
import { delimitedTables } from './delimited.ts';
import type { Finding } from './finding.ts';
import { isLiteral, isWordy } from './literal.ts';
import { matchesOf } from './matches.ts';

export interface Cell {
  readonly text: string;
  readonly start: number;
}

export type Row = readonly Cell[];

/**
 * Values in the cells of a table: below a header that names a secret, or right of a cell that does. Cells also
 * hold types and explanations, so a mere word is no value here.
 */
export function findInTables(text: string, isNamed: boolean): Finding[] {
  return [
    ...[...markdownTables(text), ...htmlTables(text)].flatMap(findInTable),
    ...(isNamed ? [...delimitedTables(text, delimitedName)].flatMap(findInColumns) : []),
  ];
}

/** The name of a secret at the end of a field of values with a separator between. */
const delimitedName = new RegExp(`(?:${names}|_pass|(?<![\\w-])pass)"?[ \\t]{0,4}\\r?(?=[,;\\t\\n]|$)`, 'gi');

/** What the rules' version is made from. */
export const tablePatterns: readonly RegExp[] = [delimitedName];

/** What stands below the name of a secret. */
function findInColumns([header = [], ...rows]: readonly Row[]): Finding[] {
  const columns = header.map(({ text }) => (/^pass$/i.test(text) ? 'password' : kindOfName(text)));
  return rows.flatMap((row) =>
    row.flatMap(({ text, start }, index) => {
      const kind = columns[index];
      if (kind === undefined || !isLiteral(text) || isWordy(text)) return [];
      return [{ start, end: start + text.length, kind }];
    }),
  );
}

function findInTable([header = [], ...rows]: readonly Row[]): Finding[] {
  const columns = header.map(({ text }) => kindOfName(text));
  const valuesOf = (row: Row, kindAt: (index: number) => string | undefined) =>
    row.flatMap(({ text, start }, index) => {
      const kind = kindAt(index) ?? kindOfName(row[index - 1]?.text ?? '');
      if (kind === undefined || !isLiteral(text) || isWordy(text)) return [];
      return [{ start, end: start + text.length, kind }];
    });
  // A table of names and values may have its first row for a header.
  return [
    ...valuesOf(header, () => undefined),
    ...rows.flatMap((row) => valuesOf(row, (index) => columns[index])),
  ];
}

const delimiterRow = /^[ \t>]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/gm;
const cell = /\|((?:\\[\s\S]|[^|\\\n])*)(?=\|)/g;

function* markdownTables(text: string): Generator<readonly Row[]> {
  let at = 0;
  for (const delimiter of matchesOf(delimiterRow, text)) {
    const headerEnd = delimiter.index - 1;
    if (headerEnd < 0 || delimiter.index < at) continue;
    const headerStart = text.lastIndexOf('\n', headerEnd - 1) + 1;
    const rows = [cellsOf(text, headerStart, headerEnd)];
    at = delimiter.index + delimiter[0].length + 1;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      if (!/^[ \t>]*\|/.test(text.slice(at, Math.min(end, at + 64)))) break;
      rows.push(cellsOf(text, at, end));
      at = end + 1;
    }
    yield rows;
  }
}

function cellsOf(text: string, from: number, to: number): Row {
  return [...text.slice(from, to).matchAll(cell)].map((match) =>
    trimmed(match[1] ?? '', from + match.index + 1),
  );
}

const tag = /<(\/?)(table|tr|t[hd])\b[^<>]*>/gi;

/** Tables that markdown cannot say are written as HTML. What is nested in a cell is a table of its own. */
function htmlTables(text: string): Row[][] {
  const tables: Row[][] = [];
  let row: Cell[] = [];
  let cellStart: number | undefined;
  for (const { 0: written, 1: slash, 2: name = '', index } of matchesOf(tag, text)) {
    const element = name.toLowerCase();
    if (cellStart !== undefined) {
      row.push(trimmed(text.slice(cellStart, index), cellStart));
      cellStart = undefined;
    }
    if (slash !== '') continue;
    if (element === 'table') tables.push([]);
    else if (element === 'tr') {
      row = [];
      tables.at(-1)?.push(row);
    } else cellStart = index + written.length;
  }
  return tables;
}

const around = /^(?:[*_~`\s]|<\/?[a-z][^<>]{0,200}>)+|(?:[*_~`:\s]|<\/?[a-z][^<>]{0,200}>)+$/g;

/** Without the marks and tags around a cell's text. */
function trimmed(raw: string, start: number): Cell {
  const lead = /^(?:[*_~`\s]|<\/?[a-z][^<>]{0,200}>)*/.exec(raw)?.[0].length ?? 0;
  return { text: raw.replace(around, ''), start: start + lead };
}
