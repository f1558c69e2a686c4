import { descendant, HtmlElement, type HtmlNode, isElement, preformatted } from './dom.ts';

const ITEM = /mso-list\s*:\s*l\d+\s+level([1-9])/i;
const MARKER = /mso-list\s*:\s*ignore/i;

/** Makes lists of the paragraphs that Outlook writes in their place, below `root`. */
export function restoreOutlookLists(root: HtmlElement): void {
  let found = false;
  for (let node = root.firstChild; node; node = node.nextSibling) {
    if (!isElement(node)) continue;
    restoreOutlookLists(node);
    found ||= levelOf(node) > 0;
  }
  if (!found) return;
  const nodes = root.childNodes;
  for (const node of nodes) root.removeChild(node);
  let open: HtmlElement[] = [];
  for (const node of nodes) {
    const level = levelOf(node);
    if (level > 0 && isElement(node)) {
      const { ordered, number } = takeMarker(node);
      open.length = Math.min(open.length, level);
      while (open.length < level) open.push(openList(open.at(-1) ?? root, ordered, number));
      const item = new HtmlElement('li');
      for (const part of node.childNodes) item.append(part);
      open.at(-1)?.append(item);
    } else {
      if (isElement(node) || node.data.trim() !== '') open = [];
      root.append(node);
    }
  }
}

function levelOf(node: HtmlNode): number {
  const style = isElement(node) ? node.attributes.style : undefined;
  return style === undefined ? 0 : Number(ITEM.exec(style)?.[1] ?? 0);
}

/** A list in the last item of the one around it. */
function openList(parent: HtmlElement, ordered: boolean, number: string): HtmlElement {
  const list = new HtmlElement(ordered ? 'ol' : 'ul', ordered ? { start: number } : {});
  const item = parent.lastChild;
  (isElement(item) && item.name === 'li' ? item : parent).append(list);
  return list;
}

/** The bullet or number, which Outlook writes as text. */
function takeMarker(paragraph: HtmlElement): { readonly ordered: boolean; readonly number: string } {
  const marker = descendant(paragraph, ({ attributes }) => MARKER.test(attributes.style ?? ''));
  marker?.parentNode?.removeChild(marker);
  const written = marker ? preformatted(marker).trim() : '';
  return { ordered: /^\(?[\da-z]+[.)]/i.test(written), number: /\d+/.exec(written)?.[0] ?? '1' };
}
