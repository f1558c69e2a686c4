/**
 * The few parts of the DOM that turndown reads, over a tree that is bounded before turndown sees it. turndown's own
 * parser has no such bound, and rearranges tables and marks on the way.
 */
abstract class Linked {
  parentNode: HtmlElement | null = null;
  previousSibling: HtmlNode | null = null;
  nextSibling: HtmlNode | null = null;
  /** turndown sets these four; `isBlock` is from its list of block elements. Declared, they cost no new shapes. */
  isBlock = false;
  isCode = false;
  isBlank = false;
  flankingWhitespace: unknown = undefined;
}

export class HtmlText extends Linked {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  /** turndown asks for it and uses it of elements alone. */
  readonly textContent = '';
  data: string;

  constructor(data: string) {
    super();
    this.data = data;
  }

  get nodeValue(): string {
    return this.data;
  }
}

const NO_CLASSES: ReadonlySet<string> = new Set();

export class HtmlElement extends Linked {
  readonly nodeType = 1;
  /** In lower case. */
  readonly name: string;
  readonly nodeName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly classes: ReadonlySet<string>;
  firstChild: HtmlNode | null = null;
  lastChild: HtmlNode | null = null;
  #childNodes: readonly HtmlNode[] | undefined;
  #edges: string | undefined;

  constructor(name: string, attributes: Readonly<Record<string, string>> = {}) {
    super();
    this.name = name;
    this.nodeName = nodeNameOf(name);
    this.attributes = attributes;
    this.classes = attributes.class ? new Set(attributes.class.split(/\s+/).filter(Boolean)) : NO_CLASSES;
  }

  get childNodes(): readonly HtmlNode[] {
    if (this.#childNodes) return this.#childNodes;
    const nodes: HtmlNode[] = [];
    for (let node = this.firstChild; node; node = node.nextSibling) nodes.push(node);
    this.#childNodes = nodes;
    return nodes;
  }

  get children(): HtmlElement[] {
    return this.childNodes.filter(isElement);
  }

  /** Only the white space at the ends of the text and whether there is more: turndown looks for nothing else. */
  get textContent(): string {
    if (this.#edges === undefined) {
      let edges = '';
      for (let node = this.firstChild; node; node = node.nextSibling) {
        const more = isElement(node) ? node.textContent : edgesOf(node.data);
        edges = edges === '' ? more : edgesOf(edges + more);
      }
      this.#edges = edges;
    }
    return this.#edges;
  }

  append(node: HtmlNode): void {
    this.#childNodes = undefined;
    node.parentNode = this;
    node.previousSibling = this.lastChild;
    node.nextSibling = null;
    if (this.lastChild) this.lastChild.nextSibling = node;
    else this.firstChild = node;
    this.lastChild = node;
  }

  removeChild(node: HtmlNode): void {
    this.#childNodes = undefined;
    if (node.previousSibling) node.previousSibling.nextSibling = node.nextSibling;
    else this.firstChild = node.nextSibling;
    if (node.nextSibling) node.nextSibling.previousSibling = node.previousSibling;
    else this.lastChild = node.previousSibling;
  }

  /** turndown changes the copy that it asks for; nothing else needs the original. */
  cloneNode(): HtmlElement {
    return this;
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

const NODE_NAMES = new Map<string, string>();

/** One string for each name: turndown compares it with about a hundred others, which is fast if it is the same. */
function nodeNameOf(name: string): string {
  let nodeName = NODE_NAMES.get(name);
  if (nodeName === undefined) {
    // turndown keeps the text of CODE from `escape`; all text has to go through it.
    nodeName = name === 'code' ? 'X-CODE' : name.toUpperCase();
    if (NODE_NAMES.size < 500) NODE_NAMES.set(name, nodeName);
  }
  return nodeName;
}

/** At most so much of the white space at one end of a text. */
const LONGEST_EDGE = 32;

/** A text as the white space at its ends, and `x` for all that is between them. */
function edgesOf(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (first > 32 && first < 127 && last > 32 && last < 127) return 'x';
  const trimmedStart = text.trimStart();
  if (trimmedStart === '') return text.slice(0, LONGEST_EDGE);
  const trimmedEnd = text.trimEnd();
  const leading = text.slice(0, Math.min(text.length - trimmedStart.length, LONGEST_EDGE));
  const trailing = text.slice(Math.max(trimmedEnd.length, text.length - LONGEST_EDGE));
  return `${leading}x${trailing}`;
}
