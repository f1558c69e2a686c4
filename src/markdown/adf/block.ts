import type { ListItem } from 'mdast';
import { alert } from '../alerts.ts';
import { decisionList } from '../decisions.ts';
import { details } from '../details.ts';
import { codeBlock } from '../macros/code.ts';
import { editorPanel } from '../macros/panel.ts';
import {
  blockquote,
  type Flow,
  heading,
  isBlank,
  list,
  listItem,
  type Mixed,
  rule,
  toFlow,
  toPhrasing,
} from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { type Cell, spanOf, table } from '../tables.ts';
import { type AdfNode, adfText, attribute, readNode } from './node.ts';
import { type NodeRenderer, renderAdf, renderFlow } from './render.ts';

const content: NodeRenderer = (node, reader, depth) => renderAdf(node.content, reader, depth + 1);
const blockContent: NodeRenderer = (node, reader, depth) => renderFlow(node, reader, depth);
const expand: NodeRenderer = (node, reader, depth) =>
  details(attribute(node, 'title') ?? '', renderFlow(node, reader, depth));

export const blockNodes: Record<string, NodeRenderer> = {
  blockTaskItem: blockContent,
  blockquote(node, reader, depth) {
    const inner = renderFlow(node, reader, depth);
    return inner.length === 0 ? [] : [blockquote(inner)];
  },
  bulletList: (node, reader, depth) => listNode(node, reader, depth, false),
  codeBlock: (node) => codeBlock(adfText(node), attribute(node, 'language')),
  decisionItem: blockContent,
  decisionList: (node, reader, depth) =>
    decisionList(
      children(node).map((item) => ({
        decided: attribute(item, 'state') !== 'UNDECIDED',
        content: renderFlow(item, reader, depth + 1),
      })),
    ),
  doc: content,
  expand,
  heading(node, reader, depth) {
    const inner = toPhrasing(renderAdf(node.content, reader, depth + 1));
    return isBlank(inner) ? [] : [heading(Number(attribute(node, 'level') ?? 1), inner)];
  },
  layoutColumn: blockContent,
  layoutSection: blockContent,
  listItem: blockContent,
  nestedExpand: expand,
  orderedList: (node, reader, depth) => listNode(node, reader, depth, true),
  panel: (node, reader, depth) =>
    alert(editorPanel(attribute(node, 'panelType') ?? ''), renderFlow(node, reader, depth)),
  paragraph: blockContent,
  rule: () => [rule()],
  table: tableNode,
  tableCell: blockContent,
  tableHeader: blockContent,
  tableRow: blockContent,
  taskItem: blockContent,
  taskList: (node, reader, depth) => {
    const items = itemsOf(node, reader, depth, (item) => attribute(item, 'state') === 'DONE');
    return items.length === 0 ? [] : [list(items)];
  },
};

function children(node: AdfNode): AdfNode[] {
  return node.content.flatMap((child) => readNode(child) ?? []);
}

function listNode(node: AdfNode, reader: Reader, depth: number, ordered: boolean): Mixed {
  const items = itemsOf(node, reader, depth);
  const start = Math.trunc(Number(attribute(node, 'order') ?? 1));
  const first = start >= 0 && start <= 99_999_999 ? start : 1;
  return items.length === 0 ? [] : [list(items, ordered, first)];
}

const ITEMS = new Set(['listItem', 'taskItem', 'blockTaskItem']);

/** The items of a list; anything else in it, such as a nested task list, belongs to the item before it. */
function itemsOf(
  node: AdfNode,
  reader: Reader,
  depth: number,
  checked?: (item: AdfNode) => boolean,
): ListItem[] {
  const items: ListItem[] = [];
  for (const child of children(node)) {
    if (ITEMS.has(child.type)) {
      items.push(listItem(renderFlow(child, reader, depth + 1), checked?.(child)));
      continue;
    }
    const inner = toFlow(renderAdf([child], reader, depth + 1));
    const last = items.at(-1);
    if (inner.length === 0) continue;
    if (last) last.children.push(...(inner as ListItem['children']));
    else items.push(listItem(inner));
  }
  return items;
}

const CELLS = new Set(['tableCell', 'tableHeader']);

function tableNode(node: AdfNode, reader: Reader, depth: number): Mixed {
  const outside: Flow[] = [];
  const rows: Cell[][] = [];
  for (const row of children(node)) {
    if (row.type !== 'tableRow') {
      outside.push(...toFlow(renderAdf([row], reader, depth + 1)));
      continue;
    }
    const cells: Cell[] = [];
    for (const cell of children(row)) {
      const inner = CELLS.has(cell.type)
        ? renderFlow(cell, reader, depth + 2)
        : toFlow(renderAdf([cell], reader, depth + 2));
      cells.push({
        header: cell.type === 'tableHeader',
        colspan: spanOf(cell.attributes.colspan),
        rowspan: spanOf(cell.attributes.rowspan),
        content: inner,
      });
    }
    rows.push(cells);
  }
  return [...outside, ...table(rows)];
}
