import type { ListItem } from 'mdast';
import { emoji } from '../emoji.ts';
import { picture } from '../images.ts';
import { inlineCode, list, listItem, type Mixed, text, toPhrasing } from '../nodes.ts';
import { mention } from '../people.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { adfExtension, adfNode } from './adf-extension.ts';
import { linkElement } from './links.ts';
import { structuredMacro } from './macro.ts';
import { childElements, childNamed, type Element, textContent } from './parse.ts';
import { referenceIn } from './references.ts';
import { type ElementRenderer, renderBlocks, renderFlow, renderStorage } from './render.ts';

const content: ElementRenderer = (element, reader) => renderStorage(element.children, reader);
const blockContent: ElementRenderer = (element, reader) => renderBlocks(element.children, reader);
const nothing: ElementRenderer = () => [];
const written: ElementRenderer = (element) => [text(textContent(element))];

/** Confluence's own elements but for macros, which have a registry of their own. */
export const confluenceElements: Record<string, ElementRenderer> = {
  'ac:adf-attribute': nothing,
  'ac:adf-content': blockContent,
  'ac:adf-extension': adfExtension,
  'ac:adf-mark': nothing,
  'ac:adf-node': adfNode,
  'ac:caption': content,
  'ac:default-parameter': nothing,
  'ac:emoticon': emoticon,
  'ac:image': imageElement,
  'ac:inline-comment-marker': content,
  'ac:layout': blockContent,
  'ac:layout-cell': blockContent,
  'ac:layout-section': blockContent,
  'ac:link': linkElement,
  'ac:link-body': content,
  'ac:macro': structuredMacro,
  'ac:parameter': nothing,
  'ac:placeholder': nothing,
  'ac:plain-text-body': written,
  'ac:plain-text-link-body': written,
  'ac:rich-text-body': blockContent,
  'ac:structured-macro': structuredMacro,
  'ac:task': blockContent,
  'ac:task-body': blockContent,
  'ac:task-id': nothing,
  'ac:task-list': taskList,
  'ac:task-status': nothing,
  'ac:task-uuid': nothing,
  // A template's variables, which the author of a page fills in; what a form may ask is declared apart.
  'at:declarations': nothing,
  'at:i18n': ({ attributes }) => [text(attributes['at:key'] ?? '')],
  'at:var': ({ attributes }) => (attributes['at:name'] ? [inlineCode(`<${attributes['at:name']}>`)] : []),
  'fab:placeholder': nothing,
  'ri:user': (element, reader) => {
    const accountId = element.attributes['ri:account-id'];
    return accountId ? [mention(accountId, reader)] : [];
  },
};

function imageElement(element: Element, reader: Reader): Mixed {
  const { attributes } = element;
  const target = referenceIn(element, reader.context);
  const name = target?.kind === 'attachment' ? target.name : '';
  const source = target === undefined ? attributes['ac:src'] : 'url' in target ? target.url : undefined;
  const url = source === undefined ? undefined : absoluteUrl(source, reader.context);
  if (url === undefined) reader.lose('image', source === undefined ? 'not found' : 'unsafe address');
  const caption = childNamed(element, 'ac:caption');
  const href = attributes['ac:href'] ? absoluteUrl(attributes['ac:href'], reader.context) : undefined;
  return picture({
    url,
    href,
    alt: attributes['ac:alt'] || name,
    title: attributes['ac:title'],
    caption: caption ? toPhrasing(renderStorage(caption.children, reader)) : [],
  });
}

function emoticon({ attributes }: Element): Mixed {
  return [
    text(
      emoji({
        text: attributes['ac:emoji-fallback'],
        shortName: attributes['ac:emoji-shortname'],
        id: attributes['ac:emoji-id'],
        emoticon: attributes['ac:name'],
      }),
    ),
  ];
}

function taskList(element: Element, reader: Reader): Mixed {
  const items: ListItem[] = [];
  for (const child of childElements(element)) {
    if (child.name === 'ac:task') {
      const status = childNamed(child, 'ac:task-status');
      const body = childNamed(child, 'ac:task-body');
      items.push(
        listItem(
          body ? renderFlow(body, reader) : [],
          status ? textContent(status).trim() === 'complete' : false,
        ),
      );
      continue;
    }
    // Anything else, such as a nested list, belongs to the task before it.
    const flow = renderFlow({ ...child, children: [child] }, reader);
    const last = items.at(-1);
    if (last) last.children.push(...(flow as ListItem['children']));
    else if (flow.length > 0) items.push(listItem(flow, false));
  }
  return items.length === 0 ? [] : [list(items)];
}
