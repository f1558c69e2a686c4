import { type Flow, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { type Cell, spanOf, table, warnOfColours, withNumbers } from '../tables.ts';
import { type AdfNode, attribute, childNodes } from './node.ts';
import { type NodeRenderer, renderAdf, renderFlow } from './render.ts';

const CELLS = new Set(['tableCell', 'tableHeader']);

const tableNode: NodeRenderer = (node, reader, depth) => {
  const flow: Flow[] = [];
  const rows: Cell[][] = [];
  for (const row of childNodes(node)) {
    if (row.type === 'tableRow') rows.push(childNodes(row).map((cell) => readCell(cell, reader, depth + 2)));
    // What is no row comes before the table, so that no text is lost.
    else for (const stray of toFlow(renderAdf([row], reader, depth + 1))) flow.push(stray);
  }
  warnOfColours(rows, reader);
  const numbered = node.attributes.isNumberColumnEnabled === true ? withNumbers(rows) : rows;
  for (const part of table(numbered)) flow.push(part);
  return flow;
};

export const tableNodes: Record<string, NodeRenderer> = { table: tableNode };

function readCell(cell: AdfNode, reader: Reader, depth: number): Cell {
  return {
    header: cell.type === 'tableHeader',
    colspan: spanOf(cell.attributes.colspan),
    rowspan: spanOf(cell.attributes.rowspan),
    colour: attribute(cell, 'background'),
    content: CELLS.has(cell.type)
      ? renderFlow(cell, reader, depth)
      : toFlow(renderAdf([cell], reader, depth)),
  };
}
