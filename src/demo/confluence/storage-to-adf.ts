import type { AdfNode } from '../workspace/model.ts';
import { extensionAttributes, inlineNodes, type References } from './adf-inline.ts';
import {
  childOf,
  elementsOf,
  parametersOf,
  parseStorage,
  type StorageElement,
  textIn,
} from './storage-tree.ts';

/**
 * A page's storage format as the ADF that the service would give for it: the same blocks, with macros as
 * extensions and files by their media ids. Written for the constructs that this workspace uses.
 */
export function storageToAdf(storage: string, references: References): AdfNode {
  const root = parseStorage(storage);
  return { type: 'doc', version: 1, content: blocks(root, references) };
}

/** Loose text between blocks, as in decision items, becomes a paragraph; white space alone is nothing. */
function blocks(parent: StorageElement, references: References): AdfNode[] {
  return parent.children.flatMap((child) => {
    if (typeof child !== 'string') return block(child, references);
    return child.trim() === '' ? [] : [paragraph([{ type: 'text', text: child.trim() }])];
  });
}

const paragraph = (content: readonly AdfNode[]): AdfNode => ({ type: 'paragraph', content });

const PANELS: Readonly<Record<string, string>> = {
  info: 'info',
  note: 'warning',
  tip: 'success',
  warning: 'error',
  panel: 'note',
};

function block(element: StorageElement, references: References): AdfNode[] {
  const { name } = element;
  const level = /^h([1-6])$/.exec(name)?.[1];
  const inline = () => inlineNodes(element.children, references);
  if (level !== undefined) return [{ type: 'heading', attrs: { level: Number(level) }, content: inline() }];
  switch (name) {
    case 'p':
      return [paragraph(inline())];
    case 'hr':
      return [{ type: 'rule' }];
    case 'ul':
      return [{ type: 'bulletList', content: items(element, references) }];
    case 'ol':
      return [{ type: 'orderedList', attrs: { order: 1 }, content: items(element, references) }];
    case 'blockquote':
      return [{ type: 'blockquote', content: blocks(element, references) }];
    case 'table':
      return [table(element, references)];
    case 'ac:task-list':
      return [taskList(element, references)];
    case 'ac:image':
      return [picture(element, references)];
    case 'ac:layout':
      return elementsOf(element).flatMap((section) => layoutSection(section, references));
    case 'ac:structured-macro':
      return [blockMacro(element, references)];
    case 'ac:adf-extension':
      return adfExtension(element, references);
    default:
      return blocks(element, references);
  }
}

function items(list: StorageElement, references: References): AdfNode[] {
  return elementsOf(list).map((item) => ({ type: 'listItem', content: blocks(item, references) }));
}

function rowsOf(element: StorageElement): StorageElement[] {
  return elementsOf(element).flatMap((child) => {
    if (child.name === 'tr') return [child];
    return /^t(head|body|foot)$/.test(child.name) ? rowsOf(child) : [];
  });
}

function table(element: StorageElement, references: References): AdfNode {
  const cell = (each: StorageElement): AdfNode => {
    const { colspan, rowspan } = each.attributes;
    return {
      type: each.name === 'th' ? 'tableHeader' : 'tableCell',
      attrs: {
        ...(colspan === undefined ? {} : { colspan: Number(colspan) }),
        ...(rowspan === undefined ? {} : { rowspan: Number(rowspan) }),
      },
      content: blocks(each, references),
    };
  };
  const content = rowsOf(element).map((row) => ({ type: 'tableRow', content: elementsOf(row).map(cell) }));
  return { type: 'table', attrs: { layout: 'default' }, content };
}

function taskList(list: StorageElement, references: References): AdfNode {
  const content = elementsOf(list).map((task): AdfNode => {
    const state = textIn(childOf(task, 'ac:task-status')) === 'complete' ? 'DONE' : 'TODO';
    const body = childOf(task, 'ac:task-body');
    return {
      type: 'taskItem',
      attrs: { localId: textIn(childOf(task, 'ac:task-id')), state },
      content: inlineNodes(body?.children ?? [], references),
    };
  });
  return { type: 'taskList', attrs: { localId: 'tasks' }, content };
}

function picture(image: StorageElement, references: References): AdfNode {
  const filename = childOf(image, 'ri:attachment')?.attributes['ri:filename'] ?? '';
  const alt = image.attributes['ac:alt'] ?? filename;
  const collection = `contentId-${references.contentId}`;
  const media = { type: 'media', attrs: { type: 'file', id: references.fileId(filename), collection, alt } };
  const [first] = elementsOf(childOf(image, 'ac:caption') ?? image).filter((child) => child.name === 'p');
  const caption = first ? [{ type: 'caption', content: inlineNodes(first.children, references) }] : [];
  return { type: 'mediaSingle', attrs: { layout: 'center' }, content: [media, ...caption] };
}

/** A section of one column is no section in ADF: its blocks stand on their own. */
function layoutSection(section: StorageElement, references: References): AdfNode[] {
  const cells = elementsOf(section);
  if (cells.length < 2) return cells.flatMap((cell) => blocks(cell, references));
  const width = Math.round(10_000 / cells.length) / 100;
  const columns = cells.map((cell) => ({
    type: 'layoutColumn',
    attrs: { width },
    content: blocks(cell, references),
  }));
  return [{ type: 'layoutSection', content: columns }];
}

function blockMacro(macro: StorageElement, references: References): AdfNode {
  const name = macro.attributes['ac:name'] ?? '';
  const parameters = parametersOf(macro);
  const rich = childOf(macro, 'ac:rich-text-body');
  const plain = textIn(childOf(macro, 'ac:plain-text-body'));
  if (name === 'code') {
    const attrs = { language: parameters.language ?? 'text' };
    return { type: 'codeBlock', attrs, content: [{ type: 'text', text: plain }] };
  }
  const panelType = PANELS[name];
  if (panelType !== undefined && rich !== undefined) {
    return { type: 'panel', attrs: { panelType }, content: blocks(rich, references) };
  }
  if (name === 'expand' && rich !== undefined) {
    return { type: 'expand', attrs: { title: parameters.title ?? '' }, content: blocks(rich, references) };
  }
  const attrs = extensionAttributes(
    name,
    plain === '' ? parameters : { ...parameters, __bodyContent: plain },
  );
  if (rich === undefined) return { type: 'extension', attrs };
  return { type: 'bodiedExtension', attrs, content: blocks(rich, references) };
}

/** Storage wraps what only ADF can say; here it is unwrapped, and its fallback left behind. */
function adfExtension(element: StorageElement, references: References): AdfNode[] {
  const node = childOf(element, 'ac:adf-node');
  if (node?.attributes.type === 'decision-list') {
    const content = elementsOf(node).map((item, index) => ({
      type: 'decisionItem',
      attrs: { localId: `decision-${index + 1}`, state: 'DECIDED' },
      content: inlineNodes(childOf(item, 'ac:adf-content')?.children ?? [], references),
    }));
    return [{ type: 'decisionList', attrs: { localId: 'decisions' }, content }];
  }
  const inner = node && childOf(node, 'ac:adf-content');
  if (node === undefined || inner === undefined) return [];
  const attributes = elementsOf(node).filter((child) => child.name === 'ac:adf-attribute');
  const value = (key: string) => textIn(attributes.find((each) => each.attributes.key === key));
  const attrs = { panelType: 'custom', panelIcon: value('panel-icon'), panelColor: value('panel-color') };
  return [{ type: 'panel', attrs, content: blocks(inner, references) }];
}
