import { type Flow, type Mixed, plainText } from '../nodes.ts';
import { type Cell, cellsOf } from '../tables.ts';
import { example } from './example.ts';
import type { MacroCall, MacroDefinition } from './macro.ts';

/** Page properties: the tables as they are, and their values as properties of the document. */
export const propertiesMacro: MacroDefinition = {
  names: ['details', 'page-properties'],
  example: example(
    'details',
    {},
    {
      rich: '<table><tbody><tr><th>Owner</th><td>Ann</td></tr><tr><th>State</th><td>done</td></tr></tbody></table>',
    },
  ),
  render: properties,
};

function properties({ body, name, parameter, reader }: MacroCall): Mixed {
  const content = body();
  const tables = cellsOf(content);
  for (const rows of tables) {
    for (const [key, value] of pairsOf(rows)) {
      if (key !== '' && !reader.properties.has(key)) reader.properties.set(key, value);
    }
  }
  if (parameter('hidden')?.trim() !== 'true') return content;
  if (content.length > 0 && tables.length === 0) reader.lose(`macro:${name}`, 'hidden');
  return [];
}

/** Names stand in the first column, or if only the first row is of header cells, in that. */
function pairsOf(rows: readonly (readonly Cell[])[]): (readonly [string, string])[] {
  const [head = [], ...rest] = rows;
  const across =
    rest.length > 0 && head.every(({ header }) => header) && !rest.some(([first]) => first?.header);
  if (across) {
    return head.map((name, column) => {
      const values = rest.map((row) => cellText(row[column])).filter((value) => value !== '');
      return [cellText(name), values.join(', ')];
    });
  }
  return rows
    .filter((row) => row.length > 1)
    .map(([name, ...values]) => [cellText(name), values.map(cellText).join(' ').trim()]);
}

function cellText(cell: Cell | undefined): string {
  return cell ? flowText(cell.content) : '';
}

/** What is read of blocks, in a line: items and lines apart by commas. */
function flowText(nodes: readonly Flow[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'list')
        return node.children.map((item) => flowText(item.children as Flow[])).join(', ');
      if (node.type === 'blockquote') return flowText(node.children as Flow[]);
      if (node.type === 'html') return '';
      return plainText([node]).replace(/\s+/g, ' ').trim();
    })
    .filter((text) => text !== '')
    .join(', ');
}
