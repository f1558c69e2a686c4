import type { ListItem } from 'mdast';
import { decisionList } from '../decisions.ts';
import { list, listItem, type Mixed } from '../nodes.ts';
import { type HtmlElement, isElement } from './dom.ts';
import { flowOf, type Rule, type View } from './rule.ts';

/** A list; anything in it that is no item, such as a list directly in a list, belongs to the item before it. */
export const listRule =
  (ordered: boolean): Rule =>
  (element, _, view) => {
    const items: ListItem[] = [];
    let outside: Mixed = [];
    const flush = () => {
      const flow = flowOf(outside);
      outside = [];
      if (flow.length === 0) return;
      const last = items.at(-1);
      if (last) last.children = last.children.concat(flow as ListItem['children']);
      else items.push(listItem(flow));
    };
    for (const child of element.childNodes) {
      if (isElement(child) && child.name === 'li') {
        flush();
        items.push(listItem(flowOf(view.contentOf(child)), checkedState(child)));
      } else {
        for (const node of view.renderedOf(child)) outside.push(node);
      }
    }
    flush();
    return items.length === 0 ? [] : [list(items, ordered, firstNumber(element))];
  };

function firstNumber(element: HtmlElement): number {
  const first = element.children.find(({ name }) => name === 'li');
  const start = Number.parseInt(element.attributes.start ?? first?.attributes.value ?? '1', 10);
  return start >= 0 && start <= 99_999_999 ? start : 1;
}

/** Whether a task is done, by Confluence's class or by a check box at the item's beginning. */
function checkedState(item: HtmlElement): boolean | undefined {
  if (item.attributes['data-inline-task-id'] !== undefined) return item.classes.has('checked');
  const box = firstCheckbox(item);
  return box && box.attributes.checked !== undefined;
}

/** The check box that is the first thing an item shows. */
function firstCheckbox(item: HtmlElement): HtmlElement | undefined {
  for (const child of item.childNodes) {
    if (!isElement(child)) {
      if (child.data.trim() !== '') return undefined;
    } else if (isCheckbox(child)) return child;
    else if (LIST_PARTS.has(child.name)) return undefined;
    else if (child.firstChild) return firstCheckbox(child);
  }
  return undefined;
}

const LIST_PARTS = new Set(['li', 'ol', 'table', 'ul']);

const isCheckbox = ({ name, attributes }: HtmlElement) =>
  name === 'input' && attributes.type?.toLowerCase() === 'checkbox';

/** A check box: an item's own is said by the item. */
export const inputRule: Rule = (element) => {
  if (!isCheckbox(element)) return [];
  const item = ancestor(element, 'li');
  if (item && firstCheckbox(item) === element) return [];
  return [{ type: 'text', value: element.attributes.checked === undefined ? '[ ] ' : '[x] ' }];
};

function ancestor(element: HtmlElement, name: string): HtmlElement | undefined {
  for (let node = element.parentNode; node; node = node.parentNode) if (node.name === name) return node;
  return undefined;
}

export const decisionListRule: Rule = (element, _, view: View) =>
  decisionList(
    element.children
      .filter(({ name }) => name === 'li')
      .map((item) => ({
        decided: (item.attributes['data-decision-state'] ?? 'DECIDED') !== 'UNDECIDED',
        content: flowOf(view.contentOf(item)),
      })),
  );
