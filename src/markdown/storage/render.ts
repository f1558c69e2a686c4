import { type Flow, type Mixed, text, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { collapseSpace } from '../text.ts';
import { blockElements } from './block.ts';
import { confluenceElements } from './confluence.ts';
import { inlineElements } from './inline.ts';
import { type Element, textContent } from './parse.ts';

export type ElementRenderer = (element: Element, reader: Reader) => Mixed;

const RENDERERS: ReadonlyMap<string, ElementRenderer> = new Map([
  ...Object.entries(inlineElements),
  ...Object.entries(blockElements),
  ...Object.entries(confluenceElements),
]);

/** What a run of storage format becomes: inline and block nodes in the order of their elements. */
export function renderStorage(nodes: readonly (Element | string)[], reader: Reader): Mixed {
  const result: Mixed = [];
  for (const node of nodes) {
    if (typeof node === 'string') result.push(text(collapseSpace(node)));
    else for (const rendered of renderElement(node, reader)) result.push(rendered);
  }
  return result;
}

export function renderFlow(element: Element, reader: Reader): Flow[] {
  return toFlow(renderStorage(element.children, reader));
}

const MACROS: ReadonlySet<string> = new Set(['ac:structured-macro', 'ac:macro']);

/** The children of an element that holds blocks: each macro is a block of its own, unless text stands beside it. */
export function renderBlocks(nodes: readonly (Element | string)[], reader: Reader): Flow[] {
  const flow: Flow[] = [];
  for (let start = 0; start < nodes.length; ) {
    let end = start;
    while (end < nodes.length && !isBlock(nodes[end])) end++;
    // A block ends the line before it.
    for (const node of renderLine(nodes.slice(start, end), reader)) flow.push(node);
    for (const node of toFlow(renderStorage(nodes.slice(end, end + 1), reader))) flow.push(node);
    start = end + 1;
  }
  return flow;
}

const isBlock = (node: Element | string | undefined) =>
  typeof node === 'object' && Object.hasOwn(blockElements, node.name);

/** True for text, and for what marks text. */
function isProse(node: Element | string): boolean {
  if (typeof node === 'string') return node.trim() !== '';
  return Object.hasOwn(inlineElements, node.name) && textContent(node).trim() !== '';
}

/** What stands between blocks. */
function renderLine(nodes: readonly (Element | string)[], reader: Reader): Flow[] {
  if (nodes.some(isProse)) return toFlow(renderStorage(nodes, reader));
  const isMacro = (node: Element | string | undefined) => typeof node === 'object' && MACROS.has(node.name);
  const flow: Flow[] = [];
  for (let start = 0; start < nodes.length; ) {
    let end = start + 1;
    if (!isMacro(nodes[start])) while (end < nodes.length && !isMacro(nodes[end])) end++;
    for (const node of toFlow(renderStorage(nodes.slice(start, end), reader))) flow.push(node);
    start = end;
  }
  return flow;
}

/** Elements that say nothing but where text is. */
const PLAIN: ReadonlySet<string> = new Set([
  'ac:adf-attribute',
  'ac:adf-content',
  'ac:adf-node',
  'ac:caption',
  'ac:layout-cell',
  'ac:layout-section',
  'ac:link-body',
  'ac:parameter',
  'ac:task',
  'ac:task-body',
  'ac:task-id',
  'ac:task-status',
  'ac:task-uuid',
  'ac:plain-text-body',
  'ac:plain-text-link-body',
  'ac:rich-text-body',
  'body',
  'br',
  'col',
  'colgroup',
  'div',
  'html',
  'p',
  'span',
]);

function renderElement(element: Element, reader: Reader): Mixed {
  if (!PLAIN.has(element.name)) reader.construct();
  const renderer = RENDERERS.get(element.name);
  if (renderer) return renderer(element, reader);
  // Confluence's own elements mean something that their content alone does not say.
  if (element.name.includes(':')) reader.degrade(`element:${element.name}`);
  return renderStorage(element.children, reader);
}
