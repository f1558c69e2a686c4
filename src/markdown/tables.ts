import type { Nodes, PhrasingContent, Table, TableCell, TableRow } from 'mdast';
import { markMixed } from './marks.ts';
import { blockHtml, type Flow, isBlank, paragraph, strong, text } from './nodes.ts';
import type { Reader } from './reader.ts';
import { cellLine, repeated } from './table-cells.ts';

export interface Cell {
  readonly header: boolean;
  readonly colspan: number;
  /** 0 is to the table's end, as in HTML. */
  readonly rowspan: number;
  readonly content: readonly Flow[];
  /** Of its background, if it has one. */
  readonly colour?: string | undefined;
}

const WHITE = /^(?:|#fff|#ffffff|white|transparent|none|null)$/i;

/** Warns of cells that say by their colour what nothing else does, for they have no content. */
export function warnOfColours(rows: readonly (readonly Cell[])[], reader: Reader): void {
  const silent = ({ header, content, colour }: Cell) =>
    colour !== undefined && !header && content.length === 0 && !WHITE.test(colour.trim());
  if (rows.some((row) => row.some(silent))) reader.degrade('table', 'colours of empty cells');
}

/** More cells than this made up by spans and short rows, and the table keeps its spans as HTML. */
const MAX_ADDED_CELLS = 1000;
const MAX_COLUMNS = 1000;

/**
 * A GFM table, the words of a spanning cell repeated in each cell that it covers; or, if a cell holds what a GFM
 * cell can not, HTML tags around cells whose content is markdown. The first row is the head, for GFM has no table
 * without one; header cells elsewhere are bold.
 */
export function table(rows: readonly (readonly Cell[])[]): Flow[] {
  const source = rows.filter((row) => row.length > 0).map((row) => [...row]);
  if (source.length === 0) return [];
  const flow = gfmTable(source) ?? htmlTable(source);
  const [first] = flow;
  if (first) first.data = { ...first.data, cells: source };
  return flow;
}

/** Rows with a column before them that the editor shows and does not write: it numbers all but a head. */
export function withNumbers(rows: readonly (readonly Cell[])[]): Cell[][] {
  let number = 0;
  return rows.map((row, index) => {
    const head = index === 0 && row.every(({ header }) => header);
    const content: Flow[] = head ? [] : [paragraph([text(`${++number}`)])];
    return [{ header: head, colspan: 1, rowspan: 1, content }, ...row];
  });
}

/** The cells of the tables among the nodes, at any depth: by table, row and column. */
export function cellsOf(nodes: readonly Nodes[]): (readonly (readonly Cell[])[])[] {
  return nodes.flatMap((node) => {
    const cells = node.data && 'cells' in node.data ? node.data.cells : undefined;
    if (cells) return [cells];
    return 'children' in node ? cellsOf(node.children) : [];
  });
}

declare module 'mdast' {
  interface TableData {
    cells?: readonly (readonly Cell[])[];
  }
  interface HtmlData {
    /** Where a table begins that is written as HTML. */
    cells?: readonly (readonly Cell[])[];
  }
}

/** A cell with its line, and with what the other cells that it spans say. */
interface LineCell {
  readonly colspan: number;
  readonly rowspan: number;
  readonly header: boolean;
  readonly line: PhrasingContent[];
  readonly copy: PhrasingContent[];
}

/** A place of the grid: the cell that it shows, as itself or again. */
interface Place {
  readonly cell: LineCell;
  readonly again: boolean;
}

function gfmTable(source: readonly (readonly Cell[])[]): Flow[] | undefined {
  const rows: LineCell[][] = [];
  for (const [index, row] of source.entries()) {
    const head = index === 0 && row.every(({ header }) => header);
    const cells: LineCell[] = [];
    for (const { header, colspan, rowspan, content } of row) {
      const line = cellLine(header && !head ? bold(content) : content);
      if (!line) return undefined;
      const spans = colspan !== 1 || rowspan !== 1;
      cells.push({ header, colspan, rowspan, line, copy: spans ? repeated(content) : [] });
    }
    rows.push(cells);
  }
  const grid = expand(rows);
  if (!grid) return undefined;
  const children = grid.map((row, index): TableRow => {
    const head = index === 0 && row.every((place) => !place || place.cell.header);
    return { type: 'tableRow', children: row.map((place) => tableCell(place, head)) };
  });
  const node: Table = { type: 'table', align: [], children };
  return [node];
}

const bold = (content: readonly Flow[]): Flow[] => markMixed(content, (run) => [strong(run)]);

function tableCell(place: Place | undefined, head: boolean): TableCell {
  const { line = [], copy = [], header = false } = place?.cell ?? {};
  if (!place?.again) return { type: 'tableCell', children: line };
  return { type: 'tableCell', children: header && !head && !isBlank(copy) ? [strong(copy)] : copy };
}

/** The cells by row and column, undefined where a row has none; nothing if spans would add too much. */
function expand(rows: readonly LineCell[][]): (Place | undefined)[][] | undefined {
  const grid: (Place | undefined)[][] = rows.map(() => []);
  let added = 0;
  let copied = 0;
  let total = 0;
  for (const [y, row] of rows.entries()) {
    let x = 0;
    for (const cell of row) {
      while (grid[y]?.[x]) x++;
      const height = Math.min(cell.rowspan === 0 ? rows.length : cell.rowspan, rows.length - y);
      const copies = cell.colspan * height - 1;
      const size = sizeOf(cell.line);
      added += copies;
      copied += copies * size;
      total += size;
      if (added > MAX_ADDED_CELLS || x + cell.colspan > MAX_COLUMNS) return undefined;
      for (let dy = 0; dy < height; dy++) {
        for (let dx = 0; dx < cell.colspan; dx++)
          (grid[y + dy] ?? [])[x + dx] ??= { cell, again: dx + dy > 0 };
      }
      x += cell.colspan;
    }
  }
  const width = Math.max(...grid.map((row) => row.length));
  const cells = grid.reduce((sum, row) => sum + row.length, 0);
  if (width * grid.length - cells + added > MAX_ADDED_CELLS || copied > 2 * total + 4096) return undefined;
  return grid.map((row) => Array.from({ length: width }, (_, x) => row[x]));
}

function sizeOf(nodes: readonly PhrasingContent[]): number {
  let size = 0;
  for (const node of nodes) {
    if ('value' in node) size += node.value.length;
    if ('url' in node) size += node.url.length;
    if ('children' in node) size += sizeOf(node.children);
    size += 4;
  }
  return size;
}

/**
 * Tags between blank lines: what stands between them is markdown again (CommonMark's HTML blocks end at a blank
 * line), so that code, links and nested tables in cells are written as anywhere else.
 */
function htmlTable(rows: readonly (readonly Cell[])[]): Flow[] {
  const flow: Flow[] = [];
  let tags = '<table>';
  for (const row of rows) {
    tags += '\n<tr>';
    for (const cell of row) {
      const name = cell.header ? 'th' : 'td';
      tags += `\n<${name}${span('colspan', cell.colspan)}${span('rowspan', cell.rowspan)}>`;
      if (cell.content.length > 0) {
        flow.push(blockHtml(tags), ...cell.content);
        tags = '';
      }
      tags += `</${name}>`;
    }
    tags += '\n</tr>';
  }
  flow.push(blockHtml(`${tags}\n</table>`));
  return flow;
}

function span(name: string, value: number): string {
  return value === 1 ? '' : ` ${name}="${value}"`;
}

/** A span as a document has it: a whole number from 1 (rows: 0) to what browsers accept. */
export function spanOf(value: unknown, least: 0 | 1 = 1): number {
  const number = Math.trunc(Number(value ?? 1));
  return Number.isFinite(number) ? Math.min(Math.max(number, least), 65_534) : 1;
}
