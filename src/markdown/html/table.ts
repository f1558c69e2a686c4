import { emphasis, type Flow, isBlank, type Mixed, paragraph, toPhrasing } from '../nodes.ts';
import { type Cell, spanOf, table } from '../tables.ts';
import { descendant, type HtmlElement, isElement } from './dom.ts';
import { flowOf, type Rule, type View } from './rule.ts';

const CELLS = new Set(['td', 'th']);
const ROW_GROUPS = new Set(['tbody', 'tfoot', 'thead']);

/** A table; one that only arranges a page, as mails do, is its content. Text outside of cells comes before. */
export const tableRule: Rule = (element, _, view) => {
  const { rows, outside } = readTable(element, view);
  const before = flowOf(outside);
  if (!isArrangement(element, rows)) return before.concat(table(rows));
  for (const row of rows) for (const cell of row) for (const node of cell.content) before.push(node);
  return before;
};

interface Read {
  readonly rows: Cell[][];
  readonly outside: Mixed;
}

function readTable(element: HtmlElement, view: View): Read {
  const rows: Cell[][] = [];
  const outside: Mixed = [];
  collect(element, undefined);
  return { rows, outside };

  function collect(group: HtmlElement, row: Cell[] | undefined): void {
    let loose: Cell[] | undefined;
    for (const child of group.childNodes) {
      if (isElement(child) && CELLS.has(child.name)) {
        const cells: Cell[] = row ?? loose ?? [];
        if (!row && !loose) rows.push(cells);
        if (!row) loose = cells;
        cells.push(readCell(child, view));
        continue;
      }
      if (isElement(child) && child.name === 'tr') {
        const cells: Cell[] = [];
        rows.push(cells);
        collect(child, cells);
      } else if (isElement(child) && ROW_GROUPS.has(child.name)) collect(child, undefined);
      else for (const node of view.renderedOf(child)) outside.push(node);
      loose = undefined;
    }
  }
}

function readCell(element: HtmlElement, view: View): Cell {
  return {
    header: element.name === 'th',
    colspan: spanOf(element.attributes.colspan),
    rowspan: spanOf(element.attributes.rowspan, 0),
    content: flowOf(view.contentOf(element)),
  };
}

/**
 * True for a table that says of itself that it is none, and for one without lines and head, as mail programs write
 * them, around one cell or other tables.
 */
function isArrangement(element: HtmlElement, rows: readonly Cell[][]): boolean {
  const { attributes, classes } = element;
  if (attributes.role === 'presentation' || attributes.role === 'none') return true;
  if (classes.has('confluenceTable') || Number(attributes.border ?? 0) > 0) return false;
  const lineless = attributes.border ?? attributes.cellspacing ?? attributes.cellpadding;
  if (lineless === undefined || rows.some((row) => row.some(({ header }) => header))) return false;
  const cells = rows.reduce((sum, row) => sum + row.length, 0);
  return cells < 2 || descendant(element, ({ name }) => name === 'table') !== undefined;
}

export const captionRule: Rule = (_, content) => {
  const caption = toPhrasing(content);
  return isBlank(caption) ? [] : ([paragraph([emphasis(caption)])] satisfies Flow[]);
};
