import type { ListItem } from 'mdast';
import { alert } from '../alerts.ts';
import { decisionList } from '../decisions.ts';
import { details } from '../details.ts';
import { codeBlock } from '../macros/code.ts';
import { editorPanel, iconed } from '../macros/panel.ts';
import {
  blockquote,
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
import { type AdfNode, adfText, attribute, childNodes } from './node.ts';
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
      childNodes(node).map((item) => ({
        decided: attribute(item, 'state') !== 'UNDECIDED',
        content:
          item.type === 'decisionItem'
            ? renderFlow(item, reader, depth + 1)
            : toFlow(renderAdf([item], reader, depth + 1)),
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
  panel,
  paragraph: blockContent,
  rule: () => [rule()],
  tableCell: blockContent,
  tableHeader: blockContent,
  tableRow: blockContent,
  taskItem: blockContent,
  taskList: (node, reader, depth) => {
    const items = itemsOf(node, reader, depth, (item) => attribute(item, 'state') === 'DONE');
    return items.length === 0 ? [] : [list(items)];
  },
};

function panel(node: AdfNode, reader: Reader, depth: number): Mixed {
  const type = editorPanel(attribute(node, 'panelType') ?? '', attribute(node, 'panelColor'));
  const icon = {
    text: attribute(node, 'panelIconText'),
    shortName: attribute(node, 'panelIcon'),
    id: attribute(node, 'panelIconId'),
  };
  return alert(type, iconed(icon, renderFlow(node, reader, depth)));
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
  for (const child of childNodes(node)) {
    if (ITEMS.has(child.type)) {
      items.push(listItem(renderFlow(child, reader, depth + 1), checked?.(child)));
      continue;
    }
    const inner = toFlow(renderAdf([child], reader, depth + 1));
    const last = items.at(-1);
    if (inner.length === 0) continue;
    if (last) last.children = last.children.concat(inner as ListItem['children']);
    else items.push(listItem(inner));
  }
  return items;
}
