import type { Delete, Emphasis, PhrasingContent, RootContent, Strong } from 'mdast';
import { type Flow, isPhrasing, type Mixed, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import type { HtmlElement, HtmlNode } from './dom.ts';

/** What the rules of one reading share. */
export interface View {
  readonly reader: Reader;
  /** What stands in an element below the one that is rendered. */
  readonly contentOf: (element: HtmlElement) => Mixed;
  /** What a node below the element that is rendered became. */
  readonly renderedOf: (node: HtmlNode) => Mixed;
}

/** Renders an element; `content` is what its children became. */
export type Rule = (element: HtmlElement, content: Mixed, view: View) => Mixed;

export const nothing: Rule = () => [];
export const contentAlone: Rule = (_, content) => content;
export const block: Rule = (_, content) => flowOf(content);

/** What stands in an element but for one of its children, which is said otherwise. */
export function contentBut(element: HtmlElement, child: HtmlElement | undefined, view: View): Mixed {
  return element.childNodes.filter((node) => node !== child).flatMap(view.renderedOf);
}

/** Blocks, where two line breaks in a row end a paragraph: mail programs write no other. */
export function flowOf(content: Mixed): Flow[] {
  if (!content.some(holdsBreak)) return toFlow(content);
  const parts: Mixed[] = [[]];
  let breaks = 0;
  for (const node of content.flatMap(partMark)) {
    let part = parts.at(-1) ?? [];
    if (node.type === 'break') breaks++;
    else if (!isSpace(node)) {
      if (breaks > 1) {
        part = [];
        parts.push(part);
      }
      breaks = 0;
    }
    part.push(node);
  }
  return parts.length === 1 ? toFlow(content) : parts.flatMap((part) => toFlow(part));
}

function holdsBreak(node: RootContent): boolean {
  return node.type === 'break' || (isMark(node) && node.children.some(holdsBreak));
}

const isMark = (node: RootContent): node is Delete | Emphasis | Strong =>
  node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete';

const isSpace = (node: RootContent) => node.type === 'text' && node.value.trim() === '';

/** A mark over several paragraphs as one mark in each, with the breaks between them. */
function partMark(node: RootContent): RootContent[] {
  if (!isMark(node)) return [node];
  const children = node.children.flatMap(partMark);
  const marked: RootContent[] = [];
  let run: PhrasingContent[] = [];
  let parted = false;
  for (const [index, child] of children.entries()) {
    const beside = children.slice(index + 1, index + 3).find((next) => !isSpace(next));
    const atEnd = child.type === 'break' && (run.length === 0 || beside?.type === 'break');
    parted ||= atEnd && index > 0;
    if (!atEnd) {
      if (isPhrasing(child)) run.push(child);
      continue;
    }
    if (run.length > 0) marked.push({ ...node, children: run });
    marked.push(child);
    run = [];
  }
  if (run.length > 0) marked.push({ ...node, children: run });
  return parted ? marked : [node];
}
