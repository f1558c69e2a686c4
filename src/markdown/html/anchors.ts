import type { Nodes } from 'mdast';
import { percentDecode } from '../../core/percent-decode.ts';
import { type Flow, html, type Mixed, plainText } from '../nodes.ts';
import { type HtmlElement, isElement } from './dom.ts';

/** Links within a text lead to ids; in markdown they lead to headings, or to anchors that we write. */
export interface Anchors {
  /** What an element became, with its anchor if a link leads to it. */
  readonly mark: (element: HtmlElement, rendered: Mixed) => Mixed;
  /** Lets the links of the finished text name their headings by their words, as Confluence's other forms do. */
  readonly resolve: (flow: Flow[]) => Flow[];
}

export function anchorsOf(root: HtmlElement): Anchors {
  const wanted = new Set<string>();
  collectTargets(root, wanted);
  const headings = new Map<string, string>();
  return {
    mark(element, rendered) {
      const id = element.attributes.id ?? (element.name === 'a' ? element.attributes.name : undefined);
      if (id === undefined || !wanted.has(id)) return rendered;
      wanted.delete(id);
      const [first] = rendered;
      if (first?.type === 'heading' && rendered.length === 1) {
        headings.set(id, plainText(first.children).trim());
        return rendered;
      }
      // The same form as the anchor macro's; other ids would need escapes that links to them do not have.
      return /^[^\s"<>&`\\]+$/.test(id) ? [html(`<a id="${id}"></a>`), ...rendered] : rendered;
    },
    resolve(flow) {
      if (headings.size > 0) for (const node of flow) name(node, headings);
      return flow;
    },
  };
}

function collectTargets(element: HtmlElement, wanted: Set<string>): void {
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (!isElement(node)) continue;
    const href = node.name === 'a' ? node.attributes.href : undefined;
    if (href?.startsWith('#') && href.length > 1) wanted.add(percentDecode(href.slice(1)));
    collectTargets(node, wanted);
  }
}

function name(node: Nodes, headings: ReadonlyMap<string, string>): void {
  if (node.type === 'link' && node.url.startsWith('#')) {
    const heading = headings.get(percentDecode(node.url.slice(1)));
    if (heading !== undefined) node.url = `#${encodeURIComponent(heading.toWellFormed())}`;
  }
  if ('children' in node) for (const child of node.children) name(child, headings);
}
