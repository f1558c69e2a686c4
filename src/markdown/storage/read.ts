import { type Flow, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { childElements, childNamed, type Element, isElement, parseStorage, textContent } from './parse.ts';
import { renderBlocks } from './render.ts';

/** Storage format as blocks; what became of its constructs is counted by the reader. */
export function readStorage(xml: string, reader: Reader): Flow[] {
  return renderBlocks(parse(xml, reader), reader);
}

/** The macros that name a part of a page for others to show, and the parameters that hold the name. */
const EXCERPTS = new Set(['excerpt', 'multiexcerpt', 'multiexcerpt-macro', 'shared-block']);
const NAMES = new Set(['name', 'multiexcerptname', 'shared-block-key']);

/** The excerpt of a name, or the first; undefined if the page has none. */
export function readExcerpt(xml: string, name: string | undefined, reader: Reader): Flow[] | undefined {
  const found = findExcerpt(parse(xml, reader), name);
  if (!found) return undefined;
  const rich = childNamed(found, 'ac:rich-text-body');
  return rich ? toFlow(renderBlocks(rich.children, reader)) : [];
}

function parse(xml: string, reader: Reader): readonly (Element | string)[] {
  const { children, malformed, flattened } = parseStorage(xml);
  if (malformed) reader.degrade('malformed');
  if (flattened) reader.degrade('depth');
  return children;
}

function findExcerpt(nodes: readonly (Element | string)[], name: string | undefined): Element | undefined {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    const found = isExcerpt(node, name) ? node : findExcerpt(node.children, name);
    if (found) return found;
  }
  return undefined;
}

function isExcerpt(element: Element, name: string | undefined): boolean {
  if (!EXCERPTS.has((element.attributes['ac:name'] ?? '').toLowerCase())) return false;
  if (name === undefined) return true;
  return childElements(element).some(
    (child) =>
      child.name === 'ac:parameter' &&
      NAMES.has((child.attributes['ac:name'] ?? '').toLowerCase()) &&
      textContent(child).trim() === name,
  );
}
