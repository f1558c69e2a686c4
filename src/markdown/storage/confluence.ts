import type { ListItem } from 'mdast';
import { alert } from '../alerts.ts';
import { anchorSlug } from '../anchors.ts';
import { decisionList } from '../decisions.ts';
import { emoji } from '../emoji.ts';
import { picture } from '../images.ts';
import { marker } from '../macros/marker.ts';
import { editorPanel } from '../macros/panel.ts';
import { linkTo } from '../marks.ts';
import { list, listItem, type Mixed, text, toFlow, toPhrasing } from '../nodes.ts';
import { mention } from '../people.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { structuredMacro } from './macro.ts';
import { childElements, childNamed, type Element, textContent } from './parse.ts';
import { referenceIn } from './references.ts';
import { type ElementRenderer, renderBlocks, renderFlow, renderStorage } from './render.ts';

const content: ElementRenderer = (element, reader) => renderStorage(element.children, reader);
const blockContent: ElementRenderer = (element, reader) => renderBlocks(element.children, reader);
const nothing: ElementRenderer = () => [];

/** Confluence's own elements but for macros, which have a registry of their own. */
export const confluenceElements: Record<string, ElementRenderer> = {
  'ac:adf-extension': adfExtension,
  'ac:adf-mark': nothing,
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
  'ac:plain-text-body': (element) => [text(textContent(element))],
  'ac:plain-text-link-body': (element) => [text(textContent(element))],
  'ac:rich-text-body': blockContent,
  'ac:structured-macro': structuredMacro,
  'ac:task-list': taskList,
  'ri:user': (element, reader) => {
    const accountId = element.attributes['ri:account-id'];
    return accountId ? [mention(accountId, reader)] : [];
  },
};

function linkElement(element: Element, reader: Reader): Mixed {
  const { context } = reader;
  const anchor = element.attributes['ac:anchor'];
  const reference = referenceIn(element, context);
  const body = childElements(element).filter((child) => child.name.endsWith('link-body'));
  const written = renderStorage(body, reader);
  if (reference?.kind === 'person') return [mention(reference.accountId, reader)];
  if (reference?.url !== undefined) {
    const url = absoluteUrl(reference.url, context);
    if (url === undefined) {
      reader.degrade('link', 'unsafe address');
      return written;
    }
    return linkTo(anchor ? `${url}#${anchorSlug(anchor)}` : url, written, reference.name);
  }
  if (reference) {
    reader.degrade('attachment', 'not found');
    return toPhrasing(written).length > 0 ? written : [text(reference.name)];
  }
  if (anchor) return linkTo(`#${anchor}`, written, anchor);
  if (toPhrasing(written).length > 0) return written;
  reader.lose('link', 'without a target');
  return [marker('link without a target')];
}

function imageElement(element: Element, reader: Reader): Mixed {
  const { attributes } = element;
  const target = referenceIn(element, reader.context);
  const name = target?.kind === 'attachment' ? target.name : '';
  const source = target?.kind === 'person' ? undefined : target?.url;
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
    } else {
      items
        .at(-1)
        ?.children.push(...(renderFlow({ ...child, children: [child] }, reader) as ListItem['children']));
    }
  }
  return items.length === 0 ? [] : [list(items)];
}

/** What the editor can and storage format can not say: the node is read, its fallback only if the node says nothing. */
function adfExtension(element: Element, reader: Reader): Mixed {
  const nodes = childElements(element).filter((child) => child.name === 'ac:adf-node');
  const rendered = nodes.flatMap((node) => adfNode(node, reader));
  if (rendered.length > 0) return rendered;
  const fallback = childNamed(element, 'ac:adf-fallback');
  return fallback ? renderFlow(fallback, reader) : [];
}

function adfNode(node: Element, reader: Reader): Mixed {
  const type = node.attributes.type ?? '';
  const nested = childElements(node).filter((child) => child.name === 'ac:adf-node');
  const body = () =>
    childElements(node)
      .filter((child) => child.name === 'ac:adf-content')
      .flatMap((child) => renderFlow(child, reader));
  switch (type) {
    case 'panel':
      return alert(editorPanel(adfAttribute(node, 'panel-type') ?? ''), body());
    case 'decision-list':
      return decisionList(
        nested.map((item) => ({
          decided: adfAttribute(item, 'state') !== 'UNDECIDED',
          content: toFlow(adfNode(item, reader)),
        })),
      );
    case 'decision-item':
      return body();
    default: {
      const content = [...body(), ...nested.flatMap((child) => adfNode(child, reader))];
      if (content.length === 0) reader.lose(`adf:${type}`);
      return content;
    }
  }
}

function adfAttribute(node: Element, key: string): string | undefined {
  const found = childElements(node).find(
    (child) => child.name === 'ac:adf-attribute' && child.attributes.key === key,
  );
  return found && textContent(found).trim();
}
