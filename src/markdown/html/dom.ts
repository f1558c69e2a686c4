/**
 * The few parts of the DOM that turndown reads, over a tree that is bounded before turndown sees it. turndown's own
 * parser has no such bound, and rearranges tables and marks on the way.
 */
abstract class Linked {
  parentNode: HtmlElement | null = null;
  previousSibling: HtmlNode | null = null;
  nextSibling: HtmlNode | null = null;
}

export class HtmlText extends Linked {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  data: string;

  constructor(data: string) {
    super();
    this.data = data;
  }

  get nodeValue(): string {
    return this.data;
  }

  get textContent(): string {
    return ends(this.data);
  }
}

export class HtmlElement extends Linked {
  readonly nodeType = 1;
  /** In lower case. */
  readonly name: string;
  readonly nodeName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly classes: ReadonlySet<string>;
  firstChild: HtmlNode | null = null;
  lastChild: HtmlNode | null = null;
  /** Set by turndown, from its list of block elements. */
  isBlock = false;
  #ends: string | undefined;

  constructor(name: string, attributes: Readonly<Record<string, string>> = {}) {
    super();
    this.name = name;
    // turndown keeps the text of CODE from `escape`; all text has to go through it.
    this.nodeName = name === 'code' ? 'X-CODE' : name.toUpperCase();
    this.attributes = attributes;
    this.classes = new Set((attributes.class ?? '').split(/\s+/).filter(Boolean));
  }

  get childNodes(): HtmlNode[] {
    const nodes: HtmlNode[] = [];
    for (let node = this.firstChild; node; node = node.nextSibling) nodes.push(node);
    return nodes;
  }

  get children(): HtmlElement[] {
    return this.childNodes.filter(isElement);
  }

  /** Only the ends of the text, for turndown looks for the white space there, and at every level of nesting. */
  get textContent(): string {
    if (this.#ends === undefined) {
      let text = '';
      for (let node = this.firstChild; node; node = node.nextSibling) text = ends(text + node.textContent);
      this.#ends = text;
    }
    return this.#ends;
  }

  append(node: HtmlNode): void {
    node.parentNode = this;
    node.previousSibling = this.lastChild;
    node.nextSibling = null;
    if (this.lastChild) this.lastChild.nextSibling = node;
    else this.firstChild = node;
    this.lastChild = node;
  }

  removeChild(node: HtmlNode): void {
    if (node.previousSibling) node.previousSibling.nextSibling = node.nextSibling;
    else this.firstChild = node.nextSibling;
    if (node.nextSibling) node.nextSibling.previousSibling = node.previousSibling;
    else this.lastChild = node.previousSibling;
  }

  /** turndown changes the copy that it asks for; nothing else needs the original. */
  cloneNode(): HtmlElement {
    return this;
  }

  /** turndown searches blank elements for what makes them matter; our rules decide that. */
  getElementsByTagName(): HtmlElement[] {
    return [];
  }
}

export type HtmlNode = HtmlElement | HtmlText;

export function isElement(node: HtmlNode | null | undefined): node is HtmlElement {
  return node?.nodeType === 1;
}

/** The first element in document order below `element` that fits. */
export function descendant(
  element: HtmlElement,
  fits: (element: HtmlElement) => boolean,
): HtmlElement | undefined {
  for (const child of element.children) {
    const found = fits(child) ? child : descendant(child, fits);
    if (found) return found;
  }
  return undefined;
}

export const descendantOfClass = (element: HtmlElement, name: string) =>
  descendant(element, ({ classes }) => classes.has(name));

const BREAKING = new Set(['div', 'li', 'p', 'tr']);

/** Preformatted text: what is written, with line ends where elements make them. */
export function preformatted(element: HtmlElement): string {
  let text = '';
  walk(element);
  return text.replace(/^\r?\n/, '');

  function walk(parent: HtmlElement): void {
    for (const node of parent.childNodes) {
      if (!isElement(node)) text += node.data;
      else if (node.name === 'br') text += '\n';
      else {
        const breaks = BREAKING.has(node.name);
        if (breaks && text !== '' && !text.endsWith('\n')) text += '\n';
        walk(node);
        if (breaks && !text.endsWith('\n')) text += '\n';
      }
    }
  }
}

const LONG = 64;

function ends(text: string): string {
  return text.length <= LONG ? text : text.slice(0, LONG / 2) + text.slice(-LONG / 2);
}
