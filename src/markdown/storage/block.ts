import type { ListItem } from 'mdast';
import { details } from '../details.ts';
import { codeBlock } from '../macros/code.ts';
import {
  blockquote,
  emphasis,
  heading,
  isBlank,
  list,
  listItem,
  type Mixed,
  paragraph,
  rule,
  strong,
  toFlow,
  toPhrasing,
} from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { childElements, childNamed, type Element, isElement, textContent } from './parse.ts';
import { type ElementRenderer, renderBlocks, renderFlow, renderStorage } from './render.ts';
import { tableElement } from './table.ts';

/** Content that stands on lines of its own, with nothing around it. */
const block: ElementRenderer = (element, reader) => renderFlow(element, reader);

const headingElement: ElementRenderer = (element, reader) => {
  const content = toPhrasing(renderStorage(element.children, reader));
  return isBlank(content) ? [] : [heading(Number(element.name.slice(1)), content)];
};

export const blockElements: Record<string, ElementRenderer> = {
  address: block,
  article: block,
  aside: block,
  blockquote: (element, reader) => {
    const content = renderFlow(element, reader);
    return content.length === 0 ? [] : [blockquote(content)];
  },
  body: block,
  center: block,
  dd: (element, reader) => {
    const content = renderFlow(element, reader);
    return content.length === 0 ? [] : [list([listItem(content)])];
  },
  details: (element, reader) => {
    const summary = childNamed(element, 'summary');
    const content = element.children.filter((child) => child !== summary);
    return details(
      summary ? textContent(summary) : '',
      renderFlow({ ...element, children: content }, reader),
    );
  },
  div: block,
  dl: block,
  dt: (element, reader) => {
    const content = toPhrasing(renderStorage(element.children, reader));
    return isBlank(content) ? [] : [paragraph([strong(content)])];
  },
  figcaption: (element, reader) => {
    const content = toPhrasing(renderStorage(element.children, reader));
    return isBlank(content) ? [] : [paragraph([emphasis(content)])];
  },
  figure: block,
  footer: block,
  h1: headingElement,
  h2: headingElement,
  h3: headingElement,
  h4: headingElement,
  h5: headingElement,
  h6: headingElement,
  header: block,
  hr: () => [rule()],
  html: block,
  li: block,
  main: block,
  nav: block,
  ol: (element, reader) => listElement(element, reader, true),
  // The editor puts files in a row into one paragraph.
  p: (element, reader) =>
    element.attributes.class === 'media-group'
      ? renderBlocks(element.children, reader)
      : renderFlow(element, reader),
  pre: (element) => {
    const language = /\b(?:language|lang)-([\w+#-]+)/.exec(
      [element, ...childElements(element)].map(({ attributes }) => attributes.class ?? '').join(' '),
    );
    return codeBlock(preformatted(element).replace(/^\r?\n/, ''), language?.[1]);
  },
  section: block,
  table: tableElement,
  ul: (element, reader) => listElement(element, reader, false),
};

/** The text of an element in which line breaks may be elements. */
function preformatted(element: Element): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child : child.name === 'br' ? '\n' : preformatted(child)))
    .join('');
}

function listElement(element: Element, reader: Reader, ordered: boolean): Mixed {
  const items: ListItem[] = [];
  for (const child of element.children) {
    if (isElement(child) && child.name === 'li') {
      items.push(listItem(renderFlow(child, reader)));
      continue;
    }
    // Anything else in a list, such as a list directly in a list, belongs to the item before it.
    const content = toFlow(renderStorage([child], reader));
    const last = items.at(-1);
    if (content.length === 0) continue;
    if (last) last.children.push(...(content as ListItem['children']));
    else items.push(listItem(content));
  }
  const start = Number.parseInt(element.attributes.start ?? '1', 10);
  return items.length === 0
    ? []
    : [list(items, ordered, Number.isSafeInteger(start) && start >= 0 ? Math.min(start, 99_999_999) : 1)];
}
